"""The ward's auditor checks and confirms, and sees no participant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.conftest import Build, Office
from tests.ui.desks import AUGUST, PEOPLE, erased, press, register, write
from walkdesk.domain.contract import ContractState
from walkdesk.messages.audit import LookAtAudit, ReadLedger
from walkdesk.messages.door import SignOut
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.ui.audit.certificate import CertificatePage
from walkdesk.ui.audit.ledger import LedgerPageView
from walkdesk.ui.audit.page import AuditPage
from walkdesk.ui.out import exits


@pytest.fixture
def auditor(office_after: Callable[[Build], Office]) -> Session:
    """The auditor after the erasure."""
    return office_after(erased).sign_in("W-0001", date(2019, 4, 5))


def words_of(page: QWidget) -> str:
    """Everything that the page says aloud or shows in tables."""
    said = [widget.accessibleName() for widget in page.findChildren(QWidget)]
    tables = [
        str(row.cells)
        for table in page.findChildren(QWidget)
        if hasattr(table, "rows")
        for row in (table.rows() if callable(table.rows) else ())
    ]
    return " ".join([*said, *tables])


def test_the_list_leads_to_the_certificate(
    auditor: Session, context_for: Callable[..., Any], visit: Callable[..., Any]
) -> None:
    page = visit(AuditPage, context_for(auditor))
    press(page.table, Qt.Key.Key_Return)
    contract = perform(auditor, LookAtAudit()).answer.certificates[0]
    assert page.context.room.went == [("certificate", {"contract": contract})]


def test_every_check_holds_and_the_ward_confirms(
    auditor: Session, context_for: Callable[..., Any], visit: Callable[..., Any], settle: Callable[..., None]
) -> None:
    page = visit(CertificatePage, context_for(auditor))
    assert page.preview.pages() == 2
    assert "検査がすべて合いました" in page.callout.accessibleName()
    assert "区の確認 これから" in page.list.words()
    page.setFocus()
    press(page, Qt.Key.Key_Return)
    write(page.form.remark, "控えの照合値と一致")
    press(page.form.save, Qt.Key.Key_Return)
    settle(page.context)
    assert perform(auditor, LookAtAudit()).answer.contracts[0].state is ContractState.ACKNOWLEDGED
    assert "区の確認 合う" in page.list.words()
    assert not page.findChild(QWidget, "audit_acknowledge_button").isVisible()


def test_the_wards_own_checkpoint_is_compared(
    auditor: Session, context_for: Callable[..., Any], visit: Callable[..., Any], settle: Callable[..., None]
) -> None:
    page = visit(CertificatePage, context_for(auditor))
    kept = perform(auditor, ReadLedger()).answer.checkpoint
    write(page.checkpoint, kept)
    press(page.checkpoint, Qt.Key.Key_Return)
    settle(page.context)
    assert "区の控えとの照合 合う" in page.list.words()
    # Enter in this field is the field's: the confirmation does not begin.
    assert not page.form.isVisible()


def test_a_checkpoint_of_no_such_state_does_not_hold(
    auditor: Session, context_for: Callable[..., Any], visit: Callable[..., Any], settle: Callable[..., None]
) -> None:
    page = visit(CertificatePage, context_for(auditor))
    kept = perform(auditor, ReadLedger()).answer.checkpoint
    write(page.checkpoint, kept[:-1] + ("0" if kept[-1] != "0" else "1"))
    press(page.checkpoint, Qt.Key.Key_Return)
    settle(page.context)
    wrong = "区の控えとの照合 合わない" in page.list.words()
    assert wrong or page.problem()


def test_the_ledger_is_read_filtered_and_checked(
    auditor: Session, context_for: Callable[..., Any], visit: Callable[..., Any], settle: Callable[..., None]
) -> None:
    page = visit(LedgerPageView, context_for(auditor))
    everything = len(page.table.rows())
    page.kind.choose("erasure_approved")
    page.kind.activated.emit(page.kind.currentIndex())
    settle(page.context)
    assert (len(page.table.rows()), everything > 20) == (2, True)
    press(page, Qt.Key.Key_F5)
    settle(page.context)
    assert "切れずにつながっています" in page.problem()


def test_a_checkpoint_on_paper_is_found_in_the_ledger_or_not(
    auditor: Session, context_for: Callable[..., Any], visit: Callable[..., Any], settle: Callable[..., None]
) -> None:
    page = visit(LedgerPageView, context_for(auditor))
    kept = perform(auditor, ReadLedger()).answer.checkpoint
    for typed, words in (
        (kept, "控えの照合値と一致しました"),
        (kept[:-1] + ("0" if kept[-1] != "0" else "1"), ""),
        ("あ", ""),
    ):
        write(page.kept, typed)
        press(page.kept, Qt.Key.Key_Return)
        settle(page.context)
        assert words in page.problem() and page.problem()
        assert words or "一致しました" not in page.problem()


def test_the_ledger_is_exported(
    auditor: Session,
    context_for: Callable[..., Any],
    visit: Callable[..., Any],
    settle: Callable[..., None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = visit(LedgerPageView, context_for(auditor))
    chosen = tmp_path / "ledger.jsonl"
    monkeypatch.setattr(exits.QFileDialog, "getSaveFileName", lambda *_args: (str(chosen), ""))
    press(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(page.context)
    assert chosen.stat().st_size > 1000


def test_no_participant_is_on_any_of_the_auditors_pages(
    office: Any, context_for: Callable[..., Any], visit: Callable[..., Any]
) -> None:
    session = office.sign_in("S-0142", AUGUST)
    register(session)
    perform(session, SignOut())
    context = context_for(office.sign_in("W-0001", AUGUST))
    shown = " ".join(words_of(visit(page, context)) for page in (AuditPage, CertificatePage, LedgerPageView))
    assert "健康づくり課" in shown
    assert not [name for number, name in PEOPLE if name in shown or number in shown]
