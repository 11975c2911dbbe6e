"""消去証明書: issued from the ledger, drawn as a paper, handed out with everything that checks it."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from walkdesk.documents.certificate import (
    CertificateFacts,
    DisposalRow,
    StepRow,
    SubjectRow,
    certificate_files,
    certificate_pdf,
)
from walkdesk.documents.formal import Parties
from walkdesk.documents.sheet import Mark
from walkdesk.domain.dates import fiscal_year_name
from walkdesk.domain.participants import Origin
from walkdesk.domain.problem import Problem
from walkdesk.ledger.certificate import Certificate, SignedCertificate, parse_certificate, sign_certificate
from walkdesk.ledger.checkpoint import Checkpoint
from walkdesk.ledger.issuing import build_certificate
from walkdesk.ledger.keys import public_pem
from walkdesk.messages.closeout import CertificateFiles, MakeCertificate, TakeCertificate
from walkdesk.messages.common import FreePaper
from walkdesk.services.paperwork import JAPANESE, digest, mark_of, on_paper, paper
from walkdesk.services.session import Work
from walkdesk.storage.office_tables import CertificateRecord, ContractRecord, LedgerRecord

_SHOWN_STEPS = ("erasure_intent", "keys_destroyed", "files_removed", "erasure_verified")


def issue_certificate(work: Work, contract: ContractRecord) -> CertificateRecord:
    """Builds the certificate from the ledger alone, signs it, keeps it, and writes ``certificate_issued``."""
    number = f"DC-{contract.year}-{_count(work) + 1:03d}"
    certificate = build_certificate(
        work.book.entries(work.office),
        contract.contract,
        office=work.book.office_id,
        public_key=work.book.key.public_key(),
        number=number,
        issued_at=work.now,
    )
    signed = sign_certificate(certificate, work.book.key)
    pdf = certificate_paper(work, signed, mark_of(work))
    record = CertificateRecord(
        contract=contract.contract,
        number=number,
        issued_at=work.now,
        json=signed.document,
        signature=signed.signature,
        pdf_sha256=digest(pdf),
    )
    work.office.add(record)
    work.office.flush()
    work.record(
        "certificate_issued",
        contract.contract,
        number=number,
        certificate_digest=hashlib.sha256(signed.document).hexdigest(),
        pdf_digest=record.pdf_sha256,
        result=certificate.result,
        grade=certificate.grade,
        checkpoint=str(certificate.checkpoint["text"]),
        version_number=certificate.revision,
    )
    return record


def make_certificate(work: Work, message: MakeCertificate) -> FreePaper:
    """The certificate as PDF: the same bytes every time, with the signed data inside."""
    record = certificate_of(work, message.contract)
    pdf = certificate_paper(work, _signed(work, record), mark_of(work))
    title = JAPANESE.say("erasure.paper_title", number=record.number)
    return paper(title, f"shokyo-shomeisho-{record.number}.pdf", pdf)


def take_certificate(work: Work, message: TakeCertificate) -> CertificateFiles:
    """The signed JSON, its signature, the office's public key, and a signature over the whole paper."""
    record = certificate_of(work, message.contract)
    signed = _signed(work, record)
    pdf = certificate_paper(work, signed, mark_of(work))
    return CertificateFiles(
        record.number, signed.document, signed.signature, signed.key, work.book.key.sign(pdf)
    )


def certificate_of(work: Work, contract: str) -> CertificateRecord:
    """The certificate of a contract; ``Problem("erasure.no_certificate")`` while none is issued."""
    record = work.office.get(CertificateRecord, contract)
    if record is None:
        raise Problem("erasure.no_certificate")
    return record


def certificate_paper(work: Work, signed: SignedCertificate, mark: Mark) -> bytes:
    """The paper of a signed certificate; what it shows comes from the certificate and the entries it names."""
    return certificate_pdf(_facts(work, parse_certificate(signed.document), signed, mark))


def _signed(work: Work, record: CertificateRecord) -> SignedCertificate:
    return SignedCertificate(record.json, record.signature, public_pem(work.book.key.public_key()))


def _count(work: Work) -> int:
    return work.office.execute(select(func.count()).select_from(CertificateRecord)).scalar_one()


def _facts(work: Work, certificate: Certificate, signed: SignedCertificate, mark: Mark) -> CertificateFacts:
    issued = datetime.fromisoformat(certificate.issued_at)
    contract, device = certificate.contract, certificate.device
    state = Checkpoint(
        certificate.office, int(certificate.checkpoint["sequence"]), str(certificate.checkpoint["text"])
    )
    operator = _person(certificate.operator)
    receipts = dict.fromkeys(str(row["receipt"]) for row in certificate.returns if row.get("receipt"))
    return CertificateFacts(
        number=certificate.number,
        revision=certificate.revision,
        issued=issued.date(),
        created=issued,
        parties=Parties(str(contract["ward"]), str(contract["contractor"]), str(device["place"]), operator),
        contract=str(contract["number"]),
        programme=JAPANESE.say(f"reception.programme.{contract['programme']}"),
        fiscal_year=fiscal_year_name(int(contract["year"])),
        basis=JAPANESE.say("erasure.basis"),
        subjects=_subjects(certificate),
        summary=_summary(certificate),
        return_receipt="、".join(receipts) or JAPANESE.say("erasure.no_receipt"),
        method=JAPANESE.say(f"erasure.method.{certificate.keys['share_disposal']}"),
        steps=_steps(work, certificate),
        vault=str(certificate.vault["vault"]),
        vault_digest=str(certificate.vault["digest"]),
        vault_size=int(certificate.vault["size"]),
        keys=_keys(certificate),
        copies=_copies(certificate),
        verification=_verification(certificate),
        verification_summary=JAPANESE.say(
            "erasure.checked.refused" if certificate.keys["unlock_refused"] else "erasure.checked.opened"
        ),
        result=JAPANESE.say(f"ledger.certificate.result.{certificate.result}"),
        exceptions=tuple(
            JAPANESE.say(f"ledger.certificate.finding.{code}").rstrip("。")
            for code in (*certificate.failures, *certificate.exceptions)
        ),
        grade=certificate.grade,
        grade_reason=JAPANESE.say(f"ledger.certificate.grade_reason.{certificate.grade}"),
        not_covered=tuple(_not_covered(code) for code in certificate.not_covered),
        operator=operator,
        verifier=_person(certificate.verifier),
        manager="、".join(_approver(one) for one in certificate.approvers),
        software=certificate.program,
        checkpoint=on_paper(state),
        fingerprint=certificate.office_key,
        qr_text=f"walkdesk:certificate:{certificate.number}:{hashlib.sha256(signed.document).hexdigest()}",
        mark=mark,
        attachments=certificate_files(signed.document, signed.signature, signed.key),
    )


def _subjects(certificate: Certificate) -> tuple[SubjectRow, ...]:
    return tuple(
        SubjectRow(
            JAPANESE.say(f"reception.origin.{origin.value}"),
            JAPANESE.say(f"closeout.content.{origin.value}_electronic"),
            certificate.counts.get(origin.value, 0),
            JAPANESE.say("closeout.unit.electronic"),
        )
        for origin in Origin
    )


def _summary(certificate: Certificate) -> str:
    counts = certificate.counts
    return JAPANESE.say(
        "erasure.summary",
        people=f"{counts.get('participants', 0):,}",
        records=f"{sum(counts.get(origin.value, 0) for origin in Origin):,}",
    )


def _steps(work: Work, certificate: Certificate) -> tuple[StepRow, ...]:
    rows = []
    for item in certificate.evidence:
        if item["step"] in _SHOWN_STEPS:
            entry = work.office.get(LedgerRecord, item["sequence"])
            if entry is None:
                raise Problem("storage.ledger_broken", sequence=int(item["sequence"]))
            rows.append(StepRow(entry.at, JAPANESE.say(f"ledger.event.{entry.event}"), entry.sequence))
    return tuple(rows)


def _keys(certificate: Certificate) -> tuple[DisposalRow, ...]:
    keys: dict[str, Any] = certificate.keys
    rows = [
        DisposalRow(
            JAPANESE.say("erasure.key.slots"), int(keys["slots"]), JAPANESE.say("erasure.disposal.overwritten")
        )
    ]
    if keys["share"] != "none":
        disposal = JAPANESE.say(f"erasure.disposal.{keys['share_disposal']}")
        witness = JAPANESE.say("erasure.witness", name=keys["witness"]) if keys["witness"] else ""
        rows.append(DisposalRow(JAPANESE.say("erasure.key.token"), 1, f"{disposal}{witness}"))
    for disposal, count in Counter(str(copy.get("disposal", "")) for copy in keys["copies"]).items():
        rows.append(
            DisposalRow(JAPANESE.say("erasure.key.sheets"), count, JAPANESE.say(f"erasure.disposal.{disposal}"))
        )
    return tuple(rows)


def _copies(certificate: Certificate) -> tuple[DisposalRow, ...]:
    released = certificate.releases["released"]
    return (
        DisposalRow(
            JAPANESE.say("erasure.copy.releases"), released, JAPANESE.say("erasure.disposal.closed")
        ),
    )


def _verification(certificate: Certificate) -> tuple[tuple[str, str], ...]:
    keys, files, hunt = certificate.keys, certificate.files, certificate.hunt
    refused = "refused" if keys["unlock_refused"] else "opened"
    rows = (
        ("unlock", JAPANESE.say(f"erasure.checked.{refused}")),
        ("slots", JAPANESE.say("erasure.checked.slots", count=keys["slots_readable"])),
        (
            "files",
            JAPANESE.say(
                "erasure.checked.files", files=files["files"], bytes=f"{files['bytes']:,}", left=files["files_left"]
            ),
        ),
        ("hunt", JAPANESE.say(f"erasure.checked.hunt_{hunt['hunt']}")),
        ("disk", JAPANESE.say(f"erasure.checked.disk_{'on' if certificate.device['disk_encrypted'] else 'off'}")),
    )
    return tuple((JAPANESE.say(f"erasure.check.{name}"), words) for name, words in rows)


def _not_covered(code: str) -> str:
    return JAPANESE.say(f"ledger.certificate.not_covered.{code}")


def _approver(person: dict[str, str]) -> str:
    """Name, and post where it is another than the one that the paper's label says."""
    known = person.get("post") == JAPANESE.say("papers.role.manager") and person.get("name")
    return str(person["name"]) if known else _person(person)


def _person(person: dict[str, str]) -> str:
    return "　".join(part for part in (person.get("post", ""), person.get("name", "")) if part) or person["account"]
