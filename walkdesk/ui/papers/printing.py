"""印刷の設定: how far each printer is off, which window envelope and which labels are used; and sheets to try it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from walkdesk.domain.problem import Problem
from walkdesk.messages.common import Done, FreePaper
from walkdesk.messages.printing import LookAtPrinting, MakeCalibrationSheet, MakeTestPage, PrintingSettings, SetPrinter
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts.preview import PdfPreview
from walkdesk.ui.look.parts.sheet import scrolling
from walkdesk.ui.out.exits import PrintHow
from walkdesk.ui.out.panel import PaperColumn
from walkdesk.ui.papers.part import Primary
from walkdesk.ui.papers.printersheet import PrinterSheet
from walkdesk.ui.papers.windowsheet import WindowSheet
from walkdesk.ui.shell.page import PageContext

_WIDE = 1080
_PAPER = (400, 330)


class PrintingPart(PaperColumn):
    """The tab. F4 keeps what was changed; the sheets to try it appear at the right and go to the chosen printer."""

    def __init__(self, context: PageContext, changed: Callable[[], None]) -> None:
        preview = PdfPreview("papers_printing_preview", tr("printing.empty"))
        super().__init__(context, "papers_printing", preview)
        self._changed = changed
        self._settings: PrintingSettings | None = None
        self._names: tuple[str, ...] = ()
        self.printers = PrinterSheet()
        self.papers = WindowSheet()
        self._beside = QWidget()
        self._lay_out()
        self._offer()
        self.printers.calibrate.clicked.connect(self._calibrate)
        self.printers.test.clicked.connect(lambda: self._make(MakeTestPage(self.printers.printer())))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        column.addWidget(self.printers)
        column.addWidget(self.papers)
        column.addStretch(1)
        row.addWidget(scrolling(left, "papers_printing_area"), 1)
        self._beside.setLayout(self._column())
        row.addWidget(self._beside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # In a small window the paper gives way, and not the fields.
        self._beside.setFixedWidth(_PAPER[event.size().width() < _WIDE])
        super().resizeEvent(event)

    def begin(self) -> None:
        """Puts the keyboard into the list of printers."""
        self.printers.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def load(self) -> None:
        """Asks for the settings, and the PC for its printers."""
        self._context.room.ask(LookAtPrinting(), self._show, self._refused)
        self._printing.find(self._found)

    def primary(self) -> Primary:
        """What was changed is kept."""
        return Primary(tr("printing.keep"), self._settings is not None, tr("printing.facts"))

    def act(self) -> None:
        """Keeps what was changed: of the printer, of the window, of the labels."""
        of_printer, of_paper = self.printers.changes(), self.papers.changes()
        if of_printer is not None and of_paper is not None:
            self._send([*of_printer, *of_paper])

    def problem(self) -> str:
        """What stands above the paper."""
        return self._note.text()

    def _send(self, messages: list[object]) -> None:
        """One after the other; what is kept is looked at again after the last one."""
        if not messages:
            self._context.say(tr("printing.kept"))
            self._context.room.ask(LookAtPrinting(), self._show, self._refused)
            return
        first, *others = messages

        def kept(_done: Done) -> None:
            self._send(others)

        def refused(problem: Problem) -> None:
            (self.printers if isinstance(first, SetPrinter) else self.papers).form.show_problem(problem)

        self._context.room.ask(first, kept, refused)

    def _found(self, names: tuple[str, ...]) -> None:
        self._names = names
        if self._settings is not None:
            self.printers.show_printers(self._settings, names)

    def _show(self, settings: PrintingSettings) -> None:
        fresh, self._settings = settings != self._settings, settings
        if fresh:  # what is being typed is not taken away by somebody else's change elsewhere
            self.papers.show_settings(settings)
            self.printers.show_printers(settings, self._names)
        self._changed()

    def _calibrate(self) -> None:
        kind, _, key = self.printers.what.chosen().partition(":")
        self._make(MakeCalibrationSheet(kind, key, self.printers.printer()))

    def _make(self, question: object) -> None:
        self._note.say("")
        self._context.room.ask(question, self._made, self._refused)

    def _made(self, paper: FreePaper) -> None:
        self._keep(paper)
        self._offer()

    def _how(self) -> PrintHow:
        """On the printer for which the sheet was made."""
        printer = self.printers.printer()
        return PrintHow(printer if printer in self._names else "", "", self.printers.grey.isChecked())
