"""The auditor's desk: evidence, certificates, and the ward's confirmation. No participant's data anywhere."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from walkdesk.domain.contract import ContractState, advance
from walkdesk.domain.people import AUDITORS, Role
from walkdesk.domain.problem import Problem
from walkdesk.ledger.certificate import Certificate, SignedCertificate, parse_certificate
from walkdesk.ledger.chain import ChainReport, verify_chain
from walkdesk.ledger.checkpoint import checkpoint_at, parse_checkpoint
from walkdesk.ledger.entry import Entry
from walkdesk.ledger.export import export_ledger
from walkdesk.ledger.keys import fingerprint, public_pem
from walkdesk.ledger.verification import verify_certificate
from walkdesk.messages.audit import (
    AcknowledgeErasure,
    AuditBoard,
    CertificateChecks,
    CheckCertificate,
    CheckLedger,
    CheckLine,
    ExportLedger,
    LedgerChecks,
    LedgerPage,
    LedgerRow,
    LookAtAudit,
    ReadLedger,
)
from walkdesk.messages.common import Done, FreeFile
from walkdesk.services.access import contract_card
from walkdesk.services.actions import Action, areas, table
from walkdesk.services.certificates import certificate_of, certificate_paper
from walkdesk.services.paperwork import digest, ledger_checkpoint, ledger_line, mark_of
from walkdesk.services.people import person_name
from walkdesk.services.refusals import evidenced
from walkdesk.services.session import Work
from walkdesk.storage.office_tables import CertificateRecord, ContractRecord, LedgerRecord

LONGEST_PAGE = 1000
_LONGEST_FACT = 60


def look_at_audit(work: Work, message: LookAtAudit) -> AuditBoard:
    """What there is to look at: contracts, certificates, the ledger's length, alarms, the office's key."""
    contracts = work.office.scalars(select(ContractRecord).order_by(ContractRecord.start.desc())).all()
    return AuditBoard(
        tuple(contract_card(record) for record in contracts),
        tuple(work.office.scalars(select(CertificateRecord.contract).order_by(CertificateRecord.number))),
        _count(work),
        _count(work, "alarm"),
        fingerprint(work.book.key.public_key()),
        work.today,
    )


def read_ledger(work: Work, message: ReadLedger) -> LedgerPage:
    """A page of the ledger, newest first, with the checkpoint of its end."""
    query = select(LedgerRecord).order_by(LedgerRecord.sequence.desc())
    if message.event:
        query = query.where(LedgerRecord.event == message.event)
    limit = max(1, min(message.limit, LONGEST_PAGE))
    records = work.office.scalars(query.offset(max(0, message.offset)).limit(limit)).all()
    found = work.office.execute(select(ContractRecord.contract, ContractRecord.number))
    numbers = {contract: number for contract, number in found}
    state = ledger_checkpoint(work)
    return LedgerPage(
        tuple(_row(work, record, numbers) for record in records),
        _count(work, message.event),
        state.grouped(),
        state.sequence,
    )


def check_certificate(work: Work, message: CheckCertificate) -> CertificateChecks:
    """Checks a certificate by itself, against the whole ledger, and against the checkpoint that the ward keeps.

    The ward may type the checkpoint of any report: it has to be a state that this ledger went through.
    """
    record = certificate_of(work, message.contract)
    public = work.book.key.public_key()
    signed = SignedCertificate(record.json, record.signature, public_pem(public))
    entries = tuple(work.book.entries(work.office))
    report = verify_chain(entries, public)
    own = verify_certificate(signed.document, signed.signature, signed.key)
    lines = [
        CheckLine(check.code, check.holds, _values(check.values)) for check in own if check.code != "checkpoint"
    ]
    if any(check.code == "content" and not check.holds for check in own):
        raise Problem("erasure.certificate_damaged", number=record.number)
    certificate = parse_certificate(signed.document)
    lines.append(_chain_line(report))
    lines.append(CheckLine("evidence", _evidence_holds(certificate, entries), str(len(certificate.evidence))))
    lines.append(_checkpoint_line(work, certificate, entries))
    lines.append(_state_line(work, message.checkpoint, entries))
    lines.append(_paper_line(work, signed, entries))
    return CertificateChecks(
        tuple(lines),
        certificate.number,
        certificate.grade,
        certificate.result,
        tuple(certificate.not_covered),
    )


def check_ledger(work: Work, message: CheckLedger) -> LedgerChecks:
    """Every link and signature of the whole ledger, and a state that stands on paper: it went through it or not.

    What this PC holds may have been exchanged as a whole; the paper was not here.
    """
    entries = tuple(work.book.entries(work.office))
    chain = _chain_line(verify_chain(entries, work.book.key.public_key()))
    return LedgerChecks((chain, _state_line(work, message.checkpoint, entries)))


@evidenced
def acknowledge_erasure(work: Work, message: AcknowledgeErasure) -> Done:
    """The ward confirms the erasure (clause 12): ``erased → acknowledged``, the end of the contract's life."""
    contract = work.office.get(ContractRecord, message.contract)
    if contract is None:
        raise Problem("closeout.unknown_contract")
    post = ledger_line(message.post, "audit.officer_form")
    name = ledger_line(message.name, "audit.officer_form")
    remark = ledger_line(message.remark, "audit.remark_form", least=0)
    state = advance(ContractState(contract.state), ContractState.ACKNOWLEDGED, set())
    record = certificate_of(work, contract.contract)
    contract.state, contract.acknowledged_on = state.value, work.today
    work.record(
        "erasure_acknowledged",
        contract.contract,
        number=record.number,
        day=work.today.isoformat(),
        officer=name,
        post=post,
        receipt=remark,
        certificate_digest=hashlib.sha256(record.json).hexdigest(),
    )
    return Done({"number": record.number}, work.ledger)


def export_whole_ledger(work: Work, message: ExportLedger) -> FreeFile:
    """The whole ledger up to now as a file that ``walkdesk verify`` checks; the export is the next entry."""
    entries = tuple(work.book.entries(work.office))
    data = export_ledger(entries, work.book.office_id, work.book.key)
    state = ledger_checkpoint(work)
    work.record(
        "ledger_exported",
        count=len(entries),
        first=entries[0].sequence,
        last=entries[-1].sequence,
        head=entries[-1].digest().hex(),
        checkpoint=state.text,
        digest=digest(data),
    )
    return FreeFile(f"ledger-{work.today.isoformat()}-{entries[-1].sequence}.jsonl", data)


def _count(work: Work, event: str = "") -> int:
    query = select(func.count()).select_from(LedgerRecord)
    return work.office.execute(query.where(LedgerRecord.event == event) if event else query).scalar_one()


def _row(work: Work, record: LedgerRecord, numbers: Mapping[str, str]) -> LedgerRow:
    name, post = person_name(work, record.account)
    who = "　".join(part for part in (post, name) if part)
    contract = "" if record.contract is None else numbers.get(record.contract, record.contract)
    return LedgerRow(record.sequence, record.at, who, record.event, contract, facts_text(record.facts))


def facts_text(facts: Mapping[str, Any]) -> str:
    """Facts as ``key=value``, the same in every language; long digests are cut, lists are counted."""
    return "  ".join(f"{key}={_fact(value)}" for key, value in sorted(facts.items()))


def _fact(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ",".join(f"{key}:{_fact(one)}" for key, one in sorted(value.items()))
    if isinstance(value, (list, tuple)):
        plain = [one for one in value if isinstance(one, str)]
        return ",".join(plain) if len(plain) == len(value) else str(len(value))
    text = str(value)
    return text if len(text) <= _LONGEST_FACT else f"{text[:16]}…"


def _values(values: Mapping[str, str | int]) -> str:
    return "  ".join(f"{key}={value}" for key, value in values.items())


def _chain_line(report: ChainReport) -> CheckLine:
    if report.holds:
        return CheckLine("chain", True, f"count={report.count}")
    return CheckLine("chain", False, f"sequence={report.faults[0].sequence}")


def _evidence_holds(certificate: Certificate, entries: Sequence[Entry]) -> bool:
    """Whether every entry that the certificate stands on is in this ledger as it says."""
    known = {entry.sequence: entry for entry in entries}
    for item in certificate.evidence:
        entry = known.get(item["sequence"])
        if entry is None or entry.event != item["step"] or entry.digest().hex() != item["digest"]:
            return False
    return True


def _checkpoint_line(work: Work, certificate: Certificate, entries: Sequence[Entry]) -> CheckLine:
    """The checkpoint that the certificate prints is the state of this ledger at that sequence."""
    sequence, text = certificate.checkpoint["sequence"], certificate.checkpoint["text"]
    found = next((entry for entry in entries if entry.sequence == sequence), None)
    same = found is not None and checkpoint_at(work.book.office_id, found.sequence, found.digest()).text == text
    return CheckLine("checkpoint", same, f"sequence={sequence}")


def _state_line(work: Work, typed: str, entries: Sequence[Entry]) -> CheckLine:
    if not typed.strip():
        state = ledger_checkpoint(work)
        return CheckLine("state", None, f"checkpoint={state.grouped()}  sequence={state.sequence}")
    wanted = parse_checkpoint(typed)
    for entry in entries:
        if wanted.sequence not in (None, entry.sequence):
            continue
        if checkpoint_at(work.book.office_id, entry.sequence, entry.digest()).text == wanted.text:
            same = wanted.office in (None, work.book.office_id)
            return CheckLine("state", same, f"sequence={entry.sequence}")
    return CheckLine("state", False)


def _paper_line(work: Work, signed: SignedCertificate, entries: Sequence[Entry]) -> CheckLine:
    """Whether the paper made today is still the one whose digest the ledger holds; other fonts make another file."""
    today = digest(certificate_paper(work, signed, mark_of(work)))
    issued = {str(entry.facts.get("pdf_digest")) for entry in entries if entry.event == "certificate_issued"}
    return CheckLine("paper", True if today in issued else None, f"digest={today[:16]}")


_EVIDENCE = frozenset({Role.MANAGER, Role.AUDITOR})

ACTIONS = table(
    Action(LookAtAudit, look_at_audit, _EVIDENCE),
    Action(ReadLedger, read_ledger, _EVIDENCE),
    Action(CheckLedger, check_ledger, _EVIDENCE),
    Action(CheckCertificate, check_certificate, _EVIDENCE),
    Action(
        AcknowledgeErasure,
        acknowledge_erasure,
        AUDITORS,
        None,
        "erasure_acknowledged",
        areas("audit", "closeout", "contracts", "today"),
    ),
    Action(ExportLedger, export_whole_ledger, _EVIDENCE, None, "ledger_exported", areas("audit")),
)
