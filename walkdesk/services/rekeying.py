"""新しい鍵: a new share, a new key of the vault, new slots; after somebody left, a sheet was used, a token was lost.

Evidence and plan come first, then, in this order: the share, the slots of the next generation beside those in force,
the vault's pages, the slots in force, the old share, and the book. Wherever that stops, one of two keys opens the
vault; whoever opens it next finds out which (``services/opening.py``), and finishes with the new one or takes back with
the old.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from sqlalchemy import select

from walkdesk.domain.contract import WITH_VAULT
from walkdesk.domain.people import MANAGERS
from walkdesk.domain.problem import Problem
from walkdesk.messages.door import SignedIn
from walkdesk.messages.keys import RekeyContract
from walkdesk.services.access import new_slot, share_of, signed_in
from walkdesk.services.accounts import accounts_of
from walkdesk.services.actions import Action, areas, table
from walkdesk.services.session import Session, Work, working
from walkdesk.services.sheets import SUPERSEDED, USED, end_sheet, sheet_in_force
from walkdesk.storage.keys import KEY_BYTES
from walkdesk.storage.office_tables import ContractRecord
from walkdesk.storage.shares import KINDS, NONE, TOKEN, ContractShare, find_share
from walkdesk.storage.sheets import people_in
from walkdesk.storage.slots import SlotFile, read_slots, write_slots
from walkdesk.storage.tokens import find_tokens
from walkdesk.storage.vault import Vault
from walkdesk.storage.wiping import overwrite_and_remove

LEFT, SHEET_USED, TOKEN_LOST, PRECAUTION = "left", "sheet_used", "token_lost", "precaution"
REASONS = frozenset({LEFT, SHEET_USED, TOKEN_LOST, PRECAUTION})
_STAGES = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """The rekeying under way, as the book keeps it: complete enough that the next opening ends it."""

    generation: int
    kind: str
    name: str
    mark: str = ""
    """Of the new share; empty until it is made."""

    def text(self) -> str:
        """As the book keeps it."""
        return json.dumps(asdict(self))


def plan_of(contract: ContractRecord) -> Plan | None:
    """The rekeying of a contract that is not ended."""
    return Plan(**json.loads(contract.rekey_plan)) if contract.rekey_plan else None


def new_share_of(session: Session, plan: Plan) -> ContractShare:
    """Where the share of the next generation lies."""
    return find_share(plan.kind, plan.mark, plan.name, session.premises.tokens())


def rekey_contract(work: Work, message: RekeyContract) -> SignedIn:
    """New keys for the contract on the desk. Nobody's password is needed: each slot is sealed to a public key."""
    session, contract = work.session, work.contract
    if message.reason not in REASONS:
        raise Problem("keys.reason_unknown")
    if session.vault is None or session.vault_key is None or session.keys is None:
        raise Problem("keys.vault_closed")
    left = plan_of(contract)
    if left is not None:
        take_back(work, contract, left)  # the disk was full before the vault's turn came
    place, kind = _place_of(session, contract, message.token_folder)
    plan = Plan(contract.generation + 1, kind, _next_name(work, contract) if kind != NONE else "")
    people = _who_keeps(work, contract)
    _tell(work, 0, "plan")
    contract.rekey_plan = plan.text()
    work.record(
        "rekey_begun",
        contract.contract,
        reason=message.reason,
        generation=plan.generation,
        share=kind,
        token=plan.name,
        slots=len(people),
    )
    work.settle()
    try:
        mark, share = KINDS[kind].make(place, plan.name)
    except Problem:
        # A medium that does not take the new token: nothing has changed yet.
        take_back(work, contract, plan)
        raise
    _change_keys(work, contract, replace(plan, mark=mark), people, share)
    _tell(work, _STAGES, "done")
    work.settle()
    return signed_in(session)


def finish(work: Work, contract: ContractRecord, plan: Plan) -> None:
    """The vault has its new key and is open under it: slots, shares and book follow."""
    session, cid = work.session, contract.contract
    assert session.vault is not None
    path = session.premises.folder.vault_slots(cid)
    slots = read_slots(path)
    if slots.next is not None:
        write_slots(path, replace(slots.next, next=None))
    old = share_of(session, contract)
    disposal = _destroy(old) if old.mark != plan.mark else "none"
    with session.vault.reading() as connection:
        now = session.vault.point(connection)
    work.book.seal(work.office, cid, now, work.now)
    used = contract.rekey_due in (SHEET_USED, TOKEN_LOST)
    while (sheet := sheet_in_force(work.office, cid)) is not None:
        end_sheet(work, sheet, USED if used else SUPERSEDED)
        work.office.flush()
    contract.generation, contract.share_kind = plan.generation, plan.kind
    contract.token_id, contract.token_name = plan.mark, plan.name
    contract.token_fate = contract.token_witness = contract.rekey_due = contract.rekey_plan = ""
    work.record(
        "rekeyed",
        cid,
        generation=plan.generation,
        share=plan.kind,
        share_disposal=disposal,
        token=plan.name,
        slots=len(read_slots(path).slots),
        staff_list=sorted(read_slots(path).slots),
    )
    if plan.kind == TOKEN:
        work.record("token_out", cid, token=plan.name, generation=plan.generation)
    work.settle()


def take_back(work: Work, contract: ContractRecord, plan: Plan) -> None:
    """The vault still has its old key: what was made of the new ones goes again. That new keys are due remains."""
    session, cid = work.session, contract.contract
    path = session.premises.folder.vault_slots(cid)
    slots = read_slots(path)
    if slots.next is not None:
        write_slots(path, replace(slots, next=None))
    if plan.mark:
        new_share_of(session, plan).remove()
    elif plan.kind == TOKEN:
        # The power failed between the token and its mark in the plan: its name is nobody else's.
        known = set(work.office.scalars(select(ContractRecord.token_id)))
        for token in find_tokens(session.premises.tokens()):
            if token.name == plan.name and token.token_id not in known:
                overwrite_and_remove(token.path)
    contract.rekey_plan = ""
    work.record("rekey_taken_back", cid, generation=plan.generation, share=plan.kind, token=plan.name)
    work.settle()


def settle_rekeying(session: Session, contract: str, finished: bool) -> None:
    """Ends what an interruption left, with the vault open: ``finished`` says under which of the two keys."""
    with working(session, "RekeyContract") as work:
        record = work.office.get_one(ContractRecord, contract)
        plan = plan_of(record)
        if plan is not None:
            (finish if finished else take_back)(work, record, plan)


def _change_keys(work: Work, contract: ContractRecord, plan: Plan, people: Iterable[str], share: bytes | None) -> None:
    """Slots, pages, slots again. From the first line on only an opening can tell how far it came."""
    session, cid = work.session, contract.contract
    vault, key = session.vault, os.urandom(KEY_BYTES)
    assert vault is not None and session.keys is not None
    _tell(work, 1, "slots")
    with vault.reading() as connection:
        point = vault.point(connection)
    contract.rekey_plan = plan.text()
    # The pages will all be others: until they are sealed, the records speak for them.
    work.book.seal(work.office, cid, replace(point, pages=None), work.now)
    work.settle()
    path = session.premises.folder.vault_slots(cid)
    coming = SlotFile(cid, plan.generation, {})
    accounts = {account.staff_number: account for account in accounts_of(session).all()}
    granter = (work.member.staff_number, session.keys)
    for number in people:
        coming = coming.with_slot(new_slot(coming, key, accounts[number], granter, share))
    write_slots(path, replace(read_slots(path), next=coming))
    _tell(work, 2, "vault")
    session.vault = session.vault_key = session.share = session.keeper = None
    try:
        vault.rekey(key)
    finally:
        vault.close()
    _tell(work, 3, "check")
    sealed = work.book.sealed_point(work.office, cid)
    fresh = Vault.open(session.premises.folder.vault(cid), cid, key)
    try:
        fresh.check(sealed)
    except BaseException:
        fresh.close()
        raise
    session.vault, session.vault_key, session.share = fresh, key, share
    session.keeper = new_share_of(session, plan)
    _tell(work, 4, "old")
    finish(work, contract, plan)


def _destroy(share: ContractShare) -> str:
    """The old share is overwritten where it is here; one that is lost was worth nothing from the new key on."""
    if share.kind == NONE:
        return "none"
    if not share.here():
        return "not_here"
    with contextlib.suppress(Problem, OSError):  # a medium that can only be read: said, and not a reason to stop
        share.overwrite()
        share.remove()
        return "overwritten"
    return "not_overwritten"


def _place_of(session: Session, contract: ContractRecord, folder: str) -> tuple[str, str]:
    """Where the new share goes, and of what kind it is."""
    if folder:
        if not Path(folder).is_dir():
            raise Problem("storage.token_not_written", folder=folder)
        return folder, TOKEN
    if contract.share_kind == NONE:
        return "", NONE
    for token in find_tokens(session.premises.tokens()):
        if token.token_id == contract.token_id:
            return str(token.path.parent), TOKEN
    raise Problem("keys.token_folder_missing", name=contract.token_name)


def _next_name(work: Work, contract: ContractRecord) -> str:
    """K-01, then K-01-2: the tag says which generation lies in the safe."""
    base = contract.token_name.rpartition(f"-{contract.generation}")[0] if contract.generation > 1 else ""
    count = len(work.office.scalars(select(ContractRecord.contract)).all())
    return f"{base or contract.token_name or f'K-{count:02d}'}-{contract.generation + 1}"


def _who_keeps(work: Work, contract: ContractRecord) -> tuple[str, ...]:
    """Everybody who has a slot and an account, and who makes the new keys. Sheets and leavers are left out."""
    slots = read_slots(work.session.premises.folder.vault_slots(contract.contract))
    known = {account.staff_number for account in accounts_of(work.session).all()}
    keeps = {slot.staff_number for slot in people_in(slots)} & known
    return tuple(sorted(keeps | {work.member.staff_number}))


def _tell(work: Work, done: int, stage: str) -> None:
    # Cancelling half way would only be an interruption that the next opening takes back.
    with contextlib.suppress(Problem):
        work.progress(done, _STAGES, stage)


ACTIONS = table(
    Action(
        RekeyContract,
        rekey_contract,
        MANAGERS,
        WITH_VAULT,
        "rekey_begun",
        areas("keys", "contracts", "today", "closeout", "people"),
    ),
)
