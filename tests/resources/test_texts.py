"""The two languages say the same things."""

from __future__ import annotations

import re
import string
import tomllib

import pytest

from walkdesk.resources import FOLDER
from walkdesk.resources.texts import LANGUAGES, Texts

RUDE = re.compile(r"エラー|失敗|不正な|[!！]")


def places(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


def test_both_languages_have_the_same_keys() -> None:
    japanese, english = Texts("ja").keys(), Texts("en").keys()
    assert sorted(japanese ^ english) == []


@pytest.mark.parametrize("key", sorted(Texts("ja").keys()))
def test_a_text_has_the_same_places_for_values_in_both_languages(key: str) -> None:
    assert places(Texts("ja").template(key)) == places(Texts("en").template(key))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty(language: str) -> None:
    texts = Texts(language)
    empty = [key for key in sorted(texts.keys()) if not texts.template(key).strip()]
    # English counts without a counter word (枚, 件): such a unit may be empty there.
    assert [key for key in empty if language == "ja" or not key.endswith("unit")] == []


def test_japanese_sentences_blame_nobody_and_do_not_shout() -> None:
    texts = Texts("ja")
    assert [key for key in sorted(texts.keys()) if RUDE.search(texts.template(key))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_of_texts_can_be_read(language: str) -> None:
    files = sorted((FOLDER / "i18n" / language).glob("*.toml"))
    assert files
    for file in files:
        tomllib.loads(file.read_text(encoding="utf-8"))


def test_a_key_that_is_missing_is_a_fault_of_the_program() -> None:
    with pytest.raises(KeyError):
        Texts("ja").say("shell.there_is_no_such_text")
