"""アプリの歩数: one row a person and day, as the app's server hands it over for a month."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from walkdesk.domain.dates import Month, parse_date, slashed_date
from walkdesk.domain.numerals import parse_number
from walkdesk.domain.participants import Channel, tidy_number
from walkdesk.domain.problem import Problem
from walkdesk.domain.steps import LIMIT, Day, DayState
from walkdesk.exchange.plan import Cells, ImportPlan, PlanBuilder
from walkdesk.exchange.tables import Table

NUMBER, DAY, STEPS = "利用者ID", "日付", "歩数"


@dataclass(frozen=True, slots=True)
class StepRow:
    """One day's steps of one person."""

    line: int
    number: str
    day: date
    steps: int


def read(
    table: Table, month: Month, numbers: Collection[str], contract_start: date, contract_end: date
) -> ImportPlan[StepRow]:
    """The plan for one month's file; ``numbers`` are those of the contract's app users.

    A row is refused when nobody has its number, its day lies outside the month or the contract or came
    before in the file, or its steps are no number from 0 to 99,999.
    """
    builder: PlanBuilder[StepRow] = PlanBuilder(table, (NUMBER, DAY, STEPS))
    seen: dict[tuple[str, date], int] = {}
    for cells in builder.rows():
        try:
            row = _row(cells, numbers)
            _check_day(row.day, month, contract_start, contract_end)
            before = seen.setdefault((row.number, row.day), row.line)
            if before != row.line:
                raise Problem("cards.day_twice", day=slashed_date(row.day), line=before)
        except Problem as problem:
            builder.refuse(cells.row, cells[NUMBER], problem)
        else:
            builder.accept(cells.row, row.number, row)
    return builder.plan()


def months(rows: Iterable[StepRow], month: Month, channel: Channel = Channel.APP) -> dict[str, tuple[Day, ...]]:
    """The accepted rows as one month a person; days that the file does not have are not keyed."""
    found: dict[str, list[Day]] = {}
    for row in rows:
        days = found.setdefault(row.number, [Day(channel=channel)] * month.days)
        days[row.day.day - 1] = Day(row.steps, DayState.KEYED, channel)
    return {number: tuple(days) for number, days in found.items()}


def read_steps(text: str) -> int:
    """A number of steps from 0 to 99,999.

    Raises ``Problem``: ``cards.steps_missing``, ``cards.negative``, ``cards.over_limit``, ``numbers.…``.
    """
    if not text:
        raise Problem("cards.steps_missing")
    steps = parse_number(text)
    if steps < 0:
        raise Problem("cards.negative", steps=steps)
    if steps > LIMIT:
        raise Problem("cards.over_limit", steps=steps, limit=LIMIT)
    return steps


def _row(cells: Cells, numbers: Collection[str]) -> StepRow:
    number = tidy_number(cells[NUMBER])
    if number not in numbers:
        raise Problem("cards.unknown_number", number=cells[NUMBER])
    return StepRow(cells.row.line, number, parse_date(cells[DAY]), read_steps(cells[STEPS]))


def _check_day(day: date, month: Month, start: date, end: date) -> None:
    if day not in month:
        raise Problem("cards.outside_month", day=slashed_date(day), month=str(month))
    if not start <= day <= end:
        raise Problem(
            "cards.outside_contract",
            day=slashed_date(day),
            start=slashed_date(start),
            end=slashed_date(end),
        )
