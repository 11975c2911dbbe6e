"""Japanese line breaking (禁則処理, JIS X 4051): no 、。）」 at the start of a line, no （「 at its end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from walkdesk.documents.typeface import Typeface
from walkdesk.domain.names import clusters

NEVER_FIRST = frozenset(
    "、。，．,.・：；:;？！?!゛゜ヽヾゝゞ々ー…‥)]}）〕］｝〉》」』】〟’”％%‰℃°′″〜～"
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
)
"""Characters that no line begins with."""

NEVER_LAST = frozenset("([{（〔［｛〈《「『【〝‘“￥¥$＄№")
"""Characters that no line ends with."""

_UNITS = frozenset("年月日人名通件枚回歩点号項個円時分秒頁条台種")
_WORD = 8
_NAME_PARTS = re.compile("(?<=[ 　・])")
_WORD_EXTRAS = frozenset("-./@_:+#&'=,")


def break_lines(text: str, width: float, face: Typeface) -> list[str]:
    """The lines of a text in a column of ``width`` em.

    Line feeds in the text are kept. A number stays with its unit, a Latin or short katakana word in one piece; what is
    longer than the column is parted between clusters, never cut off. Spaces at a break disappear.
    """
    return [line for part in text.split("\n") for line in _broken(part, width, face)]


def may_break(before: str, after: str) -> bool:
    """Whether a line may end between two clusters."""
    last, first = before[0], after[0]
    if first in NEVER_FIRST or last in NEVER_LAST or first == " ":
        return False
    if last == " ":
        return True
    if last.isdecimal() and first in _UNITS:
        return False
    return not (_is_word(last) and _is_word(first))


def break_name(name: str, width: float, face: Typeface) -> list[str]:
    """The lines of a person's name: parted at a space or ・ where that is enough, else like any text."""
    parts = [part for part in _NAME_PARTS.split(name) if part]
    lines: list[str] = []
    for part in parts:
        if lines and face.width((lines[-1] + part).rstrip()) <= width:
            lines[-1] += part
        else:
            lines.append(part)
    lines = [line.strip(" ") for line in lines]
    return lines if all(face.width(line) <= width for line in lines) else break_lines(name, width, face)


@lru_cache(maxsize=128)
def _broken(text: str, width: float, face: Typeface) -> tuple[str, ...]:
    # Most paragraphs of a batch of letters are the same for everyone.
    return tuple(_fill(text, width, face))


def _fill(text: str, width: float, face: Typeface) -> Iterator[str]:
    line, used = "", 0.0
    for part in _fitting(_pieces(text, whole_words=True), width, face):
        if line and used + face.width(part.rstrip(" ")) > width + 1e-6:
            yield line.rstrip(" ")
            line, used = "", 0.0
        line += part
        used += face.width(part)
    yield line.rstrip(" ")


def _fitting(pieces: Iterable[str], width: float, face: Typeface) -> Iterator[str]:
    """The pieces, those wider than the column parted: katakana words where the rules allow, then anywhere."""
    for piece in pieces:
        if face.width(piece.rstrip(" ")) <= width + 1e-6:
            yield piece
            continue
        for smaller in _pieces(piece, whole_words=False):
            yield from _portions(smaller, width, face)


def _pieces(text: str, whole_words: bool) -> Iterator[str]:
    """What is never parted at a line end; with ``whole_words`` short katakana words are one piece too."""
    parts = clusters(text)
    glued = _short_words(parts) if whole_words else frozenset()
    piece = ""
    for place, cluster in enumerate(parts):
        if place and place not in glued and may_break(parts[place - 1], cluster):
            yield piece
            piece = ""
        piece += cluster
    if piece:
        yield piece


def _short_words(parts: Sequence[str]) -> frozenset[int]:
    """The places inside katakana words that are short enough to be read in one piece."""
    inside: set[int] = set()
    start = 0
    for katakana, group in groupby(parts, key=lambda cluster: "ァ" <= cluster[0] <= "ヺ" or cluster[0] == "ー"):
        length = len(list(group))
        if katakana and length <= _WORD:
            inside.update(range(start + 1, start + length))
        start += length
    return frozenset(inside)


def _portions(piece: str, width: float, face: Typeface) -> Iterator[str]:
    portion = ""
    for cluster in clusters(piece):
        if portion and face.width(portion + cluster) > width:
            yield portion
            portion = ""
        portion += cluster
    yield portion


def _is_word(character: str) -> bool:
    return (character.isalnum() and ord(character) < 0x0250) or character in _WORD_EXTRAS
