"""A hand scanner at the cards desk: it types a card's code like a keyboard, wherever the cursor stands.

The code begins with letters (``domain.codes``), which nobody types among steps: from them on the keys are the
scanner's, so that its figures and hyphens change no day and no total.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from walkdesk.domain.codes import CARD_BEGINNING, is_card_code
from walkdesk.ui.cards.keys import plain

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SHIFTS = (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock)
_LONGEST = 120


class CardScanner(QObject):
    """Takes the keys of a scanned code out of the widgets that it watches."""

    scanned = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._read = ""

    def watch(self, *widgets: QWidget) -> None:
        """These widgets see no key of a code any more."""
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._takes(event)
        return super().eventFilter(watched, event)

    def _takes(self, event: QKeyEvent) -> bool:
        if event.key() in _ENTER:
            return self._end()
        if event.key() in _SHIFTS:
            # They stand between two characters of a scanner that types capitals.
            return bool(self._read)
        typed = plain(event.text()).upper()
        read = (self._read + typed)[:_LONGEST]
        if not typed or not (CARD_BEGINNING.startswith(read) or is_card_code(read)):
            self._read = ""
            return False
        self._read = read
        return True

    def _end(self) -> bool:
        read, self._read = self._read, ""
        if is_card_code(read):
            self.scanned.emit(read)
        return is_card_code(read)
