"""台紙の一覧: what people wrote on their cards of one month, one row a card.

The cards themselves are keyed by hand. This table brings months that were keyed elsewhere, and it is what the
practice year and the tests key from.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from walkdesk.domain.dates import Month
from walkdesk.domain.numerals import parse_number
from walkdesk.domain.participants import Channel, tidy_number
from walkdesk.domain.problem import Problem
from walkdesk.domain.steps import DAYS, Day, DayState, total_warning
from walkdesk.exchange.app_steps import read_steps
from walkdesk.exchange.plan import Cells, ImportPlan, PlanBuilder
from walkdesk.exchange.tables import Table

NUMBER, WRITTEN_TOTAL = "受付番号", "記入された合計"


@dataclass(frozen=True, slots=True)
class CardRow:
    """One card as it was written: a number a day, ``None`` where the box is blank, and the person's own
    total.
    """

    line: int
    number: str
    days: tuple[int | None, ...]
    written_total: int | None

    def keyed(self) -> tuple[Day, ...]:
        """The card as days of the month, blank boxes as blank."""
        return tuple(
            Day(None, DayState.BLANK, Channel.CARD) if steps is None else Day(steps, DayState.KEYED, Channel.CARD)
            for steps in self.days
        )


def read(table: Table, month: Month, numbers: Collection[str] | None = None) -> ImportPlan[CardRow]:
    """The plan for a month's cards; ``numbers`` are those of the contract's card participants, ``None`` for
    any.

    A card whose days and written total differ is accepted and doubtful. It is refused when nobody has its
    number, the number came before, a box holds no number from 0 to 99,999, or a day after the end of the
    month is filled.
    """
    days = [_column(day) for day in range(1, DAYS + 1)]
    builder: PlanBuilder[CardRow] = PlanBuilder(
        table, (NUMBER, *days[: month.days]), (*days[month.days :], WRITTEN_TOTAL)
    )
    seen: dict[str, int] = {}
    for cells in builder.rows():
        try:
            card = _card(cells, month, numbers)
            before = seen.setdefault(card.number, card.line)
            if before != card.line:
                raise Problem("cards.card_twice", number=card.number, line=before)
        except Problem as problem:
            builder.refuse(cells.row, cells[NUMBER], problem)
        else:
            warning = total_warning(card.keyed(), card.written_total)
            builder.accept(cells.row, card.number, card, () if warning is None else (warning,))
    return builder.plan()


def _column(day: int) -> str:
    return f"{day}日"


def _card(cells: Cells, month: Month, numbers: Collection[str] | None) -> CardRow:
    number = tidy_number(cells[NUMBER])
    if not number or (numbers is not None and number not in numbers):
        raise Problem("cards.unknown_number", number=cells[NUMBER])
    for day in range(month.days + 1, DAYS + 1):
        if cells[_column(day)]:
            raise Problem("cards.day_after_month", day=day, month=str(month))
    texts = [cells[_column(day)] for day in range(1, month.days + 1)]
    total = parse_number(cells[WRITTEN_TOTAL]) if cells[WRITTEN_TOTAL] else None
    return CardRow(cells.row.line, number, tuple(read_steps(text) if text else None for text in texts), total)
