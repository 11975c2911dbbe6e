"""The register of 業務従事者: the only source of accounts (clauses 13 and 18)."""

from __future__ import annotations

from sqlalchemy import select

from walkdesk.domain.contract import WITH_VAULT
from walkdesk.domain.dates import fiscal_year
from walkdesk.domain.passwords import check_password
from walkdesk.domain.people import EVERYONE, MANAGERS, STAFF, Role
from walkdesk.domain.problem import Problem
from walkdesk.messages.common import Done
from walkdesk.messages.people import (
    CloseAccount,
    DesignatePerson,
    ListPeople,
    PeopleList,
    PersonRow,
    RecordTraining,
    RegisterPerson,
    ReportDesignation,
)
from walkdesk.resources.passwords import blocked_words
from walkdesk.services.access import OFFICE_SCOPE, check_staff_number, grant_slot, new_slot, one_line, open_slot
from walkdesk.services.accounts import accounts_of, add_account, remove_account
from walkdesk.services.actions import Action, areas, table
from walkdesk.services.session import Work
from walkdesk.storage.accounts import new_account
from walkdesk.storage.keys import FLOOR
from walkdesk.storage.office_tables import Designation, PersonRecord, TrainingRecord
from walkdesk.storage.slots import read_slots


def list_people(work: Work, message: ListPeople) -> PeopleList:
    """The register, with this fiscal year's training and the designation for the contract on the desk."""
    year = fiscal_year(work.today)
    trained = {
        row.staff_number: row.held_on
        for row in work.office.scalars(select(TrainingRecord).where(TrainingRecord.fiscal_year == year))
    }
    designated = set(
        work.office.scalars(select(Designation.staff_number).where(Designation.contract == work.session.contract))
    )
    accounts = {account.staff_number for account in accounts_of(work.session).all()}
    people = tuple(
        PersonRow(
            person.staff_number,
            person.name,
            person.post,
            None if person.role is None else Role(person.role),
            person.may_approve,
            person.staff_number in accounts,
            trained.get(person.staff_number),
            person.sworn_on,
            person.staff_number in designated,
            person.active,
        )
        for person in work.office.scalars(select(PersonRecord).order_by(PersonRecord.staff_number))
    )
    return PeopleList(people, work.book.setting(work.office, "law"))


def register_person(work: Work, message: RegisterPerson) -> Done:
    """Enters a person and, where a role is given, makes the account: keys, office slot, signature of the granter."""
    check_staff_number(message.staff_number)
    name, post, reference = one_line(message.name), one_line(message.post), one_line(message.reference)
    if work.office.get(PersonRecord, message.staff_number) is not None:
        raise Problem("people.number_used", number=message.staff_number)
    if not name or not post:
        raise Problem("people.name_missing")
    if message.role is Role.AUDITOR and not reference:
        raise Problem("people.auditor_reference")
    if message.may_approve and message.role not in STAFF:
        raise Problem("people.approver_role")
    work.office.add(
        PersonRecord(
            staff_number=message.staff_number,
            name=name,
            post=post,
            role=None if message.role is None else message.role.value,
            may_approve=message.may_approve,
            sworn_on=message.sworn_on,
            reference=reference,
            active=True,
        )
    )
    work.record(
        "person_registered",
        person=message.staff_number,
        name=name,
        post=post,
        role=None if message.role is None else message.role.value,
        basis=reference,
    )
    if message.role is not None:
        person = work.office.get_one(PersonRecord, message.staff_number)
        _make_account(work, person, message.role, message.password or "")
    return Done({"name": name}, work.ledger)


def designate_person(work: Work, message: DesignatePerson) -> Done:
    """Designates for the contract on the desk and opens its vault to the account, without anyone's password."""
    person = work.office.get(PersonRecord, message.staff_number)
    contract = work.contract
    if person is None or not person.active:
        raise Problem("people.unknown", number=message.staff_number)
    if person.role is None or Role(person.role) is Role.AUDITOR:
        raise Problem("people.not_designable", name=person.name)
    account = accounts_of(work.session).find(message.staff_number)
    if account is None or work.session.vault_key is None or work.session.keys is None:
        raise Problem("people.no_account", name=person.name)
    if work.office.get(Designation, (contract.contract, message.staff_number)) is None:
        # Reported is who was designated then: one more makes a new report necessary (clause 13).
        contract.designation_reported_on = None
    work.office.merge(
        Designation(
            contract=contract.contract,
            staff_number=message.staff_number,
            role=person.role,
            on=work.today,
        )
    )
    slots = work.session.premises.folder.vault_slots(contract.contract)
    work.record(
        "account_granted",
        person=message.staff_number,
        staff=message.staff_number,
        role=person.role,
        name=person.name,
        post=person.post,
        generation=read_slots(slots).generation if slots.exists() else 1,
    )
    number = work.ledger
    work.settle()  # the evidence is on disk before the slot that it speaks of
    grant_slot(
        slots,
        contract.contract,
        work.session.vault_key,
        account,
        (work.member.staff_number, work.session.keys),
        work.session.share,
    )
    return Done({"name": person.name}, number)


def record_training(work: Work, message: RecordTraining) -> Done:
    """One training of several people, with the law that it makes known."""
    if not message.staff_numbers:
        raise Problem("people.nobody_chosen")
    content = one_line(message.content, 200)
    if not content:
        raise Problem("people.training_content")
    if message.held_on > work.today:
        raise Problem("people.training_future", held_on=message.held_on)
    law = work.book.setting(work.office, "law")
    staff = tuple(dict.fromkeys(message.staff_numbers))
    for number in staff:
        if work.office.get(PersonRecord, number) is None:
            raise Problem("people.unknown", number=number)
        work.office.add(
            TrainingRecord(
                staff_number=number,
                held_on=message.held_on,
                fiscal_year=fiscal_year(message.held_on),
                content=content,
                law=law,
            )
        )
    work.record(
        "training_recorded",
        staff_list=list(staff),
        year=fiscal_year(message.held_on),
        day=message.held_on.isoformat(),
        content=content,
        law=law,
        count=len(staff),
    )
    return Done({"count": len(staff)}, work.ledger)


def report_designation(work: Work, message: ReportDesignation) -> Done:
    """The designation of this contract's people was reported to the ward (clause 13)."""
    contract = work.contract
    chosen = select(Designation.staff_number).where(Designation.contract == contract.contract)
    staff = list(work.office.scalars(chosen))
    if not staff:
        raise Problem("people.nobody_designated")
    if message.reported_on > work.today:
        raise Problem("people.report_future", reported_on=message.reported_on)
    reference = one_line(message.reference)
    contract.designation_reported_on = message.reported_on
    contract.designation_reference = reference
    work.record(
        "designation_reported",
        day=message.reported_on.isoformat(),
        reference=reference,
        receiver=contract.ward,
        staff_list=staff,
        count=len(staff),
    )
    return Done({"count": len(staff)}, work.ledger)


def close_account(work: Work, message: CloseAccount) -> Done:
    """Ends a person's access: account and slots go, the register keeps the person."""
    person = work.office.get(PersonRecord, message.staff_number)
    if person is None:
        raise Problem("people.unknown", number=message.staff_number)
    if message.staff_number == work.member.staff_number:
        raise Problem("people.own_account")
    if not person.active:
        raise Problem("people.account_closed", name=person.name)
    person.active = False
    work.record(
        "account_closed",
        person=message.staff_number,
        staff=message.staff_number,
        day=work.today.isoformat(),
        basis=one_line(message.reason, 200),
    )
    number, name = work.ledger, person.name
    remove_account(work, message.staff_number)
    return Done({"name": name}, number)


def person_name(work: Work, staff_number: str) -> tuple[str, str]:
    """Name and post of a staff number; the number itself where the register does not know it."""
    person = work.office.get(PersonRecord, staff_number)
    return (staff_number, "") if person is None else (person.name, person.post)


def _make_account(work: Work, person: PersonRecord, role: Role, password: str) -> None:
    """Keys, password, office slot: told in the ledger first, and finished at the next sign-in if the power fails."""
    around = (person.post, *(work.book.setting(work.office, key) for key in ("office", "address", "phone")))
    check_password(password, (person.staff_number, person.name), around, blocked_words())
    keys, own = work.session.keys, work.member.staff_number
    if keys is None:
        raise Problem("door.not_signed_in")
    mine = accounts_of(work.session).find(own)
    cost = work.session.premises.cost or (mine.cost if mine is not None else FLOOR)
    account, _ = new_account(person.staff_number, password, cost, (own, keys))
    work.record(
        "account_granted",
        person=person.staff_number,
        staff=person.staff_number,
        role=role.value,
        may_approve=person.may_approve,
        name=person.name,
        post=person.post,
        basis=person.reference,
    )
    path = work.session.premises.folder.slots
    book_key = open_slot(path, OFFICE_SCOPE, own, keys, None)
    add_account(work, account, new_slot(read_slots(path), book_key, account, (own, keys), None))


_REGISTER = areas("people", "contracts", "today")

ACTIONS = table(
    Action(ListPeople, list_people, EVERYONE),
    Action(RegisterPerson, register_person, MANAGERS, None, "person_registered", _REGISTER),
    Action(DesignatePerson, designate_person, MANAGERS, WITH_VAULT, "account_granted", _REGISTER),
    Action(RecordTraining, record_training, MANAGERS, None, "training_recorded", _REGISTER),
    Action(ReportDesignation, report_designation, MANAGERS, WITH_VAULT, "designation_reported", _REGISTER),
    Action(CloseAccount, close_account, MANAGERS, None, "account_closed", _REGISTER),
)
