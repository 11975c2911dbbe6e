"""Sums that can be checked: 238 ＝ 124 ＋ 41 ＋ …, with a bar whose pieces have the same colours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from walkdesk.ui.look import icons, paint
from walkdesk.ui.look.tokens import BODY, COUNT, DETAIL, FIGURE, HEADLINE, LABEL, SUM_FIGURE, Tone

_SWATCH = 5
_SWATCH_GAP = 12
_BAR = 14
_HEIGHT = 108
_CENTRE = Qt.AlignmentFlag.AlignHCenter


@dataclass(frozen=True, slots=True)
class SumPart:
    """One figure: what it counts, the count, a note below; ``fill`` is the colour of its piece of the bar."""

    label: str
    count: int
    note: str = ""
    icon: str = "circle"
    icon_tone: Tone = "ink2"
    fill: Tone = "accent"


class StackedBar(QWidget):
    """Pieces side by side on an empty track; the track is what is left of ``whole``."""

    def __init__(self, height: int = _BAR, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFixedHeight(height)
        self._pieces: tuple[tuple[int, Tone], ...] = ()
        self._whole = 0

    def show_pieces(self, pieces: Iterable[tuple[int, Tone]], whole: int = 0, words: str = "") -> None:
        """Replaces the pieces: counts with their colours; ``words`` says the same aloud."""
        self._pieces, self._whole = tuple(pieces), whole
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        draw_stack(painter, QRectF(self.rect()), self._pieces, self._whole)
        painter.end()


def draw_stack(
    painter: QPainter, rect: QRectF, pieces: Iterable[tuple[int, Tone]], whole: int = 0, radius: float = 3
) -> None:
    """Paints pieces on a track."""
    pieces = tuple(pieces)
    whole = max(whole, sum(count for count, _ in pieces), 1)
    painter.save()
    painter.setClipPath(paint.rounded(rect, radius))
    painter.fillRect(rect, paint.color("bar2"))
    x = rect.left()
    for count, tone in pieces:
        wide = rect.width() * count / whole
        if wide > 0:
            painter.fillRect(QRectF(x, rect.top(), wide, rect.height()), paint.color(tone))
            x += wide
            painter.fillRect(QRectF(x - 0.5, rect.top(), 1.5, rect.height()), paint.color("surface"))
    painter.restore()
    if paint.color("bar2") == paint.color("surface"):
        paint.box(painter, rect, radius, None, paint.color("line2"))


class SumStrip(QWidget):
    """An equation in large figures under its bar."""

    def __init__(self, name: str, unit: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._unit = unit
        self._total: SumPart | None = None
        self._parts: tuple[SumPart, ...] = ()
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_sum(self, total: SumPart, parts: Iterable[SumPart]) -> None:
        """Replaces the equation. The parts should add up to the total: the reader will check."""
        self._total, self._parts = total, tuple(parts)
        right = " + ".join(f"{part.label} {part.count:,}" for part in self._parts)
        self.setAccessibleName(f"{total.label} {total.count:,} = {right}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(700, _HEIGHT)

    def _natural(self, part: SumPart, first: bool) -> float:
        figure = paint.digits_width(f"{part.count:,}", SUM_FIGURE) + 5 + paint.width(self._unit, LABEL)
        widest = max(figure, paint.width(part.label, BODY) + 24, paint.width(part.note, DETAIL))
        return widest + (0 if first else _SWATCH + _SWATCH_GAP)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._total is None:
            return
        painter = QPainter(self)
        paint.crisp(painter)
        bar = QRectF(0, 0, self.width(), _BAR)
        draw_stack(painter, bar, [(part.count, part.fill) for part in self._parts], self._total.count)
        everything = (self._total, *self._parts)
        naturals = [self._natural(part, index == 0) for index, part in enumerate(everything)]
        between = max((self.width() - sum(naturals)) / len(everything), 30.0)
        x = 0.0
        for index, part in enumerate(everything):
            if index:
                sign = QRectF(x - 31, 48, 28, 34)
                paint.write(painter, sign, "＝" if index == 1 else "＋", HEADLINE, "ink2", _CENTRE)
            self._paint_part(painter, x, naturals[index], part, index == 0)
            x += naturals[index] + between
        painter.end()

    def _paint_part(self, painter: QPainter, x: float, wide: float, part: SumPart, first: bool) -> None:
        right = x + wide + 8
        if not first:
            swatch = QRectF(x, 28, _SWATCH, 76)
            border = paint.color("line2") if paint.color(part.fill) == paint.color("surface") else None
            paint.box(painter, swatch, 2, paint.color(part.fill), border)
            x += _SWATCH + _SWATCH_GAP
        icons.draw(painter, icons.square(x, 34, 18), part.icon, part.icon_tone)
        paint.write(painter, QRectF(x + 24, 24, right - x - 24, 20), part.label, BODY, "ink2")
        figure = f"{part.count:,}"
        taken = paint.digits_width(figure, SUM_FIGURE)
        paint.write_digits(painter, QRectF(x, 46, taken, 42), figure, SUM_FIGURE, "ink", right=False)
        unit = QRectF(x + taken + 5, 59, 60, 28)
        paint.write(painter, unit, self._unit, LABEL, "ink2")
        paint.write(painter, QRectF(x, 89, right - x, 20), part.note, DETAIL, "ink2")


class FigureTile(QWidget):
    """One figure with its label, unit and notes: 1,240 ポイント."""

    def __init__(self, label: str, name: str, unit: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._label, self._unit = label, unit
        self._figure = ""
        self._notes: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_figure(self, figure: str, *notes: str) -> None:
        """Replaces the figure and the lines below it."""
        self._figure, self._notes = figure, notes
        self.setAccessibleName(" ".join((self._label, figure, self._unit, *notes)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        figure = paint.digits_width(self._figure, FIGURE) + 6 + paint.width(self._unit, LABEL)
        notes = max((paint.width(note, LABEL) for note in self._notes), default=0)
        return QSize(round(max(figure, notes, paint.width(self._label, LABEL))) + 4, 76 + 25 * len(self._notes))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        wide = self.width()
        paint.write(painter, QRectF(0, 0, wide, 24), self._label, LABEL, "ink2")
        taken = paint.digits_width(self._figure, FIGURE)
        paint.write_digits(painter, QRectF(0, 28, wide, 44), self._figure, FIGURE, "ink", right=False)
        paint.write(painter, QRectF(taken + 6, 43, wide - taken - 6, 28), self._unit, LABEL, "ink2")
        for number, note in enumerate(self._notes):
            paint.write(painter, QRectF(0, 78 + 25 * number, wide, 24), note, LABEL, "ink2")
        painter.end()


class FigureRow(QWidget):
    """A line with icon, words and a number at the right end: 受け取った … 50."""

    def __init__(
        self, icon: str, label: str, name: str, icon_tone: Tone = "ink2", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._icon, self._label, self._tone = icon, label, icon_tone
        self._figure = ""
        self.setFixedHeight(28)

    def show_figure(self, figure: str) -> None:
        """Replaces the number."""
        self._figure = figure
        self.setAccessibleName(f"{self._label} {figure}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(28 + paint.width(self._label, LABEL) + 70), 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        rect = QRectF(self.rect())
        icons.draw(painter, icons.square(0, rect.center().y(), 18), self._icon, self._tone)
        paint.write(painter, rect.adjusted(26, 0, -60, 0), self._label, LABEL, "ink2")
        kind = COUNT
        paint.write_digits(painter, rect, self._figure, kind, "ink")
        painter.end()
