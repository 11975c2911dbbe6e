"""Into a file that the person chooses, or onto paper: what may leave, by its type.

On Linux the bytes go to ``lp`` on its standard input: Qt's own way there writes a temporary file first. On Windows
the pages are drawn as pictures.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QWidget

from walkdesk.domain.problem import Problem
from walkdesk.domain.releases import Way
from walkdesk.messages.common import FreeFile, FreePaper
from walkdesk.messages.releases import Released
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts.preview import page_image, page_sizes

Leaving = FreePaper | FreeFile | Released
"""What an exit takes: what tells of nobody, and what two people let go."""

Printable = FreePaper | Released

_DOTS = 300
"""Dots an inch of a page that is drawn as a picture."""


def leaving_bytes(leaving: Leaving) -> bytes:
    """The bytes of what may leave; ``TypeError`` for anything else, whatever the type checker was told."""
    if type(leaving) is FreePaper:
        return leaving.pdf
    if type(leaving) is FreeFile or type(leaving) is Released:
        return leaving.data
    raise TypeError(f"a {type(leaving).__name__} does not leave")


def choose_file(parent: QWidget, title: str, file_name: str, kinds: str) -> Path | None:
    """Asks where a file should go; ``None`` when the person thinks better of it."""
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, str(Path.home() / file_name), kinds)
    return Path(chosen) if chosen else None


def choose_folder(parent: QWidget, title: str) -> Path | None:
    """Asks for a folder; ``None`` when the person thinks better of it."""
    chosen = QFileDialog.getExistingDirectory(parent, title, str(Path.home()))
    return Path(chosen) if chosen else None


def choose_pdf(parent: QWidget, paper: FreePaper) -> Path | None:
    """Asks where a paper should go."""
    return choose_file(parent, tr("papers.save_title"), paper.file_name, tr("papers.pdf_kind"))


def write_file(path: Path, leaving: Leaving) -> None:
    """Writes a file; ``Problem("papers.not_written")`` when the disk or the medium does not take it.

    What was let go for the printer is not written: a file leaves sealed.
    """
    data = leaving_bytes(leaving)
    if isinstance(leaving, Released) and leaving.way is not Way.FILE:
        raise TypeError("a print is not saved")
    try:
        path.write_bytes(data)
    except OSError:
        raise Problem("papers.not_written", name=path.name) from None


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

    def send(self, paper: Printable, then: Callable[[], None], otherwise: Callable[[Problem], None]) -> None:
        """Prints a paper. The queue shows the title of a free paper, and the number of a release: never a person."""
        pdf = leaving_bytes(paper)
        if isinstance(paper, Released) and paper.way is not Way.PRINT:
            raise TypeError("a sealed page is not printed")
        title = paper.release if isinstance(paper, Released) else paper.title
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
