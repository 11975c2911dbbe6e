"""名簿: rows of people to be ticked off on paper, carried out of the room and brought back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from walkdesk.documents.flow import Column, Flow
from walkdesk.documents.sheet import HAIR, INK2, Mark, PaperMeta, Sheet, paper_pdf
from walkdesk.documents.typeface import BOLD

_TICK = "□"
_FOOT = 284.0
_TICK_WIDTH = 14.0
COLUMNS_WIDTH = 170.0 - _TICK_WIDTH
"""So many millimetres the columns beside the tick have together."""


@dataclass(frozen=True, slots=True)
class RosterFacts:
    """What a roster prints. ``stamp`` stands at the foot of every page: serial, receiver, account and time."""

    title: str
    programme: str
    author: str
    created: datetime
    serial: str
    stamp: str
    facts: tuple[tuple[str, str], ...]
    """Purpose, carrier, the hour by which it is back."""
    columns: tuple[Column, ...]
    rows: tuple[Sequence[str], ...]
    mark: Mark = Mark.NONE


def roster_pdf(facts: RosterFacts) -> bytes:
    """The roster as PDF. The same facts give the same bytes."""
    meta = PaperMeta(
        title=f"{facts.title} {facts.programme}",
        author=facts.author,
        created=facts.created,
        subject=facts.serial,
        mark=facts.mark,
    )
    return paper_pdf(meta, lambda sheet: _draw(sheet, facts))


def _draw(sheet: Sheet, facts: RosterFacts) -> None:
    def foot() -> None:
        sheet.rule(20, _FOOT - 4, 190, _FOOT - 4, HAIR, 0.3)
        sheet.text(20, _FOOT, facts.stamp, 8, colour=INK2)
        sheet.text(190, _FOOT, f"{sheet.page} / {sheet.total}", 8, align="right", colour=INK2)

    flow = Flow(sheet, bottom=276, footer=foot)
    flow.page(facts.title)
    sheet.text(flow.right, flow.y + 4, facts.serial, 10, align="right", colour=INK2)
    sheet.text(flow.left, flow.y + 6, facts.title, 16, BOLD)
    sheet.text(flow.left, flow.y + 12, facts.programme, 10.5, colour=INK2)
    flow.space(15)
    flow.fields(facts.facts, label=34)
    flow.space(4)
    columns = (Column("確認", _TICK_WIDTH, "centre"), *facts.columns)
    flow.table(columns, [(_TICK, *row) for row in facts.rows], size=10.5, pad=1.4)
