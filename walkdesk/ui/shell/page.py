"""What a desk's page is, and what it may use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from walkdesk.domain.problem import Problem
from walkdesk.ui.look.parts.chips import ChipKind
from walkdesk.ui.look.tokens import Tone
from walkdesk.ui.shell.signing import Sign, nobody_signs


class Room(Protocol):
    """What a page may use of the vault room."""

    def ask(
        self,
        message: object,
        then: Callable[[Any], None],
        otherwise: Callable[[Problem], None] | None = None,
        progress: Callable[[Any], None] | None = None,
    ) -> int:
        """Asks the room; returns at once with a ticket.

        One of ``then`` (with the answer) and ``otherwise`` (with the problem) is called later in the window's
        thread, ``progress`` any number of times before. Without ``otherwise`` the problem's sentence goes to
        the status line. Once the window is locked none of them is called any more.
        """
        ...

    def cancel(self, ticket: int) -> None:
        """Asks the room to stop. The question is still answered: ``otherwise`` with the problem ``shell.cancelled``,
        or ``then`` when it was too late to stop.
        """
        ...


class Say(Protocol):
    """Writes a sentence into the status line, with the time of day."""

    def __call__(self, text: str, tone: Tone = "ok", icon: str = "check") -> None: ...


class Go(Protocol):
    """Goes to a desk, and there to a place that its page understands."""

    def __call__(self, desk: str, **place: Any) -> None: ...


@dataclass(frozen=True, slots=True)
class Person:
    """Who sits at the window. ``role`` is ``handler``, ``manager`` or ``auditor``; ``post`` is shown (取扱責任者)."""

    number: str
    name: str
    post: str
    role: str
    trained: bool = True
    """Whether this fiscal year's training is recorded, or none is needed."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The contract that is open, as the top bar shows it: its title, fiscal year and state."""

    title: str
    year: str = ""
    state: str = ""
    icon: str = "circle"
    kind: ChipKind = "accent"


@dataclass(frozen=True, slots=True)
class PageContext:
    """Everything that the shell gives to a page.

    ``say``    what was saved, into the status line: ``say(tr("cards.saved", day=19))``
    ``refuse`` a problem's sentence into the status line, in the danger colour
    ``hint``   the quiet words at the right of the status line; empty brings the shell's own back
    ``go``     ``go("cards", card=118)``
    ``badge``  the number on a desk's icon; 0 takes it away
    ``standing`` another contract, or its new state, into the top bar
    ``sign``   one signature of another person, in a room of that person's own
    """

    room: Room
    person: Person
    practice: bool
    say: Say
    refuse: Callable[[Problem], None]
    hint: Callable[[str], None]
    go: Go
    badge: Callable[[str, int], None]
    standing: Callable[[Standing], None]
    sign: Sign = nobody_signs

    @property
    def role(self) -> str:
        """``handler``, ``manager`` or ``auditor``."""
        return self.person.role


class Page(QWidget):
    """The page of a desk. It is made when the person first goes there and destroyed when the window locks."""

    keeps_drafts = True
    """Whether what is typed here and not saved may be kept in the vault; false where secrets are typed."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.setObjectName("page")
        self.context = context

    def enter(self, **place: Any) -> None:
        """The page becomes visible: load, and go to the place when one is given."""

    def changed(self, changes: Any) -> None:
        """Something changed (``changes.areas`` is a frozenset of area names): load again if concerned.

        A page out of sight need do nothing (``is_here``), because ``enter`` loads it anyway.
        """

    def place(self) -> dict[str, Any]:
        """Where the person is, as ``enter`` understands it: unlocking returns there. Numbers, never names."""
        return {}

    def is_here(self) -> bool:
        """Whether this page is the one that is seen."""
        return self.isVisible()
