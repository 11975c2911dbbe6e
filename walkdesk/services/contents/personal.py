"""本人宛の文書 as contents of releases: one function makes a content of every ``PersonalPaper``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from walkdesk.domain.layouts import PrintOn
from walkdesk.domain.papers import PAPERS
from walkdesk.domain.releases import ReleaseKind, Way
from walkdesk.services.contents.base import PDF, Content, Line, Made, MadeFile, Part, Plan, Stamp, sheets_of
from walkdesk.services.letters import LETTERS, plain_number
from walkdesk.services.paperwork import mark_of, page_count
from walkdesk.services.participants import participant
from walkdesk.services.personal import Addressed, Batch, PersonalPaper, Piece, Values, look_through, sample_pdf
from walkdesk.services.points_cards import POINTS_CARDS
from walkdesk.services.session import Work
from walkdesk.services.wordings import wording_of, wording_version
from walkdesk.storage.office_tables import ReleaseRecord
from walkdesk.storage.vault_tables import ReleaseSheet

Cell = Callable[[ReleaseSheet, Addressed, Values], str | int]

CELLS: dict[str, Cell] = {
    "serial": lambda sheet, to, values: sheet.serial,
    "number": lambda sheet, to, values: to.person.number,
    "name": lambda sheet, to, values: to.person.name,
    "postcode": lambda sheet, to, values: to.person.postcode,
    "address": lambda sheet, to, values: to.person.address,
    "channel": lambda sheet, to, values: to.person.channel,
    "month": lambda sheet, to, values: to.about,
    "points": lambda sheet, to, values: plain_number(values["ポイント"]),
    "prize": lambda sheet, to, values: values["景品"],
    "wording": lambda sheet, to, values: sheet.wording,
}
"""What a column of the manifest holds of a sheet."""


def content_of_paper(paper: PersonalPaper) -> Content:
    """The content that lets a paper out."""
    make = partial(_make, paper)
    return Content(
        paper.key,
        frozenset({ReleaseKind.TO_PERSON}),
        paper.columns,
        partial(_plan, paper),
        partial(_parts, paper),
        {Way.PRINT: make, Way.FILE: make},
        paper.audiences,
        programmes=PAPERS[paper.key].programmes,
        plan_one=partial(_plan, paper),
        sample=partial(_sample, paper),
    )


def _plan(paper: PersonalPaper, work: Work, audience: str, number: str = "") -> Plan:
    found = look_through(work, paper, audience, number)
    return Plan(tuple(Line(to.person.id, version, to.about) for to, version in found.ready), found.sent, found.stopped)


def _sample(paper: PersonalPaper, work: Work, audience: str, number: str) -> bytes:
    variants = PAPERS[paper.key].variants
    variant = paper.variant(participant(work, number)) if number else audience if audience in variants else variants[0]
    return sample_pdf(work, paper, wording_of(work, paper.key, variant), number, audience)


def _due(paper: PersonalPaper, work: Work, release: str) -> Sequence[tuple[ReleaseSheet, Addressed, Values]]:
    """The sheets of a release that are still due; one that is not changes the hash, and the release stops."""
    sheets = [(sheet, Addressed(person, sheet.about)) for sheet, person in sheets_of(work, release)]
    values = paper.values(work, [to for _, to in sheets])
    return [(sheet, to, own) for (sheet, to), own in zip(sheets, values, strict=True) if own is not None]


def _parts(paper: PersonalPaper, work: Work, release: str) -> tuple[Part, ...]:
    rows = tuple(
        tuple(CELLS[column](sheet, to, values) for column in paper.columns)
        for sheet, to, values in _due(paper, work, release)
    )
    return (Part("letters", paper.columns, rows),)


def _make(
    paper: PersonalPaper, work: Work, record: ReleaseRecord, parts: tuple[Part, ...], stamp: Stamp, on: PrintOn
) -> Made:
    due = _due(paper, work, record.release)
    work.progress(0, len(due), paper.key)
    names = {(paper.variant(to.person), sheet.wording) for sheet, to, _ in due}
    wordings = {name: wording_version(work, paper.key, *name) for name in names}
    pieces = [
        Piece(sheet.serial, to, wordings[paper.variant(to.person), sheet.wording], values) for sheet, to, values in due
    ]
    pdf = paper.pages(work, Batch(mark_of(work), f"{stamp.account}　{stamp.at}", on)).pdf(pieces)
    return Made((MadeFile(f"{paper.key.replace('_', '-')}-{record.release}.pdf", PDF, pdf),), page_count(pdf))


PERSONAL_PAPERS: tuple[PersonalPaper, ...] = (*LETTERS, POINTS_CARDS)
"""Every paper to participants that has a wording."""

PERSONAL_CONTENTS: tuple[Content, ...] = tuple(map(content_of_paper, PERSONAL_PAPERS))
