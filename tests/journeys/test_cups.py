"""Letters, labels and envelopes through a real CUPS: what arrives, and that the window leaves no file on the way."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader

from tests.benchmarks.counts import count
from tests.journeys.cups import Office, grey, printing_office
from tests.journeys.tracing import NAMES, OPENS, WRITES, read_trace, traced
from tests.services.gatedesk import approved_by, desk_in_august
from walkdesk.domain.layouts import PrintOn
from walkdesk.domain.releases import ReleaseKind
from walkdesk.messages.releases import Released, RequestRelease, TakeRelease
from walkdesk.services.perform import perform

PROJECT = Path(__file__).resolve().parents[2]
SERIALS = ["R-0001-001", "R-0001-002", "R-0001-003", "R-0001-004", "R-0001-005"]
POINT = 25.4 / 72

pytestmark = [pytest.mark.long, pytest.mark.skipif(sys.platform != "linux", reason="CUPS is the way of Linux")]


@pytest.fixture(scope="module")
def cups() -> Iterator[Office]:
    with printing_office() as office:
        yield office


def released(office: Any, paper: str, on: PrintOn) -> Released:
    """A paper that two people let go."""
    session = desk_in_august(office)
    approved_by(office, session, RequestRelease(ReleaseKind.TO_PERSON, paper, "発送"))
    answer: Released = perform(session, TakeRelease("R-0001", "print", on=on)).answer
    return answer


@pytest.fixture
def letters(office: Any) -> bytes:
    return released(office, "invitation", PrintOn("Sheets")).data


def send(cups: Office, pdf: bytes, printer: str = "", pages: str = "", colour: str = "", before: Any = ()) -> str:
    """Prints; answers what the window found. ``before`` runs it under something else."""
    command = [*before, sys.executable, "-m", "tests.journeys.cups", printer, pages, colour]
    variables = cups.variables | {"QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, input=pdf, capture_output=True, env=variables, cwd=PROJECT, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().strip()


def arrived(cups: Office) -> list[str]:
    """The words of each sheet."""
    cups.pages()
    return texts(cups.sheets.read_bytes())


def texts(pdf: bytes) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def test_every_sheet_arrives_whole_one_sided_and_where_it_was_drawn(cups: Office, letters: bytes) -> None:
    assert send(cups, letters) == "Sheets Dots"
    assert arrived(cups) == texts(letters)
    assert all(serial in text for serial, text in zip(SERIALS, arrived(cups), strict=True))
    # The queue's own book: the number of the release and nobody's name, A4 and one side against the queue's habits.
    assert cups.pages().splitlines()[-1].endswith("total 5 - localhost R-0001 A4 one-sided")
    ours, theirs = (pypdfium2.PdfDocument(pdf) for pdf in (letters, cups.sheets.read_bytes()))
    boxes = [[document[0].get_textpage().get_charbox(sign) for sign in range(40)] for document in (ours, theirs)]
    moved = [abs(a - b) * POINT for one, two in zip(*boxes, strict=True) for a, b in zip(one, two, strict=True)]
    assert max(moved) < 0.2, "mm"
    for document in (ours, theirs):
        document.close()


def test_only_the_pages_that_are_wanted_arrive(cups: Office, letters: bytes) -> None:
    send(cups, letters, "Sheets", "2, 4-5")
    assert arrived(cups) == [texts(letters)[page] for page in (1, 3, 4)]


@pytest.mark.parametrize("colour", ["colour", "grey"])
def test_grey_is_grey_for_the_printer(cups: Office, letters: bytes, colour: str) -> None:
    send(cups, letters, "Dots", "1", colour)
    cups.pages()
    assert grey(cups.dots.read_bytes()) is (colour == "grey")


def test_an_envelope_arrives_in_its_own_size(cups: Office, office: Any) -> None:
    envelopes = released(office, "envelopes", PrintOn("Sheets", "naga3")).data
    send(cups, envelopes)
    assert arrived(cups) == texts(envelopes)
    box = PdfReader(cups.sheets).pages[0].mediabox
    assert (round(float(box.width) * POINT), round(float(box.height) * POINT)) == (120, 235)


def test_the_window_and_what_it_starts_write_no_file(
    cups: Office, letters: bytes, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    output = tmp_path / "trace"
    send(cups, letters, before=traced(output, [], (*OPENS, *NAMES, *WRITES)))
    trace = read_trace(output)
    assert arrived(cups) == texts(letters) and trace.calls > 100
    assert trace.files == set()
    count(
        record_property,
        "printing.files_written",
        len(trace.files),
        "files",
        "files that the window and lp opened for writing, made or renamed while five letters went to a CUPS queue"
        " (strace)",
        at_most=0,
    )
