"""Every problem of papers, releases, close-out, erasure and audit has its sentence, filled by its values."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

import walkdesk
from walkdesk.resources.texts import LANGUAGES, Texts

HOUSE = Path(walkdesk.__file__).parent
ROOMS = {"papers", "releases", "closeout", "erasure", "audit", "reports"}
MODULES = (
    "audit", "certificates", "closeout", "closing", "erasure", "figures", "letters", "papers", "paperwork",
    "releases", "reports",
)  # fmt: skip
TYPED = {
    "releases.purpose_form", "releases.reason_form", "releases.note_form", "closeout.reference_form",
    "closeout.text_form", "audit.officer_form", "audit.remark_form",
}  # fmt: skip
"""Raised by ``ledger_line``, which is given the code."""


def raised() -> dict[str, set[str]]:
    files = [HOUSE / "services" / f"{name}.py" for name in MODULES]
    files += [HOUSE / "domain" / f"{name}.py" for name in ("people", "releases", "returns")]
    found = {code: {"limit"} for code in TYPED}
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Problem"):
                continue
            first = node.args[0]
            if isinstance(first, ast.Constant) and str(first.value).partition(".")[0] in ROOMS:
                values = {keyword.arg or "" for keyword in node.keywords}
                found[str(first.value)] = found.get(str(first.value), values) & values
    return found


def said(source: str) -> set[str]:
    """The Japanese texts that a module asks for by a plain key."""
    return {
        str(node.args[0].value)
        for node in ast.walk(ast.parse((HOUSE / "services" / f"{source}.py").read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "say"
        and isinstance(node.args[0], ast.Constant)
    }


def places(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_has_a_sentence_that_its_values_fill(language: str) -> None:
    texts = Texts(language)
    codes = raised()
    assert len(codes) > 35
    for code, values in codes.items():
        room, _, name = code.partition(".")
        sentence = texts._texts[f"{room}.problem.{name}"]
        assert places(sentence) <= values, code
        assert sentence.endswith(("。", ".")), code
        assert not any(word in sentence for word in ("エラー", "！", "!", "不正", "error", "invalid")), code


def test_both_languages_have_the_same_keys_and_values() -> None:
    japanese, english = Texts("ja")._texts, Texts("en")._texts
    of_rooms = [key for key in {**japanese, **english} if key.partition(".")[0] in ROOMS]
    assert len(of_rooms) > 100
    for key in of_rooms:
        assert places(japanese[key]) == places(english[key]), key


@pytest.mark.parametrize("module", MODULES)
def test_every_text_that_a_paper_asks_for_exists(module: str) -> None:
    assert said(module) <= set(Texts("ja")._texts)
