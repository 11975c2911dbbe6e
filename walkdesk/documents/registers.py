"""台帳: a register as paper, first as a list, then line by line with every field. It names no participant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from walkdesk.documents.flow import Column, Flow
from walkdesk.documents.formal import checkpoint_block
from walkdesk.documents.sheet import ACCENT, INK2, Checkpoint, Mark, PaperMeta, Sheet, paper_pdf
from walkdesk.documents.typeface import BOLD
from walkdesk.domain.dates import japanese_date


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """One line: number, contract, what the list shows of it, then labelled values and former values."""

    number: str
    contract: str
    title: str
    opened: str
    due: str
    state: str
    fields: tuple[tuple[str, str], ...]
    history: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """Everything that the paper of a register prints."""

    number: str
    issued: date
    created: datetime
    office: str
    maker: str
    title: str
    clauses: str
    day: str
    subject: str
    entries: tuple[EntryFacts, ...]
    checkpoint: Checkpoint
    mark: Mark = Mark.NONE


def register_pdf(facts: RegisterFacts) -> bytes:
    """The register as PDF. The same facts give the same bytes."""
    meta = PaperMeta(
        title=f"{facts.title} {facts.issued.isoformat()}",
        author=facts.office,
        created=facts.created,
        subject=facts.clauses,
        mark=facts.mark,
        serial=facts.number,
        checkpoint=facts.checkpoint,
    )
    return paper_pdf(meta, lambda sheet: _draw(sheet, facts))


def _draw(sheet: Sheet, facts: RegisterFacts) -> None:
    flow = Flow(sheet)
    flow.page(facts.title)
    _head(flow, facts)
    flow.heading("1　一覧")
    draw_list(flow, facts)
    if facts.entries:
        flow.space(7)
        flow.heading("2　内容", keep=40)
        for entry in facts.entries:
            draw_entry(flow, entry)
    flow.space(2)
    checkpoint_block(flow, facts.checkpoint)


def _head(flow: Flow, facts: RegisterFacts) -> None:
    sheet = flow.sheet
    sheet.text(flow.right, flow.y + 4, facts.number, 10, align="right", colour=INK2)
    sheet.text(flow.left, flow.y + 12, facts.title, 18, BOLD, spacing=0.06)
    sheet.text(flow.right, flow.y + 12, japanese_date(facts.issued), 10.5, align="right")
    sheet.rule(flow.left, flow.y + 15.5, flow.right, flow.y + 15.5, ACCENT, 1.2)
    flow.y += 18
    flow.fields(
        (
            ("根拠", facts.clauses),
            ("事務所", facts.office),
            ("作成", facts.maker),
            ("件数", f"{len(facts.entries):,}件"),
        ),
        size=10,
    )
    flow.space(5)


def draw_list(flow: Flow, facts: RegisterFacts) -> None:
    """The lines of a register, one below the other; the audit pack has them too."""
    if not facts.entries:
        flow.paragraph("この台帳には、まだ記入がありません。", 10.5)
        return
    columns = (
        Column("番号", 24),
        Column(facts.day, 34),
        Column(facts.subject, 47),
        Column("期限", 34),
        Column("状態", 31),
    )
    rows = [(entry.number, entry.opened, entry.title, entry.due or "–", entry.state) for entry in facts.entries]
    flow.table(columns, rows, size=9, pad=1.2)


def draw_entry(flow: Flow, entry: EntryFacts) -> None:
    """One line with every field and what stood there before."""
    flow.need(32)
    flow.space(2)
    sheet = flow.sheet
    sheet.text(flow.left, flow.y + 4.4, entry.number, 11.5, BOLD)
    sheet.text(flow.right, flow.y + 4.4, f"{entry.contract}　{entry.state}", 9.5, align="right", colour=INK2)
    flow.y += 6.5
    sheet.rule(flow.left, flow.y, flow.right, flow.y, ACCENT, 0.8)
    flow.fields(entry.fields, label=42, size=9.5, pad=1.0)
    _history(flow, entry.history)
    flow.space(4)


def _history(flow: Flow, history: Sequence[str]) -> None:
    if not history:
        return
    flow.space(1.5)
    for line in history:
        flow.paragraph(line, 8.5, colour=INK2, leading=1.5, indent=3)
