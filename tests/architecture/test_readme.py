"""The README speaks of the code as it is: roles, glossary, chapters, pictures."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.architecture.roles import README, with_table

ROOT = README.parent
TEXT = README.read_text(encoding="utf-8")


def test_the_table_of_roles_is_the_table_of_actions() -> None:
    assert with_table(TEXT) == TEXT, "python -m tests.architecture.roles writes the table anew"


def test_the_readme_opens_with_the_two_commands() -> None:
    block = TEXT.split("```")[1].strip().splitlines()
    assert block == ["python3 installer/bootstrap.py run", "python3 installer/bootstrap.py test"]


def test_every_word_of_the_glossary_names_a_class() -> None:
    classes = set()
    for path in (ROOT / "walkdesk").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                classes.add(node.name)
    glossary = TEXT.split("## Glossary")[1].split("\n## ")[0]
    first = "\n".join(line.split("|")[1] for line in glossary.splitlines() if line.startswith("| `"))
    words = re.findall(r"`(\w+)`", first)
    assert len(words) > 20
    assert not [word for word in words if not any(name.startswith(word) for name in classes)]


def test_every_picture_and_path_of_the_readme_is_there() -> None:
    pictures = re.findall(r"!\[[^]]*\]\(([^)]+)\)", TEXT)
    assert 2 <= len(pictures) <= 4
    assert not [path for path in pictures if not (ROOT / path).is_file()]


def test_the_top_level_is_as_agreed() -> None:
    allowed = {"walkdesk", "resources", "installer", "tests", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"}
    allowed |= {"requirements.lock", "wheelhouse", "walkdesk-demo", "figures.json"}
    there = {path.name for path in Path(ROOT).iterdir() if not path.name.startswith(".")}
    assert there <= allowed
