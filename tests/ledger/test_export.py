from __future__ import annotations

import contextlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from walkdesk.domain.problem import Problem
from walkdesk.ledger.checkpoint import checkpoint
from walkdesk.ledger.entry import Entry
from walkdesk.ledger.export import export_ledger, parse_export
from walkdesk.ledger.keys import fingerprint
from walkdesk.ledger.verification import Check, hold, verify_ledger_export


@pytest.fixture(scope="module")
def exported(year: list[Entry], key: Ed25519PrivateKey) -> bytes:
    return export_ledger(year, "office-1", key)


def failed(checks: tuple[Check, ...]) -> set[str]:
    return {check.code for check in checks if check.holds is False}


def noticed(data: bytes) -> bool:
    try:
        return not hold(verify_ledger_export(data))
    except Problem:
        return True


def test_an_exported_ledger_reads_back_and_holds(
    exported: bytes, year: list[Entry], key: Ed25519PrivateKey
) -> None:
    assert list(parse_export(exported).entries) == year
    mark = checkpoint("office-1", year[6])
    for paper in (mark.grouped(), mark.qr_text()):
        checks = verify_ledger_export(exported, fingerprint(key.public_key()).lower(), paper)
        assert all(check.holds for check in checks)
        assert checks[-1] == Check("state", True, {"sequence": 7})


def test_a_part_of_the_ledger_holds_and_says_that_it_is_a_part(
    year: list[Entry], key: Ed25519PrivateKey
) -> None:
    checks = verify_ledger_export(export_ledger(year[5:], "office-1", key))
    assert hold(checks) and Check("partial", None, {"first": 6}) in checks


def test_a_ledger_rewritten_by_the_office_itself_no_longer_matches_the_paper(
    year: list[Entry], key: Ed25519PrivateKey
) -> None:
    paper = checkpoint("office-1", year[-1])
    shortened = export_ledger(year[:-1], "office-1", key)
    assert hold(verify_ledger_export(shortened))
    assert failed(verify_ledger_export(shortened, None, paper.grouped())) == {"state"}
    assert failed(verify_ledger_export(shortened, None, paper.qr_text())) == {"state"}


def test_a_cut_end_shows_even_without_paper(exported: bytes) -> None:
    lines = exported.splitlines(keepends=True)
    assert failed(verify_ledger_export(b"".join(lines[:-1]))) == {"complete"}
    assert failed(verify_ledger_export(lines[0])) == {"complete"}
    assert failed(verify_ledger_export(exported[:-1])) == {"lines"}


def test_another_key_is_named(exported: bytes) -> None:
    other = fingerprint(Ed25519PrivateKey.generate().public_key())
    assert failed(verify_ledger_export(exported, other)) == {"key"}


@given(st.data())
def test_cut_reordered_or_doubled_lines_are_noticed(exported: bytes, data: st.DataObject) -> None:
    lines = exported.splitlines(keepends=True)
    changed = data.draw(st.permutations(lines) | st.lists(st.sampled_from(lines), min_size=1, max_size=18))
    assert noticed(b"".join(changed)) == (changed != lines)


@given(st.data())
def test_flipping_any_bit_is_noticed(exported: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(exported) - 1))
    bit = 1 << data.draw(st.integers(0, 7))
    assert noticed(exported[:place] + bytes([exported[place] ^ bit]) + exported[place + 1 :])


@given(st.binary(max_size=300), st.booleans())
def test_random_bytes_raise_nothing_but_a_problem(exported: bytes, data: bytes, headed: bool) -> None:
    head = exported.partition(b"\n")[0] + b"\n" if headed else b""
    with contextlib.suppress(Problem):
        assert not hold(verify_ledger_export(head + data))


def test_an_empty_export_is_refused(key: Ed25519PrivateKey) -> None:
    with pytest.raises(Problem) as caught:
        export_ledger([], "office-1", key)
    assert caught.value.code == "ledger.nothing_to_export"
