"""Lists of facts that stand on a paper and in a workbook alike: their columns as data, their cells with their types."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from walkdesk.documents.flow import Cell as PaperCell
from walkdesk.documents.flow import Column, Flow
from walkdesk.documents.sheet import INK2, Align
from walkdesk.domain.dates import era_of

Cell = str | int | date | datetime | None
"""A text, a number, a day, a moment, or nothing to be said."""

NOTHING = "–"
_ALIGNS: dict[str, Align] = {">": "right", "=": "centre"}


@dataclass(frozen=True, slots=True)
class GridColumn:
    """One column: its heading, its share of the paper's width, where its cells stand."""

    title: str
    share: float
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Grid:
    """A list with its rows; ``empty`` is said where it has none, ``note`` below it."""

    title: str
    columns: tuple[GridColumn, ...]
    rows: tuple[tuple[Cell, ...], ...] = ()
    empty: str = ""
    note: str = ""


def layout(title: str, columns: str, empty: str = "該当はありません。", note: str = "") -> Grid:
    """A list without rows. ``columns`` are ``heading:share`` with ``>`` for the right and ``=`` for the middle."""
    return Grid(title, tuple(_column(words) for words in columns.split()), empty=empty, note=note)


def filled(grid: Grid, rows: Iterable[tuple[Cell, ...]], note: str = "") -> Grid:
    """The list with its rows; every row has a cell for each column, else ``ValueError``."""
    kept = tuple(rows)
    if any(len(row) != len(grid.columns) for row in kept):
        raise ValueError(f"{grid.title}: a row has another number of cells than the list has columns")
    return Grid(grid.title, grid.columns, kept, grid.empty, note or grid.note)


def draw_grid(flow: Flow, grid: Grid, size: float = 9) -> None:
    """The list over the whole width of the column; it runs on over pages under its heading."""
    if not grid.rows:
        flow.paragraph(grid.empty, 10)
    else:
        whole = sum(column.share for column in grid.columns)
        columns = [Column(one.title, one.share * flow.width / whole, one.align) for one in grid.columns]
        flow.table(columns, [[printed(cell) for cell in row] for row in grid.rows], size=size, pad=1.1)
    if grid.note and grid.rows:
        flow.space(1)
        flow.paragraph(grid.note, 8.5, colour=INK2, leading=1.5)


def printed(cell: Cell) -> PaperCell:
    """A cell as narrow lists show it: ``H30.8.9``, ``H30.8.9 17:05``, a dash for nothing."""
    if isinstance(cell, datetime):
        return f"{short_day(cell.date())} {cell.hour}:{cell.minute:02}"
    if isinstance(cell, date):
        return short_day(cell)
    return NOTHING if cell is None else cell


def short_day(day: date) -> str:
    """A day by its era, as forms write it where room is short: ``H30.8.9``."""
    era = era_of(day)
    return f"{era.letter}{era.year(day)}.{day.month}.{day.day}"


def _column(words: str) -> GridColumn:
    title, _, share = words.partition(":")
    mark = share[-1]
    return GridColumn(title, float(share.rstrip(">=")), _ALIGNS.get(mark, "left"))
