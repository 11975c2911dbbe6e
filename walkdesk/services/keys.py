"""鍵の管理: who can open a contract, where its token is, the recovery sheets, and when new keys are due."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from walkdesk.domain.contract import WITH_VAULT, ContractState
from walkdesk.domain.people import MANAGERS, STAFF, Role
from walkdesk.domain.problem import Problem
from walkdesk.domain.recovery import OFFICE_SCOPE
from walkdesk.domain.token_day import TokenDay, TokenPlace, TokenReminder, TokenStep, token_day
from walkdesk.ledger.entry import NOBODY
from walkdesk.messages.common import Done
from walkdesk.messages.keys import (
    CloseSheet,
    KeyBoard,
    LookAtKeys,
    MakeSheet,
    SheetRow,
    SlotRow,
    TellToken,
    TrySheet,
)
from walkdesk.messages.today import Task
from walkdesk.services.access import share_of
from walkdesk.services.actions import Action, areas, table
from walkdesk.services.closing import contract_in_hand
from walkdesk.services.people import person_name
from walkdesk.services.session import Session, Work
from walkdesk.services.sheets import NO_PAPER_LEFT, close_sheet, make_sheet, sheet_in_force, slots_of, try_sheet
from walkdesk.storage.office_tables import ContractRecord, Designation, LedgerRecord, RecoverySheetRecord
from walkdesk.storage.shares import NONE
from walkdesk.storage.sheets import people_in
from walkdesk.storage.slots import SlotFile, read_slots

_STEPS = {"token_out": "out", "token_read": "read", "token_back": "back"}


def look_at_keys(work: Work, message: LookAtKeys) -> KeyBoard:
    """The board of a contract's keys; it works without its vault, since a lost key is a reason to look here."""
    contract = _in_hand(work, message.contract)
    slots = _slots(work.session, contract)
    day = day_of(work, contract)
    own = work.member.staff_number
    people = () if slots is None else people_in(slots)
    is_open = work.session.contract == contract.contract
    return KeyBoard(
        contract=contract.contract,
        number=contract.number,
        now=work.now,
        open=is_open,
        can_open=any(slot.staff_number == own for slot in people),
        generation=contract.generation,
        share_kind=contract.share_kind,
        token_name=contract.token_name,
        token_place=day.place,
        token_since=day.since,
        token_by=person_name(work, day.by)[0] if day.by else "",
        token_reminder=day.reminder,
        token_here=_token_here(work.session, contract),
        slots=tuple(
            SlotRow(slot.staff_number, *person_name(work, slot.staff_number), _granter(work, slot.granted_by))
            for slot in people
        ),
        sheets=_sheet_rows(work, contract),
        rekey_due=contract.rekey_due,
        rekey_open=is_open and work.member.role is Role.MANAGER,
        media=tuple(str(folder) for folder in work.session.premises.tokens()),
    )


def tell_token(work: Work, message: TellToken) -> Done:
    """The token left the safe, or went back. Nobody tells that it went back while it is still in the reader."""
    contract = _in_hand(work, message.contract)
    place = day_of(work, contract).place
    if place is TokenPlace.NONE:
        raise Problem("keys.no_token", number=contract.number)
    name = contract.token_name
    if message.step == "out":
        if _told_out(work, contract):
            raise Problem("keys.token_out_already", name=name)
        work.record("token_out", contract.contract, token=name, generation=contract.generation)
    elif message.step == "back":
        if place is TokenPlace.SAFE:
            raise Problem("keys.token_back_already", name=name)
        if _token_here(work.session, contract):
            raise Problem("keys.token_still_here", name=name)
        work.record("token_back", contract.contract, token=name, generation=contract.generation)
    else:
        raise Problem("keys.step_unknown")
    return Done({"name": name, "step": message.step}, work.ledger)


def day_of(work: Work, contract: ContractRecord) -> TokenDay:
    """Where the contract's token is, by the ledger."""
    if not contract.token_id:
        return TokenDay()
    return token_day(_token_steps(work, contract), work.now)


def note_token_read(work: Work, contract: ContractRecord) -> None:
    """The vault was opened with the token: it is in the reader."""
    work.record("token_read", contract.contract, token=contract.token_name, generation=contract.generation)


def key_tasks(work: Work, contract: ContractRecord) -> Iterator[Task]:
    """What of the keys waits, for 今日."""
    reminder = day_of(work, contract).reminder
    tone = {TokenReminder.NOT_BACK: "danger", TokenReminder.NOT_TAKEN: "warn"}.get(reminder)
    if tone is not None:  # the evening's question comes when somebody leaves the desk
        yield Task(reminder.value, tone, 1, contract.token_name, "keys", "token")
    if work.member.role is not Role.MANAGER:
        return
    if contract.rekey_due:
        yield Task("rekey_due", "warn", 1, contract.rekey_due, "keys", "rekey")
    if sheet_in_force(work.office, OFFICE_SCOPE) is None and _had_sheet(work, OFFICE_SCOPE):
        yield Task("sheet_due", "warn", 1, OFFICE_SCOPE, "keys", OFFICE_SCOPE)
    # While new keys are due, the new sheet comes with them.
    if not contract.rekey_due and _had_sheet(work, contract.contract):
        closing = ContractState(contract.state) is not ContractState.OPEN
        if not closing and sheet_in_force(work.office, contract.contract) is None:
            yield Task("sheet_due", "warn", 1, contract.number, "keys", "contract")


def token_reminder(work: Work) -> str:
    """The name of the token that should go back to the safe now; empty where none should."""
    if work.session.contract is None:
        return ""
    contract = work.contract
    evening = day_of(work, contract).reminder in (TokenReminder.EVENING, TokenReminder.NOT_BACK)
    return contract.token_name if evening else ""


def _had_sheet(work: Work, scope: str) -> bool:
    query = select(RecoverySheetRecord.generation).where(RecoverySheetRecord.scope == scope).limit(1)
    return work.office.scalars(query).first() is not None


def _in_hand(work: Work, wanted: str) -> ContractRecord:
    """A contract with a vault; a handler sees those that they are designated for."""
    contract = contract_in_hand(work, wanted)
    designated = work.office.get(Designation, (contract.contract, work.member.staff_number))
    if work.member.role is Role.HANDLER and designated is None:
        raise Problem("door.not_permitted")
    if ContractState(contract.state) not in WITH_VAULT:
        raise Problem("contracts.vault_gone", number=contract.number)
    return contract


def _token_steps(work: Work, contract: ContractRecord) -> Iterator[TokenStep]:
    """The steps of the token that is in force: a lost one does not go back any more."""
    query = select(LedgerRecord).where(LedgerRecord.contract == contract.contract, LedgerRecord.event.in_(_STEPS))
    for entry in work.office.scalars(query.order_by(LedgerRecord.sequence)):
        if entry.facts.get("token") == contract.token_name and entry.facts.get("generation", 1) == contract.generation:
            yield TokenStep(_STEPS[entry.event], entry.at, entry.account)


def _told_out(work: Work, contract: ContractRecord) -> bool:
    """Whether it was told today, or never told back, that the token is out."""
    out = False
    for step in _token_steps(work, contract):
        out = step.step == "out" or (out and step.step != "back")
    return out


def _token_here(session: Session, contract: ContractRecord) -> bool:
    return contract.share_kind != NONE and share_of(session, contract).here()


def _slots(session: Session, contract: ContractRecord) -> SlotFile | None:
    """The contract's slots; ``None`` where the file cannot be read, which its opening says."""
    try:
        return read_slots(slots_of(session, contract.contract))
    except Problem:
        return None


def _granter(work: Work, staff_number: str) -> str:
    return staff_number if staff_number == NOBODY else person_name(work, staff_number)[0]


def _sheet_rows(work: Work, contract: ContractRecord) -> tuple[SheetRow, ...]:
    scopes = (OFFICE_SCOPE, contract.contract)
    query = select(RecoverySheetRecord).where(RecoverySheetRecord.scope.in_(scopes))
    newest = query.order_by(RecoverySheetRecord.made_at.desc(), RecoverySheetRecord.generation.desc())
    return tuple(
        SheetRow(
            one.scope,
            one.generation,
            one.made_at,
            person_name(work, one.made_by)[0],
            one.kept_at,
            one.tested_on,
            one.closed_on,
            one.disposal,
            one.disposal in NO_PAPER_LEFT,
        )
        for one in work.office.scalars(newest)
    )


_AREAS = areas("keys", "contracts", "today", "closeout")

ACTIONS = table(
    Action(LookAtKeys, look_at_keys, STAFF),
    Action(TellToken, tell_token, STAFF, None, "token_out", _AREAS),
    Action(MakeSheet, make_sheet, MANAGERS, None, "recovery_sheet_made", _AREAS),
    Action(TrySheet, try_sheet, MANAGERS, None, "recovery_sheet_tested", _AREAS),
    Action(CloseSheet, close_sheet, MANAGERS, None, "recovery_sheet_closed", _AREAS),
)
