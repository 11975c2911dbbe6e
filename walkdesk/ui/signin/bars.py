"""The picture at the door: a month of invented steps."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from walkdesk.ui.look import paint
from walkdesk.ui.look.tokens import LABEL, Tone

_HEIGHTS = (
    81, 72, 89, 27, 59, 65, 100, 39, 55, 66, 48, 84, 64, 68, 38, 83, 38, 34, 67, 88, 73, 32, 32, 35, 29, 32, 43,
    29, 39, 40, 39,
)  # fmt: skip
"""Invented, in percent of the tallest."""
_DAYS_OFF = frozenset({1, 7, 8, 14, 15, 16, 21, 22, 28, 29})
_TODAY = 20
_PLOT = 158


class MonthBars(QWidget):
    """Thirty-one bars; nothing but a picture."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(_PLOT + 28)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(568, _PLOT + 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        step = self.width() / len(_HEIGHTS)
        for day, height in enumerate(_HEIGHTS, start=1):
            tone: Tone = "accent" if day == _TODAY else "bar2" if day in _DAYS_OFF else "bar"
            tall = _PLOT * height / 100
            x = (day - 0.5) * step - 6.75
            edge = paint.color("line2") if paint.color(tone) == paint.color("surface") else None
            paint.box(painter, QRectF(x, _PLOT - tall, 13.5, tall), 3, paint.color(tone), edge)
            if day == 1 or day % 5 == 0:
                below = QRectF(x - 20, _PLOT + 4, 53.5, 22)
                paint.write(painter, below, str(day), LABEL, "ink2", Qt.AlignmentFlag.AlignHCenter)
        paint.line(painter, QPointF(0, _PLOT), QPointF(self.width(), _PLOT), "line2", 1.5)
        painter.end()
