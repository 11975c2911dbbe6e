"""The close-out desk: report delivered, return, two approvals (clauses 11 and 12)."""

from __future__ import annotations

from sqlalchemy import select

from walkdesk.documents.returns import ReturnFacts, ReturnItem, returns_pdf
from walkdesk.domain.contract import ContractState, advance, step_from
from walkdesk.domain.dates import fiscal_year_name
from walkdesk.domain.participants import Origin
from walkdesk.domain.people import EVERYONE, MANAGERS, STAFF, Role
from walkdesk.domain.problem import Problem
from walkdesk.domain.returns import BOARD, Disposition, Medium, ReturnLine, check_disposition
from walkdesk.messages.closeout import (
    AccountForToken,
    Approval,
    ApproveErasure,
    CloseOutBoard,
    CompleteReturn,
    DeliverReport,
    DoneLine,
    LookAtCloseOut,
    MakeReturnList,
    RecordReturn,
    ReturnRow,
)
from walkdesk.messages.common import Done, FreePaper
from walkdesk.messages.contracts import Need
from walkdesk.services.access import contract_card, share_of
from walkdesk.services.actions import Action, areas, table
from walkdesk.services.closing import (
    Counts,
    amount,
    approvals_of,
    contract_in_hand,
    counts_digest,
    counts_of,
    done_requirements,
    erasure_statement,
    last_entry,
    ledger_entries,
    live_counts,
    open_releases,
)
from walkdesk.services.contracts import life_points
from walkdesk.services.paperwork import (
    JAPANESE,
    ledger_checkpoint,
    ledger_line,
    mark_of,
    on_paper,
    paper,
    parties_of,
    programme_name,
)
from walkdesk.services.people import person_name
from walkdesk.services.refusals import evidenced
from walkdesk.services.session import Work
from walkdesk.services.sheets import sheets_left
from walkdesk.storage.office_tables import (
    CertificateRecord,
    ContractRecord,
    Designation,
    ErasureApproval,
    ReturnRecord,
)

OVERWRITE, DESTROYED = "overwrite", "destroyed"
"""What becomes of a token: overwritten by the program, or destroyed by hand before a witness."""

_TOLD = {
    "report_made": "number",
    "report_delivered": "receipt",
    "contract_returned": "",
    "erasure_approved": "approver",
    "erasure_intent": "",
    "keys_destroyed": "share_disposal",
    "files_removed": "files",
    "erasure_verified": "hunt",
    "certificate_issued": "number",
    "erasure_acknowledged": "officer",
}
"""The steps that the board shows as done, each with the fact that stands beside it."""


def look_at_close_out(work: Work, message: LookAtCloseOut) -> CloseOutBoard:
    """How far the contract's end is. Works without a vault: the office book kept the counts."""
    contract = contract_in_hand(work, message.contract)
    _check_own(work, contract)
    counts = counts_of(work, contract)
    step = step_from(ContractState(contract.state))
    done = done_requirements(work, contract)
    certificate = work.office.get(CertificateRecord, contract.contract)
    approvals = approvals_of(work, contract)
    return CloseOutBoard(
        card=contract_card(contract),
        today=work.today,
        life=life_points(contract),
        needs=tuple(Need(need, need in done) for need in (() if step is None else step.needs)),
        returns=_return_rows(work, contract, counts),
        approvals=tuple(Approval(*person_name(work, one.staff_number), one.at) for one in approvals),
        i_signed=any(one.staff_number == work.member.staff_number for one in approvals),
        done=_done_lines(work, contract),
        participants=counts.get("participants", 0),
        step_days=counts.get("step_days", 0),
        releases_open=open_releases(work, contract),
        token=contract.token_name,
        token_accounted=not contract.token_id or bool(contract.token_fate),
        certificate="" if certificate is None else certificate.number,
        sheets_left=len(sheets_left(work.office, contract.contract)),
    )


def deliver_report(work: Work, message: DeliverReport) -> Done:
    """The ward has the 事業実施報告書: from here nothing new is entered."""
    contract = work.contract
    reference = ledger_line(message.reference, "closeout.reference_form")
    state = advance(ContractState(contract.state), ContractState.REPORTED, done_requirements(work, contract))
    made = last_entry(work, contract, "report_made")
    assert made is not None  # the requirement REPORT
    if not made.at.date() <= message.delivered_on <= work.today:
        raise Problem("closeout.delivery_day", first=made.at.date(), last=work.today)
    contract.state, contract.reported_on = state.value, message.delivered_on
    contract.report_reference = reference
    contract.final_counts = dict(live_counts(work))
    work.record(
        "report_delivered",
        report=made.facts.get("report"),
        number=made.facts.get("number"),
        day=message.delivered_on.isoformat(),
        receiver=contract.ward,
        receipt=reference,
        digest=made.facts.get("digest"),
    )
    number = work.ledger
    work.seal_to_ledger()
    return Done({"number": contract.number}, number)


def record_return(work: Work, message: RecordReturn) -> Done:
    """What became of one class on one medium (clause 11). Recording it again replaces the line; both are evidence."""
    contract = work.contract
    line = ReturnLine(message.origin, message.medium)
    basis = ledger_line(message.basis, "closeout.text_form", least=0)
    receipt = ledger_line(message.receipt, "closeout.text_form", least=0)
    check_disposition(line, message.disposition, basis, receipt)
    count = amount(live_counts(work), message.origin, message.medium)
    if message.disposition is Disposition.NONE and count:
        raise Problem("closeout.paper_exists", count=count)
    if message.disposition is Disposition.DESTROYED and not basis:
        # Measure 3 of the council paper: what the contractor collected is erased.
        basis = JAPANESE.say("closeout.measure_3")
    work.office.merge(
        ReturnRecord(
            contract=contract.contract,
            origin=message.origin.value,
            medium=message.medium.value,
            count=count,
            disposition=message.disposition.value,
            basis=basis,
            receipt=receipt,
            recorded_on=work.today,
            recorded_by=work.member.staff_number,
        )
    )
    goes_back = message.disposition in (Disposition.RETURNED, Disposition.HANDED_OVER)
    work.record(
        "return_recorded",
        origin=message.origin.value,
        medium=message.medium.value,
        disposition=message.disposition.value,
        count=count,
        day=work.today.isoformat(),
        receiver=contract.ward if goes_back else None,
        receipt=receipt,
        basis=basis,
    )
    return Done({"count": count}, work.ledger)


def make_return_list(work: Work, message: MakeReturnList) -> FreePaper:
    """返還・引渡し目録: classes and counts, no participants. Only what is recorded stands in it."""
    contract = work.contract
    rows = [row for row in _return_rows(work, contract, live_counts(work)) if row.disposition is not None]
    if not rows:
        raise Problem("closeout.nothing_recorded")
    facts = ReturnFacts(
        number=f"{contract.number}-RT",
        issued=work.today,
        created=work.now,
        parties=parties_of(work, contract),
        contract=contract.number,
        programme=programme_name(contract),
        fiscal_year=fiscal_year_name(contract.year),
        items=tuple(_item(row) for row in rows),
        checkpoint=on_paper(ledger_checkpoint(work)),
        mark=mark_of(work),
    )
    return paper(JAPANESE.say("closeout.paper_title.returns"), "henkan-mokuroku.pdf", returns_pdf(facts))


def complete_return(work: Work, message: CompleteReturn) -> Done:
    """``reported → returned``: every class and medium is recorded, every release closed."""
    contract = work.contract
    state = advance(ContractState(contract.state), ContractState.RETURNED, done_requirements(work, contract))
    counts = live_counts(work)
    receipts = ledger_entries(work, contract, "return_recorded")
    told = [str(entry.facts["receipt"]) for entry in receipts if entry.facts.get("receipt")]
    contract.state, contract.returned_on, contract.final_counts = state.value, work.today, dict(counts)
    work.record(
        "contract_returned",
        day=work.today.isoformat(),
        counts=counts,
        receiver=contract.ward,
        receipt=told[-1] if told else None,
    )
    number = work.ledger
    work.seal_to_ledger()
    return Done({"number": contract.number}, number)


@evidenced
def account_for_token(work: Work, message: AccountForToken) -> Done:
    """The token is in hand for its end: to be overwritten here, or destroyed by hand before a witness."""
    contract = contract_in_hand(work)
    if ContractState(contract.state) not in _TOKEN_STATES:
        raise Problem("contracts.wrong_state", state=contract.state)
    if not contract.token_id:
        raise Problem("closeout.no_token")
    witness = ledger_line(message.witness, "closeout.text_form", least=0)
    if message.fate == OVERWRITE:
        share_of(work.session, contract).read()
        witness = ""
    elif message.fate != DESTROYED:
        raise Problem("closeout.fate", fate=message.fate)
    elif not witness:
        raise Problem("closeout.witness_missing")
    contract.token_fate, contract.token_witness = message.fate, witness
    work.record("token_back", contract.contract, token=contract.token_name, reason=message.fate)
    return Done({"token": contract.token_name}, work.ledger)


@evidenced
def approve_erasure(work: Work, message: ApproveErasure) -> Done:
    """Signs contract and counts with the own key. A handler may sign only if marked 承認可."""
    contract = work.contract
    own = work.member.staff_number
    if work.member.role is not Role.MANAGER and not work.member.may_approve:
        raise Problem("closeout.not_approver")
    if any(approval.staff_number == own for approval in approvals_of(work, contract)):
        raise Problem("closeout.already_signed")
    if live_counts(work) != contract.final_counts:
        raise Problem("closeout.counts_changed")
    if work.session.keys is None:
        raise Problem("door.not_signed_in")
    digest = counts_digest(contract.final_counts)
    signature = work.session.keys.signing.sign(erasure_statement(contract.contract, digest, own))
    work.office.add(
        ErasureApproval(contract=contract.contract, staff_number=own, at=work.now, signature=signature)
    )
    work.record(
        "erasure_approved",
        approver=own,
        role=work.member.role.value,
        digest=digest,
        signature=signature.hex(),
    )
    return Done({"name": work.member.name}, work.ledger)


def _check_own(work: Work, contract: ContractRecord) -> None:
    """A handler sees the contracts that they are designated for, and no other."""
    designated = work.office.get(Designation, (contract.contract, work.member.staff_number))
    if work.member.role is Role.HANDLER and designated is None:
        raise Problem("door.not_permitted")


def _return_rows(work: Work, contract: ContractRecord, counts: Counts) -> tuple[ReturnRow, ...]:
    query = select(ReturnRecord).where(ReturnRecord.contract == contract.contract)
    known = {(record.origin, record.medium): record for record in work.office.scalars(query)}
    rows = []
    for line in BOARD:
        record = known.get((line.origin.value, line.medium.value))
        if record is None:
            rows.append(ReturnRow(line.origin, line.medium, amount(counts, line.origin, line.medium), None))
        else:
            rows.append(
                ReturnRow(
                    Origin(record.origin),
                    Medium(record.medium),
                    record.count,
                    Disposition(record.disposition),
                    record.basis,
                    record.receipt,
                    record.recorded_on,
                )
            )
    return tuple(rows)


def _item(row: ReturnRow) -> ReturnItem:
    assert row.disposition is not None
    key = f"{row.origin.value}_{row.medium.value}"
    return ReturnItem(
        row.origin,
        row.medium,
        JAPANESE.say(f"closeout.content.{key}"),
        row.count,
        JAPANESE.say(f"closeout.unit.{row.medium.value}"),
        row.disposition,
        row.basis,
        row.receipt,
        row.recorded_on,
    )


def _done_lines(work: Work, contract: ContractRecord) -> tuple[DoneLine, ...]:
    newest: dict[tuple[str, str], DoneLine] = {}
    for entry in ledger_entries(work, contract, *_TOLD):
        detail = str(entry.facts.get(_TOLD[entry.event], "")) if _TOLD[entry.event] else ""
        if entry.event == "erasure_approved":
            detail = person_name(work, detail)[0]
        single = "" if entry.event != "erasure_approved" else detail
        newest[entry.event, single] = DoneLine(entry.event, entry.at.date(), detail)
    return tuple(newest.values())


_OPEN = frozenset({ContractState.OPEN})
_REPORTED = frozenset({ContractState.REPORTED})
_RETURNED = frozenset({ContractState.RETURNED})
_TOKEN_STATES = frozenset({ContractState.REPORTED, ContractState.RETURNED, ContractState.ERASING})
_AREAS = areas("closeout", "today", "contracts")

ACTIONS = table(
    Action(LookAtCloseOut, look_at_close_out, EVERYONE),
    Action(DeliverReport, deliver_report, MANAGERS, _OPEN, "report_delivered", _AREAS),
    Action(RecordReturn, record_return, MANAGERS, _REPORTED, "return_recorded", _AREAS),
    Action(MakeReturnList, make_return_list, MANAGERS, _REPORTED | _RETURNED),
    Action(CompleteReturn, complete_return, MANAGERS, _REPORTED, "contract_returned", _AREAS),
    Action(AccountForToken, account_for_token, MANAGERS, None, "token_back", _AREAS),
    Action(ApproveErasure, approve_erasure, STAFF, _RETURNED, "erasure_approved", _AREAS),
)
