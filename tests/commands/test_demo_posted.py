"""What the practice year posted: a missing page, a wrong name, a foreign font, an open release are noticed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from walkdesk.commands.demo.checks_posted import check_posted
from walkdesk.commands.demo.reading import ReadPaper, read_paper
from walkdesk.commands.demo.stage import Posted, YearFacts
from walkdesk.domain.dates import JST
from walkdesk.domain.releases import Outcome, ReleaseKind, ReleaseState
from walkdesk.messages.releases import ReleaseRow
from walkdesk.resources.fonts import font_file

NAMES = ("甲野 一郎", "葛野 髙子")
SERIALS = ("R-0001-001", "R-0001-002")
VERSION = "平成30年度 第2版"


def paper(path: Path, font: str = "posted-gothic") -> Path:
    """Two letters, each with a name, its version and its serial."""
    pdfmetrics.registerFont(TTFont("posted-gothic", str(font_file("gothic"))))
    canvas = Canvas(str(path))
    for name, serial in zip(NAMES, SERIALS, strict=True):
        canvas.setFont(font, 12)
        for line, words in enumerate((name, VERSION, serial) if font == "posted-gothic" else (serial,)):
            canvas.drawString(80, 700 - 20 * line, words)
        canvas.showPage()
    canvas.save()
    return path


def row(**changes: Any) -> ReleaseRow:
    """The register's line of it."""
    at = datetime(2018, 5, 28, 14, 0, tzinfo=JST)
    line = ReleaseRow(
        release="R-0001",
        kind=ReleaseKind.TO_PERSON,
        paper="releases.paper.invitation",
        sheets=len(NAMES),
        columns=("name",),
        purpose="発送",
        requested_by="佐久間 亮",
        requested_by_number="S-0101",
        requested_at=at,
        state=ReleaseState.CLOSED,
        approved_by="相沢 香",
        approved_at=at,
        released_at=at,
        due=None,
        closed_on=at.date(),
        outcome=Outcome.POSTED,
        mine=False,
        reprinted=1,
    )
    return replace(line, **changes)


def wrong(posted: Posted, line: ReleaseRow) -> set[str]:
    """The checks that do not hold."""
    facts = YearFacts(posted=[posted], wording=VERSION, register=(line,))
    everybody = [SimpleNamespace(name=name) for name in (*NAMES, "乙川 二郎")]
    stage: Any = SimpleNamespace(facts=facts, population=SimpleNamespace(everybody=everybody))
    return {finding.code for finding in check_posted(stage) if not finding.holds}


@pytest.fixture
def posted(tmp_path: Path) -> Posted:
    return Posted(paper(tmp_path / "参加案内.pdf"), "R-0001", 2, SERIALS, NAMES, (VERSION, VERSION))


def test_what_was_posted_as_the_register_says_holds(posted: Posted) -> None:
    assert wrong(posted, row()) == set()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"pages": 3}, "posted"),
        ({"serials": ("R-0001-001", "R-0001-003")}, "posted"),
        ({"names": (NAMES[1], NAMES[0])}, "names"),
        ({"names": (NAMES[0], "葛野 高子")}, "names"),
        ({"versions": (VERSION, "平成30年度 第1版")}, "wording"),
    ],
)
def test_a_sheet_that_is_not_as_it_was_approved_is_noticed(posted: Posted, changes: dict[str, Any], code: str) -> None:
    assert wrong(replace(posted, **changes), row()) == {code}


@pytest.mark.parametrize("changes", [{"closed_on": None}, {"outcome": Outcome.WITHDRAWN}, {"reprinted": 0}])
def test_a_release_that_is_not_closed_as_posted_is_noticed(posted: Posted, changes: dict[str, Any]) -> None:
    assert wrong(posted, row(**changes)) == {"register"}


def test_another_number_of_sheets_in_the_register_is_noticed(posted: Posted) -> None:
    assert wrong(posted, row(sheets=3)) == {"posted"}


def test_a_font_that_is_not_in_the_file_is_noticed(tmp_path: Path) -> None:
    assert read_paper(paper(tmp_path / "own.pdf")).embedded
    assert not read_paper(paper(tmp_path / "foreign.pdf", "Helvetica")).embedded


def test_what_is_no_paper_has_no_page(tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    for name in ("broken.pdf", "missing.pdf"):
        assert read_paper(tmp_path / name) == ReadPaper((), embedded=False)
