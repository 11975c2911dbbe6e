"""What anybody can check about a certificate or an exported ledger without an office, one check after
another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from walkdesk.domain.problem import Problem
from walkdesk.ledger.attachments import attachments
from walkdesk.ledger.certificate import JSON_NAME, KEY_NAME, SIGNATURE_NAME, Certificate, parse_certificate
from walkdesk.ledger.chain import ChainReport, verify_chain
from walkdesk.ledger.checkpoint import checkpoint_at, parse_checkpoint
from walkdesk.ledger.events import EVENTS
from walkdesk.ledger.export import LedgerExport, parse_export, parse_header
from walkdesk.ledger.keys import fingerprint, read_public_pem, signature_holds
from walkdesk.ledger.readable import grouped, parse_readable


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its code, whether it holds (``None``: a person has to compare or to know), and values to
    show.
    """

    code: str
    holds: bool | None
    values: Mapping[str, str | int] = field(default_factory=dict)


def hold(checks: tuple[Check, ...]) -> bool:
    """Whether no check failed. Checks that are left to a person neither hold nor fail."""
    return all(check.holds is not False for check in checks)


def verify_certificate(
    document: bytes,
    signature: bytes,
    pem: bytes,
    expected: str | None = None,
    paper: str | None = None,
) -> tuple[Check, ...]:
    """Check ``certificate.json`` with its raw signature and the office's key.

    ``expected`` is the key's fingerprint from the ward's start sheet, ``paper`` the checkpoint that the
    certificate on paper prints; both as typed. Without them the checks are left to the reader. A key that
    is no key is ``ledger.key_unreadable``; everything else shows as a check that fails.
    """
    key = read_public_pem(pem)
    checks = [Check("signature", len(signature) == 64 and signature_holds(key, signature, document))]
    checks.append(_key_check(key, expected))
    try:
        certificate = parse_certificate(document)
        checks.extend(_certificate_checks(certificate, key, paper))
    except Problem:
        checks.append(Check("content", False))
    return tuple(checks)


def verify_ledger_export(
    data: bytes, expected: str | None = None, paper: str | None = None
) -> tuple[Check, ...]:
    """Check an exported ledger: header, key, every link and signature, and the checkpoint from paper.

    A file that does not begin as an exported ledger is ``verify.unreadable``.
    """
    header, _ = parse_header(data)
    checks = [Check("header", header.signed()), _key_check(header.public_key, expected)]
    try:
        export = parse_export(data)
    except Problem as problem:
        return (*checks, Check("lines", False, {"line": int(str(problem.values["line"]))}))
    report = verify_chain(export.entries, header.public_key, header.start())
    checks.extend(_chain_checks(export, report))
    checks.append(_checkpoint_check(export, paper))
    return tuple(checks)


def verify_pdf(
    pdf: bytes, expected: str | None = None, paper: str | None = None, detached: bytes | None = None
) -> tuple[Check, ...]:
    """Check the certificate that a PDF carries, and the PDF itself if its detached signature is there.

    A PDF without the three files is ``verify.no_attachments``. What the signatures do not cover is said by
    the last check: without ``detached``, the printed pages may say something else than the signed file.
    """
    carried = attachments(pdf)
    if not {JSON_NAME, SIGNATURE_NAME, KEY_NAME} <= carried.keys():
        raise Problem("verify.no_attachments")
    checks = verify_certificate(
        carried[JSON_NAME], carried[SIGNATURE_NAME], carried[KEY_NAME], expected, paper
    )
    if detached is None:
        return (*checks, Check("pdf", None))
    key = read_public_pem(carried[KEY_NAME])
    return (*checks, Check("pdf", len(detached) == 64 and signature_holds(key, detached, pdf)))


def _key_check(key: Ed25519PublicKey, expected: str | None) -> Check:
    own = fingerprint(key)
    if expected is None:
        return Check("key", None, {"fingerprint": own})
    return Check("key", own == grouped(parse_readable(expected)), {"fingerprint": own})


def _certificate_checks(certificate: Certificate, key: Ed25519PublicKey, paper: str | None) -> list[Check]:
    text = str(certificate.checkpoint.get("text", ""))
    sequence = certificate.checkpoint.get("sequence")
    about: dict[str, str | int] = {
        "number": certificate.number,
        "contract": str(certificate.contract.get("number", "")),
        "issued_at": certificate.issued_at,
    }
    checks = [
        Check("content", True, about),
        Check("named_key", certificate.office_key == fingerprint(key)),
        Check("order", certificate.in_order(), {"count": len(certificate.evidence)}),
        Check("judgement", certificate.judged(), {"result": certificate.result, "grade": certificate.grade}),
    ]
    if paper is None:
        checks.append(Check("checkpoint", None, {"checkpoint": grouped(text)}))
    else:
        wanted = parse_checkpoint(paper)
        same = wanted.text == text and wanted.office in (None, certificate.office)
        same = same and wanted.sequence in (None, sequence)
        checks.append(Check("checkpoint", same, {"checkpoint": grouped(text)}))
    return checks


def _chain_checks(export: LedgerExport, report: ChainReport) -> list[Check]:
    header = export.header
    complete = report.count == header.count and report.head == header.head
    checks = [
        Check("complete", complete, {"count": report.count, "expected": header.count}),
        _fault_check(report, "gap", "gap"),
        _fault_check(report, "link", "link"),
        _fault_check(report, "signature", "signatures"),
    ]
    if header.first > 1:
        checks.append(Check("partial", None, {"first": header.first}))
    elif export.entries and export.entries[0].event != "office_set_up":
        checks.append(Check("beginning", False))
    if report.notes:
        checks.append(
            Check("clock", None, {"sequence": report.notes[0].sequence, "count": len(report.notes)})
        )
    unknown = [entry for entry in export.entries if entry.event not in EVENTS]
    if unknown:
        checks.append(Check("events", None, {"count": len(unknown), "sequence": unknown[0].sequence}))
    return checks


def _fault_check(report: ChainReport, kind: str, code: str) -> Check:
    first = next((fault.sequence for fault in report.faults if fault.kind == kind), None)
    return Check(code, True) if first is None else Check(code, False, {"sequence": first})


def _checkpoint_check(export: LedgerExport, paper: str | None) -> Check:
    office = export.header.office
    if paper is None:
        last = checkpoint_at(office, export.header.first + export.header.count - 1, export.header.head)
        return Check("state", None, {"checkpoint": last.grouped(), "sequence": last.sequence})
    wanted = parse_checkpoint(paper)
    if wanted.office in (None, office):
        for entry in export.entries:
            if wanted.sequence not in (None, entry.sequence):
                continue
            if checkpoint_at(office, entry.sequence, entry.digest()).text == wanted.text:
                return Check("state", True, {"sequence": entry.sequence})
    return Check("state", False)
