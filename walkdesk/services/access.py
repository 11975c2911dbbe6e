"""Access: which account may open which database, and opening a contract's vault."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session as OrmSession

from walkdesk.domain.contract import WITH_VAULT, ContractState
from walkdesk.domain.participants import Programme
from walkdesk.domain.problem import Problem
from walkdesk.domain.recovery import is_reserved
from walkdesk.ledger.entry import Entry
from walkdesk.ledger.witness import hold_against
from walkdesk.messages.door import ContractCard, SignedIn
from walkdesk.services.session import Session, working
from walkdesk.storage.accounts import Account
from walkdesk.storage.keys import AccountKeys, open_key, seal_key
from walkdesk.storage.office import OfficeBook, entry_of
from walkdesk.storage.office_tables import ContractRecord, LedgerRecord, PersonRecord
from walkdesk.storage.shares import ContractShare, find_share
from walkdesk.storage.slots import Slot, SlotFile, read_slots, slot_info, write_slots
from walkdesk.storage.vault import Vault, VaultPoint

IDLE_MINUTES = 5
OFFICE_SCOPE = "office"
_STAFF_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")


def check_staff_number(number: str) -> None:
    """A staff number is a code: it stands in the ledger. The names of recovery sheets' slots are nobody's."""
    if not _STAFF_NUMBER.fullmatch(number) or is_reserved(number):
        raise Problem("people.staff_number_form")


def one_line(text: str, most: int = 100) -> str:
    """A text that stands in the ledger: one printable line of at most ``most`` characters, without outer spaces."""
    line = text.strip()
    if len(line) > most or not line.isprintable():
        raise Problem("people.text_form", most=most)
    return line


def grant_slot(
    path: Path,
    scope: str,
    key: bytes,
    account: Account,
    granter: tuple[str, AccountKeys],
    share: bytes | None,
) -> None:
    """Seals a database key to an account, signed by who grants it; it needs nobody's password."""
    slots = read_slots(path) if path.exists() else SlotFile(scope, 1, {})
    write_slots(path, slots.with_slot(new_slot(slots, key, account, granter, share)))


def new_slot(
    slots: SlotFile, key: bytes, account: Account, granter: tuple[str, AccountKeys], share: bytes | None
) -> Slot:
    """A database key sealed to an account, signed by who grants it, in the generation of the file."""
    info = slot_info(slots.scope, account.staff_number, slots.generation)
    sealed = seal_key(key, account.opening_public, share, info)
    slot = Slot(account.staff_number, slots.generation, sealed, granter[0], b"")
    return replace(slot, signature=granter[1].signing.sign(slot.signed_bytes(slots.scope)))


def open_slot(path: Path, scope: str, staff_number: str, keys: AccountKeys, share: bytes | None) -> bytes:
    """The database key of an account's slot; ``Problem`` where it has none."""
    return open_slot_of(read_slots(path), scope, staff_number, keys, share)


def open_slot_of(slots: SlotFile, scope: str, staff_number: str, keys: AccountKeys, share: bytes | None) -> bytes:
    """The same from slots that were read."""
    slot = slots.slots.get(staff_number)
    if slot is None or slots.scope != scope:
        raise Problem("door.no_slot")
    return open_key(slot.sealed, keys.opening, share, slot_info(scope, staff_number, slot.generation))


def share_of(session: Session, contract: ContractRecord) -> ContractShare:
    """Where the contract's share lies."""
    return find_share(contract.share_kind, contract.token_id, contract.token_name, session.premises.tokens())


def contract_to_open(session: Session, contract_id: str) -> ContractRecord:
    """A contract whose vault may be opened; ``Problem`` where there is none, or no longer one."""
    assert session.book is not None
    with OrmSession(session.book.engine) as office:
        contract = office.get(ContractRecord, contract_id)
        if contract is None:
            raise Problem("door.no_such_contract")
        if ContractState(contract.state) not in WITH_VAULT:
            raise Problem("contracts.vault_gone", number=contract.number)
        return contract


def open_with_key(
    session: Session, contract_id: str, key: bytes, share: bytes | None, keeper: ContractShare | None
) -> None:
    """Opens a contract's vault with its key, and holds it against its seal and, where one lies there, its token's note.

    The vault on the desk is closed only when the other one is open. What does not agree is an alarm in the ledger.
    """
    assert session.book is not None
    try:
        if keeper is not None:
            _hold_against_token(session.book, keeper)
        vault, sealed, now = _checked_vault(session, contract_id, key)
    except Problem as problem:
        if problem.code in ALARMS:
            with working(session, "alarm") as work:
                work.record("alarm", contract_id, kind=problem.code)
        raise
    if session.vault is not None:
        session.vault.close()
    session.vault, session.vault_key, session.share, session.keeper = vault, key, share, keeper
    session.waiting, session.waiting_name = None, ""
    if now != sealed:
        # The power failed between the vault's commit and its seal, or the vault was made anew: it was checked whole.
        with working(session, "seal") as work:
            session.book.seal(work.office, contract_id, now, work.now)
            work.seal_to_ledger()


ALARMS = frozenset(
    {
        "storage.database_damaged",
        "storage.ledger_old",
        "storage.ledger_replaced",
        "storage.page_old",
        "storage.seal_damaged",
        "storage.seal_missing",
        "storage.trail_broken",
        "storage.triggers_changed",
        "storage.vault_missing",
        "storage.vault_old",
        "storage.vault_replaced",
    }
)
"""What means that somebody or something changed the files behind the program's back."""

LEDGER_ALARMS = frozenset({"storage.ledger_old", "storage.ledger_replaced"})
"""Of these the ones that speak of the book itself: nobody goes on writing in it."""


def _hold_against_token(book: OfficeBook, keeper: ContractShare) -> None:
    """Vault and book replaced together by older ones agree with each other; the note on the token tells."""
    note = keeper.kept()
    if note is None:
        return
    with OrmSession(book.engine) as office:

        def entry(sequence: int) -> Entry | None:
            record = office.get(LedgerRecord, sequence)
            return None if record is None else entry_of(record)

        hold_against(note, book.key.public_key(), book.office_id, entry)


def _checked_vault(session: Session, contract_id: str, key: bytes) -> tuple[Vault, VaultPoint, VaultPoint]:
    """The open vault with the point of its seal and where it stands. What does not agree is looked at, not touched."""
    assert session.book is not None
    path = session.premises.folder.vault(contract_id)
    with OrmSession(session.book.engine) as office:
        sealed = session.book.sealed_point(office, contract_id)
        vault = Vault.look(path, contract_id, key)
        try:
            now = vault.check(sealed)
            current = vault.current()
        finally:
            vault.close()
        if not current:
            # A migration writes pages that no seal knows yet: until they are sealed, the records speak for them.
            session.book.seal(office, contract_id, replace(now, pages=None), session.now)
            office.commit()
            sealed = session.book.sealed_point(office, contract_id)
    vault = Vault.open(path, contract_id, key)
    try:
        return vault, sealed, now if current else vault.check(sealed)
    except BaseException:
        vault.close()
        raise


def contract_card(record: ContractRecord) -> ContractCard:
    """A contract as the shell shows it."""
    return ContractCard(
        record.contract,
        record.number,
        Programme(record.programme),
        record.year,
        ContractState(record.state),
        record.start,
        record.end,
    )


def signed_in(session: Session) -> SignedIn:
    """Who is in and what is open."""
    require_in(session)
    assert session.book is not None and session.member is not None
    with OrmSession(session.book.engine) as office:
        records = office.scalars(select(ContractRecord).order_by(ContractRecord.start.desc())).all()
        person = office.get(PersonRecord, session.member.staff_number)
        return SignedIn(
            staff_number=session.member.staff_number,
            name=session.member.name,
            post=session.member.post,
            role=session.member.role,
            may_approve=session.member.may_approve,
            office=session.book.setting(office, "office"),
            practice=session.book.setting(office, "practice") == "yes",
            now=session.now,
            idle_minutes=IDLE_MINUTES,
            contracts=tuple(contract_card(record) for record in records),
            entered=session.contract,
            waiting=session.waiting,
            waiting_name=session.waiting_name,
            previous_sign_in=None if person is None else person.last_sign_in,
            trained=session.trained,
        )


def require_in(session: Session) -> None:
    """``Problem`` while nobody is in."""
    if session.member is None or session.book is None:
        raise Problem("door.not_signed_in")
