"""送り状データ: the prizes that wait, as the courier's program reads them."""

from __future__ import annotations

from sqlalchemy import select

from walkdesk.domain.layouts import PrintOn
from walkdesk.domain.releases import OPEN_RELEASES, ReleaseKind, Way
from walkdesk.exchange.outgoing import CSV, beyond_cp932, courier_csv
from walkdesk.messages.common import ProblemNote
from walkdesk.messages.releases import StoppedRow
from walkdesk.services.contents.base import Content, Line, Made, MadeFile, Part, Plan, Stamp, sheets_of
from walkdesk.services.paperwork import JAPANESE
from walkdesk.services.points import WAITING
from walkdesk.services.session import Work
from walkdesk.storage.office_tables import ReleaseRecord
from walkdesk.storage.vault_tables import ParticipantRecord, PrizeRecord, PrizeRequestRecord, ReleaseSheet

KEY = "courier_list"
COLUMNS = ("serial", "postcode", "address", "name", "phone", "prize")


def _plan(work: Work, audience: str) -> Plan:
    """Waiting requests that are in no open release; those whose characters the file cannot carry are stopped."""
    taken = _taken(work)
    query = (
        select(PrizeRequestRecord.id, ParticipantRecord, PrizeRecord.name)
        .join(ParticipantRecord, ParticipantRecord.id == PrizeRequestRecord.participant_id)
        .join(PrizeRecord, PrizeRecord.prize == PrizeRequestRecord.prize)
        .where(PrizeRequestRecord.state == WAITING)
        .order_by(PrizeRequestRecord.id)
    )
    ready, stopped, sent = [], [], 0
    for request, person, prize in work.vault.execute(query):
        beyond = beyond_cp932(f"{person.name}{person.address}{prize}")
        if _reference(request) in taken:
            sent += 1
        elif beyond:
            reason = ProblemNote("exchange.not_in_cp932", {"character": beyond})
            stopped.append(StoppedRow(person.number, person.name, reason))
        else:
            ready.append(Line(person.id, about=_reference(request)))
    return Plan(tuple(ready), sent, tuple(stopped))


def _reference(request: int) -> str:
    return f"request:{request}"


def _taken(work: Work) -> frozenset[str]:
    live = work.office.scalars(
        select(ReleaseRecord.release).where(
            ReleaseRecord.contract == work.contract.contract,
            ReleaseRecord.paper == KEY,
            ReleaseRecord.state.in_([state.value for state in OPEN_RELEASES]),
        )
    ).all()
    return frozenset(map(_request, work.vault.scalars(select(ReleaseSheet).where(ReleaseSheet.release.in_(live)))))


def _request(sheet: ReleaseSheet) -> str:
    """Sheets of before the vault's fourth version hold their request where the wording stands."""
    return sheet.about or sheet.wording


def _parts(work: Work, release: str) -> tuple[Part, ...]:
    """A request that was cancelled meanwhile is no longer in it, and so the hash does not match any more."""
    waiting = {
        _reference(request): name
        for request, name in work.vault.execute(
            select(PrizeRequestRecord.id, PrizeRecord.name)
            .join(PrizeRecord, PrizeRecord.prize == PrizeRequestRecord.prize)
            .where(PrizeRequestRecord.state == WAITING)
        )
    }
    rows = tuple(
        (sheet.serial, person.postcode, person.address, person.name, person.phone or "", waiting[_request(sheet)])
        for sheet, person in sheets_of(work, release)
        if _request(sheet) in waiting
    )
    return (Part(KEY, COLUMNS, rows),)


def _make(work: Work, record: ReleaseRecord, parts: tuple[Part, ...], stamp: Stamp, on: PrintOn) -> Made:
    (part,) = parts
    head = [JAPANESE.say(f"releases.column.{column}") for column in part.columns]
    return Made((MadeFile(f"okurijo-{record.release}.csv", CSV, courier_csv(head, part.rows)),))


COURIER_LIST = Content(KEY, frozenset({ReleaseKind.COURIER}), COLUMNS, _plan, _parts, {Way.FILE: _make})
