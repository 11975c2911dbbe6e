"""Changes of the accounts file: told in the office book with their evidence, then done, then told as done.

Three files change together (``accounts.db``, the office's slots, the office book) and the power may fail between any
two. What is to be done is therefore written into the book first, complete; who signs in next finishes it.
"""

from __future__ import annotations

import contextlib
import json
from base64 import b64decode, b64encode
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import select
from sqlalchemy.orm import Session as OrmSession

from walkdesk.domain.contract import WITH_VAULT, ContractState
from walkdesk.domain.problem import Problem
from walkdesk.services.access import OFFICE_SCOPE
from walkdesk.services.keyhistory import end_keys, remember_keys
from walkdesk.services.session import Session, Work
from walkdesk.storage.accounts import Account, AccountsFile, head_of
from walkdesk.storage.keys import FLOOR, KeyCost
from walkdesk.storage.office_tables import AccountKeyRecord, ContractRecord, Designation
from walkdesk.storage.slots import Slot, read_slots, write_slots

HEAD = "accounts_head"
_PENDING = "accounts_pending"


def accounts_of(session: Session) -> AccountsFile:
    """The accounts file of who is in."""
    if session.accounts is None:
        raise Problem("door.not_signed_in")
    return session.accounts


def add_account(work: Work, account: Account, slot: Slot) -> None:
    """Adds an account with its slot of the office book. The evidence that the work holds is on disk before."""
    accounts = accounts_of(work.session)
    others = [one for one in accounts.all() if one.staff_number != account.staff_number]
    remember_keys(work.office, account, work.now)
    _change(work, head_of([*others, account]), {"account": _account_data(account), "slot": _slot_data(slot)})


def replace_account(work: Work, account: Account) -> None:
    """Puts another password before the same keys. The evidence that the work holds is on disk before."""
    others = [one for one in accounts_of(work.session).all() if one.staff_number != account.staff_number]
    _change(work, head_of([*others, account]), {"account": _account_data(account)})


def renew_account(work: Work, account: Account, slot: Slot, vault: tuple[str, Slot] | None) -> None:
    """Puts new keys in the place of an account's old ones, with the slot of the office book.

    ``vault`` is the contract on the desk and its slot; in every other contract's slot file the old slot goes. The
    evidence that the work holds is on disk before.
    """
    others = [one for one in accounts_of(work.session).all() if one.staff_number != account.staff_number]
    remember_keys(work.office, account, work.now)
    change = {"account": _account_data(account), "slot": _slot_data(slot), "renewed": {}}
    if vault is not None:
        change["renewed"] = {vault[0]: _slot_data(vault[1])}
    _change(work, head_of([*others, account]), change)


def slots_elsewhere(work: Work, staff_number: str, without: str | None = None) -> list[ContractRecord]:
    """The contracts with a vault that an account can open, by their slot files, ``without`` one.

    Of a slot file that cannot be read the designation tells.
    """
    found = []
    for contract in work.office.scalars(select(ContractRecord)):
        if ContractState(contract.state) not in WITH_VAULT or contract.contract == without:
            continue
        try:
            holds = staff_number in read_slots(work.session.premises.folder.vault_slots(contract.contract)).slots
        except Problem:
            holds = work.office.get(Designation, (contract.contract, staff_number)) is not None
        if holds:
            found.append(contract)
    return found


def signing_keys(work: Work, staff_number: str, at: datetime) -> tuple[Ed25519PublicKey, ...]:
    """The keys with which this account can have signed at a time: after a new password or its end they still check.

    A key counts until it was ended. No beginning is asked for: what a key signed, it signed after it was made, and a
    clock that stepped back must not undo an approval.
    """
    rows = work.office.scalars(select(AccountKeyRecord).where(AccountKeyRecord.staff_number == staff_number))
    valid = [row for row in rows if row.valid_until is None or at <= row.valid_until]
    return tuple(Ed25519PublicKey.from_public_bytes(row.signing_public) for row in valid)


def cost_of_office(session: Session) -> KeyCost:
    """What one guess at a password costs in this office: what set-up measured, as the dearest account has it."""
    costs = [account.cost for account in accounts_of(session).all()]
    return session.premises.cost or max(costs, key=lambda cost: cost.memory_kib * cost.passes, default=FLOOR)


def remove_account(work: Work, staff_number: str) -> None:
    """Removes an account with all its slots. The evidence that the work holds is on disk before."""
    accounts = accounts_of(work.session)
    others = [one for one in accounts.all() if one.staff_number != staff_number]
    end_keys(work.office, staff_number, work.now)
    _change(work, head_of(others), {"remove": staff_number})


def finish_change(session: Session) -> None:
    """Finishes what an interruption left, and holds the accounts file against the book.

    ``Problem("storage.accounts_old")`` where it is neither as it was before that change nor as it was to be.
    """
    assert session.book is not None
    accounts = accounts_of(session)
    with OrmSession(session.book.engine) as office:
        pending = session.book.setting(office, _PENDING)
        known = session.book.setting(office, HEAD)
        head = accounts.head()
        if not pending:
            if head != known:
                raise Problem("storage.accounts_old")
            return
        change = json.loads(pending)
        if head not in (known, change["head"]):
            raise Problem("storage.accounts_old")
        paths = _slot_files(session, office.scalars(select(ContractRecord)))
        _carry_out(session, change, paths)
        session.book.set(office, HEAD, change["head"])
        session.book.set(office, _PENDING, "")
        office.commit()


def _change(work: Work, head: str, change: dict[str, Any]) -> None:
    change["head"] = head
    work.book.set(work.office, _PENDING, json.dumps(change))
    paths = _slot_files(work.session, work.office.scalars(select(ContractRecord)))
    work.settle()
    _carry_out(work.session, change, paths)
    work.book.set(work.office, HEAD, head)
    work.book.set(work.office, _PENDING, "")


def _carry_out(session: Session, change: dict[str, Any], paths: Iterable[Path]) -> None:
    """Does what the book says, whether or not some of it is done already."""
    accounts = accounts_of(session)
    if "remove" in change:
        accounts.remove(change["remove"])
        for path in paths:
            with contextlib.suppress(Problem):  # a slot file that nobody can read opens nothing to anybody
                slots = read_slots(path)
                if change["remove"] in slots.slots:
                    write_slots(path, slots.without(change["remove"]))
        return
    accounts.put(_account_from(change["account"]))
    if "slot" in change:
        office_slots = session.premises.folder.slots
        write_slots(office_slots, read_slots(office_slots).with_slot(_slot_from(change["slot"])))
    if "renewed" in change:
        _renew_slots(change["account"]["staff_number"], change["renewed"], paths)


def _renew_slots(number: str, renewed: dict[str, Any], paths: Iterable[Path]) -> None:
    """Puts the new slot where there is one; elsewhere the old one, which no key opens any more, goes."""
    for path in paths:
        with contextlib.suppress(Problem):
            slots = read_slots(path)
            if slots.scope in renewed:
                write_slots(path, slots.with_slot(_slot_from(renewed[slots.scope])))
            elif slots.scope != OFFICE_SCOPE and number in slots.slots:
                write_slots(path, slots.without(number))


def _slot_files(session: Session, contracts: Iterable[ContractRecord]) -> list[Path]:
    folder = session.premises.folder
    with_vault = [one.contract for one in contracts if ContractState(one.state) in WITH_VAULT]
    return [folder.slots, *(folder.vault_slots(contract) for contract in with_vault)]


def _account_data(account: Account) -> dict[str, Any]:
    return {
        "staff_number": account.staff_number,
        "salt": _text(account.salt),
        "cost": [account.cost.memory_kib, account.cost.passes, account.cost.lanes],
        "wrapped": _text(account.wrapped),
        "opening_public": _text(account.opening_public),
        "signing_public": _text(account.signing_public),
        "granted_by": account.granted_by,
        "signature": _text(account.signature),
    }


def _account_from(data: dict[str, Any]) -> Account:
    return Account(
        data["staff_number"],
        b64decode(data["salt"]),
        KeyCost(*data["cost"]),
        b64decode(data["wrapped"]),
        b64decode(data["opening_public"]),
        b64decode(data["signing_public"]),
        data["granted_by"],
        b64decode(data["signature"]),
    )


def _slot_data(slot: Slot) -> dict[str, Any]:
    return {
        "staff_number": slot.staff_number,
        "generation": slot.generation,
        "sealed": _text(slot.sealed),
        "granted_by": slot.granted_by,
        "signature": _text(slot.signature),
    }


def _slot_from(data: dict[str, Any]) -> Slot:
    return Slot(
        data["staff_number"],
        data["generation"],
        b64decode(data["sealed"]),
        data["granted_by"],
        b64decode(data["signature"]),
    )


def _text(raw: bytes) -> str:
    return b64encode(raw).decode()
