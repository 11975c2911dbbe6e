"""The code of a recovery sheet: what a person types wrong is found, and the group is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkdesk.domain.base32 import ALPHABET
from walkdesk.domain.problem import Problem
from walkdesk.domain.recovery import GROUPS, code_groups, code_text, is_reserved, parse_code, qr_text

SECRETS = st.binary(min_size=20, max_size=20)


@given(SECRETS)
def test_a_code_comes_back_however_it_is_typed(secret: bytes) -> None:
    text = code_text(secret)
    assert parse_code(text) == secret
    assert parse_code(text.lower().replace("-", " ")) == secret
    assert parse_code(text.replace("-", "")) == secret
    assert parse_code(text.replace("0", "O").replace("1", "l")) == secret
    assert parse_code(qr_text(secret, 3)) == secret


def test_a_code_typed_with_a_japanese_keyboard_comes_back() -> None:
    secret = bytes(range(20))
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign != "-" else "ー" for sign in code_text(secret))
    assert parse_code(wide) == secret


@given(SECRETS, st.integers(0, GROUPS - 1), st.integers(0, 4), st.integers(1, 31))
def test_every_single_wrong_character_names_its_group(secret: bytes, group: int, place: int, other: int) -> None:
    groups = [list(one) for one in code_groups(secret)]
    sign = groups[group][place]
    groups[group][place] = ALPHABET[(ALPHABET.index(sign) + other) % 32]
    with pytest.raises(Problem) as caught:
        parse_code("-".join("".join(one) for one in groups))
    assert (caught.value.code, caught.value.values) == ("keys.code_group", {"group": group + 1})


@given(SECRETS, st.integers(0, GROUPS - 1), st.permutations(range(5)).map(lambda order: order[:2]))
def test_two_characters_that_changed_places_name_their_group(secret: bytes, group: int, pair: list[int]) -> None:
    groups = [list(one) for one in code_groups(secret)]
    first, second = pair
    if groups[group][first] == groups[group][second]:
        return
    groups[group][first], groups[group][second] = groups[group][second], groups[group][first]
    with pytest.raises(Problem) as caught:
        parse_code("".join("".join(one) for one in groups))
    assert caught.value.values == {"group": group + 1}


@given(SECRETS, st.permutations(range(GROUPS)).map(lambda order: sorted(order[:2])))
def test_two_groups_that_changed_places_are_noticed(secret: bytes, pair: list[int]) -> None:
    groups = list(code_groups(secret))
    first, second = pair
    groups[first], groups[second] = groups[second], groups[first]
    with pytest.raises(Problem) as caught:
        parse_code(" ".join(groups))
    assert caught.value.values == {"group": first + 1}


@given(st.text(max_size=80))
def test_whatever_is_typed_there_is_a_sentence(typed: str) -> None:
    try:
        assert len(parse_code(typed)) == 20
    except Problem as problem:
        assert problem.code in ("keys.code_group", "keys.code_length")


def test_a_character_too_few_names_the_group_where_groups_are_typed() -> None:
    groups = list(code_groups(bytes(range(20))))
    groups[4] = groups[4][:-1]
    with pytest.raises(Problem) as caught:
        parse_code(" ".join(groups))
    assert caught.value.values == {"group": 5}
    with pytest.raises(Problem) as caught:
        parse_code("".join(groups))
    assert caught.value.code == "keys.code_length"


def test_the_names_of_sheets_are_nobodys_staff_number() -> None:
    assert is_reserved("recovery-1") and is_reserved("Recovery-x")
    assert not is_reserved("S-0001") and not is_reserved("recover")
