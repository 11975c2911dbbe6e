"""The register of 業務従事者: designation, training, accounts (clauses 13 and 18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from walkdesk.domain.people import Lack, Role
from walkdesk.messages.common import Done
from walkdesk.messages.registry import asks

TRAINING = "training"
"""The area of ``Changes`` that tells a window that somebody's training was recorded: its desks may open now."""


@dataclass(frozen=True, slots=True)
class TrainingRow:
    """教育: one training of a person."""

    held_on: date
    fiscal_year: int
    content: str
    law: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person of the register."""

    staff_number: str
    name: str
    post: str
    role: Role | None
    """``None``: works without an account."""
    may_approve: bool
    has_account: bool
    trained_on: date | None
    """The training of the current fiscal year, if recorded."""
    sworn_on: date | None
    designated: bool
    """Designated for the contract on the desk."""
    active: bool
    opens: bool
    """Has a slot for the vault on the desk: a designation without one is to be made again."""
    sworn_after_end: bool
    """Whether the 誓約 binds after the end of the work too."""
    law_told_on: date | None
    """条例・法の周知."""
    left_on: date | None
    trainings: tuple[TrainingRow, ...]
    """Of every year, the newest first."""
    lacks: tuple[Lack, ...]
    """What is still missing; of somebody who works here only."""


@dataclass(frozen=True, slots=True)
class PeopleList:
    people: tuple[PersonRow, ...]
    law: str
    """The name of the law that training makes known, from the office's settings (clause 18)."""


@asks(PeopleList)
@dataclass(frozen=True, slots=True)
class ListPeople:
    """Asks for the register."""


@asks(Done)
@dataclass(frozen=True, slots=True)
class RegisterPerson:
    """Enters a person into the register; ``role`` ``None`` for one without an account (day-of-event staff).

    ``reference`` is the ward's written designation of an auditor; ``sworn_on`` ``None`` while there is no 誓約 yet.
    """

    staff_number: str
    name: str
    post: str
    role: Role | None
    may_approve: bool
    sworn_on: date | None
    password: str | None = None
    reference: str = ""
    sworn_after_end: bool = False


@asks(Done)
@dataclass(frozen=True, slots=True)
class GiveAccount:
    """Gives an account to somebody who was registered without one; they type the password themselves.

    A role that the register already holds stays: another one is refused. ``reference`` as in ``RegisterPerson``.
    """

    staff_number: str
    role: Role
    may_approve: bool
    password: str
    reference: str = ""


@asks(Done)
@dataclass(frozen=True, slots=True)
class ChangePerson:
    """Changes what somebody does here and whether they approve. Name and role stay: they stand in the evidence."""

    staff_number: str
    post: str
    may_approve: bool
    reason: str
    knowing: bool = False
    """That this leaves an open contract without a second person who approves."""


@asks(Done)
@dataclass(frozen=True, slots=True)
class RecordOath:
    """Records the 誓約 of several people, signed on one day (clause 3)."""

    staff_numbers: tuple[str, ...]
    sworn_on: date
    after_end: bool


@asks(Done)
@dataclass(frozen=True, slots=True)
class RecordLawTold:
    """Records that the law was made known to several people (clause 18)."""

    staff_numbers: tuple[str, ...]
    told_on: date


@asks(Done)
@dataclass(frozen=True, slots=True)
class DesignatePerson:
    """Designates a person for the contract on the desk, as 取扱責任者 or 取扱者 (clause 13)."""

    staff_number: str


@asks(Done)
@dataclass(frozen=True, slots=True)
class RecordTraining:
    """Records one training of several people (clause 18); with ``law_told`` the law was made known there too."""

    staff_numbers: tuple[str, ...]
    held_on: date
    content: str
    law_told: bool = False


@asks(Done)
@dataclass(frozen=True, slots=True)
class ReportDesignation:
    """Records that the designation was reported to the ward."""

    reported_on: date
    reference: str


@asks(Done)
@dataclass(frozen=True, slots=True)
class CloseAccount:
    """Ends a person's work here: slots and account are taken away, the register keeps the person.

    ``knowing`` that this leaves an open contract without a second person who approves.
    """

    staff_number: str
    reason: str
    knowing: bool = False
