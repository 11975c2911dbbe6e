"""The own account, by keyboard, and the gate before this fiscal year's training."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import FIRST_DAY, PASSWORD, Office, set_up
from tests.ui.keyboard import press, write
from tests.ui.reach import nameless, unreached
from walkdesk.messages.account import RenewAccess
from walkdesk.messages.common import Changes
from walkdesk.messages.door import SignIn, SignOut
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.ui.account.page import AccountPage
from walkdesk.ui.desks import DESKS
from walkdesk.ui.people.page import PeoplePage
from walkdesk.ui.shell.link import RoomLink
from walkdesk.ui.shell.page import Person
from walkdesk.ui.shell.program import Program
from walkdesk.ui.shell.window import MainWindow

NEW = "kasa-to-nagagutsu-77"


def fill(page: QWidget, part: Callable[..., Any], old: str, new: str, again: str) -> None:
    """Types into the three fields and saves."""
    for name, text in (("old", old), ("new", new), ("again", again)):
        write(part(page, f"account_{name}"), text)
    press(page, "Ctrl+S")


@pytest.mark.parametrize("number", ["S-0001", "S-0142", "W-0001"])
def test_everybody_changes_the_own_password(
    number: str,
    office: Office,
    context_for: Callable[..., Any],
    visit: Callable[..., Any],
    settle: Callable[..., None],
    part: Callable[..., Any],
) -> None:
    session = office.sign_in(number)
    context = context_for(session)
    page = visit(AccountPage, context)
    fill(page, part, PASSWORD, NEW, NEW)
    settle(context)
    assert context.room.said[-1].startswith("パスワードを変えました。")
    assert [part(page, f"account_{name}").text() for name in ("old", "new", "again")] == ["", "", ""]
    perform(session, SignOut())
    assert perform(office.door(), SignIn(number, NEW)).answer.staff_number == number


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        (("まちがったパスワード", NEW, NEW), "old", "今のパスワードが違います"),
        ((PASSWORD, "short", "short"), "new", "短すぎます"),
        ((PASSWORD, PASSWORD, PASSWORD), "new", "今までと同じ"),
        ((PASSWORD, NEW, NEW + "8"), "again", "同じではありません"),
        (("", NEW, NEW), "old", "空欄です"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    typed: tuple[str, str, str],
    field: str,
    told: str,
    handler: Session,
    context_for: Callable[..., Any],
    visit: Callable[..., Any],
    settle: Callable[..., None],
    part: Callable[..., Any],
) -> None:
    context = context_for(handler)
    page = visit(AccountPage, context)
    fill(page, part, *typed)
    settle(context)
    assert told in part(page, f"account_{field}_problem").text()
    assert part(page, "account_save").isEnabled() and not context.room.said


def test_no_password_stays_on_a_page_that_is_left(
    manager: Session, context_for: Callable[..., Any], visit: Callable[..., Any], part: Callable[..., Any]
) -> None:
    context = context_for(manager)
    page = visit(AccountPage, context)
    write(part(page, "account_old"), PASSWORD)
    press(page, "Esc")
    assert context.room.went == [("today", {})]
    page.hide()
    assert part(page, "account_old").text() == ""
    assert nameless(page) == [] and unreached(page) == []


def test_a_forgotten_password_is_typed_twice_and_made_anew(
    office: Office,
    manager: Session,
    context_for: Callable[..., Any],
    visit: Callable[..., Any],
    settle: Callable[..., None],
    part: Callable[..., Any],
) -> None:
    context = context_for(manager)
    page = visit(PeoplePage, context, number="S-0142")
    press(page, "Alt+P")
    write(part(page, "renew_password"), NEW)
    write(part(page, "renew_again"), NEW + "8")
    press(page, "Ctrl+S")
    assert not any(isinstance(asked, RenewAccess) for asked in context.room.asked)
    write(part(page, "renew_again"), NEW)
    press(page, "Ctrl+S")
    settle(context)
    assert context.room.said[-1].startswith("佐藤 恵さんのパスワードと鍵を作り直しました。")
    perform(manager, SignOut())
    assert perform(office.door(), SignIn("S-0142", NEW)).answer.entered


class Client:
    """A room in this process."""

    pid = 0

    def __init__(self, session: Session) -> None:
        self.session = session
        self.link: RoomLink | None = None

    def ask(self, message: Any, on_answer: Callable[[Any], None], on_progress: Callable[[Any], None] = print) -> int:
        outcome = perform(self.session, message)
        if outcome.changes and self.link is not None:
            self.link.tell(Changes(outcome.changes))
        on_answer(outcome.answer)
        return 1

    def cancel(self, number: int) -> None:
        """Nothing takes long here."""

    def close(self) -> None:
        """The session stays."""


def test_before_the_training_one_desk_is_open_and_after_it_all(
    empty_office: Office, qtbot: QtBot, part: Callable[..., Any]
) -> None:
    set_up(empty_office, trained=False).close()
    session = empty_office.door()
    client = Client(session)
    window = MainWindow(DESKS, clock=lambda: session.now)
    qtbot.addWidget(window)
    program = Program(window, lambda *_: client, office_exists=True)
    window.show()
    program.begin()
    client.link = program.link
    window.signed_in_requested.emit("S-0001", PASSWORD)
    qtbot.waitUntil(lambda: window.work is not None and window.work.page() is not None)
    assert window.work is not None and window.work.desks() == ("people",)
    assert not window.work.top.who.isEnabled()
    page: Any = window.work.page()
    qtbot.waitUntil(lambda: bool(page.findChildren(QWidget, "training_who_S-0001")))
    assert page.gate.isVisible() and not part(page, "people_new").isVisible()
    press(page, "Esc")
    write(part(page, "training_day"), FIRST_DAY.isoformat())
    press(page, "Ctrl+S")
    qtbot.waitUntil(lambda: window.work is not None and len(window.work.desks()) > 5)
    assert window.work.here()[0] == "today" and session.trained
    assert window.work.top.who.isEnabled()
    press(window.work, "F11")
    qtbot.waitUntil(lambda: window.work is not None and window.work.here()[0] == "account")
    program.close()


def test_the_desks_of_a_person_without_training_are_told_by_the_window_too(
    qtbot: QtBot, office: Office, part: Callable[..., Any]
) -> None:
    session = office.sign_in()
    session.premises.clock.today = date(2019, 4, 1)  # type: ignore[attr-defined]
    window = MainWindow(DESKS, clock=lambda: session.now)
    qtbot.addWidget(window)
    link = RoomLink(Client(session))
    window.open(link, Person("S-0001", "田中 康夫", "取扱責任者", "manager", trained=False))
    assert window.work is not None and window.work.desks() == ("people",)
    assert not part(window, "search").isEnabled()
