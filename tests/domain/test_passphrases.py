"""合言葉: however it is typed it is the same, and what was heard wrong is found before a key is made of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkdesk.domain.base32 import ALPHABET
from walkdesk.domain.passphrases import PASSPHRASE_BYTES, PASSPHRASE_GROUPS, normal_passphrase, passphrase_of, spoken
from walkdesk.domain.problem import Problem

SECRETS = st.binary(min_size=PASSPHRASE_BYTES, max_size=PASSPHRASE_BYTES)


def test_a_passphrase_has_eighty_random_bits() -> None:
    assert PASSPHRASE_BYTES * 8 >= 80
    assert passphrase_of(bytes(10)) != passphrase_of(bytes(9) + b"\x01")
    with pytest.raises(ValueError, match="80 bits"):
        passphrase_of(bytes(9))


@given(SECRETS)
def test_a_passphrase_is_the_same_however_it_is_typed(secret: bytes) -> None:
    text = passphrase_of(secret)
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign != "-" else "ー" for sign in text)
    ways = [text, text.lower(), text.replace("-", ""), text.replace("-", "　"), wide, wide.lower(), f" {text}\n"]
    ways += [text.replace("0", "o").replace("1", "I"), text.replace("1", "l"), text.replace("-", "−")]
    assert {normal_passphrase(way) for way in ways} == {text}


@given(SECRETS, st.integers(0, PASSPHRASE_GROUPS - 1), st.integers(0, 4), st.integers(1, 31))
def test_one_wrong_character_names_its_group(secret: bytes, group: int, place: int, other: int) -> None:
    groups = [list(one) for one in passphrase_of(secret).split("-")]
    groups[group][place] = ALPHABET[(ALPHABET.index(groups[group][place]) + other) % 32]
    for between in "-", "":
        with pytest.raises(Problem) as caught:
            normal_passphrase(between.join("".join(one) for one in groups))
        assert (caught.value.code, caught.value.values) == ("sealed.group", {"group": group + 1})


@pytest.mark.parametrize("typed", ["", "-", "00000", "0" * 19, "0" * 21, "あ"])
def test_too_few_or_too_many_characters_are_counted(typed: str) -> None:
    with pytest.raises(Problem) as caught:
        normal_passphrase(typed)
    assert caught.value.code == "sealed.length"


@given(st.text(max_size=40))
def test_whatever_is_typed_gets_a_passphrase_or_a_sentence(typed: str) -> None:
    try:
        assert normal_passphrase(normal_passphrase(typed)) == normal_passphrase(typed)
    except Problem as problem:
        assert problem.code in {"sealed.group", "sealed.length"}


def test_every_character_can_be_read_out_and_no_two_sound_alike() -> None:
    said = {spoken(sign) for sign in ALPHABET}
    assert len(said) == len(ALPHABET)
    assert spoken("7K2MX") == "7・キングのK・2・メキシコのM・エックスセンのX"
