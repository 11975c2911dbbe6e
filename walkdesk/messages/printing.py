"""How papers are printed here: the window envelope in use, the sheet of labels, the printers with their corrections."""

from __future__ import annotations

from dataclasses import dataclass

from walkdesk.domain.layouts import Box, EnvelopeFormat, LabelFormat, WindowLayout
from walkdesk.messages.common import Done
from walkdesk.messages.registry import asks


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
