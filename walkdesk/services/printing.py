"""How papers are printed here: the window envelope in use, the sheet of labels, the printers with their corrections.

These are settings of the office and of this PC; none of them is personal data.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from math import isfinite

from sqlalchemy import select

from walkdesk.documents.calibration import CalibrationFacts, calibration_pdf
from walkdesk.documents.testpage import TestPageFacts, test_page_pdf
from walkdesk.domain.layouts import (
    FARTHEST_OFFSET,
    NO_OFFSET,
    Box,
    EnvelopeFormat,
    LabelFormat,
    Offset,
    WindowLayout,
    check_offset,
    check_window,
)
from walkdesk.domain.people import STAFF
from walkdesk.domain.problem import Problem
from walkdesk.messages.common import Done, FreePaper
from walkdesk.messages.printing import (
    LookAtPrinting,
    MakeCalibrationSheet,
    MakeTestPage,
    PrinterRow,
    PrintingSettings,
    SetLabels,
    SetPrinter,
    SetWindow,
)
from walkdesk.resources.layouts import envelope_formats, label_formats, window_layouts
from walkdesk.services.actions import Action, areas, table
from walkdesk.services.paperwork import JAPANESE, paper
from walkdesk.services.session import Work
from walkdesk.storage.office_tables import PrinterRecord

_Layout = WindowLayout | LabelFormat | EnvelopeFormat

LONGEST_NAME = 120
_WINDOW, _MEASURES, _LABELS = "window_envelope", "window_measures", "label_format"
"""Keys of the office's settings. The measures are left, top, width, height in mm, where they are the office's own."""


def window_of(work: Work) -> WindowLayout:
    """The window envelope in use, with the measures in use."""
    known = window_layouts()
    key = work.book.setting(work.office, _WINDOW)
    layout = known.get(key) or next(iter(known.values()))
    measures = work.book.setting(work.office, _MEASURES)
    return WindowLayout(layout.key, Box(*json.loads(measures)), layout.folds) if measures else layout


def labels_of(work: Work) -> LabelFormat:
    """The sheet of labels that is offered first."""
    known = label_formats()
    return known.get(work.book.setting(work.office, _LABELS)) or next(iter(known.values()))


def offset_of(work: Work, printer: str) -> Offset:
    """How far a printer must be corrected; nothing for one of which nothing is known."""
    record = work.office.get(PrinterRecord, printer)
    return NO_OFFSET if record is None else Offset(record.x, record.y)


def look_at_printing(work: Work, message: LookAtPrinting) -> PrintingSettings:
    """What is set, and what can be chosen."""
    printers = work.office.scalars(select(PrinterRecord).order_by(PrinterRecord.printer))
    return PrintingSettings(
        window_of(work),
        tuple(window_layouts().values()),
        labels_of(work).key,
        tuple(label_formats().values()),
        tuple(envelope_formats().values()),
        tuple(PrinterRow(one.printer, one.x, one.y, one.grey) for one in printers),
    )


def set_window(work: Work, message: SetWindow) -> Done:
    """Which window envelope is in use. What is printed from now on stands in this window; what was printed stays."""
    if message.key not in window_layouts():
        raise Problem("printing.unknown_layout")
    measures = ""
    if message.window is not None:
        window = check_window(message.window)
        measures = json.dumps([round(one, 1) for one in (window.left, window.top, window.width, window.height)])
    work.book.set(work.office, _WINDOW, message.key)
    work.book.set(work.office, _MEASURES, measures)
    return Done()


def set_labels(work: Work, message: SetLabels) -> Done:
    """Which sheet of labels is offered first."""
    if message.key not in label_formats():
        raise Problem("printing.unknown_layout")
    work.book.set(work.office, _LABELS, message.key)
    return Done()


def set_printer(work: Work, message: SetPrinter) -> Done:
    """Keeps a printer's correction, to a tenth of a millimetre."""
    name = message.printer
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise Problem("printing.printer_name")
    if not (isfinite(message.x) and isfinite(message.y)):
        raise Problem("printing.offset", limit=round(FARTHEST_OFFSET))
    offset = check_offset(Offset(round(message.x, 1), round(message.y, 1)))
    work.office.merge(PrinterRecord(printer=name, x=offset.x, y=offset.y, grey=message.grey))
    return Done({"printer": name})


def make_calibration_sheet(work: Work, message: MakeCalibrationSheet) -> FreePaper:
    """調整シート of one layout, with a printer's correction as it is set now. It tells of nobody."""
    if message.what == "window":
        in_use = window_of(work)
        layouts: Mapping[str, _Layout] = {**window_layouts(), in_use.key: in_use}
    else:
        known: Mapping[str, Mapping[str, _Layout]] = {"labels": label_formats(), "envelope": envelope_formats()}
        layouts = known.get(message.what, {})
    layout = layouts.get(message.key)
    if layout is None:
        raise Problem("printing.unknown_layout")
    name = JAPANESE.say(f"printing.{message.what}_name.{layout.key}")
    pdf = calibration_pdf(CalibrationFacts(layout, name, *_printer(work, message.printer)))
    return paper(JAPANESE.say("printing.calibration_title", layout=name), f"chosei-{layout.key}.pdf", pdf)


def make_test_page(work: Work, message: MakeTestPage) -> FreePaper:
    """試し刷り: what a printer can do, with its correction as it is set now. It tells of nobody."""
    pdf = test_page_pdf(TestPageFacts(*_printer(work, message.printer)))
    return paper(JAPANESE.say("printing.test_title"), "tameshizuri.pdf", pdf)


def _printer(work: Work, printer: str) -> tuple[str, Offset, str, datetime]:
    """What both sheets say: the printer, its correction, the office, the time."""
    name = printer or JAPANESE.say("printing.usual_printer")
    return name, offset_of(work, printer), work.book.setting(work.office, "office"), work.now


_AREAS = areas("printing")

ACTIONS = table(
    Action(LookAtPrinting, look_at_printing, STAFF),
    Action(SetWindow, set_window, STAFF, changes=_AREAS),
    Action(SetLabels, set_labels, STAFF, changes=_AREAS),
    Action(SetPrinter, set_printer, STAFF, changes=_AREAS),
    Action(MakeCalibrationSheet, make_calibration_sheet, STAFF),
    Action(MakeTestPage, make_test_page, STAFF),
)
