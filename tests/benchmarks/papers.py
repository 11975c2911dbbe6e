"""Papers: how fast letters are drawn, how large they are, what they cost in memory, how soon the first is seen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pypdf
from PySide6.QtGui import QImage

from tests.benchmarks.bench import Bench
from tests.benchmarks.entries import in_turns, measures, median_of, seconds, spread
from tests.benchmarks.mailing import bare_pdf, first_page, flat_odt, letters, strokes
from tests.documents.letter_facts import meta
from walkdesk.documents.letters import letters_pdf

PROJECT = Path(__file__).resolve().parents[2]
ROUNDS = 5
PREVIEWS = 20
SUITE_ROUNDS = 3
WAIT = 300
"""Seconds for an office suite."""


def _job(name: str, people: int) -> dict[str, Any]:
    """One job in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.mailing", name, str(people)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@measures(
    "papers.letters_to_suite",
    "times",
    """letters of one page (address, body, table, QR code) as pages a second of a whole process, from its start to its
    end, against LibreOffice turning a flat ODT of the same content, merged already, into PDF in the same run; its
    profile was made before; medians in turns""",
    at_least=3,
)
def letters_to_suite(bench: Bench) -> tuple[float, str]:
    folder = bench.folder("suite")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"

    def convert(file: Path) -> None:
        command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), str(file)]
        variables = {name: value for name, value in os.environ.items() if not name.startswith("QT_")}
        subprocess.run(command, capture_output=True, check=True, timeout=WAIT, env=variables)

    made = letters(bench.people)
    first, whole = folder / "first.fodt", folder / "letters.fodt"
    first.write_text(flat_odt(made[:1]), encoding="utf-8")
    whole.write_text(flat_odt(made), encoding="utf-8")
    convert(first)
    ours, theirs = in_turns(
        lambda: seconds(lambda: _job("pdf", bench.people)), lambda: seconds(lambda: convert(whole)), SUITE_ROUNDS
    )
    pages = len(pypdf.PdfReader(whole.with_suffix(".pdf")).pages)
    if pages != bench.people:
        raise ValueError(f"the office suite made {pages} pages of {bench.people} letters")
    return theirs / ours, f"{bench.people / ours:.0f} against {bench.people / theirs:.0f} pages a second, {pages} pages"


@measures(
    "papers.letters_to_bare",
    "times",
    """the time of these letters against a bare canvas of reportlab that draws the same strings at the same places in
    the same fonts, lines broken already, with its own QR codes of one mask: processor time, medians in turns""",
    at_most=1.3,
)
def letters_to_bare(bench: Bench) -> tuple[float, str]:
    made = letters(bench.people)
    pages = strokes(made)
    bare_pdf(pages[:1])
    ours, bare = in_turns(
        lambda: _busy(lambda: letters_pdf(made, meta())), lambda: _busy(lambda: bare_pdf(pages)), ROUNDS
    )
    count = sum(len(page.texts) for page in pages)
    seen = f"{ours:.3f} s against {bare:.3f} s, {len(pages)} pages with {count} texts"
    return ours / bare, f"{seen}; {len(pages) / ours:.0f} pages a second"


def _busy(work: Any) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


@measures("papers.letter_size", "bytes", "one of these letters in a file of all of them", at_most=3500)
def letter_size(bench: Bench) -> tuple[float, str]:
    size = len(letters_pdf(letters(bench.people), meta()))
    return size / bench.people, f"{size} bytes for {bench.people} letters, fonts and bookmarks with them"


@measures(
    "papers.letters_memory",
    "MB",
    """the most memory (resident) of a process of its own that makes these letters as one file, one of them to a name
    that needs the fallback font too""",
    at_most=200,
)
def letters_memory(bench: Bench) -> tuple[float, str]:
    found = _job("pdf", bench.people)
    return float(found["peak"]), f"{bench.people} letters in {found['seconds']:.2f} s, fonts read meanwhile"


@measures(
    "papers.preview_first_page",
    "ms",
    "from the call that makes a letter to its page as a picture for the screen, the fonts read before: median",
    at_most=300,
)
def preview_first_page(bench: Bench) -> tuple[float, str]:
    made = letters(PREVIEWS + 1)
    times = [seconds(lambda place=place: _shown(made[place : place + 1])) * 1000 for place in range(len(made))]  # type: ignore[misc]
    return median_of(times[1:]), spread(times[1:])


def _shown(made: Any) -> QImage:
    image = QImage(*first_page(made), QImage.Format.Format_BGR888).copy()
    if image.isNull():
        raise ValueError("no picture")
    return image


@measures(
    "papers.preview_first_ever",
    "ms",
    """the same in a process that has drawn nothing yet, so that it reads the fonts, the fallback too for this name:
    median""",
    at_most=300,
)
def preview_first_ever(_bench: Bench) -> tuple[float, str]:
    times = [_job("preview", 1)["seconds"] * 1000 for _ in range(ROUNDS)]
    return median_of(times), spread(times)
