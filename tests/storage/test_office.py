"""The office's folder: its lock, its card, its accounts and its ledger, as the door meets them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session as OrmSession

from tests.conftest import FIRST_DAY, PASSWORD, STAFF, Office, set_up
from walkdesk.domain.people import Role
from walkdesk.domain.problem import Problem
from walkdesk.ledger.doorlog import DoorLog
from walkdesk.messages.door import LookAtOffice, SignIn, SignOut
from walkdesk.messages.people import CloseAccount, RecordTraining, RegisterPerson
from walkdesk.services import accounts as account_changes
from walkdesk.services.perform import perform
from walkdesk.storage.accounts import AccountsFile
from walkdesk.storage.office import OfficeFolder, OfficeLock
from walkdesk.storage.office_tables import LedgerRecord
from walkdesk.storage.slots import read_slots

NEW = RegisterPerson("S-0200", "新井 望", "取扱者", Role.MANAGER, False, FIRST_DAY, PASSWORD)


def _refused_at_the_door(office: Office, number: str = "S-0001", password: str = PASSWORD) -> str:
    session = office.door()
    try:
        answer = perform(session, SignIn(number, password)).answer
    except Problem as problem:
        return problem.code
    assert answer.entered is None
    return answer.waiting or ""


# --- the lock ---------------------------------------------------------------------------------------------------------


def test_a_second_program_on_the_same_office_is_refused(tmp_path: Path) -> None:
    folder = OfficeFolder(tmp_path / "office")
    lock = OfficeLock(folder)
    other = (
        "import sys; from pathlib import Path; from walkdesk.domain.problem import Problem\n"
        "from walkdesk.storage.office import OfficeFolder, OfficeLock\n"
        "try: OfficeLock(OfficeFolder(Path(sys.argv[1])))\n"
        "except Problem as problem: print(problem.code)\n"
        "else: print('in')\n"
    )
    command = [sys.executable, "-c", other, str(folder.path)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "storage.office_in_use\n"
    lock.release()
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "in\n"


def test_a_place_that_cannot_hold_an_office_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Problem, match=r"storage\.not_writable"):
        OfficeLock(OfficeFolder(tmp_path / "file" / "office"))


# --- the card ---------------------------------------------------------------------------------------------------------


def _all_but_the_door_log(office: Office) -> dict[Path, bytes]:
    files = (path for path in office.folder.path.rglob("*") if path.is_file())
    return {path: path.read_bytes() for path in files if path != office.folder.door_log}


def _door_events(office: Office) -> list[str]:
    return [entry.event for entry in DoorLog(office.folder.door_log).read().entries]


def test_an_office_of_a_newer_program_is_left_alone(office: Office) -> None:
    card = json.loads(office.folder.card.read_text())
    office.folder.card.write_text(json.dumps({**card, "format": 2}))
    before = _all_but_the_door_log(office)
    assert _refused_at_the_door(office) == "storage.newer"
    assert _all_but_the_door_log(office) == before
    assert _door_events(office) == ["newer_version_refused"]


def test_a_door_log_of_a_newer_program_is_left_alone_too(office: Office) -> None:
    card = json.loads(office.folder.card.read_text())
    office.folder.card.write_text(json.dumps({**card, "format": 2}))
    office.folder.door_log.write_bytes(b'{"kind":"walkdesk.doorlog.99"}\n')
    assert _refused_at_the_door(office) == "storage.newer"
    assert office.folder.door_log.read_bytes() == b'{"kind":"walkdesk.doorlog.99"}\n'


CARDS = st.binary(max_size=80) | st.dictionaries(
    st.sampled_from(["format", "office", "practice"]),
    st.none() | st.booleans() | st.integers(max_value=0) | st.floats() | st.text(max_size=5) | st.just([]),
).map(lambda card: json.dumps(card).encode())


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=CARDS)
def test_a_damaged_card_is_damage_and_no_fault(tmp_path: Path, raw: bytes) -> None:
    folder = OfficeFolder(tmp_path)
    folder.card.write_bytes(raw)
    with pytest.raises(Problem, match=r"storage\.office_damaged"):
        folder.read_card()


@pytest.mark.parametrize("raw", [b"[" * 100_000, b'{"format": 1e999, "office": "x", "practice": true}', b"\xff\xfe"])
def test_cards_that_break_readers_are_damage(tmp_path: Path, raw: bytes) -> None:
    folder = OfficeFolder(tmp_path)
    folder.card.write_bytes(raw)
    with pytest.raises(Problem, match=r"storage\.office_damaged"):
        folder.read_card()


def test_an_office_without_its_card_is_damaged_and_a_set_up_does_not_touch_it(office: Office) -> None:
    office.folder.card.unlink()
    before = _all_but_the_door_log(office)
    assert _refused_at_the_door(office) == "storage.office_damaged"
    with pytest.raises(Problem):
        set_up(office)
    assert _all_but_the_door_log(office) == before
    assert _door_events(office) == ["office_damaged"]
    office.folder.book.unlink()
    with pytest.raises(Problem, match=r"storage\.exists"):
        set_up(office)
    assert office.folder.accounts.exists() and list(office.folder.path.glob("contracts/*/vault.db"))


def test_an_interrupted_set_up_leaves_no_office_and_can_be_done_again(
    empty_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise Problem("storage.disk_full")

    with monkeypatch.context() as broken:
        broken.setattr(OfficeFolder, "write_card", fails)
        with pytest.raises(Problem, match=r"storage\.disk_full"):
            set_up(empty_office)
    assert not perform(empty_office.door(), LookAtOffice()).answer.exists
    session = set_up(empty_office)
    assert session.member is not None
    session.close()
    assert perform(empty_office.door(), SignIn("S-0001", PASSWORD)).answer.staff_number == "S-0001"


# --- the book and its ledger ------------------------------------------------------------------------------------------


def _edit_book(office: Office, statement: str) -> None:
    session = office.sign_in()
    assert session.book is not None
    with session.book.engine.begin() as connection:
        assert connection.exec_driver_sql(statement).rowcount
    session.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger SET account = 'S-0142' WHERE sequence = 3",
        "UPDATE ledger SET at = '2018-05-14T00:00:00+09:00' WHERE sequence = 3",
        "UPDATE ledger SET at = 'yesterday' WHERE sequence = 3",
        "UPDATE ledger SET facts = '{\"count\":9}' WHERE sequence = 4",
        "UPDATE ledger SET facts = '{' WHERE sequence = 4",
        "UPDATE ledger SET event = 'nothing' WHERE sequence = 4",
        "UPDATE ledger SET contract = 'another' WHERE sequence = 4",
        "UPDATE ledger SET previous = randomblob(32) WHERE sequence = 4",
        "UPDATE ledger SET signature = randomblob(64) WHERE sequence = (SELECT max(sequence) FROM ledger)",
        "UPDATE ledger SET account = 'S-0142' WHERE sequence = (SELECT max(sequence) FROM ledger)",
        "UPDATE ledger SET sequence = 999 WHERE sequence = 2",
        "DELETE FROM ledger WHERE sequence = 1",
        "DELETE FROM ledger WHERE sequence = 5",
        "DELETE FROM ledger",
    ],
)
def test_an_edited_ledger_is_noticed_at_sign_in(office: Office, statement: str) -> None:
    _edit_book(office, statement)
    assert _refused_at_the_door(office) == "storage.ledger_broken"


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("DELETE FROM seals", "storage.seal_missing"),
        ("UPDATE seals SET counter = counter + 1", "storage.seal_damaged"),
        ("UPDATE seals SET trail_head = randomblob(32)", "storage.seal_damaged"),
        ("UPDATE settings SET value = 'x' WHERE key = 'accounts_head'", "storage.accounts_old"),
    ],
)
def test_an_edited_seal_or_head_is_noticed(office: Office, statement: str, code: str) -> None:
    _edit_book(office, statement)
    assert _refused_at_the_door(office) == code


def test_what_does_not_agree_is_an_alarm_in_the_ledger(office: Office) -> None:
    _edit_book(office, "DELETE FROM seals")
    assert _refused_at_the_door(office) == "storage.seal_missing"
    session = office.sign_in("W-0001")
    assert session.book is not None
    with OrmSession(session.book.engine) as book:
        alarms = [row.facts for row in book.query(LedgerRecord).filter_by(event="alarm")]
    assert alarms == [{"kind": "storage.seal_missing"}]


@pytest.mark.parametrize("name", ["office.db", "accounts.db", "office-slots.bin"])
@pytest.mark.parametrize("damage", ["gone", "empty", "cut", "noise", "head"])
def test_a_damaged_file_is_one_clear_problem(office: Office, name: str, damage: str) -> None:
    path = office.folder.path / name
    raw = path.read_bytes()
    path.unlink()
    if damage != "gone":
        left = {
            "empty": b"",
            "cut": raw[: len(raw) // 3 if path.suffix == ".db" else 300],
            "noise": bytes(range(256)) * 64,
            "head": bytes(600),
        }
        path.write_bytes(left[damage] + (raw[600:] if damage == "head" else b""))
    assert _refused_at_the_door(office).startswith("storage.")


# --- accounts ---------------------------------------------------------------------------------------------------------


def test_accounts_rolled_back_are_noticed(office: Office, tmp_path: Path) -> None:
    shutil.copy(office.folder.accounts, tmp_path / "old.db")
    session = office.sign_in()
    perform(session, NEW)
    perform(session, SignOut())
    assert office.sign_in("S-0001").member is not None
    office.close()
    shutil.copy(tmp_path / "old.db", office.folder.accounts)
    assert _refused_at_the_door(office) == "storage.accounts_old"


COLUMNS = {
    "salt": "randomblob(16)",
    "wrapped": "randomblob(92)",
    "opening_public": "randomblob(32)",
    "signing_public": "randomblob(32)",
    "granted_by": "'S-0142'",
    "signature": "randomblob(64)",
    "memory_kib": "128",
    "passes": "2",
    "lanes": "2",
}


def _edit_accounts(office: Office, statement: str) -> None:
    session = office.sign_in()
    assert session.accounts is not None
    with session.accounts._engine.begin() as connection:
        assert connection.exec_driver_sql(statement).rowcount
    session.close()


@pytest.mark.parametrize("column", COLUMNS)
def test_another_accounts_changed_row_is_noticed(office: Office, column: str) -> None:
    """A foreign public key above all: the next designation would seal the contract's key to it."""
    signed = column in ("opening_public", "signing_public", "granted_by", "signature")
    _edit_accounts(office, f"UPDATE accounts SET {column} = {COLUMNS[column]} WHERE staff_number = 'S-0150'")
    assert _refused_at_the_door(office) == ("storage.account_forged" if signed else "storage.accounts_old")


@pytest.mark.parametrize(
    "change",
    [
        "memory_kib = 4000000000",
        "memory_kib = 0",
        "memory_kib = 'x'",
        "passes = 1000000",
        "lanes = -1",
        "salt = x''",
        "salt = 'x'",
        "wrapped = x'00'",
        "opening_public = x''",
        "staff_number = x'00'",
    ],
)
def test_a_row_that_was_never_written_is_damage_and_takes_no_memory(office: Office, change: str) -> None:
    _edit_accounts(office, f"UPDATE accounts SET {change} WHERE staff_number = 'S-0001'")
    assert _refused_at_the_door(office) == "storage.database_damaged"


class PowerFailure(BaseException):
    """Everything ends here."""


def _raise(*_: Any, **__: Any) -> None:
    raise PowerFailure


def _cut_off(broken: pytest.MonkeyPatch, step: str) -> None:
    """The power fails after the evidence: before the accounts file, before the slots, or before the book knows."""
    if step == "accounts":
        broken.setattr(AccountsFile, "put", _raise)
        broken.setattr(AccountsFile, "remove", _raise)
    elif step == "slots":
        broken.setattr(account_changes, "write_slots", _raise)
    else:
        real = account_changes._carry_out

        def carry_out(*given: Any) -> None:
            real(*given)
            raise PowerFailure

        broken.setattr(account_changes, "_carry_out", carry_out)


@pytest.mark.parametrize("step", ["accounts", "slots", "book"])
def test_an_account_that_was_interrupted_is_finished_by_who_comes_next(
    office: Office, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    session = office.sign_in()
    with monkeypatch.context() as broken, pytest.raises(PowerFailure):
        _cut_off(broken, step)
        perform(session, NEW)
    session.close()
    office.sign_in("S-0150").close()
    office.sign_in("S-0150").close()
    perform(office.sign_in("S-0150"), RecordTraining(("S-0200",), FIRST_DAY, "個人情報の取扱い"))
    office.close()
    assert office.sign_in("S-0200").member is not None


@pytest.mark.parametrize("step", ["accounts", "slots", "book"])
def test_a_closing_that_was_interrupted_is_finished_by_who_comes_next(
    office: Office, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    session = office.sign_in()
    with monkeypatch.context() as broken, pytest.raises(PowerFailure):
        _cut_off(broken, step)
        perform(session, CloseAccount("S-0142", "退職"))
    session.close()
    assert _refused_at_the_door(office, "S-0142") in ("door.account_closed", "door.wrong_password")
    session = office.sign_in("S-0150")
    assert session.accounts is not None and session.accounts.find("S-0142") is None
    for path in (office.folder.slots, *office.folder.path.glob("contracts/*/slots.bin")):
        assert "S-0142" not in read_slots(path).slots
    session.close()
    assert _refused_at_the_door(office, "S-0142") == "door.wrong_password"


def test_an_account_whose_slot_the_disk_refuses_leaves_the_door_open_to_everybody(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise Problem("storage.disk_full")

    session = office.sign_in()
    with monkeypatch.context() as broken, pytest.raises(Problem, match=r"storage\.disk_full"):
        broken.setattr(account_changes, "write_slots", full)
        perform(session, NEW)
    session.close()
    for number in STAFF:
        office.sign_in(number).close()
