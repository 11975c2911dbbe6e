"""返還・引渡し目録 on the screen: classes and counts, no participants, so it may be saved and printed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from walkdesk.messages.common import FreePaper
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts.buttons import QuietButton
from walkdesk.ui.look.parts.preview import PdfPreview
from walkdesk.ui.out.panel import PaperColumn
from walkdesk.ui.shell.page import PageContext


class ListView(PaperColumn):
    """The list with its buttons."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, "closeout_list", PdfPreview("closeout_list_preview"), parent)
        self.back = QuietButton(tr("forms.back"), "closeout_list_back", key="Alt+Left", icon="arrow-left")
        self.setLayout(self._column(self.back))

    def show_paper(self, paper: FreePaper) -> None:
        """Another list."""
        self._note.say("")
        self._keep(paper, tr("papers.original"))
