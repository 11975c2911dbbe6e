"""Before and at the door: set-up, sign-in, lock, the contract on the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from walkdesk.domain.contract import ContractState
from walkdesk.domain.participants import Programme
from walkdesk.domain.people import Role
from walkdesk.domain.problem import Problem
from walkdesk.messages.common import Done
from walkdesk.messages.registry import asks


@dataclass(frozen=True, slots=True)
class OfficeFront:
    """What can be known without a key: nothing personal."""

    exists: bool
    practice: bool = False
    tokens: tuple[str, ...] = ()
    """Names of the contract tokens that are in a reader now, such as ``K-02``."""
    tokens_wanted: tuple[str, ...] = ()


@asks(OfficeFront)
@dataclass(frozen=True, slots=True)
class LookAtOffice:
    """Asks what the sign-in page needs to know."""


@dataclass(frozen=True, slots=True)
class ContractCard:
    """One contract as the shell shows it."""

    contract: str
    number: str
    programme: Programme
    year: int
    state: ContractState
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The door is open: who came in, what the office is, and the contract on the desk."""

    staff_number: str
    name: str
    post: str
    role: Role
    may_approve: bool
    office: str
    practice: bool
    now: datetime
    idle_minutes: int
    contracts: tuple[ContractCard, ...]
    entered: str | None
    """The contract whose vault is open, or ``None``."""
    waiting: str | None = None
    """The code of the problem that keeps the vault closed (``door.token_missing``), or ``None``."""
    waiting_name: str = ""
    """What it speaks of: the token's or the file's name, or the number of an entry."""
    previous_sign_in: datetime | None = None
    trained: bool = True
    """Whether this fiscal year's training is recorded, or none is needed; else only the training page is open."""


def waiting_problem(code: str, name: str) -> Problem:
    """The problem that keeps a vault closed, from what ``SignedIn`` tells of it."""
    return Problem(code, sequence=name) if code == "storage.trail_broken" else Problem(code, name=name)


@asks(SignedIn)
@dataclass(frozen=True, slots=True)
class SetUpOffice:
    """First start: the office, its certification, and its first manager, attested by the employer (clause 13)."""

    office: str
    address: str
    phone: str
    certification: str
    """``privacy_mark`` or ``isms``."""
    certification_number: str
    certification_expiry: date
    staff_number: str
    name: str
    post: str
    password: str
    attested_by: str
    practice: bool = False
    practice_date: date | None = None


@asks(SignedIn)
@dataclass(frozen=True, slots=True)
class SignIn:
    """Opens the office with a staff number and a password."""

    staff_number: str
    password: str


@asks(Done)
@dataclass(frozen=True, slots=True)
class SignOut:
    """Closes vault and office in good order; the room ends afterwards.

    ``reason``: ``sign_out``, or why the window locked: ``lock``, ``idle``, ``sleep`` (of the PC), ``desktop`` (locked).
    """

    reason: str = "sign_out"


@asks(SignedIn)
@dataclass(frozen=True, slots=True)
class EnterContract:
    """Opens the vault of another contract and closes the one before."""

    contract: str


@asks(SignedIn)
@dataclass(frozen=True, slots=True)
class SetPracticeDate:
    """Moves the date of a practice office; a real office refuses."""

    on: date
