"""From the delivered report to the certificate, by the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from tests.conftest import Build, Office
from tests.ui.desks import AUGUST, NUMBER, press, register, reported, returned, write
from walkdesk.domain.contract import ContractState
from walkdesk.messages.closeout import AccountForToken, ApproveErasure, EraseVault, LookAtCloseOut
from walkdesk.messages.common import Progress
from walkdesk.messages.door import SetPracticeDate, SignOut
from walkdesk.messages.papers import MakeReport
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.ui.closeout.page import CloseOutPage
from walkdesk.ui.out import exits

After = Callable[[Build], Office]


def state(session: Session) -> ContractState:
    """Where the contract stands."""
    found: ContractState = perform(session, LookAtCloseOut()).answer.card.state
    return found


@pytest.fixture
def open_page(context_for: Callable[..., Any], visit: Callable[..., Any]) -> Callable[[Session], Any]:
    """The page before a person."""
    return lambda session, **place: visit(CloseOutPage, context_for(session), **place)


def test_the_report_is_delivered(office: Any, open_page: Callable[..., Any], settle: Callable[..., None]) -> None:
    session = office.sign_in("S-0001", AUGUST)
    register(session)
    perform(session, SetPracticeDate(date(2019, 3, 20)))
    perform(session, MakeReport())
    page = open_page(session)
    press(page, Qt.Key.Key_Return)
    form = page.deliver_form
    assert form.on.hasFocus()
    write(form.on, "2019-03-20")
    write(form.reference, "新健収 第77号")
    press(form.save, Qt.Key.Key_Return)
    settle(page.context)
    assert state(session) is ContractState.REPORTED


def test_what_another_desk_settles_leads_there(office: Any, open_page: Callable[..., Any]) -> None:
    page = open_page(office.sign_in("S-0001", AUGUST))
    press(page, Qt.Key.Key_Return)
    assert page.context.room.went == [("papers", {"tab": "report"})]


def test_each_class_and_medium_is_recorded_and_the_return_is_complete(
    office_after: After, open_page: Callable[..., Any], settle: Callable[..., None]
) -> None:
    session = office_after(reported).sign_in("S-0001")
    page = open_page(session)
    press(page, Qt.Key.Key_F6)
    for _cell in range(6):
        row = page.returns.table.row()
        form = page.return_form
        press(page.returns.table, Qt.Key.Key_Return)
        if form.receipt.isVisible():
            write(form.receipt, "新健収 第88号")
        if form.basis.isVisible():
            write(form.basis, "30新健健第900号")
        press(form.save, Qt.Key.Key_Return)
        settle(page.context)
        assert row is not None
    assert page.needs.isVisible()
    press(page, Qt.Key.Key_Return)
    settle(page.context)
    assert state(session) is ContractState.RETURNED


def test_a_return_without_a_receipt_is_explained_at_its_field(
    office_after: After, open_page: Callable[..., Any], settle: Callable[..., None]
) -> None:
    page = open_page(office_after(reported).sign_in("S-0001"))
    press(page, Qt.Key.Key_F6)
    press(page.returns.table, Qt.Key.Key_Return)
    press(page.return_form.save, Qt.Key.Key_Return)
    settle(page.context)
    assert "受領" in page.return_form.note_at(page.return_form.receipt)


def test_the_list_for_the_ward_is_shown(
    office_after: After, open_page: Callable[..., Any], settle: Callable[..., None]
) -> None:
    page = open_page(office_after(returned).sign_in("S-0001"), view="returns")
    press(page, Qt.Key.Key_F7)
    settle(page.context)
    assert page.list_view.preview.pages() == 1
    press(page, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert page.returns.isVisible()


def test_the_token_is_accounted_for_and_two_people_sign(
    office_after: After, open_page: Callable[..., Any], settle: Callable[..., None]
) -> None:
    office = office_after(returned)
    session = office.sign_in("S-0001")
    page = open_page(session)
    assert not page.danger.proceed.isEnabled()
    press(page, Qt.Key.Key_Return)
    press(page.token_form.save, Qt.Key.Key_Return)
    settle(page.context)
    press(page, Qt.Key.Key_F8)
    settle(page.context)
    assert "田中 康夫" in page.approvals.rows[0].accessibleName()
    assert page.danger.proceed.reason() == "署名 1人で、押せるようになります。"
    perform(session, SignOut())
    page = open_page(office.sign_in("S-0150", date(2019, 4, 3)))
    press(page, Qt.Key.Key_F8)
    settle(page.context)
    assert page.danger.proceed.isEnabled()


def approved(office: Office) -> None:
    session = returned(office)
    perform(session, AccountForToken("overwrite"))
    perform(session, ApproveErasure())
    perform(session, SignOut())
    perform(office.sign_in("S-0150", date(2019, 4, 3)), ApproveErasure())


@pytest.fixture
def ready_office(office_after: After) -> Office:
    """Only the erasure is left; nobody is in."""
    return office_after(approved)


@pytest.fixture
def ready(ready_office: Office) -> Session:
    """The second manager there."""
    return ready_office.sign_in("S-0150")


def test_the_erasure_needs_the_number_typed_by_hand_and_never_enter(
    ready: Session, open_page: Callable[..., Any], settle: Callable[..., None]
) -> None:
    page = open_page(ready)
    press(page, Qt.Key.Key_F10)
    assert page.erase.number.hasFocus()
    assert not page.erase.erase.isEnabled()
    write(page.erase.number, "30-HP-0002")
    assert not page.erase.erase.isEnabled()
    write(page.erase.number, NUMBER)
    press(page.erase.number, Qt.Key.Key_Return)
    press(page.erase.erase, Qt.Key.Key_Return)
    settle(page.context)
    assert state(ready) is ContractState.RETURNED


def test_the_vault_is_erased_and_the_certificate_saved_with_its_proof(
    ready: Session,
    open_page: Callable[..., Any],
    settle: Callable[..., None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = open_page(ready)
    press(page, Qt.Key.Key_F10)
    write(page.erase.number, NUMBER)
    press(page.erase.number, Qt.Key.Key_Return)
    press(page.erase.erase, Qt.Key.Key_Space)
    settle(page.context)
    assert state(ready) is ContractState.ERASED
    assert page.certificate.preview.pages() == 2
    assert page.context.room.standings[-1].state == "消去済"
    medium = tmp_path / "medium"
    medium.mkdir()
    monkeypatch.setattr(exits.QFileDialog, "getExistingDirectory", lambda *_args: str(medium))
    press(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(page.context)
    names = {path.name for path in medium.iterdir()}
    assert {"certificate.json", "certificate.json.sig", "office-key.pem"} <= names
    assert len(names) == 5 and any(name.endswith(".pdf.sig") for name in names)


def test_escape_leaves_the_last_page(ready: Session, open_page: Callable[..., Any]) -> None:
    page = open_page(ready)
    press(page, Qt.Key.Key_F10)
    press(page, Qt.Key.Key_Escape)
    assert page.danger.isVisible()


def test_a_missing_token_stops_before_the_first_step_and_says_so(
    ready_office: Office, ready: Session, open_page: Callable[..., Any], settle: Callable[..., None]
) -> None:
    page = open_page(ready)
    for file in ready_office.tokens.iterdir():
        file.unlink()
    press(page, Qt.Key.Key_F10)
    write(page.erase.number, NUMBER)
    press(page.erase.erase, Qt.Key.Key_Space)
    settle(page.context)
    assert "トークン" in page.erase.note.text()
    assert page.erase.number.isVisible()
    assert state(ready) is ContractState.RETURNED


def test_a_handler_sees_everything_but_the_managers_buttons(office: Any, open_page: Callable[..., Any]) -> None:
    # In March: a handler whose training of the new year is missing does not come in.
    perform(returned(office, date(2019, 3, 28)), SignOut())
    page = open_page(office.sign_in("S-0142", date(2019, 3, 29)))
    assert page.danger.proceed.reason() == "消去は、取扱責任者が行います。"
    press(page, Qt.Key.Key_F10)
    assert not page.erase.isVisible()


def test_an_interrupted_erasure_goes_on_with_the_main_button(
    ready_office: Office, ready: Session, open_page: Callable[..., Any], settle: Callable[..., None]
) -> None:
    def power_cut(step: Progress) -> None:
        if step.stage == "files_removed":
            raise RuntimeError("the plug was pulled")

    with pytest.raises(RuntimeError):
        perform(ready, EraseVault(NUMBER), power_cut)
    ready.close()
    session = ready_office.sign_in("S-0001", date(2019, 4, 3))
    page = open_page(session)
    press(page, Qt.Key.Key_Return)
    settle(page.context)
    assert state(session) is ContractState.ERASED
    assert page.certificate.preview.pages() == 2
