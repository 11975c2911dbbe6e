"""復旧用紙: the code of a recovery sheet, in groups of which each is checked by itself.

160 random bits are 8 groups of 4 characters with a fifth that checks them. The check is a weighted sum over the field
of 32 elements with a different weight for each place, and the group's own number goes into it: every single wrong
character, any two characters that changed places and any two groups that did are found, and the group is named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from walkdesk.domain.base32 import ALPHABET, as_typed
from walkdesk.domain.problem import Problem

CODE_BYTES = 20
"""160 random bits."""
GROUPS = 8
_SIGNS = 4
"""Characters of a group without its check character."""

OFFICE_SCOPE = "office"
"""The scope of the sheet that opens the office book; another scope is a contract's id."""

QR_BEGINNING = "WALKDESK/RECOVERY/"
_RESERVED = re.compile(r"recovery-", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212\u3000\u30fc]+")


def code_groups(secret: bytes) -> tuple[str, ...]:
    """A sheet's secret as the groups that the paper prints."""
    if len(secret) != CODE_BYTES:
        raise ValueError("a sheet's secret has 160 bits")
    bits = int.from_bytes(secret, "big")
    signs = [(bits >> (5 * place)) & 31 for place in reversed(range(GROUPS * _SIGNS))]
    rows = [signs[start : start + _SIGNS] for start in range(0, len(signs), _SIGNS)]
    return tuple("".join(ALPHABET[sign] for sign in (*row, _check(number, row))) for number, row in enumerate(rows, 1))


def code_text(secret: bytes) -> str:
    """The groups with hyphens between them."""
    return "-".join(code_groups(secret))


def qr_text(secret: bytes, generation: int) -> str:
    """What the sheet's QR code holds; a scanner that types like a keyboard puts it into the field for the code."""
    return f"{QR_BEGINNING}{generation}/{code_text(secret)}"


def parse_code(typed: str) -> bytes:
    """The secret of a typed or scanned code; case, spaces, hyphens and O, I, L do not matter.

    ``Problem("keys.code_group", group=3)`` names the first group that is not right; ``keys.code_length`` where there
    are not as many groups as on the paper.
    """
    text = typed.strip()
    if text.upper().startswith(QR_BEGINNING):
        text = text.rpartition("/")[2]
    parts = [part for part in _SEPARATORS.split(as_typed(text)) if part]
    if len(parts) == GROUPS:
        groups = parts
    else:
        whole = "".join(parts)
        if len(whole) != GROUPS * (_SIGNS + 1):
            raise Problem("keys.code_length", groups=GROUPS, signs=_SIGNS + 1, count=len(whole))
        groups = [whole[start : start + _SIGNS + 1] for start in range(0, len(whole), _SIGNS + 1)]
    bits = 0
    for number, group in enumerate(groups, 1):
        for sign in _signs_of(number, group):
            bits = bits << 5 | sign
    return bits.to_bytes(CODE_BYTES, "big")


def is_reserved(staff_number: str) -> bool:
    """Whether a staff number looks like the slot of a sheet: nobody can be registered under it."""
    return _RESERVED.match(staff_number) is not None


def _signs_of(number: int, group: str) -> list[int]:
    signs = [ALPHABET.find(sign) for sign in group]
    if len(signs) != _SIGNS + 1 or -1 in signs or _check(number, signs[:_SIGNS]) != signs[_SIGNS]:
        raise Problem("keys.code_group", group=number)
    return signs[:_SIGNS]


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
