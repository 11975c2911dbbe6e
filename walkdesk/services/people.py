"""The register of 業務従事者: the only source of accounts (clauses 13 and 18)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import func, select

from walkdesk.domain.contract import WITH_VAULT, ContractState
from walkdesk.domain.dates import fiscal_year
from walkdesk.domain.people import EVERYONE, MANAGERS, STAFF, Role, lacks_of
from walkdesk.domain.problem import Problem
from walkdesk.messages.common import Done
from walkdesk.messages.people import (
    TRAINING,
    ChangePerson,
    CloseAccount,
    DesignatePerson,
    GiveAccount,
    ListPeople,
    PeopleList,
    PersonRow,
    RecordLawTold,
    RecordOath,
    RecordTraining,
    RegisterPerson,
    ReportDesignation,
    TrainingRow,
)
from walkdesk.services.access import check_staff_number, grant_slot, one_line
from walkdesk.services.account import make_account
from walkdesk.services.accounts import accounts_of, remove_account, slots_elsewhere
from walkdesk.services.actions import Action, areas, table
from walkdesk.services.session import Work
from walkdesk.services.training import record_law_told, record_oath, record_training
from walkdesk.storage.office_tables import ContractRecord, Designation, PersonRecord, TrainingRecord
from walkdesk.storage.slots import read_slots

LEFT = "left"
"""Why new keys are due for a contract: somebody who could open its vault works here no more."""


def list_people(work: Work, message: ListPeople) -> PeopleList:
    """The register: trainings of every year, what is missing, and the designation for the contract on the desk."""
    year = fiscal_year(work.today)
    trainings: dict[str, list[TrainingRow]] = {}
    for row in work.office.scalars(select(TrainingRecord).order_by(TrainingRecord.held_on.desc())):
        told = TrainingRow(row.held_on, row.fiscal_year, row.content, row.law)
        trainings.setdefault(row.staff_number, []).append(told)
    designated = set(
        work.office.scalars(select(Designation.staff_number).where(Designation.contract == work.session.contract))
    )
    accounts = {account.staff_number for account in accounts_of(work.session).all()}
    openers = _openers(work)
    people = tuple(
        _row(person, accounts, designated, openers, tuple(trainings.get(person.staff_number, ())), year)
        for person in work.office.scalars(select(PersonRecord).order_by(PersonRecord.staff_number))
    )
    return PeopleList(people, work.book.setting(work.office, "law"))


def _row(
    person: PersonRecord,
    accounts: Collection[str],
    designated: Collection[str],
    openers: Collection[str],
    trainings: tuple[TrainingRow, ...],
    year: int,
) -> PersonRow:
    number, role = person.staff_number, None if person.role is None else Role(person.role)
    trained_on = next((one.held_on for one in trainings if one.fiscal_year == year), None)
    oath_holds = person.sworn_on is not None and person.sworn_after_end
    lacks = lacks_of(role, oath_holds, person.law_told_on is not None, trained_on is not None)
    return PersonRow(
        number,
        person.name,
        person.post,
        role,
        person.may_approve,
        number in accounts,
        trained_on,
        person.sworn_on,
        number in designated,
        person.active,
        number in openers,
        person.sworn_after_end,
        person.law_told_on,
        person.left_on,
        trainings,
        lacks if person.active else (),
    )


def without_key(work: Work) -> list[PersonRecord]:
    """Who is designated for the contract on the desk and has an account, but no slot: new keys came since."""
    openers, accounts = _openers(work), {account.staff_number for account in accounts_of(work.session).all()}
    chosen = select(Designation.staff_number).where(Designation.contract == work.session.contract)
    people = work.office.scalars(select(PersonRecord).where(PersonRecord.active, PersonRecord.staff_number.in_(chosen)))
    return [one for one in people if one.staff_number in accounts and one.staff_number not in openers]


def _openers(work: Work) -> Collection[str]:
    """Who has a slot for the vault on the desk."""
    if work.session.contract is None:
        return ()
    return read_slots(work.session.premises.folder.vault_slots(work.session.contract)).slots.keys()


def register_person(work: Work, message: RegisterPerson) -> Done:
    """Enters a person and, where a role is given, makes the account: keys, office slot, signature of the granter."""
    check_staff_number(message.staff_number)
    name, post, reference = one_line(message.name), one_line(message.post), one_line(message.reference)
    if work.office.get(PersonRecord, message.staff_number) is not None:
        raise Problem("people.number_used", number=message.staff_number)
    if not name or not post:
        raise Problem("people.name_missing")
    _check_role(message.role, message.may_approve, reference)
    if message.sworn_on is not None and message.sworn_on > work.today:
        raise Problem("people.oath_future", sworn_on=message.sworn_on)
    work.office.add(
        PersonRecord(
            staff_number=message.staff_number,
            name=name,
            post=post,
            role=None if message.role is None else message.role.value,
            may_approve=message.may_approve,
            sworn_on=message.sworn_on,
            sworn_after_end=message.sworn_on is not None and message.sworn_after_end,
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
    if message.sworn_on is not None:
        work.record(
            "oath_recorded",
            staff_list=[message.staff_number],
            day=message.sworn_on.isoformat(),
            after_end=message.sworn_after_end,
            count=1,
        )
    if message.role is not None:
        person = work.office.get_one(PersonRecord, message.staff_number)
        make_account(work, person, message.role, message.password or "")
    return Done({"name": name}, work.ledger)


def give_account(work: Work, message: GiveAccount) -> Done:
    """Makes the account of somebody who was registered without one: the role is decided now, and only now."""
    person = work.office.get(PersonRecord, message.staff_number)
    if person is None:
        raise Problem("people.unknown", number=message.staff_number)
    if not person.active:
        raise Problem("people.has_left", name=person.name)
    if accounts_of(work.session).find(person.staff_number) is not None:
        raise Problem("people.account_exists", name=person.name)
    if person.role not in (None, message.role.value):
        raise Problem("people.role_stands", name=person.name)
    reference = one_line(message.reference)
    _check_role(message.role, message.may_approve, reference)
    person.role, person.may_approve = message.role.value, message.may_approve
    person.reference = reference or person.reference
    make_account(work, person, message.role, message.password)
    return Done({"name": person.name}, work.ledger)


def _check_role(role: Role | None, may_approve: bool, reference: str) -> None:
    """An auditor comes with the ward's written designation; only handlers and managers approve."""
    if role is Role.AUDITOR and not reference:
        raise Problem("people.auditor_reference")
    if may_approve and role not in STAFF:
        raise Problem("people.approver_role")


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


def change_person(work: Work, message: ChangePerson) -> Done:
    """Another post, or 承認可 given or taken; the evidence says which and why."""
    person = work.office.get(PersonRecord, message.staff_number)
    if person is None or not person.active:
        raise Problem("people.unknown", number=message.staff_number)
    post, reason = one_line(message.post), one_line(message.reason, 200)
    if not post:
        raise Problem("people.name_missing")
    if not reason:
        raise Problem("people.reason_missing")
    if message.may_approve and (person.role is None or Role(person.role) not in STAFF):
        raise Problem("people.approver_role")
    if message.may_approve and person.staff_number == work.member.staff_number and not person.may_approve:
        raise Problem("people.own_approval")
    if (post, message.may_approve) == (person.post, person.may_approve):
        raise Problem("people.nothing_changed")
    if not message.may_approve and not message.knowing:
        _check_approvers(work, person)
    person.post, person.may_approve = post, message.may_approve
    work.record(
        "person_changed",
        person=person.staff_number,
        post=post,
        may_approve=message.may_approve,
        basis=reason,
    )
    done = Done({"name": person.name}, work.ledger)
    if person.staff_number == work.member.staff_number:
        work.settle()
        work.session.member = replace(work.member, post=post, may_approve=message.may_approve)
    return done


def close_account(work: Work, message: CloseAccount) -> Done:
    """Ends a person's work here: account and slots go, the register keeps the person.

    A slot that somebody copied still opens what it opened: every contract whose vault this person could open is due
    for new keys (design chapter 5). The one who closes stays, so that a manager is always left.
    """
    person = work.office.get(PersonRecord, message.staff_number)
    if person is None:
        raise Problem("people.unknown", number=message.staff_number)
    if message.staff_number == work.member.staff_number:
        raise Problem("people.own_account")
    if not person.active:
        raise Problem("people.account_closed", name=person.name)
    if not message.knowing:
        _check_approvers(work, person)
    due = slots_elsewhere(work, person.staff_number)
    for contract in due:
        contract.rekey_due = contract.rekey_due or LEFT
    person.active, person.left_on = False, work.today
    number = work.record(
        "account_closed",
        person=message.staff_number,
        staff=message.staff_number,
        day=work.today.isoformat(),
        basis=one_line(message.reason, 200),
        count=len(due),
    )
    if accounts_of(work.session).find(message.staff_number) is not None:
        remove_account(work, message.staff_number)
    return Done({"name": person.name, "rekey": len(due)}, number)


def _check_approvers(work: Work, leaver: PersonRecord) -> None:
    """While a contract is open, somebody must be left who approves what the only approver asks for."""
    if not leaver.may_approve:
        return
    states = work.office.scalars(select(ContractRecord.state))
    if not any(ContractState(state) in WITH_VAULT - {ContractState.PREPARING} for state in states):
        return
    left = work.office.scalar(
        select(func.count())
        .select_from(PersonRecord)
        .where(PersonRecord.active, PersonRecord.may_approve, PersonRecord.staff_number != leaver.staff_number)
    )
    if left is None or left < 2:
        raise Problem("people.last_approver", name=leaver.name, left=left or 0)


def person_name(work: Work, staff_number: str) -> tuple[str, str]:
    """Name and post of a staff number; the number itself where the register does not know it."""
    person = work.office.get(PersonRecord, staff_number)
    return (staff_number, "") if person is None else (person.name, person.post)


_REGISTER = areas("people", "contracts", "today", "keys")
_TRAINING = _REGISTER | {TRAINING}

ACTIONS = table(
    Action(ListPeople, list_people, EVERYONE, untrained=True),
    Action(RegisterPerson, register_person, MANAGERS, None, "person_registered", _REGISTER),
    Action(GiveAccount, give_account, MANAGERS, None, "account_granted", _REGISTER),
    Action(ChangePerson, change_person, MANAGERS, None, "person_changed", _REGISTER),
    Action(DesignatePerson, designate_person, MANAGERS, WITH_VAULT, "account_granted", _REGISTER),
    Action(RecordTraining, record_training, MANAGERS, None, "training_recorded", _TRAINING, untrained=True),
    Action(RecordOath, record_oath, MANAGERS, None, "oath_recorded", _REGISTER),
    Action(RecordLawTold, record_law_told, MANAGERS, None, "law_made_known", _REGISTER),
    Action(ReportDesignation, report_designation, MANAGERS, WITH_VAULT, "designation_reported", _REGISTER),
    Action(CloseAccount, close_account, MANAGERS, None, "account_closed", _REGISTER),
)
