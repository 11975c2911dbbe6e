"""返還・引渡し目録 on the screen: classes and counts, no participants, so it may be saved and printed."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from walkdesk.domain.problem import Problem
from walkdesk.messages.common import FreePaper
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.look.parts.buttons import QuietButton, SmallButton
from walkdesk.ui.look.parts.fields import Note
from walkdesk.ui.look.parts.preview import PdfPreview
from walkdesk.ui.out.exits import Printing, choose_pdf, write_file
from walkdesk.ui.shell.page import PageContext


class ListView(QWidget):
    """The list with its buttons."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("closeout_list")
        self._context = context
        self._paper: FreePaper | None = None
        self._printing = Printing(self)
        self.preview = PdfPreview("closeout_list_preview")
        self.back = QuietButton(tr("forms.back"), "closeout_list_back", key="Alt+Left", icon="arrow-left")
        self.save = SmallButton(tr("papers.save"), "closeout_list_save", key="Ctrl+S", icon="download")
        self.print = SmallButton(tr("papers.print"), "closeout_list_print", key="Ctrl+P", icon="printer")
        self._note = Note("closeout_list_problem")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        buttons.addWidget(self.save)
        buttons.addWidget(self.print)
        column.addLayout(buttons)
        column.addWidget(self._note)
        column.addWidget(self.preview, 1)
        self.save.clicked.connect(self._save)
        self.print.clicked.connect(lambda: self._printing.find(self._print))

    def show_paper(self, paper: FreePaper) -> None:
        """Another list."""
        self._paper = paper
        self._note.say("")
        self.preview.show_paper(paper.pdf, paper.title, tr("papers.original"))

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
