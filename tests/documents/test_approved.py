"""Every paper still looks as it was approved, and the comparison sees what a reader would see."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.documents import approved
from tests.documents.facts import MOMENT
from tests.documents.papers import PAPERS
from walkdesk.documents.sheet import PaperMeta, Sheet, paper_pdf
from walkdesk.documents.typeface import GOTHIC, MINCHO

LINES = ("平成30年7月1日から平成31年3月31日まで、1日2,000歩で10ポイント", "照合値 7K2FQ-X310A-BCDEF-GHJKM-NPQRST")


def page(change: Callable[[int, str], str] = lambda _row, words: words, moved: float = 0.0, rule: bool = True) -> bytes:
    """Forty lines, large and small; ``change`` may reword a line, ``moved`` lowers one, ``rule`` draws one."""

    def draw(sheet: Sheet) -> None:
        sheet.new_page(footer=lambda: None)
        for row in range(40):
            y = 20 + 6 * row + (moved if row == 9 else 0)
            sheet.text(20, y, change(row, LINES[row % 2]), 8 if row % 2 else 10.5, MINCHO if row % 3 else GOTHIC)
        if rule:
            sheet.rule(20, 270, 190, 270)

    return paper_pdf(PaperMeta("見本", "歩楽", MOMENT), draw, total=1)


def one(before: str, after: str, row: int) -> Callable[[int, str], str]:
    return lambda at, words: words.replace(before, after, 1) if at == row else words


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_looks_as_it_was_approved(name: str) -> None:
    approved.check(name, PAPERS[name]())


def test_no_picture_is_kept_of_a_paper_that_is_no_more() -> None:
    assert {file.stem.rpartition("-")[0] for file in approved.FOLDER.glob("*")} == set(PAPERS)
    assert max(file.stat().st_size for file in approved.FOLDER.glob("*")) <= 46_000


@pytest.mark.parametrize(
    "other",
    [
        page(lambda row, words: words[:-1] if row == 7 else words),
        page(one("、", "　", 4)),
        page(one("から", "まで", 4)),
        page(moved=0.3),
        page(moved=-0.3),
        page(rule=False),
    ],
    ids=["digit", "comma", "words", "lower", "higher", "rule"],
)
def test_what_a_reader_would_see_is_found_and_its_place_is_told(other: bytes, tmp_path: Path) -> None:
    approved.approve("lines", page(), tmp_path)
    (change,) = approved.changes("lines", other, tmp_path)
    assert change.place is not None
    left, top, right, bottom = change.place
    assert 11 <= left < right <= 199
    assert 11 <= top < bottom <= 279
    assert "--approve lines" in str(change)
    assert "page 1" in str(change)


@pytest.mark.parametrize("fine", [5, 6])
@pytest.mark.parametrize("name", ["report", "passphrase_slip", "audit_pack"])
def test_other_smoothing_of_the_same_page_is_no_change(name: str, fine: int) -> None:
    pdf = PAPERS[name]()
    drawn = list(zip(approved.pictures(pdf), approved.pictures(pdf, fine), strict=True))
    assert [approved.compared(name, number, *pair) for number, pair in enumerate(drawn, 1)] == [None] * len(drawn)


def test_pages_too_many_or_too_few_are_told(tmp_path: Path) -> None:
    assert "nobody has approved" in str(approved.changes("roster", PAPERS["roster"](), tmp_path)[0])
    approved.approve("lines", PAPERS["roster"](), tmp_path)
    assert "no such page any more" in str(approved.changes("lines", page(), tmp_path)[-1])
    assert [file.name for file in approved.approve("lines", page(), tmp_path)] == ["lines-1.png"]
    assert approved.changes("lines", page(), tmp_path) == []
    assert [file.name for file in tmp_path.iterdir()] == ["lines-1.png"]


def test_the_command_knows_its_papers(capsys: pytest.CaptureFixture[str]) -> None:
    assert approved.main(["roster"]) == 0
    assert approved.main(["roster", "rooster"]) == 2
    assert "rooster" in capsys.readouterr().err
