"""The bench on which figures are taken: an office with people, made by the services, copied for each measurement."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from tests.conftest import FIRST_DAY, Office, prepared, set_up, staffed
from walkdesk.commands.demo.deliveries import app_steps, app_users, month_of_cards, ward_list
from walkdesk.commands.demo.people import Population, make_population
from walkdesk.commands.demo.walking import written_card
from walkdesk.domain.dates import Month
from walkdesk.messages.contracts import OpenContract
from walkdesk.messages.door import SignOut
from walkdesk.messages.reception import CommitImport, PreviewImport
from walkdesk.services.clock import PracticeClock
from walkdesk.services.perform import perform
from walkdesk.services.session import Premises, Session
from walkdesk.storage.keys import FLOOR, KeyCost

HANDLER = "S-0142"
JUNE = Month(2018, 6)
LISTS_DAY, STEPS_DAY = date(2018, 5, 21), date(2018, 7, 9)
KEYING_DAY = date(2018, 8, 9)
"""July's cards are on the desk."""


class RealOffice(Office):
    """An office whose passwords cost what they cost in a real one, unless told otherwise."""

    def __init__(self, folder: Path, cost: KeyCost = FLOOR) -> None:
        super().__init__(folder)
        self.cost = cost

    def door(self, on: date = FIRST_DAY) -> Session:
        session = Session(Premises(self.folder, PracticeClock(on), [self.tokens], self.cost))
        self._open.append(session)
        return session


@dataclass(slots=True)
class Bench:
    """``people`` participants, half with cards and half with the app, with June's steps."""

    people: int
    place: Path
    cost: KeyCost = FLOOR
    _made: Path | None = None
    _copies: int = 0
    _offices: list[RealOffice] = field(default_factory=list)

    @property
    def population(self) -> Population:
        """Who takes part; always the same for a number of people."""
        return make_population(self.people)

    def folder(self, name: str) -> Path:
        """An empty folder for files of one measurement."""
        self._copies += 1
        folder = self.place / f"{name}-{self._copies}"
        folder.mkdir()
        return folder

    def office(self) -> RealOffice:
        """A fresh copy of the office; nobody is in."""
        if self._made is None:
            self._made = self.folder("template")
            _fill(RealOffice(self._made, self.cost), self.population, self.folder("deliveries"))
        copy = self.folder("office")
        shutil.copytree(self._made, copy, dirs_exist_ok=True)
        office = RealOffice(copy, self.cost)
        self._offices.append(office)
        return office

    def empty_office(self) -> RealOffice:
        """An office with an open contract and no people in it."""
        office = RealOffice(self.folder("empty"), self.cost)
        self._offices.append(office)
        _open_contract(office)
        return office

    def card_numbers(self, count: int) -> list[str]:
        """The first people who mail cards."""
        return [person.number for person in self.population.card[:count]]

    def close(self) -> None:
        """Ends what is still open."""
        for office in self._offices:
            office.close()


def _open_contract(office: Office) -> None:
    session = set_up(office)
    staffed(session)
    prepared(session, office.tokens)
    perform(session, OpenContract())
    perform(session, SignOut())


def _fill(office: Office, population: Population, deliveries: Path) -> None:
    """The lists of people and a month of steps, as the ward and the app deliver them."""
    _open_contract(office)
    session = office.sign_in(HANDLER, on=LISTS_DAY)
    take(session, "ward_list", written(deliveries, ward_list(population)))
    take(session, "app_users", written(deliveries, app_users(population)))
    perform(session, SignOut())
    session = office.sign_in(HANDLER, on=STEPS_DAY)
    cards = [written_card(person, JUNE) for person in population.card]
    take(session, "app_steps", written(deliveries, app_steps(population.app, JUNE)), str(JUNE))
    take(session, "paper_cards", written(deliveries, month_of_cards(cards, JUNE)), str(JUNE))
    perform(session, SignOut())


def written(folder: Path, delivery: Any) -> Path:
    """A delivery as a file."""
    path = folder / str(delivery.file_name)
    path.write_bytes(delivery.data)
    return path


def take(session: Session, kind: str, file: Path, month: str = "") -> Any:
    """Previews a file and takes it in; what the preview found."""
    preview = perform(session, PreviewImport(kind, str(file), month)).answer
    perform(session, CommitImport(preview.ticket, "平成30年 受領"))
    return preview


def bare(path: Path, key: bytes) -> Any:
    """A connection to an encrypted file with our settings and nothing else: what every figure is held against."""
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    for setting in ("secure_delete = ON", "foreign_keys = ON", "temp_store = MEMORY", "journal_mode = WAL"):
        connection.execute(f"PRAGMA {setting}")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def without_triggers(connection: Any) -> Any:
    """Takes trail, guard and every other trigger away: the tables are bare."""
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')
    return connection
