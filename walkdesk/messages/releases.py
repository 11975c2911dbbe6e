"""The release register: request, second person's signature, serial, closing (design chapter 7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from walkdesk.domain.releases import Outcome, ReleaseKind, ReleaseState
from walkdesk.messages.common import Done, PaperBytes
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


@asks(Done)
@dataclass(frozen=True, slots=True)
class RequestLetters:
    """Asks to let the 参加案内 of an audience leave to the persons (本人宛)."""

    audience: str
    purpose: str


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """One sheet that would leave."""

    serial: str
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The exact rows and columns that would leave, and the hash that the approver signs."""

    release: str
    columns: tuple[str, ...]
    rows: tuple[ManifestRow, ...]
    sha256: str


@asks(Manifest)
@dataclass(frozen=True, slots=True)
class ShowManifest:
    release: str


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


@asks(PaperBytes)
@dataclass(frozen=True, slots=True)
class TakeRelease:
    """Lets the approved papers out; ``way`` is ``print`` or ``file``. The ledger entry is on disk before the bytes."""

    release: str
    way: str


@asks(Done)
@dataclass(frozen=True, slots=True)
class CloseRelease:
    """Confirms what became of it: posted, destroyed, or withdrawn."""

    release: str
    outcome: Outcome
    on: date
    note: str = ""
