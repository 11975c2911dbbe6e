"""Keys: what was sealed opens with exactly its own password, account, purpose and share."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from walkdesk.domain.problem import Problem
from walkdesk.storage.accounts import new_account
from walkdesk.storage.keys import (
    FLOOR,
    AccountKeys,
    KeyCost,
    account_key,
    derive,
    open_key,
    raise_cost,
    seal_key,
)

CHEAP = KeyCost(64, 1, 1)
KEYS = st.binary(min_size=32, max_size=32)
INFOS = st.binary(max_size=60)
SHARES = st.none() | KEYS
ACCOUNT, OTHER = AccountKeys.fresh(), AccountKeys.fresh()


@settings(deadline=None)
@given(key=KEYS, share=SHARES, info=INFOS)
def test_a_sealed_key_opens_again(key: bytes, share: bytes | None, info: bytes) -> None:
    sealed = seal_key(key, ACCOUNT.opening_public(), share, info)
    assert key not in sealed
    assert open_key(sealed, ACCOUNT.opening, share, info) == key


@settings(deadline=None)
@given(key=KEYS, share=SHARES, info=INFOS, other_share=SHARES, other_info=INFOS, place=st.integers(0, 10_000))
def test_it_opens_with_nothing_else(
    key: bytes, share: bytes | None, info: bytes, other_share: bytes | None, other_info: bytes, place: int
) -> None:
    sealed = seal_key(key, ACCOUNT.opening_public(), share, info)
    flipped = bytearray(sealed)
    flipped[place % len(flipped)] ^= 1 << place % 8
    tries = [(bytes(flipped), ACCOUNT, share, info), (sealed, OTHER, share, info), (sealed[:-1], ACCOUNT, share, info)]
    if other_info != info:
        tries.append((sealed, ACCOUNT, share, other_info))
    if other_share != share:
        tries.append((sealed, ACCOUNT, other_share, info))
    for raw, account, with_share, with_info in tries:
        with pytest.raises(Problem) as refused:
            open_key(raw, account.opening, with_share, with_info)
        assert refused.value.code in ("storage.slot_damaged", "storage.token_wrong")


@given(raw=st.binary(max_size=200), share=SHARES)
def test_anything_else_is_a_damaged_slot(raw: bytes, share: bytes | None) -> None:
    with pytest.raises(Problem, match=r"storage\.slot_damaged"):
        open_key(raw, ACCOUNT.opening, share, b"")


@settings(deadline=None, max_examples=40)
@given(password=st.text(st.characters(exclude_categories=["Cs"]), max_size=40), number=st.from_regex(r"S-\d{4}"))
def test_an_account_opens_with_its_password_alone(password: str, number: str) -> None:
    account, keys = new_account(number, password, CHEAP)
    again = account.unlock(password)
    assert again.opening_public() == keys.opening_public() and again.signing_public() == keys.signing_public()
    with pytest.raises(Problem, match=r"door\.wrong_password"):
        account.unlock(password + " ")


@given(wrapped=st.binary(max_size=120))
def test_damaged_keys_read_like_a_wrong_password(wrapped: bytes) -> None:
    with pytest.raises(Problem, match=r"door\.wrong_password"):
        AccountKeys.unwrap(bytes(32), wrapped, "S-0001")


def test_keys_wrapped_for_one_number_do_not_open_for_another() -> None:
    wrapped = ACCOUNT.wrap(bytes(32), "S-0001")
    AccountKeys.unwrap(bytes(32), wrapped, "S-0001")
    with pytest.raises(Problem, match=r"door\.wrong_password"):
        AccountKeys.unwrap(bytes(32), wrapped, "S-0002")


def test_salt_and_every_part_of_the_cost_change_the_key() -> None:
    keys = {
        account_key("合言葉", salt, cost)
        for salt in (bytes(16), b"1" * 16)
        for cost in (CHEAP, KeyCost(128, 1, 1), KeyCost(64, 2, 1), KeyCost(64, 1, 2))
    }
    assert len(keys) == 8


def test_the_cost_is_never_below_the_floor() -> None:
    assert (FLOOR.memory_kib, FLOOR.passes, FLOOR.lanes) == (64 * 1024, 3, 4)
    raised = raise_cost(target_seconds=0.0)
    assert raised == FLOOR


def test_a_purpose_gives_its_own_key() -> None:
    assert derive(bytes(32), b"a") != derive(bytes(32), b"b") != bytes(32)
