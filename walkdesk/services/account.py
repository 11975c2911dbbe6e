"""Accounts of the people of the register: made, given another password, given new keys where one is forgotten.

A password is checked, derived from, and forgotten: no answer, no record and no file holds one.
"""

from __future__ import annotations

import contextlib

from walkdesk.domain.passwords import check_password
from walkdesk.domain.people import EVERYONE, MANAGERS, Role
from walkdesk.domain.problem import Problem
from walkdesk.ledger.doorlog import DoorLog
from walkdesk.messages.account import ChangePassword, LookAtSession, RenewAccess
from walkdesk.messages.common import Done
from walkdesk.messages.door import SignedIn
from walkdesk.resources.passwords import blocked_words
from walkdesk.services.access import OFFICE_SCOPE, new_slot, one_line, open_slot, signed_in
from walkdesk.services.accounts import (
    accounts_of,
    add_account,
    cost_of_office,
    renew_account,
    replace_account,
    slots_elsewhere,
)
from walkdesk.services.actions import Action, areas, table
from walkdesk.services.keyhistory import known_keys
from walkdesk.services.lockout import Lockout
from walkdesk.services.session import Work
from walkdesk.storage.accounts import Account, new_account
from walkdesk.storage.keys import AccountKeys
from walkdesk.storage.office_tables import PersonRecord
from walkdesk.storage.slots import Slot, read_slots


def look_at_session(work: Work, message: LookAtSession) -> SignedIn:
    """Who is in, as the door tells it."""
    return signed_in(work.session)


def change_password(work: Work, message: ChangePassword) -> Done:
    """Wraps the same keys under a new password, with a fresh salt and the office's cost.

    The old password is asked for, and a wrong one counts as a wrong one at the door.
    """
    number = work.member.staff_number
    account = accounts_of(work.session).find(number)
    if account is None:
        raise Problem("people.no_account", name=work.member.name)
    keys = _proved(work, account, message.old)
    if message.new == message.old:
        raise Problem("account.same_password")
    check_new_password(work, work.office.get_one(PersonRecord, number), message.new)
    changed = account.with_password(keys, message.new, cost_of_office(work.session))
    ledger = work.record("password_changed", staff=number)
    replace_account(work, changed)
    return Done({}, ledger)


def renew_access(work: Work, message: RenewAccess) -> Done:
    """Makes new keys for somebody who forgot the password, and seals what is open here to them.

    The old keys are lost with the password: nobody can read them, so nothing can be sealed anew that this desk does
    not have open. What they signed stays checkable.
    """
    person = work.office.get(PersonRecord, message.staff_number)
    if person is None or not person.active:
        raise Problem("people.unknown", number=message.staff_number)
    number = person.staff_number
    if number == work.member.staff_number:
        raise Problem("account.own_access")
    if accounts_of(work.session).find(number) is None or person.role is None:
        raise Problem("people.no_account", name=person.name)
    reason = one_line(message.reason, 200)
    if not reason:
        raise Problem("account.reason_missing")
    check_new_password(work, person, message.password)
    own, keys = _granter(work)
    account, _ = new_account(number, message.password, cost_of_office(work.session), (own, keys))
    on_desk = _slot_on_desk(work, account)
    elsewhere = slots_elsewhere(work, number, None if on_desk is None else on_desk[0])
    ledger = work.record(
        "access_renewed",
        person=number,
        staff=number,
        role=person.role,
        generation=len(known_keys(work.office, number)) + 1,
        basis=reason,
        count=len(elsewhere),
    )
    renew_account(work, account, _office_slot(work, account), on_desk)
    _end_lockout(work, number)
    return Done({"name": person.name, "elsewhere": len(elsewhere)}, ledger)


def make_account(work: Work, person: PersonRecord, role: Role, password: str) -> None:
    """Keys, password, office slot: told in the ledger first, and finished at the next sign-in if the power fails."""
    check_new_password(work, person, password)
    account, _ = new_account(person.staff_number, password, cost_of_office(work.session), _granter(work))
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
    add_account(work, account, _office_slot(work, account))


def check_new_password(work: Work, person: PersonRecord, password: str) -> None:
    """Refuses a password that is short, common, or built on this person's or the office's own data."""
    around = (person.post, *(work.book.setting(work.office, key) for key in ("office", "address", "phone")))
    check_password(password, (person.staff_number, person.name), around, blocked_words())


def _granter(work: Work) -> tuple[str, AccountKeys]:
    if work.session.keys is None:
        raise Problem("door.not_signed_in")
    return work.member.staff_number, work.session.keys


def _office_slot(work: Work, account: Account) -> Slot:
    """The office book's key, sealed to an account."""
    own, keys = _granter(work)
    path = work.session.premises.folder.slots
    return new_slot(read_slots(path), open_slot(path, OFFICE_SCOPE, own, keys, None), account, (own, keys), None)


def _slot_on_desk(work: Work, account: Account) -> tuple[str, Slot] | None:
    """The contract on the desk and its slot, sealed anew, if this account had one there."""
    session = work.session
    if session.contract is None or session.vault_key is None:
        return None
    slots = read_slots(session.premises.folder.vault_slots(session.contract))
    if account.staff_number not in slots.slots:
        return None
    return session.contract, new_slot(slots, session.vault_key, account, _granter(work), session.share)


def _proved(work: Work, account: Account, password: str) -> AccountKeys:
    """The account's keys for the right password. A wrong one is counted before it is tried, as at the door."""
    lockout = lockout_of(work)
    lockout.admit(account.staff_number)
    lockout.begin_try(account.staff_number)
    try:
        keys = account.unlock(password)
    except Problem:
        lockout.wrong(account.staff_number)
        raise Problem("account.wrong_password") from None
    lockout.right()
    lockout.came_in(account.staff_number)
    return keys


def _end_lockout(work: Work, staff_number: str) -> None:
    """Who forgot the password has probably tried some: with another one, those tries say nothing any more."""
    lockout = lockout_of(work)
    with contextlib.suppress(Problem):
        lockout.admit(staff_number)
    lockout.came_in(staff_number)


def lockout_of(work: Work) -> Lockout:
    """The door's record, for a password that is tried while somebody is in."""
    premises = work.session.premises
    return Lockout(DoorLog(premises.folder.door_log), accounts_of(work.session), work.now, premises.uptime())


ACTIONS = table(
    Action(LookAtSession, look_at_session, EVERYONE, untrained=True),
    Action(ChangePassword, change_password, EVERYONE, None, "password_changed"),
    Action(RenewAccess, renew_access, MANAGERS, None, "access_renewed", areas("people", "contracts", "today", "keys")),
)
