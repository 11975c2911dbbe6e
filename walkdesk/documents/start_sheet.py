"""取扱責任者・取扱者報告書: who handles personal data, and the office's signing key (clauses 13 and 18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from walkdesk.documents.flow import Column, Flow
from walkdesk.documents.formal import ProgrammeFacts, begin_paper, signature_boxes, ward_meta
from walkdesk.documents.sheet import INK2, Checkpoint, Sheet, paper_pdf
from walkdesk.documents.typeface import BOLD
from walkdesk.domain.dates import japanese_date


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One person of the personnel register: their part, post, name, when designated and when trained."""

    role: str
    post: str
    name: str
    designated_on: date
    trained_on: date | None
    may_approve: bool = False


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One of the office's keys: what it signs, its kind, its fingerprint in groups, what its QR code says."""

    purpose: str
    kind: str
    fingerprint: str
    qr_text: str


@dataclass(frozen=True, slots=True)
class StartSheetFacts(ProgrammeFacts):
    """Everything that the start sheet prints."""

    certification: str
    """プライバシーマーク or ISMS: number and expiry."""
    place: str
    law: str
    staff: tuple[StaffRow, ...]
    keys: tuple[SigningKey, ...]
    checkpoint: Checkpoint | None = None


def start_sheet_pdf(facts: StartSheetFacts) -> bytes:
    """The report as PDF. The same facts give the same bytes."""
    meta = ward_meta(facts, f"取扱責任者・取扱者報告書 {facts.programme} {facts.fiscal_year}", facts.checkpoint)
    return paper_pdf(meta, lambda sheet: _draw(sheet, facts))


def _draw(sheet: Sheet, facts: StartSheetFacts) -> None:
    flow = begin_paper(
        sheet,
        facts,
        "取扱責任者・取扱者報告書",
        "特記事項13に基づき、取扱責任者及び取扱者を下記のとおり指定しましたので、報告します。",
    )
    flow.fields(
        (
            ("委託契約", facts.contract_line),
            ("認証", facts.certification),
            ("取扱場所", facts.place),
            ("教育の内容", f"個人情報の適正な管理、情報セキュリティ、{facts.law}（特記事項18）"),
        )
    )
    flow.space(5)
    flow.heading("1　指定した者")
    columns = (
        Column("区分", 25),
        Column("職", 27),
        Column("氏名", 33),
        Column("承認", 13, "centre"),
        Column("指定した日", 36),
        Column("教育を受けた日", 36),
    )
    rows = [
        (
            row.role,
            row.post,
            row.name,
            "○" if row.may_approve else "–",
            japanese_date(row.designated_on),
            japanese_date(row.trained_on) if row.trained_on else "–",
        )
        for row in facts.staff
    ]
    flow.table(columns, rows, size=9.5, pad=1.6)
    flow.space(1)
    flow.paragraph(
        "承認の○は、個人情報の提供や消去を承認できる者です。依頼した者が自分の依頼を承認することはできません。",
        8.5,
        colour=INK2,
    )
    flow.space(6)
    flow.heading("2　署名に使う鍵", keep=45)
    flow.paragraph(
        "証跡台帳、消去証明書などの電子署名は、次の鍵で行います。区で控えをお持ちください。"
        "受け取った証明書の署名は、この指紋の鍵と同じかどうかで確かめられます。",
        9.5,
    )
    flow.space(2)
    for key in facts.keys:
        _key(flow, key)
    flow.space(2)
    signature_boxes(flow, ("区の受領",), height=26)


def _key(flow: Flow, key: SigningKey) -> None:
    size = 26.0
    flow.need(size + 8)
    sheet, top = flow.sheet, flow.y
    sheet.box(flow.left, top, flow.width, size + 6)
    sheet.qr(flow.right - size - 3, top + 3, size, key.qr_text)
    x, width = flow.left + 4, flow.width - size - 12
    y = sheet.lines(x, top + 4, width, [f"{key.purpose}　{key.kind}"], 9.5, colour=INK2)
    sheet.fit(x, y + 1, width, key.fingerprint, 14, BOLD, smallest=9, most=3, field="指紋", leading=1.5)
    flow.y = top + size + 9
