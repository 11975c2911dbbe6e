"""A recovery sheet on the screen: it is shown once, printed from memory, and never saved."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from walkdesk.domain.problem import Problem
from walkdesk.messages.common import FreePaper
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.look.parts import Note, OutlineButton, Paragraph, PrimaryButton, Sheet, SheetHead
from walkdesk.ui.look.parts.preview import PdfPreview
from walkdesk.ui.look.tokens import BODY, SHEET_GAP
from walkdesk.ui.out.exits import Printing
from walkdesk.ui.shell.page import PageContext


class SheetPaper(QWidget):
    """The paper with what to do with it. ``put_away`` when it is printed and sealed."""

    put_away = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("keys_paper")
        self._context = context
        self._paper: FreePaper | None = None
        self._printing = Printing(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SHEET_GAP + 2)
        sheet = Sheet("keys_paper_sheet", spacing=12)
        sheet.setFixedWidth(370)
        self._head = SheetHead("")
        sheet.body.addWidget(self._head)
        sheet.body.addWidget(Paragraph(tr("keys.paper_text"), BODY))
        self.print = PrimaryButton(tr("keys.paper_print"), "keys_paper_print", key="Ctrl+P", icon="printer")
        self.done = OutlineButton(tr("keys.paper_done"), "keys_paper_done", key="F4", icon="check")
        sheet.body.addWidget(self.print)
        sheet.body.addWidget(self.done)
        self._note = Note("keys_paper_problem")
        sheet.body.addWidget(self._note)
        sheet.body.addStretch(1)
        row.addWidget(sheet)
        beside = QVBoxLayout()
        self.preview = PdfPreview("keys_preview")
        beside.addWidget(self.preview, 1)
        row.addLayout(beside, 1)
        self.print.clicked.connect(lambda: self._printing.find(self._print))
        self.done.clicked.connect(self.put_away)

    def show_paper(self, paper: FreePaper) -> None:
        """The one time that the sheet is seen."""
        self._paper = paper
        self._note.say("")
        self._head.show_facts("", paper.title)
        self.preview.show_paper(paper.pdf, paper.title)
        self.print.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever looks elsewhere does not find the code again."""
        self._paper = None
        self.preview.clear()
        super().hideEvent(event)

    def _refused(self, problem: Problem) -> None:
        self._note.say(sentence(problem))

    def _print(self, names: tuple[str, ...]) -> None:
        paper = self._paper
        if paper is None:
            return
        if not names:
            self._refused(Problem("releases.no_printer"))
            return
        done = tr("keys.paper_printed")
        self._printing.send(paper, lambda: self._context.say(done), self._refused)
