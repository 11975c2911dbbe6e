"""What the two-dimensional codes of the papers say: numbers with a check character, and nothing else of a person.

A hand scanner types a code like a keyboard and ends it with Enter. Only characters stand in it that lie on the same
keys of a Japanese and an American keyboard.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from walkdesk.domain.dates import Month
from walkdesk.domain.problem import Problem

CARD_BEGINNING = "CARD/"
"""The code of a points card begins with letters, so that no field for figures takes it for steps."""

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class CardCode:
    """台紙の二次元コード: whose card of which month."""

    contract: str
    number: str
    month: Month

    def is_of(self, contract: str) -> bool:
        """Whether it is a card of the contract with this number."""
        return self.contract == _plain(contract)


def check_character(text: str) -> str:
    """The check character of ISO/IEC 7064 MOD 37,36 over the letters and digits of a text; separators do not count.

    It finds every single wrong character and nearly every pair of neighbours that changed places.
    """
    rest = 36
    for character in text.upper():
        if character in _ALPHABET:
            rest = (rest + _ALPHABET.index(character)) % 36 or 36
            rest = rest * 2 % 37
    return _ALPHABET[(37 - rest) % 36]


def participant_code(contract: str, number: str) -> str:
    """What a letter's QR code holds: contract and 受付番号 with a check character."""
    return _checked(f"{contract}/{number}")


def read_participant_code(code: str) -> tuple[str, str]:
    """Contract and number of a scanned code. Raises ``Problem("papers.code")`` when the check character is wrong."""
    contract, _, number = _body(code).rpartition("/")
    if not contract or not number or is_card_code(contract):
        raise Problem("papers.code", scanned=code)
    return contract, number


def card_code(contract: str, number: str, month: Month) -> str:
    """What a card's QR code holds: contract, 受付番号 and month with a check character."""
    return _checked(f"{CARD_BEGINNING}{contract}/{number}/{month}")


def is_card_code(scanned: str) -> bool:
    """Whether a text was read from a card and not typed; it may still be read wrongly."""
    return _plain(scanned).startswith(CARD_BEGINNING)


def read_card_code(code: str) -> CardCode:
    """Contract, number and month of a scanned card.

    Raises ``Problem("papers.code")`` when the check character is wrong or it is the code of another paper.
    """
    beginning, _, rest = _body(code).partition("/")
    contract_and_number, _, month = rest.rpartition("/")
    contract, _, number = contract_and_number.rpartition("/")
    if f"{beginning}/" != CARD_BEGINNING or not contract or not number:
        raise Problem("papers.code", scanned=code)
    try:
        return CardCode(contract, number, Month.parse(month))
    except Problem:
        raise Problem("papers.code", scanned=code) from None


def _checked(body: str) -> str:
    plain = _plain(body)
    return f"{plain}/{check_character(plain)}"


def _body(code: str) -> str:
    """What stands before the check character, in half-width capitals; ``Problem`` where that one is wrong."""
    body, _, check = _plain(code).rpartition("/")
    if check_character(body) != check:
        raise Problem("papers.code", scanned=code)
    return body


def _plain(text: str) -> str:
    """Half-width capitals, as a scanner that knows no kana types them."""
    return unicodedata.normalize("NFKC", text).strip().upper()
