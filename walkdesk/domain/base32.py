"""The 32 characters in which a person reads a code aloud and types it in again."""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Base32 without I, L, O and U, so that nobody hears or reads one character for another."""

_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_FULL_WIDTH = {0xFF01 + place: 0x21 + place for place in range(94)}


def as_typed(text: str) -> str:
    """What a person typed in capitals, with O, I and L read as the digits that they were meant to be."""
    return text.translate(_FULL_WIDTH).upper().translate(_READ_AS)
