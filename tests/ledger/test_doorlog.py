from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkdesk.domain.problem import Problem
from walkdesk.ledger.canonical import Value, canonical
from walkdesk.ledger.doorlog import DoorLog, DoorReading, read_door
from walkdesk.ledger.entry import GENESIS
from walkdesk.ledger.standing import Row, Standing

AT = datetime(2019, 4, 1, 9, 0, 0, tzinfo=timezone(timedelta(hours=9)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "door.log"


def filled(path: Path, count: int = 3) -> DoorLog:
    log = DoorLog(path)
    for number in range(count):
        log.append(AT + timedelta(seconds=number), "sign_in_refused", f"H-{number}", "wrong_password")
    return log


def test_what_was_written_is_read_by_the_next_program(path: Path) -> None:
    filled(path)
    reading = DoorLog(path).read()
    assert [entry.account for entry in reading.entries] == ["H-0", "H-1", "H-2"]
    assert [entry.sequence for entry in reading.entries] == [1, 2, 3]
    assert reading.faults == () and not reading.unterminated


def test_two_programs_after_each_other_write_one_chain(path: Path) -> None:
    filled(path)
    DoorLog(path).append(AT, "token_missing")
    reading = DoorLog(path).read()
    assert len(reading.entries) == 4 and reading.faults == ()


@pytest.mark.parametrize(
    ("event", "account"), [("signed_in", "-"), ("token_missing", "山田"), ("token_missing", "a b")]
)
def test_only_codes_of_the_list_are_written(path: Path, event: str, account: str) -> None:
    with pytest.raises(ValueError):
        DoorLog(path).append(AT, event, account)
    assert not path.exists()


def test_an_unterminated_last_line_is_cut_off_by_the_next_write(path: Path) -> None:
    filled(path)
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"account":"H-9","at"')
    assert DoorLog(path).read().unterminated
    DoorLog(path).append(AT, "token_missing")
    reading = DoorLog(path).read()
    assert path.read_bytes().startswith(whole) and len(reading.entries) == 4 and reading.faults == ()


def test_a_file_cut_at_every_byte_can_be_written_on(path: Path) -> None:
    filled(path)
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        DoorLog(path).append(AT, "token_missing")
        reading = DoorLog(path).read()
        assert reading.faults == () and not reading.unterminated
        assert reading.entries[-1].event == "token_missing"


def test_flipping_any_byte_is_a_fault(path: Path) -> None:
    filled(path)
    whole = path.read_bytes()
    last_line = whole.rfind(b"\n", 0, -1) + 1
    for place in range(last_line):
        damaged = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        assert read_door(damaged).after(None).faults, place


def test_a_removed_or_reordered_line_is_a_fault(path: Path) -> None:
    filled(path)
    lines = path.read_bytes().splitlines(keepends=True)
    assert read_door(b"".join(lines[:1] + lines[2:])).faults
    assert read_door(b"".join([lines[0], lines[2], lines[1], lines[3]])).faults
    assert read_door(b"".join(lines[1:])).faults


def test_a_damaged_file_does_not_stop_the_door(path: Path) -> None:
    filled(path)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + b"not a line\n" + b"".join(lines[2:]))
    DoorLog(path).append(AT, "token_missing")
    reading = DoorLog(path).read()
    assert reading.entries[-1].event == "token_missing"
    assert [(fault.line, fault.kind) for fault in reading.faults] == [(2, "line"), (3, "link")]


def test_the_ledger_takes_the_events_and_the_file_begins_anew(path: Path) -> None:
    log = filled(path)
    taken: list[DoorReading] = []
    reading = log.take(taken.append, None)
    assert taken == [reading] and len(reading.entries) == 3
    log.append(AT, "token_missing")
    again = log.take(taken.append, reading.head)
    assert [entry.sequence for entry in again.entries] == [4] and again.faults == ()
    assert again.start == reading.head


def test_nothing_new_writes_nothing(path: Path) -> None:
    taken: list[DoorReading] = []
    DoorLog(path).take(taken.append, None)
    assert taken == [] and not path.exists()


def test_a_crash_between_ledger_and_new_file_takes_nothing_twice(path: Path) -> None:
    log = filled(path)
    head = log.read().head
    log.append(AT, "token_missing")
    taken: list[DoorReading] = []
    log.take(taken.append, head)
    assert [entry.event for entry in taken[0].entries] == ["token_missing"]
    log.take(taken.append, taken[0].head)
    assert len(taken) == 1


def test_the_file_stays_when_the_ledger_could_not_take_it(path: Path) -> None:
    log = filled(path)
    before = path.read_bytes()

    def full_disk(reading: DoorReading) -> None:
        raise Problem("storage.full")

    with pytest.raises(Problem):
        log.take(full_disk, None)
    assert path.read_bytes() == before


def test_a_removed_file_shows_at_the_next_taking(path: Path) -> None:
    log = filled(path)
    head = log.take(lambda reading: None, None).head
    path.unlink()
    taken: list[DoorReading] = []
    log.take(taken.append, head)
    assert [fault.kind for fault in taken[0].faults] == ["replaced"]
    log.take(taken.append, taken[0].head)
    assert len(taken) == 1


def test_a_file_put_in_its_place_shows_at_the_next_taking(path: Path) -> None:
    log = filled(path)
    head = log.take(lambda reading: None, None).head
    path.unlink()
    filled(path, 1)
    taken: list[DoorReading] = []
    log.take(taken.append, head)
    assert [fault.kind for fault in taken[0].faults] == ["replaced"]
    assert [entry.account for entry in taken[0].entries] == ["H-0"]


def test_a_disk_that_does_not_take_it_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        DoorLog(tmp_path / "missing" / "door.log").append(AT, "token_missing")
    assert caught.value.code == "ledger.door_unwritable"
    (tmp_path / "door.log").mkdir()
    with pytest.raises(Problem) as caught:
        DoorLog(tmp_path / "door.log").read()
    assert caught.value.code == "ledger.door_unreadable"


@given(st.binary(max_size=400) | st.lists(st.binary(max_size=30)).map(b"\n".join))
def test_random_bytes_are_read_without_any_exception(data: bytes) -> None:
    reading = read_door(data)
    assert reading.entries == ()


ROW = Standing({"S-1": Row(5, AT, 900)}, Row(1, AT, 900))


def test_what_stands_goes_on_into_the_next_file(path: Path) -> None:
    log = DoorLog(path)
    log.begin(ROW)
    log.append(AT, "sign_in_refused", "S-2", "wrong_password", uptime=901)
    log.append(AT, "sign_in_refused", "S-3", "not_trained", uptime=902)
    log.append(AT, "sign_in_refused", "-", "unknown_account", uptime=903)
    rows = {"S-1": Row(5, AT, 900), "S-2": Row(1, AT, 901)}
    assert log.read().standing == Standing(rows, ROW.lost)
    head = log.take(lambda reading: None, None).head
    again = log.read()
    assert (again.start, again.entries, again.standing) == (head, (), Standing(rows, ROW.lost))
    log.append(AT, "refusals_ended", "S-1")
    assert log.read().standing == Standing({"S-2": Row(1, AT, 901)})


def test_a_log_of_the_first_version_is_read_and_written_on(path: Path) -> None:
    old = canonical({"kind": "walkdesk.doorlog.1", "head": GENESIS.hex(), "next": 1}) + b"\n"
    record: dict[str, Value] = {
        "kind": "walkdesk.door.1",
        "sequence": 1,
        "at": AT.isoformat(),
        "previous": GENESIS.hex(),
    }
    line = canonical({**record, "event": "sign_in_refused", "account": "S-1", "reason": "wrong_password"})
    path.write_bytes(old + line + b"\n")
    DoorLog(path).append(AT, "sign_in_refused", "S-1", "wrong_password", uptime=7)
    reading = DoorLog(path).read()
    assert reading.faults == () and reading.standing == Standing({"S-1": Row(2, AT, 7)})


def test_what_stands_is_said_only_where_the_record_was_lost(path: Path) -> None:
    with pytest.raises(ValueError):
        DoorLog(path).append(AT, "sign_in_refused", "S-1", "wrong_password", standing=ROW)
    with pytest.raises(ValueError):
        DoorLog(path).append(AT, "office_damaged", reason="door_log_missing")


def test_faults_are_news_until_a_line_speaks_of_them(path: Path) -> None:
    filled(path)
    with path.open("ab") as file:
        file.write(b"not a line\n")
    log = DoorLog(path)
    assert log.read().news()
    log.append(AT, "office_damaged", reason="door_log_broken", standing=ROW)
    assert log.read().faults and not log.read().news()
    assert log.read().standing == Standing(ROW.rows, Row(1, AT))
    with path.open("ab") as file:
        file.write(b"not a line\n")
    assert log.read().news()


def test_a_line_is_taken_back_whole(path: Path) -> None:
    log = filled(path)
    before = path.read_bytes()
    log.append(AT, "token_missing")
    log.withdraw()
    assert path.read_bytes() == before
    with pytest.raises(ValueError):
        log.withdraw()
    log.append(AT, "token_missing")
    assert log.read().faults == () and len(log.read().entries) == 4


def test_what_stood_at_a_head_is_known_while_the_head_is_in_the_file(path: Path) -> None:
    log = DoorLog(path)
    log.begin(ROW)
    log.append(AT, "refusals_ended", "S-1")
    head = log.read().head
    log.append(AT, "sign_in_refused", "S-1", "wrong_password")
    assert log.read().stood(GENESIS) == ROW and log.read().stood(head) == Standing()
    assert log.read().stood(bytes(range(32))) is None


STANDINGS = st.builds(
    Standing,
    st.dictionaries(
        st.sampled_from(["S-1", "S-2", "S-3"]), st.builds(Row, st.integers(1, 9), st.just(AT), st.integers(0, 9))
    ),
    st.none() | st.builds(Row, st.just(1), st.just(AT), st.integers(0, 9)),
)


@given(STANDINGS, STANDINGS)
def test_joining_two_accounts_is_never_milder_than_either(one: Standing, other: Standing) -> None:
    joined = one.joined(other)
    for part in (one, other):
        assert all(joined.rows[account].count >= row.count for account, row in part.rows.items())
        assert part.lost is None or joined.lost is not None


@given(
    STANDINGS,
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=9),
        lambda part: st.lists(part, max_size=3),
    ),
)
def test_a_header_with_anything_else_in_it_is_a_fault(standing: Standing, foreign: Value) -> None:
    header: dict[str, Value] = {
        "kind": "walkdesk.doorlog.2",
        "head": GENESIS.hex(),
        "next": 1,
        "standing": standing.data(),
    }
    assert read_door(canonical(header) + b"\n").faults == ()
    assert read_door(canonical({**header, "standing": foreign}) + b"\n").faults
    assert read_door(canonical({**header, "standing": {"rows": {"S-1": foreign}}}) + b"\n").faults
