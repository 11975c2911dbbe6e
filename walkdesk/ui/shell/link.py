"""The window's side of the room: carries answers from the client's reader thread into Qt's thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, Signal

from walkdesk.domain.problem import Problem


class AsksRoom(Protocol):
    """What the link needs of ``room.client.Client``; its callbacks come from the client's own thread."""

    @property
    def pid(self) -> int:
        """The room's process id."""
        ...

    def ask(
        self,
        message: Any,
        on_answer: Callable[[Any], None],
        on_progress: Callable[[Any], None] = ...,
    ) -> int:
        """Sends a message; ``on_answer`` gets the answer or a ``Problem``. Returns the number of the question."""
        ...

    def cancel(self, number: int) -> None:
        """Asks the room to stop."""
        ...

    def close(self) -> None:
        """Ends the room."""
        ...


@dataclass(frozen=True, slots=True)
class _Question:
    then: Callable[[Any], None]
    otherwise: Callable[[Problem], None] | None
    progress: Callable[[Any], None] | None


class RoomLink(QObject):
    """A ``Room`` for the pages, over one client. ``close`` ends the room and forgets every open question.

    What the client hears without having asked is passed on with ``tell`` and ``gone``, from any thread.
    """

    changed = Signal(object)
    """What an answer changed (``Changes``): from ``tell``, or from an answer with an attribute ``changes``."""
    ended = Signal()
    """The room ended by itself: everything open is lost, nothing saved is."""
    refused = Signal(object)
    """A ``Problem`` that no page takes care of."""
    busy = Signal(bool)
    """Whether any question is open."""

    _answered = Signal(int, object)
    _moved_on = Signal(int, object)
    _heard = Signal(object)
    _went = Signal()

    def __init__(self, client: AsksRoom, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._closed = False
        self._tickets = count(1)
        self._open: dict[int, _Question] = {}
        self._numbers: dict[int, int] = {}
        self._answered.connect(self._take_answer, Qt.ConnectionType.QueuedConnection)
        self._moved_on.connect(self._take_progress, Qt.ConnectionType.QueuedConnection)
        self._heard.connect(self.changed, Qt.ConnectionType.QueuedConnection)
        self._went.connect(self._take_end, Qt.ConnectionType.QueuedConnection)

    def ask(
        self,
        message: object,
        then: Callable[[Any], None],
        otherwise: Callable[[Problem], None] | None = None,
        progress: Callable[[Any], None] | None = None,
    ) -> int:
        """Asks the room; see ``Room.ask``."""
        # The ticket is ours: the answer may arrive before the client's own number is known here.
        ticket = next(self._tickets)
        self._open[ticket] = _Question(then, otherwise, progress)
        if len(self._open) == 1:
            self.busy.emit(True)
        try:
            self._numbers[ticket] = self._client.ask(
                message,
                lambda answer: self._answered.emit(ticket, answer),
                lambda step: self._moved_on.emit(ticket, step),
            )
        except Problem as problem:
            self._answered.emit(ticket, problem)
        return ticket

    def cancel(self, ticket: int) -> None:
        """Asks the room to stop; see ``Room.cancel``."""
        number = self._numbers.get(ticket)
        if number is not None:
            self._client.cancel(number)

    def waiting(self) -> bool:
        """Whether any question is open."""
        return bool(self._open)

    def forget(self) -> None:
        """Drops every open question: what arrives later finds nobody."""
        self._open.clear()
        self._numbers.clear()

    def close(self) -> None:
        """Ends the room; answers under way are dropped. Once more does nothing."""
        self.forget()
        if not self._closed:
            self._closed = True
            self._client.close()

    def tell(self, changes: object) -> None:
        """For the client's thread: something changed."""
        self._heard.emit(changes)

    def gone(self) -> None:
        """For the client's thread: the room has ended."""
        self._went.emit()

    def _take_end(self) -> None:
        if not self._closed:
            self.ended.emit()

    def _take_answer(self, ticket: int, answer: object) -> None:
        question = self._open.pop(ticket, None)
        self._numbers.pop(ticket, None)
        if question is None:
            return
        if not self._open:
            self.busy.emit(False)
        if isinstance(answer, Problem):
            if question.otherwise is not None:
                question.otherwise(answer)
            else:
                self.refused.emit(answer)
            return
        changes = getattr(answer, "changes", None)
        if changes is not None:
            self.changed.emit(changes)
        question.then(answer)

    def _take_progress(self, ticket: int, step: object) -> None:
        question = self._open.get(ticket)
        if question is not None and question.progress is not None:
            question.progress(step)
