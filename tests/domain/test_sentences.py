"""Every problem that rules and readers can raise has its sentence in both languages, with the same values."""

from __future__ import annotations

import ast
import string
import tomllib
from pathlib import Path

import pytest

import walkdesk
from walkdesk.domain.participants import Category, Channel, Origin, PermittedItem, Programme, Sex
from walkdesk.resources import FOLDER
from walkdesk.resources.texts import LANGUAGES, Texts

ROOMS = {"dates", "numbers", "cards", "reception", "points", "exchange"}
HOUSE = Path(walkdesk.__file__).parent


def raised() -> dict[str, set[str]]:
    """The codes in the source, each with the values that every place gives it."""
    # The two whose code is chosen by a condition.
    found = {f"dates.{name}": {"given", "era", "right"} for name in ("era_over", "era_not_begun")}
    for folder in ("domain", "exchange", "resources"):
        for file in sorted((HOUSE / folder).glob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Problem"):
                    continue
                first = node.args[0]
                if isinstance(first, ast.Constant) and str(first.value).partition(".")[0] in ROOMS:
                    values = {keyword.arg or "" for keyword in node.keywords}
                    code = str(first.value)
                    found[code] = found.get(code, values) & values
    return found


def places(text: str) -> set[str]:
    return {name.partition(".")[0] for _, name, _, _ in string.Formatter().parse(text) if name}


def text_of(language: str, code: str) -> str:
    room, _, name = code.partition(".")
    with (FOLDER / "i18n" / language / f"{room}.toml").open("rb") as stream:
        sentences = tomllib.load(stream)["problem"]
    assert name in sentences, f"{language}: {code}"
    return str(sentences[name])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_has_a_sentence_that_its_values_fill(language: str) -> None:
    codes = raised()
    assert len(codes) > 50
    for code, values in codes.items():
        assert places(text_of(language, code)) <= values, code


def test_both_languages_tell_the_same_facts() -> None:
    for code in raised():
        assert places(text_of("ja", code)) == places(text_of("en", code)), code


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_lists_has_a_name(language: str) -> None:
    tables = {
        "programme": Programme, "channel": Channel, "origin": Origin,
        "sex": Sex, "category": Category, "item": PermittedItem,
    }  # fmt: skip
    for table, values in tables.items():
        for value in values:
            assert Texts(language).say(f"reception.{table}.{value.value}")


def test_sentences_do_not_speak_of_errors_or_shout() -> None:
    for code in raised():
        for language in LANGUAGES:
            text = text_of(language, code)
            assert not any(word in text for word in ("エラー", "！", "!", "不正", "error", "invalid")), code
            assert text.endswith(("。", ".")), code
