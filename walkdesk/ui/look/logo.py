"""The program's mark: four bars on a rounded square."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from walkdesk.ui.look import paint
from walkdesk.ui.look.tokens import LIGHT

_BARS = ((0.20, 0.22), (0.365, 0.42), (0.53, 0.30), (0.695, 0.58))
"""Left edge and height of each bar, as shares of the side."""


def draw_logo(painter: QPainter, rect: QRectF, ground: QColor, bars: QColor) -> None:
    """Paints the mark into a square."""
    side = rect.width()
    paint.box(painter, rect, side * 0.19, ground)
    for left, height in _BARS:
        tall = side * height
        bar = QRectF(rect.left() + side * left, rect.top() + side * 0.79 - tall, side * 0.115, tall)
        paint.box(painter, bar, side * 0.05, bars)


def window_icon() -> QIcon:
    """The mark for the task bar."""
    icon = QIcon()
    for side in (16, 32, 48, 64, 128, 256):
        pixmap = QPixmap(QSize(side, side))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint.crisp(painter)
        draw_logo(painter, QRectF(0, 0, side, side), QColor(LIGHT.accent), QColor(LIGHT.onaccent))
        painter.end()
        icon.addPixmap(pixmap)
    return icon


class Logo(QWidget):
    """The mark as a widget."""

    def __init__(self, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        draw_logo(painter, QRectF(self.rect()), paint.color("accent"), paint.color("onaccent"))
        painter.end()
