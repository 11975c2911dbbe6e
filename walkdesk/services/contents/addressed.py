"""What labels and envelopes share: addresses without a letter, for everyone or for those whose prize waits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from sqlalchemy import select

from walkdesk.documents.mail import Addressee
from walkdesk.documents.sheet import Mark, PaperMeta
from walkdesk.domain.layouts import Offset
from walkdesk.domain.participants import Programme
from walkdesk.domain.problem import Problem
from walkdesk.domain.releases import ReleaseKind, Way
from walkdesk.messages.common import ProblemNote
from walkdesk.messages.releases import StoppedRow
from walkdesk.services.contents.base import Content, Line, Maker, Part, Plan, sheets_of
from walkdesk.services.letters import AUDIENCES, of_channels
from walkdesk.services.paperwork import JAPANESE
from walkdesk.services.participants import doubt_notes, participant
from walkdesk.services.personal import addressee, nobody, office_of, unprintable_note
from walkdesk.services.points import WAITING
from walkdesk.services.session import Work, programme_of
from walkdesk.storage.vault_tables import ParticipantRecord, PrizeRequestRecord

COLUMNS = ("serial", "number", "name", "postcode", "address")
"""What stands on a label or an envelope."""
PRIZES = "prizes"

Check = Callable[[Addressee], None]
"""Raises what stops an address on whatever it may be printed on."""


def addressed_content(
    key: str, layouts: str, check: Check, make: Maker, sample: Callable[[Work, Addressee], bytes]
) -> Content:
    """A content of addresses. One can be asked for as often as it is wanted: nobody counts as having had it."""
    return Content(
        key,
        frozenset({ReleaseKind.TO_PERSON}),
        COLUMNS,
        partial(_plan, check),
        _parts,
        {Way.PRINT: make, Way.FILE: make},
        audiences,
        layouts=layouts,
        plan_one=partial(_plan, check),
        sample=partial(_sample, sample),
    )


def audiences(work: Work) -> tuple[str, ...]:
    """Everyone by the way of taking part, and those with a prize that waits; the walk knows only everyone."""
    return (*AUDIENCES, PRIZES) if programme_of(work.contract) is Programme.HEALTH_POINTS else ("all",)


def paper_meta(work: Work, key: str, mark: Mark, offset: Offset) -> PaperMeta:
    """What the file says of itself."""
    return PaperMeta(
        JAPANESE.say(f"releases.paper.{key}"),
        office_of(work).contractor,
        work.now,
        subject=work.contract.number,
        mark=mark,
        offset=offset,
    )


def _plan(check: Check, work: Work, audience: str, number: str = "") -> Plan:
    """Who can get one; a person in doubt, without a font for the name or with too long an address is stopped."""
    people = _people(work, audience)
    if number:
        person = participant(work, number)
        people = [one for one in people if one.id == person.id]
        if not people:
            raise Problem("papers.not_in_audience", number=person.number)
    ready, stopped = [], []
    for person in people:
        note = next(iter(doubt_notes(work, person)), None) or _fault(check, person)
        if note is None:
            ready.append(Line(person.id))
        else:
            stopped.append(StoppedRow(person.number, person.name, note))
    return Plan(tuple(ready), 0, tuple(stopped))


def _people(work: Work, audience: str) -> Sequence[ParticipantRecord]:
    if audience != PRIZES:
        return [to.person for to in of_channels(work, audience)]
    waiting = select(PrizeRequestRecord.participant_id).where(PrizeRequestRecord.state == WAITING)
    query = select(ParticipantRecord).where(ParticipantRecord.id.in_(waiting)).order_by(ParticipantRecord.number)
    return work.vault.scalars(query).all()


def _fault(check: Check, person: ParticipantRecord) -> ProblemNote | None:
    missing = unprintable_note(person)
    if missing is not None:
        return ProblemNote.of(missing)
    try:
        check(addressee(person))
    except Problem as problem:
        return ProblemNote.of(problem)
    return None


def _parts(work: Work, release: str) -> tuple[Part, ...]:
    rows = tuple(
        (sheet.serial, person.number, person.name, person.postcode, person.address)
        for sheet, person in sheets_of(work, release)
    )
    return (Part("letters", COLUMNS, rows),)


def _sample(draw: Callable[[Work, Addressee], bytes], work: Work, audience: str, number: str) -> bytes:
    return draw(work, addressee(participant(work, number) if number else nobody(work, "all")))
