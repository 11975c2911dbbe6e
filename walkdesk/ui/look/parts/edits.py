"""What a person types into: lines, passwords, choices, ticks, longer texts, dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLineEdit,
    QPlainTextDocumentLayout,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from walkdesk.domain.dates import japanese_date, parse_date
from walkdesk.domain.problem import Problem
from walkdesk.ui.language import tr
from walkdesk.ui.look import icons, paint
from walkdesk.ui.look.tokens import (
    BODY,
    ENTRY,
    FIELD,
    FIELD_LARGE,
    RADIUS_FIELD,
    RING_WIDTH,
    Tone,
    Type,
)

_PAD = 12
LINE_PITCH = 24
"""From line to line in a text of several lines."""


def draw_field(painter: QPainter, rect: QRectF, focused: bool, enabled: bool, problem: bool) -> None:
    """The frame of everything that can be typed into: the focus ring replaces the border."""
    ground = paint.color("surface" if enabled else "disabled")
    if focused:
        paint.box(painter, rect, RADIUS_FIELD, ground, paint.color("accent"), RING_WIDTH)
    elif problem:
        paint.box(painter, rect, RADIUS_FIELD, ground, paint.color("danger"), 1.5)
    else:
        paint.box(painter, rect, RADIUS_FIELD, ground, paint.color("line2"), 1.2)


class LineEdit(QLineEdit):
    """One line. ``large`` is for the first fields of a page; ``number`` turns the input method off.

    ``max_length`` is in characters. ``kept`` false is for what is not a record: a search, a secret, a number typed to
    confirm; it is never kept when the window locks. The frame turns red while ``set_problem(True)``; ``Field`` does
    that.
    """

    def __init__(
        self,
        name: str,
        placeholder: str = "",
        large: bool = False,
        number: bool = False,
        max_length: int = 200,
        parent: QWidget | None = None,
        kept: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.kept = kept
        self.setPlaceholderText(placeholder)
        self.setMaxLength(max_length)
        self.setFont(paint.font(ENTRY if large else BODY))
        self.setFixedHeight(FIELD_LARGE if large else FIELD)
        self.setTextMargins(_PAD - 2, 0, _PAD - 2, 0)
        self.setFrame(False)
        self.setAttribute(Qt.WidgetAttribute.WA_MacShowFocusRect, False)
        if number:
            self.setInputMethodHints(Qt.InputMethodHint.ImhPreferLatin | Qt.InputMethodHint.ImhNoPredictiveText)
        self._problem = False

    def set_problem(self, problem: bool) -> None:
        """Marks what was typed as not acceptable."""
        self._problem = problem
        self.update()

    def respell(self, text: str) -> None:
        """The same content, written otherwise: what a person typed stays typed (``isModified``)."""
        if text == self.text():
            return
        typed, quiet = self.isModified(), self.blockSignals(True)
        self.setText(text)
        self.setModified(typed)
        self.blockSignals(quiet)
        self.textChanged.emit(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        focused = self.hasFocus() and not self.isReadOnly()
        draw_field(painter, QRectF(self.rect()), focused, self.isEnabled(), self._problem)
        painter.end()
        super().paintEvent(event)
        if focused:
            self._paint_caret()

    def _paint_caret(self) -> None:
        # Qt's own caret is one pixel wide; ours is easier to find and does not blink away.
        where = self.cursorRect()
        painter = QPainter(self)
        height = self.height() - 20
        x = where.center().x()
        painter.fillRect(QRectF(x, self.height() / 2 - height / 2, 2, height), paint.color("accent"))
        painter.end()


class PasswordEdit(LineEdit):
    """A password.

    An eye shows it while it is pressed in, Caps Lock is told, and hiding the page empties the field.
    """

    caps_lock_changed = Signal(bool)
    """Whether Caps Lock seems to be on, as far as the letters typed show."""

    def __init__(self, name: str, large: bool = False, keeps: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(name, large=large, number=True, max_length=256, parent=parent, kept=False)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setTextMargins(_PAD - 2, 0, 48, 0)
        self._caps, self._keeps = False, keeps
        self._shown_font = self.font()
        self.eye = _Eye(f"{name}_show", self)
        self.eye.toggled.connect(self._show_password)
        self._show_password(False)

    def caps_lock(self) -> bool:
        """Whether Caps Lock seems to be on."""
        return self._caps

    def _show_password(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.setFont(self._shown_font if shown else paint.font(BODY))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text()
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_CapsLock:
            self._set_caps(not self._caps)
        elif len(letter) == 1 and letter.isascii() and letter.isalpha():
            self._set_caps(letter.isupper() != shifted)
        super().keyPressEvent(event)

    def _set_caps(self, on: bool) -> None:
        if on != self._caps:
            self._caps = on
            self.caps_lock_changed.emit(on)

    def hideEvent(self, event: QHideEvent) -> None:
        if not self._keeps and not event.spontaneous():
            self.clear()
        self.eye.setChecked(False)
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.eye.move(self.width() - self.eye.width() - 6, (self.height() - self.eye.height()) // 2)


class _Eye(QAbstractButton):
    """Shows and hides the password."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.focus_ring = RADIUS_FIELD - 2
        self.setObjectName(name)
        self.setCheckable(True)
        self.setFixedSize(36, 30)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.toggled.connect(self._name)
        self._name(False)

    def _name(self, shown: bool) -> None:
        word = tr("shell.parts.hide_password" if shown else "shell.parts.show_password")
        self.setAccessibleName(word)
        self.setToolTip(word)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        tone: Tone = "accent" if self.underMouse() or self.isChecked() else "ink2"
        name = "eye-off" if self.isChecked() else "eye"
        icons.draw(painter, icons.square(self.width() / 2 - 11, self.height() / 2, 22), name, tone)
        painter.end()


class ComboBox(QComboBox):
    """A choice out of a few; the wheel does not change it. Items carry a key: ``choose``, ``chosen``."""

    def __init__(
        self,
        name: str,
        choices: Iterable[tuple[str, str]] = (),
        large: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFont(paint.font(ENTRY if large else BODY))
        self.setFixedHeight(FIELD_LARGE if large else FIELD)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(12)
        self._kind: Type = ENTRY if large else BODY
        self._problem = False
        self.offer(choices)

    def offer(self, choices: Iterable[tuple[str, str]]) -> None:
        """Replaces the choices: pairs of key and word."""
        self.clear()
        for key, word in choices:
            self.addItem(word, key)

    def choose(self, key: str) -> None:
        """Selects the choice of a key; an unknown key leaves the choice as it is."""
        index = self.findData(key)
        if index >= 0:
            self.setCurrentIndex(index)

    def chosen(self) -> str:
        """The key of the choice; empty when there is none."""
        return str(self.currentData() or "")

    def set_problem(self, problem: bool) -> None:
        """Marks the choice as not acceptable."""
        self._problem = problem
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def sizeHint(self) -> QSize:
        widest = max((paint.width(self.itemText(i), self._kind) for i in range(self.count())), default=80)
        return QSize(round(widest) + 2 * _PAD + 32, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        rect = QRectF(self.rect())
        draw_field(painter, rect, self.hasFocus(), self.isEnabled(), self._problem)
        tone: Tone = "ink" if self.isEnabled() else "ink3"
        paint.write(painter, rect.adjusted(_PAD, 0, -36, 0), self.currentText(), self._kind, tone)
        icons.draw(painter, icons.square(rect.right() - 30, rect.center().y(), 18), "chevron-down", "ink2")
        painter.end()


class CheckBox(QAbstractButton):
    """A sentence that is true or not."""

    def __init__(self, text: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.focus_ring = RADIUS_FIELD - 2
        self.setText(text)
        self.setObjectName(name)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(round(paint.width(self.text(), BODY)) + 40, 30)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        square = QRectF(3, self.height() / 2 - 10, 20, 20)
        if self.isChecked() and self.isEnabled():
            paint.box(painter, square, 4, paint.color("accent"))
            icons.draw(painter, square.adjusted(2, 2, -2, -2), "check", "onaccent")
        else:
            ground: Tone = "surface" if self.isEnabled() else "disabled"
            paint.box(painter, square, 4, paint.color(ground), paint.color("line2"), 1.2)
            if self.isChecked():
                icons.draw(painter, square.adjusted(2, 2, -2, -2), "check", "ink3")
        text = QRectF(32, 0, self.width() - 32, self.height())
        paint.write(painter, text, self.text(), BODY, "ink" if self.isEnabled() else "ink3")
        painter.end()


class _Lines(QPlainTextDocumentLayout):
    """Sets lines a fixed pitch apart: the fonts' own is too tight for kanji."""

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        around = super().blockBoundingRect(block)
        lines = block.layout()
        for number in range(lines.lineCount()):
            line = lines.lineAt(number)
            line.setPosition(QPointF(line.x(), number * LINE_PITCH + (LINE_PITCH - line.height()) / 2))
        return QRectF(0, 0, around.width(), lines.lineCount() * LINE_PITCH)


class TextArea(QPlainTextEdit):
    """A few lines of text; Tab leaves it."""

    def __init__(self, name: str, placeholder: str = "", lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        document = QTextDocument(self)
        document.setDocumentLayout(_Lines(document))
        self.setDocument(document)
        self.setPlaceholderText(placeholder)
        self.setFont(paint.font(BODY))
        self.setTabChangesFocus(True)
        self.setFixedHeight(lines * LINE_PITCH + 20)
        self.setViewportMargins(_PAD - 4, 6, _PAD - 4, 6)
        self.viewport().setAutoFillBackground(False)
        self._problem = False

    def set_problem(self, problem: bool) -> None:
        """Marks what was typed as not acceptable."""
        self._problem = problem
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            painter = QPainter(self)
            paint.crisp(painter)
            draw_field(painter, QRectF(self.rect()), self.hasFocus(), self.isEnabled(), self._problem)
            painter.end()
            return True
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            new_line = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if new_line:  # and not the page's primary button
                event.accept()
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()


class DateField(LineEdit):
    """A date as people write it.

    2018-07-01, 2018/7/1, H30.7.1, 平成30年7月1日. Leaving the field shows how it was read.
    """

    date_changed = Signal(object)
    """The date after it was read (``date``), or ``None`` while it is empty or cannot be read."""

    def __init__(self, name: str, placeholder: str = "", large: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(name, placeholder or tr("shell.parts.date_hint"), large, max_length=24, parent=parent)
        self._last: date | None = None
        self.editingFinished.connect(self._read)

    def day(self) -> date | None:
        """The date typed, ``None`` when empty. Raises ``Problem`` when it is not a date."""
        text = self.text().strip()
        return parse_date(text) if text else None

    def show_date(self, day: date | None) -> None:
        """Fills the field."""
        self._last = day
        self.setText(japanese_date(day) if day is not None else "")
        self.setCursorPosition(0)

    def _read(self) -> None:
        try:
            day = self.day()
        except Problem:
            day = None
        else:
            self._last = day
            self.respell(japanese_date(day) if day is not None else "")
            self.setCursorPosition(0)
        self.date_changed.emit(day)
