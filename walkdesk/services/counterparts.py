"""Who may receive and on what a release stands: entries of the registers of 提供先 and of the ward's instructions."""

from __future__ import annotations

from datetime import date

from sqlalchemy import or_, select

from walkdesk.domain.people import STAFF, Role
from walkdesk.domain.problem import Problem
from walkdesk.domain.registers import Register
from walkdesk.domain.releases import Need, Rule
from walkdesk.messages.releases import Choice
from walkdesk.services.session import Work
from walkdesk.storage.office_tables import Designation, PersonRecord, RegisterEntry, ReleaseRecord

CARRY = "carry"
"""What an entry of the ward's instructions allows, so that a removal can stand on it (clause 6)."""


def recipients(work: Work, kinds: frozenset[str] | None = None) -> tuple[Choice, ...]:
    """The entries of 提供先 whose consent holds today, of all kinds or of some."""
    return tuple(
        Choice(one.entry, f"{one.entry}　{one.fields.get('name', '')}")
        for one in _standing(work, Register.RECIPIENTS)
        if kinds is None or one.fields.get("kind") in kinds
    )


def bases(work: Work, kinds: frozenset[str] | None = None) -> tuple[Choice, ...]:
    """The entries of the ward's instructions and consents that allow a removal today."""
    return tuple(
        Choice(one.entry, f"{one.entry}　{one.fields.get('number', '')}")
        for one in _standing(work, Register.INSTRUCTIONS)
        if one.fields.get("allows") == CARRY and (kinds is None or one.fields.get("kind") in kinds)
    )


def carriers(work: Work, rule: Rule) -> tuple[Choice, ...]:
    """Who may carry what leaves by a kind: people who work here, in this contract, in one of the kind's roles."""
    people = work.office.scalars(
        select(PersonRecord)
        .join(Designation, Designation.staff_number == PersonRecord.staff_number)
        .where(Designation.contract == work.contract.contract, PersonRecord.active)
        .order_by(PersonRecord.staff_number)
    )
    return tuple(
        Choice(one.staff_number, f"{one.name}（{one.post}）")
        for one in people
        if one.role is not None and Role(one.role) in rule.carriers
    )


def carrier_role(work: Work, staff_number: str) -> Role | None:
    """The role of somebody who works here and is designated for the contract on the desk; ``None`` otherwise."""
    person = work.office.get(PersonRecord, staff_number) if staff_number else None
    designated = work.office.get(Designation, (work.contract.contract, staff_number))
    if person is None or not person.active or person.role is None or designated is None:
        return None
    return Role(person.role)


def check_standing(work: Work, rule: Rule, record: ReleaseRecord) -> None:
    """Receiver, consent and carrier of a release as they are today; ``Problem`` where one of them is gone."""
    if Need.RECIPIENT in rule.needs and record.recipient not in {one.key for one in recipients(work, rule.receivers)}:
        raise Problem("releases.recipient_gone", recipient=record.recipient)
    if Need.BASIS in rule.needs and record.basis not in {one.key for one in bases(work, rule.bases)}:
        raise Problem("releases.basis_gone", basis=record.basis)
    if Need.CARRIER in rule.needs and carrier_role(work, record.carrier) not in rule.carriers:
        raise Problem("releases.carrier_gone")


def entry_words(work: Work, entry: str) -> str:
    """How a register shows an entry: its number and its name."""
    found = work.office.get(RegisterEntry, entry) if entry else None
    if found is None:
        return entry
    name = found.fields.get("name") or found.fields.get("number") or ""
    return f"{entry}　{name}" if name else entry


def recipient_words(work: Work, record: ReleaseRecord) -> str:
    """Whom it goes to in one line: the entry's name, the ward, the carrier, or the persons themselves ("")."""
    found = work.office.get(RegisterEntry, record.recipient) if record.recipient else None
    if found is not None:
        return str(found.fields.get("name", ""))
    if record.carrier:
        person = work.office.get(PersonRecord, record.carrier)
        return "" if person is None else f"{person.post}　{person.name}"
    return ""


def may_second(work: Work, staff_number: str, contract: str) -> bool:
    """Whether somebody is marked 承認可, works here, and is a handler or manager of the contract."""
    person = work.office.get(PersonRecord, staff_number)
    if person is None or not person.active or not person.may_approve or person.role is None:
        return False
    role = Role(person.role)
    return role in STAFF and (
        role is Role.MANAGER or work.office.get(Designation, (contract, staff_number)) is not None
    )


def _standing(work: Work, register: Register) -> list[RegisterEntry]:
    """The entries of a register that hold today, for this contract or for the whole office."""
    today: date = work.today
    query = (
        select(RegisterEntry)
        .where(
            RegisterEntry.register == register.value,
            RegisterEntry.contract.in_(("", work.contract.contract)),
            RegisterEntry.closed_on.is_(None),
            RegisterEntry.opened_on <= today,
            or_(RegisterEntry.due.is_(None), RegisterEntry.due >= today),
        )
        .order_by(RegisterEntry.entry)
    )
    return list(work.office.scalars(query))
