"""Into a file that the person chooses, or onto paper: what may leave, by its type.

On Linux the bytes go to ``lp`` on its standard input: Qt's own way there writes a temporary file first. On Windows
the pages are drawn as pictures.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import ClassVar

import pypdfium2
from PySide6.QtCore import QObject, QProcess, QProcessEnvironment
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QWidget

from walkdesk.domain.pageranges import by_volume, parse_pages
from walkdesk.domain.problem import Problem
from walkdesk.domain.releases import Way
from walkdesk.messages.common import FreeFile, FreePaper
from walkdesk.messages.releases import Released
from walkdesk.ui.language import tr
from walkdesk.ui.out.drawing import DOTS, Drawing, is_a4

Leaving = FreePaper | FreeFile | Released
"""What an exit takes: what tells of nobody, and what two people let go."""

Printable = FreePaper | Released


@dataclass(frozen=True, slots=True)
class PrintHow:
    """The printer by its name ("" is the usual one), the pages as a person writes them ("" is all), grey or not.

    There is no number of copies: a sheet is printed once (clause 9).
    """

    printer: str = ""
    pages: str = ""
    grey: bool = False


USUAL = PrintHow()
_MM = 25.4 / 72


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


def chosen_volumes(volumes: Sequence[bytes], pages: str) -> tuple[bytes, ...]:
    """The pages that are wanted, counted through all volumes, as volumes again; ``Problem`` for pages that are not.

    They are taken out here, in memory, and not by the printer: so every printer and every system does the same.
    """
    if not pages.strip():
        return tuple(volumes)
    counts = []
    for volume in volumes:
        with closing(pypdfium2.PdfDocument(volume)) as paper:
            counts.append(len(paper))
    parts = by_volume(parse_pages(pages, sum(counts)), counts)
    return tuple(_only(volume, here) for volume, here in zip(volumes, parts, strict=True) if here)


def _only(pdf: bytes, pages: Sequence[int]) -> bytes:
    """Some of the pages, counted from 1, as a PDF of their own."""
    with (
        closing(pypdfium2.PdfDocument(pdf)) as whole,
        closing(pypdfium2.PdfDocument.new()) as some,
        BytesIO() as target,
    ):
        some.import_pages(whole, [page - 1 for page in pages])
        some.save(target)
        return target.getvalue()


class Printing(QObject):
    """Finds the printers and prints; calls back and never blocks. One paper at a time."""

    shown: ClassVar[tuple[str, ...]] = ()
    """Printers to be shown instead of those of this PC, where the window is only pictured."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._abort: Callable[[], None] = _nothing
        self._stopped = False

    def find(self, then: Callable[[tuple[str, ...]], None]) -> None:
        """The names of the printers of this PC, the usual one first; none is an empty tuple."""
        if self.shown:
            then(self.shown)
            return
        if sys.platform == "win32":
            usual = QPrinterInfo.defaultPrinterName()
            names = QPrinterInfo.availablePrinterNames()
            then(tuple(sorted(names, key=lambda name: name != usual)))
            return

        def ended(output: str, code: int) -> None:
            then(_printers(output) if code == 0 else ())

        self._run("lpstat", ["-e", "-d"], b"", ended)

    def send(
        self,
        paper: Printable,
        then: Callable[[], None],
        otherwise: Callable[[Problem], None],
        how: PrintHow = USUAL,
        step: Callable[[int, int], None] = lambda _done, _whole: None,
    ) -> None:
        """Prints a paper. The queue shows the title of a free paper, and the number of a release: never a person.

        ``step`` is told how many volumes (on Windows pages) of how many the printer has.
        """
        data = leaving_bytes(paper)
        if isinstance(paper, Released) and paper.way is not Way.PRINT:
            raise TypeError("a sealed page is not printed")
        further = paper.further if isinstance(paper, Released) else ()
        title = paper.release if isinstance(paper, Released) else paper.title
        self._stopped = False
        try:
            volumes = chosen_volumes((data, *further), how.pages)
            if sys.platform == "win32":
                self._draw(_windows_printer(how, title), volumes, then, otherwise, step)
                return
        except Problem as problem:
            otherwise(problem)
            return
        self._send_next(_arguments(how, title), volumes, 0, then, otherwise, step)

    def stop(self) -> None:
        """Sends nothing more; ``otherwise`` is told. What the printer has already is stopped at the printer."""
        self._stopped = True
        self._abort()
        if self._process is not None:
            self._process.kill()

    def _draw(
        self,
        printer: QPrinter,
        volumes: Sequence[bytes],
        then: Callable[[], None],
        otherwise: Callable[[Problem], None],
        step: Callable[[int, int], None],
    ) -> None:
        """Page after page as pictures; what is stopped is taken back from the queue whole."""

        def abort() -> None:
            self._abort = _nothing
            printer.abort()
            drawing.stop()
            otherwise(Problem("printing.stopped"))

        def done() -> None:
            self._abort = _nothing
            then()

        def failed(problem: Problem) -> None:
            self._abort = _nothing
            otherwise(problem)

        drawing = Drawing(printer, volumes, done, failed, step, self)
        self._abort = abort

    def _send_next(
        self,
        arguments: list[str],
        volumes: Sequence[bytes],
        done: int,
        then: Callable[[], None],
        otherwise: Callable[[Problem], None],
        step: Callable[[int, int], None],
    ) -> None:
        """One volume is one job; the next follows when the queue has the one before."""
        kind = _media(volumes[done])

        def ended(_output: str, code: int) -> None:
            if self._stopped:
                otherwise(Problem("printing.stopped"))
            elif code != 0:
                otherwise(Problem("releases.print_failed"))
            else:
                step(done + 1, len(volumes))
                if done + 1 == len(volumes):
                    then()
                else:
                    self._send_next(arguments, volumes, done + 1, then, otherwise, step)

        self._run("lp", [*arguments, "-o", kind], volumes[done], ended)

    def _run(self, program: str, arguments: list[str], given: bytes, then: Callable[[str, int], None]) -> None:
        process = QProcess(self)
        process.setProgram(program)
        process.setArguments(arguments)
        words = QProcessEnvironment.systemEnvironment()
        words.insert("LC_ALL", "C.UTF-8")  # its words are read here
        process.setProcessEnvironment(words)
        self._process = process

        def finished(code: int, status: QProcess.ExitStatus) -> None:
            output = bytes(process.readAllStandardOutput().data()).decode("utf-8", "replace")
            left(output, code if status is QProcess.ExitStatus.NormalExit else -1)

        def failed(error: QProcess.ProcessError) -> None:
            if error is QProcess.ProcessError.FailedToStart:
                left("", -1)

        def left(output: str, code: int) -> None:
            if self._process is process:
                self._process = None
            process.deleteLater()
            then(output, code)

        process.finished.connect(finished)
        process.errorOccurred.connect(failed)
        process.start()
        if given:
            process.write(given)
        process.closeWriteChannel()


def _nothing() -> None:
    """There is nothing to stop."""


def _arguments(how: PrintHow, title: str) -> list[str]:
    """What ``lp`` is told, whatever the queue's own settings are.

    One copy (clause 9); one sheet for each page, since two people never share one; and nothing fitted into margins,
    since windows and labels are measured.
    """
    told = ["-s", "-n", "1", "-t", title, "-o", "sides=one-sided", "-o", "print-scaling=none"]
    if how.printer:
        told += ["-d", how.printer]
    if how.grey:
        told += ["-o", "print-color-mode=monochrome"]
    return told


def _media(pdf: bytes) -> str:
    """The size of the sheets: A4, or that of an envelope."""
    with closing(pypdfium2.PdfDocument(pdf)) as paper:
        wide, tall = sorted(paper.get_page_size(0))
    return "media=A4" if is_a4(wide, tall) else f"media=Custom.{wide * _MM:.1f}x{tall * _MM:.1f}mm"


def _printers(output: str) -> tuple[str, ...]:
    """The queues of ``lpstat -e -d``, the usual one first: a name has no blank, and the usual one is named in words."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    names = [line for line in lines if " " not in line]
    usual = next((line.rpartition(": ")[2] for line in lines if ": " in line), "")
    return tuple(sorted(names, key=lambda name: name != usual))


def _windows_printer(how: PrintHow, title: str) -> QPrinter:
    """A printer that takes whole sheets, one side each, as Windows offers it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if how.printer:
        printer.setPrinterName(how.printer)
    if not printer.isValid():
        raise Problem("releases.print_failed")
    printer.setDocName(title)
    printer.setResolution(DOTS)
    printer.setFullPage(True)
    printer.setCopyCount(1)
    printer.setDuplex(QPrinter.DuplexMode.DuplexNone)
    printer.setColorMode(QPrinter.ColorMode.GrayScale if how.grey else QPrinter.ColorMode.Color)
    return printer
