"""The steps of a guide as a line from top to bottom."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from walkdesk.ui.look import icons, paint
from walkdesk.ui.look.tokens import LABEL, TASK, TASK_BOLD, Tone

_PITCH = 72.0
_X, _R = 16.0, 13.0


class StepList(QWidget):
    """Check = done, ring = here, hollow = ahead."""

    def __init__(self, steps: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("steps")
        self._steps, self._current = tuple(steps), 0
        self.setFixedHeight(round(_PITCH * (len(self._steps) - 1) + 50))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_current(0)

    def show_current(self, step: int) -> None:
        """The step where the person is."""
        self._current = step
        self.setAccessibleName(f"{step + 1}／{len(self._steps)} {self._steps[step][0]}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        for number, (title, short) in enumerate(self._steps):
            y = 22 + number * _PITCH
            if number:
                done = number <= self._current
                start, end = QPointF(_X, y - _PITCH + _R + 5), QPointF(_X, y - _R - 5)
                paint.line(painter, start, end, "accent" if done else "line2", 3 if done else 1.2)
            self._paint_mark(painter, y, number)
            tone: Tone = "accent" if number == self._current else "ink" if number < self._current else "ink2"
            kind = TASK_BOLD if number == self._current else TASK
            paint.write(painter, QRectF(48, y - 22, self.width() - 48, 24), title, kind, tone)
            paint.write(painter, QRectF(48, y + 1, self.width() - 48, 22), short, LABEL, "ink2")
        painter.end()

    def _paint_mark(self, painter: QPainter, y: float, number: int) -> None:
        circle = QRectF(_X - _R, y - _R, 2 * _R, 2 * _R)
        if number < self._current:
            paint.box(painter, circle, _R, paint.color("accent"))
            icons.draw(painter, circle.adjusted(5, 5, -5, -5), "check", "onaccent")
        elif number == self._current:
            paint.box(painter, circle, _R, paint.color("surface"), paint.color("accent"), 3)
            paint.box(painter, circle.adjusted(7, 7, -7, -7), _R - 7, paint.color("accent"))
        else:
            paint.box(painter, circle, _R, paint.color("surface"), paint.color("line2"), 1.5)
