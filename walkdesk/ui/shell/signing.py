"""An approver's room: started for one signature, heard once, and let go. The desk's own room stays as it is."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject

from walkdesk.domain.problem import Problem
from walkdesk.messages.countersign import Signature, SignOnce
from walkdesk.room.client import Client
from walkdesk.ui.shell.link import AsksRoom, RoomLink


class Sign(Protocol):
    """Has one statement signed; one of both is called later, in the window's thread."""

    def __call__(
        self, message: SignOnce, then: Callable[[Signature], None], otherwise: Callable[[Problem], None]
    ) -> None: ...


def nobody_signs(
    message: SignOnce, then: Callable[[Signature], None], otherwise: Callable[[Problem], None]
) -> None:
    """A window behind which no room can be started."""
    otherwise(Problem("shell.room_gone"))


def signing_starter(office: Path) -> Callable[[], AsksRoom]:
    """Approvers' rooms over one office, each a process of its own."""
    return lambda: Client(office, signing=True)


class SigningRooms(QObject):
    """The approvers' rooms of one window, one after the other."""

    def __init__(self, start: Callable[[], AsksRoom], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._start = start
        self._link: RoomLink | None = None

    def sign(self, message: SignOnce, then: Callable[[Signature], None], otherwise: Callable[[Problem], None]) -> None:
        """As ``Sign``; while one signs, nobody else does."""
        if self._link is not None:
            otherwise(Problem("shell.busy"))
            return
        link = self._link = RoomLink(self._start(), self)

        def after(call: Callable[[Any], None]) -> Callable[[Any], None]:
            def answered(answer: Any) -> None:
                self._let_go(link)
                call(answer)

            return answered

        link.ask(message, after(then), after(otherwise))

    def forget(self) -> None:
        """The window locks: what is still to be signed is not wanted any more."""
        if self._link is not None:
            self._let_go(self._link)

    def _let_go(self, link: RoomLink) -> None:
        if self._link is link:
            self._link = None
        # Ending waits for the process: on a thread of its own, the window stays alive.
        threading.Thread(target=link.close, name="end of signing room", daemon=True).start()
