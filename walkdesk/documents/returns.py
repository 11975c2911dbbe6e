"""返還・引渡し目録: what goes back to the ward and what was destroyed, by class and medium (clause 11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from walkdesk.documents.flow import Cell, Column
from walkdesk.documents.formal import ProgrammeFacts, begin_paper, checkpoint_block, signature_boxes, ward_meta
from walkdesk.documents.sheet import INK2, Checkpoint, Sheet, paper_pdf
from walkdesk.domain.dates import short_date
from walkdesk.domain.participants import Origin
from walkdesk.domain.returns import Disposition, Medium

ORIGINS = {Origin.PROVIDED: "提供", Origin.COLLECTED: "収集", Origin.PRODUCED: "作成"}
"""由来 as papers print it."""

MEDIA = {Medium.ELECTRONIC: "電子データ", Medium.PAPER: "紙"}
"""記録媒体 as papers print it."""

DISPOSITIONS = {
    Disposition.RETURNED: "返還",
    Disposition.HANDED_OVER: "引渡し",
    Disposition.DESTROYED: "消去・廃棄のみ",
    Disposition.NONE: "該当なし",
}
"""What became of a class, as papers print it."""


@dataclass(frozen=True, slots=True)
class ReturnItem:
    """One class on one medium: what it is, how many, what became of it, on which basis, under which receipt."""

    origin: Origin
    medium: Medium
    content: str
    count: Cell
    unit: str
    disposition: Disposition
    basis: str = ""
    receipt: str = ""
    recorded_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReturnFacts(ProgrammeFacts):
    """Everything that the list prints; no participant is named in it."""

    items: tuple[ReturnItem, ...]
    checkpoint: Checkpoint


def returns_pdf(facts: ReturnFacts) -> bytes:
    """The list as PDF. The same facts give the same bytes."""
    meta = ward_meta(facts, f"返還・引渡し目録 {facts.programme} {facts.fiscal_year}", facts.checkpoint)
    return paper_pdf(meta, lambda sheet: _draw(sheet, facts))


def _draw(sheet: Sheet, facts: ReturnFacts) -> None:
    flow = begin_paper(
        sheet,
        facts,
        "返還・引渡し目録",
        "特記事項11に基づき、個人情報が記録された資料等を下記のとおり返還し、又は引き渡します。",
    )
    flow.fields((("委託契約", facts.contract_line),))
    flow.space(5)
    flow.heading("資料等")
    columns = (
        Column("番号", 11, "right"),
        Column("由来", 13),
        Column("媒体", 21),
        Column("内容", 36),
        Column("数量", 28, "right"),
        Column("取扱い", 28),
        Column("受領番号・根拠", 33),
    )
    flow.table(columns, [_row(number, item) for number, item in enumerate(facts.items, 1)], size=9.5)
    flow.space(1)
    flow.paragraph(
        "由来は、提供（区から受け取ったもの）、収集（受託者が集めたもの）、作成（受託者が作ったもの）の別です。"
        "電子データの写しは、由来にかかわらず、消去して証明書を提出します（特記事項11・12）。",
        8.5,
        colour=INK2,
        leading=1.5,
    )
    flow.space(6)
    flow.need(66)
    signature_boxes(flow, ("引き渡した者（受託者）", "受け取った者（区）"))
    flow.space(5)
    checkpoint_block(flow, facts.checkpoint)


def _row(number: int, item: ReturnItem) -> tuple[Cell, ...]:
    day = short_date(item.recorded_on) if item.recorded_on else ""
    basis = "\n".join(part for part in (item.receipt, item.basis, day) if part)
    nothing = item.disposition is Disposition.NONE
    count = f"{item.count:,}\u00a0{item.unit}" if isinstance(item.count, int) else item.count
    return (
        number,
        ORIGINS[item.origin],
        MEDIA[item.medium],
        item.content or "–",
        "–" if nothing else count,
        DISPOSITIONS[item.disposition],
        basis or "–",
    )
