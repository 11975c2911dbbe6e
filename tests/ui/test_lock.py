"""The lock: whatever locks the window ends the room, and nothing of a participant stays in any widget."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QModelIndex, QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import PASSWORD, Office
from tests.journeys.canary import CARD, MISREAD, NAME, PHONE, WORDS, ward_list
from tests.services.desks import ledger_rows, take
from walkdesk.domain.problem import Problem
from walkdesk.messages.door import SignIn
from walkdesk.services.perform import perform
from walkdesk.ui.desks import DESKS
from walkdesk.ui.language import tr
from walkdesk.ui.shell.program import Program
from walkdesk.ui.shell.window import MainWindow

NOW = datetime(2018, 8, 9, 9, 41, 2, tzinfo=UTC)
DEFERRED_DELETE = 52


class NearRoom:
    """A room in this process: one worker over one session, ended by ``close``. ``gate`` holds its answers back."""

    pid = 0

    def __init__(self, office: Office, gate: threading.Event) -> None:
        self._worker = ThreadPoolExecutor(1)
        self._session = office.door()
        self._gate = gate
        self.ended = False

    def ask(
        self, message: Any, on_answer: Callable[[Any], None], on_progress: Callable[[Any], None] = lambda _: None
    ) -> int:
        def answer() -> None:
            if isinstance(message, SignIn):
                self._gate.wait(10)
            try:
                told: Any = perform(self._session, message, on_progress).answer
            except Problem as problem:
                told = problem
            on_answer(told)

        try:
            self._worker.submit(answer)
        except RuntimeError:  # as the real client says it when its room has ended
            on_answer(Problem("shell.room_gone"))
        return 1

    def cancel(self, number: int) -> None:
        """Nothing here takes long."""

    def close(self) -> None:
        self._worker.submit(self._session.close)
        self._worker.shutdown()
        self.ended = True


class Desk:
    """The program over near rooms, and a person who signs in."""

    def __init__(self, office: Office, qtbot: QtBot) -> None:
        self.office, self.qtbot = office, qtbot
        self.now = NOW
        self.rooms: list[NearRoom] = []
        self.gate = threading.Event()
        self.gate.set()
        self.window = MainWindow(DESKS, clock=lambda: self.now, practice=True, version="0")
        qtbot.addWidget(self.window)
        self.program = Program(self.window, self._start, office_exists=True)
        self.program.begin()
        self.window.show()

    def _start(self, on_changes: object, on_end: object) -> NearRoom:
        self.rooms.append(NearRoom(self.office, self.gate))
        return self.rooms[-1]

    def ask_in(self, number: str = "S-0142") -> None:
        """The password is sent."""
        self.window.signed_in_requested.emit(number, PASSWORD)

    def come_in(self) -> None:
        """Signed in, at the first desk."""
        with self.qtbot.waitSignal(self.program.opened, timeout=10_000):
            self.ask_in()

    def settle(self) -> None:
        """Every question of the pages is answered."""
        link = self.program.link
        assert link is not None
        self.qtbot.waitUntil(lambda: not link._open, timeout=10_000)
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: not link._open, timeout=10_000)

    def locked(self) -> None:
        """The room that was has ended, and the next one is there."""
        before = len(self.rooms)
        self.qtbot.waitUntil(lambda: all(room.ended for room in self.rooms[:-1]) and len(self.rooms) >= before)
        self.qtbot.waitUntil(lambda: self.program.room is self.rooms[-1] and not self.rooms[-1].ended)
        QApplication.sendPostedEvents(None, DEFERRED_DELETE)


@pytest.fixture
def desk(office: Office, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(office, qtbot)
    yield made
    made.gate.set()
    made.program.close()


def key(desk: Desk) -> None:
    QTest.keyClick(desk.window, Qt.Key.Key_F12)
    desk.qtbot.waitUntil(lambda: desk.window.work is None)


def five_minutes(desk: Desk) -> None:
    for _ in range(60):
        desk.window.idle.tick()


def clock_that_jumped(desk: Desk) -> None:
    desk.now += timedelta(hours=8)
    desk.window.idle.tick()


def sleep(desk: Desk) -> None:
    desk.program.leave("sleep")
    # The PC sleeps as soon as this returns.
    assert desk.rooms[0].ended


def desktop(desk: Desk) -> None:
    desk.program.leave("desktop")


@pytest.mark.parametrize(
    ("lock", "reason", "words"),
    [
        (key, "lock", "shell.status.locked"),
        (five_minutes, "idle", "shell.status.locked_idle"),
        (clock_that_jumped, "sleep", "shell.status.locked_sleep"),
        (sleep, "sleep", "shell.status.locked_sleep"),
        (desktop, "desktop", "shell.status.locked_desktop"),
    ],
)
def test_whatever_locks_ends_the_room_and_says_why(
    desk: Desk, lock: Callable[[Desk], None], reason: str, words: str
) -> None:
    desk.come_in()
    lock(desk)
    assert desk.window.work is None
    assert tr(words) in desk.window.status.said()
    desk.locked()
    assert [room.ended for room in desk.rooms] == [True, False]
    event, account, facts = next(
        row for row in reversed(ledger_rows(desk.office.sign_in("W-0001"))) if "lock" in row[0]
    )
    assert (event, account, json.loads(facts)["reason"]) == ("locked", "S-0142", reason)


def test_at_the_door_a_locked_desktop_changes_nothing(desk: Desk) -> None:
    desk.settle()
    page = desk.window.signin
    desk.program.leave("desktop")
    desk.program.leave("sleep")
    assert desk.window.signin is page
    assert [room.ended for room in desk.rooms] == [False]
    desk.come_in()


def test_a_password_under_way_does_not_open_the_desks_of_a_locked_pc(desk: Desk) -> None:
    desk.settle()
    desk.gate.clear()
    desk.ask_in()
    desk.program.leave("desktop")
    desk.gate.set()
    desk.locked()
    QApplication.processEvents()
    assert desk.window.work is None
    assert [room.ended for room in desk.rooms] == [True, False]
    desk.come_in()


def test_a_password_that_waits_for_a_room_is_forgotten(desk: Desk) -> None:
    desk.come_in()
    desk.window.lock()
    desk.ask_in()  # the next room is not there yet
    desk.program.leave("desktop")
    desk.locked()
    desk.settle()
    assert desk.window.work is None
    assert len(desk.rooms) == 2


def test_a_refused_password_leaves_the_room_to_the_next_try(desk: Desk) -> None:
    desk.settle()
    desk.window.signed_in_requested.emit("S-0142", "まちがったパスワード")
    page = desk.window.signin
    assert page is not None
    desk.qtbot.waitUntil(lambda: bool(page.password_field.note()))
    desk.program.leave("desktop")
    assert desk.window.signin is page
    assert len(desk.rooms) == 1


# What stays


_TEXTS: tuple[Any, ...] = ("QString", "QStringList", "QVariant")


def said(thing: QObject) -> Iterator[str]:
    """Every text of a widget or another object: title, tooltip, accessible names, contents, what a table holds."""
    meta = thing.metaObject()
    for number in range(meta.propertyCount()):
        if meta.property(number).typeName() in _TEXTS:
            yield str(meta.property(number).read(thing))
    for name in (bytes(one.data()).decode() for one in thing.dynamicPropertyNames()):
        with contextlib.suppress(RuntimeError):  # Qt's own notes, of a type that no text can be
            yield str(thing.property(name))
    if isinstance(thing, QComboBox):
        yield from (thing.itemText(row) for row in range(thing.count()))
    top = QModelIndex()
    if isinstance(thing, QAbstractItemModel):
        columns = thing.columnCount(top) if isinstance(thing, QAbstractTableModel) else 1
        yield from (
            str(thing.index(row, column, top).data(role))
            for row in range(min(thing.rowCount(top), 50))
            for column in range(columns)
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
        )
    # What a widget of ours keeps in order to draw it.
    for value in vars(thing).values() if hasattr(thing, "__dict__") else ():
        if not isinstance(value, QObject) and not callable(value):
            yield repr(value)


def undone(widget: QWidget) -> bool:
    """Whether Ctrl+Z would bring something back."""
    if isinstance(widget, QLineEdit):
        return widget.isUndoAvailable() or widget.isRedoAvailable()
    if isinstance(widget, (QTextEdit, QPlainTextEdit)):
        return widget.document().isUndoAvailable() or widget.document().isRedoAvailable()
    return False


def holders(words: Sequence[str] = tuple(WORDS)) -> list[str]:
    """The objects of the window that hold one of the words."""
    things: list[QObject] = []
    for widget in QApplication.allWidgets():
        things += [widget, *widget.findChildren(QObject, options=Qt.FindChildOption.FindDirectChildrenOnly)]
    return [
        f"{type(thing).__name__} {thing.objectName()}"
        for thing in things
        if any(word in text for text in said(thing) for word in words)
    ]


@pytest.fixture
def canary(office: Office, tmp_path: Any) -> None:
    """The canary is in the vault, nobody is in."""
    session = office.sign_in("S-0142", on=date(2018, 8, 9))
    take(session, "ward_list", ward_list(tmp_path))
    office.close()


def test_nothing_of_a_participant_stays_in_a_widget_or_on_the_clipboard(canary: None, desk: Desk) -> None:
    desk.come_in()
    window = desk.window
    for name, place in (("reception", {"view": "list"}), ("reception", {"number": CARD}), ("cards", {"number": CARD})):
        window.go(name, **place)
        desk.settle()
    window.go("reception", view="register")
    desk.settle()
    field = next(one for one in window.findChildren(QLineEdit, "register_name") if one.isVisible())
    QTest.keyClicks(field, "x")
    field.insert(NAME)
    field.selectAll()
    field.copy()
    QToolTip.showText(QPoint(10, 10), f"{MISREAD} {PHONE}", field)
    assert len(holders()) > 3
    assert any(undone(widget) for widget in window.findChildren(QWidget))
    assert QGuiApplication.clipboard().text().endswith(NAME)

    desk.program.leave("desktop")
    desk.locked()
    assert holders() == []
    assert not any(undone(widget) for widget in window.findChildren(QWidget))
    assert QGuiApplication.clipboard().text() == ""
    assert window.findChildren(QWidget, "register_name") == []


def test_the_place_to_return_to_is_numbers_only(canary: None, desk: Desk) -> None:
    desk.come_in()
    desk.window.go("reception", number=CARD)
    desk.settle()
    desk.program.leave("desktop")
    assert desk.window._last[:2] == ("S-0142", "reception")
    assert not any(word in repr(desk.window._last) for word in WORDS)
