"""The lock-out at the door, and what a guesser could do to its record."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import PASSWORD, Office
from tests.services.desks import ledger_rows
from walkdesk.domain.problem import Problem
from walkdesk.ledger.doorlog import DoorLog
from walkdesk.ledger.standing import Row, Standing, Witness, read_witness
from walkdesk.messages.door import SignIn, SignOut
from walkdesk.services.clock import JAPAN
from walkdesk.services.lockout import FIRST_WAIT, LONGEST_WAIT, Lockout, begin_door, left, wait_of
from walkdesk.services.perform import perform
from walkdesk.storage.accounts import AccountsFile
from walkdesk.storage.office import OfficeFolder

START = datetime(2018, 5, 14, 9, 0, 0, tzinfo=JAPAN)
MINUTE = timedelta(minutes=1)
WRONG = "まちがったパスワード"


@dataclass
class Hands:
    """A PC's clock and its running time; the clock alone can be turned."""

    at: datetime = START
    ran: int = 10_000

    def now(self) -> datetime:
        return self.at

    def pass_by(self, time: timedelta) -> None:
        self.at += time
        self.ran += int(time.total_seconds())

    def restart(self, off: timedelta = MINUTE) -> None:
        self.at += off
        self.ran = 30


@dataclass
class Door:
    """The door of an office, each try by a program of its own."""

    office: Office
    clock: Hands = field(default_factory=Hands)

    @property
    def folder(self) -> OfficeFolder:
        return self.office.folder

    def attempt(self, number: str = "S-0142", password: str = PASSWORD) -> str:
        """The code of what the door says; ``in`` where it opens. Nobody stays in."""
        session = self.office.door()
        session.premises.clock = self.clock
        session.premises.uptime = lambda: self.clock.ran
        try:
            perform(session, SignIn(number, password))
            perform(session, SignOut())
        except Problem as problem:
            return problem.code
        finally:
            session.close()
        return "in"

    def wrong(self, times: int, number: str = "S-0142") -> None:
        for _ in range(times):
            assert self.attempt(number, WRONG) == "door.wrong_password"

    def ledger(self) -> list[dict[str, Any]]:
        """What the ledger took from the door, by one who comes in now."""
        session = self.office.door()
        session.premises.clock = self.clock
        session.premises.uptime = lambda: self.clock.ran
        perform(session, SignIn("S-0001", PASSWORD))
        facts = [json.loads(row[2]) for row in ledger_rows(session) if row[0] == "door_events_taken"]
        session.close()
        return facts


@pytest.fixture
def door(office: Office) -> Iterator[Door]:
    yield Door(office)


def test_five_wrong_passwords_close_the_door_and_each_further_one_doubles_the_wait(door: Door) -> None:
    door.wrong(5)
    for minutes in (5, 10, 20, 40, 60, 60):
        assert door.attempt() == "door.locked_out"
        door.clock.pass_by(minutes * MINUTE - timedelta(seconds=1))
        assert door.attempt() == "door.locked_out"
        door.clock.pass_by(timedelta(seconds=1))
        door.wrong(1)
    door.clock.pass_by(60 * MINUTE)
    assert door.attempt() == "in"
    door.wrong(4)
    assert door.attempt() == "in"


def test_tries_at_a_closed_door_do_not_lengthen_the_wait(door: Door) -> None:
    door.wrong(5)
    for _ in range(4):
        assert door.attempt(password=WRONG) == "door.locked_out"
        door.clock.pass_by(MINUTE)
    door.clock.pass_by(MINUTE)
    assert door.attempt() == "in"


def test_somebody_else_who_comes_in_does_not_end_the_row(door: Door) -> None:
    door.wrong(4)
    assert door.attempt("S-0001") == "in"
    door.wrong(1)
    assert door.attempt("S-0150") == "in"
    assert door.attempt() == "door.locked_out"


def test_unknown_numbers_hear_what_others_hear_and_lock_nobody(door: Door) -> None:
    session = door.office.door()
    session.premises.clock, session.premises.uptime = door.clock, lambda: door.clock.ran
    heard: dict[str, list[str]] = {"S-0142": [], "X-9999": []}
    for _ in range(7):
        for number, codes in heard.items():
            with pytest.raises(Problem) as refused:
                perform(session, SignIn(number, WRONG))
            codes.append(refused.value.code)
    assert heard["S-0142"] == heard["X-9999"] == ["door.wrong_password"] * 5 + ["door.locked_out"] * 2
    for place in range(20):
        with pytest.raises(Problem):
            perform(session, SignIn(f"Y-{place}", WRONG))
    assert door.attempt("S-0001") == "in"
    assert b"X-9999" not in door.folder.door_log.read_bytes()


def test_what_was_typed_as_a_number_stands_nowhere(door: Door) -> None:
    door.attempt("山田花子のパスワード", WRONG)
    for path in door.folder.path.rglob("*"):
        if path.is_file():
            assert "山田花子".encode() not in path.read_bytes()


def test_a_removed_door_log_costs_five_minutes_once_and_frees_nobody(door: Door) -> None:
    door.wrong(5)
    door.clock.pass_by(5 * MINUTE)
    door.wrong(1)
    door.folder.door_log.unlink()
    assert door.attempt("S-0001") == "door.record_lost"
    door.clock.pass_by(5 * MINUTE)
    assert door.attempt() == "door.locked_out"
    assert [facts["counts"]["office_damaged"] for facts in door.ledger()] == [1]
    door.clock.pass_by(5 * MINUTE)
    assert door.attempt() == "in"


def test_removing_the_door_log_again_and_again_is_never_cheaper_than_waiting(door: Door) -> None:
    door.wrong(5)
    guesses, begun = 0, door.clock.at
    while door.clock.at < begun + timedelta(hours=6):
        door.folder.door_log.unlink(missing_ok=True)
        guesses += door.attempt(password=WRONG) == "door.wrong_password"
        door.clock.pass_by(5 * MINUTE)
        guesses += door.attempt(password=WRONG) == "door.wrong_password"
    assert guesses <= 10


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


def _foreign(path: Path) -> None:
    path.write_bytes(b"\x00\xff\n" * 20)


def _new_and_empty(path: Path) -> None:
    DoorLog(path).begin()


def _without_its_last_lines(path: Path) -> None:
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-2]))


def _a_number_changed(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"wrong_password", b"wrong_passw0rd", 1))


def _filled_up(path: Path) -> None:
    with path.open("ab") as file:
        file.write((b"x" * 1023 + b"\n") * 2100)


@pytest.mark.parametrize(
    "harm", [_emptied, _foreign, _new_and_empty, _without_its_last_lines, _a_number_changed, _filled_up]
)
def test_a_changed_door_log_is_noticed_and_frees_nobody(door: Door, harm: Callable[[Path], None]) -> None:
    door.wrong(5)
    harm(door.folder.door_log)
    assert door.attempt("S-0001") == "door.record_lost"
    assert door.attempt() == "door.record_lost"
    door.clock.pass_by(4 * MINUTE)
    assert door.attempt() == "door.record_lost"
    door.clock.pass_by(MINUTE)
    assert door.attempt("S-0001") == "in"
    (facts,) = door.ledger()
    assert facts["counts"]["office_damaged"] == 1
    door.wrong(1)
    assert door.attempt() == "door.locked_out"


def test_an_old_door_log_put_back_is_noticed(door: Door, tmp_path: Path) -> None:
    door.wrong(1)
    shutil.copy(door.folder.door_log, tmp_path / "old")
    door.wrong(4)
    shutil.copy(tmp_path / "old", door.folder.door_log)
    assert door.attempt() == "door.record_lost"
    door.clock.pass_by(5 * MINUTE)
    door.wrong(1)
    assert door.attempt() == "door.locked_out"


def test_old_accounts_put_back_free_nobody(door: Door, tmp_path: Path) -> None:
    shutil.copy(door.folder.accounts, tmp_path / "old")
    door.wrong(5)
    shutil.copy(tmp_path / "old", door.folder.accounts)
    assert door.attempt() == "door.locked_out"
    door.clock.pass_by(5 * MINUTE)
    assert door.attempt() == "in"


def test_rows_taken_out_of_the_first_line_are_noticed(door: Door) -> None:
    door.wrong(5)
    assert door.attempt("S-0001") == "in"
    path = door.folder.door_log
    line = path.read_bytes()
    assert b'"S-0142":[5,' in line
    begin, end = line.index(b'"rows":{') + 8, line.index(b"}", line.index(b'"rows":{'))
    path.write_bytes(line[:begin] + line[end:])
    assert DoorLog(path).read().faults == ()
    assert door.attempt() == "door.record_lost"
    door.clock.pass_by(5 * MINUTE)
    door.wrong(1)
    assert door.attempt() == "door.locked_out"


def test_a_door_log_that_cannot_be_read_says_what_to_do(door: Door) -> None:
    door.folder.door_log.unlink()
    door.folder.door_log.mkdir()
    assert door.attempt() == "ledger.door_unreadable"
    door.folder.door_log.rmdir()
    assert door.attempt() == "door.record_lost"
    door.clock.pass_by(5 * MINUTE)
    assert door.attempt() == "in"


def test_a_full_disk_gives_no_free_guess(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int, length: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "ftruncate", full)
    assert door.attempt(password=WRONG) == door.attempt() == "ledger.door_unwritable"


def test_a_program_killed_while_it_tries_has_counted_the_try(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("walkdesk.storage.accounts.account_key", killed)
        for _ in range(5):
            with pytest.raises(KeyboardInterrupt):
                door.attempt()
    assert door.attempt() == "door.locked_out"


def test_a_right_password_leaves_no_line(door: Door) -> None:
    before = door.folder.door_log.read_bytes()
    assert door.attempt() == "in"
    assert door.folder.door_log.read_bytes() == before


def test_an_office_that_never_had_a_record_begins_one(door: Door) -> None:
    door.folder.door_log.unlink()
    accounts = AccountsFile(door.folder.accounts)
    with accounts._engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE door")
    accounts.close()
    assert door.attempt() == "in"
    door.folder.door_log.unlink()
    assert door.attempt() == "door.record_lost"


@pytest.mark.parametrize("said", ["", "{}", "\udcff", '{"head":1}', "null", "[" * 5000])
def test_a_second_account_that_nobody_wrote_is_noticed(door: Door, said: str) -> None:
    accounts = AccountsFile(door.folder.accounts)
    if said != "\udcff":
        accounts.keep_door(said)
    else:
        accounts.keep_door(Witness(bytes(range(32))).text())
    accounts.close()
    assert door.attempt() == "door.record_lost"


def test_a_clock_turned_forward_shortens_nothing(door: Door) -> None:
    door.wrong(5)
    door.clock.at += timedelta(hours=3)
    assert door.attempt() == "door.locked_out"
    door.clock.ran += 300
    assert door.attempt() == "in"


def test_after_a_restart_the_first_five_minutes_stay_closed(door: Door) -> None:
    door.wrong(5)
    door.clock.restart(timedelta(hours=12))
    assert door.attempt() == "door.locked_out"
    door.clock.pass_by(5 * MINUTE)
    assert door.attempt() == "in"


def test_a_clock_turned_back_begins_the_wait_anew(door: Door) -> None:
    door.wrong(5)
    door.clock.at -= timedelta(days=400)
    door.clock.ran += 60
    assert door.attempt() == "door.locked_out"
    door.clock.pass_by(4 * MINUTE)
    assert door.attempt() == "door.locked_out"
    door.clock.pass_by(MINUTE)
    assert door.attempt() == "in"
    events = [entry.event for entry in DoorLog(door.folder.door_log).read().entries]
    assert events == []
    assert door.ledger()[0]["counts"]["clock_stepped_back"] == 1


def test_a_refusal_written_in_the_far_future_locks_nobody_for_years(door: Door) -> None:
    door.clock.at += timedelta(days=20_000)
    door.wrong(5)
    door.clock.at = START
    assert door.attempt() == "door.locked_out"
    door.clock.pass_by(5 * MINUTE)
    assert door.attempt() == "in"


def test_a_clock_set_back_by_seconds_is_no_event(door: Door) -> None:
    door.wrong(1)
    door.clock.at -= timedelta(seconds=20)
    assert door.attempt() == "in"
    assert "clock_stepped_back" not in door.ledger()[0]["counts"]


def test_a_crash_between_ledger_and_new_door_log_is_no_false_alarm(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    door.wrong(2)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(DoorLog, "_replace", killed)
        with pytest.raises(KeyboardInterrupt):
            door.attempt("S-0001")
    assert door.attempt() == "in"
    assert all("faults" not in facts for facts in door.ledger())


@pytest.mark.parametrize("method", ["keep_door"])
def test_a_crash_between_the_two_accounts_is_no_false_alarm(
    door: Door, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    door.wrong(1)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(AccountsFile, method, killed)
        with pytest.raises(KeyboardInterrupt):
            door.attempt(password=WRONG)
    door.wrong(3)
    assert door.attempt() == "door.locked_out"


@given(st.integers(0, 200))
def test_a_longer_row_never_waits_less(count: int) -> None:
    assert timedelta(0) <= wait_of(count) <= wait_of(count + 1) <= LONGEST_WAIT
    assert (wait_of(count) >= FIRST_WAIT) == (count >= 5)


@given(st.integers(5, 12), st.integers(1, 10**6), st.integers(-(10**8), 10**8), st.integers(0, 10**6))
def test_however_the_clock_is_turned_the_wait_is_not_over_before_it_passed(
    count: int, ran: int, turned: int, passed: int
) -> None:
    """Without a restart the PC's running time alone says how long it was."""
    wait = wait_of(count)
    remaining = left(Row(count, START, ran), wait, START + timedelta(seconds=turned), ran + passed)
    assert remaining > timedelta(0) or timedelta(seconds=passed) >= wait


@given(
    st.dictionaries(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}", fullmatch=True), st.integers(1, 99), max_size=9),
    st.booleans(),
)
def test_the_second_account_reads_as_it_was_written(rows: dict[str, int], lost: bool) -> None:
    standing = Standing(
        {account: Row(count, START, count) for account, count in rows.items()}, Row(1, START) if lost else None
    )
    assert read_witness(Witness(bytes(32), standing).text()) == Witness(bytes(32), standing)


@given(st.text(max_size=200))
def test_any_text_is_read_as_a_second_account_or_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_witness(text)


def test_the_lock_is_told_to_the_ledger(door: Door) -> None:
    door.wrong(5)
    assert door.ledger()[0]["counts"] == {"sign_in_refused": 5, "account_locked": 1}


def test_a_lockout_needs_no_office_around_it(tmp_path: Path) -> None:
    log, accounts = DoorLog(tmp_path / "door.log"), AccountsFile.create(tmp_path / "accounts.db")
    begin_door(log, accounts)
    for _ in range(5):
        lockout = Lockout(log, accounts, START, 0)
        lockout.admit("S-1")
        lockout.begin_try("S-1")
        lockout.wrong("S-1")
    with pytest.raises(Problem) as refused:
        Lockout(log, accounts, START, 0).admit("S-1")
    assert refused.value.values == {"minutes": 5}
    accounts.close()
