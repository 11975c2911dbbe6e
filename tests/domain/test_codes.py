"""Check characters, and what the codes of letters and cards say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkdesk.domain.codes import (
    CardCode,
    card_code,
    check_character,
    is_card_code,
    participant_code,
    read_card_code,
    read_participant_code,
)
from walkdesk.domain.dates import Month
from walkdesk.domain.problem import Problem

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
JULY = Month(2018, 7)


def test_the_check_character_is_that_of_iso_7064() -> None:
    assert check_character("A12425GABC1234002") == "M"


def test_a_letter_code_holds_contract_and_number_only() -> None:
    code = participant_code("30-HP-0001", "D0118")
    assert code.startswith("30-HP-0001/D0118/")
    assert len(code) == len("30-HP-0001/D0118/") + 1
    assert read_participant_code(code.lower()) == ("30-HP-0001", "D0118")


@given(st.text(ALPHABET, min_size=1, max_size=20), st.data())
def test_one_wrong_character_is_always_found(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from([one for one in ALPHABET if one != text[place]]))
    assert check_character(text[:place] + other + text[place + 1 :]) != check_character(text)


@pytest.mark.parametrize(
    "scanned", ["30-HP-0001/D0119/0", "D0118", "", "30-HP-0001/D0118/", card_code("30-HP-0001", "D0118", JULY)]
)
def test_a_code_that_does_not_check_is_refused(scanned: str) -> None:
    with pytest.raises(Problem) as refused:
        read_participant_code(scanned)
    assert refused.value.code == "papers.code"


def test_a_card_code_holds_contract_number_and_month_only() -> None:
    code = card_code("30-HP-0001", "D0118", JULY)
    assert code[:-1] == "CARD/30-HP-0001/D0118/2018-07/"
    assert read_card_code(code) == CardCode("30-HP-0001", "D0118", JULY)


@pytest.mark.parametrize("typed", ["{}", " {}\n", "lower", "wide"])
def test_a_card_code_is_read_however_the_scanner_types_it(typed: str) -> None:
    code = card_code("30/HP/1", "D0118", JULY)
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    scanned = {"lower": code.lower(), "wide": wide}.get(typed, typed.format(code))
    assert is_card_code(scanned)
    assert read_card_code(scanned) == CardCode("30/HP/1", "D0118", JULY)


@pytest.mark.parametrize("contract", ["30-HP-0001", "３０−ＨＰ−０００１", "新宿健第30号-a"])
def test_a_card_code_knows_its_contract(contract: str) -> None:
    code = read_card_code(card_code(contract, "D0118", JULY))
    assert code.is_of(contract)
    assert not code.is_of("30-HP-0002")


def test_a_number_that_is_typed_is_no_card_code() -> None:
    assert not is_card_code("D0118")
    assert not is_card_code("118")


@pytest.mark.parametrize(
    "scanned",
    [
        "CARD/30-HP-0001/D0118/2018-07/",
        "CARD/30-HP-0001/D0118/2018-08/" + card_code("30-HP-0001", "D0118", JULY)[-1],
        card_code("30-HP-0001", "D0118", JULY)[4:],
        participant_code("30-HP-0001", "D0118"),
        participant_code("CARD/30-HP-0001/D0118", "2018-13"),
        participant_code("CARD/D0118", "2018-07"),
        "",
    ],
)
def test_a_card_code_that_does_not_check_is_refused(scanned: str) -> None:
    with pytest.raises(Problem) as refused:
        read_card_code(scanned)
    assert refused.value.code == "papers.code"
