"""個別消去の記録: the erasures of the contract and the certificate of each, which names nobody."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from walkdesk.messages.common import FreePaper
from walkdesk.messages.withdrawal import ErasureRegister, ListErasures, MakeErasurePaper
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts import Column, EmptyState, FactsTable, Row, Sheet, SmallButton
from walkdesk.ui.look.parts.preview import PdfPreview
from walkdesk.ui.look.tokens import SHEET_GAP
from walkdesk.ui.out.panel import PaperColumn
from walkdesk.ui.shell.page import PageContext
from walkdesk.ui.words import moment


class ErasuresView(PaperColumn):
    """The list at the left, the opened certificate at the right."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        preview = PdfPreview("erasures_preview", tr("withdrawal.register_facts"))
        super().__init__(context, "erasures", preview, parent)
        columns = [
            Column(tr("withdrawal.table.number"), 152, "strong"),
            Column(tr("withdrawal.table.at"), 140),
            Column(tr("withdrawal.table.reason")),
        ]
        self.table = FactsTable(columns, "erasures_table", tr("withdrawal.register"))
        self._none = EmptyState("inbox", tr("withdrawal.register_none"), name="erasures_none")
        self.open = SmallButton(tr("withdrawal.open"), "erasures_open", key="Alt+O", icon="document")
        self._lay_out()
        self.table.opened.connect(lambda _key: self._open())
        self.open.clicked.connect(self._open)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SHEET_GAP)
        left = Sheet("erasures_sheet", tight=True, spacing=0)
        left.body.addWidget(self.table, 1)
        left.body.addWidget(self._none, 1)
        row.addWidget(left, 6)
        row.addLayout(self._column(self.open), 5)

    def begin(self) -> None:
        """Loads the list anew; no certificate is open."""
        self._paper = None
        self._note.say("")
        self._offer()
        self._context.room.ask(ListErasures(), self._show, self._refused)

    def _show(self, register: ErasureRegister) -> None:
        rows = [
            Row(one.number, (one.number, moment(one.at), tr(f"withdrawal.reason.{one.reason}")))
            for one in register.rows
        ]
        self.table.show_rows(rows)
        self.table.setVisible(bool(rows))
        self._none.setVisible(not rows)
        self.open.setEnabled(bool(rows))
        if rows:
            self.table.select(rows[0].key)
            self.table.setFocus()

    def _open(self) -> None:
        number = self.table.current()
        if number is not None:
            self._note.say("")
            self._context.room.ask(MakeErasurePaper(number), self._show_paper, self._refused)

    def _show_paper(self, paper: FreePaper) -> None:
        self._keep(paper, tr("papers.original"))
        self._offer()
