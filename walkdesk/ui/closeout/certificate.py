"""The certificate on the screen, and its four files for the ward."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QWidget

from walkdesk.domain.problem import Problem
from walkdesk.messages.closeout import CertificateFiles, MakeCertificate, TakeCertificate
from walkdesk.messages.common import FreePaper
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts.buttons import OutlineButton, QuietButton
from walkdesk.ui.look.parts.preview import PdfPreview
from walkdesk.ui.look.parts.sheet import Sheet, SheetHead
from walkdesk.ui.look.parts.text import Label, Paragraph
from walkdesk.ui.look.tokens import DETAIL, HEADLINE, LABEL
from walkdesk.ui.out.exits import choose_folder, write_file
from walkdesk.ui.out.panel import PaperPanel
from walkdesk.ui.shell.page import PageContext


def write_certificate(folder: Path, paper: FreePaper, files: CertificateFiles) -> tuple[Path, ...]:
    """Writes PDF, signed data, signature and public key side by side.

    ``Problem("papers.not_written")`` when one of them cannot be written.
    """
    leaving = files.beside(paper)
    for one in leaving:
        write_file(folder / one.file_name, one)
    return tuple(folder / one.file_name for one in leaving)


class CertificateView(PaperPanel):
    """消去証明書."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        preview = PdfPreview("closeout_preview", tr("closeout.certificate_none"))
        super().__init__(context, "closeout_certificate", preview, parent)
        self._contract = ""
        self.save = OutlineButton(tr("closeout.save_certificate"), "closeout_save", key="Ctrl+S", icon="download")
        self.print = OutlineButton(tr("closeout.print_certificate"), "closeout_print", key="Ctrl+P", icon="printer")
        self.back = QuietButton(tr("forms.back"), "closeout_certificate_back", key="Alt+Left", icon="arrow-left")
        self._lay_out()
        self._connect(self.print, self.save)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self.preview, 3)
        sheet = Sheet("closeout_certificate_sheet", spacing=10)
        sheet.setFixedWidth(330)
        head = SheetHead(tr("closeout.certificate"), right=(self.back,))
        sheet.body.addWidget(head)
        self._number = Label("", HEADLINE, "ink", name="closeout_certificate_number")
        sheet.body.addWidget(self._number)
        sheet.body.addWidget(Paragraph(tr("closeout.certificate_text"), LABEL, "ink"))
        sheet.body.addWidget(self.save)
        sheet.body.addWidget(self.print)
        sheet.body.addWidget(self._note)
        sheet.body.addWidget(Paragraph(tr("closeout.certificate_files"), DETAIL, "ink2"))
        sheet.body.addStretch(1)
        row.addWidget(sheet)

    def load(self, contract: str, number: str) -> None:
        """Asks for the paper."""
        self._contract = contract
        self._note.say("")
        self._number.setText(number)
        self._context.room.ask(MakeCertificate(contract), self._show, self._refused)

    def _show(self, paper: FreePaper) -> None:
        self._keep(paper, tr("closeout.original"))

    def _save(self) -> None:
        paper = self._paper
        folder = choose_folder(self, tr("closeout.save_title")) if paper is not None else None
        if paper is None or folder is None:
            return

        def write(files: CertificateFiles) -> None:
            try:
                written = write_certificate(folder, paper, files)
            except Problem as problem:
                self._refused(problem)
            else:
                self._context.say(tr("closeout.saved", number=files.number, count=len(written), folder=folder.name))

        self._context.room.ask(TakeCertificate(self._contract), write, self._refused)
