"""台紙のレイアウト: where the boxes of a points card stand, for the printer and for whoever reads the sheet again.

Lengths in mm from the top left corner of an A4 sheet. The figures are data in ``resources/layouts/points_card.toml``;
from them follows the place of every day and every digit.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from itertools import combinations

from walkdesk.domain.layouts import A4, Box
from walkdesk.domain.problem import Problem

DAYS = 31
HEAD = 6.5
"""The names of the digits stand so high above each column of days."""
UNIT = 7.5
"""Room for 歩 behind the last digit."""
EDGE = 5.0
"""No printer reaches the last millimetres of a sheet."""
LEAST_DIGIT = (6.0, 5.0)
"""Width and height of the smallest box that a handwritten digit fits in."""

_BETWEEN_ROWS = 0.9
_MOST_DIGITS = 7
_MORE_IN_TOTAL = 2
"""A month of 31 days has two digits more than a day."""
_WIDEST_DIGIT = 11.0


@dataclass(frozen=True, slots=True)
class CardLayout:
    """台紙: the sheet that a participant fills in for a month and mails."""

    key: str
    columns: int
    """Days stand in so many columns, from the top down."""
    digits: int
    """Pale boxes for the digits of a day's steps."""
    gap: float
    """Between two columns."""
    label: float
    """Date and weekday stand so wide before the digits."""
    marks: float
    """The corner marks stand so far from the edges of the sheet."""
    mark: float
    """The side of a corner mark."""
    title: Box
    number: Box
    qr: Box
    person: Box
    rules: Box
    example: Box
    grid: Box
    total: Box
    send: Box
    purpose: Box

    @property
    def rows(self) -> int:
        """Days in a column. A day has the same place in every month, so that a reader needs to know only one."""
        return -(-DAYS // self.columns)

    @property
    def digit_width(self) -> float:
        """The width of one digit's box."""
        return min((self._column(0).width - self.label - UNIT) / self.digits, _WIDEST_DIGIT)

    def parts(self) -> dict[str, Box]:
        """The parts of the sheet by their names; no two overlap."""
        values = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: value for name, value in values if isinstance(value, Box)}

    def head(self, column: int) -> tuple[Box, ...]:
        """Where the names of a column's digits stand, from the left; columns count from 0."""
        place = self._column(column)
        return self.digits_in(Box(place.left, self.grid.top, place.width, HEAD))

    def example_row(self, place: int, count: int) -> Box:
        """The row of one of so many examples, from 0: beside and below each other like the days."""
        row, column = divmod(place, self.columns)
        height = self.example.height / -(-count // self.columns)
        beside = self._column(column)
        return Box(beside.left, self.example.top + row * height + 1, beside.width, height - 2)

    def day(self, number: int) -> Box:
        """The row of a day of the month."""
        column, row = divmod(number - 1, self.rows)
        place = self._column(column)
        height = place.height / self.rows
        return Box(place.left, place.top + row * height, place.width, height)

    def day_digits(self, number: int) -> tuple[Box, ...]:
        """The boxes for the digits of a day, from the left."""
        row = self.day(number)
        inside = Box(row.left, row.top + _BETWEEN_ROWS / 2, row.width, row.height - _BETWEEN_ROWS)
        return self.digits_in(inside)

    def digits_in(self, row: Box) -> tuple[Box, ...]:
        """The boxes for the digits of a row, from the left."""
        return self._digits(row, self.digits)

    def total_digits(self) -> tuple[Box, ...]:
        """The boxes for the month's total."""
        return self._digits(self.total, self.digits + _MORE_IN_TOTAL)

    def corner_marks(self) -> tuple[Box, ...]:
        """The four corner marks, rows from the top."""
        far_x, far_y = A4[0] - self.marks - self.mark, A4[1] - self.marks - self.mark
        return tuple(Box(x, y, self.mark, self.mark) for y in (self.marks, far_y) for x in (self.marks, far_x))

    def _column(self, number: int) -> Box:
        """A column of days without its head."""
        width = (self.grid.width - (self.columns - 1) * self.gap) / self.columns
        left = self.grid.left + number * (width + self.gap)
        return Box(left, self.grid.top + HEAD, width, self.grid.height - HEAD)

    def _digits(self, room: Box, count: int) -> tuple[Box, ...]:
        width = self.digit_width
        left = room.right - UNIT - count * width
        return tuple(Box(left + place * width, room.top, width, room.height) for place in range(count))


def check_card(layout: CardLayout) -> CardLayout:
    """``Problem("papers.card_layout", part=...)`` for a card whose parts overlap, leave the sheet or are too small."""
    sheet = Box(0, 0, *A4).inset(EDGE)
    marks = {f"mark {place}": mark for place, mark in enumerate(layout.corner_marks(), 1)}
    places = layout.parts() | marks
    for name, place in places.items():
        if not sheet.holds(place):
            raise Problem("papers.card_layout", part=name)
    for (_, one), (name, other) in combinations(places.items(), 2):
        if one.meets(other):
            raise Problem("papers.card_layout", part=name)
    if not 1 <= layout.digits <= _MOST_DIGITS or not 1 <= layout.columns <= DAYS:
        raise Problem("papers.card_layout", part="digits")
    digit = layout.day_digits(1)[0]
    if digit.width < LEAST_DIGIT[0] or digit.height < LEAST_DIGIT[1]:
        raise Problem("papers.card_layout", part="grid")
    if not layout.total.holds(layout.total_digits()[0]):
        raise Problem("papers.card_layout", part="total")
    return layout
