from __future__ import annotations

import contextlib
from datetime import datetime, timedelta, timezone

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from walkdesk.domain.problem import Problem
from walkdesk.ledger.events import check_event
from walkdesk.ledger.seals import Seal, parse_seal, sign_seal

AT = datetime(2019, 4, 1, 9, 0, 0, tzinfo=timezone(timedelta(hours=9)))


@pytest.fixture(scope="module", params=[{}, {"pages": 12, "root": bytes(reversed(range(32)))}], ids=["trail", "pages"])
def seal(key: Ed25519PrivateKey, request: pytest.FixtureRequest) -> Seal:
    return sign_seal(
        key, contract="c-1", counter=7, trail_sequence=19, trail_head=bytes(range(32)), at=AT, **request.param
    )


def test_a_seal_has_pages_and_their_root_or_neither(key: Ed25519PrivateKey) -> None:
    for half in ({"pages": 3}, {"root": bytes(32)}, {"pages": 0, "root": bytes(32)}, {"pages": 3, "root": bytes(31)}):
        with pytest.raises(ValueError, match="both"):
            sign_seal(key, contract="c", counter=1, trail_sequence=1, trail_head=bytes(32), at=AT, **half)  # type: ignore[arg-type]


def test_a_seal_reads_back_and_is_the_offices(seal: Seal, key: Ed25519PrivateKey) -> None:
    assert parse_seal(seal.line()) == seal
    assert seal.signed_by(key.public_key())
    assert not seal.signed_by(Ed25519PrivateKey.generate().public_key())


def test_flipping_any_byte_of_a_seal_is_noticed(seal: Seal, key: Ed25519PrivateKey) -> None:
    line = seal.line()
    for place in range(len(line)):
        damaged = line[:place] + bytes([line[place] ^ 1]) + line[place + 1 :]
        try:
            assert not parse_seal(damaged).signed_by(key.public_key())
        except Problem:
            continue


def test_the_ledger_takes_a_seals_facts(seal: Seal) -> None:
    check_event("seal", seal.contract, seal.facts())


@given(st.binary(max_size=200))
def test_random_bytes_are_never_a_seal(data: bytes) -> None:
    with pytest.raises(Problem):
        parse_seal(data)


@given(st.data())
def test_damaged_seals_raise_nothing_but_a_problem(seal: Seal, data: st.DataObject) -> None:
    line = bytearray(seal.line())
    place = data.draw(st.integers(0, len(line) - 1))
    line[place : place + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=5))
    with contextlib.suppress(Problem):
        assert parse_seal(bytes(line)).line() == bytes(line)
