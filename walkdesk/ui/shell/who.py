"""Who is here: name and post in the top bar, and behind them the own account."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from walkdesk.ui.language import tr
from walkdesk.ui.look import paint
from walkdesk.ui.look.parts.text import Run, Runs
from walkdesk.ui.look.tokens import DETAIL, HINT, LABEL_BOLD, RADIUS_FIELD
from walkdesk.ui.shell.page import Person

_KEY = "F11"
_PAD = 8
_GAP = 10


class WhoButton(QAbstractButton):
    """A quiet button with name and post. Without ``opens`` it only tells who is here."""

    def __init__(self, person: Person, opens: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.focus_ring = RADIUS_FIELD
        self.setObjectName("account_button")
        self.setAccessibleName(tr("account.button", name=person.name, post=person.post))
        self._cap = round(paint.key_cap_width(_KEY, HINT)) if opens else 0
        column = QVBoxLayout(self)
        column.setContentsMargins(_PAD, 0, _PAD + (self._cap + _GAP if opens else 0), 0)
        column.setSpacing(0)
        column.addStretch(1)
        for run, name in (
            (Run(person.name, LABEL_BOLD, "ink"), "person_name"),
            (Run(person.post, DETAIL), "person_post"),
        ):
            words = Runs([run], name=name)
            words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(words, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.setEnabled(opens)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if opens else Qt.FocusPolicy.NoFocus)
        if opens:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setAttribute(Qt.WidgetAttribute.WA_Hover)
            self.setToolTip(f"{tr('account.title')}  {_KEY}")
            QShortcut(QKeySequence(_KEY), self).activated.connect(self.click)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return QSize(120, 48) if layout is None else layout.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            paint.box(painter, QRectF(self.rect()), RADIUS_FIELD, paint.color("soft"))
        if self._cap:
            cap = QRectF(self.width() - _PAD - self._cap, self.height() / 2 - 10, self._cap, 20)
            paint.key_cap(painter, cap, _KEY, HINT, "ink2")
        painter.end()
