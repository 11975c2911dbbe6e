"""The shape of a content: what it would let out, the exact rows of it, and who makes its bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from walkdesk.domain.layouts import PrintOn
from walkdesk.domain.participants import Programme
from walkdesk.domain.releases import ReleaseKind, Way
from walkdesk.messages.releases import StoppedRow
from walkdesk.services.session import Work
from walkdesk.storage.office_tables import ReleaseRecord
from walkdesk.storage.vault_tables import ParticipantRecord, ReleaseSheet

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Line:
    """One row that would leave: whose it is, in which version of the wording, and what it is about."""

    participant_id: int
    wording: str = ""
    about: str = ""
    """A month or a record, where one person may get several; see ``ReleaseSheet.about``."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What of a content would leave now."""

    ready: tuple[Line, ...]
    sent: int = 0
    stopped: tuple[StoppedRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One file or paper of a content as a table: its rows are what the manifest's hash is over."""

    key: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What stands on every page and every file that leaves."""

    serial: str
    recipient: str
    account: str
    at: str

    @property
    def line(self) -> str:
        """All of it in one line."""
        return "　".join(part for part in (self.serial, self.recipient, self.account, self.at) if part)


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file on its way into a sealed page, or the one that is printed."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Made:
    """The bytes of a content, and how many pages are printed.

    What is printed is PDF; a long batch comes in several volumes, which are printed one after the other.
    """

    files: tuple[MadeFile, ...]
    pages: int = 0


Maker = Callable[[Work, ReleaseRecord, tuple[Part, ...], Stamp, PrintOn], Made]


def everyone(work: Work) -> tuple[str, ...]:
    """The audiences of a content that knows only one."""
    return ("all",)


@dataclass(frozen=True, slots=True)
class Content:
    """What can leave. ``parts`` reads the vault as it is now; ``makers`` are called by the gate alone.

    ``audiences`` are the choices now of whose rows leave; ``by_sheet``: each row has a serial of its own in the vault.
    """

    key: str
    kinds: frozenset[ReleaseKind]
    columns: tuple[str, ...]
    plan: Callable[[Work, str], Plan]
    parts: Callable[[Work, str], tuple[Part, ...]]
    makers: Mapping[Way, Maker]
    audiences: Callable[[Work], tuple[str, ...]] = everyone
    by_sheet: bool = True
    programmes: frozenset[Programme] = frozenset(Programme)
    layouts: str = ""
    """What is chosen when it is printed: a sheet of ``labels``, one of the ``envelopes``, or nothing."""
    plan_one: Callable[[Work, str, str], Plan] | None = None
    """Of an audience only the person with a number, also when they had one before; ``None`` where that is not done."""
    sample: Callable[[Work, str, str], bytes] | None = None
    """One sheet marked 見本, of an audience, for the person with a number or for nobody; ``None``: nothing to see."""


def sheets_of(work: Work, release: str) -> list[tuple[ReleaseSheet, ParticipantRecord]]:
    """The serials of a release with their people."""
    query = (
        select(ReleaseSheet, ParticipantRecord)
        .join(ParticipantRecord, ParticipantRecord.id == ReleaseSheet.participant_id)
        .where(ReleaseSheet.release == release)
        .order_by(ReleaseSheet.serial)
    )
    return [(sheet, person) for sheet, person in work.vault.execute(query)]


def everybody(work: Work, audience: str) -> Plan:
    """All participants, by their numbers."""
    people = work.vault.scalars(select(ParticipantRecord.id).order_by(ParticipantRecord.number))
    return Plan(tuple(Line(person) for person in people))
