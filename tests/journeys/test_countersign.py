"""Two people at one PC, in the real window: the requester's room stays, the approver's comes, signs and goes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.conftest import PASSWORD, Office
from tests.journeys.test_door import PATIENCE, come_in, window_of
from tests.ui.desks import AUGUST, press, register
from walkdesk.domain.releases import ReleaseState
from walkdesk.messages.door import SignOut
from walkdesk.messages.releases import RequestLetters
from walkdesk.services.perform import perform
from walkdesk.ui.desks import DESKS
from walkdesk.ui.releases.page import ReleasesPage
from walkdesk.ui.shell.program import Program, room_starter
from walkdesk.ui.shell.signing import signing_starter
from walkdesk.ui.shell.window import MainWindow

NOW = datetime(2018, 8, 9, 9, 41, 2, tzinfo=UTC)


@pytest.fixture
def program(office: Office, qtbot: QtBot) -> Iterator[Program]:
    """The program over an office in which a handler asked to let letters out."""
    session = office.sign_in("S-0142", AUGUST)
    register(session)
    perform(session, RequestLetters("all", "参加案内の送付"))
    perform(session, SignOut())
    window = MainWindow(DESKS, clock=lambda: NOW, practice=True, version="0")
    qtbot.addWidget(window)
    folder = office.folder.path
    program = Program(window, room_starter(folder, [office.tokens]), True, signing_starter(folder))
    program.begin()
    window.show()
    yield program
    program.close()


def test_the_approver_comes_signs_and_goes(qtbot: QtBot, program: Program) -> None:
    come_in(qtbot, program)
    window: Any = window_of(program)
    room = program.room
    assert room is not None
    window.go("releases")
    page = window.work.page()
    assert isinstance(page, ReleasesPage)
    qtbot.waitUntil(lambda: page.details.countersign.isVisible(), timeout=PATIENCE)
    press(window, Qt.Key.Key_F6)
    form = page.countersign_form
    qtbot.waitUntil(form.isVisible, timeout=PATIENCE)
    for password, state in (("まちがった合言葉です", ReleaseState.REQUESTED), (PASSWORD, ReleaseState.APPROVED)):
        form.password.setText(password)
        press(form.password, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: form.save.isEnabled() and form.password.text() == "", timeout=PATIENCE)
        qtbot.waitUntil(lambda: page.table.release().state is state, timeout=PATIENCE)  # noqa: B023
    # The requester never left: the same room, the same desk.
    assert program.room is room and window.work.here()[0] == "releases"
