from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from walkdesk.ledger.chain import Start, append, verify_chain
from walkdesk.ledger.entry import Entry


def test_an_untouched_ledger_holds(year: list[Entry], key: Ed25519PrivateKey) -> None:
    report = verify_chain(year, key.public_key())
    assert report.holds and report.count == len(year) and report.head == year[-1].digest()
    assert report.notes == ()


@given(st.data())
def test_a_ledger_cut_anywhere_but_at_its_end_does_not_hold(
    year: list[Entry], key: Ed25519PrivateKey, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(year) - 2))
    length = data.draw(st.integers(1, len(year) - 1 - cut))
    report = verify_chain(year[:cut] + year[cut + length :], key.public_key())
    assert {fault.kind for fault in report.faults} == {"gap", "link"}


@given(st.permutations(range(15)))
def test_a_reordered_ledger_does_not_hold(
    year: list[Entry], key: Ed25519PrivateKey, order: list[int]
) -> None:
    assert len(year) == 15
    report = verify_chain([year[place] for place in order], key.public_key())
    assert report.holds == (order == sorted(order))


def test_an_edited_entry_is_named(year: list[Entry], key: Ed25519PrivateKey) -> None:
    edited = [*year]
    edited[4] = replace(year[4], account="H-9")
    report = verify_chain(edited, key.public_key())
    assert {(fault.sequence, fault.kind) for fault in report.faults} == {(5, "signature"), (6, "link")}


def test_an_edited_entry_is_found_through_the_links_alone(year: list[Entry], key: Ed25519PrivateKey) -> None:
    edited = [*year]
    edited[4] = replace(year[4], account="H-9")
    assert not verify_chain(edited, key.public_key(), every_signature=False).holds
    assert not verify_chain(edited[:5], key.public_key(), every_signature=False).holds


def test_another_office_key_does_not_pass(year: list[Entry]) -> None:
    other = Ed25519PrivateKey.generate().public_key()
    assert len(verify_chain(year, other).faults) == len(year)
    assert [fault.sequence for fault in verify_chain(year, other, every_signature=False).faults] == [15]


def test_a_step_back_in_time_is_only_a_note(year: list[Entry], key: Ed25519PrivateKey) -> None:
    late = append(year[-1], key, at=year[-1].at - timedelta(hours=1), account="-", event="locked")
    report = verify_chain([*year, late], key.public_key())
    assert report.holds and [note.sequence for note in report.notes] == [late.sequence]


def test_a_part_is_checked_from_where_it_starts(year: list[Entry], key: Ed25519PrivateKey) -> None:
    assert verify_chain(year[5:], key.public_key(), Start(5, year[4].digest())).holds
    assert not verify_chain(year[5:], key.public_key()).holds
