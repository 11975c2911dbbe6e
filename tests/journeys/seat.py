"""The seat (席): the real program in a process of its own, with a journey in the place of a person's hands.

``python -m tests.journeys.seat MODULE:FUNCTION [--watch] [--readable] [ARGUMENT ...]`` in an environment with
``SEAT_OFFICE`` and ``SEAT_TOKENS`` starts walkdesk as ``python -m walkdesk`` does; where the program would wait for
its person, FUNCTION is called with the ``Seat`` and the arguments. ``--watch`` tells every socket of window and room
on stderr (``tests.room.launcher``), ``--readable`` lets the memory of both be read by who is allowed to.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.room.launcher import READABLE, WATCH, launched, make_readable, watch

PATIENCE = 30.0
TURN = 5
"""Milliseconds of the event loop between two looks."""
QUIET_TURNS = 4


class Seat:
    """The window that a person sits at, and what hands and eyes do there."""

    def __init__(self, window: Any, program: Any) -> None:
        self.window = window
        self.program = program
        self._link: Any = None
        self._busy = False

    def turn(self, milliseconds: int = TURN) -> None:
        """Lets the window work for a moment."""
        from PySide6.QtCore import QEventLoop, QTimer

        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def until(self, seen: Callable[[], object], what: str = "") -> None:
        """Waits until something is there; ``TimeoutError`` with what was waited for."""
        end = time.monotonic() + PATIENCE
        while not seen():
            if time.monotonic() > end:
                raise TimeoutError(what or "the window")
            self.turn()

    def settled(self) -> None:
        """Waits until the pages have asked for everything and shown it."""
        quiet = 0
        self._hear_link()
        end = time.monotonic() + PATIENCE
        while quiet < QUIET_TURNS:
            self.turn()
            quiet = 0 if self._busy else quiet + 1
            if time.monotonic() > end:
                raise TimeoutError("an answer of the room")

    def at_door(self) -> None:
        """Waits until the sign-in page is there and a room behind it has answered."""
        self.until(lambda: self.window.signin is not None and self.program.link is not None, "the door")
        self.settled()

    def come_in(self, number: str, password: Callable[[Any], None]) -> float:
        """Signs in with the keyboard; ``password`` types it into its field.

        Returns the seconds from the last key to the first desk, filled and painted.
        """
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        self.at_door()
        page = self.window.signin
        write(page.number, number)
        password(page.password)
        opened: list[object] = []
        self.program.opened.connect(opened.append)
        begun = time.perf_counter()
        QTest.keyClick(page.password, Qt.Key.Key_Return)
        self.until(lambda: opened or (page.button.isEnabled() and page.password_field.note()), "the desks")
        if not opened:
            raise PermissionError(page.password_field.note())
        self._hear_link()
        # Answered, shown and painted: from now on the next key does something.
        self.until(lambda: not self._busy, "the first desk")
        self.window.grab()
        taken = time.perf_counter() - begun
        self.settled()
        return taken

    def lock(self) -> None:
        """Locks as a person does, and waits until the room is gone and the next one answers at the door."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        room = self.program.room
        QTest.keyClick(self.window, Qt.Key.Key_F12)
        self.until(lambda: self.program.room is not None and self.program.room is not room, "the next room")
        self.at_door()

    def go(self, desk: str, **place: Any) -> None:
        """Another desk, filled."""
        self.window.go(desk, **place)
        self.settled()

    def find(self, name: str) -> Any:
        """A visible part of the window by its object name; ``LookupError`` where there is none."""
        from PySide6.QtWidgets import QWidget

        found = [part for part in self.window.findChildren(QWidget, name) if part.isVisible()]
        if not found:
            raise LookupError(name)
        return found[0]

    def write(self, name: str, text: str) -> None:
        """Writes into a field."""
        write(self.find(name), text)

    def choose(self, name: str, key: str) -> None:
        """Chooses in a list of choices."""
        self.find(name).choose(key)
        self.settled()

    def press(self, name: str) -> None:
        """Presses a button, and waits for what comes of it."""
        button = self.find(name)
        if not button.isEnabled():
            raise LookupError(f"{name} cannot be pressed")
        button.click()
        self.settled()

    def keys(self, keys: str) -> None:
        """Presses a key or a combination wherever the keyboard is."""
        from tests.ui.keyboard import press

        press(self.window, keys)
        self.settled()

    def type(self, text: str) -> None:
        """Types wherever the keyboard is."""
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        QTest.keyClicks(QApplication.focusWidget() or self.window, text)

    def tell(self, **facts: Any) -> None:
        """Says something to the test, as one line."""
        sys.stdout.write(json.dumps(facts) + "\n")
        sys.stdout.flush()

    def wait_for_test(self) -> str:
        """Waits for a line of the test."""
        return sys.stdin.readline().strip()

    def _hear_link(self) -> None:
        link = self.program.link
        if link is not self._link and link is not None:
            self._link, self._busy = link, bool(getattr(link, "_open", False))
            link.busy.connect(self._set_busy)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy


def write(field: Any, text: str) -> None:
    """Types into a field, in the place of what stood there."""
    from tests.ui.keyboard import write as by_keyboard

    by_keyboard(field, text)


def command(journey: str, *arguments: str) -> list[str]:
    """How a seat is started."""
    return [sys.executable, "-m", "tests.journeys.seat", journey, *arguments]


def surroundings(office: Path, tokens: Path, home: Path | None = None) -> dict[str, str]:
    """The variables of a seat. ``home`` makes every folder into which a program may write one of the test's own."""
    variables = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "SEAT_OFFICE": str(office),
        "SEAT_TOKENS": str(tokens),
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
        # What Python keeps of its own modules tells of nobody, and would be written beside them.
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    if home is not None:
        for name, below in _PLACES.items():
            folder = home / below
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            variables[name] = str(folder)
    return variables


_PLACES = {
    "HOME": ".",
    "TMPDIR": "tmp",
    "XDG_DATA_HOME": ".local/share",
    "XDG_CONFIG_HOME": ".config",
    "XDG_CACHE_HOME": ".cache",
    "XDG_STATE_HOME": ".local/state",
    "XDG_RUNTIME_DIR": "run",
}


def main() -> int:
    """Starts the program and plays the journey."""
    journey, *rest = sys.argv[1:]
    flags = [word for word in rest if word in (WATCH, READABLE)]
    arguments = [word for word in rest if word not in flags]
    if WATCH in flags:
        watch("window")
    if READABLE in flags:
        make_readable()

    from PySide6.QtWidgets import QApplication

    from walkdesk import app
    from walkdesk.room import client
    from walkdesk.ui.shell.program import Program
    from walkdesk.ui.shell.window import MainWindow

    if flags:
        plain = client.room_command
        client.room_command = lambda office, tokens=(): launched(plain(office, tokens), flags)
    module, _, function = journey.partition(":")
    faults: list[BaseException] = []

    def play(*_: object) -> int:
        window = next(one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))
        program = next(iter(window.findChildren(Program)))
        try:
            getattr(importlib.import_module(module), function)(Seat(window, program), *arguments)
        except BaseException as fault:  # noqa: BLE001 - raised again when the program has ended in good order
            faults.append(fault)
            return 1
        return 0

    QApplication.exec = play  # type: ignore[method-assign]
    code = app.main(["--office", os.environ["SEAT_OFFICE"], "--tokens", os.environ["SEAT_TOKENS"]])
    if faults:
        raise faults[0]
    return code


if __name__ == "__main__":
    sys.exit(main())
