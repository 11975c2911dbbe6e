"""A recovery sheet on the screen: it is shown once, printed from memory, and never saved."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from walkdesk.messages.common import FreePaper
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts import OutlineButton, Paragraph, PrimaryButton, Sheet, SheetHead
from walkdesk.ui.look.parts.preview import PdfPreview
from walkdesk.ui.look.tokens import BODY
from walkdesk.ui.out.panel import PaperPanel
from walkdesk.ui.shell.page import PageContext


class SheetPaper(PaperPanel):
    """The paper with what to do with it. ``put_away`` when it is printed and sealed."""

    put_away = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, "keys_paper", PdfPreview("keys_preview"), parent)
        sheet = Sheet("keys_paper_sheet", spacing=12)
        sheet.setFixedWidth(370)
        self._head = SheetHead("")
        sheet.body.addWidget(self._head)
        sheet.body.addWidget(Paragraph(tr("keys.paper_text"), BODY))
        self.print = PrimaryButton(tr("keys.paper_print"), "keys_paper_print", key="Ctrl+P", icon="printer")
        self.done = OutlineButton(tr("keys.paper_done"), "keys_paper_done", key="F4", icon="check")
        sheet.body.addWidget(self.print)
        sheet.body.addWidget(self.done)
        sheet.body.addWidget(self._note)
        sheet.body.addStretch(1)
        self._stand_beside(sheet)
        self._connect(self.print)
        self.done.clicked.connect(self.put_away)

    def show_paper(self, paper: FreePaper) -> None:
        """The one time that the sheet is seen."""
        self._note.say("")
        self._head.show_facts("", paper.title)
        self._keep(paper)
        self.print.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever looks elsewhere does not find the code again."""
        self._paper = None
        self.preview.clear()
        super().hideEvent(event)

    def _printed(self, paper: FreePaper) -> str:
        return tr("keys.paper_printed")
