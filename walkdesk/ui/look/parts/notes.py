"""What a page says about itself: empty states, the status line, the practice ribbon, danger, progress."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from walkdesk.ui.language import tr
from walkdesk.ui.look import paint
from walkdesk.ui.look.icons import IconView
from walkdesk.ui.look.parts.buttons import Button, SmallButton
from walkdesk.ui.look.parts.sums import draw_stack
from walkdesk.ui.look.parts.text import Label, Paragraph, Run, Runs, appear
from walkdesk.ui.look.tokens import (
    BODY,
    BODY_BOLD,
    DETAIL,
    DETAIL_BOLD,
    HEADLINE,
    LABEL,
    LABEL_BOLD,
    RADIUS_SHEET,
    RIBBON,
    SECTION,
    STATUS_LINE,
    Tone,
)


class EmptyState(QWidget):
    """Nothing here yet: an icon, one sentence, at most one button."""

    def __init__(
        self,
        icon: str,
        text: str,
        button: Button | None = None,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(12)
        column.addStretch(1)
        column.addWidget(IconView(icon, "ink3", 32), 0, Qt.AlignmentFlag.AlignHCenter)
        self._words = Label(text, BODY, "ink2")
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._words)
        if button is not None:
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def say(self, text: str) -> None:
        """Another sentence."""
        self._words.setText(text)


class StatusLine(QFrame):
    """The line at the foot: what was saved and when, until something replaces it; a hint at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status_line")
        self.setFixedHeight(STATUS_LINE)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 1, 17, 0)
        row.setSpacing(8)
        self._icon = IconView("check", "ok", 18)
        self._said = Runs(name="status_said")
        self._hint = Runs(name="status_hint")
        row.addWidget(self._icon)
        row.addWidget(self._said, 1)
        row.addWidget(self._hint)
        self.say("")

    def say(self, text: str, tone: Tone = "ok", icon: str = "check", when: str = "") -> None:
        """Replaces what was said; ``when`` is a time of day (10:42:07)."""
        self._icon.setVisible(bool(text))
        self._icon.show_icon(icon, tone)
        runs = [Run(text, LABEL_BOLD, tone)] if text else []
        if when:
            runs.append(Run(when, DETAIL, "ink2", gap=9))
        self._said.show_runs(runs)

    def hint(self, text: str, key: str = "") -> None:
        """Replaces the hint at the right; ``key`` is written in the accent colour after it."""
        runs = [Run(text, DETAIL)] if text else []
        if key:
            runs.append(Run(key, DETAIL_BOLD, "accent", gap=9))
        self._hint.show_runs(runs)

    def said(self) -> str:
        """What it says at the left."""
        return self._said.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), paint.color("surface"))
        painter.fillRect(QRectF(0, 0, self.width(), 1), paint.color("line"))
        painter.end()


class PracticeRibbon(QWidget):
    """練習: on every screen of a practice office."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("practice_ribbon")
        self.setAccessibleName(f"{tr('shell.practice.title')} {tr('shell.practice.text')}")
        self.setFixedHeight(RIBBON)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        rect = QRectF(self.rect())
        painter.fillRect(rect, paint.color("warnsoft"))
        for left in (0.0, rect.width() - 150):
            self._paint_stripes(painter, QRectF(left, 0, 150, RIBBON - 2))
        painter.fillRect(QRectF(0, RIBBON - 2, rect.width(), 2), paint.color("warnmark"))
        title, text = tr("shell.practice.title"), tr("shell.practice.text")
        wide = paint.width(title, SECTION) + 20 + paint.width(text, LABEL)
        x = rect.center().x() - wide / 2
        x += paint.write(painter, QRectF(x, 0, wide, RIBBON - 2), title, SECTION, "warn") + 20
        paint.write(painter, QRectF(x, 0, wide, RIBBON - 2), text, LABEL, "warn")
        painter.end()

    def _paint_stripes(self, painter: QPainter, area: QRectF) -> None:
        painter.save()
        painter.setClipRect(area)
        pen = painter.pen()
        pen.setColor(paint.color("warnmark"))
        pen.setWidthF(7)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        x = area.left() - 40
        while x < area.right() + 10:
            painter.drawLine(QPointF(x, area.bottom() + 6), QPointF(x + 42, area.top() - 6))
            x += 20
        painter.restore()


class DangerPanel(QFrame):
    """What cannot be undone.

    Red frame, a bar at the left, icon, what disappears in figures. ``body`` is its column.
    """

    def __init__(self, title: str, text: str = "", name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(22, 12, 16, 14)
        self.body.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(IconView("shield-x", "danger", 22))
        head.addWidget(Label(title, SECTION, "danger"), 1)
        self.body.addLayout(head)
        if text:
            self.body.addWidget(Paragraph(text, BODY, "ink"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        rect = QRectF(self.rect())
        paint.box(painter, rect, RADIUS_SHEET, paint.color("surface"), paint.color("danger"), 1.3)
        painter.setClipPath(paint.rounded(rect, RADIUS_SHEET))
        painter.fillRect(QRectF(0, 0, 5, rect.height()), paint.color("danger"))
        painter.end()


class Callout(QFrame):
    """A tinted message across a page.

    Icon, headline, a line below, and room for a button at the right (``row``).
    """

    def __init__(
        self,
        icon: str,
        title: str,
        detail: str = "",
        kind: str = "ok",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(22, 10, 18, 10)
        self.row.setSpacing(18)
        self._icon = IconView(icon, "ok", 38)
        self._title = Runs()
        self._detail = Runs()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._detail)
        words.addStretch(1)
        self.row.addWidget(self._icon)
        self.row.addLayout(words, 1)
        self.setMinimumHeight(80)
        self.show_message(icon, title, detail, kind)

    def show_message(self, icon: str, title: str, detail: str = "", kind: str = "ok") -> None:
        """Another message; ``kind`` is ``ok``, ``warn`` or ``danger``."""
        tones: dict[str, tuple[Tone, Tone]] = {
            "ok": ("ok", "oksoft"),
            "warn": ("warn", "warnsoft"),
            "danger": ("danger", "dangersoft"),
        }
        self._tone, self._ground = tones[kind]
        self._icon.show_icon(icon, self._tone)
        self._title.show_runs([Run(title, HEADLINE, self._tone)])
        self._detail.show_runs([Run(detail, DETAIL)])
        self.setAccessibleName(f"{title} {detail}".strip())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        paint.box(painter, QRectF(self.rect()), RADIUS_SHEET, paint.color(self._ground), paint.color(self._tone))
        painter.end()


class ProgressLine(QWidget):
    """Something that takes time: what is being done, how far it is, and a button that stops it."""

    cancelled = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 4, 0)
        row.setSpacing(14)
        self._bar = _Track()
        self._words = Runs()
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._words)
        words.addWidget(self._bar)
        row.addLayout(words, 1)
        self.button = SmallButton(tr("shell.parts.cancel"), name=f"{name}_cancel")
        self.button.clicked.connect(lambda: self.cancelled.emit())
        row.addWidget(self.button)
        self.hide()

    def show_progress(self, text: str, done: int, whole: int) -> None:
        """Shows how far it is; a ``whole`` of 0 says that nobody knows."""
        facts = [Run(text, BODY_BOLD, "ink")]
        if whole:
            facts.append(Run(f"{done:,}／{whole:,}", DETAIL))
        self._words.show_runs(facts)
        self._bar.show_share(done, whole)
        self.setAccessibleName(self._words.text())
        appear(self)


class _Track(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(10)
        self._done, self._whole = 0, 1

    def show_share(self, done: int, whole: int) -> None:
        self._done, self._whole = done, max(whole, 1)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        draw_stack(painter, QRectF(self.rect()), [(self._done, "accent")], self._whole, 5)
        painter.end()
