"""The letter as it lies before the machine: the sheet with its folds, the window, and where the address stands."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from walkdesk.domain.layouts import A4, Box, WindowLayout
from walkdesk.ui.language import tr
from walkdesk.ui.look import paint
from walkdesk.ui.look.tokens import DETAIL, Tone

_HEIGHT = 196
_PAD = 4
_LINES = (0.12, 0.34, 0.56)
"""Where the lines of an address would stand in its place, as parts of its height."""


class WindowPicture(QWidget):
    """A small sheet of A4. ``show_layout`` draws another window."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._layout: WindowLayout | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("printing.window_picture"))

    def show_layout(self, layout: WindowLayout | None) -> None:
        """Another window; none while its measures cannot be read."""
        self._layout = layout
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(_HEIGHT * A4[0] / A4[1]) + 2 * _PAD, _HEIGHT + 2 * _PAD)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        sheet = QRectF(_PAD, _PAD, self.width() - 2 * _PAD, self.height() - 2 * _PAD)
        paint.box(painter, sheet, 2, paint.color("surface"), paint.color("line2"))
        if self._layout is not None:
            self._draw(painter, self._layout)
        painter.end()

    def _draw(self, painter: QPainter, layout: WindowLayout) -> None:
        scale = _HEIGHT / A4[1]
        for fold in layout.folds:
            y = _PAD + fold * scale
            painter.setPen(QPen(paint.color("line2"), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(_PAD + 1, y), QPointF(self.width() - _PAD - 1, y))
            words = QRectF(_PAD, y - 17, self.width() - 2 * _PAD - 5, 16)
            paint.write(painter, words, tr("printing.fold"), DETAIL, "ink2", Qt.AlignmentFlag.AlignRight)
        paint.box(painter, _rect(layout.window, scale), 3, paint.color("soft"), paint.color("accent"), 1.6)
        address = _rect(layout.address, scale)
        tone: Tone = "accent"
        for place in _LINES:
            line = QRectF(address.left(), address.top() + address.height() * place, address.width() * 0.8, 2)
            painter.fillRect(line, paint.color(tone, 0.55))


def _rect(box: Box, scale: float) -> QRectF:
    return QRectF(_PAD + box.left * scale, _PAD + box.top * scale, box.width * scale, box.height * scale)
