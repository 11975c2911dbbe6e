"""復旧: a manager comes in with the office's recovery sheet; a contract is opened with its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy.orm import Session as OrmSession

from walkdesk.domain.people import MANAGERS, Role
from walkdesk.domain.problem import Problem
from walkdesk.domain.recovery import OFFICE_SCOPE, parse_code
from walkdesk.ledger.doorlog import DoorLog
from walkdesk.ledger.entry import NOBODY
from walkdesk.messages.door import SignedIn
from walkdesk.messages.keys import OpenWithSheet, RecoverManager
from walkdesk.services.access import contract_to_open, new_slot, open_with_key, share_of, signed_in
from walkdesk.services.account import check_new_password
from walkdesk.services.accounts import cost_of_office, renew_account
from walkdesk.services.actions import Action, areas, table
from walkdesk.services.door import check_ledger, enter_first, take_place
from walkdesk.services.doornotes import note
from walkdesk.services.lockout import Lockout
from walkdesk.services.opening import vault_has_key
from walkdesk.services.refusals import evidenced
from walkdesk.services.rekeying import SHEET_USED, TOKEN_LOST, settle_rekeying
from walkdesk.services.session import Session, Work, working
from walkdesk.services.sheets import USED, end_sheet, sheet_in_force, slots_of
from walkdesk.storage.accounts import AccountsFile, new_account
from walkdesk.storage.keys import AccountKeys
from walkdesk.storage.office import OfficeBook
from walkdesk.storage.office_tables import ContractRecord, PersonRecord
from walkdesk.storage.sheets import open_by_sheet, sheet_public, without_sheets
from walkdesk.storage.slots import read_slots, write_slots

NO_SLOT = "no_slot"
"""Why a contract is opened with its sheet, beside ``token_lost``."""


def recover_manager(session: Session, message: RecoverManager) -> SignedIn:
    """A manager whom nobody else can help gets new keys: the office's sheet opens the book, and is used up by it.

    No colleague vouches for the new keys. The office's own key does, which lies in the book that only the sheet opened,
    and the ledger says so. What a wrong code is counted as, a wrong password is counted as.
    """
    folder = session.premises.folder
    if not folder.exists():
        raise Problem("door.no_office")
    if session.member is not None:
        raise Problem("door.somebody_in")
    secret = parse_code(message.code)
    log, number = DoorLog(folder.door_log), message.staff_number.strip()
    try:
        practice = bool(folder.read_card()["practice"])
        if not folder.accounts.exists():
            raise Problem("storage.office_damaged")
        session.accounts = AccountsFile(folder.accounts)
        lockout = Lockout(log, session.accounts, session.now, session.premises.uptime())
        generation, key = _open_by_code(session, lockout, number, secret)
        log.append(session.now, "recovery_sheet_tried", number, "opened")
        session.book = OfficeBook.open(folder.book, key)
        take_place(session, log, number, practice)
        _may_recover(session, log, number, secret, generation)
        check_ledger(session)
        _renew(session, message.password, generation, key)
        lockout.came_in(number)
        lockout.keep()
    except BaseException as fault:
        session.close()
        if isinstance(fault, Problem):
            note(log, session.now, fault)
        raise
    try:
        enter_first(session, log)
        return signed_in(session)
    except BaseException:
        session.close()
        raise


def open_with_sheet(work: Work, message: OpenWithSheet) -> SignedIn:
    """Opens a contract with its sheet for this session. The sheet stays in force until the new keys are made.

    Were it used up here, a loss of power before the new keys would leave nothing that opens the contract.
    """
    # A code that was mistyped is nobody's refusal; one that opens nothing is.
    return evidenced(partial(_open_with_secret, secret=parse_code(message.code)))(work, message)


AT_DOOR: Mapping[type, Callable[[Session, Any], Any]] = {RecoverManager: recover_manager}
"""As ``door.AT_DOOR``: it makes the session."""


def _open_by_code(session: Session, lockout: Lockout, number: str, secret: bytes) -> tuple[int, bytes]:
    """The book's key, by a code that is counted before it is tried."""
    assert session.accounts is not None
    slots = read_slots(slots_of(session, OFFICE_SCOPE))
    known = session.accounts.find(number) is not None
    lockout.admit(number)
    if not known:
        lockout.admit_stranger(session.strangers, number)
        lockout.stranger(session.strangers, number)
        raise Problem("keys.sheet_unknown")
    lockout.begin_try(number)
    try:
        found = open_by_sheet(slots, OFFICE_SCOPE, secret)
    except Problem:
        lockout.wrong(number)
        raise
    lockout.right()
    return found


def _may_recover(session: Session, log: DoorLog, number: str, secret: bytes, generation: int) -> None:
    """The sheet is the one of the register, and who holds it is a manager."""
    assert session.book is not None and session.member is not None
    if session.member.role is not Role.MANAGER:
        log.append(session.now, "password_reset_refused", number, "not_manager")
        raise Problem("keys.recover_manager_only")
    with OrmSession(session.book.engine) as office:
        sheet = sheet_in_force(office, OFFICE_SCOPE)
    if sheet is None or (sheet.generation, sheet.public) != (
        generation,
        sheet_public(secret, OFFICE_SCOPE, generation),
    ):
        log.append(session.now, "password_reset_refused", number, "sheet_closed")
        raise Problem("keys.sheet_unknown")


def _renew(session: Session, password: str, generation: int, book_key: bytes) -> None:
    """New keys under the new password, vouched for by the office; the sheet is used up, and its slot goes."""
    assert session.book is not None and session.member is not None
    office_key = AccountKeys(X25519PrivateKey.generate(), session.book.key)
    number, path = session.member.staff_number, slots_of(session, OFFICE_SCOPE)
    with working(session, "RecoverManager") as work:
        check_new_password(work, work.office.get_one(PersonRecord, number), password)
        account, keys = new_account(number, password, cost_of_office(session), (NOBODY, office_key))
        slot = new_slot(read_slots(path), book_key, account, (NOBODY, office_key), None)
        sheet = sheet_in_force(work.office, OFFICE_SCOPE)
        assert sheet is not None
        work.record("recovered_with_sheet", person=number, staff=number, generation=generation)
        end_sheet(work, sheet, USED)
        renew_account(work, account, slot, None)
        work.settle()
        write_slots(path, without_sheets(read_slots(path)))
    session.keys = keys


def _open_with_secret(work: Work, message: OpenWithSheet, secret: bytes) -> SignedIn:
    session = work.session
    contract = contract_to_open(session, message.contract)
    cid = contract.contract
    reason = {NO_SLOT: SHEET_USED, TOKEN_LOST: TOKEN_LOST}.get(message.reason)
    if reason is None:
        raise Problem("keys.reason_unknown")
    sheet = sheet_in_force(work.office, cid)
    generation, key = open_by_sheet(read_slots(slots_of(session, cid)), cid, secret)
    if sheet is None or sheet.generation != generation:
        raise Problem("keys.sheet_unknown")
    if contract.rekey_plan and not vault_has_key(session, cid, key):
        # The vault has its new key already: the new token and this person's slot open it, the sheet does not.
        raise Problem("keys.sheet_unknown")
    if session.contract is not None:
        work.seal_to_ledger()
    work.office.get_one(ContractRecord, cid).rekey_due = reason
    work.record("opened_with_sheet", cid, generation=generation, reason=message.reason)
    work.settle()
    share = share_of(session, contract)
    here = message.reason == NO_SLOT and share.here()
    open_with_key(session, cid, key, share.read() if here else None, share if here else None)
    if contract.rekey_plan:
        settle_rekeying(session, cid, finished=False)
    return signed_in(session)


ACTIONS = table(
    Action(
        OpenWithSheet,
        open_with_sheet,
        MANAGERS,
        None,
        "opened_with_sheet",
        areas("door", "keys", "contracts", "today", "closeout"),
    ),
)
