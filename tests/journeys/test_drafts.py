"""What is typed and not yet saved, in the real window with a real room: lock, kill, come back, and it is there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import PASSWORD, Office
from tests.ui.desks import AUGUST, JULY, register
from walkdesk.domain.steps import DayState
from walkdesk.messages.cards import OpenCard, SaveDay
from walkdesk.messages.door import SignOut
from walkdesk.services.perform import perform
from walkdesk.ui.desks import DESKS
from walkdesk.ui.shell.program import Program, room_starter
from walkdesk.ui.shell.window import MainWindow

NOW = datetime(2018, 8, 9, 9, 41, 2, tzinfo=UTC)
PATIENCE = 20_000
"""Seconds from the password to the draft (the accounts of tests have a cheap Argon2id)."""


class Desk:
    """The real program, sat at by one person."""

    def __init__(self, office: Office, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.window = MainWindow(DESKS, clock=lambda: NOW, practice=True, version="0")
        qtbot.addWidget(self.window)
        self.program = Program(self.window, room_starter(office.folder.path, [office.tokens]), office_exists=True)
        self.program.begin()
        self.window.show()

    def until(self, seen: Callable[[], object]) -> None:
        self._qtbot.waitUntil(lambda: bool(seen()), timeout=PATIENCE)

    def come_in(self, number: str = "S-0142") -> None:
        self.window.activateWindow()
        self.until(lambda: self.program.link is not None and not self.program.link.waiting())
        page = self.window.signin
        assert page is not None
        page.number.setText(number)
        page.password.setText(PASSWORD)
        with self._qtbot.waitSignal(self.program.opened, timeout=PATIENCE):
            QTest.keyClick(page.password, Qt.Key.Key_Return)

    def find(self, name: str) -> Any:
        found = [part for part in self.window.findChildren(QWidget, name) if part.isVisible()]
        return found[0] if found else None

    def go(self, desk: str, part: str, **place: Any) -> Any:
        self.window.go(desk, **place)
        self.until(lambda: self.find(part) is not None and not self._waiting())
        return self.find(part)

    def lock(self) -> None:
        room = self.program.room
        QTest.keyClick(self.window, Qt.Key.Key_F12)
        self.until(lambda: self.program.room is not None and self.program.room is not room)

    def die(self) -> None:
        room = self.program.room
        assert room is not None
        os.kill(room.pid, 9)
        self.until(lambda: self.program.room is not None and self.program.room is not room)

    def kept(self) -> bool:
        """The last change has come to the room and was answered."""
        return not self.window.drafts.pending() and not self._waiting()

    def _waiting(self) -> bool:
        return self.program.link is not None and self.program.link.waiting()


@pytest.fixture
def house(office: Office) -> Office:
    """People in the vault; 7,402 steps are saved for the 19th of July."""
    session = office.sign_in("S-0142", AUGUST)
    register(session)
    perform(session, OpenCard("D0118", JULY))
    perform(session, SaveDay("D0118", JULY, 19, DayState.KEYED, 7402))
    perform(session, SignOut())
    return office


@pytest.fixture
def desk(house: Office, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(house, qtbot)
    yield made
    made.program.close()


def type_half_a_name(desk: Desk) -> None:
    name = desk.go("reception", "register_name", view="register")
    name.setFocus()
    name.insert("髙橋 ふみ子")
    name.setCursorPosition(2)


def half_a_name_is_there(desk: Desk) -> bool:
    name = desk.find("register_name")
    return name is not None and (name.text(), name.cursorPosition(), name.hasFocus()) == ("髙橋 ふみ子", 2, True)


def type_half_a_value(desk: Desk) -> None:
    grid = desk.go("cards", "cards_grid", number="D0118", month=JULY, day=19)
    QTest.keyClicks(grid, "81")


def half_a_value_is_there(desk: Desk) -> bool:
    grid = desk.find("cards_grid")
    return grid is not None and (grid.current(), grid.typed(), grid.hasFocus()) == (19, "81", True)


def test_what_was_typed_is_there_again_after_unlocking(desk: Desk) -> None:
    desk.come_in()
    type_half_a_name(desk)
    type_half_a_value(desk)
    desk.lock()  # at once, before the pause in which drafts are sent
    assert desk.find("cards_grid") is None
    desk.come_in()
    desk.until(lambda: half_a_value_is_there(desk))
    assert "保存前の入力を戻しました" in desk.window.status.said()
    # The other desk, by its key in the rail.
    desk.window.go("reception")
    desk.until(lambda: half_a_name_is_there(desk))


def test_what_was_typed_survives_a_room_that_is_killed(desk: Desk) -> None:
    desk.come_in()
    type_half_a_name(desk)
    desk.until(desk.kept)
    desk.die()
    desk.come_in()
    desk.until(lambda: half_a_name_is_there(desk))


def test_what_was_typed_survives_the_whole_program_and_opens_its_desk(desk: Desk, house: Office, qtbot: QtBot) -> None:
    desk.come_in()
    type_half_a_value(desk)
    desk.until(desk.kept)
    room = desk.program.room
    assert room is not None
    desk.window.drafts.end()  # the window dies too: it can say nothing any more
    os.kill(room.pid, 9)
    desk.until(lambda: desk.program.room is not None and desk.program.room is not room)
    desk.program.close()
    other = Desk(house, qtbot)
    try:
        other.come_in()
        other.until(lambda: half_a_value_is_there(other))
        assert QApplication.focusWidget() is other.find("cards_grid")
    finally:
        other.program.close()


def test_what_was_saved_does_not_come_back(desk: Desk) -> None:
    desk.come_in()
    type_half_a_value(desk)
    desk.until(desk.kept)
    grid = desk.find("cards_grid")
    QTest.keyClicks(grid, "20")
    QTest.keyClick(grid, Qt.Key.Key_Asterisk)
    desk.until(lambda: grid.days()[18].steps == 8120)
    desk.lock()
    desk.come_in()
    desk.until(lambda: desk.find("cards_grid") is not None and desk.kept())
    grid = desk.find("cards_grid")
    assert (grid.current(), grid.typed()) == (20, None)
    assert "保存前の入力" not in desk.window.status.said()


def test_another_person_is_shown_nothing_of_it(desk: Desk) -> None:
    desk.come_in()
    type_half_a_name(desk)
    desk.lock()
    desk.come_in("S-0001")
    name = desk.go("reception", "register_name", view="register")
    desk.until(desk.kept)
    assert name.text() == ""
