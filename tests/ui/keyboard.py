"""A person's hands on the keyboard, the Japanese input method included."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget


def write(field: QWidget, text: str) -> None:
    """Types into a field, in the place of what stood there; an input method commits what no key has."""
    _in_front(field)
    field.setFocus()
    select = getattr(field, "selectAll", None)
    if select is not None:
        select()
    if text.isascii():
        QTest.keyClicks(field, text)
        return
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def _in_front(widget: QWidget) -> None:
    """The window system brings a window to the front when it likes: keys wait for it."""
    window = widget.window()
    if not window.isActiveWindow():
        window.activateWindow()
        QTest.qWaitForWindowActive(window)


def press(page: QWidget, keys: str) -> None:
    """Presses a key or a combination (``Ctrl+S``) wherever the keyboard is."""
    _in_front(page)
    combination: Any = QKeySequence(keys)[0]
    QTest.keyClick(QApplication.focusWidget() or page, combination.key(), combination.keyboardModifiers())


def cells(table: Any) -> list[list[str]]:
    """What a table shows, in words."""
    model = table.model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
