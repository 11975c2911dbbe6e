"""The registers (台帳): copies, paper, 提供先, 持出し, instructions, inspections, incidents, guidance."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from walkdesk.domain.incidents import Counter
from walkdesk.domain.measures import Measure
from walkdesk.domain.participants import Programme
from walkdesk.domain.registers import EntryState, Register
from walkdesk.messages.common import Done, FreePaper
from walkdesk.messages.registry import asks


@dataclass(frozen=True, slots=True)
class RegisterCount:
    """One register in the list of registers."""

    register: Register
    open: int
    overdue: int
    closed: int


@dataclass(frozen=True, slots=True)
class FormerValue:
    """What stood in a field before a correction."""

    at: datetime
    by: str
    field: str
    before: str
    reason: str


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One line of a register. It names staff and the ward's officers, never participants.

    ``source`` is empty for what was entered here; else the table that the line is shown from (``release``,
    ``token``, ``sheet``), and ``title`` is a key of the texts with its ``facts``.
    """

    entry: str
    register: Register
    contract: str
    """The contract's number; empty for the whole office."""
    title: str
    opened_on: date
    due: date | None
    closed_on: date | None
    state: EntryState
    values: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    """The names of the staff numbers in ``values``."""
    recorded_by: str = ""
    recorded_at: datetime | None = None
    closed_by: str = ""
    history: tuple[FormerValue, ...] = ()
    source: str = ""
    facts: dict[str, str | int] = field(default_factory=dict)
    programme: Programme | None = None
    """Of an inspection: whose checklist it went through."""
    counters: tuple[Counter, ...] = ()
    duties: tuple[str, ...] = ()
    """Of an incident: why it has to be reported to the authority."""


@dataclass(frozen=True, slots=True)
class StaffChoice:
    """Somebody who can stand in a field of a register."""

    staff_number: str
    name: str
    manager: bool


@dataclass(frozen=True, slots=True)
class RegisterBoard:
    """The registers, and the lines of one of them, newest first."""

    counts: tuple[RegisterCount, ...]
    register: Register
    entries: tuple[EntryRow, ...]
    staff: tuple[StaffChoice, ...]
    contract: str
    """The number of the contract on the desk; empty where none is."""
    now: datetime
    checklist: tuple[Measure, ...]
    """What an inspection of the contract on the desk goes through."""
    inspected: bool
    """The contract on the desk was inspected in this fiscal year (clause 16)."""
    may_write: bool
    may_close: bool
    releases: tuple[str, ...]
    """The numbers of the releases on the desk: persons concerned can be counted by them."""


@asks(RegisterBoard)
@dataclass(frozen=True, slots=True)
class LookAtRegisters:
    """Asks for the registers and for the lines of one."""

    register: Register


@asks(Done)
@dataclass(frozen=True, slots=True)
class EnterEntry:
    """A new line; ``of_office`` for one that is about no single contract."""

    register: Register
    values: dict[str, str]
    of_office: bool = False


@asks(Done)
@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """Adds to a line or corrects it. ``values`` are the fields that change; a correction needs its ``reason``."""

    entry: str
    values: dict[str, str]
    reason: str = ""


@asks(Done)
@dataclass(frozen=True, slots=True)
class CloseEntry:
    """What became of it, and when."""

    entry: str
    on: date
    values: dict[str, str]


@asks(FreePaper)
@dataclass(frozen=True, slots=True)
class PrintRegister:
    """A register as PDF. It holds no participant's data and may leave freely."""

    register: Register


@dataclass(frozen=True, slots=True)
class ConcernedWay:
    """One way to count the persons concerned: its key and a number of the program (a release, an import, a channel)."""

    by: str
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class ConcernedWays:
    """How many persons each way would count."""

    ways: tuple[ConcernedWay, ...]


@asks(ConcernedWays)
@dataclass(frozen=True, slots=True)
class ListConcerned:
    """Asks how the persons concerned by an incident can be counted in the open vault."""


@asks(Done)
@dataclass(frozen=True, slots=True)
class CountConcerned:
    """Counts the persons concerned in the open vault and keeps the number, and nothing else."""

    entry: str
    by: str
    value: str = ""


@asks(FreePaper)
@dataclass(frozen=True, slots=True)
class MakeIncidentReport:
    """事故報告書 of one incident as PDF (clause 19)."""

    entry: str
