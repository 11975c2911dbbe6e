"""The lines of the registers: what was entered, and what the program itself knows of copies and 持出し."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from walkdesk.domain.incidents import Urgency, counters, duties, next_step
from walkdesk.domain.participants import Programme
from walkdesk.domain.people import Role
from walkdesk.domain.problem import Problem
from walkdesk.domain.registers import (
    HISTORY,
    REGISTERS,
    EntryState,
    FieldKind,
    Register,
    RegisterRule,
    entry_state,
    register_of,
)
from walkdesk.domain.releases import ReleaseState
from walkdesk.messages.registers import EntryRow, FormerValue
from walkdesk.services.people import person_name
from walkdesk.services.session import Work
from walkdesk.services.sheets import NO_PAPER_LEFT
from walkdesk.storage.office_tables import ContractRecord, RecoverySheetRecord, RegisterEntry, ReleaseRecord

_LEFT = frozenset({ReleaseState.RELEASED.value, ReleaseState.CLOSED.value})


def entries_of(work: Work, register: Register) -> list[RegisterEntry]:
    """What was entered into a register and this person may see, newest first."""
    query = select(RegisterEntry).where(RegisterEntry.register == register.value, _seen(work, RegisterEntry.contract))
    return list(work.office.scalars(query.order_by(RegisterEntry.opened_on.desc(), RegisterEntry.entry.desc())))


def entry_of(work: Work, number: str) -> RegisterEntry:
    """The entry of a number; ``Problem("registers.unknown")`` where this person sees none."""
    register_of(number)
    query = select(RegisterEntry).where(RegisterEntry.entry == number, _seen(work, RegisterEntry.contract))
    record = work.office.scalars(query).one_or_none()
    if record is None:
        raise Problem("registers.unknown", entry=number)
    return record


def values_of(record: RegisterEntry) -> dict[str, str]:
    """The fields of an entry without their history."""
    return {key: str(value) for key, value in record.fields.items() if key != HISTORY}


def state_of(record: RegisterEntry, now: datetime) -> EntryState:
    """How an entry stands today. An incident is overdue with the first step that is."""
    rule, values, closed = REGISTERS[Register(record.register)], values_of(record), record.closed_on is not None
    if rule.register is Register.INCIDENTS and not closed:
        step = next_step(values, now.date())
        late = step is not None and step.urgency is Urgency.OVERDUE
        return EntryState.OVERDUE if late else EntryState.OPEN
    return entry_state(rule, closed, record.due, values, now)


def rows_of(work: Work, register: Register) -> tuple[EntryRow, ...]:
    """The lines of a register, newest first, with those that are shown from other tables."""
    found = work.office.execute(select(ContractRecord.contract, ContractRecord.number, ContractRecord.programme))
    contracts = {contract: (number, programme) for contract, number, programme in found}
    rows = [_row(work, record, contracts) for record in entries_of(work, register)]
    rows += _known(work, register, contracts)
    return tuple(sorted(rows, key=lambda row: (row.opened_on, row.entry), reverse=True))


def _seen(work: Work, column: Any) -> ColumnElement[bool]:
    """A handler never sees another contract."""
    if work.member.role is not Role.HANDLER:
        return column.is_not(None)  # type: ignore[no-any-return]
    return column.in_(("", work.session.contract or ""))  # type: ignore[no-any-return]


def _row(work: Work, record: RegisterEntry, contracts: Mapping[str, tuple[str, str]]) -> EntryRow:
    rule, values = REGISTERS[Register(record.register)], values_of(record)
    number, programme = contracts.get(record.contract, ("", ""))
    incident = rule.register is Register.INCIDENTS
    return EntryRow(
        entry=record.entry,
        register=rule.register,
        contract=number,
        title=values.get(rule.title, ""),
        opened_on=record.opened_on,
        due=record.due,
        closed_on=record.closed_on,
        state=state_of(record, work.now),
        values=values,
        names=_names(work, rule, record),
        recorded_by=person_name(work, record.recorded_by)[0],
        recorded_at=record.recorded_at,
        closed_by=person_name(work, record.closed_by)[0] if record.closed_by else "",
        history=tuple(_former(work, one) for one in record.fields.get(HISTORY, ())),
        programme=Programme(programme) if rule.register is Register.INSPECTIONS and programme else None,
        counters=counters(values, work.today) if incident else (),
        duties=duties(values) if incident else (),
    )


def _names(work: Work, rule: RegisterRule, record: RegisterEntry) -> dict[str, str]:
    """The people in the fields, now and before."""
    asked = {field.key for field in rule.fields if field.kind in (FieldKind.STAFF, FieldKind.MANAGER)}
    now = {str(text) for key, text in record.fields.items() if key in asked}
    before = {str(one["before"]) for one in record.fields.get(HISTORY, ()) if one["field"] in asked}
    return {number: person_name(work, number)[0] for number in sorted(now | before)}


def _former(work: Work, kept: Mapping[str, str]) -> FormerValue:
    by = person_name(work, kept["by"])[0]
    return FormerValue(datetime.fromisoformat(kept["at"]), by, kept["field"], kept["before"], kept["reason"])


# What the program itself knows


def _known(work: Work, register: Register, contracts: Mapping[str, tuple[str, str]]) -> Iterator[EntryRow]:
    if register is Register.COPIES:
        yield from _releases(work, register, contracts)
        yield from _tokens(work)
        yield from _sheets(work, contracts)
    elif register is Register.CARRIES:
        yield from _releases(work, register, contracts)


def _releases(work: Work, register: Register, contracts: Mapping[str, tuple[str, str]]) -> Iterator[EntryRow]:
    """What left by a release: every paper and file is a copy; what somebody carries is a 持出し as well."""
    query = select(ReleaseRecord).where(ReleaseRecord.state.in_(_LEFT), _seen(work, ReleaseRecord.contract))
    if register is Register.CARRIES:
        query = query.where(ReleaseRecord.carrier != "")
    for record in work.office.scalars(query):
        if record.released_at is None:
            continue
        yield EntryRow(
            entry=record.release,
            register=register,
            contract=contracts.get(record.contract, ("", ""))[0],
            title=f"releases.paper.{record.paper}",
            opened_on=record.released_at.date(),
            due=record.due,
            closed_on=record.closed_on,
            state=_state(record.closed_on is not None, record.due, work.today),
            recorded_by=person_name(work, record.taken_by)[0],
            recorded_at=record.released_at,
            source="release",
            facts={"sheets": record.sheets},
        )


def _tokens(work: Work) -> Iterator[EntryRow]:
    """契約鍵: half of a key is on each token."""
    query = select(ContractRecord).where(ContractRecord.token_id != "", _seen(work, ContractRecord.contract))
    for contract in work.office.scalars(query):
        yield EntryRow(
            entry=contract.token_name,
            register=Register.COPIES,
            contract=contract.number,
            title="registers.source_token",
            opened_on=contract.prepared_on,
            due=None,
            closed_on=contract.erased_on if contract.token_fate else None,
            state=EntryState.CLOSED if contract.token_fate else EntryState.OPEN,
            source="token",
            facts={"name": contract.token_name},
        )


def _sheets(work: Work, contracts: Mapping[str, tuple[str, str]]) -> Iterator[EntryRow]:
    """復旧用紙: until the paper itself is gone."""
    if work.member.role is Role.HANDLER:
        return
    for sheet in work.office.scalars(select(RecoverySheetRecord)):
        gone = sheet.disposal in NO_PAPER_LEFT
        number = contracts.get(sheet.scope, ("", ""))[0]
        yield EntryRow(
            entry=f"{number or sheet.scope}/{sheet.generation}",
            register=Register.COPIES,
            contract=number,
            title="registers.source_sheet",
            opened_on=sheet.made_at.date(),
            due=None,
            closed_on=sheet.closed_on if gone else None,
            state=EntryState.CLOSED if gone else EntryState.OPEN,
            recorded_by=person_name(work, sheet.made_by)[0],
            recorded_at=sheet.made_at,
            source="sheet",
            facts={"generation": sheet.generation, "place": sheet.kept_at},
        )


def _state(closed: bool, due: date | None, today: date) -> EntryState:
    if closed:
        return EntryState.CLOSED
    return EntryState.OVERDUE if due is not None and due < today else EntryState.OPEN
