"""What a wording is typed with: a line, a text that grows with its lines, and the bar of placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterable

from PySide6.QtCore import QEvent, QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextDocument,
)
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from walkdesk.domain.wording import LONGEST_PART
from walkdesk.messages.wordings import PartKind
from walkdesk.ui.language import tr
from walkdesk.ui.look import paint
from walkdesk.ui.look.parts.edits import LINE_PITCH, LineEdit, TextArea
from walkdesk.ui.look.tokens import DETAIL_BOLD, RADIUS_CHIP, RING_WIDTH

_CHIP, _GAP, _PAD = 28, 6, 10
_MOST_LINES = 12
_AROUND = 22
_OWN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
_BRACES = re.compile(r"\{([^{}\n]*)\}|[{}]")


class PlaceholderMarks(QSyntaxHighlighter):
    """Known placeholders in the accent colour; what is none is underlined with a wave."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._known: frozenset[str] = frozenset()

    def know(self, names: Iterable[str]) -> None:
        """The placeholders of this paper."""
        self._known = frozenset(names)
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        for match in _BRACES.finditer(text):
            self.setFormat(match.start(), match.end() - match.start(), self._look((match[1] or "").strip()))

    def _look(self, name: str) -> QTextCharFormat:
        look = QTextCharFormat()
        if name in self._known:
            look.setForeground(paint.color("accent"))
        else:
            look.setForeground(paint.color("danger"))
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            look.setUnderlineColor(paint.color("danger"))
        return look


class PartText(TextArea):
    """A part of several lines: as high as its lines are, up to twelve."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, lines=2, parent=parent)
        self.marks = PlaceholderMarks(self.document())
        self.textChanged.connect(self._grow)

    def _grow(self) -> None:
        lines = min(max(round(self.document().size().height()), 2), _MOST_LINES)
        self.setFixedHeight(lines * LINE_PITCH + _AROUND)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._grow()

    def createMimeDataFromSelection(self) -> QMimeData:
        # The marks are for the eye: what is copied is the text alone.
        data = QMimeData()
        data.setText(self.textCursor().selection().toPlainText())
        return data

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.marks.rehighlight()


PartEditor = LineEdit | PartText


def part_editor(kind: PartKind, name: str) -> PartEditor:
    """The editor for a part of this kind."""
    return LineEdit(name, max_length=LONGEST_PART) if kind is PartKind.LINE else PartText(name)


def text_in(editor: PartEditor) -> str:
    """What stands in an editor."""
    return editor.toPlainText() if isinstance(editor, QPlainTextEdit) else editor.text()


def type_in(editor: PartEditor, text: str) -> None:
    """Replaces what stands there as if it had been typed: it is unsaved, and Ctrl+Z takes it back."""
    if text_in(editor) == text:
        return
    if isinstance(editor, QPlainTextEdit):
        editor.selectAll()
        editor.insertPlainText(text)
    else:
        editor.selectAll()
        editor.insert(text)


def insert_in(editor: PartEditor, text: str) -> None:
    """Types at the cursor."""
    if isinstance(editor, QPlainTextEdit):
        editor.insertPlainText(text)
    else:
        editor.insert(text)


class PlaceholderBar(QWidget):
    """The placeholders of a paper as chips in a few rows.

    A click inserts and leaves the keyboard where it is. With the keyboard: arrows choose, Enter or Space inserts, Esc
    goes back without.
    """

    chosen = Signal(str)
    left = Signal()
    pointed = Signal(str)
    """The placeholder under the keyboard or the mouse; "" for none."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(tr("wordings.placeholders"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._names: tuple[str, ...] = ()
        self._here, self._under = 0, -1

    def offer(self, names: Iterable[str]) -> None:
        """Other placeholders."""
        self._names = tuple(names)
        self._here, self._under = 0, -1
        self.updateGeometry()
        self.update()

    def names(self) -> tuple[str, ...]:
        """What is offered."""
        return self._names

    def current(self) -> str:
        """The one that Enter inserts."""
        return self._names[self._here] if self._names else ""

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        places = self._places(width)
        return round(places[-1].bottom()) + 2 if places else _CHIP

    def sizeHint(self) -> QSize:
        return QSize(360, self.heightForWidth(360))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, _CHIP)

    def _places(self, width: int) -> list[QRectF]:
        places: list[QRectF] = []
        x, y = 1.0, 1.0
        for name in self._names:
            wide = paint.width(name, DETAIL_BOLD) + 2 * _PAD
            if x > 1 and x + wide > width - 1:
                x, y = 1.0, y + _CHIP + _GAP
            places.append(QRectF(x, y, wide, _CHIP))
            x += wide + _GAP
        return places

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        for place, (name, rect) in enumerate(zip(self._names, self._places(self.width()), strict=True)):
            under = place == self._under
            enabled = self.isEnabled()
            ground = paint.color("soft" if enabled else "disabled")
            paint.box(painter, rect, RADIUS_CHIP, ground, paint.color("accent" if under and enabled else "line2"))
            tone = "accent" if enabled else "ink3"
            paint.write(painter, rect.adjusted(_PAD, 0, -_PAD + 2, 0), name, DETAIL_BOLD, tone)  # type: ignore[arg-type]
            if self.hasFocus() and place == self._here:
                paint.box(painter, rect, RADIUS_CHIP, None, paint.color("accent"), RING_WIDTH)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key), 0)
        if step and self._names:
            self._go((self._here + step) % len(self._names))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._go_row(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self.current():
                self.chosen.emit(self.current())
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # Enter inserts here, and Esc goes back: neither is the page's.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _OWN_KEYS:
            event.accept()
            return True
        return super().event(event)

    def _go(self, place: int) -> None:
        self._here = place
        self.setAccessibleDescription(self.current())
        self.pointed.emit(self.current())
        self.update()

    def _go_row(self, step: int) -> None:
        """To the chip of the next row that stands nearest."""
        places = self._places(self.width())
        if not places:
            return
        here = places[self._here]
        row = here.top() + step * (_CHIP + _GAP)
        there = [place for place, rect in enumerate(places) if abs(rect.top() - row) < 1]
        if there:
            self._go(min(there, key=lambda place: abs(places[place].center().x() - here.center().x())))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.pointed.emit(self.current())
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.pointed.emit("")
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        under = self._at(event)
        if under != self._under:
            self._under = under
            self.setCursor(Qt.CursorShape.PointingHandCursor if under >= 0 else Qt.CursorShape.ArrowCursor)
            self.pointed.emit(self._names[under] if under >= 0 else "")
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._under = -1
        self.pointed.emit(self.current() if self.hasFocus() else "")
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._at(event)
        if place >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._here = place
            self.chosen.emit(self._names[place])

    def _at(self, event: QMouseEvent) -> int:
        spot = event.position()
        return next((place for place, rect in enumerate(self._places(self.width())) if rect.contains(spot)), -1)
