"""Batches (一括): what every paper of one page a person shares: the office that writes, the faults, the file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from walkdesk.documents.sheet import Mark, PaperMeta, Sheet, paper_pdf
from walkdesk.domain.layouts import NO_OFFSET, Offset
from walkdesk.domain.problem import Problem


@dataclass(frozen=True, slots=True)
class Office:
    """Who writes: the ward's section and the contractor's desk for the programme."""

    ward: str
    section: str
    contractor: str
    desk: str
    postcode: str
    address: str
    phone: str
    hours: str

    def values(self) -> dict[str, str]:
        """The office's own placeholders."""
        return {
            "区名": self.ward,
            "担当課": self.section,
            "受託者": self.contractor,
            "事務局": self.desk,
            "所在地": self.address,
            "電話": self.phone,
            "受付時間": self.hours,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchMeta:
    """What all sheets of a batch share. ``created`` is the moment that the file's properties show."""

    contract: str
    title: str
    """事業名 and the paper's name."""
    created: datetime
    office: Office
    mark: Mark = Mark.NONE
    stamp: str = ""
    """Account and time of a batch that leaves, at the foot of every sheet."""
    offset: Offset = NO_OFFSET

    def paper(self, count: str) -> PaperMeta:
        """The file's own particulars; ``count`` says how many there are of what (250通)."""
        return PaperMeta(
            title=f"{self.title} {count}",
            author=self.office.contractor,
            created=self.created,
            subject=self.contract,
            mark=self.mark,
            offset=self.offset,
        )


class Sent(Protocol):
    """One sheet of a batch."""

    @property
    def serial(self) -> str:
        """Its serial in the release register."""

    @property
    def number(self) -> str:
        """The 受付番号 or 利用者ID of its person."""


Piece = TypeVar("Piece", bound=Sent)


@dataclass(frozen=True, slots=True)
class SheetFault:
    """A sheet that cannot be printed as it is, and why."""

    serial: str
    number: str
    problem: Problem


def batch_faults(
    meta: PaperMeta, pieces: Sequence[Piece], page: Callable[[Sheet, Piece], None]
) -> tuple[SheetFault, ...]:
    """The sheets that would stop the printing, person by person, found without making the file."""
    trial = Sheet(meta, len(pieces))
    faults: list[SheetFault] = []
    for piece in pieces:
        try:
            page(trial, piece)
        except Problem as problem:
            faults.append(SheetFault(piece.serial, piece.number, problem))
    return tuple(faults)


def batch_pdf(meta: PaperMeta, pieces: Sequence[Piece], page: Callable[[Sheet, Piece], None]) -> bytes:
    """All sheets as one PDF, a page each; ``Problem`` for the first that cannot be printed."""

    def draw(sheet: Sheet) -> None:
        for piece in pieces:
            page(sheet, piece)

    return paper_pdf(meta, draw, total=len(pieces))
