"""What the tests of the desks share: the real lists taken into an open contract."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import text

from tests.conftest import Office
from walkdesk.messages.reception import CommitImport, ImportPreview, PreviewImport
from walkdesk.services.perform import perform
from walkdesk.services.session import Session

DATA = Path(__file__).parent.parent / "data"
AUGUST = date(2018, 8, 9)
WARD_LIST = DATA / "health-ward-list-h30.csv"
APP_USERS = DATA / "health-app-users-h30.csv"
APP_STEPS = DATA / "health-app-steps-2018-07.csv"
PAPER_CARDS = DATA / "health-paper-cards-2018-07.csv"


def take(session: Session, kind: str, file: Path, month: str = "") -> ImportPreview:
    """Previews a file and takes it in."""
    preview: ImportPreview = perform(session, PreviewImport(kind, str(file), month)).answer
    perform(session, CommitImport(preview.ticket, "平成30年7月2日 受領"))
    return preview


def with_lists(office: Office) -> None:
    """9 August 2018: a handler took the ward's list and the app's people."""
    session = office.sign_in("S-0142", on=AUGUST)
    take(session, "ward_list", WARD_LIST)
    take(session, "app_users", APP_USERS)


def copied_office(template: Path, folder: Path) -> Office:
    """An office of its own for the tests of one module that change nothing in it."""
    shutil.copytree(template, folder, dirs_exist_ok=True)
    return Office(folder)


def rows(session: Session, query: str, **values: Any) -> list[tuple[Any, ...]]:
    """What lies in the open vault."""
    assert session.vault is not None
    with session.vault.reading() as connection:
        return [tuple(row) for row in connection.execute(text(query), values)]


def ledger_rows(session: Session) -> list[tuple[str, str, str]]:
    """The ledger: event, account and facts as they were written."""
    assert session.book is not None
    with session.book.engine.connect() as connection:
        found = connection.execute(text("SELECT event, account, facts FROM ledger ORDER BY sequence"))
        return [(str(event), str(account), str(facts)) for event, account, facts in found]
