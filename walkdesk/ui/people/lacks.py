"""What is missing in the register, in one row: a button for each, which opens the form with those people ticked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from walkdesk.domain.people import Lack
from walkdesk.messages.people import PersonRow
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts import SmallButton

_KEYS = {Lack.TRAINING: "Alt+K", Lack.OATH: "Alt+S", Lack.LAW: "Alt+L"}


class LacksRow(QWidget):
    """The row. ``wanted`` with the name of the form."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("people_lacks")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 4)
        row.setSpacing(12)
        self._buttons: dict[Lack, SmallButton] = {}
        for lack, key in _KEYS.items():
            button = SmallButton("", f"people_{lack.value}", key=key)
            button.clicked.connect(lambda _on=False, name=lack.value: self.wanted.emit(name))
            self._buttons[lack] = button
            row.addWidget(button)
        row.addStretch(1)

    def show_people(self, people: Sequence[PersonRow]) -> None:
        """How many people lack each."""
        for lack, button in self._buttons.items():
            count = sum(1 for person in people if lack in person.lacks)
            button.say(tr(f"people.lacks_{lack.value}", count=count) if count else tr(f"people.to_{lack.value}"))
