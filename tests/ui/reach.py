"""Walks through a screen with Tab, as somebody without a mouse does."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

_STEPS = 200


def interactive(screen: QWidget) -> list[QWidget]:
    """Every visible part that takes the keyboard."""
    return [
        part
        for part in screen.findChildren(QWidget)
        if part.isVisible() and part.isEnabled() and part.focusPolicy() & Qt.FocusPolicy.TabFocus and not _inner(part)
    ]


def nameless(screen: QWidget) -> list[str]:
    """Parts that take the keyboard and lack an object name or an accessible name."""
    return [
        f"{type(part).__name__} {part.objectName()!r} {part.accessibleName()!r}"
        for part in interactive(screen)
        if not part.objectName() or part.objectName().startswith("qt_") or not part.accessibleName()
    ]


def unreached(screen: QWidget) -> list[str]:
    """Parts that Tab does not come to."""
    wanted = {part.objectName() for part in interactive(screen)}
    seen: set[str] = set()
    for _ in range(_STEPS):
        here = QApplication.focusWidget()
        if here is not None:
            seen.add(here.objectName())
        if wanted <= seen:
            return []
        QTest.keyClick(here or screen, Qt.Key.Key_Tab)
    return sorted(wanted - seen)


def _inner(part: QWidget) -> bool:
    """A part of one of Qt's own composed widgets."""
    parent = part.parentWidget()
    return part.objectName().startswith("qt_") or (
        isinstance(parent, QAbstractScrollArea) and part is parent.viewport()
    )
