"""The rail at the left: a desk as icon and word, with the number of things that wait there."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QWidget

from walkdesk.ui.language import tr
from walkdesk.ui.look import icons, paint
from walkdesk.ui.look.tokens import HINT, HINT_BOLD, LABEL, LABEL_BOLD, RAIL_WIDTH, Tone
from walkdesk.ui.shell.desks import Desk

_TOP = 10
_ITEM = 60
_PITCH = 66
_LEAST_PITCH = 56
_NUMBER = 5
_CENTRE = Qt.AlignmentFlag.AlignHCenter


class RailButton(QAbstractButton):
    """One desk."""

    def __init__(self, name: str, icon: str, word: str, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.focus_ring = 8
        self.setObjectName(name)
        self.setText(word)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setToolTip(f"{word}  {key}" if key else word)
        self._icon = icon
        self.badge = 0
        self.show_badge(0)

    def show_badge(self, number: int) -> None:
        """The number of things that wait; 0 takes it away."""
        self.badge = number
        self.setAccessibleName(f"{self.text()} {number}" if number else self.text())
        self.update()

    def face(self) -> QRect:
        """The button without the room that its number takes at the right."""
        return self.rect().adjusted(0, 0, -_NUMBER, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        rect = QRectF(self.face())
        here = self.isChecked()
        if here:
            edge = paint.color("line") if paint.color("surface") == paint.color("rail") else None
            paint.box(painter, rect, 8, paint.color("surface"), edge)
            paint.box(painter, QRectF(0, 12, 4, rect.height() - 24), 2, paint.color("accent"))
        elif self.underMouse():
            paint.box(painter, rect, 8, paint.color("surface", 0.6))
        tone: Tone = "accent" if here else "ink"
        icons.draw(painter, icons.square(rect.center().x() - 11.5, 20, 23), self._icon, tone if here else "ink2")
        kind = LABEL_BOLD if here else LABEL
        if paint.width(self.text(), kind) > rect.width() - 2:
            kind = HINT_BOLD if here else HINT
        word = QRectF(-6, rect.height() - 29, rect.width() + 12, 24)
        paint.write(painter, word, self.text(), kind, tone, _CENTRE)
        if self.badge:
            self._paint_badge(painter, rect)
        painter.end()

    def _paint_badge(self, painter: QPainter, rect: QRectF) -> None:
        text = f"{self.badge:,}" if self.badge < 1000 else "999+"
        wide = max(18.0, paint.width(text, HINT_BOLD) + 10)
        pill = QRectF(min(rect.center().x() + 10, rect.right() + _NUMBER - wide), 2, wide, 18)
        paint.box(painter, pill, 9, paint.color("accent"))
        paint.write(painter, pill, text, HINT_BOLD, "onaccent", _CENTRE)


class Rail(QWidget):
    """The desks of one role, and the manual at the foot."""

    chosen = Signal(str)
    help_requested = Signal()

    def __init__(self, desks: Iterable[Desk], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName(tr("shell.desks"))
        self.setFixedWidth(RAIL_WIDTH)
        self._buttons: dict[str, RailButton] = {}
        for number, desk in enumerate(desks, start=1):
            key = f"Alt+{number}" if number < 10 else ""
            button = RailButton(f"desk_{desk.key}", desk.icon, tr(desk.title_key), key, self)
            if key:
                QShortcut(QKeySequence(key), button).activated.connect(button.click)
            button.clicked.connect(lambda _checked, key=desk.key: self._choose(key))
            self._buttons[desk.key] = button
        self.help = RailButton("help", "help", tr("shell.manual_key"), "F1", self)
        self.help.setCheckable(False)
        self.help.setAccessibleName(tr("shell.manual"))
        QShortcut(QKeySequence("F1"), self.help).activated.connect(self.help.click)
        self.help.clicked.connect(lambda: self.help_requested.emit())

    def show_current(self, key: str) -> None:
        """Marks the desk where the person is."""
        for name, button in self._buttons.items():
            button.setChecked(name == key)

    def _choose(self, key: str) -> None:
        self.show_current(key)
        self.chosen.emit(key)

    def show_badge(self, key: str, number: int) -> None:
        """The number on a desk; a desk that this role does not see is left out silently."""
        if key in self._buttons:
            self._buttons[key].show_badge(number)

    def resizeEvent(self, event: QResizeEvent) -> None:
        room = self.height() - _TOP - _PITCH
        pitch = max(_LEAST_PITCH, min(_PITCH, room // max(len(self._buttons), 1)))
        height = min(_ITEM, pitch - 2)
        for number, button in enumerate(self._buttons.values()):
            button.setGeometry(6, _TOP + number * pitch, RAIL_WIDTH - 13 + _NUMBER, height)
        self.help.setGeometry(6, self.height() - _PITCH - 4, RAIL_WIDTH - 13 + _NUMBER, _ITEM)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), paint.color("rail"))
        painter.fillRect(QRectF(self.width() - 1, 0, 1, self.height()), paint.color("line"))
        painter.end()
