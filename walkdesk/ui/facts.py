"""A fact on a sheet: a small label with its value beneath."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from walkdesk.ui.look import paint
from walkdesk.ui.look.parts import Label, Paragraph
from walkdesk.ui.look.tokens import DETAIL, TASK, Tone, Type


class Fact(QWidget):
    """The label and the value; the value wraps. ``head`` has room for a button beside the label."""

    def __init__(self, label: str, name: str, text: str = "", kind: Type = TASK, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._label = label
        self.head = QHBoxLayout()
        self.head.addWidget(Label(label, DETAIL, "ink2"), 1)
        column.addLayout(self.head)
        self._value = Paragraph("", kind, "ink", name)
        self._value.setMinimumHeight(paint.line_height(kind))
        column.addWidget(self._value)
        self._text = ""
        self.say(text)

    def say(self, text: str, tone: Tone = "ink") -> None:
        """Another value."""
        self._text = text
        self._value.setProperty("tone", tone)
        self._value.style().unpolish(self._value)
        self._value.style().polish(self._value)
        self._value.say(text)
        self._value.setAccessibleName(f"{self._label} {text}")

    def text(self) -> str:
        """The value."""
        return self._text
