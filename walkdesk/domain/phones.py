"""Phone numbers as they are written, dialled and half hidden."""

from __future__ import annotations

import re
import unicodedata

from walkdesk.domain.problem import Problem

_DASHES = str.maketrans({dash: "-" for dash in "‐‑‒–—―−ーｰ"})
_ALLOWED = re.compile(r"[+0-9() .\-]*")
_GROUPED = re.compile(r"0[0-9]{1,4}-[0-9]{1,4}-[0-9]{3,4}")
# Free of charge (before the mobile numbers, which share 080), mobile and IP, Tokyo.
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        r"(0120)([0-9]{3})([0-9]{3})",
        r"(0800)([0-9]{3})([0-9]{4})",
        r"(0[5-9]0)([0-9]{4})([0-9]{4})",
        r"(03)([0-9]{4})([0-9]{4})",
    )
)
_OTHER_AREA = re.compile(r"0(?![5-9]0)[0-9]{9}")


def tidy_phone(raw: str) -> str:
    """A phone number in half-width digits: mobile ``090-6708-8768``, Tokyo ``03-5365-7802``, ``0120-…``.

    The hyphens of other area codes stay as they were given, since their length differs from town to town;
    without hyphens they stay digits. An empty text is no phone and stays empty.
    ``Problem("reception.phone_unreadable")``.
    """
    plain = unicodedata.normalize("NFKC", raw).translate(_DASHES).strip()
    if not plain:
        return ""
    digits = re.sub(r"[^0-9]", "", plain)
    if plain.startswith("+81"):
        digits = "0" + digits[2:].removeprefix("0")
        plain = digits
    if not _ALLOWED.fullmatch(plain):
        raise Problem("reception.phone_unreadable", given=raw.strip())
    for shape in _SHAPES:
        match = shape.fullmatch(digits)
        if match:
            return "-".join(match.groups())
    if not _OTHER_AREA.fullmatch(digits):
        raise Problem("reception.phone_unreadable", given=raw.strip())
    return plain if _GROUPED.fullmatch(plain) else digits


def last_four(phone: str) -> str:
    """The last four digits, which a caller names to be found."""
    return re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", phone))[-4:]


def mask_phone(phone: str) -> str:
    """``●●●-●●●●-8768``: the last four digits alone; the hyphens stay where they are."""
    hidden = len(phone) - len(last_four(phone))
    return "".join("-" if character == "-" else "●" for character in phone[:hidden]) + phone[hidden:]
