"""Papers that run over pages: headings, paragraphs, tables and fields one below the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportlab.lib.colors import Color

from walkdesk.documents.lines import break_lines
from walkdesk.documents.sheet import ACCENT, HAIR, INK, INK2, MM, PALE, Align, Sheet
from walkdesk.documents.typeface import BOLD, GOTHIC, typeface

Cell = int | str
"""A number is printed with its commas; a text as it stands, which is how a suppressed figure arrives."""

_PAD = 1.8
_TABLE_LEADING = 1.4


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its heading, its width in mm, where its cells stand."""

    title: str
    width: float
    align: Align = "left"


def shown(cell: Cell) -> str:
    """A cell as it is printed."""
    return f"{cell:,}" if isinstance(cell, int) else cell


class Flow:
    """A cursor that moves down the pages of a sheet, between margins in millimetres."""

    def __init__(
        self,
        sheet: Sheet,
        *,
        left: float = 20,
        right: float = 190,
        top: float = 20,
        bottom: float = 280,
        footer: Callable[[], None] | None = None,
    ) -> None:
        self.sheet = sheet
        self._footer = footer
        self.left, self.right, self.top, self.bottom = left, right, top, bottom
        self.y = top

    @property
    def width(self) -> float:
        """The column's width in mm."""
        return self.right - self.left

    def page(self, bookmark: str = "") -> None:
        """Begins a page."""
        self.sheet.new_page(bookmark, self._footer)
        self.y = self.top

    def need(self, height: float) -> None:
        """Begins a page unless ``height`` mm are left on this one."""
        if self.y + height > self.bottom:
            self.page()

    def space(self, height: float) -> None:
        """Moves down."""
        self.y += height

    def heading(self, words: str, size: float = 12.5, *, keep: float = 25) -> None:
        """A section's heading, kept together with ``keep`` mm of what follows."""
        self.need(keep + 8)
        self.sheet.box(self.left, self.y + 0.9, 1.3, size / MM * 1.05, fill=ACCENT, stroke=None)
        self.y = self.sheet.lines(self.left + 3.5, self.y, self.width, [words], size, BOLD, leading=1.4) + 1.5

    def paragraph(
        self,
        words: str,
        size: float = 10.5,
        role: str = GOTHIC,
        *,
        colour: Color = INK,
        leading: float = 1.6,
        indent: float = 0,
    ) -> None:
        """A paragraph; its lines go on to the next page where this one ends."""
        step = leading * size / MM
        for line in break_lines(words, (self.width - indent) * MM / size, typeface(role)):
            self.need(step)
            self.y = self.sheet.lines(
                self.left + indent, self.y, self.width - indent, [line], size, role, leading=leading, colour=colour
            )

    def fields(
        self,
        pairs: Sequence[tuple[str, str]],
        *,
        label: float = 30,
        size: float = 10.5,
        pad: float = 1.5,
        strong: frozenset[str] = frozenset(),
    ) -> None:
        """Labelled values with a hairline below each; those whose label is in ``strong`` are bold."""
        width = self.width - label
        for name, words in pairs:
            role = BOLD if name in strong else GOTHIC
            lines = break_lines(words, width * MM / size, typeface(role))
            self.need(len(lines) * 1.4 * size / MM + 2 * pad)
            self.sheet.lines(
                self.left, self.y + pad, label, [name], size - 1, leading=1.4 * size / (size - 1), colour=INK2
            )
            self.y = self.sheet.lines(self.left + label, self.y + pad, width, lines, size, role, leading=1.4) + pad
            self.sheet.rule(self.left, self.y, self.right, self.y, HAIR, 0.3)

    def table(
        self,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Cell]],
        *,
        size: float = 9.5,
        total: bool = False,
        pad: float = 1.0,
    ) -> None:
        """A table with hairlines; its heading comes back on every page. ``total`` makes the last row bold."""
        self._head(columns, size, pad)
        for number, row in enumerate(rows):
            role = BOLD if total and number == len(rows) - 1 else GOTHIC
            cells = [
                break_lines(shown(cell), (column.width - 2 * _PAD) * MM / size, typeface(role))
                for column, cell in zip(columns, row, strict=True)
            ]
            height = max(map(len, cells)) * _TABLE_LEADING * size / MM + 2 * pad
            if self.y + height > self.bottom:
                self.page()
                self._head(columns, size, pad)
            self._row(columns, cells, size, role, pad, height)

    def _head(self, columns: Sequence[Column], size: float, pad: float) -> None:
        cells = [
            break_lines(column.title, (column.width - 2 * _PAD) * MM / (size - 0.5), typeface(BOLD))
            for column in columns
        ]
        height = max(map(len, cells)) * _TABLE_LEADING * (size - 0.5) / MM + 2 * pad
        self.need(height * 2)
        self.sheet.box(self.left, self.y, sum(column.width for column in columns), height, fill=PALE, stroke=None)
        self._row(columns, cells, size - 0.5, BOLD, pad, height)

    def _row(
        self,
        columns: Sequence[Column],
        cells: Sequence[Sequence[str]],
        size: float,
        role: str,
        pad: float,
        height: float,
    ) -> None:
        x = self.left
        for column, lines in zip(columns, cells, strict=True):
            self.sheet.lines(
                x + _PAD,
                self.y + pad,
                column.width - 2 * _PAD,
                lines,
                size,
                role,
                leading=_TABLE_LEADING,
                align=column.align,
            )
            x += column.width
        self.y += height
        self.sheet.rule(self.left, self.y, x, self.y, HAIR, 0.3)
