"""名簿: the reception roster of the day, the insurer's roster, and the list of a removal that the ward agreed to."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from walkdesk.documents.flow import Column
from walkdesk.documents.roster import COLUMNS_WIDTH, RosterFacts, roster_pdf
from walkdesk.domain.dates import japanese_date
from walkdesk.domain.layouts import PrintOn
from walkdesk.domain.releases import ReleaseKind, Way
from walkdesk.exchange.outgoing import XLSX, workbook
from walkdesk.services.contents.base import PDF, Content, Made, MadeFile, Maker, Part, Stamp, everybody, sheets_of
from walkdesk.services.paperwork import JAPANESE, mark_of, page_count, programme_name, sender_of
from walkdesk.services.people import person_name
from walkdesk.services.session import Work
from walkdesk.storage.office_tables import ReleaseRecord
from walkdesk.storage.vault_tables import ParticipantRecord

_VALUES: dict[str, Callable[[ParticipantRecord], str]] = {
    "number": lambda person: person.number,
    "name": lambda person: person.name,
    "phone": lambda person: person.phone or "",
    "sex": lambda person: JAPANESE.say(f"reception.sex.{person.sex or 'unanswered'}"),
}
_WIDTHS = {"serial": 34.0, "number": 28.0, "phone": 34.0}
"""Millimetres on paper; the name takes what is left."""


def _parts(key: str, columns: tuple[str, ...], work: Work, release: str) -> tuple[Part, ...]:
    shown = [_VALUES[column] for column in columns if column != "serial"]
    rows = tuple((sheet.serial, *(value(person) for value in shown)) for sheet, person in sheets_of(work, release))
    return (Part(key, columns, rows),)


def _heads(part: Part) -> list[str]:
    return [JAPANESE.say(f"releases.column.{column}") for column in part.columns]


def _pdf(work: Work, record: ReleaseRecord, parts: tuple[Part, ...], stamp: Stamp, on: PrintOn) -> Made:
    (part,) = parts
    carrier = "　".join(reversed(person_name(work, record.carrier)))
    hour = record.due_at
    facts = [
        (JAPANESE.say("releases.roster.purpose"), record.purpose),
        (JAPANESE.say("releases.roster.carrier"), carrier),
    ]
    if hour is not None:
        back = f"{japanese_date(hour.date())} {hour:%H:%M}"
        facts.append((JAPANESE.say("releases.roster.due"), back))
    room = COLUMNS_WIDTH - sum(_WIDTHS.get(column, 0) for column in part.columns)
    columns = [Column(head, _WIDTHS.get(column, room)) for head, column in zip(_heads(part), part.columns, strict=True)]
    pdf = roster_pdf(
        RosterFacts(
            title=JAPANESE.say(f"releases.paper.{part.key}"),
            programme=programme_name(work.contract),
            author=sender_of(work).name,
            created=work.now,
            serial=record.release,
            stamp=stamp.line,
            facts=tuple(facts),
            columns=tuple(columns),
            rows=tuple([str(cell) for cell in row] for row in part.rows),
            mark=mark_of(work),
        )
    )
    return Made((MadeFile(f"meibo-{record.release}.pdf", PDF, pdf),), page_count(pdf))


def _workbook(work: Work, record: ReleaseRecord, parts: tuple[Part, ...], stamp: Stamp, on: PrintOn) -> Made:
    (part,) = parts
    about = [
        (JAPANESE.say("releases.roster.serial"), stamp.serial),
        (JAPANESE.say("releases.roster.recipient"), stamp.recipient),
        (JAPANESE.say("releases.roster.account"), stamp.account),
        (JAPANESE.say("releases.roster.at"), stamp.at),
    ]
    title = JAPANESE.say(f"releases.paper.{part.key}")
    book = workbook(title, _heads(part), part.rows, about, work.now)
    return Made((MadeFile(f"meibo-{record.release}.xlsx", XLSX, book),))


def _content(key: str, columns: tuple[str, ...], kinds: frozenset[ReleaseKind], makers: dict[Way, Maker]) -> Content:
    return Content(key, kinds, columns, everybody, partial(_parts, key, columns), makers)


_CARRIED: dict[Way, Maker] = {Way.PRINT: _pdf, Way.FILE: _workbook}

RECEPTION_ROSTER = _content("reception_roster", ("serial", "number", "name"), frozenset({ReleaseKind.ROSTER}), _CARRIED)
INSURANCE_ROSTER = _content(
    "insurance_roster", ("serial", "name", "sex"), frozenset({ReleaseKind.INSURANCE}), {Way.FILE: _workbook}
)
CONTACT_LIST = _content(
    "contact_list",
    ("serial", "number", "name", "phone"),
    frozenset({ReleaseKind.CITY_REMOVAL, ReleaseKind.HEALTH_REMOVAL}),
    _CARRIED,
)
