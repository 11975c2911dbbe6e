"""事故報告書: the written report of an incident to the ward, with its nine items (clause 19)."""

from __future__ import annotations

from dataclasses import dataclass

from walkdesk.documents.flow import Column
from walkdesk.documents.formal import WardFacts, begin_paper, checkpoint_block, signature_boxes, ward_meta
from walkdesk.documents.sheet import Checkpoint, Sheet, paper_pdf
from walkdesk.documents.typeface import BOLD


@dataclass(frozen=True, slots=True)
class ReportStep:
    """One step towards the ward: what it is, until when, and when it was done."""

    name: str
    last: str
    done: str


@dataclass(frozen=True, slots=True)
class IncidentFacts(WardFacts):
    """Everything that the report prints."""

    title: str
    kind: str
    noticed: str
    noticed_by: str
    steps: tuple[ReportStep, ...]
    duties: tuple[str, ...]
    items: tuple[tuple[str, str], ...]
    instruction: str
    checkpoint: Checkpoint


def incident_pdf(facts: IncidentFacts) -> bytes:
    """The report as PDF. The same facts give the same bytes."""
    meta = ward_meta(facts, f"事故報告書 {facts.number}", facts.checkpoint)
    return paper_pdf(meta, lambda sheet: _draw(sheet, facts))


def _draw(sheet: Sheet, facts: IncidentFacts) -> None:
    flow = begin_paper(
        sheet,
        facts,
        "事故報告書",
        "特記事項19に基づき、個人情報の取扱いに関する事故等の状況を、下記のとおり報告します。",
    )
    flow.fields(
        (
            ("委託契約", facts.contract),
            ("件名", facts.title),
            ("区分", facts.kind),
            ("知った日時", facts.noticed),
            ("知った者", facts.noticed_by),
        ),
        strong=frozenset({"件名"}),
    )
    flow.space(5)
    flow.heading("1　報告の経過")
    columns = (Column("報告", 40), Column("期限", 45), Column("行った日・相手", 85))
    flow.table(columns, [(step.name, step.last, step.done) for step in facts.steps], size=10, pad=1.4)
    flow.space(2)
    duty = "、".join(facts.duties) if facts.duties else "該当する事由は、今のところありません"
    flow.paragraph(f"個人情報保護委員会への報告を要する事由：{duty}。", 10)
    flow.space(5)
    flow.heading("2　事故等の内容")
    for number, (name, words) in enumerate(facts.items, start=1):
        flow.need(16)
        flow.paragraph(f"({number}) {name}", 10.5, BOLD)
        flow.paragraph(words, 10.5, indent=6)
        flow.space(2.5)
    if facts.instruction:
        flow.space(2)
        flow.heading("3　区の指示")
        flow.paragraph(facts.instruction, 10.5)
    flow.space(4)
    signature_boxes(flow, ("区の受領",), height=26)
    flow.space(2)
    checkpoint_block(flow, facts.checkpoint)
