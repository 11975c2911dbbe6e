"""The keys of the numeric pad, whatever width the input method gave them."""

from __future__ import annotations

import unicodedata
from enum import Enum, auto

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent


class Pad(Enum):
    """What a key asks for."""

    NEXT = auto()
    BACK = auto()
    BLANK = auto()
    UNREADABLE = auto()
    CONFIRM = auto()
    FINISH = auto()
    RUB_OUT = auto()
    CLEAR = auto()
    FIRST = auto()
    LAST = auto()


_KEYS = {
    Qt.Key.Key_Return: Pad.NEXT,
    Qt.Key.Key_Enter: Pad.NEXT,
    Qt.Key.Key_Down: Pad.NEXT,
    Qt.Key.Key_Up: Pad.BACK,
    Qt.Key.Key_Backspace: Pad.RUB_OUT,
    Qt.Key.Key_Delete: Pad.CLEAR,
    Qt.Key.Key_Escape: Pad.CLEAR,
    Qt.Key.Key_Home: Pad.FIRST,
    Qt.Key.Key_End: Pad.LAST,
}
# With the input method on, the pad's minus comes as a long vowel and its slash as a middle dot.
_SIGNS = {
    "-": Pad.BLANK,
    "ー": Pad.BLANK,
    "−": Pad.BLANK,
    "/": Pad.UNREADABLE,
    "・": Pad.UNREADABLE,
    "*": Pad.CONFIRM,
    "×": Pad.CONFIRM,
    "+": Pad.FINISH,
}


def plain(text: str) -> str:
    """The text in half width."""
    return unicodedata.normalize("NFKC", text)


def digits(text: str) -> str:
    """The digits of a text in half width, nothing else."""
    return "".join(sign for sign in plain(text) if sign in "0123456789")


def pad_key(event: QKeyEvent) -> Pad | str | None:
    """What a key means on the pad: an order, one digit, or ``None`` when the pad does not know it."""
    if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
        return None
    order = _KEYS.get(Qt.Key(event.key()))
    if order is not None:
        return order
    text = plain(event.text())
    return _SIGNS.get(text) or (digits(text) or None)
