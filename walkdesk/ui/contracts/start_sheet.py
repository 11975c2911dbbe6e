"""開始届: who is designated and the fingerprint of the office's key, on a paper for the ward (特記事項 13)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from walkdesk.domain.problem import Problem
from walkdesk.messages.common import FreePaper
from walkdesk.messages.contracts import MakeStartSheet
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.look.parts import Note, OutlineButton, Paragraph, Sheet, SheetHead
from walkdesk.ui.look.parts.preview import PdfPreview
from walkdesk.ui.look.tokens import BODY, SHEET_GAP
from walkdesk.ui.out.exits import Printing, choose_pdf, write_file
from walkdesk.ui.shell.page import PageContext


class StartSheetView(QWidget):
    """The paper and what to do with it. ``report_wanted`` when the ward has it."""

    report_wanted = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._paper: FreePaper | None = None
        self._printing = Printing(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SHEET_GAP + 2)
        sheet = Sheet("start_sheet", spacing=12)
        sheet.setFixedWidth(370)
        sheet.body.addWidget(SheetHead(tr("contracts.start_title"), note=tr("contracts.clause", clause=13)))
        sheet.body.addWidget(Paragraph(tr("contracts.start_text"), BODY))
        self.print = OutlineButton(tr("contracts.start_print"), "start_print", key="Ctrl+P", icon="printer")
        self.save = OutlineButton(tr("contracts.start_save"), "start_save", key="Ctrl+S", icon="download")
        report = OutlineButton(tr("contracts.start_report"), "start_report", key="Alt+R", icon="pencil")
        self.print.clicked.connect(self._print)
        self.save.clicked.connect(self._save)
        report.clicked.connect(self.report_wanted)
        for button in (self.print, self.save, report):
            sheet.body.addWidget(button)
        self._note = Note("start_problem")
        sheet.body.addWidget(self._note)
        sheet.body.addStretch(1)
        row.addWidget(sheet)
        beside = QVBoxLayout()
        self.preview = PdfPreview("start_preview", tr("contracts.start_empty"))
        beside.addWidget(self.preview, 1)
        row.addLayout(beside, 1)
        self._offer()

    def load(self) -> None:
        """Makes the paper as it would be today."""
        self._note.say("")
        self._context.room.ask(MakeStartSheet(), self._show, self._refused)

    def _show(self, paper: FreePaper) -> None:
        self._paper = paper
        self.preview.show_paper(paper.pdf, paper.title, tr("papers.original"))
        self._offer()

    def _refused(self, problem: Problem) -> None:
        self._note.say(sentence(problem))

    def _offer(self) -> None:
        for button in (self.print, self.save):
            button.setEnabled(self._paper is not None)

    def _save(self) -> None:
        path = choose_pdf(self, self._paper) if self._paper is not None else None
        if self._paper is None or path is None:
            return
        try:
            write_file(path, self._paper)
        except Problem as problem:
            self._refused(problem)
        else:
            self._context.say(tr("papers.saved", name=path.name))

    def _print(self) -> None:
        paper = self._paper
        if paper is None:
            return

        def found(names: tuple[str, ...]) -> None:
            if not names:
                self._refused(Problem("releases.no_printer"))
                return
            done = tr("papers.printed", pages=paper.pages)
            self._printing.send(paper, lambda: self._context.say(done), self._refused)

        self._printing.find(found)
