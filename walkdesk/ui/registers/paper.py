"""A register or an incident's report on the screen: looked at, printed, saved. It tells of no participant."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from walkdesk.domain.problem import Problem
from walkdesk.messages.common import FreePaper
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.look.parts import Note, OutlineButton, Paragraph, PrimaryButton, Sheet, SheetHead
from walkdesk.ui.look.parts.preview import PdfPreview
from walkdesk.ui.look.tokens import BODY, SHEET_GAP
from walkdesk.ui.out.exits import Printing, choose_pdf, write_file
from walkdesk.ui.shell.page import PageContext


class RegisterPaper(QWidget):
    """The paper with its two ways out. ``left`` when the person goes back to the register."""

    left = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("registers_paper")
        self._context = context
        self._paper: FreePaper | None = None
        self._printing = Printing(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SHEET_GAP + 2)
        sheet = Sheet("registers_paper_sheet", spacing=12)
        sheet.setFixedWidth(288)
        self._head = SheetHead("")
        sheet.body.addWidget(self._head)
        sheet.body.addWidget(Paragraph(tr("registers.paper_text"), BODY))
        self.print = PrimaryButton(tr("registers.paper_print"), "registers_paper_print", key="Ctrl+P", icon="printer")
        self.save = OutlineButton(tr("registers.paper_save"), "registers_paper_save", key="Ctrl+S", icon="download")
        self.back = OutlineButton(tr("registers.paper_back"), "registers_paper_back", key="Esc")
        self._note = Note("registers_paper_problem")
        for widget in (self.print, self.save, self.back, self._note):
            sheet.body.addWidget(widget)
        sheet.body.addStretch(1)
        row.addWidget(sheet)
        beside = QVBoxLayout()
        self.preview = PdfPreview("registers_preview", tr("registers.paper_empty"))
        beside.addWidget(self.preview, 1)
        row.addLayout(beside, 1)
        self.print.clicked.connect(lambda: self._printing.find(self._print))
        self.save.clicked.connect(self._save)
        self.back.clicked.connect(self.left)

    def show_paper(self, paper: FreePaper) -> None:
        """Another paper."""
        self._paper = paper
        self._note.say("")
        self._head.show_facts("", paper.title)
        self.preview.show_paper(paper.pdf, paper.title)
        self.print.setFocus()

    def _refused(self, problem: Problem) -> None:
        self._note.say(sentence(problem))

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

    def _print(self, names: tuple[str, ...]) -> None:
        paper = self._paper
        if paper is None:
            return
        if not names:
            self._refused(Problem("releases.no_printer"))
            return
        done = tr("papers.printed", pages=paper.pages)
        self._printing.send(paper, lambda: self._context.say(done), self._refused)
