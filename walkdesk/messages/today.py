"""今日: what waits, how far the month's cards are, where the contract stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from walkdesk.messages.cards import CardBoard
from walkdesk.messages.contracts import LifePoint
from walkdesk.messages.door import ContractCard
from walkdesk.messages.registry import asks


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits. ``kind`` is a key of the texts, ``desk`` and ``place`` say where it is done."""

    kind: str
    tone: str
    """``danger``, ``warn`` or ``neutral``."""
    count: int
    detail: str
    desk: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class WeekMean:
    """Mean steps a day in one week, by channel; ``None`` where nothing is keyed."""

    start: date
    card: int | None
    app: int | None


@dataclass(frozen=True, slots=True)
class TodayBoard:
    card: ContractCard
    today: date
    holiday: str
    cards: CardBoard | None
    deadline: date | None
    tasks: tuple[Task, ...]
    weeks: tuple[WeekMean, ...]
    life: tuple[LifePoint, ...]
    vault_agrees: bool
    """The vault agreed with its seal when it was opened."""
    inspected: bool
    """The ward's inspection of this fiscal year is recorded (clause 16)."""


@asks(TodayBoard)
@dataclass(frozen=True, slots=True)
class LookAtToday:
    """Asks for the page that everybody sees first."""
