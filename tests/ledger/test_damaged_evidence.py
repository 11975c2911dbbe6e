"""The door log and ledger exports, damaged in every way: faults or a problem, never anything else."""

from __future__ import annotations

import contextlib
import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.damage import damaged, replaced
from walkdesk.domain.problem import Problem
from walkdesk.ledger.canonical import canonical
from walkdesk.ledger.doorlog import DoorLog, DoorReading, read_door
from walkdesk.ledger.entry import Entry
from walkdesk.ledger.export import LedgerExport, export_ledger, parse_export
from walkdesk.ledger.verification import verify_ledger_export

AT = datetime(2019, 4, 1, 9, 0, 0, tzinfo=timezone(timedelta(hours=9)))

anyhow = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def line_of(value: Any) -> bytes:
    """A value as evidence writes it, or as JSON where evidence could not hold it."""
    try:
        return canonical(value)
    except ValueError:
        return json.dumps(value).encode()


@st.composite
def with_one_value_replaced(draw: st.DrawFn, whole: bytes) -> bytes:
    """JSON lines in which one value of one line is another."""
    lines = whole.splitlines()
    place = draw(st.integers(0, len(lines) - 1))
    lines[place] = line_of(draw(replaced(json.loads(lines[place]))))
    return b"\n".join(lines) + b"\n"


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("door") / "door.log"
    log = DoorLog(path)
    for number in range(4):
        log.append(AT + timedelta(seconds=number), "sign_in_refused", f"H-{number}", "wrong_password")
    return path.read_bytes()


@anyhow
@given(data=st.data())
def test_a_damaged_door_log_is_read_and_never_stops_the_door(tmp_path: Path, door: bytes, data: st.DataObject) -> None:
    raw = data.draw(damaged(door) | with_one_value_replaced(door))
    path = tmp_path / "door.log"
    path.write_bytes(raw)
    reading = read_door(raw)
    assert DoorLog(path).read() == reading and path.read_bytes() == raw
    assert isinstance(reading, DoorReading) and isinstance(reading.after(None), DoorReading)
    log = DoorLog(path)
    for number in range(3):  # the second and third go on from what the first wrote
        log.append(AT + timedelta(minutes=number), "token_missing")
    written = DoorLog(path).read()
    assert [entry.event for entry in written.entries[-3:]] == ["token_missing"] * 3
    DoorLog(path).take(lambda _: None, None)
    DoorLog(path).append(AT, "token_missing")
    assert DoorLog(path).read().entries[-1].event == "token_missing"


@pytest.mark.parametrize("sequence", [2**53 - 1, 2**53 - 2, 2**53 - 4])
def test_a_door_log_at_the_end_of_all_numbers_never_stops_the_door(tmp_path: Path, door: bytes, sequence: int) -> None:
    path = tmp_path / "door.log"
    header = json.loads(door.splitlines()[0])
    path.write_bytes(canonical({**header, "next": sequence}) + b"\n")
    for number in range(6):
        DoorLog(path).append(AT + timedelta(minutes=number), "token_missing")
        DoorLog(path).take(lambda _: None, None)
    DoorLog(path).append(AT, "token_missing")
    assert DoorLog(path).read().entries[-1].event == "token_missing"


@pytest.fixture(scope="module", params=[0, 5])
def exported(request: pytest.FixtureRequest, year: list[Entry], key: Ed25519PrivateKey) -> bytes:
    """A whole ledger, and a part of one."""
    return export_ledger(year[request.param :], "office-1", key)


@anyhow
@given(data=st.data())
def test_a_damaged_export_is_read_or_is_a_problem(exported: bytes, data: st.DataObject) -> None:
    raw = data.draw(damaged(exported) | with_one_value_replaced(exported))
    with contextlib.suppress(Problem):
        assert isinstance(parse_export(raw), LedgerExport)
    with contextlib.suppress(Problem):
        assert verify_ledger_export(raw)


def test_an_export_that_claims_more_entries_than_there_are_numbers_is_refused(
    year: list[Entry], key: Ed25519PrivateKey
) -> None:
    head, _, rest = export_ledger(year[5:], "office-1", key).partition(b"\n")
    record = {**json.loads(head), "count": 2**53 - 1}
    del record["signature"]
    forged = canonical({**record, "signature": key.sign(canonical(record)).hex()})
    with pytest.raises(Problem, match=r"verify\.unreadable"):
        verify_ledger_export(forged + b"\n" + rest)


@anyhow
@given(data=st.data())
def test_an_export_forged_and_signed_anew_is_checked_or_is_a_problem(
    exported: bytes, key: Ed25519PrivateKey, data: st.DataObject
) -> None:
    lines = exported.splitlines()
    place = data.draw(st.just(0) | st.integers(0, len(lines) - 1))
    record = json.loads(lines[place])
    del record["signature"]
    forged = data.draw(replaced(record))
    if isinstance(forged, dict):
        forged["signature"] = key.sign(line_of(forged)).hex()
    lines[place] = line_of(forged)
    with contextlib.suppress(Problem):
        assert verify_ledger_export(b"\n".join(lines) + b"\n")
