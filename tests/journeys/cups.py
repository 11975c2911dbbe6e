"""A printing system of a test's own: CUPS with its own folders, its own socket and queues that print into files.

It needs no rights and touches nothing of the PC's own printing system. ``python -m tests.journeys.cups PRINTER PAGES
GREY`` prints what comes on its standard input through the window's own exit, as a release.
"""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from walkdesk.domain.problem import Problem
from walkdesk.domain.releases import Way
from walkdesk.messages.releases import Released
from walkdesk.ui.out.exits import PrintHow, Printing

CUPSD, LPADMIN = "/usr/sbin/cupsd", "/usr/sbin/lpadmin"
PATIENCE = 60.0
_FILES = """FileDevice Yes
ServerRoot {0}
RequestRoot {0}/spool
CacheDir {0}/cache
StateDir {0}/state
TempDir {0}/temp
AccessLog {0}/access
ErrorLog {0}/error
PageLog {0}/pages
Sandboxing off
"""
_DAEMON = """Listen {0}/socket
Browsing Off
DefaultAuthType None
PreserveJobFiles No
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order allow,deny
Allow all
</Limit>
</Policy>
"""
_DESCRIPTION = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "SHEET.PPD"
*Manufacturer: "Test"
*Product: "(Test)"
*ModelName: "Test printer"
*ShortNickName: "Test printer"
*NickName: "Test printer"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: True
*DefaultColorSpace: RGB
*FileSystem: False
*cupsFilter2: "{filter} 0 -"
*OpenUI *PageSize/Size: PickOne
*DefaultPageSize: Letter
*PageSize Letter/Letter: "<</PageSize[612 792]>>setpagedevice"
*PageSize A4/A4: "<</PageSize[595 842]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion/Size: PickOne
*DefaultPageRegion: Letter
*PageRegion Letter/Letter: "<</PageSize[612 792]>>setpagedevice"
*PageRegion A4/A4: "<</PageSize[595 842]>>setpagedevice"
*CloseUI: *PageRegion
*DefaultImageableArea: Letter
*ImageableArea Letter/Letter: "12 12 600 780"
*ImageableArea A4/A4: "12 12 583 830"
*DefaultPaperDimension: Letter
*PaperDimension Letter/Letter: "612 792"
*PaperDimension A4/A4: "595 842"
*VariablePaperSize: True
*MaxMediaWidth: "1000"
*MaxMediaHeight: "1500"
*NonUIOrderDependency: 10 AnySetup *CustomPageSize
*CustomPageSize True: "pop pop pop <</PageSize[5 -2 roll]>>setpagedevice"
*ParamCustomPageSize Width: 1 points 36 1000
*ParamCustomPageSize Height: 2 points 36 1500
*ParamCustomPageSize WidthOffset: 3 points 0 0
*ParamCustomPageSize HeightOffset: 4 points 0 0
*ParamCustomPageSize Orientation: 5 int 0 3
*OpenUI *Duplex/Sides: PickOne
*DefaultDuplex: DuplexNoTumble
*Duplex None/One: "<</Duplex false>>setpagedevice"
*Duplex DuplexNoTumble/Two: "<</Duplex true>>setpagedevice"
*CloseUI: *Duplex
*OpenUI *ColorModel/Colour: PickOne
*DefaultColorModel: RGB
*ColorModel Gray/Grey: "<</cupsColorSpace 18/cupsBitsPerColor 8/cupsColorOrder 0>>setpagedevice"
*ColorModel RGB/Colour: "<</cupsColorSpace 19/cupsBitsPerColor 8/cupsColorOrder 0>>setpagedevice"
*CloseUI: *ColorModel
*OpenUI *Resolution/Resolution: PickOne
*DefaultResolution: 75dpi
*Resolution 75dpi/75: "<</HWResolution[75 75]>>setpagedevice"
*CloseUI: *Resolution
"""
"""A printer that unless told otherwise takes Letter, prints on both sides and in colour: the worst that may stand."""


@dataclass(frozen=True, slots=True)
class Office:
    """The printing system: ``Sheets`` gives the pages as PDF, ``Dots`` as what a laser would get."""

    folder: Path

    @property
    def variables(self) -> dict[str, str]:
        """How ``lp`` and ``lpstat`` find it, at a desk that speaks Japanese."""
        return {**os.environ, "CUPS_SERVER": str(self.folder / "socket"), "LANG": "ja_JP.UTF-8"}

    @property
    def sheets(self) -> Path:
        """What came out of the one queue."""
        return self.folder / "sheets.pdf"

    @property
    def dots(self) -> Path:
        """What came out of the other."""
        return self.folder / "dots.ras"

    def pages(self) -> str:
        """The printing system's own book of what was printed."""
        return self._finished().joinpath("pages").read_text(encoding="utf-8")

    def _finished(self) -> Path:
        end = time.monotonic() + PATIENCE
        while self.told("lpstat", "-o"):
            if time.monotonic() > end:
                raise TimeoutError("a print that does not end")
        return self.folder

    def told(self, *command: str) -> str:
        """What a program of the printing system says."""
        done = subprocess.run(command, env=self.variables, capture_output=True, text=True, check=False)
        return done.stdout


def grey(raster: bytes) -> bool:
    """Whether dots are one value each (the colour space sGray of a CUPS raster) and not three (sRGB)."""
    space, bits = (struct.unpack_from("<I", raster, 4 + offset)[0] for offset in (400, 388))
    return {(18, 8): True, (19, 24): False}[space, bits]


@contextmanager
def printing_office() -> Iterator[Office]:
    """A printing system with its two queues, ``Sheets`` the usual one; gone with its folder at the end."""
    folder = Path(mkdtemp(prefix="walkdesk-cups-"))
    office = Office(folder)
    try:
        for name in ("spool", "cache", "state", "temp"):
            folder.joinpath(name).mkdir()
        _write(folder, {"files": _FILES.format(folder), "daemon": _DAEMON.format(folder)})
        whom = _without_rights(folder)
        arguments = [CUPSD, "-f", "-c", str(folder / "daemon"), "-s", str(folder / "files")]
        daemon = subprocess.Popen(arguments, stderr=subprocess.DEVNULL, **whom)  # type: ignore[call-overload]
        try:
            _await(office)
            for queue, goal, kind in (
                ("Sheets", office.sheets, "application/vnd.cups-pdf application/pdf"),
                ("Dots", office.dots, "application/vnd.cups-raster application/vnd.cups-raster"),
            ):
                _write(folder, {f"{queue}.ppd": _DESCRIPTION.replace("{filter}", kind)})
                office.told(LPADMIN, "-p", queue, "-E", "-v", f"file:{goal}", "-P", str(folder / f"{queue}.ppd"))
            office.told(LPADMIN, "-d", "Sheets")
            yield office
        finally:
            daemon.terminate()
            daemon.wait()
    finally:
        shutil.rmtree(folder)


def _write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        folder.joinpath(name).write_text(text, encoding="utf-8")


def _without_rights(folder: Path) -> dict[str, object]:
    """It runs as whoever tests; only root becomes nobody, since filters never run as root."""
    if os.geteuid() != 0:
        return {}
    for path in (folder, *folder.iterdir()):
        shutil.chown(path, "nobody", "nogroup")
        path.chmod(0o755 if path.is_dir() else 0o644)
    return {"user": "nobody", "group": "nogroup", "extra_groups": []}


def _await(office: Office) -> None:
    end = time.monotonic() + PATIENCE
    while "is running" not in office.told("env", "LC_ALL=C", "lpstat", "-r"):
        if time.monotonic() > end:
            raise TimeoutError("a printing system that does not start")


def main(printer: str, pages: str, grey_wanted: str) -> int:
    """Finds the printers and prints the PDF of standard input, all in the window's own way."""
    app = QApplication([])
    printing = Printing()
    released = Released("R-0001", "参加案内 R-0001", "a.pdf", Way.PRINT, sys.stdin.buffer.read(), 0)
    how = PrintHow(printer, pages, grey_wanted == "grey")
    ended: list[Problem | None] = []

    def end(problem: Problem | None = None) -> None:
        ended.append(problem)
        app.quit()

    def found(names: tuple[str, ...]) -> None:
        sys.stdout.write(" ".join(names))
        printing.send(released, end, end, how)

    QTimer.singleShot(0, lambda: printing.find(found))
    app.exec()
    return 0 if ended == [None] else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
