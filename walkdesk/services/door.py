"""The door: set-up of an office, sign-in, sign-out, and the contract whose vault is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session as OrmSession

from walkdesk.domain.contract import WITH_VAULT, ContractState
from walkdesk.domain.people import Role, may_work
from walkdesk.domain.problem import Problem
from walkdesk.ledger.chain import verify_chain
from walkdesk.ledger.doorlog import DoorLog, DoorReading
from walkdesk.messages.common import Done
from walkdesk.messages.door import (
    EnterContract,
    LookAtOffice,
    OfficeFront,
    SetPracticeDate,
    SetUpOffice,
    SignedIn,
    SignIn,
    SignOut,
)
from walkdesk.services.access import ALARMS, LEDGER_ALARMS, OFFICE_SCOPE, open_slot, require_in, signed_in
from walkdesk.services.accounts import finish_change
from walkdesk.services.clock import PracticeClock
from walkdesk.services.doornotes import note
from walkdesk.services.keyhistory import check_own_slot, check_unchanged, remember_all, tell_forgery, trusted
from walkdesk.services.keys import token_reminder
from walkdesk.services.lockout import Lockout
from walkdesk.services.opening import WAITING, open_vault_of
from walkdesk.services.session import Member, Session, working
from walkdesk.services.setup import set_up_office
from walkdesk.services.sheets import settle_sheets
from walkdesk.storage.accounts import AccountsFile
from walkdesk.storage.keys import FLOOR, AccountKeys, account_key
from walkdesk.storage.office import OfficeBook
from walkdesk.storage.office_tables import ContractRecord, LedgerRecord, PersonRecord, TrainingRecord
from walkdesk.storage.slots import read_slots
from walkdesk.storage.tokens import token_names


def look_at_office(session: Session, message: LookAtOffice) -> OfficeFront:
    """What the sign-in page shows before anybody is in."""
    folder = session.premises.folder
    if not folder.exists():
        return OfficeFront(exists=False)
    log = DoorLog(folder.door_log)
    try:
        card = folder.read_card()
    except Problem as problem:
        note(log, session.now, problem)
        raise
    names = token_names(session.premises.tokens())
    return OfficeFront(True, bool(card["practice"]), names)


def sign_in(session: Session, message: SignIn) -> SignedIn:
    """Opens the office with a staff number and a password; a refusal is written to the door log first."""
    folder = session.premises.folder
    if not folder.exists():
        raise Problem("door.no_office")
    if session.member is not None:
        raise Problem("door.somebody_in")
    log = DoorLog(folder.door_log)
    number = message.staff_number.strip()
    now = session.now  # the door keeps the PC's time; a practice office has its own only behind it
    try:
        lockout = _open_office(session, log, number, message.password)
        check_ledger(session)
        lockout.came_in(number)
    except BaseException as fault:
        session.close()
        if isinstance(fault, Problem):
            note(log, now, fault)
        raise
    try:
        enter_first(session, log)
        return signed_in(session)
    except BaseException:
        session.close()
        raise


def sign_out(session: Session, message: SignOut) -> Done:
    """Seals the vault to the ledger, writes how the session ended, and closes everything.

    From the evening on the answer names the token that is out of the safe.
    """
    if session.member is None:
        return Done()
    with working(session, "SignOut") as work:
        work.seal_to_ledger()
        event = "signed_out" if message.reason == "sign_out" else "locked"
        number = work.record(event, reason=message.reason)
        token = token_reminder(work)
    session.close()
    return Done({"token": token} if token else {}, number)


def enter_contract(session: Session, message: EnterContract) -> SignedIn:
    """Closes the vault on the desk and opens another one."""
    require_in(session)
    if session.member is not None and session.member.role is Role.AUDITOR:
        with working(session, "refused") as work:
            work.record("refused", action="EnterContract", role=Role.AUDITOR.value, reason="role")
        raise Problem("door.not_permitted")
    if message.contract == session.contract:
        return signed_in(session)
    if session.vault is not None:
        with working(session, "EnterContract") as work:
            work.seal_to_ledger()
    open_vault_of(session, message.contract)
    return signed_in(session)


def set_practice_date(session: Session, message: SetPracticeDate) -> SignedIn:
    """Moves a practice office to another day. A real office has the PC's clock and nothing else."""
    require_in(session)
    clock = session.premises.clock
    if not isinstance(clock, PracticeClock):
        raise Problem("door.not_practice")
    if message.on < clock.today:
        raise Problem("door.practice_backwards", today=clock.today)
    before, clock.today = clock.today, message.on
    try:
        with working(session, "SetPracticeDate") as work:
            work.book.set(work.office, "practice_date", message.on.isoformat())
            work.record("practice_date_set", day=message.on.isoformat())
    except BaseException:
        clock.today = before
        raise
    return signed_in(session)


AT_DOOR: Mapping[type, Callable[[Session, Any], Any]] = {
    LookAtOffice: look_at_office,
    SetUpOffice: set_up_office,
    SignIn: sign_in,
    SignOut: sign_out,
    EnterContract: enter_contract,
    SetPracticeDate: set_practice_date,
}
"""What is done at the door itself, outside the table of actions: it needs no contract, and makes the session."""


def _open_office(session: Session, log: DoorLog, number: str, password: str) -> Lockout:
    """Tries the password, opens the office book with it, and finds out who is there."""
    folder = session.premises.folder
    card = folder.read_card()
    if not folder.accounts.exists():
        raise Problem("storage.office_damaged")
    session.accounts = AccountsFile(folder.accounts)
    lockout = Lockout(log, session.accounts, session.now, session.premises.uptime())
    session.keys = _unlock(session, lockout, session.accounts, number, password)
    key = open_slot(folder.slots, OFFICE_SCOPE, number, session.keys, None)
    session.book = OfficeBook.open(folder.book, key)
    take_place(session, log, number, bool(card["practice"]))
    check_own_slot(session, read_slots(folder.slots), number)
    folder.begun.unlink(missing_ok=True)
    return lockout


def _unlock(session: Session, lockout: Lockout, accounts: AccountsFile, number: str, password: str) -> AccountKeys:
    """The account's keys. A number that nobody has takes as long and hears the same."""
    account = accounts.find(number)
    lockout.admit(number)
    if account is None:
        lockout.admit_stranger(session.strangers, number)
        cost = next((one.cost for one in accounts.all()), FLOOR)
        account_key(password, bytes(16), cost)
        lockout.stranger(session.strangers, number)
        raise Problem("door.wrong_password")
    lockout.begin_try(number)
    try:
        keys = account.unlock(password)
    except Problem:
        lockout.wrong(number)
        raise
    lockout.right()
    return keys


def take_place(session: Session, log: DoorLog, number: str, practice: bool) -> None:
    """Looks the person up, sets the clock of a practice office, and holds the accounts file against the book."""
    assert session.book is not None and session.accounts is not None
    with OrmSession(session.book.engine) as office:
        person = office.get(PersonRecord, number)
        if person is None or not person.active or person.role is None:
            log.append(session.now, "sign_in_refused", number, "account_closed")
            raise Problem("door.account_closed")
    _check_signatures(session, number)
    with OrmSession(session.book.engine) as office:
        if practice:
            day = session.book.setting(office, "practice_date")
            session.premises.clock = PracticeClock(datetime.fromisoformat(day).date())
        years = frozenset(
            office.scalars(select(TrainingRecord.fiscal_year).where(TrainingRecord.staff_number == number))
        )
        role = Role(person.role)
        # A manager comes in without it, and reaches nothing but the page where it is recorded.
        if role is Role.HANDLER and not may_work(role, years, session.now.date()):
            log.append(session.now, "sign_in_refused", number, "not_trained")
            raise Problem("door.not_trained")
        session.member = Member(number, person.name, person.post, role, person.may_approve, years)


def _check_signatures(session: Session, number: str) -> None:
    """Holds the accounts against the book, and every key against its granter.

    What does not hold is an alarm in the ledger, which is open already, though nobody is in.
    """
    assert session.book is not None and session.accounts is not None
    book, accounts = session.book, session.accounts
    try:
        with OrmSession(book.engine) as office:
            check_unchanged(office, accounts.all())
        finish_change(session)
        with OrmSession(book.engine) as office:
            remember_all(office, accounts.all(), session.now)
            trusted(book, office)
            office.commit()
    except Problem as problem:
        tell_forgery(session, number, problem)
        raise


def check_ledger(session: Session) -> None:
    """The chain holds; a clock that went backwards is written down."""
    assert session.book is not None
    with OrmSession(session.book.engine) as office:
        try:
            report = verify_chain(session.book.entries(office), session.book.key.public_key(), every_signature=False)
            last = session.book.last_entry(office)
        except (ValueError, TypeError):  # a row that no entry was ever written as
            raise Problem("storage.ledger_broken", sequence=0) from None
    if not report.holds or last is None:
        first = report.faults[0].sequence if report.faults else 0
        raise Problem("storage.ledger_broken", sequence=first)
    if session.now < last.at and not isinstance(session.premises.clock, PracticeClock):
        with working(session, "clock") as work:
            work.record("clock_stepped_back", before=last.at.isoformat(timespec="seconds"))


def enter_first(session: Session, log: DoorLog) -> None:
    """Takes the door's events into the ledger, opens the newest contract that can be opened, writes the sign-in."""
    assert session.book is not None and session.member is not None
    with OrmSession(session.book.engine) as office:
        taken = office.scalars(
            select(LedgerRecord).where(LedgerRecord.event == "door_events_taken").order_by(LedgerRecord.sequence.desc())
        ).first()
        head = None if taken is None else bytes.fromhex(str(taken.facts["head"]))
        records = office.scalars(select(ContractRecord).order_by(ContractRecord.start.desc())).all()
        openable = [record.contract for record in records if ContractState(record.state) in WITH_VAULT]

    def commit(reading: DoorReading) -> None:
        with working(session, "door") as work:
            kinds: dict[str, int] = {}
            for entry in reading.entries:
                kinds[entry.event] = kinds.get(entry.event, 0) + 1
            work.record(
                "door_events_taken",
                count=len(reading.entries),
                head=reading.head.hex(),
                counts=kinds or None,
                faults=[fault.kind for fault in reading.faults] or None,
            )

    log.take(commit, head)
    settle_sheets(session)
    if session.member.role is not Role.AUDITOR:
        for contract in openable:
            if _try_contract(session, contract):
                break
    with working(session, "SignIn") as work:
        person = work.office.get(PersonRecord, session.member.staff_number)
        if person is not None:
            person.last_sign_in = work.now
        work.record("signed_in", role=session.member.role.value)


def _try_contract(session: Session, contract: str) -> bool:
    """Opens a contract if this account may and its token is here; says what waits, or what is wrong with it.

    ``False`` where the next contract may be tried.
    """
    try:
        open_vault_of(session, contract)
    except Problem as problem:
        alarm = problem.code in ALARMS - LEDGER_ALARMS
        if problem.code in WAITING or alarm:
            told = problem.values.get("name", problem.values.get("sequence", ""))
            session.waiting, session.waiting_name = problem.code, str(told)
            return alarm  # no other contract hides it: whoever is in sees it, can tell it, and can write the report
        if problem.code != "door.no_slot":
            raise
        return False
    return True
