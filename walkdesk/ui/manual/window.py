"""The manual beside the window: it opens at the section of the desk where the person is."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QTextBlockFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from walkdesk.resources import FOLDER
from walkdesk.ui.language import texts, tr

SECTIONS = {
    "imports": "reception",
    "keys": "contracts",
    "account": "people",
    "audit_reports": "audit",
    "certificate": "audit",
    "ledger": "audit",
    "": "door",
}
"""Desks whose section bears another desk's name; "" is the door."""


_BROKEN = re.compile(r"(?<=[^\x00-\x7f])\n *(?=[^\x00-\x7f])")
"""A line's end between two Japanese characters: no blank stands there."""
_ABOVE = {0: 10, 2: 26, 3: 16}
"""Pixels above a paragraph, and above a heading by its level."""
_ABOVE_STEP = 4
_LINE = 140


class ManualWindow(QDialog):
    """One window for the whole session; Esc closes it, F1 opens it again elsewhere. It holds nobody's data."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("manual")
        self.setWindowTitle(tr("shell.manual"))
        self.resize(QSize(560, 640))
        self.text = QTextBrowser(self)
        self.text.setObjectName("manual_text")
        self.text.setAccessibleName(tr("shell.manual"))
        manual = (FOLDER / "manual" / f"{texts().language}.md").read_text(encoding="utf-8")
        self.text.setMarkdown(_BROKEN.sub("", manual))
        _give_air(self.text.document())
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(self.text)
        QShortcut(QKeySequence(Qt.Key.Key_F1), self).activated.connect(self.close)

    def open_at(self, desk: str) -> None:
        """Shows the section of a desk."""
        self.show()
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        block = self.text.document().begin()
        heading = tr(f"shell.section.{SECTIONS.get(desk, desk)}")
        while block.isValid() and not (block.blockFormat().headingLevel() == 2 and block.text() == heading):
            block = block.next()
        if block.isValid():
            # From the end upwards, so that the heading comes to lie at the top of the view.
            self.text.setTextCursor(QTextCursor(block))
        self.raise_()
        self.activateWindow()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)


def _give_air(document: QTextDocument) -> None:
    """Lines apart enough for kanji, and room above each paragraph and heading."""
    block = document.begin()
    while block.isValid():
        air = QTextBlockFormat()
        air.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        level = block.blockFormat().headingLevel()
        air.setTopMargin(_ABOVE_STEP if block.textList() is not None else _ABOVE.get(level, _ABOVE[0]))
        QTextCursor(block).mergeBlockFormat(air)
        block = block.next()
