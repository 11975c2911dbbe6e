"""The reception desk: 個別消去, the erasure of one participant while the contract is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from walkdesk.messages.common import Done, FreePaper, ProblemNote
from walkdesk.messages.registry import asks

REASONS = ("withdrawal", "request", "mistake", "ward")
"""Why a person goes: 参加の取りやめ, 消去の請求, 誤登録, 区の指示. A closed list: the ledger names nobody."""


@dataclass(frozen=True, slots=True)
class ErasureLine:
    """How many records of one kind go; ``kind`` is the table's name."""

    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class ErasurePlan:
    """What an individual erasure would take; nothing is changed yet."""

    number: str
    lines: tuple[ErasureLine, ...]
    sheets: int
    """台紙 on paper, which no program erases."""
    blocked: ProblemNote | None
    """What must be closed before."""


@asks(ErasurePlan)
@dataclass(frozen=True, slots=True)
class PlanErasure:
    """Shows what would go with one participant."""

    number: str


@asks(Done)
@dataclass(frozen=True, slots=True)
class EraseParticipant:
    """Erases one participant. ``confirm`` is the number typed once more; ``reason`` one of ``REASONS``."""

    number: str
    requested_on: date
    reason: str
    confirm: str


@dataclass(frozen=True, slots=True)
class ErasureRow:
    """One individual erasure, as the ledger tells it."""

    number: str
    """Of its certificate."""
    at: datetime
    requested_on: date
    reason: str
    records: int
    ledger: int


@dataclass(frozen=True, slots=True)
class ErasureRegister:
    """All of the contract, newest first."""

    rows: tuple[ErasureRow, ...]


@asks(ErasureRegister)
@dataclass(frozen=True, slots=True)
class ListErasures:
    """The individual erasures of the contract on the desk."""


@asks(FreePaper)
@dataclass(frozen=True, slots=True)
class MakeErasurePaper:
    """The 個別消去証明書 with a number, as PDF."""

    number: str
