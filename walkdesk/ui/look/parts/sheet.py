"""Paper on the desk: white sheets, their heads, the head of a page, insets and rows."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from walkdesk.ui.look import paint
from walkdesk.ui.look.parts.text import Run, Runs
from walkdesk.ui.look.tokens import (
    BODY,
    BUTTON,
    DETAIL,
    PAGE_HEAD,
    PAGE_LEFT,
    PAGE_RIGHT,
    RADIUS_FIELD,
    RADIUS_SHEET,
    SECTION,
    SHEET_GAP,
    SHEET_PAD_X,
    SHEET_PAD_Y,
    TITLE,
    Tone,
)


class Sheet(QFrame):
    """A white sheet with a hairline. ``body`` is its column; ``tight`` leaves the padding to the content."""

    def __init__(self, name: str = "", tight: bool = False, spacing: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.body = QVBoxLayout(self)
        self.body.setSpacing(spacing)
        if tight:
            self.body.setContentsMargins(1, 1, 1, 1)
        else:
            self.body.setContentsMargins(SHEET_PAD_X, SHEET_PAD_Y, SHEET_PAD_X, SHEET_PAD_Y)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        paint.box(painter, QRectF(self.rect()), RADIUS_SHEET, paint.color("surface"), paint.color("line"))
        painter.end()


class Inset(QFrame):
    """A tinted area inside a sheet, radius 6. ``row`` lays out from left to right."""

    def __init__(self, ground: Tone = "canvas", name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._ground = ground
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(14, 10, 14, 10)
        self.row.setSpacing(12)

    def set_ground(self, ground: Tone) -> None:
        """Another tint."""
        self._ground = ground
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        # With no tints (high contrast) the area would be lost without a border.
        plain = paint.color(self._ground) == paint.color("surface")
        border = paint.color("line") if plain else None
        paint.box(painter, QRectF(self.rect()), RADIUS_FIELD, paint.color(self._ground), border)
        painter.end()


class SheetHead(QWidget):
    """The head of a sheet: section title, facts beside it, a note or widgets at the right."""

    def __init__(
        self,
        title: str,
        facts: str = "",
        note: str = "",
        facts_tone: Tone = "ink2",
        right: Iterable[QWidget] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title, self._tone = title, facts_tone
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._left = Runs()
        self._note = Runs([Run(note, DETAIL)] if note else [])
        row.addWidget(self._left, 1)
        row.addWidget(self._note)
        for widget in right:
            row.addWidget(widget)
        self.show_facts(facts)

    def show_facts(self, facts: str, title: str | None = None) -> None:
        """Replaces the facts beside the title, and the title when given."""
        self._title = title if title is not None else self._title
        self._left.show_runs([Run(self._title, SECTION, "ink"), *([Run(facts, BODY, self._tone)] if facts else [])])

    def show_note(self, note: str) -> None:
        """Replaces the note at the right."""
        self._note.show_runs([Run(note, DETAIL)] if note else [])


class PageHead(QWidget):
    """The head of a page: title, one line of facts, the buttons at the right with the primary one last."""

    def __init__(
        self, title: str, facts: str = "", buttons: Iterable[QWidget] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._title = title
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 10, 0, 2)
        self._row.setSpacing(14)
        self._words = Runs(name="page_title")
        self._words.setFixedHeight(BUTTON)
        self._row.addWidget(self._words, 1, Qt.AlignmentFlag.AlignTop)
        self.setMinimumHeight(PAGE_HEAD)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for button in buttons:
            self.add_button(button)
        self.show_facts(facts)

    def add_button(self, button: QWidget) -> None:
        """One more button at the right end."""
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addSpacing(max(0, (BUTTON - button.sizeHint().height()) // 2))  # a lower one stands in the middle
        column.addWidget(button)
        column.addStretch(1)
        self._row.addLayout(column)

    def show_facts(self, facts: str, title: str | None = None) -> None:
        """Replaces the facts, and the title when given."""
        self._title = title if title is not None else self._title
        runs = [Run(self._title, TITLE, "ink")]
        if facts:
            runs.append(Run(facts, BODY, "ink2", gap=18))
        self._words.show_runs(runs)

    def text(self) -> str:
        """Title and facts as words."""
        return self._words.text()


def page_column(page: QWidget) -> QVBoxLayout:
    """The column of a page: its margins, and the gap between its head and its sheets."""
    column = QVBoxLayout(page)
    column.setContentsMargins(PAGE_LEFT, 0, PAGE_RIGHT, SHEET_GAP)
    column.setSpacing(SHEET_GAP)
    return column


def scrolling(content: QWidget, name: str) -> QScrollArea:
    """Lets a tall part scroll up and down; the keyboard reaches it through what it holds."""
    area = QScrollArea()
    area.setObjectName(name)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
    content.setAutoFillBackground(False)
    area.setWidget(content)
    return area
