"""The first free label of a sheet that was used before, chosen on its picture."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from walkdesk.domain.layouts import A4, LabelFormat
from walkdesk.ui.language import tr
from walkdesk.ui.look import paint
from walkdesk.ui.look.tokens import DETAIL, DETAIL_BOLD, RADIUS_CHIP, RADIUS_FIELD, Tone

_HEIGHT = 168
_PAD = 6


class LabelStart(QWidget):
    """A small sheet: labels that are gone are grey, the first one that is printed is filled. Arrows, or a click."""

    changed = Signal(int)
    """The number of the first label that is printed, from 1."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.focus_ring = RADIUS_FIELD
        self._labels: LabelFormat | None = None
        self._start = 1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._say()

    def show_format(self, labels: LabelFormat | None) -> None:
        """Another sheet, of which nothing is used."""
        self._labels = labels
        self._start = 1
        self._say()

    def start(self) -> int:
        """The number of the first label that is printed."""
        return self._start

    def set_start(self, number: int) -> None:
        """Another first label; a number that the sheet does not have leaves it as it is."""
        if self._labels is not None and 1 <= number <= self._labels.count and number != self._start:
            self._start = number
            self._say()
            self.changed.emit(number)

    def words(self) -> str:
        """Where the first label is, in words."""
        if self._labels is None:
            return tr("printing.start")
        row, column = divmod(self._start - 1, self._labels.columns)
        return tr("printing.label_place", number=self._start, row=row + 1, column=column + 1)

    def _say(self) -> None:
        self.setAccessibleName(tr("printing.start"))
        self.setAccessibleDescription(self.words())
        self.setToolTip(self.words())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(_HEIGHT * A4[0] / A4[1]) + 2 * _PAD, _HEIGHT + 2 * _PAD)

    def _place(self, number: int) -> QRectF:
        assert self._labels is not None
        scale = _HEIGHT / A4[1]
        label = self._labels.place(number)
        gap = 1.0
        return QRectF(
            _PAD + label.left * scale + gap,
            _PAD + label.top * scale + gap,
            label.width * scale - 2 * gap,
            label.height * scale - 2 * gap,
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        sheet = QRectF(_PAD, _PAD, self.width() - 2 * _PAD, self.height() - 2 * _PAD)
        paint.box(painter, sheet, 2, paint.color("surface"), paint.color("line2"))
        for number in range(1, (self._labels.count if self._labels else 0) + 1):
            rect = self._place(number)
            ground, border, tone = _look(number - self._start)
            paint.box(painter, rect, RADIUS_CHIP - 1, paint.color(ground), paint.color(border))
            kind = DETAIL_BOLD if number == self._start else DETAIL
            paint.write(painter, rect, str(number), kind, tone, Qt.AlignmentFlag.AlignHCenter)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        places = range(1, (self._labels.count if self._labels else 0) + 1)
        for number in places:
            if self._place(number).contains(event.position()):
                self.set_start(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._labels is not None:
            columns = self._labels.columns
            steps = {
                Qt.Key.Key_Left: self._start - 1,
                Qt.Key.Key_Right: self._start + 1,
                Qt.Key.Key_Up: self._start - columns,
                Qt.Key.Key_Down: self._start + columns,
                Qt.Key.Key_Home: 1,
                Qt.Key.Key_End: self._labels.count,
            }
            key = Qt.Key(event.key())
            if key in steps:
                self.set_start(steps[key])
                return
        super().keyPressEvent(event)


def _look(after: int) -> tuple[Tone, Tone, Tone]:
    """Ground, border and ink of a label that stands so far behind the first one."""
    if after < 0:
        return "disabled", "line", "ink3"
    return ("accent", "accent", "onaccent") if after == 0 else ("surface", "line2", "ink2")
