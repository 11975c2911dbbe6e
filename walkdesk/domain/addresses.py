"""Addresses and postcodes in the ward."""

from __future__ import annotations

import re
import unicodedata

from walkdesk.domain.problem import Problem

WARD = "新宿区"
_PREFECTURE = "東京都"
_HIDDEN = "●●●"
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_DASH_BETWEEN = re.compile(r"(?<=[0-9A-Za-z])\s?[‐‑‒–—―−ーｰ]\s?(?=[0-9A-Za-z])")
_SPACES = re.compile(r"\s+")
_TOWN_END = re.compile(r"[0-9０-９\s]|[一二三四五六七八九十]+(?:丁目|番)|番地|●")


def tidy_address(raw: str) -> str:
    """An address with half-width digits and letters and plain hyphens between them; its kanji are left alone.

    A full-width space, which stands before the building, stays one full-width space; other blanks become one
    half-width space.
    """
    narrow = raw.replace("\u200b", "").replace("\ufeff", "").translate(_NARROW)
    spaced = _SPACES.sub(lambda blank: "\u3000" if "\u3000" in blank[0] else " ", narrow.strip())
    return _DASH_BETWEEN.sub("-", spaced)


def split_building(address: str) -> tuple[str, str]:
    """The address and the building, for two lines on an envelope; the building may be empty."""
    street, _, building = tidy_address(address).partition("\u3000")
    return street, building


def tidy_postcode(raw: str) -> str:
    """``160-0022``. ``Problem("reception.postcode_unreadable")`` unless there are seven digits."""
    plain = unicodedata.normalize("NFKC", raw).strip().removeprefix("〒")
    digits = re.sub(r"[\s‐‑‒–—―−ー-]", "", plain)
    if not re.fullmatch(r"[0-9]{7}", digits):
        raise Problem("reception.postcode_unreadable", given=raw.strip())
    return f"{digits[:3]}-{digits[3:]}"


def is_catch_all(postcode: str) -> bool:
    """Whether a postcode is the post's 以下に掲載がない場合 (160-0000): it names no town, and may carry no
    barcode.
    """
    return re.sub(r"[^0-9]", "", postcode).endswith("0000")


def is_in_ward(address: str) -> bool:
    """Whether an address begins with 東京都新宿区 or 新宿区."""
    return _after_ward(address) is not None


def town_of(address: str) -> str:
    """The town (町名) of an address in the ward, without 丁目; elsewhere everything before the first
    number.
    """
    inside = _after_ward(address)
    text = tidy_address(address) if inside is None else inside
    end = _TOWN_END.search(text)
    return text[: end.start()] if end else text


def mask_address(address: str) -> str:
    """``東京都新宿区大京町●●●``: the town stays, the rest is hidden and does not show how long it is."""
    if not address.strip():
        return ""
    inside = _after_ward(address)
    town = town_of(address)
    return f"{town if inside is None else _PREFECTURE + WARD + town}{_HIDDEN}"


def _after_ward(address: str) -> str | None:
    text = tidy_address(address).removeprefix(_PREFECTURE).lstrip()
    return text.removeprefix(WARD).lstrip() if text.startswith(WARD) else None
