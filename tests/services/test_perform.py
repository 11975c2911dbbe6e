"""The only way in: an action is kept whole or not at all, also where the power or the disk fails in the middle."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from sqlalchemy import event

from tests.conftest import Office
from tests.services.desks import ledger_rows, rows
from tests.storage.conftest import person
from walkdesk.domain.people import STAFF
from walkdesk.domain.problem import Problem
from walkdesk.messages.common import Progress
from walkdesk.messages.door import SignOut
from walkdesk.services import perform as module
from walkdesk.services.actions import Action
from walkdesk.services.perform import perform
from walkdesk.services.session import Session, Work
from walkdesk.storage.office_tables import Setting


@dataclass(frozen=True, slots=True)
class Try:
    """A message of these tests."""

    number: str = "D0900"


class Fault(Exception):
    """A fault of the program."""


class PowerFailure(BaseException):
    """Everything ends here."""


@contextmanager
def action(run: Callable[[Work, Try], Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An action of these tests in the table."""
    with monkeypatch.context() as inner:
        inner.setitem(module.ACTIONS, Try, Action(Try, run, STAFF))
        yield


def write(work: Work, message: Try) -> str:
    """Writes into both databases and the ledger."""
    work.vault.add(person(message.number))
    work.vault.flush()
    work.book.set(work.office, "tried", message.number)
    work.record("wording_saved", name=message.number)
    return message.number


def state(session: Session) -> tuple[Any, ...]:
    """Everything that an action of these tests changes."""
    assert session.vault is not None and session.book is not None
    with session.vault.reading() as connection:
        point = session.vault.point(connection)
    with session.book.engine.connect() as connection:
        settings = connection.execute(Setting.__table__.select().order_by("key")).all()
        seals = connection.exec_driver_sql("SELECT * FROM seals").all()
    return point, rows(session, "SELECT number FROM participants"), ledger_rows(session), settings, seals


def test_an_action_is_kept_in_both_databases_with_its_seal(
    office: Office, handler: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    with action(write, monkeypatch):
        assert perform(handler, Try()).answer == "D0900"
    assert rows(handler, "SELECT number FROM participants") == [("D0900",)]
    assert ledger_rows(handler)[-1][:2] == ("wording_saved", "S-0142")
    assert rows(handler, "SELECT who, why, tbl FROM trail ORDER BY seq DESC LIMIT 1") == [
        ("S-0142", "Try", "participants")
    ]
    handler.close()
    assert office.sign_in("S-0142").vault is not None


@pytest.mark.parametrize("kind", [Problem("cards.negative", steps=-1), Fault(), PowerFailure(), KeyboardInterrupt()])
def test_an_action_that_raises_leaves_nothing(
    handler: Session, monkeypatch: pytest.MonkeyPatch, kind: BaseException
) -> None:
    def fails(work: Work, message: Try) -> None:
        write(work, message)
        raise kind

    before = state(handler)
    with action(fails, monkeypatch), pytest.raises(type(kind)):
        perform(handler, Try())
    assert state(handler) == before
    with action(write, monkeypatch):
        perform(handler, Try())


def test_what_was_settled_stays_and_what_came_after_does_not(handler: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def half(work: Work, message: Try) -> None:
        write(work, message)
        work.settle()
        write(work, Try("D0901"))
        raise Fault

    with action(half, monkeypatch), pytest.raises(Fault):
        perform(handler, Try())
    assert rows(handler, "SELECT number FROM participants") == [("D0900",)]
    assert [event for event, *_ in ledger_rows(handler)].count("wording_saved") == 1


def test_an_action_that_only_looks_leaves_no_trace(handler: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def look(work: Work, message: Try) -> int:
        return len(work.vault.execute(person().__table__.select()).all())

    before = state(handler)
    with action(look, monkeypatch):
        assert perform(handler, Try()).answer == 0
    assert state(handler) == before


def test_a_cancelled_action_leaves_nothing_and_tells_how_far_it_was(
    handler: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Progress] = []
    wish = Event()

    def long(work: Work, message: Try) -> None:
        for done in range(5):
            write(work, Try(f"D091{done}"))
            if done == 2:
                wish.set()
            work.progress(done, 5, "import")

    before = state(handler)
    with action(long, monkeypatch), pytest.raises(Problem, match=r"shell\.cancelled"):
        perform(handler, Try(), told.append, wish)
    assert told == [Progress(0, 5, "import"), Progress(1, 5, "import")]
    assert state(handler) == before


def _fail_at_commit(session: Session, database: str, kind: BaseException) -> Callable[[], None]:
    """Makes the next commits of a database fail; returns what ends that."""
    engine = session.vault.engine if database == "vault" else session.book.engine  # type: ignore[union-attr]

    def fails(_: Any) -> None:
        raise kind

    event.listen(engine, "commit", fails)
    return lambda: event.remove(engine, "commit", fails)


def test_a_vault_that_cannot_commit_leaves_the_book_as_it_was(
    handler: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(handler)
    mend = _fail_at_commit(handler, "vault", Problem("storage.disk_full"))
    with action(write, monkeypatch), pytest.raises(Problem, match=r"storage\.disk_full"):
        perform(handler, Try())
    mend()
    assert state(handler) == before


def test_a_crash_between_the_two_commits_is_no_alarm_and_is_sealed_at_the_next_sign_in(
    office: Office, handler: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _fail_at_commit(handler, "book", PowerFailure())
    with action(write, monkeypatch), pytest.raises(PowerFailure):
        perform(handler, Try())
    shutil.copytree(office.folder.path.parent, tmp_path / "after-the-crash")
    after = Office(tmp_path / "after-the-crash")
    for _ in range(2):
        session = after.sign_in("S-0142")
        assert rows(session, "SELECT number FROM participants") == [("D0900",)]
        events = [event for event, *_ in ledger_rows(session)]
        assert "alarm" not in events and "wording_saved" not in events
        perform(session, SignOut())
    assert events.count("seal") >= 3
    after.close()


def test_a_full_book_never_lets_the_vault_run_two_commits_ahead(
    office: Office, handler: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mend = _fail_at_commit(handler, "book", Problem("storage.disk_full"))
    with action(write, monkeypatch):
        for number in ("D0900", "D0901", "D0902"):
            with pytest.raises(Problem, match=r"storage\.disk_full"):
                perform(handler, Try(number))
        # The first one is in the vault, its seal is owed; nothing was added to it.
        assert rows(handler, "SELECT number FROM participants") == [("D0900",)]
        shutil.copytree(office.folder.path.parent, tmp_path / "pulled-plug")
        mend()
        perform(handler, Try("D0903"))
    assert rows(handler, "SELECT number FROM participants") == [("D0900",), ("D0903",)]
    perform(handler, SignOut())
    assert office.sign_in("S-0142").vault is not None
    other = Office(tmp_path / "pulled-plug")
    assert other.sign_in("S-0142").vault is not None
    other.close()


def test_a_full_disk_in_the_middle_of_an_action_is_said_and_leaves_nothing(
    handler: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def many(work: Work, message: Try) -> None:
        work.vault.add_all(person(f"D{number:04d}", address="東京都新宿区" * 30) for number in range(300))
        work.vault.flush()

    assert handler.vault is not None
    before = state(handler)
    with handler.vault.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with action(many, monkeypatch), pytest.raises(Problem, match=r"storage\.disk_full"):
        perform(handler, Try())
    assert state(handler) == before


def test_an_item_that_is_not_permitted_is_a_problem_and_no_fault(
    handler: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mails(work: Work, message: Try) -> None:
        work.vault_connection.exec_driver_sql("DELETE FROM permitted_items WHERE item = 'email'")
        work.vault.add(person(mail="x@example.jp"))
        work.vault.flush()

    with action(mails, monkeypatch), pytest.raises(Problem) as refused:
        perform(handler, Try())
    assert refused.value.code == "reception.item_not_permitted"


def test_nothing_of_one_person_is_left_for_the_next(office: Office, handler: Session) -> None:
    handler.imports["ticket"] = None  # type: ignore[assignment]
    handler.undo[("D0001", "2018-07")] = (1, None)
    perform(handler, SignOut())
    assert not handler.imports and not handler.undo
    assert handler.member is handler.keys is handler.vault_key is handler.share is None
    assert "vault_key" not in repr(handler) and "share" not in repr(handler)
