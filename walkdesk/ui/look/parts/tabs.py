"""A row of tabs over a table: word and count, the current one underlined."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from walkdesk.ui.look import paint
from walkdesk.ui.look.tokens import BODY, BODY_BOLD, Tone

_HEIGHT = 46


class _Tab(QAbstractButton):
    """One tab."""

    def __init__(self, key: str, word: str, count: int | None, name: str) -> None:
        super().__init__()
        self.focus_ring = 4
        self.key, self._word, self._count = key, word, count
        self.setObjectName(name)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(word if count is None else f"{word} {count:,}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def face(self) -> object:
        """The ring stays clear of the line below."""
        return self.rect().adjusted(2, 7, -2, -7)

    def show_count(self, count: int | None) -> None:
        """Another count."""
        self._count = count
        self.setAccessibleName(self._word if count is None else f"{self._word} {count:,}")
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()  # the row moves between its tabs
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        wide = paint.width(self._word, BODY_BOLD) + 14
        if self._count is not None:
            wide += 7 + paint.width(f"{self._count:,}", BODY)
        return QSize(round(wide), _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        here = self.isChecked()
        tone: Tone = "accent" if here or self.underMouse() else "ink"
        rect = QRectF(7, 4, self.width(), self.height() - 4)
        taken = paint.write(painter, rect, self._word, BODY_BOLD if here else BODY, tone)
        if self._count is not None:
            paint.write(painter, rect.adjusted(taken + 7, 0, 0, 0), f"{self._count:,}", BODY, "ink2")
        if here:
            paint.box(painter, QRectF(0, self.height() - 4, self.width(), 4), 2, paint.color("accent"))
        painter.end()


class TabRow(QWidget):
    """The row. ``chosen`` tells the key of the tab; arrows move between tabs.

    What is added to ``row`` stands at the right end.
    """

    chosen = Signal(str)

    def __init__(self, name: str, tabs: Iterable[tuple[str, str, int | None]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFixedHeight(_HEIGHT + 1)
        self._tabs: list[_Tab] = []
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(14, 0, 14, 1)
        self.row.setSpacing(14)
        for key, word, count in tabs:
            tab = _Tab(key, word, count, f"{name}_{key}")
            tab.clicked.connect(lambda _checked, key=key: self.choose(key))
            self._tabs.append(tab)
            self.row.addWidget(tab)
        self.row.addStretch(1)
        if self._tabs:
            self._tabs[0].setChecked(True)

    def current(self) -> str:
        """The key of the current tab."""
        return next((tab.key for tab in self._tabs if tab.isChecked()), "")

    def choose(self, key: str) -> None:
        """Makes a tab current; an unknown key changes nothing."""
        before = self.current()
        if all(tab.key != key for tab in self._tabs):
            return
        for tab in self._tabs:
            tab.setChecked(tab.key == key)
        if key != before:
            self.chosen.emit(key)

    def show_count(self, key: str, count: int | None) -> None:
        """Another count on a tab."""
        for tab in self._tabs:
            if tab.key == key:
                tab.show_count(count)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        here = next(i for i, tab in enumerate(self._tabs) if tab.isChecked())
        there = self._tabs[(here + step) % len(self._tabs)]
        self.choose(there.key)
        there.setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        y = self.height() - 1
        painter.fillRect(QRectF(0, y, self.width(), 1), paint.color("line"))
        painter.end()
