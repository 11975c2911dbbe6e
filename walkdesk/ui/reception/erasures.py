"""個別消去の記録: the erasures of the contract and the certificate of each, which names nobody."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from walkdesk.domain.problem import Problem
from walkdesk.messages.common import FreePaper
from walkdesk.messages.withdrawal import ErasureRegister, ListErasures, MakeErasurePaper
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.look.parts import Column, EmptyState, FactsTable, Note, Row, Sheet, SmallButton
from walkdesk.ui.look.parts.preview import PdfPreview
from walkdesk.ui.look.tokens import SHEET_GAP
from walkdesk.ui.out.exits import Printing, choose_pdf, write_file
from walkdesk.ui.shell.page import PageContext
from walkdesk.ui.words import moment


class ErasuresView(QWidget):
    """The list at the left, the opened certificate at the right."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("erasures")
        self._context = context
        self._paper: FreePaper | None = None
        self._printing = Printing(self)
        columns = [
            Column(tr("withdrawal.table.number"), 152, "strong"),
            Column(tr("withdrawal.table.at"), 140),
            Column(tr("withdrawal.table.reason")),
        ]
        self.table = FactsTable(columns, "erasures_table", tr("withdrawal.register"))
        self._none = EmptyState("inbox", tr("withdrawal.register_none"), name="erasures_none")
        self.open = SmallButton(tr("withdrawal.open"), "erasures_open", key="Alt+O", icon="document")
        self.save = SmallButton(tr("papers.save"), "erasures_save", key="Ctrl+S", icon="download")
        self.print = SmallButton(tr("papers.print"), "erasures_print", key="Ctrl+P", icon="printer")
        self._note = Note("erasures_problem")
        self.preview = PdfPreview("erasures_preview", tr("withdrawal.register_facts"))
        self._lay_out()
        self.table.opened.connect(lambda _key: self._open())
        self.open.clicked.connect(self._open)
        self.save.clicked.connect(self._save)
        self.print.clicked.connect(lambda: self._printing.find(self._print))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SHEET_GAP)
        left = Sheet("erasures_sheet", tight=True, spacing=0)
        left.body.addWidget(self.table, 1)
        left.body.addWidget(self._none, 1)
        row.addWidget(left, 6)
        right = QVBoxLayout()
        right.setSpacing(8)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addWidget(self.open)
        buttons.addStretch(1)
        buttons.addWidget(self.save)
        buttons.addWidget(self.print)
        right.addLayout(buttons)
        right.addWidget(self._note)
        right.addWidget(self.preview, 1)
        row.addLayout(right, 5)

    def begin(self) -> None:
        """Loads the list anew; no certificate is open."""
        self._paper = None
        self._note.say("")
        self.save.setEnabled(False)
        self.print.setEnabled(False)
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
        self._paper = paper
        self.preview.show_paper(paper.pdf, paper.title, tr("papers.original"))
        self.save.setEnabled(True)
        self.print.setEnabled(True)

    def _refused(self, problem: Problem) -> None:
        self._note.say(sentence(problem))

    def _save(self) -> None:
        paper = self._paper
        path = choose_pdf(self, paper) if paper is not None else None
        if paper is None or path is None:
            return
        try:
            write_file(path, paper)
        except Problem as problem:
            self._refused(problem)
        else:
            self._context.say(tr("papers.saved", name=path.name))

    def _print(self, names: tuple[str, ...]) -> None:
        paper = self._paper
        if paper is None:
            return
        if not names:
            self._refused(Problem("releases.no_printer"))
            return
        done = tr("papers.printed", pages=paper.pages)
        self._printing.send(paper, lambda: self._context.say(done), self._refused)
