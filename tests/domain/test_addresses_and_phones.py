from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkdesk.domain.addresses import (
    is_catch_all,
    is_in_ward,
    mask_address,
    split_building,
    tidy_address,
    tidy_postcode,
    town_of,
)
from walkdesk.domain.phones import last_four, mask_phone, tidy_phone
from walkdesk.domain.problem import Problem


def test_an_address_gets_narrow_digits_and_keeps_its_building_apart() -> None:
    raw = " 東京都新宿区西五軒町２丁目１２番３号　グランドタワー新宿　ＷＥＳＴ　２３０５ "
    assert tidy_address(raw) == "東京都新宿区西五軒町2丁目12番3号　グランドタワー新宿　WEST　2305"
    assert tidy_address("東京都新宿区大京町５－２１ー１８") == "東京都新宿区大京町5-21-18"
    assert split_building("新宿区大京町5-21-18　メゾン・ド・新宿 1105号室") == (
        "新宿区大京町5-21-18",
        "メゾン・ド・新宿 1105号室",
    )
    assert tidy_address("タワー新宿") == "タワー新宿"


@pytest.mark.parametrize("raw", ["1600022", "160-0022", "〒160-0022", "１６０－００２２", "160 0022", "160ー0022"])
def test_a_postcode_is_written_one_way(raw: str) -> None:
    assert tidy_postcode(raw) == "160-0022"


@pytest.mark.parametrize("raw", ["", "160002", "16000222", "160-002a", "百六十"])
def test_a_postcode_without_seven_digits_is_refused(raw: str) -> None:
    with pytest.raises(Problem) as caught:
        tidy_postcode(raw)
    assert caught.value.code == "reception.postcode_unreadable"


def test_the_catch_all_postcode_is_known() -> None:
    assert is_catch_all("160-0000")
    assert is_catch_all("1600000")
    assert not is_catch_all("160-0022")


@pytest.mark.parametrize(
    ("address", "inside", "town", "masked"),
    [
        ("東京都新宿区大京町5-21-18　メゾン", True, "大京町", "東京都新宿区大京町●●●"),
        ("新宿区新宿252番地", True, "新宿", "東京都新宿区新宿●●●"),
        ("東京都新宿区四谷三栄町１丁目２３番", True, "四谷三栄町", "東京都新宿区四谷三栄町●●●"),
        ("東京都新宿区四谷三丁目1", True, "四谷", "東京都新宿区四谷●●●"),
        ("東京都新宿区霞ケ丘町", True, "霞ケ丘町", "東京都新宿区霞ケ丘町●●●"),
        ("東京都中野区中野4-8-1", False, "東京都中野区中野", "東京都中野区中野●●●"),
        ("", False, "", ""),
    ],
)
def test_the_town_stays_and_the_rest_is_hidden(address: str, inside: bool, town: str, masked: str) -> None:
    assert is_in_ward(address) is inside
    assert town_of(address) == town
    assert mask_address(address) == masked


@pytest.mark.parametrize(
    ("raw", "tidy"),
    [
        ("090-6708-8768", "090-6708-8768"),
        ("07049845154", "070-4984-5154"),
        ("０３－５３６５－７８０２", "03-5365-7802"),
        ("0368787818", "03-6878-7818"),
        ("(03)6878-7818", "03-6878-7818"),
        ("+81 90 6708 8768", "090-6708-8768"),
        ("0120123456", "0120-123-456"),
        ("08001234567", "0800-123-4567"),
        ("050 1234 5678", "050-1234-5678"),
        ("045-671-1234", "045-671-1234"),
        ("0456711234", "0456711234"),
        ("", ""),
    ],
)
def test_a_phone_number_is_written_one_way(raw: str, tidy: str) -> None:
    assert tidy_phone(raw) == tidy


@pytest.mark.parametrize("raw", ["なし", "1234", "9067088768", "090-6708-876", "090-6708-87681", "03-5365-7802 内線5"])
def test_a_phone_number_that_cannot_be_dialled_is_refused(raw: str) -> None:
    with pytest.raises(Problem) as caught:
        tidy_phone(raw)
    assert caught.value.code == "reception.phone_unreadable"


def test_only_the_last_four_digits_are_shown() -> None:
    assert mask_phone("090-6708-8768") == "●●●-●●●●-8768"
    assert mask_phone("") == ""
    assert last_four("０９０－６７０８－８７６８") == "8768"


digits = st.text(st.sampled_from("0123456789０９-－ー ()+"), max_size=16)


@given(digits)
def test_tidying_a_phone_number_twice_changes_nothing_more(raw: str) -> None:
    try:
        tidy = tidy_phone(raw)
    except Problem:
        return
    assert tidy_phone(tidy) == tidy


@given(st.text(st.sampled_from("東京都新宿区大京町丁目番号一三0９－-ー 　ＡbﾊｲﾂA"), max_size=30))
def test_tidying_an_address_twice_changes_nothing_more(raw: str) -> None:
    assert tidy_address(tidy_address(raw)) == tidy_address(raw)
    assert not any(character.isdigit() for character in mask_address(raw).removeprefix(town_of(raw)))
