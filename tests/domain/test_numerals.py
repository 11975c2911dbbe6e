from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkdesk.domain.numerals import parse_number, read_number_words
from walkdesk.domain.problem import Problem


@pytest.mark.parametrize(
    ("text", "number"), [("65", 65), ("６５", 65), ("8,360", 8360), ("８，３６０", 8360), (" 0 ", 0), ("-5", -5)]
)
def test_digits_are_read(text: str, number: int) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("六十五", 65),
        ("六五", 65),
        ("十", 10),
        ("百二", 102),
        ("八千三百六十", 8360),
        ("一万二千", 12000),
        ("六十五歳", 65),
        ("弐拾", 20),
    ],
)
def test_number_words_are_refused_with_what_they_seem_to_say(text: str, hint: int) -> None:
    with pytest.raises(Problem) as caught:
        parse_number(text)
    assert caught.value.code == "numbers.in_words"
    assert caught.value.values["hint"] == hint


@pytest.mark.parametrize("text", ["", "12.5", "1,23", "8 360", "十十", "百千", "約65", "٣", "1e5", "9" * 13, "万"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(Problem) as caught:
        parse_number(text)
    assert caught.value.code == "numbers.unreadable"


@given(st.integers(0, 999_999_999))
def test_a_number_is_read_back_with_and_without_commas(number: int) -> None:
    assert parse_number(str(number)) == number
    assert parse_number(f"{number:,}") == number


@given(st.text(st.sampled_from("〇一二三四五六七八九十百千万歳"), max_size=14))
def test_number_words_never_break_the_reader(text: str) -> None:
    found = read_number_words(text)
    assert found is None or found >= 0
