"""Japanese line breaking (禁則処理, JIS X 4051): no 、。）」 at the start of a line, no （「 at its end."""

from __future__ import annotations

from collections.abc import Iterator

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
_WORD_EXTRAS = frozenset("-./@_:+#&'=,")


def break_lines(text: str, width: float, face: Typeface) -> list[str]:
    """The lines of a text in a column of ``width`` em.

    Line feeds in the text are kept. A number stays with its unit, a Latin word in one piece; what is longer than the
    column is parted between clusters, never cut off. Spaces at a break disappear.
    """
    return [line for part in text.split("\n") for line in _fill(part, width, face)]


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


def _fill(text: str, width: float, face: Typeface) -> Iterator[str]:
    line, used = "", 0.0
    for piece in _pieces(text):
        for part in _portions(piece, width, face):
            needed = face.width(part.rstrip(" "))
            if line and used + needed > width + 1e-6:
                yield line.rstrip(" ")
                line, used = "", 0.0
            line += part
            used += face.width(part)
    yield line.rstrip(" ")


def _pieces(text: str) -> Iterator[str]:
    piece, before = "", ""
    for cluster in clusters(text):
        if before and may_break(before, cluster):
            yield piece
            piece = ""
        piece += cluster
        before = cluster
    if piece:
        yield piece


def _portions(piece: str, width: float, face: Typeface) -> Iterator[str]:
    if face.width(piece.rstrip(" ")) <= width + 1e-6:
        yield piece
        return
    portion = ""
    for cluster in clusters(piece):
        if portion and face.width(portion + cluster) > width:
            yield portion
            portion = ""
        portion += cluster
    yield portion


def _is_word(character: str) -> bool:
    return (character.isalnum() and ord(character) < 0x0250) or character in _WORD_EXTRAS
