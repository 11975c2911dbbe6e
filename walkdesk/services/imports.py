"""Imports (取込み): what a file would do is shown first; what is taken is taken in one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from walkdesk.domain.contract import ContractState
from walkdesk.domain.dates import Month
from walkdesk.domain.participants import Channel, Origin
from walkdesk.domain.people import STAFF
from walkdesk.domain.problem import Problem
from walkdesk.domain.steps import Day, DayState, unpack
from walkdesk.exchange import app_steps, app_users, paper_cards, ward_list
from walkdesk.exchange.app_steps import StepRow
from walkdesk.exchange.paper_cards import CardRow
from walkdesk.exchange.people_rows import NAME, PersonRow
from walkdesk.exchange.plan import ImportPlan, Refused
from walkdesk.exchange.tables import MOST_BYTES, Table, heading, read_table
from walkdesk.messages.common import Done, ProblemNote
from walkdesk.messages.reception import CommitImport, ImportPreview, ImportRow, PreviewImport
from walkdesk.services.actions import Action, areas, table
from walkdesk.services.cards import DONE, keyable_months
from walkdesk.services.participants import doubt_code, folded, known_people
from walkdesk.services.points import count_months
from walkdesk.services.session import Work
from walkdesk.services.step_months import FIRST_KEYING, key_of, put_months
from walkdesk.storage.vault_tables import ImportBatch, ParticipantRecord, PointsCardRecord, StepMonth

CHUNK = 500
"""Rows between two looks at the cancel button."""
SHOWN_BAD, SHOWN_GOOD = 2000, 50
"""How many refused and doubtful rows, and how many accepted ones, a preview carries."""
LONGEST_SOURCE = 200

Plan = ImportPlan[Any]


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of file: how it is read, how a row is shown, and how its rows are taken."""

    read: Callable[[Work, Table, Month | None], Plan]
    show: Callable[[Any], str]
    take: Callable[[Work, Pending, Plan, int], None]
    channel: Channel
    origin: Origin
    of_month: bool = False


@dataclass(frozen=True, slots=True)
class Pending:
    """A preview that waits for its commit, in this process only."""

    contract: str
    table: Table
    month: Month | None
    kind: str


def preview_import(work: Work, message: PreviewImport) -> ImportPreview:
    """Reads a file and says what it would do. Nothing is changed, and no copy of the file is made."""
    contract = work.require_input()
    kind = _KINDS.get(message.kind)
    if kind is None:
        raise Problem("reception.unknown_kind", kind=message.kind)
    month = _month(work, message.month) if kind.of_month else None
    read = read_table(_bytes(Path(message.path)))
    plan = kind.read(work, read, month)
    doubts = _first_doubts(plan)
    preview = ImportPreview(
        ticket=secrets.token_hex(8),
        kind=message.kind,
        file_name=Path(message.path).name,
        encoding=read.encoding,
        sha256=read.sha256,
        accepted=len(plan.accepted) - len(doubts),
        doubtful=len(doubts),
        refused=len(plan.refused),
        rows=_rows(kind, read, plan, doubts),
    )
    work.session.imports[preview.ticket] = (preview, Pending(contract.contract, read, month, message.kind))
    return preview


def commit_import(work: Work, message: CommitImport) -> Done:
    """Takes every accepted and doubtful row of a preview, or none of them.

    The file is weighed against the contract once more: if people came in since the preview so that it would end
    otherwise, ``Problem("reception.preview_outdated")``.
    """
    contract = work.require_input()
    source = message.source.strip()
    if not source or len(source) > LONGEST_SOURCE:
        raise Problem("reception.source_missing", limit=LONGEST_SOURCE)
    preview, pending = work.session.imports.get(message.ticket, (None, None))
    if preview is None or pending is None or pending.contract != contract.contract:
        raise Problem("reception.preview_gone")
    kind = _KINDS[pending.kind]
    plan = kind.read(work, pending.table, pending.month)
    if (len(plan.accepted), len(plan.refused)) != (preview.accepted + preview.doubtful, preview.refused):
        raise Problem("reception.preview_outdated")
    if not plan.accepted:
        raise Problem("reception.nothing_to_take")
    work.because(source)
    batch = ImportBatch(
        kind=pending.kind,
        file_name=preview.file_name,
        sha256=preview.sha256,
        source=source,
        taken_at=work.now,
        accepted=len(plan.accepted),
        refused=len(plan.refused),
    )
    work.vault.add(batch)
    work.vault.flush()
    kind.take(work, pending, plan, batch.id)
    entry = work.record(
        "import_committed",
        batch=str(batch.id),
        source=pending.kind,
        channel=kind.channel.value,
        origin=kind.origin.value,
        month=None if pending.month is None else str(pending.month),
        accepted=len(plan.accepted),
        refused=len(plan.refused),
        counts={"doubtful": preview.doubtful} if preview.doubtful else None,
        digest=preview.sha256,
    )
    facts: dict[str, str | int] = {
        "accepted": preview.accepted,
        "doubtful": preview.doubtful,
        "refused": preview.refused,
        "file": preview.file_name,
    }
    return Done(facts, entry)


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            megabytes = -(-size // 1_000_000)
            raise Problem("exchange.too_large", megabytes=megabytes, limit=MOST_BYTES // 1_000_000)
        return path.read_bytes()
    except OSError:
        raise Problem("reception.file_unreadable", name=path.name) from None


def _month(work: Work, text: str) -> Month:
    month = Month.parse(text)
    contract = work.terms
    if month not in keyable_months(contract, work.today):
        raise Problem("cards.month_closed", month=str(month), start=contract.start, end=contract.end)
    return month


def _first_doubts(plan: Plan) -> Mapping[int, Problem]:
    """The first doubt of each doubtful row, by its line."""
    doubts: dict[int, Problem] = {}
    for doubt in plan.doubtful:
        doubts.setdefault(doubt.line, doubt.reason)
    return doubts


def _rows(kind: _Kind, read: Table, plan: Plan, doubts: Mapping[int, Problem]) -> tuple[ImportRow, ...]:
    name_at = next((at for at, name in enumerate(read.header) if heading(name) == heading(NAME)), 1)
    rows = [
        ImportRow(one.line, one.number, _refused(one, name_at), "refused", ProblemNote.of(one.reason))
        for one in plan.refused[:SHOWN_BAD]
    ]
    good: list[ImportRow] = []
    for one in plan.accepted:
        doubt = doubts.get(one.line)
        if doubt is not None and len(rows) < 2 * SHOWN_BAD:
            rows.append(ImportRow(one.line, one.number, kind.show(one), "doubtful", ProblemNote.of(doubt)))
        elif doubt is None and len(good) < SHOWN_GOOD:
            good.append(ImportRow(one.line, one.number, kind.show(one), "accepted"))
    return (*rows, *good)


def _refused(row: Refused, name_at: int) -> str:
    return row.cells[name_at] if name_at < len(row.cells) else ""


def _read_ward_list(work: Work, read: Table, month: Month | None) -> Plan:
    return ward_list.read(read, known_people(work))


def _read_app_users(work: Work, read: Table, month: Month | None) -> Plan:
    return app_users.read(read, known_people(work), work.contract.start, work.contract.end)


def _read_app_steps(work: Work, read: Table, month: Month | None) -> Plan:
    assert month is not None
    contract = work.contract
    plan = app_steps.read(read, month, _ids(work, Channel.APP).keys(), contract.start, contract.end)

    def late(row: StepRow) -> Problem | None:
        return Problem("cards.in_future", day=row.day) if row.day > work.today else None

    return _without(plan, late)


def _read_paper_cards(work: Work, read: Table, month: Month | None) -> Plan:
    assert month is not None
    start, end = work.contract.start, work.contract.end

    def wrong_day(card: CardRow) -> Problem | None:
        for number, steps in enumerate(card.days, start=1):
            on = month.day(number)
            if steps is not None and not start <= on <= end:
                return Problem("cards.outside_contract", day=on, start=start, end=end)
            if steps is not None and on > work.today:
                return Problem("cards.in_future", day=on)
        return None

    return _without(paper_cards.read(read, month, _ids(work, Channel.CARD).keys()), wrong_day)


def _without(plan: Plan, wrong: Callable[[Any], Problem | None]) -> Plan:
    """The plan with those rows refused for which ``wrong`` names a reason: nobody has walked what is yet to come."""
    kept: list[Any] = []
    refused = list(plan.refused)
    for row in plan.accepted:
        reason = wrong(row)
        if reason is None:
            kept.append(row)
        else:
            refused.append(Refused(row.line, row.number, reason, (row.number,)))
    lines = {row.line for row in kept}
    doubtful = tuple(doubt for doubt in plan.doubtful if doubt.line in lines)
    return ImportPlan(tuple(kept), tuple(sorted(refused, key=lambda one: one.line)), doubtful, plan.notes)


def _ids(work: Work, channel: Channel) -> dict[str, int]:
    rows = work.vault.execute(
        select(ParticipantRecord.number, ParticipantRecord.id).where(ParticipantRecord.channel == channel.value)
    )
    return dict(rows.all())


def _take_people(work: Work, pending: Pending, plan: ImportPlan[PersonRow], batch: int) -> None:
    doubts: dict[int, list[str]] = {}
    for doubt in plan.doubtful:
        doubts.setdefault(doubt.line, []).append(doubt_code(doubt.reason))
    insert = ParticipantRecord.__table__.insert()  # type: ignore[attr-defined]
    for start in _progress(work, plan.accepted):
        work.vault_connection.execute(
            insert,
            [
                {
                    "number": one.number,
                    "name": one.name,
                    "folded": folded(one.name),
                    "postcode": one.postcode,
                    "address": one.address,
                    "age": one.age,
                    "sex": one.sex.value,
                    "phone": one.phone or None,
                    "mail": one.mail or None,
                    "channel": one.channel.value,
                    "identity_origin": one.origin.value,
                    "doubts": doubts.get(one.line, []),
                    "registered_on": work.today,
                    "purpose_shown_on": None if one.received is None else one.received.date(),
                    "source": f"import-{batch}",
                }
                for one in plan.accepted[start : start + CHUNK]
            ],
        )


def _take_app_steps(work: Work, pending: Pending, plan: ImportPlan[StepRow], batch: int) -> None:
    """A month that is there already is completed: days of this file replace those days, others stay."""
    month = pending.month
    assert month is not None
    ids = _ids(work, Channel.APP)
    kept = _kept(work, month)
    found = app_steps.months(plan.accepted, month)
    months = [(ids[number], _completed(days, kept.get(ids[number]))) for number, days in found.items()]
    _put(work, month, months, frozenset(kept), batch)


def _completed(days: Sequence[Day], kept: Sequence[Day] | None) -> tuple[Day, ...]:
    if kept is None:
        return tuple(days)
    return tuple(old if new.state is DayState.NOT_KEYED else new for new, old in zip(days, kept, strict=True))


def _take_paper_cards(work: Work, pending: Pending, plan: ImportPlan[CardRow], batch: int) -> None:
    """Months that were keyed elsewhere: the sheets count as received and done. A card keyed here is not overwritten."""
    month = pending.month
    assert month is not None
    ids = _ids(work, Channel.CARD)
    kept = _kept(work, month)
    cards = [card for card in plan.accepted if ids[card.number] not in kept]
    if len(cards) < len(plan.accepted):
        raise Problem("cards.month_keyed", month=str(month), count=len(plan.accepted) - len(cards))
    _put(work, month, [(ids[card.number], card.keyed()) for card in cards], frozenset(kept), batch)
    received = {
        card.participant_id: card
        for card in work.vault.scalars(select(PointsCardRecord).where(PointsCardRecord.month == key_of(month)))
    }
    for one in cards:
        record = received.get(ids[one.number])
        if record is None:
            record = PointsCardRecord(month=key_of(month), participant_id=ids[one.number], received_on=work.today)
            work.vault.add(record)
        record.state, record.written_total = DONE, one.written_total
        record.finished_at, record.keyed_by = work.now, work.member.staff_number
    work.vault.flush()


def _kept(work: Work, month: Month) -> dict[int, tuple[Day, ...]]:
    rows = work.vault.execute(
        select(StepMonth.participant_id, StepMonth.days).where(
            StepMonth.month == key_of(month), StepMonth.keying == FIRST_KEYING
        )
    )
    return {participant_id: unpack(packed, month.days) for participant_id, packed in rows}


def _put(
    work: Work,
    month: Month,
    months: Sequence[tuple[int, tuple[Day, ...]]],
    known: frozenset[int],
    batch: int,
) -> None:
    for start in _progress(work, months):
        chunk = months[start : start + CHUNK]
        put_months(work, month, chunk, known, batch)
        count_months(work, month, chunk)


def _progress(work: Work, rows: Sequence[object]) -> Iterable[int]:
    """The start of each chunk, with progress said before it; stops where the person cancelled."""
    for start in range(0, len(rows), CHUNK):
        work.progress(start, len(rows), "import")
        yield start
    work.progress(len(rows), len(rows), "import")


_KINDS: Mapping[str, _Kind] = {
    "ward_list": _Kind(_read_ward_list, lambda one: one.name, _take_people, Channel.CARD, Origin.PROVIDED),
    "app_users": _Kind(_read_app_users, lambda one: one.name, _take_people, Channel.APP, Origin.COLLECTED),
    "app_steps": _Kind(
        _read_app_steps,
        lambda one: f"{one.day.isoformat()} {one.steps:,}",
        _take_app_steps,
        Channel.APP,
        Origin.COLLECTED,
        of_month=True,
    ),
    "paper_cards": _Kind(
        _read_paper_cards,
        lambda one: f"{sum(steps or 0 for steps in one.days):,}",
        _take_paper_cards,
        Channel.CARD,
        Origin.COLLECTED,
        of_month=True,
    ),
}
"""Every kind of file that can be taken in."""

_INPUT = frozenset({ContractState.OPEN})

ACTIONS = table(
    Action(PreviewImport, preview_import, STAFF, _INPUT),
    Action(
        CommitImport,
        commit_import,
        STAFF,
        _INPUT,
        "import_committed",
        areas("reception", "cards", "prizes", "papers", "today", "ledger"),
    ),
)
