"""Finding participants (参加者), showing them masked, and what is doubtful about them: for every desk."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from walkdesk.domain.addresses import town_of
from walkdesk.domain.names import candidates, fold
from walkdesk.domain.participants import Channel, tidy_number
from walkdesk.domain.phones import last_four
from walkdesk.domain.problem import Problem
from walkdesk.exchange.people_rows import KnownPeople, KnownPerson
from walkdesk.messages.common import ProblemNote
from walkdesk.messages.reception import ParticipantRow
from walkdesk.services.points import PointsBalance, balances
from walkdesk.services.session import Work
from walkdesk.storage.vault_tables import ParticipantRecord

SIMILAR = "reception.similar_person"
_OF_FIELD = {
    "name": ("reception.name_", SIMILAR),
    "address": ("reception.address_", SIMILAR),
    "age": ("reception.age_", SIMILAR),
    "postcode": ("reception.postcode_",),
    "phone": ("reception.phone_", SIMILAR),
    "mail": ("reception.mail_",),
    "sex": (),
}
"""Which doubts the correction of a field settles."""
_OF_ANY_FIELD = ("reception.received_outside_contract", "exchange.last_line_open")
"""Doubts about a whole row: whoever confirms one of its fields has looked at it."""


def participant(work: Work, number: str) -> ParticipantRecord:
    """The participant with a number, however it is typed; ``Problem("reception.unknown_number")``."""
    tidy = tidy_number(number)
    found = work.vault.scalars(select(ParticipantRecord).where(ParticipantRecord.number == tidy)).one_or_none()
    if found is None:
        raise Problem("reception.unknown_number", number=tidy)
    return found


def matching(text: str) -> ColumnElement[bool]:
    """The condition that finds people by name (with old forms of its kanji), number, or last four digits."""
    found: list[ColumnElement[bool]] = [
        ParticipantRecord.folded.contains(one, autoescape=True) for one in candidates(text) if one
    ]
    number = tidy_number(text)
    if re.fullmatch(r"[0-9A-Z-]{1,20}", number):
        found.append(ParticipantRecord.number.startswith(number, autoescape=True))
    if re.fullmatch(r"[0-9]{4}", number):
        found.append(func.replace(ParticipantRecord.phone, "-", "").endswith(number))
    return or_(*found) if found else ParticipantRecord.id.is_(None)


def rows_of(work: Work, records: Sequence[ParticipantRecord]) -> tuple[ParticipantRow, ...]:
    """Lines of a list: the town for the address, four digits for the phone."""
    points = balances(work, [record.id for record in records])
    return tuple(_row(record, points[record.id]) for record in records)


def _row(record: ParticipantRecord, points: PointsBalance) -> ParticipantRow:
    return ParticipantRow(
        number=record.number,
        name=record.name,
        town=town_of(record.address),
        age=record.age or 0,
        channel=Channel(record.channel),
        phone_tail=last_four(record.phone or ""),
        doubtful=bool(record.doubts),
        points=points.usable,
    )


def mask_mail(mail: str) -> str:
    """``u●●●@example.jp``: the first letter and the provider."""
    name, at, host = mail.partition("@")
    return f"{name[:1]}●●●{at}{host}" if at else "●●●" if mail else ""


def doubt_code(problem: Problem) -> str:
    """A doubt as it is kept: the problem's code; with the number of the other person where someone is alike.

    Values are not kept beside the columns that hold them, where no guard of the permitted items looks.
    """
    return f"{SIMILAR} {problem.values['number']}" if problem.code == SIMILAR else problem.code


def doubt_notes(work: Work, record: ParticipantRecord) -> tuple[ProblemNote, ...]:
    """What must be looked at (要確認), with the values as they stand now."""
    return tuple(_note(work, record, str(code)) for code in record.doubts)


def _note(work: Work, record: ParticipantRecord, kept: str) -> ProblemNote:
    code, _, other = kept.partition(" ")
    if code == SIMILAR:
        name = work.vault.execute(
            select(ParticipantRecord.name).where(ParticipantRecord.number == other)
        ).scalar_one_or_none()
        return ProblemNote(code, {"name": name or "", "number": other})
    field = next((name for name, codes in _OF_FIELD.items() if code.startswith(codes)), "")
    values: dict[str, Any] = {
        "given": getattr(record, field) or "" if field else "",
        "postcode": record.postcode,
        "day": record.registered_on,
        "line": 0,
    }
    return ProblemNote.of(Problem(code, **values))


def settled(doubts: Iterable[Any], field: str) -> list[str]:
    """The doubts that are left when a field was corrected or confirmed."""
    done = (*_OF_FIELD[field], *_OF_ANY_FIELD)
    return [str(code) for code in doubts if not str(code).startswith(done)]


def known_people(work: Work) -> KnownPeople:
    """Everyone in the contract, as far as an import needs them."""
    rows = work.vault.execute(
        select(
            ParticipantRecord.number,
            ParticipantRecord.name,
            ParticipantRecord.address,
            ParticipantRecord.age,
            ParticipantRecord.phone,
        )
    )
    return KnownPeople.of(
        KnownPerson(number, name, address, age or 0, phone or "") for number, name, address, age, phone in rows
    )


def namesakes(work: Work, name: str, but: int | None = None) -> KnownPeople:
    """The people of the contract with a name that reads alike: enough to see whether somebody is there already."""
    found = work.vault.scalars(
        select(ParticipantRecord).where(
            ParticipantRecord.folded.in_(candidates(name)), ParticipantRecord.id.is_not(but)
        )
    )
    return KnownPeople.of(
        KnownPerson(one.number, one.name, one.address, one.age or 0, one.phone or "") for one in found
    )


def folded(name: str) -> str:
    """The name as the search compares it."""
    return fold(name)


def names_nobody(work: Work, text: str) -> None:
    """What goes into the office book outlives the vault: a participant's name has no place in it.

    Held against the vault on the desk; where none is open there is nobody to find.
    """
    words = fold(text)
    if not words or work.session.vault is None:
        return
    for known in work.vault.scalars(select(ParticipantRecord.folded)):
        if len(known) > 1 and known in words:
            raise Problem("releases.names_somebody")
