"""The release register: request, second person's signature, serial, closing (design chapter 7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from walkdesk.domain.layouts import PrintOn
from walkdesk.domain.releases import Outcome, ReleaseKind, ReleaseState, Way
from walkdesk.messages.common import Done, FreePaper, ProblemNote
from walkdesk.messages.registry import asks


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """One line of the register; it names staff, never participants."""

    release: str
    """``R-0001``."""
    kind: ReleaseKind
    paper: str
    """A key of the texts: what leaves."""
    sheets: int
    columns: tuple[str, ...]
    purpose: str
    requested_by: str
    requested_by_number: str
    requested_at: datetime
    state: ReleaseState
    approved_by: str
    approved_at: datetime | None
    released_at: datetime | None
    due: date | None
    closed_on: date | None
    outcome: Outcome | None
    mine: bool
    """Requested by the person who asks."""
    recipient: str = ""
    """Who gets it, where that is not the person of each sheet."""
    basis: str = ""
    """The entry of the ward's instruction or consent, with its number."""
    carrier: str = ""
    due_at: datetime | None = None
    overdue: bool = False
    way: str = ""
    note: str = ""
    reprinted: int = 0
    """Sheets that were printed once more."""


@dataclass(frozen=True, slots=True)
class ReleaseRegister:
    releases: tuple[ReleaseRow, ...]
    waiting: int
    out: int
    overdue: int


@asks(ReleaseRegister)
@dataclass(frozen=True, slots=True)
class ListReleases:
    """Asks for the register of the contract on the desk, newest first."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be chosen: its key, and how it is told apart."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class ContentChoice:
    """Something that may leave, and the choices of whose rows: a group of people, or a month (``2018-07``)."""

    key: str
    audiences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KindChoice:
    """A kind that this person can ask for now, and the contents that may leave by it."""

    kind: ReleaseKind
    contents: tuple[ContentChoice, ...]
    carriers: tuple[Choice, ...]
    """Who may carry it, where somebody does."""


@dataclass(frozen=True, slots=True)
class RequestChoices:
    """What a request can be made of now."""

    kinds: tuple[KindChoice, ...]
    recipients: tuple[Choice, ...]
    """Entries of the register of 提供先 that are open and whose consent holds."""
    bases: tuple[Choice, ...]
    """Entries of the ward's instructions and consents that still hold."""


@asks(RequestChoices)
@dataclass(frozen=True, slots=True)
class LookAtRequest:
    """Asks what can be asked for now, and of whom."""


@dataclass(frozen=True, slots=True)
class StoppedRow:
    """A row that would not leave, and why."""

    number: str
    name: str
    reason: ProblemNote


@dataclass(frozen=True, slots=True)
class ReleasePlan:
    """How much of a content would leave now."""

    content: str
    columns: tuple[str, ...]
    ready: int
    sent: int
    """Already sent, or on its way in another release."""
    stopped: tuple[StoppedRow, ...]


@asks(ReleasePlan)
@dataclass(frozen=True, slots=True)
class PlanRelease:
    """Asks what of a content would leave now, and what is stopped."""

    kind: ReleaseKind
    content: str
    audience: str = "all"


@asks(Done)
@dataclass(frozen=True, slots=True)
class RequestRelease:
    """Asks to let a content leave by a kind, with what the kind needs."""

    kind: ReleaseKind
    content: str
    purpose: str
    audience: str = "all"
    recipient: str = ""
    basis: str = ""
    carrier: str = ""
    due_at: datetime | None = None


@asks(Done)
@dataclass(frozen=True, slots=True)
class RequestLetters:
    """Asks to let the letters, cards or labels of an audience leave to the persons (本人宛).

    With a number only that person's, also when they had one before (a card that was lost).
    """

    audience: str
    purpose: str
    paper: str = "invitation"
    number: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The exact rows and columns that would leave, a page of them, and the hash that the approver signs."""

    release: str
    parts: tuple[str, ...]
    """The files or papers of which it is made."""
    part: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    offset: int
    total: int
    """All rows of this part."""
    sha256: str


@asks(Manifest)
@dataclass(frozen=True, slots=True)
class ShowManifest:
    """Asks for rows of a part; "" is the first part."""

    release: str
    part: str = ""
    offset: int = 0
    limit: int = 200


@asks(Done)
@dataclass(frozen=True, slots=True)
class ApproveRelease:
    """The second person signs the manifest with the own key."""

    release: str


@asks(Done)
@dataclass(frozen=True, slots=True)
class RefuseRelease:
    release: str
    reason: str


@dataclass(frozen=True, slots=True)
class Released:
    """What two people let out: the only bytes with participants' data that an exit takes. Only the gate makes it."""

    release: str
    title: str
    file_name: str
    way: Way
    data: bytes
    """A PDF for the printer, or the sealed page."""
    pages: int
    """Of everything that is printed."""
    passphrase: str = ""
    """Of the sealed page: shown once, kept nowhere."""
    slip: FreePaper | None = None
    """The passphrase on paper, to go another way than the file."""
    further: tuple[bytes, ...] = ()
    """The volumes after the first of a long print."""


@asks(Released)
@dataclass(frozen=True, slots=True)
class TakeRelease:
    """Lets what is approved out; ``way`` is ``print`` or ``file``. The ledger entry is on disk before the bytes."""

    release: str
    way: str
    bag_checked: bool = False
    on: PrintOn = PrintOn()


@asks(Done)
@dataclass(frozen=True, slots=True)
class CloseRelease:
    """Confirms what became of it: one of the outcomes of its kind, or withdrawn."""

    release: str
    outcome: Outcome
    on: date
    note: str = ""
    receipt: str = ""
    """The ward's receipt, where the kind needs one."""
