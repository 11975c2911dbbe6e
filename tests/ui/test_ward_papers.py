"""区への文書・用紙 by keyboard: chosen with the arrows, made with Enter, printed and saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.services.registerdesk import entered
from tests.ui.desks import AUGUST, press, register
from walkdesk.domain.registers import Register
from walkdesk.domain.wardpapers import WARD_PAPERS, WardPaper
from walkdesk.messages.common import FreePaper
from walkdesk.messages.registers import PrintRegister
from walkdesk.messages.wardpapers import MakeInspectionSheet
from walkdesk.services.session import Session
from walkdesk.ui.out import exits
from walkdesk.ui.papers.page import PapersPage

ORDER = list(WARD_PAPERS)


@pytest.fixture
def desk(office: Any) -> Session:
    """The manager in August; an inspection was recorded."""
    session: Session = office.sign_in("S-0001", AUGUST)
    register(session)
    entered(session, Register.INSPECTIONS, held_on="2018-08-08")
    return session


@pytest.fixture
def page(desk: Session, context_for: Callable[..., Any], visit: Callable[..., Any]) -> Any:
    """The tab, loaded."""
    return visit(PapersPage, context_for(desk), tab="ward")


def to(page: Any, paper: WardPaper) -> Any:
    """Goes down the list with the arrows and gives back the part."""
    part = page.parts["ward"]
    for _ in range(ORDER.index(paper) - ORDER.index(part.table.current())):
        press(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert part.table.current() is paper
    return part


def test_the_keyboard_stands_in_the_list_and_every_paper_is_there(page: Any) -> None:
    part = page.parts["ward"]
    assert QApplication.focusWidget() is part.table
    assert [row.key for row in part.table.rows()] == ORDER
    assert [row.cells[0] for row in part.table.rows() if row.cells[0]] == ["区への文書", "申込用紙"]


def test_enter_makes_the_paper_and_it_is_saved_and_printed(
    page: Any, settle: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = to(page, WardPaper.APPLICATION)
    assert not part.save.isEnabled() and part.preview.pages() == 0
    press(part.table, Qt.Key.Key_Return)
    settle(page.context)
    assert part.preview.pages() == 1 and QApplication.focusWidget() is part.table
    assert part.table.current() is WardPaper.APPLICATION
    assert "田中 康夫" in str(part.table.rows()[-1].cells[-1])
    chosen = tmp_path / "form.pdf"
    monkeypatch.setattr(exits.QFileDialog, "getSaveFileName", lambda *_args: (str(chosen), ""))
    press(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert chosen.read_bytes().startswith(b"%PDF")
    printed: list[FreePaper] = []
    monkeypatch.setattr(part._printing, "find", lambda then: then(("printer",)))
    monkeypatch.setattr(part._printing, "send", lambda paper, *_rest: printed.append(paper))
    press(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert [paper.pdf for paper in printed] == [chosen.read_bytes()]


def test_a_choice_stands_beside_the_papers_that_need_one(page: Any, settle: Callable[..., None]) -> None:
    part = to(page, WardPaper.INSPECTION_SHEET)
    assert part.which.isVisible() and part.which.count() == 2
    press(part.table, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is part.which
    press(part.which, Qt.Key.Key_Down)
    part.table.setFocus()
    press(page, Qt.Key.Key_F4)
    settle(page.context)
    assert MakeInspectionSheet("V-0001") in page.context.room.asked
    part = to(page, WardPaper.REGISTER)
    assert part.which.count() == len(Register)
    press(part.table, Qt.Key.Key_Return)
    settle(page.context)
    assert PrintRegister(Register.COPIES) in page.context.room.asked
    part.table.select(WardPaper.INSPECTION_SHEET)
    assert part.which.chosen() == "V-0001", "what was chosen stays chosen"


def test_a_paper_of_another_desk_is_one_key_away(page: Any) -> None:
    to(page, WardPaper.AUDIT_PACK)
    press(page, Qt.Key.Key_F4)
    assert page.context.room.went == [("audit_reports", {"kind": "pack"})]


def test_a_paper_about_nothing_says_so_and_asks_nothing(page: Any) -> None:
    part = to(page, WardPaper.INCIDENT_REPORT)
    before = len(page.context.room.asked)
    press(part.table, Qt.Key.Key_Return)
    assert "まだありません" in part.problem()
    assert len(page.context.room.asked) == before


def test_a_handler_reads_who_makes_it(office: Any, context_for: Callable[..., Any], visit: Callable[..., Any]) -> None:
    page = visit(PapersPage, context_for(office.sign_in("S-0142", AUGUST)), tab="ward")
    part = page.parts["ward"]
    assert part.table.rows()[0].cells[-1] == "取扱責任者が作ります"
    press(part.table, Qt.Key.Key_Return)
    assert part.problem() == "取扱責任者が作ります"
    assert page.context.room.open == 0 and not part.go.isVisible()


def test_in_a_small_window_the_basis_stands_below(page: Any, settle: Callable[..., None]) -> None:
    part = to(page, WardPaper.STATUS_REPORT)
    assert len(part.table.facts.columns) == 4
    page.resize(940, 578)
    settle(page.context)
    assert len(part.table.facts.columns) == 3 and part.table.current() is WardPaper.STATUS_REPORT
