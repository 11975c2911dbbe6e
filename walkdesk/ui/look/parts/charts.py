"""Charts for looking rather than reading: series differ by fill and outline, what is missing is dashed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from walkdesk.ui.look import paint
from walkdesk.ui.look.tokens import BODY, BODY_BOLD, DETAIL, LABEL, Tone

_CENTRE = Qt.AlignmentFlag.AlignHCenter
_RIGHT = Qt.AlignmentFlag.AlignRight


def ticks(highest: float, lines: int = 3) -> list[int]:
    """Round numbers from 0 upward, the last at or above the highest value."""
    if highest <= 0:
        return [0, 1]
    rough = highest / lines
    unit = 10 ** math.floor(math.log10(rough))
    step = next(unit * factor for factor in (1, 2, 3, 5, 10) if unit * factor >= rough)
    step = max(1, round(step))
    return [step * number for number in range(math.ceil(highest / step) + 1)]


@dataclass(frozen=True, slots=True)
class Series:
    """One series.

    ``pending`` are the places whose value is not complete yet (dashed), ``None`` draws nothing.
    """

    name: str
    values: Sequence[float | None]
    pending: frozenset[int] = frozenset()


class BarChart(QWidget):
    """Two series side by side per group: the first filled, the second outlined on a soft ground."""

    def __init__(self, name: str, note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._note = note
        self._groups: Sequence[str] = ()
        self._series: Sequence[Series] = ()
        self.setMinimumSize(200, 160)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_series(self, groups: Sequence[str], series: Sequence[Series]) -> None:
        """Replaces the data; every series has one value per group."""
        self._groups, self._series = tuple(groups), tuple(series)
        lines = [
            f"{one.name}: "
            + "、".join(
                f"{group} {value:,.0f}" for group, value in zip(groups, one.values, strict=True) if value is not None
            )
            for one in series
        ]
        self.setAccessibleName("。".join(lines))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, 280)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._groups:
            return
        painter = QPainter(self)
        paint.crisp(painter)
        self._paint_legend(painter)
        highest = max((v for s in self._series for v in s.values if v is not None), default=0)
        scale = ticks(highest)
        left = max(paint.digits_width(f"{tick:,}", LABEL) for tick in scale) + 10
        plot = QRectF(left, 44, self.width() - left, self.height() - 44 - 30)
        for tick in scale:
            y = plot.bottom() - plot.height() * tick / scale[-1]
            tone: Tone = "line2" if tick == 0 else "line"
            paint.line(painter, QPointF(plot.left(), y), QPointF(plot.right(), y), tone)
            paint.write_digits(painter, QRectF(0, y - 11, left - 8, 22), f"{tick:,}", LABEL, "ink2")
        step = plot.width() / len(self._groups)
        for number, group in enumerate(self._groups):
            column = QRectF(plot.left() + number * step, plot.top(), step, plot.height())
            self._paint_group(painter, column, number, scale[-1])
            below = QRectF(column.left() - 6, plot.bottom() + 4, step + 12, 20)
            paint.write(painter, below, group, LABEL, "ink2", _CENTRE)
        painter.end()

    def _paint_group(self, painter: QPainter, column: QRectF, number: int, top: float) -> None:
        wide = min(column.width() * 0.28, 22.0)
        gap = wide * 0.25
        x = column.center().x() - (len(self._series) * wide + (len(self._series) - 1) * gap) / 2
        for index, series in enumerate(self._series):
            value = series.values[number]
            if value is not None:
                height = column.height() * value / top
                bar = QRectF(x, column.bottom() - height, wide, height)
                draw_bar(painter, bar, index == 0, number in series.pending)
            x += wide + gap

    def _paint_legend(self, painter: QPainter) -> None:
        x = 0.0
        for index, series in enumerate(self._series):
            draw_bar(painter, QRectF(x, 9, 12, 12), index == 0, False, 3)
            x += 18
            x += paint.write(painter, QRectF(x, 5, 200, 20), series.name, DETAIL, "ink2") + 17
        paint.write(painter, QRectF(x, 5, self.width() - x, 20), self._note, DETAIL, "ink2", _RIGHT)


def draw_bar(painter: QPainter, bar: QRectF, filled: bool, pending: bool, radius: float = 3) -> None:
    """One bar; a pending one is dashed whatever its series."""
    if pending:
        pen = QPen(paint.color("line2"), 1.2)
        pen.setDashPattern([3, 2.5])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(bar.adjusted(0.6, 0.6, -0.6, 0), 2, 2)
    elif filled:
        paint.box(painter, bar, radius, paint.color("accent"))
    else:
        paint.box(painter, bar, radius, paint.color("soft"), paint.color("accent"), 1.3)


@dataclass(frozen=True, slots=True)
class Bar:
    """One value: ``None`` leaves its place empty; ``current`` is drawn in full colour."""

    label: str
    value: float | None = None
    current: bool = False
    pending: bool = False


class ValueBars(QWidget):
    """Bars with their values on top, over a line of reference (めやす)."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._bars: Sequence[Bar] = ()
        self._mark, self._mark_word = 0.0, ""
        self.setMinimumSize(240, 100)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_bars(self, bars: Sequence[Bar], mark: float = 0.0, mark_word: str = "") -> None:
        """Replaces the bars; ``mark`` draws a dashed line at a value with its word at the right."""
        self._bars, self._mark, self._mark_word = tuple(bars), mark, mark_word
        said = [f"{bar.label} {bar.value:,.0f}" for bar in self._bars if bar.value is not None]
        self.setAccessibleName("、".join(said))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(600, 110)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._bars:
            return
        painter = QPainter(self)
        paint.crisp(painter)
        base = self.height() - 26.0
        top = max((bar.value or 0.0 for bar in self._bars), default=0.0)
        top = max(top, self._mark, 1.0)
        room = base - 24
        if self._mark:
            self._paint_mark(painter, base - room * self._mark / top)
        paint.line(painter, QPointF(0, base), QPointF(self.width(), base), "line2", 1.5)
        step = self.width() / len(self._bars)
        for number, bar in enumerate(self._bars):
            middle = (number + 0.5) * step
            below = QRectF(middle - step / 2, base + 3, step, 22)
            paint.write(painter, below, bar.label, LABEL, "ink" if bar.value is not None else "ink3", _CENTRE)
            if bar.value is not None:
                self._paint_bar(painter, middle, base, room * bar.value / top, bar, min(step * 0.42, 30.0))
        painter.end()

    def _paint_bar(self, painter: QPainter, middle: float, base: float, height: float, bar: Bar, wide: float) -> None:
        rect = QRectF(middle - wide / 2, base - height, wide, height)
        if bar.pending:
            draw_bar(painter, rect, True, True)
        else:
            # A bar beside its number may be pale; the current one is not.
            paint.box(painter, rect, 3, paint.color("accent" if bar.current else "bar"))
        text = f"{bar.value:,.0f}"
        label = QRectF(middle - 40, base - height - 22, 80, 20)
        taken = paint.digits_width(text, BODY)
        painter.fillRect(QRectF(middle - taken / 2 - 3, label.top(), taken + 6, 20), paint.color("surface"))
        paint.write(painter, label, text, BODY_BOLD if bar.current else BODY, "ink", _CENTRE)

    def _paint_mark(self, painter: QPainter, y: float) -> None:
        pen = QPen(paint.color("line2"), 1.2)
        pen.setDashPattern([3, 2.5])
        painter.setPen(pen)
        painter.drawLine(QPointF(0, y), QPointF(self.width(), y))
        paint.write(painter, QRectF(0, y - 22, self.width(), 20), self._mark_word, LABEL, "ink2", _RIGHT)
