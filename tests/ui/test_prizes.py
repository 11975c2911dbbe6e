"""A request, a shipment and the stock, by the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt

from tests.conftest import Build, Office
from tests.ui.desks import AUGUST, press, register, walk, write
from walkdesk.messages.prizes import LookAtPrizes, RequestPrize, SetPrize
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.ui.prizes.page import PrizesPage
from walkdesk.ui.sideform import whole_number


def asked_for(office: Office) -> None:
    session = office.sign_in("S-0142", AUGUST)
    register(session)
    walk(session)
    perform(session, SetPrize("TOWEL", "タオル", 20, 5))
    perform(session, RequestPrize("D0118", "TOWEL"))


@pytest.fixture
def desk(office_after: Callable[[Build], Office]) -> Session:
    """A handler in August; D0118 has points for two towels, and one asked for one."""
    return office_after(asked_for).sign_in("S-0142")


@pytest.fixture
def page(desk: Session, context_for: Callable[..., Any], visit: Callable[..., Any]) -> Any:
    """The page, loaded."""
    return visit(PrizesPage, context_for(desk))


def test_a_number_shows_what_can_be_spent_and_the_request_is_taken(
    page: Any, desk: Session, settle: Callable[..., None], qtbot: Any
) -> None:
    form = page.request_form
    write(form.number, "d0118")
    qtbot.waitUntil(lambda: form.save.isEnabled())
    assert form.choice.count() == 1
    press(form.save, Qt.Key.Key_Return)
    settle(page.context)
    assert perform(desk, LookAtPrizes()).answer.waiting == 2
    assert page.context.room.badges["prizes"] == 2
    assert form.number.text() == ""


def test_a_prize_out_of_stock_is_not_offered(page: Any, desk: Session, settle: Callable[..., None], qtbot: Any) -> None:
    perform(desk, SetPrize("TOWEL", "タオル", 20, 1))
    page.enter(number="D0118")
    qtbot.waitUntil(lambda: not page.request_form.choice.count())
    assert not page.request_form.save.isEnabled()


def test_picked_requests_are_shipped_with_their_slips(page: Any, desk: Session, settle: Callable[..., None]) -> None:
    page.requests.setFocus()
    page.requests.selectRow(0)
    press(page.requests, Qt.Key.Key_Space)
    press(page, Qt.Key.Key_F4)
    form = page.ship_form
    assert form.on.hasFocus()
    write(form.on, "2018-08-09")
    write(form.carrier, "ヤマト運輸")
    form.slips.setPlainText("1234-5678-9012")
    press(form.save, Qt.Key.Key_Return)
    settle(page.context)
    shipped = perform(desk, LookAtPrizes()).answer.requests[0]
    assert (shipped.state, shipped.slip) == ("shipped", "1234-5678-9012")
    assert page.context.room.said[-1] == "1件の発送を記録しました（ヤマト運輸）"


def test_a_shipment_in_the_future_is_explained_at_its_date(page: Any, settle: Callable[..., None]) -> None:
    page.requests.selectRow(0)
    page.requests.pick_all()
    press(page, Qt.Key.Key_F4)
    write(page.ship_form.on, "2018-08-10")
    write(page.ship_form.carrier, "ヤマト運輸")
    press(page.ship_form.save, Qt.Key.Key_Return)
    settle(page.context)
    assert "発送日" in page.ship_form.note_at(page.ship_form.on)


def test_a_waiting_request_is_taken_back_with_a_reason(page: Any, desk: Session, settle: Callable[..., None]) -> None:
    page.requests.setFocus()
    page.requests.selectRow(0)
    press(page.requests, Qt.Key.Key_Delete)
    write(page.cancel_form.reason, "ご本人の申し出")
    press(page.cancel_form.save, Qt.Key.Key_Return)
    settle(page.context)
    assert perform(desk, LookAtPrizes()).answer.waiting == 0


def test_a_prize_is_changed_from_the_stock_list(page: Any, desk: Session, settle: Callable[..., None]) -> None:
    page.stock.setFocus()
    page.stock.selectRow(0)
    press(page.stock, Qt.Key.Key_Return)
    write(page.prize_form.pieces, "12")
    press(page.prize_form.save, Qt.Key.Key_Return)
    settle(page.context)
    assert perform(desk, LookAtPrizes()).answer.prizes[0].stock == 12


def test_escape_brings_the_request_form_back(page: Any) -> None:
    press(page, Qt.Key.Key_F3)
    press(page.prize_form.code, Qt.Key.Key_Escape)
    assert page.request_form.isVisible()


@pytest.mark.parametrize(("typed", "number"), [("1,200", 1200), ("１２", 12), ("", None), ("十二", None)])
def test_numbers_are_read_as_people_type_them(typed: str, number: int | None) -> None:
    assert whole_number(typed) == number
