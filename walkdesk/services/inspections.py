"""立入り調査 (clauses 15–17): the checklist of an inspection, and whether the contract had one this fiscal year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import select

from walkdesk.domain.contract import ContractState
from walkdesk.domain.dates import fiscal_year
from walkdesk.domain.measures import Finding, found
from walkdesk.domain.participants import Programme
from walkdesk.domain.problem import Problem
from walkdesk.domain.registers import Register
from walkdesk.services.session import Work
from walkdesk.storage.office_tables import ContractRecord, RegisterEntry

REMINDER_DAYS = 90
"""So many days before the year or the contract ends, an inspection that is missing is a task."""


def inspected(work: Work, contract: str) -> bool:
    """Whether a contract was inspected in this fiscal year (clause 16)."""
    held = work.office.scalars(
        select(RegisterEntry.opened_on).where(
            RegisterEntry.register == Register.INSPECTIONS.value, RegisterEntry.contract == contract
        )
    )
    return any(fiscal_year(day) == fiscal_year(work.today) for day in held)


def inspection_due(work: Work, contract: ContractRecord) -> date | None:
    """The last day for the inspection that is missing, once it is near; ``None`` otherwise."""
    if ContractState(contract.state) is not ContractState.OPEN or not contract.start <= work.today <= contract.end:
        return None
    last = min(contract.end, date(fiscal_year(work.today) + 1, 3, 31))
    near = last - work.today <= timedelta(days=REMINDER_DAYS)
    return last if near and not inspected(work, contract.contract) else None


def programme_inspected(work: Work, contract: str) -> Programme:
    """The programme whose checklist an inspection goes through; an inspection is always about a contract."""
    record = work.office.get(ContractRecord, contract) if contract else None
    if record is None:
        raise Problem("registers.no_contract")
    return Programme(record.programme)


def check_inspection(programme: Programme, values: Mapping[str, str]) -> None:
    """What is to be improved has a day until when."""
    if found(programme, values)[Finding.IMPROVE.value] and not values.get("follow_up"):
        raise Problem("registers.follow_up_missing", field="follow_up")


def record_inspection(work: Work, entry: RegisterEntry, programme: Programme, values: Mapping[str, str]) -> None:
    """The ledger's own entry of an inspection, and its end where nothing is left to be improved."""
    counts = found(programme, values)
    work.record(
        "inspection_recorded",
        entry.contract,
        entry=entry.entry,
        day=entry.opened_on.isoformat(),
        year=fiscal_year(entry.opened_on),
        counts=counts,
    )
    if not counts[Finding.IMPROVE.value] and entry.due is None:
        entry.closed_on, entry.closed_by = work.today, work.member.staff_number
