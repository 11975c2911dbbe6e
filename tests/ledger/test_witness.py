"""The note on the token: it proves a ledger that is too short or another one, and nothing when it is not whole."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from walkdesk.domain.problem import Problem
from walkdesk.ledger.chain import append
from walkdesk.ledger.entry import Entry
from walkdesk.ledger.witness import hold_against, note_of

AT = datetime(2019, 4, 1, 9, 0, 0, tzinfo=timezone(timedelta(hours=9)))
OFFICE = "a1b2"


def _ledger(key: Ed25519PrivateKey, count: int, reason: str = "lock") -> dict[int, Entry]:
    entries: dict[int, Entry] = {}
    last = None
    for _ in range(count):
        last = append(last, key, at=AT, account="S-0001", event="locked", facts={"reason": reason})
        entries[last.sequence] = last
    return entries


def test_a_ledger_that_reaches_as_far_or_further_holds(key: Ed25519PrivateKey) -> None:
    ledger = _ledger(key, 5)
    note = note_of(key, OFFICE, ledger[3])
    assert len(note) < 4096
    assert hold_against(note, key.public_key(), OFFICE, ledger.get)


def test_a_shorter_ledger_and_another_one_are_noticed(key: Ed25519PrivateKey) -> None:
    note = note_of(key, OFFICE, _ledger(key, 5)[5])
    with pytest.raises(Problem, match=r"storage\.ledger_old"):
        hold_against(note, key.public_key(), OFFICE, _ledger(key, 4).get)
    with pytest.raises(Problem, match=r"storage\.ledger_replaced"):
        hold_against(note, key.public_key(), OFFICE, _ledger(key, 5, "idle").get)


@given(st.data())
def test_a_note_that_is_not_whole_or_not_ours_proves_nothing(key: Ed25519PrivateKey, data: st.DataObject) -> None:
    ledger = _ledger(key, 2)
    whole = note_of(key, OFFICE, ledger[2])
    place = data.draw(st.integers(0, len(whole) - 1))
    flipped = whole[:place] + bytes([whole[place] ^ data.draw(st.integers(1, 255))]) + whole[place + 1 :]
    other = note_of(Ed25519PrivateKey.generate(), OFFICE, ledger[2])
    foreign = note_of(key, "another", ledger[2])
    for note in (flipped, whole[:place], other, foreign, data.draw(st.binary(max_size=300))):
        assert not hold_against(note, key.public_key(), OFFICE, {}.get)
