"""The one search box (Ctrl+K) and the list of what it found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QFrame, QWidget

from walkdesk.ui.language import tr
from walkdesk.ui.look import icons, paint
from walkdesk.ui.look.parts.edits import LineEdit
from walkdesk.ui.look.tokens import (
    DETAIL,
    LABEL,
    LABEL_BOLD,
    RADIUS_CHIP,
    RADIUS_SHEET,
    TASK,
    TASK_BOLD,
)

_PAUSE_MS = 150
_ROW = 48
_HEAD = 36
_FOOT = 38
_MOST = 8
_KEYS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape})


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One thing found: two lines of words, and the desk and place where it is opened.

    ``match`` is the part of ``title`` to underline; ``number`` stands at the right (D0118).
    """

    title: str
    desk: str
    place: Mapping[str, Any] = field(default_factory=dict)
    number: str = ""
    detail: str = ""
    right: str = ""
    match: str = ""


class SearchBox(LineEdit):
    """The box. A pause in typing asks; arrows choose, Enter opens, Esc closes."""

    search_requested = Signal(str)
    chosen = Signal(object)
    """The ``SearchResult`` to open."""

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__("search", placeholder, max_length=60, parent=parent, kept=False)
        self.setAccessibleName(tr("shell.search.name"))
        self.setFixedHeight(38)
        self.setTextMargins(36, 0, 70, 0)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._asked = ""
        self.popover: Popover | None = None
        self.textEdited.connect(self._typed)
        shortcut = QShortcut(QKeySequence("Ctrl+K"), self)
        shortcut.activated.connect(self._begin)

    def show_results(self, text: str, results: Sequence[SearchResult], note: str = "") -> None:
        """Shows what was found for a text; an answer to an older text is dropped."""
        if text != self._asked or not self.hasFocus():
            return
        self._shut()
        window = self.window()
        self.popover = Popover(text, results, note, window)
        self.popover.chosen.connect(self._open)
        corner = self.mapTo(window, QPoint(0, self.height() + 6))
        self.popover.setGeometry(corner.x(), corner.y(), self.width(), self.popover.wanted_height())
        self.popover.show()
        self.popover.raise_()
        self._announce()

    def _begin(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def _typed(self, text: str) -> None:
        if text.strip():
            self._pause.start()
        else:
            self._pause.stop()
            self._shut()

    def _ask(self) -> None:
        self._asked = self.text().strip()
        if self._asked:
            self.search_requested.emit(self._asked)

    def _open(self, result: SearchResult) -> None:
        self._shut()
        self.clear()
        self.chosen.emit(result)

    def _shut(self) -> None:
        if self.popover is not None:
            self.popover.hide()
            self.popover.deleteLater()
            self.popover = None
            self.setAccessibleDescription("")

    def _announce(self) -> None:
        result = self.popover.current() if self.popover is not None else None
        self.setAccessibleDescription(f"{result.title} {result.number} {result.detail}" if result else "")

    def event(self, event: QEvent) -> bool:
        # While one searches these keys are the search's, not the page's.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            ours = event.key() in _KEYS
            if ours:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._pause.stop()
            self._shut()
            self.clear()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            result = self.popover.current() if self.popover is not None else None
            if result is not None:
                self._open(result)
            elif self._pause.isActive():
                self._pause.stop()
                self._ask()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.popover is not None:
            self.popover.move_by(1 if event.key() == Qt.Key.Key_Down else -1)
            self._announce()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._shut()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        paint.crisp(painter)
        middle = self.height() / 2
        icons.draw(painter, icons.square(11, middle, 20), "search", "ink2")
        if not self.hasFocus():
            cap = QRectF(self.width() - 66, middle - 11, 58, 22)
            paint.box(painter, cap, RADIUS_CHIP, paint.color("canvas"), paint.color("line"))
            paint.write(painter, cap, "Ctrl+K", DETAIL, "ink2", Qt.AlignmentFlag.AlignHCenter)
        painter.end()


class Popover(QFrame):
    """What was found, as wide as the box. The keyboard stays in the box."""

    chosen = Signal(object)

    def __init__(self, text: str, results: Sequence[SearchResult], note: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("search_results")
        self.setAccessibleName(tr("shell.search.results"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self._head = (
            tr("shell.search.found", text=text, count=len(results))
            if results
            else tr("shell.search.nothing", text=text)
        )
        self._note = note
        self._results = tuple(results[:_MOST])
        self._current = 0

    def wanted_height(self) -> int:
        """How high it must be."""
        return _HEAD + _ROW * len(self._results) + (_FOOT if self._results else 4)

    def current(self) -> SearchResult | None:
        """The result that Enter would open."""
        return self._results[self._current] if self._results else None

    def move_by(self, step: int) -> None:
        """Up or down, from the last to the first."""
        if self._results:
            self._current = (self._current + step) % len(self._results)
            self.update()

    def _row_at(self, y: float) -> int | None:
        row = int((y - _HEAD) // _ROW)
        return row if y >= _HEAD and row < len(self._results) else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().y())
        if row is not None and row != self._current:
            self._current = row
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().y())
        if row is not None:
            self.chosen.emit(self._results[row])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        rect = QRectF(self.rect())
        paint.box(painter, rect, RADIUS_SHEET, paint.color("surface"), paint.color("line2"), 1.5)
        head = QRectF(20, 4, rect.width() - 40, _HEAD - 6)
        taken = paint.write(painter, head, self._head, LABEL_BOLD, "ink")
        paint.write(painter, head.adjusted(taken + 10, 0, 0, 0), self._note, DETAIL, "ink2")
        for number, result in enumerate(self._results):
            row = QRectF(14, _HEAD + number * _ROW, rect.width() - 28, _ROW - 1)
            self._paint_row(painter, row, result, number == self._current)
        if self._results:
            self._paint_keys(painter, rect.bottom() - _FOOT + 8)
        painter.end()

    def _paint_row(self, painter: QPainter, row: QRectF, result: SearchResult, here: bool) -> None:
        if here:
            paint.box(painter, row, 6, paint.color("soft"))
            paint.box(painter, QRectF(row.left(), row.top() + 10, 4, row.height() - 20), 2, paint.color("accent"))
        top = QRectF(row.left() + 14, row.top() + 2, row.width() - 28, 24)
        below = QRectF(row.left() + 14, row.top() + 25, row.width() - 28, 20)
        right = Qt.AlignmentFlag.AlignRight
        kind = TASK_BOLD if here else TASK
        taken = paint.write(painter, top, result.number, kind, "accent" if here else "ink", right)
        title = top.adjusted(0, 0, -taken - 12, 0)
        paint.write(painter, title, result.title, TASK_BOLD, "ink")
        self._underline(painter, title, result)
        taken = paint.write(painter, below, result.right, DETAIL, "ink2", right)
        paint.write(painter, below.adjusted(0, 0, -taken - 12, 0), result.detail, DETAIL, "ink2")

    def _underline(self, painter: QPainter, title: QRectF, result: SearchResult) -> None:
        start = result.title.find(result.match) if result.match else -1
        if start < 0:
            return
        x = title.left() + paint.width(result.title[:start], TASK_BOLD)
        wide = paint.width(result.match, TASK_BOLD)
        y = paint.baseline(title, TASK_BOLD) + 4
        paint.line(painter, QPointF(x, y), QPointF(x + wide, y), "accent", 2)

    def _paint_keys(self, painter: QPainter, y: float) -> None:
        x = 20.0
        for cap, word in (("↑ ↓", "choose"), ("Enter", "open"), ("Esc", "close")):
            wide = paint.width(cap, LABEL_BOLD) + 12
            paint.box(painter, QRectF(x, y, wide, 22), RADIUS_CHIP, paint.color("canvas"), paint.color("line2"))
            paint.write(painter, QRectF(x, y, wide, 22), cap, LABEL_BOLD, "ink", Qt.AlignmentFlag.AlignHCenter)
            x += wide + 6
            said = tr(f"shell.search.{word}")
            x += paint.write(painter, QRectF(x, y, 120, 22), said, LABEL, "ink2") + 8
