"""立入り調査票: the checklist of an inspection, blank for the day or filled from its record (clauses 15 to 17).

The paper states what the office's own records say. How a measure was found is the inspector's to write.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from walkdesk.documents.flow import Column, Flow
from walkdesk.documents.formal import ProgrammeFacts, begin_paper, checkpoint_block, signature_boxes, ward_meta
from walkdesk.documents.sheet import ACCENT, HAIR, INK2, Checkpoint, Sheet, paper_pdf
from walkdesk.documents.typeface import BOLD

TITLE = "立入り調査票"
CHOICES = ("適", "要改善", "対象外")
"""How a line can be found, in the order of the boxes."""

_LABEL = 52.0
_LINE = 9.0
"""Between two lines to write on by hand, in mm."""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line of the checklist. ``found`` is one of ``CHOICES`` or "" while nobody has looked."""

    where: str
    asked: str
    records: str
    found: str = ""
    seen: str = ""


@dataclass(frozen=True, slots=True)
class CheckGroup:
    """Lines that stand together in the council paper."""

    title: str
    lines: tuple[CheckLine, ...]


@dataclass(frozen=True, slots=True)
class InspectionFacts(ProgrammeFacts):
    """Everything that the sheet prints. ``held`` and the texts of a blank sheet are empty: lines to write on."""

    entry: str
    """Number in the register of inspections; "" for a blank sheet."""
    period: str
    """The days that the records' sentences speak of."""
    held: tuple[tuple[str, str], ...]
    """調査の日, 場所, 職員, 文書の番号, with "" where it is to be written by hand."""
    figures: tuple[tuple[str, str], ...]
    """What the office can state as counts."""
    groups: tuple[CheckGroup, ...]
    remarks: tuple[tuple[str, str], ...]
    """指摘, 改善の期限, 改善したこと, 区の確認."""
    checkpoint: Checkpoint


def inspection_sheet_pdf(facts: InspectionFacts) -> bytes:
    """The sheet as PDF. The same facts give the same bytes."""
    meta = ward_meta(facts, f"{TITLE} {facts.programme} {facts.entry or facts.fiscal_year}", facts.checkpoint)
    return paper_pdf(meta, lambda sheet: _draw(sheet, facts))


def _draw(sheet: Sheet, facts: InspectionFacts) -> None:
    flow = begin_paper(
        sheet,
        facts,
        TITLE,
        "特記事項15から17に基づく立入り調査のため、業務の実施と個人情報の管理の状況を明らかにします。",
    )
    _fields(flow, (("委託契約", facts.contract_line), *facts.held))
    flow.space(5)
    flow.heading("1　事務所の記録による数")
    flow.paragraph(
        f"対象の期間　{facts.period}　　「継続中」などの状態は、この票を作った日のものです。", 9, colour=INK2
    )
    flow.space(1)
    _figures(flow, facts.figures)
    flow.space(5)
    flow.heading("2　点検表", keep=50)
    flow.paragraph(
        "「記録から言えること」は、プログラムの記録にある回数と日付です。"
        "守られているかどうかは、調査する方が現地で確かめて「状態」に印を付けてください。",
        9,
        colour=INK2,
        leading=1.5,
    )
    for group in facts.groups:
        flow.space(2.5)
        _group(flow, group)
    flow.space(5)
    flow.heading("3　指摘と改善", keep=60)
    _fields(flow, facts.remarks, tall=frozenset({"指摘", "改善したこと"}))
    flow.space(5)
    flow.need(30 + 3 + 28)
    signature_boxes(flow, ("調査した区の職員", "立ち会った受託者"), height=30)
    flow.space(3)
    checkpoint_block(flow, facts.checkpoint)


def _fields(flow: Flow, pairs: Sequence[tuple[str, str]], tall: frozenset[str] = frozenset()) -> None:
    """Labelled values; where there is none, room to write one by hand: one line, or three."""
    for name, words in pairs:
        if words:
            flow.fields(((name, words),), label=_LABEL)
            continue
        lines = 3 if name in tall else 1
        flow.need(lines * _LINE)
        flow.sheet.lines(flow.left, flow.y + 3, _LABEL, [name], 9.5, colour=INK2, leading=1.4)
        for _line in range(lines):
            flow.y += _LINE
            flow.sheet.rule(flow.left + (_LABEL if lines > 1 else 0), flow.y, flow.right, flow.y, HAIR, 0.3)


def _figures(flow: Flow, figures: Sequence[tuple[str, str]]) -> None:
    """Two columns of label and count, read down the left one first."""
    half, gap, step = (len(figures) + 1) // 2, 8.0, 7.0
    wide = (flow.width - gap) / 2
    flow.need(half * step)
    for place, (label, words) in enumerate(figures):
        column, row = divmod(place, half)
        x, y = flow.left + column * (wide + gap), flow.y + row * step
        flow.sheet.text(x, y + 4.9, label, 9.5, colour=INK2)
        flow.sheet.text(x + wide, y + 4.9, words, 10, align="right")
        flow.sheet.rule(x, y + step, x + wide, y + step, HAIR, 0.3)
    flow.y += half * step


def _group(flow: Flow, group: CheckGroup) -> None:
    flow.need(34)
    flow.y = flow.sheet.lines(flow.left, flow.y, flow.width, [group.title], 10.5, BOLD, leading=1.5, colour=ACCENT)
    flow.space(0.5)
    columns = (
        Column("番号", 11, "centre"),
        Column("求められている対策", 42),
        Column("記録から言えること", 56),
        Column("状態", 19),
        Column("確かめたこと", 42),
    )
    rows = [(line.where, line.asked, line.records, _boxes(line.found), line.seen) for line in group.lines]
    flow.table(columns, rows, size=8.5, pad=1.1)


def _boxes(found: str) -> str:
    """The three boxes, the one that was found filled."""
    return "\n".join(f"{'■' if choice == found else '□'} {choice}" for choice in CHOICES)
