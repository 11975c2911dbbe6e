"""A register or an incident's report on the screen: looked at, printed, saved. It tells of no participant."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from walkdesk.messages.common import FreePaper
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts import OutlineButton, Paragraph, PrimaryButton, Sheet, SheetHead
from walkdesk.ui.look.parts.preview import PdfPreview
from walkdesk.ui.look.tokens import BODY
from walkdesk.ui.out.panel import PaperPanel
from walkdesk.ui.shell.page import PageContext


class RegisterPaper(PaperPanel):
    """The paper with its two ways out. ``left`` when the person goes back to the register."""

    left = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(
            context, "registers_paper", PdfPreview("registers_preview", tr("registers.paper_empty")), parent
        )
        sheet = Sheet("registers_paper_sheet", spacing=12)
        sheet.setFixedWidth(288)
        self._head = SheetHead("")
        sheet.body.addWidget(self._head)
        sheet.body.addWidget(Paragraph(tr("registers.paper_text"), BODY))
        self.print = PrimaryButton(tr("registers.paper_print"), "registers_paper_print", key="Ctrl+P", icon="printer")
        self.save = OutlineButton(tr("registers.paper_save"), "registers_paper_save", key="Ctrl+S", icon="download")
        self.back = OutlineButton(tr("registers.paper_back"), "registers_paper_back", key="Esc")
        for widget in (self.print, self.save, self.back, self._note):
            sheet.body.addWidget(widget)
        sheet.body.addStretch(1)
        self._stand_beside(sheet)
        self._connect(self.print, self.save)
        self.back.clicked.connect(self.left)

    def show_paper(self, paper: FreePaper) -> None:
        """Another paper."""
        self._note.say("")
        self._head.show_facts("", paper.title)
        self._keep(paper)
        self.print.setFocus()
