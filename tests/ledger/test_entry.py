from __future__ import annotations

import contextlib
from datetime import datetime, timedelta, timezone

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from walkdesk.domain.problem import Problem
from walkdesk.ledger.chain import append
from walkdesk.ledger.entry import Entry, parse_entry


def test_an_entry_reads_back_from_its_line(year: list[Entry]) -> None:
    for entry in year:
        assert parse_entry(entry.line()) == entry


def test_flipping_any_byte_of_any_entry_is_noticed(year: list[Entry], key: Ed25519PrivateKey) -> None:
    for entry in year:
        line = entry.line()
        for place in range(len(line)):
            damaged = line[:place] + bytes([line[place] ^ 1]) + line[place + 1 :]
            try:
                other = parse_entry(damaged)
            except Problem:
                continue
            assert not other.signed_by(key.public_key())


def test_the_time_is_kept_with_its_offset_to_the_second(key: Ed25519PrivateKey) -> None:
    at = datetime(2019, 4, 1, 9, 0, 0, 999999, tzinfo=timezone(timedelta(hours=9)))
    entry = append(None, key, at=at, account="-", event="office_set_up")
    assert b'"at":"2019-04-01T09:00:00+09:00"' in entry.line()


def test_a_time_without_offset_is_a_fault_of_the_program(key: Ed25519PrivateKey) -> None:
    with pytest.raises(ValueError):
        append(None, key, at=datetime(2019, 4, 1), account="-", event="office_set_up")  # noqa: DTZ001


@given(st.binary(max_size=300))
def test_random_bytes_are_never_an_entry(data: bytes) -> None:
    with pytest.raises(Problem):
        parse_entry(data)


@given(st.data())
def test_damaged_lines_raise_nothing_but_a_problem(year: list[Entry], data: st.DataObject) -> None:
    line = bytearray(data.draw(st.sampled_from(year)).line())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(line) - 1))
        line[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    with contextlib.suppress(Problem):
        assert parse_entry(bytes(line)).line() == bytes(line)
