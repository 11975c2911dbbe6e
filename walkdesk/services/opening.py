"""Opening a contract: its share and slot, an interrupted rekeying ended, the token's reading told."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from walkdesk.domain.problem import Problem
from walkdesk.services.access import contract_to_open, open_slot_of, open_with_key, share_of
from walkdesk.services.keyhistory import check_own_slot
from walkdesk.services.keys import note_token_read
from walkdesk.services.rekeying import Plan, new_share_of, plan_of, settle_rekeying
from walkdesk.services.session import Session, working
from walkdesk.storage.office_tables import ContractRecord
from walkdesk.storage.shares import TOKEN, ContractShare
from walkdesk.storage.slots import read_slots
from walkdesk.storage.vault import Vault

WAITING = frozenset({"door.token_missing", "storage.token_damaged", "storage.token_wrong"})
"""Who is in may wait for the right token at the desk."""


def open_vault_of(session: Session, contract_id: str) -> None:
    """Opens a contract's vault for the person who is in. The one on the desk is closed only when this one is open.

    Where new keys were being made when the power failed, the vault has the old key or the new one: whichever this
    person's slots and the tokens that are here give is taken, and what was begun is finished or taken back.
    """
    contract = contract_to_open(session, contract_id)
    plan = plan_of(contract)
    share = share_of(session, contract)
    if plan is not None:
        share = _open_either(session, contract, plan, share)
    else:
        way = _way_in(session, contract, contract.generation, share)
        open_with_key(session, contract_id, way.key, way.half, share)
    _note(session, contract_id, share)


@dataclass(frozen=True, slots=True)
class _Way:
    """A key of the vault that this person has, and the half of it that came from the share."""

    key: bytes = field(repr=False)
    half: bytes | None = field(repr=False)


def _open_either(session: Session, contract: ContractRecord, plan: Plan, old: ContractShare) -> ContractShare:
    """The vault opened under whichever key it has, the rekeying ended; the share that is in force then."""
    new, cid = new_share_of(session, plan), contract.contract
    refused: list[Problem] = []
    for generation, share in ((plan.generation, new), (contract.generation, old)):
        try:
            way = _way_in(session, contract, generation, share)
        except Problem as problem:
            refused.append(problem)
            continue
        if vault_has_key(session, cid, way.key):
            _fold(session, cid, way.key)
            open_with_key(session, cid, way.key, way.half, share)
            settle_rekeying(session, cid, finished=share is new)
            return share
    # What would open it is a token that is not here; where both were, the file is damaged and that is an alarm.
    if refused:
        raise next((one for one in refused if one.code in WAITING), refused[0])
    open_with_key(session, cid, way.key, way.half, old)
    return old


def _way_in(session: Session, contract: ContractRecord, generation: int, share: ContractShare) -> _Way:
    """This person's key of one generation: from the slots in force, or from those of the next that lie beside them."""
    assert session.member is not None and session.keys is not None
    half = share.read()
    slots = read_slots(session.premises.folder.vault_slots(contract.contract))
    if contract.rekey_plan and slots.generation != generation:
        slots = slots.next or replace(slots, slots={})
    check_own_slot(session, slots, session.member.staff_number)
    return _Way(open_slot_of(slots, contract.contract, session.member.staff_number, session.keys, half), half)


def vault_has_key(session: Session, contract: str, key: bytes) -> bool:
    """Whether the vault has this key. It is looked at and not touched."""
    try:
        Vault.look(session.premises.folder.vault(contract), contract, key).close()
    except Problem as problem:
        if problem.code != "storage.database_damaged":
            raise
        return False
    return True


def _fold(session: Session, contract: str, key: bytes) -> None:
    """Brings what the write-ahead log holds into the file.

    The power may have failed when the log held every page under the new key and the file still had them under the old
    one. The check of the pages reads the file alone, and would take that for damage.
    """
    Vault.open(session.premises.folder.vault(contract), contract, key).close()


def _note(session: Session, contract: str, share: ContractShare) -> None:
    """The token is in the reader: told once a session, whenever a vault was opened with it."""
    assert session.book is not None
    if share.kind != TOKEN or contract in session.tokens_read:
        return
    with working(session, "token_read") as work:
        note_token_read(work, work.office.get_one(ContractRecord, contract))
    session.tokens_read.add(contract)
