"""A day at the door, in the real window with a real room behind it: come in, lock, come back, leave."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import PASSWORD, Office
from walkdesk.ui.desks import DESKS
from walkdesk.ui.look.parts import LineEdit
from walkdesk.ui.shell.program import Program, room_starter
from walkdesk.ui.shell.window import MainWindow

NOW = datetime(2018, 8, 9, 9, 41, 2, tzinfo=UTC)
PATIENCE = 20_000


class TopLevels(QObject):
    """Notes every widget that is shown as a window."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(watched.objectName())
        return False


@pytest.fixture
def program(office: Office, qtbot: QtBot) -> Iterator[Program]:
    window = MainWindow(DESKS, clock=lambda: NOW, practice=True, version="0")
    qtbot.addWidget(window)
    program = Program(window, room_starter(office.folder.path, [office.tokens]), office_exists=True)
    program.begin()
    window.show()
    yield program
    program.close()


def window_of(program: Program) -> MainWindow:
    window = program.parent()
    assert isinstance(window, MainWindow)
    return window


def type_in(qtbot: QtBot, program: Program, number: str, password: str) -> None:
    page = window_of(program).signin
    assert page is not None
    staff_number = page.findChild(LineEdit, "staff_number")
    assert staff_number is not None
    staff_number.setText("")
    qtbot.keyClicks(staff_number, number)
    qtbot.keyClick(staff_number, Qt.Key.Key_Return)
    secret = page.password
    secret.setText(password)
    qtbot.keyClick(secret, Qt.Key.Key_Return)


def come_in(qtbot: QtBot, program: Program, number: str = "S-0142") -> None:
    with qtbot.waitSignal(program.opened, timeout=PATIENCE):
        type_in(qtbot, program, number, PASSWORD)


def test_a_handler_comes_in_with_the_keyboard_and_sees_today(qtbot: QtBot, program: Program) -> None:
    come_in(qtbot, program)
    window = window_of(program)
    assert window.work is not None and window.work.here()[0] == "today"
    assert "一致しています" in window.status.said()


def test_a_wrong_password_stands_beneath_its_field(qtbot: QtBot, program: Program) -> None:
    type_in(qtbot, program, "S-0142", "まちがったパスワード")
    page = window_of(program).signin
    assert page is not None
    qtbot.waitUntil(lambda: "パスワードが違います" in page.password_field.note(), timeout=PATIENCE)
    assert page.password.text() == ""


def test_locking_ends_the_room_and_unlocking_returns_to_the_same_desk(qtbot: QtBot, program: Program) -> None:
    come_in(qtbot, program)
    window = window_of(program)
    window.go("prizes")
    first = program.room
    assert first is not None
    qtbot.keyClick(window, Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: window.work is None, timeout=PATIENCE)
    qtbot.waitUntil(lambda: program.room is not None and program.room is not first, timeout=PATIENCE)
    with pytest.raises(ProcessLookupError):
        os.kill(first.pid, 0)
    window.activateWindow()  # the offscreen platform forgets which window is active when pages go
    come_in(qtbot, program)
    assert window.work is not None and window.work.here()[0] == "prizes"


def test_without_the_token_the_window_says_which_one_to_bring(
    qtbot: QtBot, program: Program, office: Office
) -> None:
    for token in office.tokens.glob("*.json"):
        token.rename(token.with_suffix(".away"))
    come_in(qtbot, program)
    assert "金庫のトークン K-01 を差し込んでください" in window_of(program).status.said()


def test_a_room_that_dies_locks_the_window(qtbot: QtBot, program: Program) -> None:
    come_in(qtbot, program)
    window = window_of(program)
    room = program.room
    assert room is not None
    os.kill(room.pid, 9)
    qtbot.waitUntil(lambda: window.work is None, timeout=PATIENCE)
    window.activateWindow()
    come_in(qtbot, program)


def test_no_desk_opens_a_window_of_its_own(qtbot: QtBot, program: Program) -> None:
    """A widget that is shown before it has a parent flashes up beside the window and takes the keyboard."""
    come_in(qtbot, program, "S-0001")
    window = window_of(program)
    seen = TopLevels()
    application = QApplication.instance()
    link = program.link
    assert window.work is not None and application is not None and link is not None
    application.installEventFilter(seen)
    for desk in window.work.desks():
        window.go(desk)
        qtbot.waitUntil(lambda: not link.waiting(), timeout=PATIENCE)
    qtbot.wait(150)  # what a page does a moment after its answers, on all of them at once
    application.removeEventFilter(seen)
    assert seen.shown == []
