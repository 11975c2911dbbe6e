"""The 32 characters in which a person reads a code aloud and types it in again, in groups that are checked.

A group's last character checks it. The check is a weighted sum over the field of 32 elements with a different weight
for each place, and the group's own number goes into it: every single wrong character, any two characters that changed
places and any two groups that did are found, and the group is named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Base32 without I, L, O and U, so that nobody hears or reads one character for another."""

GROUP_SIGNS = 4
"""Characters of a group without its check character."""
GROUP_LENGTH = GROUP_SIGNS + 1
GROUP_BITS = 5 * GROUP_SIGNS

_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_FULL_WIDTH = {0xFF01 + place: 0x21 + place for place in range(94)}
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212\u3000\u30fc]+")


def as_typed(text: str) -> str:
    """What a person typed in capitals, with O, I and L read as the digits that they were meant to be."""
    return text.translate(_FULL_WIDTH).upper().translate(_READ_AS)


def typed_parts(text: str) -> list[str]:
    """What a person typed, parted where they left a space or a hyphen of any kind."""
    return [part for part in _SEPARATORS.split(as_typed(text)) if part]


def checked_groups(secret: bytes) -> tuple[str, ...]:
    """Random bytes as groups of five characters. ``ValueError`` where the bits do not fill whole groups."""
    count, rest = divmod(8 * len(secret), GROUP_BITS)
    if rest:
        raise ValueError(f"a group has {GROUP_BITS} bits")
    bits = int.from_bytes(secret, "big")
    signs = [(bits >> (5 * place)) & 31 for place in reversed(range(count * GROUP_SIGNS))]
    rows = [signs[start : start + GROUP_SIGNS] for start in range(0, len(signs), GROUP_SIGNS)]
    return tuple("".join(ALPHABET[sign] for sign in (*row, _check(number, row))) for number, row in enumerate(rows, 1))


def group_value(number: int, group: str) -> int | None:
    """The 20 bits of the group at a place (the first is 1), or ``None`` where its characters or its check are wrong."""
    signs = [ALPHABET.find(sign) for sign in group]
    if len(signs) != GROUP_LENGTH or -1 in signs or _check(number, signs[:GROUP_SIGNS]) != signs[GROUP_SIGNS]:
        return None
    value = 0
    for sign in signs[:GROUP_SIGNS]:
        value = value << 5 | sign
    return value


def _check(number: int, signs: Sequence[int]) -> int:
    """The check character: the sum of the characters times 2, 4, 8, 16 and of the group's number times 32."""
    total = 0
    for place, sign in enumerate((*signs, number), 1):
        total ^= _times(sign, place)
    return total


def _times(sign: int, doublings: int) -> int:
    """A sign times two to a power, in the field of 32 elements (x^5 + x^2 + 1)."""
    for _ in range(doublings):
        sign <<= 1
        if sign & 32:
            sign ^= 0b100101
    return sign
