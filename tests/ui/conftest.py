"""Pages without a second process: a room that asks the services directly, and ears for what a page says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from walkdesk.domain.problem import Problem
from walkdesk.messages.common import Changes
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.ui.language import use
from walkdesk.ui.look import theme
from walkdesk.ui.shell.page import Page, PageContext, Person, Standing

PAGE_SIZE = (1196, 710)
"""A page inside the window of 1280 × 800: without rail, top bar and status line."""

W = TypeVar("W", bound=QWidget)


@dataclass
class Heard:
    """What pages said to the shell."""

    said: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    went: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    badges: dict[str, int] = field(default_factory=dict)
    hints: list[str] = field(default_factory=list)
    standings: list[Standing] = field(default_factory=list)


class DirectRoom(QObject):
    """``Room`` over a session of this process; like the real one it answers later, never at once."""

    def __init__(
        self,
        session: Session,
        answers: Mapping[type, Callable[[Any], Any]],
        refuse: Callable[[Problem], None],
    ) -> None:
        super().__init__()
        self.session = session
        self.asked: list[object] = []
        self.pages: list[Page] = []
        self._answers = answers
        self._refuse = refuse
        self._tickets = count(1)
        self._open: set[int] = set()

    def ask(
        self,
        message: object,
        then: Callable[[Any], None],
        otherwise: Callable[[Problem], None] | None = None,
        progress: Callable[[Any], None] | None = None,
    ) -> int:
        """Asks the services as soon as Qt is back in its loop."""
        ticket = next(self._tickets)
        self._open.add(ticket)
        self.asked.append(message)
        QTimer.singleShot(0, self, lambda: self._answer(ticket, message, then, otherwise, progress))
        return ticket

    def cancel(self, ticket: int) -> None:
        """Forgets a question."""
        self._open.discard(ticket)

    def busy(self) -> bool:
        """Whether anything was asked that is not answered yet."""
        return bool(self._open)

    def _answer(
        self,
        ticket: int,
        message: object,
        then: Callable[[Any], None],
        otherwise: Callable[[Problem], None] | None,
        progress: Callable[[Any], None] | None,
    ) -> None:
        if ticket not in self._open:
            return
        areas: frozenset[str] = frozenset()
        try:
            made = self._answers.get(type(message))
            if made is not None:
                answer = made(message)
            else:
                outcome = perform(self.session, message, progress or (lambda _: None))
                answer, areas = outcome.answer, outcome.changes
        except Problem as problem:
            self._open.discard(ticket)
            (otherwise or self._refuse)(problem)
            return
        self._open.discard(ticket)
        then(answer)
        if areas:
            for page in self.pages:
                page.changed(Changes(areas))


@pytest.fixture(autouse=True)
def _look(qapp: QApplication) -> None:
    theme.apply(qapp, theme.Scheme.LIGHT)
    use("ja")


@pytest.fixture
def heard() -> Heard:
    """What the pages of this test said to the shell."""
    return Heard()


@pytest.fixture
def context_for(heard: Heard) -> Callable[..., PageContext]:
    """``context_for(session, answers={LookAtToday: lambda message: board})``: what the shell gives to a page.

    ``answers`` stands in for services where a test wants a special answer.
    """

    def make(session: Session, answers: Mapping[type, Callable[[Any], Any]] | None = None) -> PageContext:
        member = session.member
        assert member is not None
        return PageContext(
            room=DirectRoom(session, answers or {}, heard.problems.append),
            person=Person(member.staff_number, member.name, member.post, member.role.value),
            practice=True,
            say=lambda text, tone="ok", icon="check": heard.said.append(text),
            refuse=heard.problems.append,
            hint=heard.hints.append,
            go=lambda desk, **place: heard.went.append((desk, place)),
            badge=heard.badges.__setitem__,
            standing=heard.standings.append,
        )

    return make


class Hands:
    """A page on the screen and someone at the keyboard."""

    def __init__(self, page: Page, bot: QtBot) -> None:
        self.page, self.bot = page, bot
        self.room = page.context.room
        assert isinstance(self.room, DirectRoom)
        self.room.pages.append(page)

    def wait(self) -> None:
        """Until everything that was asked is answered."""
        self.bot.waitUntil(lambda: not self.room.busy())  # type: ignore[attr-defined]
        QApplication.processEvents()

    def find(self, kind: type[W], name: str) -> W:
        """The widget with an object name."""
        found = self.page.findChild(kind, name)
        assert found is not None, f"no {kind.__name__} named {name}"
        return found

    def enter(self, **place: Any) -> None:
        """Goes to a place of the page."""
        self.page.enter(**place)
        self.wait()

    def type(self, name: str, text: str) -> None:
        """Types into a field, in the place of what stood there."""
        widget = self.find(QWidget, name)
        widget.setFocus()
        select = getattr(widget, "selectAll", None)
        if select is not None:
            select()
        self.bot.keyClicks(widget, text)

    def press(self, keys: str) -> None:
        """Presses a key or a combination, as ``Ctrl+S``, where the keyboard is."""
        where = QApplication.focusWidget() or self.page
        sequence = _combination(keys)
        self.bot.keyClick(where, sequence[0], sequence[1])
        self.wait()


def _combination(keys: str) -> tuple[Any, Any]:
    from PySide6.QtGui import QKeySequence

    pressed = QKeySequence(keys)[0]
    return pressed.key(), pressed.keyboardModifiers()


@pytest.fixture
def hands(qtbot: QtBot) -> Iterator[Callable[..., Hands]]:
    """``hands(page, **place)``: shows a page, enters it, waits for its answers."""

    def show(page: Page, **place: Any) -> Hands:
        qtbot.addWidget(page)
        page.resize(*PAGE_SIZE)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        made = Hands(page, qtbot)
        made.enter(**place)
        return made

    yield show
