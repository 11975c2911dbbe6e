"""個別消去 by keyboard: the plan, the number typed once more, the list without the person, the certificate."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.conftest import Build, Office
from tests.ui.desks import AUGUST, walked
from tests.ui.keyboard import cells, press, write
from tests.ui.reach import nameless, unreached
from walkdesk.messages.prizes import RequestPrize, SetPrize
from walkdesk.messages.reception import ListParticipants
from walkdesk.messages.withdrawal import EraseParticipant
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.ui import language
from walkdesk.ui.reception.page import ReceptionPage

Ready = Callable[..., Any]


@pytest.fixture
def office(office_after: Callable[[Build], Office]) -> Office:
    """August; one person has walked."""
    return office_after(walked)


@pytest.fixture
def desk(office: Office) -> Session:
    """The manager there."""
    return office.sign_in("S-0001")


@pytest.fixture
def page(desk: Session, context_for: Ready, visit: Ready) -> Any:
    """The person's page."""
    return visit(ReceptionPage, context_for(desk), number="D0118")


def test_a_person_is_erased_by_keyboard_and_is_in_no_list_any_more(
    page: Any, settle: Ready, part: Ready, desk: Session
) -> None:
    press(page, "Alt+K")
    settle(page.context)
    assert part(page, "withdraw_participants").text() == "1件"
    assert "1枚" in part(page, "withdraw_sheets").accessibleName()
    write(part(page, "withdraw_on"), "2018-08-08")
    part(page, "withdraw_reason").choose("request")
    write(part(page, "withdraw_confirm"), "D0118")
    part(page, "withdraw_save").setFocus()
    press(page, "Return")  # Enter never presses what cannot be undone
    settle(page.context)
    assert page.place()["number"] == "D0118" and page.withdraw.isVisible()
    press(page, "Space")
    settle(page.context)
    assert [row[0] for row in cells(page.list.table)] == ["D0117", "D0119"]
    asked = [one for one in page.context.room.asked if isinstance(one, EraseParticipant)]
    assert asked == [EraseParticipant("D0118", date(2018, 8, 8), "request", "D0118")]
    assert "PE-2018-001" in page.context.room.said[-1] and "第" in page.context.room.said[-1]
    assert part(page, "person_name").text() == "" and part(page, "person_number").text() == ""
    assert all(not table.rows() for table in page.person.records.tables.values())
    assert perform(desk, ListParticipants()).answer.total == 2


def test_another_number_and_empty_fields_are_told_beside_their_fields(page: Any, settle: Ready, part: Ready) -> None:
    press(page, "Alt+K")
    settle(page.context)
    part(page, "withdraw_save").click()
    settle(page.context)
    form = page.withdraw
    assert all(form.note_at(editor) for editor in (form.requested_on, form.reason, form.confirm))
    write(part(page, "withdraw_on"), "2018-08-08")
    part(page, "withdraw_reason").choose("withdrawal")
    write(part(page, "withdraw_confirm"), "D0117")
    part(page, "withdraw_save").click()
    settle(page.context)
    assert "受付番号と違います" in form.note_at(form.confirm)
    assert form.save.isEnabled()
    press(page, "Escape")
    assert page.person.isVisible() and not form.isVisible()


def test_what_must_be_closed_before_is_said_and_nothing_can_be_sent(
    page: Any, settle: Ready, part: Ready, desk: Session
) -> None:
    perform(desk, SetPrize("TOWEL", "タオル", 20, 5))
    perform(desk, RequestPrize("D0118", "TOWEL"))
    press(page, "Alt+K")
    settle(page.context)
    assert "タオル" in part(page, "withdraw_form_note").text()
    assert not part(page, "withdraw_save").isEnabled()


def test_a_handler_sees_neither_the_button_nor_the_register(
    desk: Session, office: Any, context_for: Ready, visit: Ready, part: Ready
) -> None:
    desk.close()
    page = visit(ReceptionPage, context_for(office.sign_in("S-0142", AUGUST)), number="D0118")
    assert not part(page, "reception_withdraw").isVisible()
    page.enter(view="erasures")
    assert not part(page, "erasures").isVisible()
    assert not part(page, "reception_erasures").isVisible()


def test_the_certificate_is_opened_from_the_register(page: Any, settle: Ready, part: Ready, desk: Session) -> None:
    perform(desk, EraseParticipant("D0118", AUGUST, "request", "D0118"))
    page.enter(view="list")
    settle(page.context)
    press(page, "Alt+E")
    settle(page.context)
    assert [row[0] for row in cells(part(page, "erasures_table"))] == ["PE-2018-001"]
    press(page, "Alt+O")
    settle(page.context)
    assert part(page, "erasures_save").isEnabled()
    assert nameless(page) == [] and unreached(page) == []
    press(page, "Escape")
    settle(page.context)
    assert part(page, "reception_table").isVisible()


def test_the_form_is_reached_and_speaks_english(desk: Session, context_for: Ready, visit: Ready, settle: Ready) -> None:
    language.use("en")
    page = visit(ReceptionPage, context_for(desk), number="D0118")
    press(page, "Alt+K")
    settle(page.context)
    assert nameless(page) == [] and unreached(page) == []
    assert page.withdraw.text().startswith("Everything about D0118")
