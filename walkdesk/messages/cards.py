"""The cards desk: one sheet a person and month, day by day from the numeric pad."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from walkdesk.domain.participants import Sex
from walkdesk.domain.steps import DayState
from walkdesk.messages.common import Done, ProblemNote
from walkdesk.messages.registry import asks


@dataclass(frozen=True, slots=True)
class CardLine:
    """One card of the month's list. ``state`` is ``waiting``, ``keying``, ``unreadable`` or ``done``."""

    number: str
    state: str
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CardBoard:
    """The month's cards: ``people`` = ``done`` + ``keying`` + ``unreadable`` + ``waiting``."""

    month: str
    people: int
    done: int
    keying: int
    unreadable: int
    waiting: int
    cards: tuple[CardLine, ...]
    months: tuple[str, ...]
    """The months that can be keyed today."""


@asks(CardBoard)
@dataclass(frozen=True, slots=True)
class LookAtCards:
    """``month`` "" asks for the month that is being keyed now."""

    month: str = ""


@dataclass(frozen=True, slots=True)
class CardDay:
    """One row of the card."""

    day: int
    weekday: int
    """0 Monday to 6 Sunday."""
    holiday: str
    """The holiday's name, or ""."""
    state: DayState
    steps: int | None


@dataclass(frozen=True, slots=True)
class CardSheet:
    """The card as on the paper."""

    number: str
    name: str
    age: int
    sex: Sex
    month: str
    days: tuple[CardDay, ...]
    median: int | None
    """Of the person's months before and of the days keyed so far; ``None`` while there are too few."""
    total: int
    written_total: int | None
    received_on: date | None
    state: str
    points: int
    undo: str = ""
    """What can be undone, as ``day:before`` for the sentence, or ""."""


@asks(CardSheet)
@dataclass(frozen=True, slots=True)
class OpenCard:
    """Opens a card by the person's number; the card counts as received today if it was not yet."""

    number: str
    month: str


@asks(CardSheet)
@dataclass(frozen=True, slots=True)
class NextCard:
    """Opens the next card that waits, after ``after``."""

    month: str
    after: str = ""


@dataclass(frozen=True, slots=True)
class DaySaved:
    """One day is on disk."""

    day: int
    total: int
    keyed_days: int
    before: CardDay
    after: CardDay
    warning: ProblemNote | None = None


@asks(DaySaved)
@dataclass(frozen=True, slots=True)
class SaveDay:
    """Saves one day. An unusual value is refused with a warning until ``confirmed`` (紙のとおり)."""

    number: str
    month: str
    day: int
    state: DayState
    steps: int | None = None
    confirmed: bool = False


@asks(DaySaved)
@dataclass(frozen=True, slots=True)
class UndoDay:
    """Takes back the last saved day of this card in this session."""

    number: str
    month: str


@dataclass(frozen=True, slots=True)
class CardFinished:
    """The card is through. ``hint`` says where a difference may come from."""

    number: str
    total: int
    written_total: int | None
    points: int
    state: str
    hint: ProblemNote | None = None


@asks(CardFinished)
@dataclass(frozen=True, slots=True)
class FinishCard:
    """Ends a card. A total that differs from the paper's stops it until ``accepted`` (合わないまま終える)."""

    number: str
    month: str
    written_total: int | None = None
    accepted: bool = False


@asks(Done)
@dataclass(frozen=True, slots=True)
class ReceiveCards:
    """受付: cards of a month arrived by post or at the counter (paper medium counted in)."""

    month: str
    numbers: tuple[str, ...]
    received_on: date
