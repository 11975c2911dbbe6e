"""消去証明書: what was erased, how, and what the certificate does not cover (clauses 11 and 12).

The first page is what a person reads and signs; the second holds the particulars. The signed ``certificate.json``, its
signature and the public key travel inside the PDF.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any

from walkdesk.documents.attachments import Attachment
from walkdesk.documents.flow import Cell, Column, Flow, shown
from walkdesk.documents.formal import BY_HAND, Parties
from walkdesk.documents.sheet import ACCENT, INK2, Checkpoint, Mark, PaperMeta, Sheet, japan_time, paper_pdf
from walkdesk.documents.typeface import BOLD
from walkdesk.domain.dates import japanese_date, short_date
from walkdesk.domain.problem import Problem

CONFORMS, WITH_EXCEPTIONS, DOES_NOT_CONFORM = "適合", "例外あり", "不適合"
"""The three results as the certificate prints them."""

_TOO_MUCH = ("復元不可能", "復元できない", "復元することはできない")
_SIZES = (9.5, 9.0, 8.5, 8.0, 7.5, 7.0)


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """What was erased of one 由来: its name, what it was, how much."""

    origin: str
    content: str
    count: Cell
    unit: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of the erasure: when it ended, what was done, the ledger's entry."""

    at: datetime
    what: str
    entry: int


@dataclass(frozen=True, slots=True)
class DisposalRow:
    """A key copy, a copy or a batch of prints: what it was, how many, what became of it."""

    what: str
    count: Cell
    disposal: str


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """Everything that the certificate shows; all of it comes from ledger entries."""

    number: str
    revision: int
    issued: date
    created: datetime
    parties: Parties
    contract: str
    programme: str
    fiscal_year: str
    basis: str
    subjects: tuple[SubjectRow, ...]
    summary: str
    """What was erased, in one line of the first page."""
    return_receipt: str
    method: str
    steps: tuple[StepRow, ...]
    vault: str
    vault_digest: str
    """SHA-256 of the ciphertext, in hex."""
    vault_size: int
    """Bytes."""
    keys: tuple[DisposalRow, ...]
    copies: tuple[DisposalRow, ...]
    verification: tuple[tuple[str, str], ...]
    verification_summary: str
    result: str
    exceptions: tuple[str, ...]
    grade: str
    grade_reason: str
    not_covered: tuple[str, ...]
    operator: str
    verifier: str
    manager: str
    """Name, and post if it is another than 取扱責任者, which the label says."""
    software: str
    checkpoint: Checkpoint
    fingerprint: str
    qr_text: str
    mark: Mark = Mark.NONE
    attachments: tuple[Attachment, ...] = field(default=())


def certificate_files(json: bytes, signature: bytes, pem: bytes) -> tuple[Attachment, ...]:
    """The three files that travel with the certificate, with the names by which they are checked."""
    return (
        Attachment("certificate.json", json, "application/json", "証明書の原本（署名の対象）", "Source"),
        Attachment(
            "certificate.json.sig", signature, "application/octet-stream", "原本の電子署名（Ed25519）", "Supplement"
        ),
        Attachment("office-key.pem", pem, "application/x-pem-file", "事務所の公開鍵", "Supplement"),
    )


def facts_of(table: Mapping[str, Any]) -> CertificateFacts:
    """The facts from a plain mapping with the same names. A missing or unknown name is a ``ValueError``."""
    names = {one.name for one in fields(CertificateFacts)}
    needed = names - {"mark", "attachments"}
    if table.keys() - names or needed - table.keys():
        raise ValueError(f"not the certificate's facts: {sorted((table.keys() - names) | (needed - table.keys()))}")
    return CertificateFacts(**table)


def certificate_pdf(facts: CertificateFacts) -> bytes:
    """The certificate as PDF of two pages at most, with its files inside. The same facts give the same bytes.

    Raises ``Problem("papers.too_long")`` when the particulars do not fit the second page at a readable size, and
    ``Problem("papers.grade_claim")`` when a certificate of grade C would say that nothing can be recovered.
    """
    _check_claims(facts)
    meta = PaperMeta(
        title=f"消去証明書 {facts.number} 第{facts.revision}版",
        author=facts.parties.contractor,
        created=facts.created,
        subject=facts.contract,
        mark=facts.mark,
        serial=f"証明書番号 {facts.number}　第{facts.revision}版",
        checkpoint=facts.checkpoint,
    )
    for size in _SIZES:
        trial = Sheet(meta, 2)
        _draw(trial, facts, size)
        if trial.page <= 2:
            return paper_pdf(meta, lambda sheet, size=size: _draw(sheet, facts, size), total=2)  # type: ignore[misc]
    raise Problem("papers.too_long", field="明細")


def statement(result: str, grade: str) -> str:
    """The sentence that the certificate stands for. Only a conforming grade A or B says that nothing comes back."""
    if result == DOES_NOT_CONFORM:
        return (
            "下記の個人情報の消去を行いましたが、確認の結果は不適合でした。再度の消去を行い、証明書を改めて提出します。"
        )
    if result == CONFORMS and grade != "C":
        return "下記の個人情報を消去し、復元できない状態にしたことを証明します。"
    return "下記の個人情報について、下記の方法により消去の手続を行ったことを証明します。"


def _check_claims(facts: CertificateFacts) -> None:
    if facts.grade == "C":
        words = (facts.method, facts.grade_reason, facts.summary, facts.verification_summary, *facts.exceptions)
        if any(claim in text for text in words for claim in _TOO_MUCH):
            raise Problem("papers.grade_claim", number=facts.number)


def _draw(sheet: Sheet, facts: CertificateFacts, size: float) -> None:
    sheet_flow = Flow(sheet)
    sheet_flow.page("消去証明書")
    _front(sheet_flow, facts)
    back = Flow(sheet, top=18, bottom=281)
    back.page("明細")
    _particulars(back, facts, size)
    if facts.attachments:
        sheet.attach(facts.attachments)


def _front(flow: Flow, facts: CertificateFacts) -> None:
    sheet, parties = flow.sheet, facts.parties
    sheet.text(flow.right, 22, f"証明書番号　{facts.number}　第{facts.revision}版", 10, align="right", colour=INK2)
    sheet.text(flow.right, 28, japanese_date(facts.issued), 10.5, align="right")
    sheet.text(105, 41, "消去証明書", 24, BOLD, align="centre", spacing=0.08)
    sheet.rule(flow.left, 46, flow.right, 46, ACCENT, 1.2)
    sheet.text(flow.left, 56, f"{parties.addressee}　様", 12.5)
    y = 58.0
    for words, size in ((parties.contractor_address, 9.5), (parties.contractor, 11.5), (parties.signer, 11)):
        if words:
            y = sheet.fit(
                flow.right - 95, y, 95, words, size, smallest=8, most=2, field="受託者", align="right", leading=1.45
            )
    flow.y = y + 5
    flow.paragraph(statement(facts.result, facts.grade), 11.5, leading=1.6)
    flow.space(3)
    sheet.rule(flow.left, flow.y, flow.right, flow.y)
    flow.fields(_main_facts(facts), label=28, size=11, pad=1.9, strong=frozenset({"結果", "保証区分"}))
    flow.space(4)
    _not_covered(flow, facts)
    _ward_box(flow, facts)


def _main_facts(facts: CertificateFacts) -> list[tuple[str, str]]:
    exceptions = f"　{'、'.join(facts.exceptions)}" if facts.exceptions else ""
    first, last = japan_time(facts.steps[0].at), japan_time(facts.steps[-1].at)
    if first.date() == last.date():
        performed = f"{japanese_date(first.date())}　{first:%H:%M:%S}〜{last:%H:%M:%S}"
    else:
        performed = f"{japanese_date(first.date())} {first:%H:%M}〜{japanese_date(last.date())} {last:%H:%M}"
    return [
        ("委託契約", f"{facts.contract}　{facts.programme}　{facts.fiscal_year}"),
        ("根拠", facts.basis),
        ("対象", facts.summary),
        ("返還", facts.return_receipt),
        ("方法", facts.method),
        ("実施", performed),
        ("確認", facts.verification_summary),
        ("結果", f"{facts.result}{exceptions}"),
        ("保証区分", f"{facts.grade}　{facts.grade_reason}"),
        ("実施者", facts.operator),
        ("確認者", facts.verifier),
    ]


def _not_covered(flow: Flow, facts: CertificateFacts) -> None:
    flow.sheet.lines(flow.left, flow.y, flow.width, ["この証明の対象外"], 9.5, BOLD, leading=1.5)
    flow.space(5)
    flow.paragraph("、".join(facts.not_covered) + "。", 9.5, colour=INK2, leading=1.5)


def _ward_box(flow: Flow, facts: CertificateFacts) -> None:
    """The ward's confirmation, to be filled in by hand, and the QR code beside it."""
    sheet, height = flow.sheet, 36.0
    top = max(flow.y + 3, 276 - height)
    if top + height > 281:
        raise Problem("papers.too_long", field="証明書")
    width = flow.width - height - 6
    sheet.box(flow.left, top, width, height, weight=0.6)
    sheet.text(flow.left + 4, top + 6.5, "区の確認（特記事項12）", 10, BOLD)
    for row, (label, ending) in enumerate(BY_HAND):
        baseline = top + 18 + row * 11.5
        sheet.text(flow.left + 4, baseline, label, 9.5, colour=INK2)
        sheet.text(flow.left + width - 8, baseline, ending, 9.5, align="right", colour=INK2)
        sheet.rule(flow.left + 4, baseline + 2, flow.left + width - 4, baseline + 2)
    sheet.qr(flow.right - height, top, height, facts.qr_text)


def _particulars(flow: Flow, facts: CertificateFacts, size: float) -> None:
    gap = 2.2
    small = size - 0.5

    def section(title: str) -> None:
        flow.space(gap)
        flow.heading(title, size + 1, keep=6)

    flow.y = flow.sheet.lines(flow.left, flow.y, flow.width, ["消去証明書　明細"], 14, BOLD, leading=1.3)
    section("消去したもの")
    amount = [(row.origin, row.content, f"{shown(row.count)} {row.unit}") for row in facts.subjects]
    flow.table((Column("由来", 24), Column("内容", 106), Column("数量", 40, "right")), amount, size=size, pad=0.5)
    flow.space(1)
    flow.fields(
        (
            ("保管庫", f"{facts.vault}　暗号文 {facts.vault_size:,} バイト"),
            ("SHA-256", facts.vault_digest),
        ),
        label=26,
        size=small,
        pad=0.6,
    )
    section("消去の手順")
    steps = [(_moment(row.at), row.what, row.entry) for row in facts.steps]
    flow.table((Column("日時", 34), Column("内容", 106), Column("台帳の号", 30, "right")), steps, size=size, pad=0.5)
    section("鍵・写し・印刷物の処分")
    disposals = [(row.what, row.count, row.disposal) for row in (*facts.keys, *facts.copies)]
    flow.table((Column("名称", 80), Column("数", 20, "right"), Column("処分", 70)), disposals, size=size, pad=0.5)
    section("確認の内容")
    flow.fields((*facts.verification, ("結果", _result(facts))), label=46, size=size, pad=0.6)
    section("証明の確かめ方")
    flow.paragraph(
        "このPDFに添付した certificate.json（原本）、certificate.json.sig（電子署名）、"
        "office-key.pem（公開鍵）で確かめます。"
        "公開鍵は、区に届け出た指紋と見比べてください。PDFの体裁と手書きは、署名の対象外です。",
        size,
        leading=1.5,
    )
    flow.space(0.5)
    flow.fields(
        (
            ("公開鍵の指紋", facts.fingerprint),
            ("台帳の照合値", f"{facts.checkpoint.grouped}（第{facts.checkpoint.sequence:,}号まで）"),
            ("取扱責任者", facts.manager),
            ("プログラム", facts.software),
        ),
        label=26,
        size=size,
        pad=0.6,
    )


def _moment(at: datetime) -> str:
    local = japan_time(at)
    return f"{short_date(local.date())} {local:%H:%M:%S}"


def _result(facts: CertificateFacts) -> str:
    return "　".join((facts.result, *facts.exceptions))
