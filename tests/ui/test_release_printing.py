"""The form before the printer, what is kept until it has everything, and single sheets printed again."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from tests.ui.desks import AUGUST, press, register, write
from walkdesk.domain.layouts import EnvelopeFormat, PrintOn
from walkdesk.messages.door import SignOut
from walkdesk.messages.printing import LookAtPrint, LookAtPrinting, PrintChoices, ReprintSheets, SetPrinter
from walkdesk.messages.releases import ApproveRelease, ListReleases, RequestLetters, TakeRelease
from walkdesk.resources.layouts import label_formats
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.ui.papers.page import PapersPage
from walkdesk.ui.releases.labelstart import LabelStart
from walkdesk.ui.releases.page import ReleasesPage
from walkdesk.ui.releases.printform import PrintForm

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="lp is the way of Linux")
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(office: Any) -> Session:
    """A handler whose letters to three people were approved; a grey printer is known."""
    session: Session = office.sign_in("S-0142", AUGUST)
    register(session)
    perform(session, RequestLetters("all", "参加案内の送付"))
    perform(session, SetPrinter("Lab", 1.0, 0.0, True))
    perform(session, SignOut())
    second = office.sign_in("S-0001")
    perform(second, ApproveRelease("R-0001"))
    perform(second, SignOut())
    return office.sign_in("S-0142")


@pytest.fixture
def page(desk: Session, context_for: Callable[..., Any], visit: Callable[..., Any]) -> Any:
    return visit(ReleasesPage, context_for(desk))


class Printers:
    """Two queues that keep their jobs; while ``off`` is there they take nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.off = folder, folder / "off"

    def jobs(self) -> list[tuple[str, bytes]]:
        """Arguments and bytes of each job, in their order."""
        found = sorted(self.folder.glob("job*.args"))
        return [(one.read_text(encoding="utf-8").strip(), one.with_suffix(".pdf").read_bytes()) for one in found]


@pytest.fixture
def printers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Printers:
    folder = tmp_path / "printers"
    folder.mkdir()
    scripts = {
        "lpstat": "echo Lab; echo Office; echo system default destination: Office",
        "lp": f"cd {folder}; test -e off && exit 1; n=$(ls *.args 2>/dev/null | wc -l)\n"
        'cat > job$n.pdf; echo "$@" > job$n.new; mv job$n.new job$n.args',
    }
    for name, script in scripts.items():
        path = tmp_path / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    return Printers(folder)


def begin(page: Any, qtbot: Any) -> PrintForm:
    """印刷する: the form is open."""
    press(page, Qt.Key.Key_P, CONTROL)
    form: PrintForm = page.taking.print_form
    qtbot.waitUntil(form.printer.hasFocus)
    return form


def heads(pdf: bytes) -> list[str]:
    """The serial that stands on each page."""
    texts = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    return [text[text.index("R-0001-") :][:10] for text in texts]


def said(page: Any, words: str) -> Callable[[], bool]:
    return lambda: any(words in one for one in page.context.room.said)


def test_the_usual_printer_stands_first_and_enter_prints(page: Any, printers: Printers, qtbot: Any) -> None:
    form = begin(page, qtbot)
    assert [form.printer.itemText(row) for row in range(form.printer.count())] == ["Office", "Lab"]
    assert not form.labels.isVisible() and not form.start.isVisible() and not form.envelopes.isVisible()
    press(form.printer, Qt.Key.Key_Return)
    qtbot.waitUntil(said(page, "3頁を印刷に送りました"))
    ((arguments, pdf),) = printers.jobs()
    assert "-d Office" in arguments and "monochrome" not in arguments and len(heads(pdf)) == 3
    # A printer has all of it: nothing of it stays in the window.
    assert page.taking.way_of("R-0001") is None and not page.details.print.isVisible()
    assert page.details.reprint.isVisible() and page.details.isVisible()


def test_some_pages_go_to_another_printer_in_grey_and_the_rest_later(
    page: Any, desk: Session, printers: Printers, qtbot: Any, settle: Any
) -> None:
    form = begin(page, qtbot)
    form.printer.choose("Lab")
    form.printer.activated.emit(form.printer.currentIndex())
    assert form.grey.isChecked()
    write(form.pages, "1, 3")
    press(form.pages, Qt.Key.Key_Return)
    qtbot.waitUntil(said(page, "2頁を印刷に送りました"))
    settle(page.context)
    ((arguments, pdf),) = printers.jobs()
    assert "-d Lab" in arguments and "-o print-color-mode=monochrome" in arguments
    assert heads(pdf) == ["R-0001-001", "R-0001-003"]
    assert perform(desk, LookAtPrint("R-0001")).answer.on == PrintOn("Lab")
    form = begin(page, qtbot)
    assert (form.pages.text(), form.printer.chosen()) == ("2", "Lab")
    press(form.printer, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(printers.jobs()) == 2 and page.taking.way_of("R-0001") is None)
    assert heads(printers.jobs()[1][1]) == ["R-0001-002"]


def test_pages_that_are_none_are_told_before_anything_leaves(
    page: Any, desk: Session, printers: Printers, qtbot: Any
) -> None:
    form = begin(page, qtbot)
    write(form.pages, "1-x")
    press(form.pages, Qt.Key.Key_Return)
    assert "1-3, 7" in form.note_at(form.pages) and form.isVisible()
    assert not any(isinstance(one, TakeRelease) for one in page.context.room.asked)
    press(form.pages, Qt.Key.Key_Escape)
    assert page.details.isVisible() and not form.isVisible()


def test_a_printer_that_is_off_costs_no_release(page: Any, printers: Printers, qtbot: Any, settle: Any) -> None:
    printers.off.touch()
    form = begin(page, qtbot)
    press(form.printer, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "プリンターに送れませんでした" in page.details.problem())
    settle(page.context)
    assert "プリンターに送れませんでした" in page.details.problem() and page.details.print.isVisible()
    printers.off.unlink()
    press(begin(page, qtbot).printer, Qt.Key.Key_Return)
    qtbot.waitUntil(said(page, "3頁を印刷に送りました"))
    assert sum(isinstance(one, TakeRelease) for one in page.context.room.asked) == 1 and not page.details.problem()


def test_a_sheet_that_jammed_is_printed_again_where_it_was_printed(
    page: Any, desk: Session, printers: Printers, qtbot: Any, settle: Any
) -> None:
    perform(desk, TakeRelease("R-0001", "print", on=PrintOn("Lab")))
    page.enter()
    settle(page.context)
    press(page, Qt.Key.Key_F8)
    form = page.taking.reprint_form
    assert form.sheets.hasFocus() and not form.words.isVisible()
    press(form.save, Qt.Key.Key_Return)
    assert form.note_at(form.sheets) and form.note_at(form.spoiled)
    write(form.sheets, "R-0001-009")
    form.spoiled.choose("shredded")
    press(form.save, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "R-0001-009" in form.note_at(form.sheets))
    write(form.sheets, "R-0001-002")
    press(form.save, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(printers.jobs()) == 1)
    settle(page.context)
    arguments, pdf = printers.jobs()[0]
    assert heads(pdf) == ["R-0001-002"] and "-d Lab" in arguments and "monochrome" in arguments
    assert perform(desk, ListReleases()).answer.releases[0].reprinted == 1
    qtbot.waitUntil(lambda: page.details.isVisible() and not page.details.print.isVisible())
    assert page.details._words["reprinted"].text() == "1枚"


def test_another_reason_needs_its_words(page: Any, desk: Session, qtbot: Any, settle: Any) -> None:
    perform(desk, TakeRelease("R-0001", "print"))
    page.enter()
    settle(page.context)
    press(page, Qt.Key.Key_F8)
    form = page.taking.reprint_form
    form.reason.choose("other")
    form.reason.activated.emit(form.reason.currentIndex())
    write(form.sheets, "1")
    form.spoiled.choose("kept")
    assert form.words.isVisible() and form.message() is None
    write(form.words, "折り目が付いた")
    assert form.message() == ReprintSheets("R-0001", "1", "other", "kept", "折り目が付いた")


@pytest.fixture
def form(qtbot: Any) -> PrintForm:
    made = PrintForm()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    return made


def _choices(session: Session, layouts: str) -> PrintChoices:
    return PrintChoices("R-0007", perform(session, LookAtPrinting()).answer, layouts, PrintOn())


def test_labels_ask_for_their_sheet_and_its_first_free_place(form: PrintForm, handler: Session) -> None:
    form.show_choices(_choices(handler, "labels"), ["Office"])
    assert form.labels.isVisible() and form.start.isVisible() and not form.envelopes.isVisible()
    form.labels.choose("a4-24")
    form.labels.activated.emit(form.labels.currentIndex())
    form.start.setFocus()
    for key, place in (("Right", 2), ("Down", 5), ("End", 24), ("Down", 24), ("Up", 21), ("Left", 20), ("Home", 1)):
        QTest.keyClick(form.start, getattr(Qt.Key, f"Key_{key}"))
        assert form.start.start() == place, key
    QTest.keyClick(form.start, Qt.Key.Key_Down)
    assert form.on() == PrintOn("Office", "a4-24", 4)
    assert form.start.accessibleDescription() == "ラベル 4（2段目の1列目）"


def test_envelopes_ask_for_theirs(form: PrintForm, handler: Session) -> None:
    choices = _choices(handler, "envelopes")
    form.show_choices(choices, ["Office"])
    assert form.envelopes.isVisible() and not form.labels.isVisible()
    first, *_ = choices.settings.envelopes
    assert isinstance(first, EnvelopeFormat) and form.on() == PrintOn("Office", first.key)


@pytest.mark.parametrize("labels", label_formats().values(), ids=lambda one: one.key)
def test_every_label_is_found_by_a_click_in_its_middle(qtbot: Any, labels: Any) -> None:
    picture = LabelStart("start")
    qtbot.addWidget(picture)
    picture.resize(picture.sizeHint())
    picture.show_format(labels)
    for number in (labels.count, 1, labels.columns + 1):
        middle: QPointF = picture._place(number).center()
        QTest.mouseClick(picture, Qt.MouseButton.LeftButton, pos=middle.toPoint())
        assert picture.start() == number
    assert not picture.grab().isNull()


@pytest.mark.parametrize(
    ("paper", "size"),
    [
        ("address_labels", (210, 297)),
        ("envelopes", (120, 235)),
        ("points_card", (210, 297)),
        ("prize_guide", (210, 297)),
    ],
)
def test_every_paper_goes_from_its_desk_to_the_printer(
    office: Any, desk: Session, context_for: Any, visit: Any, settle: Any, qtbot: Any, printers: Printers, paper: str,
    size: tuple[int, int],
) -> None:  # fmt: skip
    papers = visit(PapersPage, context_for(desk))
    letters = papers.parts["letters"]
    letters.paper.choose(paper)
    letters.paper.activated.emit(letters.paper.currentIndex())
    settle(papers.context)
    letters.audience.setCurrentIndex(letters.audience.count() - 1)
    letters.audience.activated.emit(letters.audience.currentIndex())
    settle(papers.context)
    if size == (120, 235) or paper == "address_labels":  # their last audience are those who wait for a prize
        letters.audience.choose("all")
        letters.audience.activated.emit(letters.audience.currentIndex())
        settle(papers.context)
    assert letters.ready() == 3 and letters.preview.pages() == 1
    letters.act()
    settle(papers.context)
    assert papers.context.room.went == [("releases", {"release": "R-0002"})]
    perform(desk, SignOut())
    second = office.sign_in("S-0001")
    perform(second, ApproveRelease("R-0002"))
    perform(second, SignOut())
    page = visit(ReleasesPage, context_for(office.sign_in("S-0142")), release="R-0002")
    settle(page.context)
    assert page.manifest.isVisible()
    press(begin(page, qtbot).printer, Qt.Key.Key_Return)
    qtbot.waitUntil(said(page, "頁を印刷に送りました"))
    ((_arguments, pdf),) = printers.jobs()
    box = PdfReader(BytesIO(pdf)).pages[0].mediabox
    assert (round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) == size
