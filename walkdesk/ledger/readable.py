"""Digests that a person reads aloud and compares on paper: 130 bits as 26 characters."""

from __future__ import annotations

from walkdesk.domain.base32 import ALPHABET, as_typed
from walkdesk.domain.problem import Problem

LENGTH = 26
"""26 characters of 5 bits: 130 bits, out of reach of the birthday search of whoever wrote the ledger."""

_GROUPS = (5, 5, 5, 5, 6)
_BETWEEN = str.maketrans({" ": None, "-": None, "\u3000": None, "\u2010": None})


def readable(digest: bytes) -> str:
    """The first 130 bits of a digest as 26 characters."""
    if len(digest) * 8 < LENGTH * 5:
        raise ValueError("the digest is too short")
    bits = int.from_bytes(digest, "big") >> (len(digest) * 8 - LENGTH * 5)
    return "".join(ALPHABET[(bits >> (5 * place)) & 31] for place in reversed(range(LENGTH)))


def grouped(text: str) -> str:
    """The 26 characters in groups of 5-5-5-5-6, as papers print them."""
    groups, start = [], 0
    for length in _GROUPS:
        groups.append(text[start : start + length])
        start += length
    return "-".join(groups)


def parse_readable(typed: str) -> str:
    """What a person typed, back to the 26 characters; case, spaces, hyphens and O/I/L do not matter.

    Anything else is ``ledger.code_unreadable``.
    """
    text = as_typed(typed.strip()).translate(_BETWEEN)
    if len(text) != LENGTH or not set(text) <= set(ALPHABET):
        raise Problem("ledger.code_unreadable", length=LENGTH)
    return text
