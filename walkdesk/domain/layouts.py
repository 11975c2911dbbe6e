"""Where things stand on paper: windows of envelopes, sheets of labels, envelopes. Data, in mm.

Everything is measured from the top left corner of the sheet as it leaves the printer. The figures themselves are data
in ``resources/layouts``; what they must keep to is here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from walkdesk.domain.problem import Problem

A4 = (210.0, 297.0)
SLIP = 2.0
"""So far may a sheet slip in its envelope, and so far may a printer be off on a label."""
SPARE = 2.0
"""So much stays free around an address even then."""
FARTHEST_OFFSET = 10.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: left, top, width, height in mm."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def inset(self, by: float) -> Box:
        """The same rectangle, smaller on every side."""
        return Box(self.left + by, self.top + by, self.width - 2 * by, self.height - 2 * by)

    def holds(self, other: Box) -> bool:
        """Whether another rectangle lies inside."""
        inside = self.left <= other.left and self.top <= other.top
        return inside and other.right <= self.right and other.bottom <= self.bottom

    def meets(self, other: Box) -> bool:
        """Whether another rectangle covers a part of this one; edges may touch."""
        beside = other.right <= self.left or self.right <= other.left
        return not beside and other.bottom > self.top and self.bottom > other.top


@dataclass(frozen=True, slots=True)
class Offset:
    """How far a printer must be corrected: to the right and down, in mm; negative to the left and up."""

    x: float = 0.0
    y: float = 0.0


NO_OFFSET = Offset()


@dataclass(frozen=True, slots=True)
class WindowLayout:
    """窓付き封筒: where its window lies on the letter as it lies in the envelope, and where the letter is folded."""

    key: str
    window: Box
    folds: tuple[float, ...] = ()

    @property
    def address(self) -> Box:
        """Where an address may stand so that it is seen with ``SPARE`` around it even when the sheet slips."""
        return self.window.inset(SLIP + SPARE)


@dataclass(frozen=True, slots=True)
class LabelFormat:
    """A sheet of labels (宛名ラベル)."""

    key: str
    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    pitch_x: float
    pitch_y: float

    @property
    def count(self) -> int:
        """Labels on a sheet."""
        return self.columns * self.rows

    def place(self, number: int) -> Box:
        """The label of a number from 1, rows from the top, each from the left."""
        row, column = divmod(number - 1, self.columns)
        return Box(self.left + column * self.pitch_x, self.top + row * self.pitch_y, self.width, self.height)

    def places(self) -> Iterator[Box]:
        """All labels of a sheet in their order."""
        return (self.place(number) for number in range(1, self.count + 1))


@dataclass(frozen=True, slots=True)
class EnvelopeFormat:
    """An envelope that is printed itself, as it goes through the printer: 長形3号, 角形2号."""

    key: str
    width: float
    height: float
    postcode: Box
    address: Box
    sender: Box


@dataclass(frozen=True, slots=True)
class PrintOn:
    """What paper is printed on: the printer by its name, a layout by its key, the first free place of a used sheet."""

    printer: str = ""
    layout: str = ""
    start: int = 1


def check_offset(offset: Offset) -> Offset:
    """``Problem("printing.offset")`` for a correction that no printer needs."""
    if max(abs(offset.x), abs(offset.y)) > FARTHEST_OFFSET:
        raise Problem("printing.offset", limit=round(FARTHEST_OFFSET))
    return offset


def check_start(start: int, labels: LabelFormat) -> int:
    """``Problem("printing.start")`` for a place that the sheet does not have."""
    if not 1 <= start <= labels.count:
        raise Problem("printing.start", count=labels.count)
    return start


def check_window(window: Box) -> Box:
    """``Problem("printing.window")`` for a window that lies beside the sheet or has no room for an address."""
    room = window.inset(SLIP + SPARE)
    if not Box(0, 0, *A4).holds(window) or room.width < 55 or room.height < 24:
        raise Problem("printing.window")
    return window


def sheets_needed(labels: int, start: int, per_sheet: int) -> int:
    """How many sheets so many labels take when the first one has used places."""
    return -(-(labels + start - 1) // per_sheet)
