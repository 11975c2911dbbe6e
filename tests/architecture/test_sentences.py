"""Every problem that the code can raise has a sentence in both languages, and the sentence has its values."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from walkdesk.resources.texts import LANGUAGES, Texts

PACKAGE = Path(__file__).resolve().parents[2] / "walkdesk"


def raised() -> Iterator[tuple[str, frozenset[str] | None, str]]:
    """Code, names of its values (``None`` where they come from a mapping), and the place of each problem."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Problem"):
                continue
            if node.args and isinstance(node.args[0], ast.Constant):
                names = [keyword.arg for keyword in node.keywords]
                given = None if None in names else frozenset(name for name in names if name)
                yield str(node.args[0].value), given, f"{path.name}:{node.lineno}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_has_its_sentence(language: str) -> None:
    texts = Texts(language)
    known = texts.keys()
    missing = []
    for code, given, place in raised():
        room, _, name = code.partition(".")
        key = f"{room}.problem.{name}"
        if key not in known:
            missing.append(f"{code} ({place})")
            continue
        wanted = {field for _, field, _, _ in string.Formatter().parse(texts.template(key)) if field}
        if given is not None and not wanted <= given:
            missing.append(f"{code} ({place}) lacks {sorted(wanted - given)}")
    assert not missing, "\n".join(missing)


def test_the_search_sees_problems() -> None:
    assert any(code == "door.wrong_password" for code, _, _ in raised())
