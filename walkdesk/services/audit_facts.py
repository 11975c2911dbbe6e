"""What the auditor's papers stand on: one contract's entries in the ledger, its releases and registers, in a period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from walkdesk.documents.audit_evidence import EvidenceFacts
from walkdesk.domain.contract import WITH_VAULT, ContractState
from walkdesk.domain.dates import fiscal_year
from walkdesk.domain.disclosure import is_small
from walkdesk.domain.participants import PERMITTED_ITEMS, Programme
from walkdesk.domain.people import Role
from walkdesk.domain.problem import Problem
from walkdesk.domain.registers import REGISTERS, EntryState, Register
from walkdesk.domain.releases import OPEN_RELEASES, ReleaseState
from walkdesk.ledger.chain import ChainReport, verify_chain
from walkdesk.ledger.entry import Entry
from walkdesk.messages.registers import EntryRow
from walkdesk.services.closing import contract_in_hand
from walkdesk.services.keys import day_of
from walkdesk.services.paperwork import JAPANESE
from walkdesk.services.registerlists import rows_of
from walkdesk.services.session import Work
from walkdesk.storage.office_tables import (
    CertificateRecord,
    ContractRecord,
    Designation,
    PersonRecord,
    ReleaseRecord,
    TrainingRecord,
)

HIDDEN = "＊"
"""What stands for a count of one to four; the papers say so."""

LEFT = frozenset({ReleaseState.RELEASED.value, ReleaseState.CLOSED.value})

_COUNTS = frozenset({"accepted", "changed", "confirmed", "count", "pages", "refused", "serial_last"})
_ABOUT_PEOPLE = frozenset(
    {
        "contract_returned",
        "erasure_intent",
        "import_committed",
        "individual_erasure",
        "individual_erasure_begun",
        "release_approved",
        "release_closed",
        "release_requested",
        "released",
        "return_recorded",
        "seal",
        "sheets_reprinted",
    }
)
"""Events whose counts are of participants or of what is about them."""

_HELD = ("seal", "contract_returned", "erasure_intent")


@dataclass(frozen=True, slots=True)
class Staff:
    """One person of the register of 業務従事者, as designated for the contract or not."""

    person: PersonRecord
    role: Role | None
    designated_on: date | None
    trained_on: date | None
    """In the fiscal year in which the period begins."""
    first_trained: date | None


@dataclass(frozen=True, slots=True)
class View:
    """Everything that both papers read. ``entries`` are those of the period, of the contract or of the whole office."""

    work: Work
    contract: ContractRecord
    start: date
    end: date
    entries: tuple[Entry, ...]
    until: tuple[Entry, ...]
    """All entries up to the period's end, of the contract or of the whole office."""
    chain: ChainReport
    staff: tuple[Staff, ...]
    releases: tuple[ReleaseRecord, ...]
    registers: Mapping[Register, tuple[EntryRow, ...]]

    @property
    def designated(self) -> tuple[Staff, ...]:
        """取扱責任者・取扱者 of the contract."""
        return tuple(one for one in self.staff if one.designated_on is not None)

    def of(self, *events: str) -> tuple[Entry, ...]:
        """The period's entries of some events."""
        return tuple(entry for entry in self.entries if entry.event in events)

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in the period."""
        return day is not None and self.start <= day <= self.end

    def lines(self, register: Register) -> tuple[EntryRow, ...]:
        """The lines of a register that were open in the period."""
        return tuple(
            row
            for row in self.registers[register]
            if row.opened_on <= self.end and (row.closed_on is None or row.closed_on >= self.start)
        )

    def let_out(self) -> tuple[ReleaseRecord, ...]:
        """What left in the period."""
        return tuple(
            one
            for one in self.releases
            if one.state in LEFT and one.released_at is not None and self.holds(one.released_at.date())
        )

    def waiting(self) -> tuple[ReleaseRecord, ...]:
        """What is not closed today."""
        return tuple(one for one in self.releases if ReleaseState(one.state) in OPEN_RELEASES)


def view_of(work: Work, contract: str, start: date | None, end: date | None) -> View:
    """Reads everything; without days the contract's fiscal year up to today.

    ``Problem("audit.period_backwards")`` and ``audit.period_future`` name the field that is wrong.
    """
    record = contract_in_hand(work, contract)
    first, last = _period(record, start, end, work.today)
    if work.session.contract == record.contract:
        work.seal_to_ledger()  # the counts of this moment, and a checkpoint that covers them
    everything = tuple(work.book.entries(work.office))
    until = tuple(
        entry for entry in everything if entry.contract in (None, record.contract) and entry.at.date() <= last
    )
    here = ("", record.number)
    return View(
        work,
        record,
        first,
        last,
        tuple(entry for entry in until if entry.at.date() >= first),
        until,
        verify_chain(everything, work.book.key.public_key()),
        _staff(work, record, fiscal_year(first)),
        tuple(
            work.office.scalars(
                select(ReleaseRecord)
                .where(ReleaseRecord.contract == record.contract)
                .order_by(ReleaseRecord.requested_at, ReleaseRecord.release)
            )
        ),
        {register: tuple(row for row in rows_of(work, register) if row.contract in here) for register in REGISTERS},
    )


def _period(contract: ContractRecord, start: date | None, end: date | None, today: date) -> tuple[date, date]:
    first = start or date(contract.year, 4, 1)
    last = end or max(first, min(date(contract.year + 1, 3, 31), today))
    if first > last:
        raise Problem("audit.period_backwards", field="audit_end")
    if last > today:
        raise Problem("audit.period_future", field="audit_end", today=today)
    return first, last


def _staff(work: Work, contract: ContractRecord, year: int) -> tuple[Staff, ...]:
    chosen = select(Designation).where(Designation.contract == contract.contract)
    designated = {row.staff_number: row for row in work.office.scalars(chosen)}
    days: dict[str, list[tuple[int, date]]] = {}
    for row in work.office.scalars(select(TrainingRecord).order_by(TrainingRecord.held_on)):
        days.setdefault(row.staff_number, []).append((row.fiscal_year, row.held_on))
    staff = []
    for person in work.office.scalars(select(PersonRecord).order_by(PersonRecord.staff_number)):
        mark, trained = designated.get(person.staff_number), days.get(person.staff_number, [])
        role = mark.role if mark is not None else person.role
        staff.append(
            Staff(
                person,
                None if role is None else Role(role),
                None if mark is None else mark.on,
                next((day for of, day in reversed(trained) if of == year), None),
                trained[0][1] if trained else None,
            )
        )
    return tuple(staff)


def door_counts(view: View) -> dict[str, int]:
    """What the door counted before anybody was in, by its events: the ledger has the sums."""
    counts: dict[str, int] = {}
    for entry in view.of("door_events_taken"):
        told = entry.facts.get("counts")
        for kind, number in told.items() if isinstance(told, Mapping) else ():
            counts[str(kind)] = counts.get(str(kind), 0) + (number if isinstance(number, int) else 0)
    return counts


def held(view: View) -> tuple[Entry, Mapping[str, int]] | None:
    """The newest entry that counts what is held, at the period's end; ``None`` where none does."""
    for entry in reversed(view.until):
        told = entry.facts.get("counts")
        if entry.event in _HELD and entry.contract == view.contract.contract and isinstance(told, Mapping):
            return entry, {str(kind): number for kind, number in told.items() if isinstance(number, int)}
    return None


def told_facts(entry: Entry) -> dict[str, Any]:
    """The facts of an entry as papers print them: a small count about participants is hidden."""
    if entry.event not in _ABOUT_PEOPLE:
        return dict(entry.facts)
    return {key: _hidden(value) if key in _COUNTS | {"counts"} else value for key, value in entry.facts.items()}


def _hidden(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _hidden(one) for key, one in value.items()}
    return HIDDEN if type(value) is int and is_small(value) else value


def token_words(view: View) -> str:
    """Where the contract's token is today; empty without one."""
    contract = view.contract
    if not contract.token_id:
        return ""
    if contract.token_fate or ContractState(contract.state) not in WITH_VAULT:
        return f"{contract.token_name}（終了）"
    place = JAPANESE.say(f"keys.place_{day_of(view.work, contract).place.value}")
    return JAPANESE.say("keys.token_in", name=contract.token_name, place=place)


def evidence_facts(view: View) -> EvidenceFacts:
    """What the checklist's sentences say, as counts and days."""
    contract, chosen, door = view.contract, view.designated, door_counts(view)
    roles = [one.role for one in chosen]
    carried = [one for one in view.let_out() if one.carrier]
    incidents = [row for row in view.lines(Register.INCIDENTS) if view.holds(row.opened_on)]
    papers, copies = view.lines(Register.PAPER), view.lines(Register.COPIES)
    recipients = view.lines(Register.RECIPIENTS)
    certificate = view.work.office.get(CertificateRecord, contract.contract)
    allowed = PERMITTED_ITEMS[Programme(contract.programme)]
    return EvidenceFacts(
        managers=roles.count(Role.MANAGER),
        handlers=roles.count(Role.HANDLER),
        reported_on=contract.designation_reported_on,
        reference=contract.designation_reference,
        sworn=sum(one.person.sworn_on is not None and one.person.sworn_after_end for one in chosen),
        law_told=sum(one.person.law_told_on is not None for one in chosen),
        trained=sum(one.trained_on is not None for one in chosen),
        trained_first=sum(_trained_first(one) for one in chosen),
        law=view.work.book.setting(view.work.office, "law"),
        sign_ins=len(view.of("signed_in")),
        refused_sign_ins=door.get("sign_in_refused", 0) + len(view.of("sign_in_refused")),
        lockouts=door.get("account_locked", 0),
        locks=len(view.of("locked")),
        refused_actions=len(view.of("refused")),
        opened=len(view.of("masked_data_opened")),
        accounts_closed=len(view.of("account_closed")),
        releases=len(view.let_out()),
        carried=len(carried),
        carried_open=sum(one.state == ReleaseState.RELEASED.value for one in carried),
        bags=sum(one.bag_checked for one in carried),
        approved=len(view.of("release_approved")),
        refused_releases=len(view.of("release_refused_by_approver")),
        free_carries=sum(not row.source for row in view.lines(Register.CARRIES)),
        recipients=len(recipients),
        recipients_valid=sum(row.state in (EntryState.OPEN, EntryState.RUNNING_OUT) for row in recipients),
        consents=len(view.lines(Register.INSTRUCTIONS)),
        papers_open=sum(row.closed_on is None for row in papers),
        papers_closed=sum(row.closed_on is not None for row in papers),
        copies_open=sum(row.closed_on is None for row in copies),
        items=len(set().union(*allowed.values())),
        items_confirmed_on=contract.items_confirmed_on,
        imports=len(view.of("import_committed")),
        certificate="" if certificate is None else certificate.number,
        erased_on=contract.erased_on,
        individual_erasures=len(view.of("individual_erasure")),
        status_reports=len(view.of("status_report_made")),
        incidents=len(incidents),
        incidents_told=sum(bool(row.values.get("notice_on")) for row in incidents),
        inspections=sum(view.holds(row.opened_on) for row in view.registers[Register.INSPECTIONS]),
        token=token_words(view),
    )


def _trained_first(one: Staff) -> bool:
    first, designated = one.first_trained, one.designated_on
    return first is not None and designated is not None and first <= designated
