"""復旧用紙: making, trying and closing recovery sheets, and holding their slots against the register."""

from __future__ import annotations

import contextlib
import hmac
import os
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session as OrmSession

from walkdesk.documents.recovery_sheet import RecoverySheetFacts, recovery_sheet_pdf
from walkdesk.domain.contract import WITH_VAULT, ContractState
from walkdesk.domain.problem import Problem
from walkdesk.domain.recovery import CODE_BYTES, OFFICE_SCOPE, code_groups, parse_code, qr_text
from walkdesk.messages.common import Done, FreePaper
from walkdesk.messages.keys import CloseSheet, MakeSheet, TrySheet
from walkdesk.services.access import one_line, open_slot
from walkdesk.services.paperwork import JAPANESE, mark_of, paper, programme_name
from walkdesk.services.session import Session, Work, working
from walkdesk.storage.office_tables import ContractRecord, RecoverySheetRecord
from walkdesk.storage.sheets import open_by_sheet, sheet_public, sheet_slot, sheets_in, without_sheets
from walkdesk.storage.slots import read_slots, write_slots

SHREDDED, USED, SUPERSEDED, NOT_SHOWN = "shredded", "used", "superseded", "not_shown"
"""How a sheet ended. One that was never shown has no paper."""
NO_PAPER_LEFT = frozenset({SHREDDED, NOT_SHOWN})


def slots_of(session: Session, scope: str) -> Path:
    """The slot file that a scope's sheets lie in."""
    folder = session.premises.folder
    return folder.slots if scope == OFFICE_SCOPE else folder.vault_slots(scope)


def sheet_in_force(office: OrmSession, scope: str) -> RecoverySheetRecord | None:
    """The one sheet of a scope that opens something, by the register."""
    query = select(RecoverySheetRecord).where(RecoverySheetRecord.scope == scope, RecoverySheetRecord.disposal == "")
    return office.scalars(query.order_by(RecoverySheetRecord.generation.desc())).first()


def end_sheet(work: Work, record: RecoverySheetRecord, disposal: str, witness: str = "") -> None:
    """Closes a row of the register with its evidence, in the caller's transaction; its slot goes afterwards."""
    record.disposal, record.closed_on, record.closed_by = disposal, work.today, work.member.staff_number
    record_sheet(work, "recovery_sheet_closed", record.scope, record.generation, disposition=disposal, witness=witness)


def record_sheet(work: Work, event: str, scope: str, generation: int, **facts: str) -> None:
    """The evidence of what happened to a sheet."""
    of_office = scope == OFFICE_SCOPE
    kind = "office" if of_office else "contract"
    work.record(event, None if of_office else scope, kind=kind, generation=generation, **facts)


def make_sheet(work: Work, message: MakeSheet) -> FreePaper:
    """A new sheet in place of the one before. The paper is answered once; nothing keeps its code.

    The register and its evidence come first, then the slot: a sheet whose slot was never written opens nothing and is
    closed at the next sign-in, since nobody has seen its paper.
    """
    scope = message.scope
    kept_at = one_line(message.kept_at)
    if not kept_at:
        raise Problem("keys.place_missing")
    keys, own = work.session.keys, work.member.staff_number
    if keys is None:
        raise Problem("door.not_signed_in")
    key, path = _key_of(work, scope), slots_of(work.session, scope)
    old = sheet_in_force(work.office, scope)
    generation = _newest(work.office, scope) + 1
    secret = os.urandom(CODE_BYTES)
    public = sheet_public(secret, scope, generation)
    slots = without_sheets(read_slots(path))
    slots = slots.with_slot(sheet_slot(slots, key, generation, public, (own, keys)))
    pdf = recovery_sheet_pdf(_facts(work, scope, generation, secret, kept_at, 0 if old is None else old.generation))
    if old is not None:
        end_sheet(work, old, SUPERSEDED)
    work.office.add(
        RecoverySheetRecord(
            scope=scope,
            generation=generation,
            public=public,
            made_at=work.now,
            made_by=own,
            kept_at=kept_at,
            closed_by="",
            disposal="",
        )
    )
    record_sheet(work, "recovery_sheet_made", scope, generation, place=kept_at)
    work.settle()
    write_slots(path, slots)
    return paper(JAPANESE.say("keys.paper_title", generation=generation), f"fukkyu-{generation}.pdf", pdf)


def try_sheet(work: Work, message: TrySheet) -> Done:
    """Whether a sheet would open what it is for: its slot is opened, and the key held against the one in memory."""
    secret = parse_code(message.code)
    record = sheet_in_force(work.office, message.scope)
    if record is None:
        raise Problem("keys.no_sheet")
    key = _key_of(work, message.scope)
    generation, found = open_by_sheet(read_slots(slots_of(work.session, message.scope)), message.scope, secret)
    if generation != record.generation or not hmac.compare_digest(found, key):
        raise Problem("keys.sheet_unknown")
    record.tested_on = work.today
    record_sheet(work, "recovery_sheet_tested", message.scope, generation)
    return Done({"generation": generation}, work.ledger)


def close_sheet(work: Work, message: CloseSheet) -> Done:
    """The paper was shredded before a witness. A sheet that was in force opens nothing any more."""
    witness = one_line(message.witness)
    if not witness:
        raise Problem("keys.witness_missing")
    record = work.office.get(RecoverySheetRecord, (message.scope, message.generation))
    if record is None or record.disposal in NO_PAPER_LEFT:
        raise Problem("keys.sheet_closed", generation=message.generation)
    in_force = not record.disposal
    end_sheet(work, record, SHREDDED, witness)
    number = work.ledger
    if in_force:
        work.settle()
        path = slots_of(work.session, message.scope)
        if path.exists():
            write_slots(path, without_sheets(read_slots(path)))
    return Done({"generation": message.generation}, number)


def settle_sheets(session: Session) -> None:
    """Finishes what an interruption left between register and slots: at sign-in, before a vault is opened.

    A slot whose sheet is closed goes; a sheet that has no slot was never shown and is closed.
    """
    assert session.book is not None
    with OrmSession(session.book.engine) as office:
        contracts = office.scalars(select(ContractRecord)).all()
        scopes = [OFFICE_SCOPE, *(one.contract for one in contracts if ContractState(one.state) in WITH_VAULT)]
        # A contract whose keys are being made anew settles its sheets with them.
        busy = {one.contract for one in contracts if one.rekey_plan}
        wanted = {scope: sheet_in_force(office, scope) for scope in scopes if scope not in busy}
        generations = {scope: 0 if record is None else record.generation for scope, record in wanted.items()}
    for scope, generation in generations.items():
        with contextlib.suppress(Problem):  # a slot file that nobody can read is for its own opening to notice
            _settle(session, scope, generation)


def sheets_left(office: OrmSession, scope: str) -> list[RecoverySheetRecord]:
    """The sheets of a scope whose paper may still exist."""
    query = select(RecoverySheetRecord).where(RecoverySheetRecord.scope == scope)
    return [one for one in office.scalars(query) if one.disposal not in NO_PAPER_LEFT]


def _settle(session: Session, scope: str, generation: int) -> None:
    path = slots_of(session, scope)
    slots = read_slots(path)
    there = sheets_in(slots)
    if generation and generation not in there:
        with working(session, "settle") as work:
            record = work.office.get_one(RecoverySheetRecord, (scope, generation))
            record.disposal, record.closed_on, record.closed_by = NOT_SHOWN, work.today, work.member.staff_number
            record_sheet(work, "recovery_sheet_closed", scope, generation, disposition=NOT_SHOWN)
    if any(one != generation for one in there):
        write_slots(path, without_sheets(slots, but=generation))


def _key_of(work: Work, scope: str) -> bytes:
    """The database key that a sheet of this scope would open, from what is open in this session."""
    session = work.session
    if scope == OFFICE_SCOPE and session.keys is not None:
        return open_slot(slots_of(session, scope), scope, work.member.staff_number, session.keys, None)
    if scope != session.contract or session.vault_key is None:
        raise Problem("keys.vault_closed")
    return session.vault_key


def _newest(office: OrmSession, scope: str) -> int:
    query = select(func.max(RecoverySheetRecord.generation)).where(RecoverySheetRecord.scope == scope)
    return int(office.execute(query).scalar() or 0)


def _facts(work: Work, scope: str, generation: int, secret: bytes, kept_at: str, old: int) -> RecoverySheetFacts:
    of_office = scope == OFFICE_SCOPE
    contract = None if of_office else work.contract
    number = "office" if contract is None else contract.number
    opens = JAPANESE.say("keys.opens_office")
    if contract is not None:
        opens = JAPANESE.say("keys.opens_contract", number=contract.number, programme=programme_name(contract))
    return RecoverySheetFacts(
        number=f"R-{number}-{generation}",
        opens=opens,
        for_office=of_office,
        generation=generation,
        issued=work.today,
        created=work.now,
        office=work.book.setting(work.office, "office"),
        made_by=f"{work.member.post}　{work.member.name}",
        kept_at=kept_at,
        groups=code_groups(secret),
        qr_text=qr_text(secret, generation),
        replaces=old,
        mark=mark_of(work),
    )
