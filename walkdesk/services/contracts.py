"""Contracts: prepare one with its vault, see what is missing, open it."""

from __future__ import annotations

import os
import secrets
from datetime import date
from pathlib import Path

from sqlalchemy import select

from walkdesk.domain.contract import (
    LIFE,
    WITH_VAULT,
    ContractState,
    Requirement,
    advance,
    check_period,
    step_from,
)
from walkdesk.domain.dates import fiscal_year
from walkdesk.domain.participants import PERMITTED_ITEMS, Origin, PermittedItem, Programme
from walkdesk.domain.people import EVERYONE, MANAGERS, STAFF, Role
from walkdesk.domain.points import parse_rule
from walkdesk.domain.problem import Problem
from walkdesk.ledger.keys import fingerprint
from walkdesk.messages.common import Done
from walkdesk.messages.contracts import (
    ConfirmItems,
    ContractBoard,
    ContractList,
    ItemRow,
    LifePoint,
    ListContracts,
    LookAtContract,
    Need,
    OpenContract,
    PrepareContract,
)
from walkdesk.messages.door import SignedIn
from walkdesk.resources.point_rules import point_rule_data
from walkdesk.services.access import contract_card, grant_slot, one_line, signed_in
from walkdesk.services.actions import Action, areas, table
from walkdesk.services.opening import open_vault_of
from walkdesk.services.session import Session, Work
from walkdesk.storage.accounts import Account
from walkdesk.storage.keys import KEY_BYTES, AccountKeys
from walkdesk.storage.office_tables import ContractRecord, Designation, PersonRecord, TrainingRecord
from walkdesk.storage.shares import KINDS, NONE, TOKEN, ContractShare, find_share
from walkdesk.storage.vault import Vault, VaultPoint
from walkdesk.storage.wiping import overwrite_and_remove, remove_folder


def list_contracts(work: Work, message: ListContracts) -> ContractList:
    """Every contract of the office, and what a new one needs to know."""
    records = work.office.scalars(select(ContractRecord).order_by(ContractRecord.start.desc()))
    setting = work.book.setting
    return ContractList(
        tuple(contract_card(record) for record in records),
        setting(work.office, "certification"),
        setting(work.office, "certification_number"),
        date.fromisoformat(setting(work.office, "certification_expiry")),
        tuple(str(folder) for folder in work.session.premises.tokens()),
    )


def prepare_contract(work: Work, message: PrepareContract) -> SignedIn:
    """Makes contract, token and vault, opens the vault to the manager, and puts the contract on the desk.

    The book's entry comes last but is the contract: what an interruption left in the folder is nobody's.
    """
    check_period(message.start, message.end)
    number, ward, department = (one_line(text) for text in (message.number, message.ward, message.ward_department))
    if not number or not ward:
        raise Problem("contracts.field_missing")
    if work.office.scalars(select(ContractRecord).where(ContractRecord.number == number)).first():
        raise Problem("contracts.number_used", number=number)
    session = work.session
    account = None if session.accounts is None else session.accounts.find(work.member.staff_number)
    if session.keys is None or account is None:
        raise Problem("door.not_signed_in")
    year = fiscal_year(message.start)
    contract = f"{message.programme.value}-{year}-{secrets.token_hex(3)}"
    rule = point_rule_data(year) if message.programme is Programme.HEALTH_POINTS else {}
    count = len(work.office.scalars(select(ContractRecord.contract)).all())
    kind = TOKEN if message.token_folder else NONE
    name = f"K-{count + 1:02d}" if kind != NONE else ""
    mark, share = KINDS[kind].make(message.token_folder, name)
    try:
        point = _new_vault(work, contract, message.programme, account, session.keys, share)
        record = ContractRecord(
            contract=contract,
            number=number,
            programme=message.programme.value,
            year=year,
            state=ContractState.PREPARING.value,
            start=message.start,
            end=message.end,
            ward=ward,
            ward_department=department,
            share_kind=kind,
            token_id=mark,
            token_name=name,
            token_fate="",
            token_witness="",
            point_rule=rule,
            designation_reference="",
            report_reference="",
            prepared_on=work.today,
            final_counts={},
        )
        _enter(work, record, point)
    except BaseException:
        _take_back(session, contract, find_share(kind, mark, name, (Path(message.token_folder),)))
        raise
    open_vault_of(session, contract)
    return signed_in(session)


def _enter(work: Work, record: ContractRecord, point: VaultPoint) -> None:
    """Puts the contract into the book with its evidence, on disk."""
    work.seal_to_ledger()  # of the vault that lay on the desk until now
    work.office.add(record)
    work.book.seal(work.office, record.contract, point, work.now)
    setting = work.book.setting
    work.record(
        "contract_prepared",
        record.contract,
        number=record.number,
        name=record.number,
        programme=record.programme,
        year=record.year,
        start=record.start.isoformat(),
        end=record.end.isoformat(),
        ward=record.ward,
        contractor=setting(work.office, "office"),
        certification=setting(work.office, "certification_number"),
        certification_until=setting(work.office, "certification_expiry"),
        place=setting(work.office, "address"),
    )
    if record.token_id:
        work.record("token_out", record.contract, token=record.token_name, generation=1)
    work.settle()


def _new_vault(
    work: Work, contract: str, programme: Programme, account: Account, keys: AccountKeys, share: bytes | None
) -> VaultPoint:
    """A vault with its slot file, and where it stands."""
    folder = work.session.premises.folder
    folder.contract(contract).mkdir(parents=True, mode=0o700)
    key = os.urandom(KEY_BYTES)
    grant_slot(folder.vault_slots(contract), contract, key, account, (work.member.staff_number, keys), share)
    allowed = set().union(*PERMITTED_ITEMS[programme].values())
    at = work.now.isoformat(timespec="seconds")
    vault = Vault.create(folder.vault(contract), contract, key, allowed, "審議会報告", at)
    try:
        with vault.reading() as connection:
            return vault.point(connection)
    finally:
        vault.close()


def _take_back(session: Session, contract: str, share: ContractShare) -> None:
    """What was made of a contract that could not be prepared goes again; nobody's data was ever in it."""
    folder = session.premises.folder.contract(contract)
    for path in folder.glob("*"):
        overwrite_and_remove(path)
    remove_folder(folder)
    share.remove()


def look_at_contract(work: Work, message: LookAtContract) -> ContractBoard:
    """The contract's board: life, what is missing, permitted items, rule, key's fingerprint."""
    contract = work.contract
    step = step_from(ContractState(contract.state))
    done = readiness(work, contract)
    needs = () if step is None else step.needs
    rule = parse_rule(contract.point_rule) if contract.point_rule else None
    return ContractBoard(
        contract_card(contract),
        work.today,
        life_points(contract),
        tuple(Need(need, need in done) for need in needs),
        _items(Programme(contract.programme)),
        contract.items_confirmed_on,
        contract.designation_reported_on,
        "" if rule is None else rule.name,
        contract.token_name,
        fingerprint(work.book.key.public_key()),
    )


def confirm_items(work: Work, message: ConfirmItems) -> Done:
    """The manager read the council paper beside the list and found them the same."""
    contract = work.contract
    contract.items_confirmed_on = work.today
    items = sorted(row.item.value for row in _items(Programme(contract.programme)))
    work.record("items_confirmed", items=items, count=len(items), basis="審議会報告")
    return Done({"count": len(items)}, work.ledger)


def open_contract(work: Work, message: OpenContract) -> Done:
    """``preparing → open``, when nothing is missing any more."""
    contract = work.contract
    done = readiness(work, contract)
    contract.state = advance(ContractState(contract.state), ContractState.OPEN, done).value
    contract.opened_on = work.today
    work.record(
        "contract_opened",
        start=contract.start.isoformat(),
        end=contract.end.isoformat(),
        day=work.today.isoformat(),
        checks=sorted(need.value for need in done),
    )
    work.seal_to_ledger()
    return Done({"number": contract.number}, work.ledger)


def readiness(work: Work, contract: ContractRecord) -> frozenset[Requirement]:
    """What of the way from ``preparing`` to ``open`` is done."""
    chosen = select(Designation).where(Designation.contract == contract.contract)
    working_here = select(PersonRecord.staff_number).where(PersonRecord.active)
    active = set(work.office.scalars(working_here))
    designated = {row.staff_number: Role(row.role) for row in work.office.scalars(chosen) if row.staff_number in active}
    approvers = work.office.scalars(working_here.where(PersonRecord.may_approve))
    year = fiscal_year(work.today)
    trained = set(work.office.scalars(select(TrainingRecord.staff_number).where(TrainingRecord.fiscal_year == year)))
    expiry = date.fromisoformat(work.book.setting(work.office, "certification_expiry"))
    holds = {
        Requirement.CERTIFICATION: expiry >= work.today,
        Requirement.MANAGER: Role.MANAGER in designated.values(),
        Requirement.HANDLER: Role.HANDLER in designated.values(),
        Requirement.SECOND_APPROVER: len(set(approvers) & set(designated)) >= 2,
        Requirement.DESIGNATION_REPORTED: contract.designation_reported_on is not None,
        Requirement.TRAINING: bool(designated) and set(designated) <= trained,
        Requirement.ITEMS: contract.items_confirmed_on is not None,
        Requirement.STARTED: work.today >= contract.start,
    }
    return frozenset(need for need, held in holds.items() if held)


def life_points(contract: ContractRecord) -> tuple[LifePoint, ...]:
    """The life line: each state with the day it was reached, or the day it is planned by the contract's end."""
    reached = {
        ContractState.PREPARING: contract.prepared_on,
        ContractState.OPEN: contract.opened_on,
        ContractState.REPORTED: contract.reported_on,
        ContractState.RETURNED: contract.returned_on,
        ContractState.ERASING: contract.erasing_on,
        ContractState.ERASED: contract.erased_on,
        ContractState.ACKNOWLEDGED: contract.acknowledged_on,
    }
    planned = {ContractState.OPEN: contract.start, ContractState.REPORTED: contract.end}
    return tuple(
        LifePoint(state, reached[state], planned.get(state) if reached[state] is None else None) for state in LIFE
    )


def _items(programme: Programme) -> tuple[ItemRow, ...]:
    given = PERMITTED_ITEMS[programme].get(Origin.PROVIDED, frozenset())
    collected = PERMITTED_ITEMS[programme].get(Origin.COLLECTED, frozenset())
    return tuple(
        ItemRow(item, item in given, item in collected, item is PermittedItem.EMAIL)
        for item in PermittedItem
        if item in given | collected
    )


_BOARD = areas("contracts", "today", "closeout")

ACTIONS = table(
    Action(ListContracts, list_contracts, EVERYONE),
    Action(PrepareContract, prepare_contract, MANAGERS, None, "contract_prepared", _BOARD),
    Action(LookAtContract, look_at_contract, STAFF, WITH_VAULT),
    Action(ConfirmItems, confirm_items, MANAGERS, frozenset({ContractState.PREPARING}), "items_confirmed", _BOARD),
    Action(OpenContract, open_contract, MANAGERS, frozenset({ContractState.PREPARING}), "contract_opened", _BOARD),
)
