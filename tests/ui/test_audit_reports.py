"""The papers for the ward: chosen, made, saved and printed by keyboard, by the auditor and by managers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.leaks import tells
from tests.ui.desks import AUGUST, PEOPLE, press, register, write
from tests.ui.reach import nameless, unreached
from walkdesk.messages.audit import LookAtAudit, MakeAuditPack, MakeStatusReport
from walkdesk.messages.door import SignOut
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.ui.audit.reports import AuditReportsPage
from walkdesk.ui.contracts.page import ContractsPage
from walkdesk.ui.out import exits

CONTROL = Qt.KeyboardModifier.ControlModifier
Visit = Callable[..., Any]
Settle = Callable[..., None]
ContextFor = Callable[..., Any]


@pytest.fixture
def auditor(office: Any) -> Session:
    """The auditor in August, after people came into the vault."""
    session = office.sign_in("S-0142", AUGUST)
    register(session)
    perform(session, SignOut())
    signed: Session = office.sign_in("W-0001")
    return signed


def make(page: Any, settle: Settle) -> None:
    press(page.form.save, Qt.Key.Key_Return)
    settle(page.context)


def test_a_report_is_made_and_saved_by_keyboard(
    auditor: Session, context_for: ContextFor, visit: Visit, settle: Settle, tmp_path: Path, monkeypatch: Any
) -> None:
    page = visit(AuditReportsPage, context_for(auditor))
    assert page.form.kind.hasFocus() and not page.paper.save.isEnabled()
    make(page, settle)
    assert page.paper.preview.pages() >= 2 and "取扱状況報告書" in page.context.room.said[-1]
    chosen = tmp_path / "report.pdf"
    monkeypatch.setattr(exits.QFileDialog, "getSaveFileName", lambda *_args: (str(chosen), ""))
    press(page, Qt.Key.Key_S, CONTROL)
    assert chosen.read_bytes().startswith(b"%PDF") and "report.pdf" in page.context.room.said[-1]


def test_paper_and_workbook_go_into_one_folder_that_is_asked_for_once(
    auditor: Session, context_for: ContextFor, visit: Visit, settle: Settle, tmp_path: Path, monkeypatch: Any
) -> None:
    page = visit(AuditReportsPage, context_for(auditor), kind="pack")
    make(page, settle)
    folder = tmp_path / "資料"
    folder.mkdir()
    asked: list[object] = []

    def choose(*_args: object) -> str:
        asked.append(1)
        return str(folder)

    monkeypatch.setattr(exits.QFileDialog, "getExistingDirectory", choose)
    press(page, Qt.Key.Key_S, CONTROL)
    pdf, workbook = sorted(folder.iterdir())
    assert (len(asked), pdf.suffix, workbook.suffix, pdf.stem) == (1, ".pdf", ".xlsx", workbook.stem)
    assert "対策" in openpyxl.load_workbook(workbook).sheetnames
    names = {name for _, name in PEOPLE}
    assert not tells(pdf.read_bytes(), names) and not tells(workbook.read_bytes(), names)


def test_a_folder_that_takes_nothing_is_told(
    auditor: Session, context_for: ContextFor, visit: Visit, settle: Settle, tmp_path: Path, monkeypatch: Any
) -> None:
    page = visit(AuditReportsPage, context_for(auditor), kind="pack")
    make(page, settle)
    monkeypatch.setattr(exits.QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path / "gone"))
    press(page, Qt.Key.Key_S, CONTROL)
    assert "書けませんでした" in page.paper.problem()
    monkeypatch.setattr(exits.QFileDialog, "getExistingDirectory", lambda *_args: "")
    said = list(page.context.room.said)
    press(page, Qt.Key.Key_S, CONTROL)
    assert page.context.room.said == said


def test_the_days_are_the_years_and_can_be_changed(
    auditor: Session, context_for: ContextFor, visit: Visit, settle: Settle
) -> None:
    page = visit(AuditReportsPage, context_for(auditor))
    assert (page.form.start.day(), page.form.end.day()) == (date(2018, 4, 1), AUGUST)
    write(page.form.start, "H30.6.1")
    write(page.form.end, "H30.5.1")
    make(page, settle)
    assert "始まりの日より前" in page.form.note_at(page.form.end) and not page.paper.save.isEnabled()
    write(page.form.end, "いつか")
    press(page.form.save, Qt.Key.Key_Return)
    assert "読めません" in page.form.note_at(page.form.end) or "日付" in page.form.note_at(page.form.end)
    page.form.end.clear()
    make(page, settle)
    contract = perform(auditor, LookAtAudit()).answer.contracts[0].contract
    assert page.context.room.asked[-1] == MakeStatusReport(contract, date(2018, 6, 1), None)
    assert page.paper.save.isEnabled() and "空欄にすると" in page.form.note_at(page.form.end)


def test_managers_come_from_the_contracts_desk(
    office: Any, context_for: ContextFor, visit: Visit, settle: Settle
) -> None:
    session = office.sign_in("S-0001", AUGUST)
    page = visit(ContractsPage, context_for(session))
    press(page, Qt.Key.Key_U, Qt.KeyboardModifier.AltModifier)
    assert page.context.room.went == [("audit_reports", {"contract": session.contract})]
    there = visit(AuditReportsPage, context_for(session), kind="pack", contract=session.contract)
    make(there, settle)
    assert isinstance(there.context.room.asked[-1], MakeAuditPack)
    assert there.place() == {"kind": "pack", "contract": session.contract}


def test_handlers_have_no_button_for_it(office: Any, context_for: ContextFor, visit: Visit) -> None:
    page = visit(ContractsPage, context_for(office.sign_in("S-0142", AUGUST)))
    assert not page.findChild(QWidget, "contracts_reports").isVisible()


def test_everything_has_a_name_and_tab_comes_everywhere(
    auditor: Session, context_for: ContextFor, visit: Visit, settle: Settle
) -> None:
    page = visit(AuditReportsPage, context_for(auditor))
    make(page, settle)
    assert nameless(page) == [] and unreached(page) == []
