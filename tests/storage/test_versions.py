"""Every version of the schemas that was ever in use opens with this program, and everything in it is still there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy.orm import Session as OrmSession

from tests.conftest import Office
from tests.services.desks import ledger_rows, rows
from tests.storage.make_office import AUGUST, OFFICES, PASSWORD, PEOPLE, STEPS, make
from walkdesk.ledger.chain import verify_chain
from walkdesk.messages.cards import OpenCard
from walkdesk.messages.door import SignIn, SignOut
from walkdesk.messages.reception import ShowParticipant
from walkdesk.services.perform import perform
from walkdesk.storage.trail import verify_trail

VERSIONS = sorted(path.name for path in OFFICES.iterdir() if path.is_dir())
MOST_BYTES = 704 * 1024
"""Two slot files of 128 KiB each; the rest is a page or two for each table and index of today's schemas."""


def _visit(office: Office) -> None:
    """Signs in and looks at everything that ``make_office`` put there."""
    session = office.door()
    answer = perform(session, SignIn("S-0142", PASSWORD)).answer
    assert answer.entered is not None and answer.now.date() == AUGUST
    assert session.vault is not None and session.book is not None
    with session.vault.reading() as connection:
        verify_trail(connection, session.vault.trail_key)
    with OrmSession(session.book.engine) as book:
        assert verify_chain(session.book.entries(book), session.book.key.public_key()).holds
    assert not [event for event, *_ in ledger_rows(session) if event == "alarm"]
    assert {number: name for number, name in rows(session, "SELECT number, name FROM participants")} == {
        number: name for number, (name, *_) in PEOPLE.items()
    }
    sheet = perform(session, OpenCard("D0001", "2018-07")).answer
    assert {day.day: day.steps for day in sheet.days if day.steps is not None} == STEPS
    assert sheet.total == sum(STEPS.values())
    (correction,) = (
        line
        for line in perform(session, ShowParticipant("D0002")).answer.history
        if line.field == "address" and line.before
    )
    assert correction.why == "本人の申出"
    perform(session, SignOut())


@pytest.mark.parametrize("version", VERSIONS)
def test_an_office_of_every_version_opens_and_holds_everything(tmp_path: Path, version: str) -> None:
    shutil.copytree(OFFICES / version, tmp_path / version)
    office = Office(tmp_path / version)
    _visit(office)
    _visit(office)
    office.close()


@pytest.mark.parametrize("version", VERSIONS)
def test_what_stays_in_the_repository_is_small(version: str) -> None:
    files = [path for path in (OFFICES / version).rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < MOST_BYTES
    assert not [path for path in files if path.name.endswith(("-wal", "-shm", ".lock", ".new"))]


def test_the_office_of_the_next_version_can_be_made(tmp_path: Path) -> None:
    make(tmp_path / "next")
    _visit(Office(tmp_path / "next"))
    with pytest.raises(FileExistsError):
        make(tmp_path / "next")
