"""Buttons: one filled primary per page, outlined ones for the rest, red outlines for what cannot be undone.

Every button has a name (``objectName``), takes the keyboard, shows its key as a small cap and answers
to that key while its page is visible. A button that cannot be pressed says below what is missing
(``forbid``).
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut, QTextLayout
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from walkdesk.ui.look import icons, paint
from walkdesk.ui.look.tokens import (
    BODY,
    BODY_BOLD,
    BUTTON,
    BUTTON_LARGE,
    BUTTON_SMALL,
    HINT,
    LABEL,
    RADIUS_FIELD,
    SECTION,
    Tone,
    Type,
)

_ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PAD = 18
_GAP = 8
_ICON = 20
_REASON_X, _REASON_GAP = 25, 8


class Button(QAbstractButton):
    """What all buttons share. Use ``PrimaryButton``, ``OutlineButton``, ``DangerButton`` or ``QuietButton``.

    ``name``  object name, unique on its page
    ``key``   the key that presses it while the page is visible: ``"Enter"``, ``"F12"``, ``"Ctrl+P"``;
              shown as a cap
    ``cap``   another word on the cap; without ``key`` the page itself handles it (``"+"`` of the numeric pad)
    ``icon``  an icon's name
    """

    height_ = BUTTON
    kind: Type = BODY_BOLD

    def __init__(
        self,
        text: str,
        name: str,
        key: str | None = None,
        cap: str | None = None,
        icon: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.focus_ring = RADIUS_FIELD
        self.setText(text)
        self.setObjectName(name)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._cap = cap or key
        self._icon = icon
        self._reason = ""
        self._shortcuts = [self._bind(sequence) for sequence in key_sequences(key)] if key else []

    def _bind(self, sequence: QKeySequence) -> QShortcut:
        shortcut = QShortcut(sequence, self)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(self._pressed_by_key)
        return shortcut

    def _pressed_by_key(self) -> None:
        if self.isEnabled() and self.isVisible():
            self.click()

    def say(self, text: str) -> None:
        """Another text on the same button."""
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def forbid(self, reason: str) -> None:
        """Disables the button and says below what is missing; ``forbid("")`` enables it again."""
        self._reason = reason
        self.setEnabled(not reason)
        self.setAccessibleDescription(reason)
        self.updateGeometry()
        self.update()

    def reason(self) -> str:
        """Why the button cannot be pressed; empty when it can."""
        return self._reason

    def face(self) -> QRect:
        """The button without the sentence below it."""
        return QRect(0, 0, self.width(), self.height_)

    def sizeHint(self) -> QSize:
        wide = round(2 * _PAD + self._content_width())
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.height_ + (_REASON_GAP + self._reason_lines(width)[1] if self._reason else 0)

    def hitButton(self, pos: QPoint) -> bool:
        return self.face().contains(pos)

    def event(self, event: QEvent) -> bool:
        # Enter presses the button that has the keyboard, not the page's primary one.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            taken = event.key() in _ENTER_KEYS and self._takes_enter()
            if taken:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER_KEYS and self._takes_enter():
            self.click()
            return
        super().keyPressEvent(event)

    def _takes_enter(self) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        face = QRectF(self.face())
        tone = self._paint_face(painter, face)
        self._paint_content(painter, face, tone)
        if self._reason:
            self._paint_reason(painter)
        painter.end()

    def _paint_face(self, painter: QPainter, face: QRectF) -> Tone:
        raise NotImplementedError

    def _paint_disabled(self, painter: QPainter, face: QRectF) -> Tone:
        paint.box(painter, face, RADIUS_FIELD, paint.color("disabled"), paint.color("line"))
        return "ink3"

    def _hovered(self) -> bool:
        return self.underMouse() or self.isDown()

    def _content_width(self) -> float:
        total = paint.width(self.text(), self.kind)
        if self._icon:
            total += _ICON + _GAP
        if self._cap:
            total += _GAP + paint.key_cap_width(self._cap, HINT)
        return total

    def _paint_content(self, painter: QPainter, face: QRectF, tone: Tone) -> None:
        x = face.center().x() - self._content_width() / 2
        if self._icon:
            icons.draw(painter, icons.square(x, face.center().y(), _ICON), self._icon, tone)
            x += _ICON + _GAP
        text = QRectF(x, face.top(), face.right() - x, face.height())
        x += paint.write(painter, text, self.text(), self.kind, tone) + _GAP
        if self._cap:
            cap = QRectF(x, face.center().y() - 10, paint.key_cap_width(self._cap, HINT), 20)
            paint.key_cap(painter, cap, self._cap, HINT, tone)

    def _reason_lines(self, width: int) -> tuple[QTextLayout, int]:
        return paint.wrap(self._reason, LABEL, max(width - _REASON_X, 40))

    def _paint_reason(self, painter: QPainter) -> None:
        top = self.height_ + _REASON_GAP
        icons.draw(painter, icons.square(0, top + 11, 18), "alert", "danger")
        painter.setPen(paint.color("danger"))
        self._reason_lines(self.width())[0].draw(painter, QPointF(_REASON_X, top))


class PrimaryButton(Button):
    """The one thing that the page is for; at most one per page, right of the title."""

    def _paint_face(self, painter: QPainter, face: QRectF) -> Tone:
        if not self.isEnabled():
            return self._paint_disabled(painter, face)
        paint.box(painter, face, RADIUS_FIELD, paint.color("accent2" if self._hovered() else "accent"))
        return "onaccent"


class LargeButton(PrimaryButton):
    """A primary button 52 high, as on sign-in."""

    height_ = BUTTON_LARGE
    kind = SECTION


class OutlineButton(Button):
    """Any other action."""

    def _paint_face(self, painter: QPainter, face: QRectF) -> Tone:
        if not self.isEnabled():
            return self._paint_disabled(painter, face)
        border: Tone = "accent" if self._hovered() else "line2"
        ground: Tone = "soft" if self.isDown() else "surface"
        paint.box(painter, face, RADIUS_FIELD, paint.color(ground), paint.color(border), 1.2)
        return "accent2" if self._hovered() else "accent"


class SmallButton(OutlineButton):
    """An outlined button 36 high, for rows."""

    height_ = BUTTON_SMALL


class DangerButton(Button):
    """What cannot be undone.

    Outlined red, filled only on the last page; Enter never presses it, Space does.
    """

    def __init__(
        self,
        text: str,
        name: str,
        key: str | None = None,
        icon: str | None = None,
        filled: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        if key is not None and key.casefold() in ("enter", "return"):
            raise ValueError("a danger button is never Enter's")
        super().__init__(text, name, key=key, icon=icon, parent=parent)
        self._filled = filled

    def _takes_enter(self) -> bool:
        return False

    def _paint_face(self, painter: QPainter, face: QRectF) -> Tone:
        if not self.isEnabled():
            return self._paint_disabled(painter, face)
        if self._filled:
            paint.box(painter, face, RADIUS_FIELD, paint.color("danger"))
            return "surface"
        ground: Tone = "dangersoft" if self._hovered() else "surface"
        paint.box(painter, face, RADIUS_FIELD, paint.color(ground), paint.color("danger"), 1.2)
        return "danger"


class QuietButton(Button):
    """A word with an icon and no frame, for small actions inside a sheet (見る, 隠す)."""

    height_ = 32
    kind = BODY

    def sizeHint(self) -> QSize:
        wide = round(16 + self._content_width())
        return QSize(wide, self.heightForWidth(wide))

    def _paint_face(self, painter: QPainter, face: QRectF) -> Tone:
        if not self.isEnabled():
            return "ink3"
        if self._hovered():
            paint.box(painter, face, RADIUS_FIELD, paint.color("soft"))
            return "accent2"
        return "accent"


class KeyCap(QWidget):
    """A key of the keyboard as a picture, for lists of keys."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self.setFixedSize(round(max(34, paint.width(text, BODY_BOLD) + 20)), 26)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        rect = QRectF(self.rect())
        paint.box(painter, rect, 5, paint.color("line2"))
        paint.box(painter, rect.adjusted(0, 0, 0, -1), 5, paint.color("canvas"), paint.color("line2"))
        paint.write(painter, rect, self._text, BODY_BOLD, "ink", Qt.AlignmentFlag.AlignHCenter)
        painter.end()


def key_sequences(key: str) -> tuple[QKeySequence, ...]:
    """What Qt calls a key: Enter is both the large key and that of the numeric pad."""
    if key.casefold() in ("enter", "return"):
        return (QKeySequence(Qt.Key.Key_Return), QKeySequence(Qt.Key.Key_Enter))
    return (QKeySequence(key),)
