"""開始届: who is designated and the fingerprint of the office's key, on a paper for the ward (特記事項 13)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from walkdesk.messages.common import FreePaper
from walkdesk.messages.contracts import MakeStartSheet
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts import OutlineButton, Paragraph, Sheet, SheetHead
from walkdesk.ui.look.parts.preview import PdfPreview
from walkdesk.ui.look.tokens import BODY
from walkdesk.ui.out.panel import PaperPanel
from walkdesk.ui.shell.page import PageContext


class StartSheetView(PaperPanel):
    """The paper and what to do with it. ``report_wanted`` when the ward has it."""

    report_wanted = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, "start", PdfPreview("start_preview", tr("contracts.start_empty")), parent)
        sheet = Sheet("start_sheet", spacing=12)
        sheet.setFixedWidth(370)
        sheet.body.addWidget(SheetHead(tr("contracts.start_title"), note=tr("contracts.clause", clause=13)))
        sheet.body.addWidget(Paragraph(tr("contracts.start_text"), BODY))
        self.print = OutlineButton(tr("contracts.start_print"), "start_print", key="Ctrl+P", icon="printer")
        self.save = OutlineButton(tr("contracts.start_save"), "start_save", key="Ctrl+S", icon="download")
        report = OutlineButton(tr("contracts.start_report"), "start_report", key="Alt+R", icon="pencil")
        report.clicked.connect(self.report_wanted)
        for button in (self.print, self.save, report):
            sheet.body.addWidget(button)
        sheet.body.addWidget(self._note)
        sheet.body.addStretch(1)
        self._stand_beside(sheet)
        self._connect(self.print, self.save)
        self._offer()

    def load(self) -> None:
        """Makes the paper as it would be today."""
        self._note.say("")
        self._context.room.ask(MakeStartSheet(), self._show, self._refused)

    def _show(self, paper: FreePaper) -> None:
        self._keep(paper, tr("papers.original"))
        self._offer()
