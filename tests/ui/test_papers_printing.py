"""印刷の設定: printers and their corrections, the window and its picture, and the sheets to try them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from tests.ui.desks import press, write
from walkdesk.domain.layouts import Box
from walkdesk.domain.problem import Problem
from walkdesk.messages.common import FreePaper
from walkdesk.messages.printing import LookAtPrinting, PrinterRow, SetLabels, SetPrinter, SetWindow
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.ui.out.exits import PrintHow, Printing
from walkdesk.ui.papers.millimetres import millimetres
from walkdesk.ui.papers.page import PapersPage

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(
    handler: Session, context_for: Callable[..., Any], visit: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> Any:
    """The tab before a handler; the PC has two printers, and a third one is known from before."""
    monkeypatch.setattr(Printing, "find", lambda _self, then: then(("Office", "Lab")))
    perform(handler, SetPrinter("Office", 1.5, -0.5, True))
    perform(handler, SetPrinter("Old"))
    return visit(PapersPage, context_for(handler), tab="printing")


@pytest.fixture
def part(page: Any) -> Any:
    return page.parts["printing"]


def kept(session: Session) -> Any:
    return perform(session, LookAtPrinting()).answer


def test_the_printers_of_the_pc_come_first_with_what_is_known_of_them(part: Any) -> None:
    assert [tuple(row.cells) for row in part.printers.table.rows()] == [
        ("Office", "+1.5", "-0.5", "白黒"),
        ("Lab", "0", "0", "カラー"),
        ("Old", "0", "0", "カラー"),
    ]
    assert (part.printers.printer(), part.printers.across.text(), part.printers.grey.isChecked()) == (
        "Office", "+1.5", True,
    )  # fmt: skip


def test_f4_keeps_only_what_was_changed(page: Any, part: Any, handler: Session, settle: Any) -> None:
    press(page, Qt.Key.Key_F4)
    settle(page.context)
    assert not [one for one in page.context.room.asked if isinstance(one, SetPrinter | SetWindow | SetLabels)]
    part.printers.table.select("Lab")
    write(part.printers.across, "－０．８")
    write(part.papers.measures["left"], "18,5")
    part.papers.labels.choose("a4-24")
    press(page, Qt.Key.Key_F4)
    settle(page.context)
    now = kept(handler)
    assert PrinterRow("Lab", -0.8) in now.printers and PrinterRow("Office", 1.5, -0.5, True) in now.printers
    assert now.labels == "a4-24" and now.window.window.left == 18.5
    assert part.printers.printer() == "Lab" and part.printers.across.text() == "-0.8"
    assert page.context.room.said[-1] == "印刷の設定を残しました"


def test_the_measures_of_an_envelope_come_with_it_and_go_back_to_those_shipped(
    page: Any, part: Any, handler: Session, settle: Any
) -> None:
    first, second = kept(handler).windows
    part.papers.envelope.choose(second.key)
    part.papers.envelope.activated.emit(1)
    assert part.papers.measures["width"].text() == f"{second.window.width:g}"
    press(page, Qt.Key.Key_F4)
    settle(page.context)
    assert kept(handler).window == second
    assert [one for one in page.context.room.asked if isinstance(one, SetWindow)] == [SetWindow(second.key, None)]


@pytest.mark.parametrize(
    ("key", "typed", "beneath"),
    [("left", "窓", "left"), ("left", "190", "left"), ("width", "", "width"), ("height", "nan", "height")],
)
def test_a_window_that_is_none_is_told_beside_its_field_and_not_drawn(
    page: Any, part: Any, handler: Session, settle: Any, key: str, typed: str, beneath: str
) -> None:
    before = kept(handler)
    whole: QImage = part.papers.picture.grab().toImage()
    part.papers.measures[key].setText(typed)
    assert part.papers.picture.grab().toImage() != whole
    press(page, Qt.Key.Key_F4)
    settle(page.context)
    field = part.papers.measures[beneath].parentWidget()
    assert field.note() and kept(handler) == before


def test_too_far_a_correction_is_told_beside_its_field(page: Any, part: Any, settle: Any) -> None:
    write(part.printers.across, "11")
    press(page, Qt.Key.Key_F4)
    settle(page.context)
    assert "10mm" in part.printers.across.parentWidget().note()


def test_the_sheets_appear_and_go_to_the_printer_for_which_they_were_made(
    page: Any, part: Any, settle: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[tuple[Any, PrintHow]] = []
    monkeypatch.setattr(Printing, "send", lambda _self, paper, _then, _otherwise, how: sent.append((paper, how)))
    for button, printer, how in (
        (part.printers.calibrate, "Office", PrintHow("Office", "", True)),
        (part.printers.test, "Old", PrintHow("", "", False)),
    ):
        part.printers.table.select(printer)
        button.click()
        settle(page.context)
        assert part.preview.pages() == 1
        press(page, Qt.Key.Key_P, CONTROL)
        assert type(sent[-1][0]) is FreePaper and sent[-1][1] == how
    assert "長形3号" in sent[0][0].title and sent[1][0].title == "試し刷り"


def test_without_a_printer_the_part_says_so_and_a_sheet_is_made_all_the_same(
    handler: Session, context_for: Any, visit: Any, settle: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Printing, "find", lambda _self, then: then(()))
    page = visit(PapersPage, context_for(handler), tab="printing")
    part = page.parts["printing"]
    assert part.printers._nobody.isVisible() and not part.printers.across.isEnabled()
    part.printers.test.click()
    settle(page.context)
    press(page, Qt.Key.Key_P, CONTROL)
    assert part.preview.pages() == 1 and "プリンターが見つかりません" in part.problem()


@pytest.mark.parametrize(
    ("text", "value"), [("1.5", 1.5), ("＋１.５", 1.5), ("-0,5 mm", -0.5), (" −2 ", -2.0), ("0", 0)]
)
def test_lengths_are_read_as_people_type_them(text: str, value: float) -> None:
    assert millimetres(text) == value


@pytest.mark.parametrize("text", ["", "mm", "1.5.2", "inf", "一", "1 2"])
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(Problem):
        millimetres(text)


def test_the_picture_shows_where_the_window_is(part: Any) -> None:
    picture: QImage = part.papers.picture.grab().toImage()
    write(part.papers.measures["top"], "150")
    assert part.papers.picture.grab().toImage() != picture
    assert part.papers.changes() == [SetWindow("naga3", Box(20.0, 150.0, 90.0, 45.0))]
