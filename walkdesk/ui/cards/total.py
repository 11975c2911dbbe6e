"""The foot of the card: what was keyed, what the paper says, and how far it is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from walkdesk.domain.steps import DayState
from walkdesk.messages.cards import CardDay
from walkdesk.ui.cards.keys import Pad, digits, pad_key
from walkdesk.ui.language import tr
from walkdesk.ui.look import paint
from walkdesk.ui.look.parts.edits import LineEdit
from walkdesk.ui.look.parts.fields import Note
from walkdesk.ui.look.parts.sums import StackedBar
from walkdesk.ui.look.parts.text import Label, Run, Runs, detail
from walkdesk.ui.look.tokens import DETAIL, DETAIL_BOLD, LABEL, TASK_BOLD, VALUE, Type

_TOTAL = Type(28)
_MOST = 3_100_000


class NumberEdit(LineEdit):
    """A number from the pad: any width of digits, no input method, commas while it is not being typed."""

    up = Signal()
    finish = Signal()

    def __init__(self, name: str, most_digits: int, parent: QWidget | None = None) -> None:
        super().__init__(name, number=True, max_length=most_digits + 3, parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._most = most_digits

    def value(self) -> int | None:
        """The number, ``None`` while nothing is written."""
        found = digits(self.text())
        return int(found) if found else None

    def show_value(self, value: int | None) -> None:
        """Fills the field."""
        self.setText("" if value is None else f"{value:,}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        order = pad_key(event)
        if order is Pad.BACK:
            self.up.emit()
        elif order in (Pad.NEXT, Pad.FINISH):
            self.finish.emit()
        elif isinstance(order, str):
            self._type(order)
        elif order in (Pad.BLANK, Pad.UNREADABLE, Pad.CONFIRM) or _writes(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _type(self, typed: str) -> None:
        if self.hasSelectedText():
            self.del_()
        if len(digits(self.text())) < self._most:
            self.insert(typed)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.respell(digits(self.text()))
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        found = self.value()
        self.respell("" if found is None else f"{found:,}")


def _writes(event: QKeyEvent) -> bool:
    """Whether a key would write something that is no digit."""
    controls = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return bool(event.text()) and event.text().isprintable() and not event.modifiers() & controls


class CardFoot(QWidget):
    """Sums under the card. ``back`` returns to the days, ``finish_wanted`` ends the card."""

    back = Signal()
    finish_wanted = Signal()
    written_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cards_foot")
        self._days: tuple[CardDay, ...] = ()
        self._total = 0
        self.written = NumberEdit("cards_written_total", 7)
        self.written.setFont(paint.font(_TOTAL))
        self.written.setFixedSize(158, 38)
        self.written.setAccessibleName(tr("cards.written_total"))
        self._keyed_label = detail("")
        self._keyed = Runs(name="cards_total")
        self._difference = Runs(name="cards_difference")
        self._left = Label("", DETAIL_BOLD, "ink", name="cards_left")
        self._bar = StackedBar(11, "cards_bar")
        self._hint = detail(tr("cards.total_hint"))
        self.note = Note("cards_note")
        self._lay_out()
        self.written.up.connect(self.back)
        self.written.finish.connect(self.finish_wanted)
        self.written.textChanged.connect(self._written)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 6, 20, 2)
        self.setFixedHeight(82)
        row.setSpacing(18)
        first, second, third = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        for column in (first, second, third):
            column.setSpacing(0)
        first.addWidget(self._keyed_label)
        first.addWidget(self._keyed)
        first.addStretch(1)
        label = detail(tr("cards.written_total"))
        label.setBuddy(self.written)
        second.addWidget(label)
        with_unit = QHBoxLayout()
        with_unit.setSpacing(6)
        with_unit.addWidget(self.written)
        with_unit.addWidget(Label(tr("cards.unit"), LABEL, "ink2"), 0, Qt.AlignmentFlag.AlignBottom)
        second.addLayout(with_unit)
        second.addStretch(1)
        upper = QHBoxLayout()
        upper.addWidget(self._difference, 1)
        upper.addWidget(self._left)
        third.addLayout(upper)
        third.addSpacing(3)
        third.addWidget(self._bar)
        third.addSpacing(2)
        third.addWidget(self._hint)
        third.addWidget(self.note)
        third.addStretch(1)
        first_ground = QWidget()
        first_ground.setLayout(first)
        first.setContentsMargins(0, 0, 0, 0)
        first_ground.setMinimumWidth(158)
        row.addWidget(first_ground)
        row.addLayout(second)
        row.addLayout(third, 1)

    def show_card(self, days: tuple[CardDay, ...], total: int, written: int | None) -> None:
        """Another card, or its first state."""
        self.written.show_value(written)
        self.say("")
        self.show_days(days, total)

    def show_days(self, days: tuple[CardDay, ...], total: int) -> None:
        """What is keyed by now."""
        self._days, self._total = days, total
        self._show()

    def say(self, text: str, tone: str = "danger") -> None:
        """A sentence in the place of the hint; empty brings the hint back."""
        self.note.say(text, "warn" if tone == "warn" else "danger", "warning" if tone == "warn" else "alert")
        self._hint.setVisible(not text)

    def _written(self) -> None:
        self._show()
        self.written_changed.emit()

    def _show(self) -> None:
        counted = sum(day.steps is not None for day in self._days)
        waiting = sum(day.state is DayState.NOT_KEYED for day in self._days)
        held = sum(day.state is DayState.UNREADABLE for day in self._days)
        self._keyed_label.setText(tr("cards.keyed_total", days=counted))
        unit = Run(tr("cards.unit"), LABEL, gap=7)
        self._keyed.show_runs([Run(f"{self._total:,}", VALUE, "ink", cells=True), unit])
        self._left.setText(tr("cards.left_held", left=waiting, held=held) if held else tr("cards.left", left=waiting))
        written = self.written.value()
        keyed_days = len(self._days) - waiting
        if written is None:
            words = tr("cards.days_keyed", days=keyed_days)
            self._difference.show_runs([Run(words, DETAIL)])
            self._bar.show_pieces([(keyed_days, "accent")], len(self._days), words)
            return
        off = abs(written - self._total)
        runs = [Run(tr("cards.difference"), DETAIL), Run(f"{off:,}", TASK_BOLD, "ink", cells=True)]
        self._difference.show_runs([*runs, Run(tr("cards.unit"), DETAIL, gap=1)])
        done = min(self._total, max(written, 1))
        self._bar.show_pieces([(done, "accent")], max(written, 1), f"{self._total:,}／{written:,}")
