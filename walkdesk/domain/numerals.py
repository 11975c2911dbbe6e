"""Numbers as people write them in lists: half- and full-width digits, with or without commas."""

from __future__ import annotations

import re
import unicodedata

from walkdesk.domain.problem import Problem

_PLAIN = re.compile(r"[+-]?[0-9]+")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+")
_MINUS = str.maketrans({dash: "-" for dash in "‐‑‒–—−"})
_DIGITS = {
    character: value
    for value, characters in enumerate(
        ("〇零", "一壱壹", "二弐貳", "三参參", "四", "五伍", "六", "七", "八", "九")
    )
    for character in characters
}
_TENS = {"十": 10, "拾": 10, "百": 100, "千": 1000}
_LONGEST = 12


def parse_number(text: str) -> int:
    """The whole number that a text writes in digits.

    Number words are never turned into a value silently: ``Problem("numbers.in_words", given, hint)``
    carries what they seem to say, so that a person corrects the list. Anything else:
    ``Problem("numbers.unreadable", given)``.
    """
    plain = unicodedata.normalize("NFKC", text).strip().translate(_MINUS)
    if len(plain) <= _LONGEST and (_PLAIN.fullmatch(plain) or _GROUPED.fullmatch(plain)):
        return int(plain.replace(",", ""))
    hint = read_number_words(plain)
    if hint is not None:
        raise Problem("numbers.in_words", given=text.strip(), hint=hint)
    raise Problem("numbers.unreadable", given=text.strip())


def read_number_words(text: str) -> int | None:
    """What 漢数字 seem to say: ``六十五`` and ``六五`` are 65; ``None`` if the text is something else."""
    words = text.removesuffix("歳").removesuffix("才").removesuffix("歩")
    if not words or len(words) > _LONGEST:
        return None
    if all(character in _DIGITS for character in words):
        return int("".join(str(_DIGITS[character]) for character in words))
    thousands, separator, rest = words.rpartition("万")
    upper = _below_ten_thousand(thousands) if separator else 0
    lower = _below_ten_thousand(rest) if rest else 0
    if upper is None or lower is None:
        return None
    return upper * 10_000 + lower


def _below_ten_thousand(words: str) -> int | None:
    total, digit, unit_before = 0, 0, 10_000
    for character in words:
        if character in _DIGITS and digit == 0:
            digit = _DIGITS[character]
        elif character in _TENS and _TENS[character] < unit_before:
            unit_before = _TENS[character]
            total += max(digit, 1) * unit_before
            digit = 0
        else:
            return None
    return total + digit if words else None
