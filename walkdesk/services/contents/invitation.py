"""参加案内: letters to the persons."""

from __future__ import annotations

from dataclasses import replace

from walkdesk.documents.letters import letters_pdf
from walkdesk.domain.layouts import PrintOn
from walkdesk.domain.releases import ReleaseKind, Way
from walkdesk.messages.releases import StoppedRow
from walkdesk.services.contents.base import PDF, Content, Line, Made, MadeFile, Part, Plan, Stamp, sheets_of
from walkdesk.services.letters import (
    AUDIENCES,
    INVITATION,
    compose_letters,
    letters_meta,
    look_through,
    wording_version,
)
from walkdesk.services.paperwork import mark_of, page_count
from walkdesk.services.session import Work
from walkdesk.storage.office_tables import ReleaseRecord

COLUMNS = ("serial", "number", "name", "postcode", "address", "channel", "wording")
"""What a letter shows of a person."""


def _plan(work: Work, audience: str) -> Plan:
    found = look_through(work, audience)
    return Plan(
        tuple(Line(person.id, wording_version(person.channel)) for person in found.ready),
        found.sent,
        tuple(StoppedRow(one.number, one.name, one.reason) for one in found.stopped),
    )


def _parts(work: Work, release: str) -> tuple[Part, ...]:
    rows = tuple(
        (sheet.serial, person.number, person.name, person.postcode, person.address, person.channel, sheet.wording)
        for sheet, person in sheets_of(work, release)
    )
    return (Part("letters", COLUMNS, rows),)


def _make(work: Work, record: ReleaseRecord, parts: tuple[Part, ...], stamp: Stamp, on: PrintOn) -> Made:
    sheets = sheets_of(work, record.release)
    work.progress(0, len(sheets), "letters")
    meta = replace(letters_meta(work, mark_of(work)), stamp=f"{stamp.account}　{stamp.at}")
    pdf = letters_pdf(compose_letters(work, [(sheet.serial, person) for sheet, person in sheets], meta), meta)
    return Made((MadeFile(f"sanka-annai-{record.release}.pdf", PDF, pdf),), page_count(pdf))


LETTERS = Content(
    INVITATION,
    frozenset({ReleaseKind.TO_PERSON}),
    COLUMNS,
    _plan,
    _parts,
    {Way.PRINT: _make, Way.FILE: _make},
    lambda work: tuple(AUDIENCES),
)
