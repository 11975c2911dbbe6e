"""What lies on the cards desk: the month at the left, the card in the middle, keys and undo at the right."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from walkdesk.messages.cards import CardSheet
from walkdesk.ui.cards.paper import CardPaper
from walkdesk.ui.cards.rows import value_words
from walkdesk.ui.cards.side import BatchSheet, HeldSheet, KeysSheet, UndoSheet
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts.buttons import OutlineButton, PrimaryButton
from walkdesk.ui.look.parts.sheet import PageHead, page_column
from walkdesk.ui.shell.page import Page, PageContext

_WITH_HELP = 1080


class CardsDesk(Page):
    """The parts and how they lie. ``CardsPage`` does the work."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._finish = PrimaryButton(tr("cards.finish"), "cards_finish", cap="＋")
        self._other = OutlineButton(tr("cards.other"), "cards_other", key="F2")
        self._head = PageHead(tr("cards.title"), buttons=(self._other, self._finish))
        self.batch = BatchSheet()
        self.paper = CardPaper()
        self._undo = UndoSheet()
        self._held = HeldSheet()
        self._lay_out()

    def _lay_out(self) -> None:
        column = page_column(self)
        column.addWidget(self._head)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self.batch)
        row.addWidget(self.paper, 1)
        self._right = QWidget()
        self._right.setFixedWidth(222)
        sheets = QVBoxLayout(self._right)
        sheets.setContentsMargins(0, 0, 0, 0)
        sheets.setSpacing(12)
        sheets.addWidget(KeysSheet())
        sheets.addWidget(self._undo)
        sheets.addWidget(self._held, 1)
        row.addWidget(self._right)
        column.addLayout(row, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # In a small window the card keeps its two columns; the help at the right gives way.
        self._right.setVisible(event.size().width() >= _WITH_HELP)
        super().resizeEvent(event)

    def _show_undo_of(self, card: CardSheet) -> None:
        day, colon, before = card.undo.partition(":")
        if not colon:
            self._undo.show_nothing()
            return
        now = card.days[int(day) - 1]
        was = f"{int(before):,}" if before.isdigit() else tr(f"cards.state.{before}")
        self._undo.show_saved(now.day, value_words(now), was)
