"""復旧用紙: the code of a recovery sheet, in groups of which each is checked by itself.

160 random bits are 8 groups of 4 characters with a fifth that checks them: ``walkdesk.domain.base32``.
"""

from __future__ import annotations

import re

from walkdesk.domain.base32 import GROUP_BITS, GROUP_LENGTH, checked_groups, group_value, typed_parts
from walkdesk.domain.problem import Problem

CODE_BYTES = 20
"""160 random bits."""
GROUPS = 8

OFFICE_SCOPE = "office"
"""The scope of the sheet that opens the office book; another scope is a contract's id."""

QR_BEGINNING = "WALKDESK/RECOVERY/"
_RESERVED = re.compile(r"recovery-", re.IGNORECASE)


def code_groups(secret: bytes) -> tuple[str, ...]:
    """A sheet's secret as the groups that the paper prints."""
    if len(secret) != CODE_BYTES:
        raise ValueError("a sheet's secret has 160 bits")
    return checked_groups(secret)


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
    parts = typed_parts(text)
    if len(parts) == GROUPS:
        groups = parts
    else:
        whole = "".join(parts)
        if len(whole) != GROUPS * GROUP_LENGTH:
            raise Problem("keys.code_length", groups=GROUPS, signs=GROUP_LENGTH, count=len(whole))
        groups = [whole[start : start + GROUP_LENGTH] for start in range(0, len(whole), GROUP_LENGTH)]
    bits = 0
    for number, group in enumerate(groups, 1):
        value = group_value(number, group)
        if value is None:
            raise Problem("keys.code_group", group=number)
        bits = bits << GROUP_BITS | value
    return bits.to_bytes(CODE_BYTES, "big")


def is_reserved(staff_number: str) -> bool:
    """Whether a staff number looks like the slot of a sheet: nobody can be registered under it."""
    return _RESERVED.match(staff_number) is not None
