"""What an import would do, row by row, before anything is changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from walkdesk.domain.problem import Problem
from walkdesk.exchange.tables import Row, Table

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that is not taken: where it stands, its number as far as it has one, why, and its cells to
    show.
    """

    line: int
    number: str
    reason: Problem
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Something about an accepted row that a person must look at (要確認). A row can have several."""

    line: int
    number: str
    reason: Problem


@dataclass(frozen=True, slots=True)
class ImportPlan(Generic[Entry]):
    """The rows taken, the rows refused, what is doubtful about rows taken, and notes about the whole file.

    The reasons are problems as values, to be shown; none was raised to the caller.
    """

    accepted: tuple[Entry, ...]
    refused: tuple[Refused, ...]
    doubtful: tuple[Doubtful, ...]
    notes: tuple[Problem, ...] = ()

    @property
    def doubtful_rows(self) -> int:
        """How many accepted rows have at least one doubt."""
        return len({doubt.line for doubt in self.doubtful})


@dataclass(frozen=True, slots=True)
class Cells:
    """One row by the names of its columns; a column that the file does not have is blank."""

    row: Row
    places: Mapping[str, int]

    def __getitem__(self, column: str) -> str:
        place = self.places.get(column)
        return "" if place is None else self.row.cells[place]


class PlanBuilder(Generic[Entry]):
    """Collects a plan while the rows of a table are read."""

    def __init__(self, table: Table, needed: Iterable[str], optional: Iterable[str] = ()) -> None:
        """Raises ``Problem("exchange.columns_missing")`` when the header lacks a needed column."""
        names = tuple(needed)
        read = (*names, *optional)
        unknown = table.unknown_columns(read)
        self._table = table
        self._places = {**table.columns(names), **table.present(optional)}
        self._accepted: list[Entry] = []
        self._refused: list[Refused] = []
        self._doubtful: list[Doubtful] = []
        self._notes = tuple(Problem("exchange.column_ignored", column=name) for name in unknown)

    def rows(self) -> Iterator[Cells]:
        """The rows that have as many cells as the header; the others are refused here."""
        width = len(self._table.header)
        for row in self._table.rows:
            if len(row.cells) == width:
                yield Cells(row, self._places)
            else:
                number = row.cells[0] if row.cells else ""
                self.refuse(row, number, Problem("exchange.cells_differ", cells=len(row.cells), columns=width))

    def accept(self, row: Row, number: str, entry: Entry, doubts: Iterable[Problem] = ()) -> None:
        """Takes a row, with what is doubtful about it."""
        self._accepted.append(entry)
        self._doubtful += (Doubtful(row.line, number, doubt) for doubt in doubts)
        if self._table.last_line_open and row is self._table.rows[-1]:
            self._doubtful.append(Doubtful(row.line, number, Problem("exchange.last_line_open", line=row.line)))

    def refuse(self, row: Row, number: str, reason: Problem) -> None:
        """Leaves a row out, with the reason."""
        self._refused.append(Refused(row.line, number, reason, row.cells))

    def plan(self) -> ImportPlan[Entry]:
        """The plan, rows in the order of the file."""
        refused = sorted(self._refused, key=lambda one: one.line)
        return ImportPlan(tuple(self._accepted), tuple(refused), tuple(self._doubtful), self._notes)
