"""The register of 業務従事者: designation, training, accounts (clauses 13 and 18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from walkdesk.domain.people import Role
from walkdesk.messages.common import Done
from walkdesk.messages.registry import asks


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
    """Enters a person into the register; ``role`` ``None`` for one without an account.

    ``reference`` is the ward's written designation of an auditor.
    """


    staff_number: str
    name: str
    post: str
    role: Role | None
    may_approve: bool
    sworn_on: date
    password: str | None = None
    reference: str = ""


@asks(Done)
@dataclass(frozen=True, slots=True)
class DesignatePerson:
    """Designates a person for the contract on the desk, as 取扱責任者 or 取扱者 (clause 13)."""

    staff_number: str


@asks(Done)
@dataclass(frozen=True, slots=True)
class RecordTraining:
    """Records one training of several people (clause 18)."""

    staff_numbers: tuple[str, ...]
    held_on: date
    content: str


@asks(Done)
@dataclass(frozen=True, slots=True)
class ReportDesignation:
    """Records that the designation was reported to the ward."""

    reported_on: date
    reference: str


@asks(Done)
@dataclass(frozen=True, slots=True)
class CloseAccount:
    """Ends a person's access: slots and account are taken away, the register keeps the person."""

    staff_number: str
    reason: str
