"""From today's page to 250 printed letters, by two people at one PC, with every key counted."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.conftest import PASSWORD, Office
from tests.journeys.test_door import PATIENCE, come_in, window_of
from tests.services.closing_desk import crowd, fill
from tests.ui.desks import AUGUST
from walkdesk.domain.releases import ReleaseState
from walkdesk.messages.door import SignOut
from walkdesk.services.perform import perform
from walkdesk.ui.desks import DESKS
from walkdesk.ui.papers.page import PapersPage
from walkdesk.ui.releases.page import ReleasesPage
from walkdesk.ui.shell.program import Program, room_starter
from walkdesk.ui.shell.signing import signing_starter
from walkdesk.ui.shell.window import MainWindow

LETTERS = 250
RAIL = [desk.key for desk in DESKS if desk.in_rail]
MOST_OF_REQUESTER, MOST_OF_APPROVER = 12, 6
NOW = datetime(2018, 8, 9, 9, 41, 2, tzinfo=UTC)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="lp is the way of Linux")


@pytest.fixture
def program(office: Office, qtbot: QtBot) -> Iterator[Program]:
    """The program over an office with 250 people to whom nothing was sent."""
    session = office.sign_in("S-0142", AUGUST)
    fill(session, crowd(LETTERS))
    perform(session, SignOut())
    window = MainWindow(DESKS, clock=lambda: NOW, practice=True, version="0")
    qtbot.addWidget(window)
    folder = office.folder.path
    program = Program(window, room_starter(folder, [office.tokens]), True, signing_starter(folder))
    program.begin()
    window.show()
    yield program
    program.close()


@pytest.fixture
def tray(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A printer that keeps what it is given."""
    tray = tmp_path / "tray"
    for name, script in (("lpstat", "echo Office"), ("lp", f"cat > {tray}.part; mv {tray}.part {tray}")):
        path = tmp_path / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    return tray


class Hands:
    """Somebody's hands: every key that they press, a modifier too."""

    def __init__(self, window: Any) -> None:
        self.window = window
        self.keys = 0

    def press(self, keys: str) -> None:
        """A key, or a combination such as ``Ctrl+P``, which is two."""
        combination: Any = QKeySequence(keys)[0]
        self.keys += keys.count("+") + 1
        where = QApplication.focusWidget() or self.window
        QTest.keyClick(where, combination.key(), combination.keyboardModifiers())

    def password(self, field: Any) -> None:
        """The password is not counted."""
        assert field.hasFocus()
        field.setText(PASSWORD)


def test_two_hundred_and_fifty_letters_take_few_keys(qtbot: QtBot, program: Program, tray: Path) -> None:
    come_in(qtbot, program, "S-0142")
    window: Any = window_of(program)
    window.activateWindow()
    requester, approver = Hands(window), Hands(window)
    requester.press(f"Alt+{RAIL.index('papers') + 1}")
    qtbot.waitUntil(lambda: isinstance(window.work.page(), PapersPage), timeout=PATIENCE)
    qtbot.waitUntil(lambda: window.work.page().parts["letters"].ready() == LETTERS, timeout=PATIENCE)
    requester.press("F4")
    qtbot.waitUntil(lambda: isinstance(window.work.page(), ReleasesPage), timeout=PATIENCE)
    page = window.work.page()
    qtbot.waitUntil(lambda: page.details.countersign.isVisible(), timeout=PATIENCE)
    # The approver comes to the same PC.
    approver.press("F6")
    qtbot.waitUntil(lambda: page.countersign_form.password.hasFocus(), timeout=PATIENCE)
    approver.password(page.countersign_form.password)
    approver.press("Return")
    qtbot.waitUntil(lambda: page.table.release().state is ReleaseState.APPROVED, timeout=PATIENCE)
    qtbot.waitUntil(lambda: page.details.print.isVisible(), timeout=PATIENCE)
    requester.press("Ctrl+P")
    qtbot.waitUntil(page.taking.print_form.printer.hasFocus, timeout=PATIENCE)
    requester.press("Return")
    qtbot.waitUntil(tray.exists, timeout=PATIENCE)
    assert tray.read_bytes().count(b"/Type /Page\n") == LETTERS
    assert requester.keys <= MOST_OF_REQUESTER and approver.keys <= MOST_OF_APPROVER
