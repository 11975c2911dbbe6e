"""Japanese line breaking."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkdesk.documents.lines import NEVER_FIRST, NEVER_LAST, break_lines, break_name
from walkdesk.documents.typeface import GOTHIC, MINCHO, typeface

TEXTS = st.lists(
    st.sampled_from([*"このたびは健康、。「」（）ー12ab𠮷", "葛\U000e0100", " "]), min_size=1, max_size=120
).map("".join)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("ああああ。いい", 4, ["あああ", "あ。いい"]),
        ("あああ「いい」", 4, ["あああ", "「いい」"]),
        ("ああああ）い", 4, ["あああ", "あ）い"]),
        ("ポイントカード", 5, ["ポイント", "カード"]),
        ("一行目\n二行目", 10, ["一行目", "二行目"]),
        ("あああ10月", 4, ["あああ", "10月"]),
        ("あああabcd", 4, ["あああ", "abcd"]),
    ],
)
def test_lines_break_as_a_japanese_reader_expects(text: str, width: float, lines: list[str]) -> None:
    assert break_lines(text, width, typeface(MINCHO)) == lines


@given(TEXTS, st.integers(6, 30))
def test_nothing_is_lost_and_no_line_is_wider_than_its_column(text: str, width: int) -> None:
    face = typeface(GOTHIC)
    lines = break_lines(text, width, face)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(face.width(line) <= width + 1e-6 for line in lines)


@given(st.text("あいう、。」（「ー漢字", min_size=1, max_size=60).filter(lambda text: not _long_run(text)))
def test_no_line_starts_or_ends_with_what_it_must_not(text: str) -> None:
    lines = break_lines(text, 12, typeface(MINCHO))
    assert all(line[0] not in NEVER_FIRST for line in lines[1:])
    assert all(line[-1] not in NEVER_LAST for line in lines[:-1])


def test_a_word_longer_than_the_column_is_parted_not_cut() -> None:
    lines = break_lines("abcdefghijklmnopqrstuvwxyz" * 3, 10, typeface(GOTHIC))
    assert len(lines) > 1
    assert "".join(lines) == "abcdefghijklmnopqrstuvwxyz" * 3


def test_a_sequence_is_never_parted_at_a_line_end() -> None:
    assert all(not line.startswith("\U000e0100") for line in break_lines("葛\U000e0100" * 40, 7.5, typeface(GOTHIC)))


def _long_run(text: str) -> bool:
    """Whether more marks that stick together follow each other than fit into a line."""
    run = longest = 0
    for character in text:
        run = run + 1 if character in NEVER_FIRST or character in NEVER_LAST else 0
        longest = max(longest, run)
    return longest > 8


def test_short_katakana_words_stay_whole() -> None:
    assert break_lines("歩いてポイントを", 6, typeface(MINCHO)) == ["歩いて", "ポイントを"]


def test_a_long_name_is_parted_where_its_parts_meet() -> None:
    face = typeface(MINCHO)
    assert break_name("アレクサンドラ・マリア・ゴンサレス 様", 14, face) == [
        "アレクサンドラ・マリア・",
        "ゴンサレス 様",
    ]
    assert break_name("見本 花子　様", 14, face) == ["見本 花子　様"]
    assert "".join(break_name("ア" * 30, 14, face)) == "ア" * 30
