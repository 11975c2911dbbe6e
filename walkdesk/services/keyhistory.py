"""Every public key that an account ever had, in the office book: what an old key signed stays checkable."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session as OrmSession

from walkdesk.domain.problem import Problem
from walkdesk.services.session import Session
from walkdesk.services.signatures import AccountKey, Trusted, check_accounts, check_slot, trusted_keys
from walkdesk.storage.accounts import Account
from walkdesk.storage.office import OfficeBook
from walkdesk.storage.office_tables import AccountKeyRecord, LedgerRecord
from walkdesk.storage.slots import SlotFile

FORGERIES: Final = frozenset({"storage.account_forged", "storage.accounts_old", "storage.slot_forged"})
"""What somebody exchanged or put back among accounts and slots: an alarm where the ledger is open."""


def known_keys(office: OrmSession, staff_number: str | None = None) -> list[AccountKey]:
    """The keys of everybody or of one account, the oldest first."""
    query = select(AccountKeyRecord).order_by(AccountKeyRecord.staff_number, AccountKeyRecord.generation)
    if staff_number is not None:
        query = query.where(AccountKeyRecord.staff_number == staff_number)
    return [
        AccountKey(
            row.staff_number,
            row.generation,
            row.opening_public,
            row.signing_public,
            row.granted_by,
            row.signature,
        )
        for row in office.scalars(query)
    ]


def remember_keys(office: OrmSession, account: Account, at: datetime) -> None:
    """Enters an account's keys where they are new, and ends the ones before; in the caller's transaction."""
    known = known_keys(office, account.staff_number)
    public = (account.opening_public, account.signing_public)
    if known and public == (known[-1].opening_public, known[-1].signing_public):
        return
    end_keys(office, account.staff_number, at)
    office.add(
        AccountKeyRecord(
            staff_number=account.staff_number,
            generation=known[-1].generation + 1 if known else 1,
            opening_public=account.opening_public,
            signing_public=account.signing_public,
            granted_by=account.granted_by,
            signature=account.signature,
            valid_from=at,
            valid_until=None,
        )
    )
    office.flush()


def end_keys(office: OrmSession, staff_number: str, at: datetime) -> None:
    """The account's keys are no longer in use. They stay, for what they signed."""
    query = select(AccountKeyRecord).where(AccountKeyRecord.staff_number == staff_number)
    for row in office.scalars(query.where(AccountKeyRecord.valid_until.is_(None))):
        row.valid_until = at


def remember_all(office: OrmSession, accounts: Iterable[Account], at: datetime) -> None:
    """Enters what an office from a version without this table has. Only for accounts whose head agrees."""
    for account in accounts:
        if not known_keys(office, account.staff_number):
            remember_keys(office, account, at)


def check_unchanged(office: OrmSession, accounts: Iterable[Account]) -> None:
    """No account that the book knows has other keys than the book knows; else ``storage.account_forged``."""
    check_accounts(accounts, known_keys(office))


def trusted(book: OfficeBook, office: OrmSession) -> Trusted:
    """The signing keys for which a chain vouches; ``storage.account_forged`` where one is without.

    The chain begins with the office's first account, which the ledger names.
    """
    query = select(LedgerRecord.facts).where(LedgerRecord.event == "account_granted")
    facts = office.scalars(query.order_by(LedgerRecord.sequence).limit(1)).first()
    first = None if facts is None else facts.get("staff")
    if not isinstance(first, str):
        raise Problem("storage.ledger_broken", sequence=0)
    return trusted_keys(known_keys(office), first, book.key.public_key().public_bytes_raw())


def check_own_slot(session: Session, slots: SlotFile, staff_number: str) -> None:
    """An account's slot of a database was granted by somebody for whom a chain vouches; else an alarm in the ledger.

    Whether there is one at all, and whether it opens, is for its opening to say.
    """
    assert session.book is not None
    slot = slots.slots.get(staff_number)
    if slot is None:
        return
    try:
        with OrmSession(session.book.engine) as office:
            check_slot(slot, slots.scope, trusted(session.book, office))
    except Problem as problem:
        tell_forgery(session, staff_number, problem)
        raise


def tell_forgery(session: Session, staff_number: str, problem: Problem) -> None:
    """Writes a forgery into the ledger, which is open, though its finder may not be in yet."""
    assert session.book is not None
    if problem.code not in FORGERIES:
        return
    with OrmSession(session.book.engine) as office:
        session.book.record(office, session.now, staff_number, "alarm", None, {"kind": problem.code})
        office.commit()
