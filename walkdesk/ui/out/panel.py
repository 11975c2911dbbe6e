"""A free paper on the screen with its two ways out: printed and, where that is allowed, saved."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from walkdesk.domain.problem import Problem
from walkdesk.messages.common import FreePaper
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.look.parts.buttons import Button, SmallButton
from walkdesk.ui.look.parts.fields import Note
from walkdesk.ui.look.parts.preview import PdfPreview
from walkdesk.ui.look.parts.sheet import Sheet
from walkdesk.ui.look.tokens import SHEET_GAP
from walkdesk.ui.out.exits import USUAL, PrintHow, Printing, choose_pdf, write_file
from walkdesk.ui.shell.page import PageContext


class PaperPanel(QWidget):
    """The paper that is shown, its note for problems and what the buttons do; each desk's panel lays them out."""

    def __init__(self, context: PageContext, name: str, preview: PdfPreview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._context = context
        self._paper: FreePaper | None = None
        self._printing = Printing(self)
        self._note = Note(f"{name}_problem")
        self._exits: tuple[Button, ...] = ()
        self.preview = preview

    def _connect(self, printing: Button, saving: Button | None = None) -> None:
        """Gives the buttons their work."""
        printing.clicked.connect(lambda: self._printing.find(self._print))
        self._exits = (printing,)
        if saving is not None:
            saving.clicked.connect(self._save)
            self._exits = (printing, saving)

    def _stand_beside(self, sheet: Sheet) -> None:
        """The sheet with the words and the buttons at the left, the paper at the right."""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SHEET_GAP + 2)
        row.addWidget(sheet)
        beside = QVBoxLayout()
        beside.addWidget(self.preview, 1)
        row.addLayout(beside, 1)

    def _keep(self, paper: FreePaper, caption: str = "") -> None:
        """Shows another paper; ``caption`` stands above it at the right."""
        self._paper = paper
        self.preview.show_paper(paper.pdf, paper.title, caption)

    def _offer(self) -> None:
        """Without a paper nothing can leave."""
        for button in self._exits:
            button.setEnabled(self._paper is not None)

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
            can_save = len(self._exits) > 1
            self._refused(Problem("releases.no_printer") if can_save else Problem("printing.no_printer"))
            return
        done = self._printed(paper)
        self._printing.send(paper, lambda: self._context.say(done), self._refused, self._how())

    def _how(self) -> PrintHow:
        """On which printer; the usual one."""
        return USUAL

    def _printed(self, paper: FreePaper) -> str:
        """What is said when the printer has it."""
        return tr("papers.printed", pages=paper.pages)


class PaperColumn(PaperPanel):
    """A panel with small buttons above its paper."""

    def __init__(self, context: PageContext, name: str, preview: PdfPreview, parent: QWidget | None = None) -> None:
        super().__init__(context, name, preview, parent)
        self.save = SmallButton(tr("papers.save"), f"{name}_save", key="Ctrl+S", icon="download")
        self.print = SmallButton(tr("papers.print"), f"{name}_print", key="Ctrl+P", icon="printer")
        self._connect(self.print, self.save)

    def _column(self, first: Button | None = None) -> QVBoxLayout:
        """The buttons, the note and the paper, one below the other; ``first`` stands at the left of the buttons."""
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        if first is not None:
            buttons.addWidget(first)
        buttons.addStretch(1)
        buttons.addWidget(self.save)
        buttons.addWidget(self.print)
        column.addLayout(buttons)
        column.addWidget(self._note)
        column.addWidget(self.preview, 1)
        return column
