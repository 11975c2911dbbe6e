"""Windows in tests: the look, and a room that answers in this process through ``services.perform``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from walkdesk.domain.problem import Problem
from walkdesk.messages.common import Changes
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.ui import language
from walkdesk.ui.look import theme
from walkdesk.ui.look.tokens import Tone
from walkdesk.ui.shell.page import PageContext, Person, Standing


class DirectRoom:
    """The room of a page under test: asks the services of one session, answers a moment later.

    It also keeps what the page told the shell: ``said``, ``refused``, ``hints``, ``went``, ``badges``, ``standings``.
    Pages in ``pages`` hear of changes.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self.asked: list[object] = []
        self.open = 0
        self.closed = False
        self.pages: list[Any] = []
        self.said: list[str] = []
        self.refused: list[Problem] = []
        self.hints: list[str] = []
        self.went: list[tuple[str, dict[str, Any]]] = []
        self.badges: dict[str, int] = {}
        self.standings: list[Standing] = []

    def ask(
        self,
        message: object,
        then: Callable[[Any], None],
        otherwise: Callable[[Problem], None] | None = None,
        progress: Callable[[Any], None] | None = None,
    ) -> int:
        """Answers in the next turn of the event loop."""
        self.asked.append(message)
        self.open += 1
        QTimer.singleShot(0, lambda: self._answer(message, then, otherwise, progress))
        return len(self.asked)

    def cancel(self, ticket: int) -> None:
        """Answers here come at once: there is nothing to stop."""

    def _answer(
        self,
        message: object,
        then: Callable[[Any], None],
        otherwise: Callable[[Problem], None] | None,
        progress: Callable[[Any], None] | None,
    ) -> None:
        self.open -= 1
        if self.closed:
            return
        try:
            outcome = perform(self.session, message, progress or (lambda _step: None))
        except Problem as problem:
            (otherwise or self.refused.append)(problem)
            return
        if outcome.changes:
            for page in self.pages:
                page.changed(Changes(outcome.changes))
        then(outcome.answer)

    def say(self, text: str, tone: Tone = "ok", icon: str = "check") -> None:
        """The status line."""
        self.said.append(text)

    def go(self, desk: str, **place: Any) -> None:
        """Another desk."""
        self.went.append((desk, place))


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    """The light look and Japanese."""
    theme.apply(qapp, theme.Scheme.LIGHT)
    language.use("ja")


@pytest.fixture
def context_for() -> Iterator[Callable[[Session], PageContext]]:
    """``context_for(session)``: what the shell would give to a page; ``context.room`` is a ``DirectRoom``.

    After the test it answers nothing any more: the pages are gone.
    """
    rooms: list[DirectRoom] = []

    def make(session: Session) -> PageContext:
        room = DirectRoom(session)
        rooms.append(room)
        member = session.member
        assert member is not None
        return PageContext(
            room=room,
            person=Person(member.staff_number, member.name, member.post, member.role.value),
            practice=True,
            say=room.say,
            refuse=room.refused.append,
            hint=room.hints.append,
            go=room.go,
            badge=room.badges.__setitem__,
            standing=room.standings.append,
        )

    yield make
    for room in rooms:
        room.closed = True


@pytest.fixture
def visit(qtbot: Any) -> Callable[..., Any]:
    """``visit(PageClass, context, **place)``: the page on the screen, loaded, in the size it has in the window."""

    def show(make: Callable[[PageContext], Any], context: PageContext, **place: Any) -> Any:
        page = make(context)
        qtbot.addWidget(page)
        page.resize(1196, 700)
        context.room.pages.append(page)  # type: ignore[attr-defined]
        page.show()
        page.activateWindow()
        page.enter(**place)
        settled(qtbot, context)
        return page

    return show


@pytest.fixture
def settle(qtbot: Any) -> Callable[[PageContext], None]:
    """``settle(context)``: every question is answered, and those that the answers led to."""
    return lambda context: settled(qtbot, context)


@pytest.fixture
def part() -> Callable[[QWidget, str], Any]:
    """``part(page, "cards_grid")``: the one widget with this name."""

    def find(page: QWidget, name: str) -> Any:
        found = page.findChildren(QWidget, name)
        assert len(found) == 1, f"{len(found)} widgets are called {name}"
        return found[0]

    return find


def settled(qtbot: Any, context: PageContext) -> None:
    """Waits until no question is open."""
    room = context.room
    qtbot.waitUntil(lambda: room.open == 0, timeout=10_000)  # type: ignore[attr-defined]
    QApplication.processEvents()
    qtbot.waitUntil(lambda: room.open == 0, timeout=10_000)  # type: ignore[attr-defined]
