"""A fact on a sheet: a small label with its value beneath."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from walkdesk.ui.look.parts import Label
from walkdesk.ui.look.tokens import DETAIL, TASK, Tone, Type


class Fact(QWidget):
    """The label and the value; the value wraps."""

    def __init__(self, label: str, name: str, text: str = "", kind: Type = TASK, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        self._label = label
        column.addWidget(Label(label, DETAIL, "ink2"))
        self._value = Label("", kind, name=name)
        self._value.setWordWrap(True)
        column.addWidget(self._value)
        self.say(text)

    def say(self, text: str, tone: Tone = "ink") -> None:
        """Another value."""
        self._value.setText(text)
        self._value.set_tone(tone)
        self._value.setAccessibleName(f"{self._label} {text}")

    def text(self) -> str:
        """The value."""
        return self._value.text()
