"""The registers (台帳): a line is entered, added to, corrected with evidence, and closed; what waits, for 今日."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from sqlalchemy import select

from walkdesk.domain.incidents import Urgency, next_step
from walkdesk.domain.measures import MEASURES, checklist_fields
from walkdesk.domain.participants import Programme
from walkdesk.domain.people import EVERYONE, STAFF, Role
from walkdesk.domain.problem import Problem
from walkdesk.domain.registers import (
    HISTORY,
    REGISTERS,
    EntryState,
    FieldKind,
    Register,
    RegisterField,
    RegisterRule,
    Stage,
    check_entry,
    due_day,
    read_values,
    runs_out,
)
from walkdesk.messages.common import Done
from walkdesk.messages.registers import (
    ChangeEntry,
    CloseEntry,
    EnterEntry,
    LookAtRegisters,
    PrintRegister,
    RegisterBoard,
    RegisterCount,
    StaffChoice,
)
from walkdesk.messages.today import Task
from walkdesk.services.actions import Action, areas, table
from walkdesk.services.incidents import check_end, record_steps
from walkdesk.services.inspections import (
    check_inspection,
    inspected,
    inspection_due,
    programme_inspected,
    record_inspection,
)
from walkdesk.services.participants import names_nobody
from walkdesk.services.refusals import evidenced
from walkdesk.services.registerlists import entries_of, entry_of, rows_of, state_of, values_of
from walkdesk.services.registerpapers import print_register
from walkdesk.services.session import Work
from walkdesk.storage.office_tables import ContractRecord, PersonRecord, RegisterEntry, ReleaseRecord

_WORDS = frozenset({FieldKind.LINE, FieldKind.TEXT})
_PEOPLE = frozenset({FieldKind.STAFF, FieldKind.MANAGER})


def look_at_registers(work: Work, message: LookAtRegisters) -> RegisterBoard:
    """The registers with what waits in each, and the lines of the one that is looked at."""
    rule, contract = REGISTERS[message.register], _on_desk(work)
    here = "" if contract is None else contract.contract
    releases = select(ReleaseRecord.release).where(ReleaseRecord.contract == here).order_by(ReleaseRecord.release)
    return RegisterBoard(
        counts=tuple(_counted(work, register) for register in REGISTERS),
        register=message.register,
        entries=rows_of(work, message.register),
        staff=_staff(work),
        contract="" if contract is None else contract.number,
        now=work.now,
        checklist=() if contract is None else MEASURES[Programme(contract.programme)],
        inspected=contract is not None and inspected(work, here),
        may_write=work.member.role in rule.writers,
        may_close=work.member.role in rule.closers,
        releases=tuple(work.office.scalars(releases)) if here else (),
    )


@evidenced
def enter_entry(work: Work, message: EnterEntry) -> Done:
    """A new line. What of it a person typed is held against the participants' names: it outlives the vault."""
    rule = REGISTERS[message.register]
    _check_writer(work, rule.writers)
    here = "" if message.of_office else work.session.contract or ""
    fields = rule.at(Stage.OPENING, Stage.LATER)
    if rule.register is Register.INSPECTIONS:
        fields += checklist_fields(programme_inspected(work, here))
    values = read_values(fields, message.values)
    _check(work, rule, fields, values, values.keys())
    if rule.register is Register.INSPECTIONS:
        check_inspection(programme_inspected(work, here), values)
    entry = RegisterEntry(
        entry=_next_number(work, rule),
        register=rule.register.value,
        contract=here,
        opened_on=date.fromisoformat(values[rule.day]),
        due=due_day(rule, values, _contract_end(work, here)),
        closed_on=None,
        fields=values,
        recorded_by=work.member.staff_number,
        recorded_at=work.now,
        closed_by="",
    )
    work.office.add(entry)
    number = work.record(
        "register_entered",
        here,
        register=entry.register,
        entry=entry.entry,
        day=entry.opened_on.isoformat(),
        due=None if entry.due is None else entry.due.isoformat(),
        counts=_numbers(rule, values),
    )
    if rule.register is Register.INSPECTIONS:
        record_inspection(work, entry, programme_inspected(work, here), values)
    if rule.register is Register.INCIDENTS:
        record_steps(work, entry, {}, values)
    return Done({"entry": entry.entry}, number)


@evidenced
def change_entry(work: Work, message: ChangeEntry) -> Done:
    """Adds to a line, or corrects it: the ledger says which fields, the line keeps what stood there and why."""
    entry = entry_of(work, message.entry)
    rule, before = REGISTERS[Register(entry.register)], values_of(entry)
    _check_writer(work, rule.writers)
    stages = (Stage.OPENING, Stage.LATER, *((Stage.CLOSING,) if entry.closed_on else ()))
    fields = rule.at(*stages)
    if rule.register is Register.INSPECTIONS:
        fields += checklist_fields(programme_inspected(work, entry.contract))
    after = read_values(fields, {**_known(before, fields), **message.values})
    changed = tuple(field.key for field in fields if after.get(field.key, "") != before.get(field.key, ""))
    if not changed:
        raise Problem("registers.nothing_changed")
    _check(work, rule, fields, after, changed)
    if rule.register is Register.INSPECTIONS:
        check_inspection(programme_inspected(work, entry.contract), after)
    reason = _reason(work, message.reason, [key for key in changed if before.get(key)])
    entry.fields = {**after, HISTORY: [*entry.fields.get(HISTORY, ()), *_former(work, before, changed, reason)]}
    entry.opened_on = date.fromisoformat(after[rule.day])
    entry.due = due_day(rule, after, _contract_end(work, entry.contract))
    number = work.record(
        "register_changed",
        entry.contract,
        register=entry.register,
        entry=entry.entry,
        columns=list(changed),
        due=None if entry.due is None else entry.due.isoformat(),
        counts=_numbers(rule, after),
    )
    if rule.register is Register.INCIDENTS:
        record_steps(work, entry, before, after)
    return Done({"entry": entry.entry, "count": len(changed)}, number)


@evidenced
def close_entry(work: Work, message: CloseEntry) -> Done:
    """What became of it. A paper's sheets are counted again; an incident ends with its written report."""
    entry = entry_of(work, message.entry)
    rule, before = REGISTERS[Register(entry.register)], values_of(entry)
    _check_writer(work, rule.closers)
    if entry.closed_on is not None:
        raise Problem("registers.closed_already", entry=entry.entry)
    if not entry.opened_on <= message.on <= work.today:
        raise Problem("registers.closing_day", field="closed_on", first=entry.opened_on, last=work.today)
    fields = rule.at(Stage.CLOSING)
    values = {**before, **read_values(fields, message.values)}
    _check(work, rule, fields, values, [field.key for field in fields])
    if rule.register is Register.INCIDENTS:
        check_end(values)
    entry.fields = {**entry.fields, **values}
    entry.closed_on, entry.closed_by = message.on, work.member.staff_number
    number = work.record(
        "register_closed",
        entry.contract,
        register=entry.register,
        entry=entry.entry,
        day=message.on.isoformat(),
        disposition=values.get("disposition") or values.get("condition"),
        counts=_numbers(rule, values),
    )
    return Done({"entry": entry.entry}, number)


def register_tasks(work: Work, contract: ContractRecord) -> Iterator[Task]:
    """What waits in the registers, for 今日: incidents, what is overdue, what runs out, the missing inspection."""
    here = ("", contract.contract)
    open_ones = [
        (rule, entry)
        for rule in REGISTERS.values()
        for entry in reversed(entries_of(work, rule.register))
        if entry.closed_on is None and entry.contract in here
    ]
    yield from (_incident(work, entry) for rule, entry in open_ones if rule.register is Register.INCIDENTS)
    for rule, entry in open_ones:
        if rule.register is Register.INCIDENTS or entry.due is None:
            continue
        state, place = state_of(entry, work.now), f"{rule.register.value}:{entry.entry}"
        name = f"{entry.entry}　{values_of(entry).get(rule.title, '')}"
        if state is EntryState.OVERDUE:
            yield Task("register_overdue", "danger", (work.today - entry.due).days, name, "registers", place)
        elif state is EntryState.RUNNING_OUT:
            yield Task("register_runs_out", "warn", (entry.due - work.today).days, name, "registers", place)
    last = inspection_due(work, contract)
    if last is not None:
        days = (last - work.today).days
        yield Task("inspection_missing", "warn", days, contract.number, "registers", f"{Register.INSPECTIONS.value}:")
    yield from _certification(work)


def _incident(work: Work, entry: RegisterEntry) -> Task:
    """An open incident is urgent as long as it is open; ``count`` is the day since it was noticed."""
    step = next_step(values_of(entry), work.today)
    late = "_late" if step is not None and step.urgency is Urgency.OVERDUE else ""
    detail = "close" if step is None else f"{step.step.value}{late}"
    day = (work.today - entry.opened_on).days + 1
    return Task("incident_open", "danger", day, detail, "registers", f"incidents:{entry.entry}")


def _certification(work: Work) -> Iterator[Task]:
    """プライバシーマーク or ISMS: the contract stands on it."""
    written = work.book.setting(work.office, "certification_expiry")
    if not written:
        return
    last = date.fromisoformat(written)
    number = work.book.setting(work.office, "certification_number")
    if last < work.today:
        yield Task("certification_over", "danger", (work.today - last).days, number, "contracts")
    elif runs_out(last, work.today):
        yield Task("certification_runs_out", "warn", (last - work.today).days, number, "contracts")


def _counted(work: Work, register: Register) -> RegisterCount:
    states = [row.state for row in rows_of(work, register)]
    closed = states.count(EntryState.CLOSED)
    return RegisterCount(register, len(states) - closed, states.count(EntryState.OVERDUE), closed)


def _on_desk(work: Work) -> ContractRecord | None:
    return work.contract if work.session.contract else None


def _contract_end(work: Work, contract: str) -> date | None:
    record = work.office.get(ContractRecord, contract) if contract else None
    return None if record is None else record.end


def _staff(work: Work) -> tuple[StaffChoice, ...]:
    active = select(PersonRecord).where(PersonRecord.active).order_by(PersonRecord.staff_number)
    return tuple(
        StaffChoice(one.staff_number, one.name, one.role == Role.MANAGER.value)
        for one in work.office.scalars(active)
        if one.role != Role.AUDITOR.value
    )


def _next_number(work: Work, rule: RegisterRule) -> str:
    taken = work.office.scalars(select(RegisterEntry.entry).where(RegisterEntry.register == rule.register.value))
    return f"{rule.prefix}-{max((int(entry[2:]) for entry in taken), default=0) + 1:04d}"


def _check_writer(work: Work, allowed: frozenset[Role]) -> None:
    if work.member.role not in allowed:
        raise Problem("registers.managers_only")


def _check(
    work: Work,
    rule: RegisterRule,
    fields: tuple[RegisterField, ...],
    values: Mapping[str, str],
    changed: Collection[str],
) -> None:
    """What was newly written: its people exist, it names no participant, and the fields fit to each other."""
    written = [field for field in fields if field.key in values and field.key in changed]
    for field in written:
        if field.managers and work.member.role is not Role.MANAGER:
            raise Problem("registers.managers_only")
        if field.kind in _PEOPLE:
            _check_person(work, field, values[field.key])
        if field.kind in _WORDS:
            names_nobody(work, values[field.key])
    check_entry(rule, values, work.today)


def _check_person(work: Work, field: RegisterField, number: str) -> None:
    person = work.office.get(PersonRecord, number)
    if person is None or person.role == Role.AUDITOR.value:
        raise Problem("registers.staff_unknown", field=field.key)
    if field.kind is FieldKind.MANAGER and person.role != Role.MANAGER.value:
        raise Problem("registers.manager_wanted", field=field.key)


def _known(values: Mapping[str, str], fields: tuple[RegisterField, ...]) -> dict[str, str]:
    return {field.key: values[field.key] for field in fields if field.key in values}


def _reason(work: Work, text: str, corrected: list[str]) -> str:
    """Why something that stood there is changed; what was empty is added without a reason."""
    field = RegisterField("reason", FieldKind.LINE, required=bool(corrected))
    reason = read_values((field,), {"reason": text}).get("reason", "")
    names_nobody(work, reason)
    return reason


def _former(work: Work, before: Mapping[str, str], changed: tuple[str, ...], reason: str) -> Iterator[dict[str, str]]:
    at, by = work.now.isoformat(timespec="seconds"), work.member.staff_number
    for key in changed:
        if before.get(key):
            yield {"at": at, "by": by, "field": key, "before": before[key], "reason": reason}


def _numbers(rule: RegisterRule, values: Mapping[str, str]) -> dict[str, int] | None:
    """The numbers of an entry, by their fields."""
    counts = {
        field.key: int(values[field.key])
        for field in rule.fields
        if field.kind is FieldKind.NUMBER and field.key in values
    }
    return counts or None


_AREAS = areas("registers", "today", "releases")

ACTIONS = table(
    Action(LookAtRegisters, look_at_registers, EVERYONE),
    Action(EnterEntry, enter_entry, STAFF, None, "register_entered", _AREAS),
    Action(ChangeEntry, change_entry, STAFF, None, "register_changed", _AREAS),
    Action(CloseEntry, close_entry, STAFF, None, "register_closed", _AREAS),
    Action(PrintRegister, print_register, EVERYONE, None, "register_printed"),
)
