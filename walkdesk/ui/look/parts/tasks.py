"""Rows of things to do: chip, title, detail, and the one button that does it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from walkdesk.ui.look.icons import IconView
from walkdesk.ui.look.parts.buttons import SmallButton
from walkdesk.ui.look.parts.chips import Chip, ChipKind
from walkdesk.ui.look.parts.text import Hairline, Label, Run, Runs
from walkdesk.ui.look.tokens import BODY_BOLD, DETAIL, LABEL, TASK_BOLD, Tone


class TaskRow(QWidget):
    """One thing to do. ``pressed`` when its button is pressed."""

    pressed = Signal()

    def __init__(
        self,
        name: str,
        chip: tuple[str, str, ChipKind],
        title: str,
        detail: str,
        button: str,
        note: str = "",
        height: int = 58,
        button_width: int = 118,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFixedHeight(height)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 4, 0)
        row.setSpacing(14)
        ground = QWidget()
        ground.setFixedWidth(110)
        left = QHBoxLayout(ground)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(Chip(*chip))
        left.addStretch(1)
        row.addWidget(ground)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(Runs([Run(title, TASK_BOLD if height > 62 else BODY_BOLD, "ink")]))
        words.addWidget(Runs([Run(detail, DETAIL)]))
        words.addStretch(1)
        row.addLayout(words, 1)
        if note:
            row.addWidget(Label(note, DETAIL, "ink2"))
        self.button = SmallButton(button, name=f"{name}_button")
        self.button.setMinimumWidth(button_width)
        self.button.setAccessibleName(f"{button}: {title}")
        self.button.clicked.connect(lambda: self.pressed.emit())
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)


class TaskList(QWidget):
    """Task rows with hairlines between them."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.rows: list[TaskRow] = []

    def show_rows(self, rows: list[TaskRow]) -> None:
        """Replaces the rows."""
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                # Hidden, not cut loose: its layout may have queued a show, and would show it as a window.
                widget.hide()
                widget.deleteLater()
        self.rows = rows
        for number, row in enumerate(rows):
            if number:
                self._column.addWidget(Hairline())
            self._column.addWidget(row)
        self._column.addStretch(1)


class DoneRow(QWidget):
    """A line of something that is settled: icon, words, and a date or figure at the right end."""

    def __init__(
        self,
        title: str,
        right: str = "",
        icon: str = "check-circle",
        tone: Tone = "ok",
        detail: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(9)
        row.addWidget(IconView(icon, tone, 18 if not detail else 24))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Runs([Run(title, TASK_BOLD if detail else LABEL, "ink")]))
        if detail:
            words.addWidget(Runs([Run(detail, DETAIL)]))
        row.addLayout(words, 1)
        if right:
            row.addWidget(Label(right, TASK_BOLD, tone) if detail else Label(right, DETAIL, "ink2"))
        self.setFixedHeight(60 if detail else 31)
