"""Offices for tests: real encrypted files, copied from one template, with a cheap key derivation."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sqlalchemy import Dialect, Engine, create_engine
from sqlalchemy.util import LRUCache

from walkdesk.domain.participants import Programme
from walkdesk.domain.people import Role
from walkdesk.messages.contracts import ConfirmItems, OpenContract, PrepareContract
from walkdesk.messages.door import SetPracticeDate, SetUpOffice, SignIn, SignOut
from walkdesk.messages.people import DesignatePerson, ListPeople, RecordTraining, RegisterPerson, ReportDesignation
from walkdesk.services.clock import PracticeClock
from walkdesk.services.perform import perform
from walkdesk.services.session import Premises, Session
from walkdesk.storage import engine
from walkdesk.storage.keys import KeyCost
from walkdesk.storage.office import OfficeFolder

# Many more examples behind `bootstrap.py test --long`; a test that names its own number keeps it.
settings.register_profile("long", max_examples=1000, deadline=None)
settings.register_profile("short", max_examples=50)
settings.load_profile("long" if os.environ.get("WALKDESK_LONG") else "short")

# Files of tests lie in memory where there is room: nothing here has to outlive the PC's power.
MEMORY = Path("/dev/shm")
if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > 2 << 30:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

_SQL: LRUCache[Any, Any] = LRUCache(2000)
_DIALECTS: list[Dialect] = []


def _sharing(*arguments: Any, **more: Any) -> Engine:
    """An engine that knows the SQL which the others have written out.

    The program has two or three for a whole day, the tests some thousands for a moment each: a third of a sign-in
    would be the writing of the same statements.
    """
    made = create_engine(*arguments, **more)
    if not _DIALECTS:
        _DIALECTS.append(made.dialect)
    made.dialect = made.pool._dialect = _DIALECTS[0]
    made._compiled_cache = _SQL
    return made


engine.create_engine = _sharing  # type: ignore[attr-defined]

CHEAP = KeyCost(memory_kib=64, passes=1, lanes=1)
PASSWORD = "のんびり歩く毎日-2018"
FIRST_DAY = date(2018, 5, 14)
TRAINING = "個人情報の取扱いと情報セキュリティ"
STAFF = {
    "S-0001": ("田中 康夫", "取扱責任者", Role.MANAGER, True),
    "S-0142": ("佐藤 恵", "取扱者", Role.HANDLER, False),
    "S-0150": ("山口 直子", "副責任者", Role.MANAGER, True),
    "S-0160": ("小林 実", "取扱者", Role.HANDLER, True),
    "W-0001": ("森 由紀", "健康づくり課", Role.AUDITOR, False),
}


class Office:
    """An office on disk, and its people."""

    def __init__(self, folder: Path) -> None:
        self.folder = OfficeFolder(folder / "office")
        self.tokens = folder / "usb"
        self.tokens.mkdir(exist_ok=True, parents=True)
        self._open: list[Session] = []

    def door(self, on: date = FIRST_DAY) -> Session:
        """A session in which nobody is yet."""
        premises = Premises(self.folder, PracticeClock(on), [self.tokens], CHEAP)
        session = Session(premises)
        self._open.append(session)
        return session

    def sign_in(self, number: str = "S-0001", on: date | None = None) -> Session:
        """A person signs in; ``on`` moves the practice office to a day, with a new year's training where one began."""
        session = self.door()
        perform(session, SignIn(number, PASSWORD))
        if on is not None:
            perform(session, SetPracticeDate(on))
            if not session.trained:
                perform(session, SignOut())
                manager = self.sign_in()
                trained_again(manager)
                perform(manager, SignOut())
                return self.sign_in(number)
        return session

    def leave(self) -> None:
        """Whoever is still in signs out."""
        for session in self._open:
            if session.member is not None:
                perform(session, SignOut())

    def close(self) -> None:
        """Ends whatever is still open."""
        for session in self._open:
            session.close()


def set_up(office: Office, on: date = FIRST_DAY, trained: bool = True) -> Session:
    """The first start: the office and its first manager, who records the own training before anything else."""
    session = office.door(on)
    perform(
        session,
        SetUpOffice(
            "株式会社 歩楽事務センター",
            "東京都新宿区西新宿一丁目1番1号",
            "03-0000-0000",
            "privacy_mark",
            "10820000",
            date(2020, 3, 31),
            "S-0001",
            "田中 康夫",
            "取扱責任者",
            PASSWORD,
            "代表取締役 山田 一郎",
            practice=True,
            practice_date=on,
        ),
    )
    if trained:
        perform(session, RecordTraining(("S-0001",), on, TRAINING))
    return session


def trained_again(session: Session) -> None:
    """A new fiscal year: the manager who is in records everybody's training, the own one too."""
    people = perform(session, ListPeople()).answer.people
    staff = tuple(one.staff_number for one in people if one.active and one.role is not Role.AUDITOR)
    perform(session, RecordTraining(staff, session.now.date(), TRAINING))


def staffed(session: Session) -> None:
    """Registers the others and trains everybody."""
    for number, (name, post, role, approves) in list(STAFF.items())[1:]:
        reference = "30新健健第100号" if role is Role.AUDITOR else ""
        perform(session, RegisterPerson(number, name, post, role, approves, FIRST_DAY, PASSWORD, reference))
    staff = tuple(number for number, row in STAFF.items() if row[2] is not Role.AUDITOR)
    perform(session, RecordTraining(staff, FIRST_DAY, TRAINING))


def prepared(session: Session, token: Path | None = None) -> None:
    """A health points contract, ready to be opened."""
    folder = "" if token is None else str(token)
    message = PrepareContract(
        Programme.HEALTH_POINTS, "30-HP-0001", FIRST_DAY, date(2019, 3, 31), "新宿区長", "健康部健康づくり課", folder
    )
    perform(session, message)
    for number, row in STAFF.items():
        if row[2] is not Role.AUDITOR:
            perform(session, DesignatePerson(number))
    perform(session, ReportDesignation(FIRST_DAY, "歩楽第1号"))
    perform(session, ConfirmItems())


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with an open contract and a token, made once; nobody is in."""
    folder = tmp_path_factory.mktemp("template")
    office = Office(folder)
    session = set_up(office)
    staffed(session)
    prepared(session, office.tokens)
    perform(session, OpenContract())
    perform(session, SignOut())
    return folder


@pytest.fixture
def empty_office(tmp_path: Path) -> Iterator[Office]:
    """A folder in which no office was set up."""
    office = Office(tmp_path / "empty")
    yield office
    office.close()


@pytest.fixture
def office(_template: Path, tmp_path: Path) -> Iterator[Office]:
    """An office whose contract is open since 14 May 2018."""
    shutil.copytree(_template, tmp_path / "copy")
    office = Office(tmp_path / "copy")
    yield office
    office.close()


Build = Callable[[Office], object]
"""Brings an office to a state; whoever it leaves inside signs out."""


@pytest.fixture(scope="session")
def made_once(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Build], Path]:
    """``made_once(build)``: where an office in that state lies, to be copied; nobody is in."""
    made: dict[Build, Path] = {}

    def once(build: Build) -> Path:
        if build not in made:
            folder = tmp_path_factory.mktemp("state")
            shutil.copytree(_template, folder, dirs_exist_ok=True)
            office = Office(folder)
            try:
                build(office)
                office.leave()
            finally:
                office.close()
            made[build] = folder
        return made[build]

    return once


@pytest.fixture
def office_after(made_once: Callable[[Build], Path], tmp_path: Path) -> Iterator[Callable[[Build], Office]]:
    """``office_after(build)``: an office of this test's own, in a state that is made once for all who name it."""
    offices: list[Office] = []

    def after(build: Build) -> Office:
        folder = tmp_path / f"after-{len(offices)}"
        shutil.copytree(made_once(build), folder)
        offices.append(Office(folder))
        return offices[-1]

    yield after
    for office in offices:
        office.close()


@pytest.fixture
def manager(office: Office) -> Session:
    """The first manager at the desk."""
    return office.sign_in("S-0001")


@pytest.fixture
def handler(office: Office) -> Session:
    """A handler at the desk."""
    return office.sign_in("S-0142")


@pytest.fixture
def ask() -> Callable[[Session, object], Any]:
    """``ask(session, message)``: the answer alone."""
    return lambda session, message: perform(session, message).answer
