"""Paper out of the printer, without a file of ours in between.

On Linux the bytes go to ``lp`` on its standard input: Qt's own way there writes a temporary file first. On Windows
the pages are drawn as pictures.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, QProcess, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from walkdesk.domain.problem import Problem
from walkdesk.ui.look.parts.preview import page_image, page_sizes

_DOTS = 300
"""Dots an inch of a page that is drawn as a picture."""


class Printing(QObject):
    """Finds a printer and prints; calls back, never blocks on Linux."""

    def find(self, then: Callable[[tuple[str, ...]], None]) -> None:
        """The names of the printers of this PC, the usual one first; none is an empty tuple."""
        if sys.platform == "win32":
            usual = QPrinterInfo.defaultPrinterName()
            names = QPrinterInfo.availablePrinterNames()
            then(tuple(sorted(names, key=lambda name: name != usual)))
            return

        def ended(output: str, code: int) -> None:
            then(tuple(line.strip() for line in output.splitlines() if line.strip()) if code == 0 else ())

        self._run("lpstat", ["-e"], b"", ended)

    def send(
        self, pdf: bytes, title: str, then: Callable[[], None], otherwise: Callable[[Problem], None]
    ) -> None:
        """Prints a paper. ``title`` is what the queue shows: a serial, never a person."""
        if sys.platform == "win32":
            try:
                _draw_pages(pdf, title)
            except Problem as problem:
                otherwise(problem)
            else:
                then()
            return

        def ended(_output: str, code: int) -> None:
            if code == 0:
                then()
            else:
                otherwise(Problem("releases.print_failed"))

        self._run("lp", ["-s", "-t", title], pdf, ended)

    def _run(self, program: str, arguments: list[str], given: bytes, then: Callable[[str, int], None]) -> None:
        process = QProcess(self)
        process.setProgram(program)
        process.setArguments(arguments)

        def finished(code: int, _status: object = None) -> None:
            output = bytes(process.readAllStandardOutput().data()).decode("utf-8", "replace")
            process.deleteLater()
            then(output, code)

        def failed(error: QProcess.ProcessError) -> None:
            if error is QProcess.ProcessError.FailedToStart:
                process.deleteLater()
                then("", -1)

        process.finished.connect(finished)
        process.errorOccurred.connect(failed)
        process.start()
        if given:
            process.write(given)
        process.closeWriteChannel()


def _draw_pages(pdf: bytes, title: str) -> None:
    """Prints on the usual printer with Qt; ``Problem`` when it does not take the pages."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setFullPage(True)
    painter = QPainter()
    try:
        if not painter.begin(printer):
            raise Problem("releases.print_failed")
        whole = QRectF(printer.pageRect(QPrinter.Unit.DevicePixel))
        for number, (wide, _tall) in enumerate(page_sizes(pdf)):
            if number and not printer.newPage():
                raise Problem("releases.print_failed")
            painter.drawImage(whole, page_image(pdf, number, round(wide / 72 * _DOTS)))
    finally:
        painter.end()
