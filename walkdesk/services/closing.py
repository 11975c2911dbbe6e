"""What close-out, erasure and audit share: the contract in hand, what is done, its counts, the approvals."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from walkdesk.domain.contract import ContractState, Requirement
from walkdesk.domain.participants import Origin
from walkdesk.domain.people import Role
from walkdesk.domain.problem import Problem
from walkdesk.domain.releases import OPEN_RELEASES
from walkdesk.domain.returns import BOARD, Medium
from walkdesk.ledger.canonical import canonical
from walkdesk.ledger.keys import signature_holds
from walkdesk.services.accounts import signing_keys
from walkdesk.services.points import WAITING
from walkdesk.services.session import Work
from walkdesk.services.sheets import sheets_left
from walkdesk.services.step_months import FIRST_KEYING
from walkdesk.storage.office_tables import (
    CertificateRecord,
    ContractRecord,
    ErasureApproval,
    LedgerRecord,
    PersonRecord,
    ReleaseRecord,
    ReturnRecord,
)
from walkdesk.storage.vault_tables import (
    ParticipantRecord,
    PrizeRequestRecord,
    StepMonth,
    VaultBase,
)

Counts = dict[str, int]


def contract_in_hand(work: Work, contract: str = "") -> ContractRecord:
    """A contract by its id; without one that on the desk, else one that is being erased, else the newest."""
    wanted = contract or work.session.contract
    if wanted:
        record = work.office.get(ContractRecord, wanted)
        if record is None:
            raise Problem("closeout.unknown_contract")
        return record
    records = work.office.scalars(select(ContractRecord).order_by(ContractRecord.start.desc())).all()
    if not records:
        raise Problem("closeout.unknown_contract")
    erasing = [record for record in records if record.state == ContractState.ERASING.value]
    return (erasing or list(records))[0]


def is_open(work: Work, contract: ContractRecord) -> bool:
    """Whether this contract's vault is open in this session."""
    return work.session.contract == contract.contract


def live_counts(work: Work) -> Counts:
    """How much the open vault holds, inside this unit of work."""
    return counts_in(work.vault_connection)


def counts_in(connection: Connection) -> Counts:
    """How much a vault holds: records by origin, sheets of paper, participants, days of steps."""
    counts: Counts = {}
    for table in VaultBase.metadata.sorted_tables:
        origin = table.info.get("origin")
        if origin is None:
            continue
        if isinstance(origin, str):
            rows = connection.execute(select(table.columns[origin], func.count()).group_by(table.columns[origin])).all()
        else:
            amount = connection.execute(select(func.count()).select_from(table)).scalar_one()
            rows = [(origin.value, amount)]  # type: ignore[list-item]
        for name, amount in rows:
            counts[str(name)] = counts.get(str(name), 0) + int(amount)
            if table.info.get("paper"):
                counts[f"{name}_paper"] = counts.get(f"{name}_paper", 0) + int(amount)
    people = connection.execute(select(func.count()).select_from(ParticipantRecord)).scalar_one()
    days = connection.execute(
        select(func.coalesce(func.sum(StepMonth.counted_days), 0)).where(StepMonth.keying == FIRST_KEYING)
    ).scalar_one()
    return {**counts, "participants": int(people), "step_days": int(days)}


def counts_of(work: Work, contract: ContractRecord) -> Counts:
    """The counts of a contract: from its open vault, else those that the office book kept."""
    if is_open(work, contract):
        return live_counts(work)
    return {str(name): int(amount) for name, amount in contract.final_counts.items()}


def amount(counts: Mapping[str, int], origin: Origin, medium: Medium) -> int:
    """How much there is of one class on one medium: records, or sheets of paper."""
    return counts.get(origin.value if medium is Medium.ELECTRONIC else f"{origin.value}_paper", 0)


def counts_digest(counts: Mapping[str, int]) -> str:
    """What an approver signs of the counts."""
    return hashlib.sha256(canonical({"kind": "walkdesk.counts.1", "counts": dict(counts)})).hexdigest()


def erasure_statement(contract: str, digest: str, approver: str) -> bytes:
    """What an approver of an erasure signs."""
    return canonical({"kind": "walkdesk.erasure.1", "contract": contract, "counts": digest, "approver": approver})


def approvals_of(work: Work, contract: ContractRecord) -> list[ErasureApproval]:
    """The approvals, by their time."""
    query = select(ErasureApproval).where(ErasureApproval.contract == contract.contract)
    return list(work.office.scalars(query.order_by(ErasureApproval.at, ErasureApproval.staff_number)))


def ledger_entries(work: Work, contract: ContractRecord, *events: str) -> list[LedgerRecord]:
    """The ledger's records of some events of a contract, oldest first."""
    query = select(LedgerRecord).where(LedgerRecord.contract == contract.contract, LedgerRecord.event.in_(events))
    return list(work.office.scalars(query.order_by(LedgerRecord.sequence)))


def last_entry(work: Work, contract: ContractRecord, event: str) -> LedgerRecord | None:
    """The newest record of an event of a contract."""
    found = ledger_entries(work, contract, event)
    return found[-1] if found else None


def open_releases(work: Work, contract: ContractRecord) -> int:
    """How many releases are not closed."""
    return work.office.execute(
        select(func.count())
        .select_from(ReleaseRecord)
        .where(
            ReleaseRecord.contract == contract.contract,
            ReleaseRecord.state.in_([state.value for state in OPEN_RELEASES]),
        )
    ).scalar_one()


def done_requirements(work: Work, contract: ContractRecord) -> set[Requirement]:
    """What of the way from ``open`` to ``erased`` is done."""
    recorded = select(ReturnRecord.origin, ReturnRecord.medium).where(ReturnRecord.contract == contract.contract)
    cells = {(origin, medium) for origin, medium in work.office.execute(recorded)}
    holds = {
        Requirement.NO_PRIZE_WAITING: not _prizes_waiting(work, contract),
        Requirement.REPORT: last_entry(work, contract, "report_made") is not None,
        Requirement.NO_OPEN_RELEASE: open_releases(work, contract) == 0,
        Requirement.RETURN_RECORDED: cells >= {(line.origin.value, line.medium.value) for line in BOARD},
        Requirement.COPIES_CLOSED: _copies_closed(work, contract),
        Requirement.TWO_APPROVALS: _two_approved(work, contract),
        Requirement.ERASURE_DONE: last_entry(work, contract, "erasure_verified") is not None,
        Requirement.CERTIFICATE: work.office.get(CertificateRecord, contract.contract) is not None,
    }
    return {need for need, held in holds.items() if held}


def _copies_closed(work: Work, contract: ContractRecord) -> bool:
    """The token is in hand or destroyed, and of no recovery sheet is the paper left."""
    accounted = not contract.token_id or bool(contract.token_fate)
    return accounted and not sheets_left(work.office, contract.contract)


def _prizes_waiting(work: Work, contract: ContractRecord) -> int:
    if contract.state != ContractState.OPEN.value:
        return 0  # the report was delivered: nothing is asked for any more
    if not is_open(work, contract):
        return 1  # only the open vault can tell
    return work.vault.execute(
        select(func.count()).select_from(PrizeRequestRecord).where(PrizeRequestRecord.state == WAITING)
    ).scalar_one()


def _two_approved(work: Work, contract: ContractRecord) -> bool:
    """Two different people signed these counts with their own keys, and one of them is a manager."""
    wanted = counts_digest(contract.final_counts)
    signed: dict[str, str | None] = {}
    for approval in approvals_of(work, contract):
        person = work.office.get(PersonRecord, approval.staff_number)
        if person is None:
            continue
        keys = signing_keys(work, approval.staff_number, approval.at)
        statement = erasure_statement(contract.contract, wanted, approval.staff_number)
        if any(signature_holds(key, approval.signature, statement) for key in keys):
            signed[approval.staff_number] = person.role
    return len(signed) >= 2 and Role.MANAGER.value in signed.values()
