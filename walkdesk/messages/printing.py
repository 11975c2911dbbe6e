"""How papers are printed here: the window envelope in use, the sheet of labels, the printers with their corrections."""

from __future__ import annotations

from dataclasses import dataclass

from walkdesk.domain.layouts import Box, EnvelopeFormat, LabelFormat, PrintOn, WindowLayout
from walkdesk.messages.common import Done, FreePaper
from walkdesk.messages.registry import asks
from walkdesk.messages.releases import Released


@dataclass(frozen=True, slots=True)
class PrinterRow:
    """A printer by the name that the PC gives it: its correction in mm to the right and down, and whether it is grey.

    Nothing about a printer is personal data.
    """

    printer: str
    x: float = 0.0
    y: float = 0.0
    grey: bool = False


@dataclass(frozen=True, slots=True)
class PrintingSettings:
    """What is set, and what can be chosen."""

    window: WindowLayout
    """The window envelope in use, with the measures in use."""
    windows: tuple[WindowLayout, ...]
    """Every window envelope as shipped."""
    labels: str
    """The sheet of labels that is offered first."""
    label_formats: tuple[LabelFormat, ...]
    envelopes: tuple[EnvelopeFormat, ...]
    printers: tuple[PrinterRow, ...]


@asks(PrintingSettings)
@dataclass(frozen=True, slots=True)
class LookAtPrinting:
    """Asks for the settings."""


@asks(Done)
@dataclass(frozen=True, slots=True)
class SetWindow:
    """The window envelope in use; without ``window`` with the measures that ship with the program."""

    key: str
    window: Box | None = None


@asks(Done)
@dataclass(frozen=True, slots=True)
class SetLabels:
    """The sheet of labels that is offered first."""

    key: str


@asks(Done)
@dataclass(frozen=True, slots=True)
class SetPrinter:
    """How far a printer must be corrected, in mm, and whether it prints grey."""

    printer: str
    x: float = 0.0
    y: float = 0.0
    grey: bool = False


@asks(FreePaper)
@dataclass(frozen=True, slots=True)
class MakeCalibrationSheet:
    """調整シート of a ``window``, a sheet of ``labels`` or an ``envelope`` by its key, corrected for a printer."""

    what: str
    key: str
    printer: str = ""


@asks(FreePaper)
@dataclass(frozen=True, slots=True)
class MakeTestPage:
    """テストページ: edges, greys, letters and rulers, corrected for a printer."""

    printer: str = ""


@dataclass(frozen=True, slots=True)
class PrintChoices:
    """On what a release can be printed."""

    release: str
    settings: PrintingSettings
    layouts: str
    """What the person chooses beside the printer: a sheet of ``labels``, an ``envelopes``, or "" for nothing."""
    on: PrintOn
    """On what it was printed; empty before."""


@asks(PrintChoices)
@dataclass(frozen=True, slots=True)
class LookAtPrint:
    """Asks on what a release can be printed."""

    release: str


@asks(Released)
@dataclass(frozen=True, slots=True)
class ReprintSheets:
    """Lets single sheets of a printed release out once more, because what came out of the printer cannot be used.

    ``sheets`` are pages (``3, 7-8``) or serials (``R-0001-007``); ``reason`` and ``spoiled`` are keys of
    ``domain.reprints``; ``words`` say what ``other`` is.
    """

    release: str
    sheets: str
    reason: str
    spoiled: str
    words: str = ""
