"""Onto paper: volumes one after the other, what is chosen of them, what is stopped; and pages drawn for Windows."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter
from reportlab.pdfgen.canvas import Canvas

from walkdesk.domain.problem import Problem
from walkdesk.domain.releases import Way
from walkdesk.messages.common import FreePaper
from walkdesk.messages.releases import Released
from walkdesk.ui.out import exits
from walkdesk.ui.out.drawing import Drawing, is_a4, page_layout
from walkdesk.ui.out.exits import PrintHow, Printing, chosen_volumes

A4, NAGA3 = (595.28, 841.89), (340.16, 666.14)
linux = pytest.mark.skipif(sys.platform == "win32", reason="lp is the way of Linux")


def volume(*words: str, size: tuple[float, float] = A4) -> bytes:
    """A page for each word."""
    target = BytesIO()
    canvas = Canvas(target, pagesize=size)
    for word in words:
        canvas.drawString(72, 400, word)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def words(pdf: bytes) -> list[str]:
    return [page.extract_text().strip() for page in PdfReader(BytesIO(pdf)).pages]


VOLUMES = (volume("a", "b", "c"), volume("d", "e"), volume("f"))
RELEASED = Released("R-0001", "参加案内", "a.pdf", Way.PRINT, VOLUMES[0], 6, further=VOLUMES[1:])


@pytest.mark.parametrize(
    ("pages", "chosen"),
    [
        ("", [["a", "b", "c"], ["d", "e"], ["f"]]),
        ("2-4", [["b", "c"], ["d"]]),
        ("6, 1", [["a"], ["f"]]),
        ("4-5", [["d", "e"]]),
    ],
)
def test_pages_are_counted_through_all_volumes(pages: str, chosen: list[list[str]]) -> None:
    assert [words(one) for one in chosen_volumes(VOLUMES, pages)] == chosen


def test_pages_that_are_not_there_are_told_and_nothing_is_sent(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Printing, "_run", lambda *_: pytest.fail("sent"))
    told: list[Problem] = []
    Printing().send(RELEASED, lambda: pytest.fail("printed"), told.append, PrintHow("", "7"))
    assert [(one.code, one.values) for one in told] == [("printing.pages_beyond", {"pages": 6})]


class Queue:
    """What ``lp`` was told and given; it answers when it is asked to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.jobs: list[tuple[list[str], bytes]] = []
        self.answers: list[Callable[[str, int], None]] = []
        monkeypatch.setattr(Printing, "_run", self._run)

    def _run(self, program: str, arguments: list[str], given: bytes, then: Callable[[str, int], None]) -> None:
        assert program == "lp"
        self.jobs.append((arguments, given))
        self.answers.append(then)

    def answer(self, code: int = 0) -> None:
        self.answers.pop(0)("", code)


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> Queue:
    return Queue(monkeypatch)


@linux
def test_volumes_go_one_after_the_other(qtbot: Any, queue: Queue) -> None:
    steps: list[tuple[int, int]] = []
    done: list[bool] = []
    printing = Printing()
    how = PrintHow("Office", "", True)
    printing.send(RELEASED, lambda: done.append(True), pytest.fail, how, lambda *step: steps.append(step))
    for number in range(3):
        assert len(queue.jobs) == number + 1 and not done
        queue.answer()
    assert done == [True] and steps == [(1, 3), (2, 3), (3, 3)]
    assert [words(given) for _, given in queue.jobs] == [["a", "b", "c"], ["d", "e"], ["f"]]
    for arguments, _ in queue.jobs:
        told = " ".join(arguments)
        assert told == (
            "-s -n 1 -t R-0001 -o sides=one-sided -o print-scaling=none -d Office -o print-color-mode=monochrome"
            " -o media=A4"
        )


@linux
def test_an_envelope_is_told_by_its_size_and_a_free_paper_by_its_title(qtbot: Any, queue: Queue) -> None:
    Printing().send(FreePaper("調整シート", "a.pdf", volume("a", size=NAGA3), 1), lambda: None, pytest.fail)
    arguments, _ = queue.jobs[0]
    assert arguments[-1] == "media=Custom.120.0x235.0mm" and arguments[arguments.index("-t") + 1] == "調整シート"


@linux
def test_what_is_stopped_sends_no_further_volume(qtbot: Any, queue: Queue) -> None:
    told: list[str] = []
    printing = Printing()
    printing.send(RELEASED, lambda: pytest.fail("printed"), lambda problem: told.append(problem.code))
    queue.answer()
    printing.stop()
    queue.answer()
    assert told == ["printing.stopped"] and len(queue.jobs) == 2


@linux
def test_a_queue_that_takes_nothing_more_is_told_once(qtbot: Any, queue: Queue) -> None:
    told: list[str] = []
    Printing().send(RELEASED, lambda: pytest.fail("printed"), lambda problem: told.append(problem.code))
    queue.answer()
    queue.answer(1)
    assert told == ["releases.print_failed"] and len(queue.jobs) == 2


@linux
def test_a_program_that_hangs_is_ended_by_stop(qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hangs = tmp_path / "lp"
    hangs.write_text("#!/bin/sh\nexec sleep 600\n", encoding="utf-8")
    hangs.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    told: list[str] = []
    printing = Printing()
    printing.send(RELEASED, lambda: pytest.fail("printed"), lambda problem: told.append(problem.code))
    qtbot.waitUntil(lambda: printing._process is not None and printing._process.processId() > 0)
    printing.stop()
    qtbot.waitUntil(lambda: told == ["printing.stopped"])


@pytest.mark.parametrize(
    ("output", "names"),
    [
        ("Lab\nOffice\nsystem default destination: Office\n", ("Office", "Lab")),
        ("Lab\nOffice\nno system default destination\n", ("Lab", "Office")),
        ("no system default destination\n", ()),
        ("", ()),
    ],
)
def test_the_usual_printer_comes_first(output: str, names: tuple[str, ...]) -> None:
    assert exits._printers(output) == names


class Tray(QPdfWriter):
    """A printer that prints into memory, as many sheets as it has."""

    def __init__(self, sheets: int = 99) -> None:
        self.buffer = QBuffer()
        self.buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        super().__init__(self.buffer)
        self.setResolution(72)
        self.left = sheets
        self.aborted = 0

    def newPage(self) -> bool:
        self.left -= 1
        return self.left > 0 and super().newPage()

    def abort(self) -> bool:
        self.aborted += 1
        return True

    def sizes(self) -> list[tuple[int, int]]:
        """The sheets that came out."""
        pages = PdfReader(BytesIO(bytes(self.buffer.data().data()))).pages
        return [(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in pages]


def test_pages_are_drawn_one_in_each_turn_of_the_window(qtbot: Any) -> None:
    tray = Tray()
    steps: list[tuple[int, int]] = []
    done: list[bool] = []
    lying = volume("x", size=(A4[1], A4[0]))
    volumes = (volume("a", "b"), lying, volume("c", size=NAGA3))
    drawing = Drawing(tray, volumes, lambda: done.append(True), pytest.fail, lambda *step: steps.append(step))
    assert steps == []
    qtbot.waitUntil(lambda: bool(done))
    assert steps == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert tray.sizes() == [(595, 842), (595, 842), (842, 595), (340, 666)]
    drawing.stop()
    assert done == [True]


def test_a_printer_without_paper_ends_it(qtbot: Any) -> None:
    told: list[str] = []
    drawing = Drawing(
        Tray(2), VOLUMES, lambda: pytest.fail("printed"), lambda problem: told.append(problem.code), lambda *_: None
    )
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["releases.print_failed"] and not drawing._timer.isActive()


def test_stopping_takes_the_drawn_pages_back(qtbot: Any) -> None:
    tray, told, steps = Tray(), [], []
    printing = Printing()

    def step(*_: int) -> None:
        steps.append(1)
        printing.stop()

    printing._draw(
        tray,  # type: ignore[arg-type]
        VOLUMES,
        lambda: pytest.fail("printed"),
        lambda problem: told.append(problem.code),
        step,
    )
    qtbot.waitUntil(lambda: bool(told))
    printing.stop()
    assert (told, len(steps), tray.aborted) == (["printing.stopped"], 1, 1)


def test_sheets_are_known_by_their_size() -> None:
    assert is_a4(*A4) and is_a4(842, 595) and not is_a4(*NAGA3) and not is_a4(612, 792)
    assert page_layout(*A4).pageSize().id() is QPageSize.PageSizeId.A4
    assert page_layout(842, 595).orientation() is QPageLayout.Orientation.Landscape
    envelope = page_layout(*NAGA3).fullRect(QPageLayout.Unit.Millimeter)
    assert (round(envelope.width()), round(envelope.height())) == (120, 235)
