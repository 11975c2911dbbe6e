"""How papers are printed here: the window in use, the sheet of labels, the printers with their corrections."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from walkdesk.domain.layouts import NO_OFFSET, Box, Offset
from walkdesk.domain.problem import Problem
from walkdesk.messages.printing import (
    LookAtPrinting,
    MakeCalibrationSheet,
    MakeTestPage,
    PrinterRow,
    SetLabels,
    SetPrinter,
    SetWindow,
)
from walkdesk.services.perform import perform
from walkdesk.services.printing import labels_of, offset_of, window_of
from walkdesk.services.session import Session, Work, working

NAN = float("nan")


@pytest.fixture
def work(handler: Session) -> Iterator[Work]:
    """What other services see."""
    with working(handler, "test") as opened:
        yield opened


def settings(session: Session) -> Any:
    return perform(session, LookAtPrinting()).answer


def test_before_anything_is_set_the_first_of_each_is_in_use(handler: Session, work: Work) -> None:
    shown = settings(handler)
    assert shown.window == shown.windows[0] == window_of(work)
    assert shown.labels == shown.label_formats[0].key == labels_of(work).key
    assert shown.printers == () and offset_of(work, "Office") == NO_OFFSET


def test_a_handler_sets_a_window_with_measures_of_its_own_and_takes_them_back(handler: Session) -> None:
    shipped = settings(handler).windows[1]
    own = Box(18.04, 21.0, 92.0, 47.5)
    perform(handler, SetWindow(shipped.key, own))
    assert settings(handler).window.window == Box(18.0, 21.0, 92.0, 47.5)
    assert (settings(handler).window.key, settings(handler).window.folds) == (shipped.key, shipped.folds)
    shown = settings(handler).window
    with working(handler, "test") as work:
        assert window_of(work) == shown
    perform(handler, SetWindow(shipped.key))
    assert settings(handler).window == shipped


def test_the_sheet_of_labels_that_is_offered_first_is_kept(handler: Session) -> None:
    last = settings(handler).label_formats[-1].key
    perform(handler, SetLabels(last))
    assert settings(handler).labels == last


def test_a_printer_is_corrected_to_a_tenth_of_a_millimetre(handler: Session) -> None:
    perform(handler, SetPrinter("Office", 1.04, -0.26, True))
    perform(handler, SetPrinter("Lab"))
    assert settings(handler).printers == (PrinterRow("Lab"), PrinterRow("Office", 1.0, -0.3, True))
    perform(handler, SetPrinter("Office", 2.0))
    with working(handler, "test") as work:
        assert offset_of(work, "Office") == Offset(2.0, 0.0)


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (SetPrinter("Office", 10.1), "printing.offset"),
        (SetPrinter("Office", 0.0, NAN), "printing.offset"),
        (SetPrinter("Office", float("-inf")), "printing.offset"),
        (SetPrinter(""), "printing.printer_name"),
        (SetPrinter("Off\nice"), "printing.printer_name"),
        (SetLabels("a4-13"), "printing.unknown_layout"),
        (SetWindow("naga4"), "printing.unknown_layout"),
        (SetWindow("naga3", Box(150.0, 20.0, 90.0, 45.0)), "printing.window"),
        (SetWindow("naga3", Box(20.0, 20.0, 30.0, 45.0)), "printing.window"),
        (SetWindow("naga3", Box(NAN, 20.0, 90.0, 45.0)), "printing.window"),
    ],
)
def test_what_no_printer_and_no_sheet_can_be_is_refused(
    handler: Session, ask: Callable[..., Any], message: object, code: str
) -> None:
    before = settings(handler)
    with pytest.raises(Problem) as refused:
        ask(handler, message)
    assert refused.value.code == code and settings(handler) == before


def test_every_layout_has_a_sheet_to_calibrate_it_and_every_printer_a_test_page(handler: Session) -> None:
    perform(handler, SetPrinter("Office", 1.5, -2.0))
    shown = settings(handler)
    sheets = (
        *(("window", one.key) for one in shown.windows),
        *(("labels", one.key) for one in shown.label_formats),
        *(("envelope", one.key) for one in shown.envelopes),
    )
    made = [perform(handler, MakeCalibrationSheet(*sheet, "Office")).answer for sheet in sheets]
    assert len({paper.title for paper in made}) == len(made) == 8
    words = PdfReader(BytesIO(perform(handler, MakeTestPage("Office")).answer.pdf)).pages[0].extract_text()
    assert "Office" in words and "1.5" in words
    for wrong in (MakeCalibrationSheet("window", "a4-12"), MakeCalibrationSheet("card", "month")):
        with pytest.raises(Problem, match="unknown_layout"):
            perform(handler, wrong)


def test_a_window_is_calibrated_as_it_was_measured(handler: Session) -> None:
    key = settings(handler).windows[0].key
    before = perform(handler, MakeCalibrationSheet("window", key)).answer.pdf
    perform(handler, SetWindow(key, Box(30.0, 40.0, 90.0, 45.0)))
    assert perform(handler, MakeCalibrationSheet("window", key)).answer.pdf != before
