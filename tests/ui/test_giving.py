"""An account for somebody who was registered without one, by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from tests.conftest import FIRST_DAY, Office
from tests.ui.keyboard import press, write
from tests.ui.reach import nameless, unreached
from walkdesk.domain.people import Role
from walkdesk.messages.door import SignIn, SignOut
from walkdesk.messages.people import CloseAccount, GiveAccount, ListPeople, PersonRow, RegisterPerson
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.ui import language
from walkdesk.ui.people.page import PeoplePage
from walkdesk.ui.unsaved import unsaved_fields

NUMBER = "D-0001"
NEW = "kasa-to-nagagutsu-77"


@pytest.fixture
def desk(manager: Session) -> Session:
    """A manager, and two day workers without accounts in the register."""
    perform(manager, RegisterPerson(NUMBER, "野口 葵", "当日係員", None, False, FIRST_DAY))
    perform(manager, RegisterPerson("D-0002", "井上 空", "当日係員", None, False, FIRST_DAY))
    return manager


def person(session: Session, number: str = NUMBER) -> PersonRow:
    """A person as the services know them."""
    people: tuple[PersonRow, ...] = perform(session, ListPeople()).answer.people
    return next(one for one in people if one.staff_number == number)


def asked(context: Any) -> list[GiveAccount]:
    """The accounts that the page wanted to give."""
    return [message for message in context.room.asked if isinstance(message, GiveAccount)]


def test_a_day_worker_gets_an_account_by_keyboard_alone(
    office: Office,
    desk: Session,
    context_for: Callable[..., Any],
    visit: Callable[..., Any],
    settle: Callable[..., None],
    part: Callable[..., Any],
) -> None:
    context = context_for(desk)
    page = visit(PeoplePage, context, number=NUMBER)
    assert part(page, "person_give").text() == "アカウントを作る…" and not part(page, "person_renew").isVisible()
    press(page, "Alt+A")
    assert QApplication.focusWidget() is part(page, "giving_role")
    press(page, "Down")  # from handler to manager
    press(page, "Tab")
    assert QApplication.focusWidget() is part(page, "giving_approves")
    press(page, "Space")
    press(page, "Tab")
    assert QApplication.focusWidget() is part(page, "giving_password")
    write(part(page, "giving_password"), NEW)
    press(page, "Tab")  # over the eye that shows it
    press(page, "Tab")
    assert QApplication.focusWidget() is part(page, "giving_again")
    write(part(page, "giving_again"), NEW)
    press(page, "Ctrl+S")
    settle(context)
    assert context.room.said[-1].startswith("野口 葵さんのアカウントを作りました。証跡台帳 第 ")
    row = person(desk)
    assert (row.role, row.may_approve, row.has_account) == (Role.MANAGER, True, True)
    assert part(page, "people_table").current() == NUMBER and part(page, "person_designate").isVisible()
    assert not part(page, "person_give").isVisible()
    perform(desk, SignOut())
    assert perform(office.door(), SignIn(NUMBER, NEW)).answer.staff_number == NUMBER


def test_two_different_passwords_are_told_beside_the_second_and_nothing_is_asked(
    desk: Session, context_for: Callable[..., Any], visit: Callable[..., Any], part: Callable[..., Any]
) -> None:
    context = context_for(desk)
    page = visit(PeoplePage, context, number=NUMBER)
    press(page, "Alt+A")
    write(part(page, "giving_password"), NEW)
    press(page, "Ctrl+S")
    assert "空欄です" in part(page, "giving_again_problem").text()
    write(part(page, "giving_again"), NEW + "8")
    press(page, "Ctrl+S")
    assert "同じではありません" in part(page, "giving_again_problem").text() and not asked(context)


@pytest.mark.parametrize(
    ("password", "told"),
    [("short", "短すぎます"), ("kenkou-walk-2018", "区や仕事の言葉"), ("野口葵の長い長い合言葉です", "氏名か職員番号")],
)
def test_a_weak_password_is_told_beside_its_field_and_there_is_no_account(
    password: str,
    told: str,
    desk: Session,
    context_for: Callable[..., Any],
    visit: Callable[..., Any],
    settle: Callable[..., None],
    part: Callable[..., Any],
) -> None:
    context = context_for(desk)
    page = visit(PeoplePage, context, number=NUMBER)
    press(page, "Alt+A")
    for name in ("giving_password", "giving_again"):
        write(part(page, name), password)
    press(page, "Ctrl+S")
    settle(context)
    assert told in part(page, "giving_password_problem").text()
    assert QApplication.focusWidget() is part(page, "giving_password") and part(page, "giving_save").isEnabled()
    assert len(asked(context)) == 1 and not person(desk).has_account and person(desk).role is None


def test_only_an_auditor_is_asked_for_the_wards_designation_and_needs_it(
    desk: Session,
    context_for: Callable[..., Any],
    visit: Callable[..., Any],
    settle: Callable[..., None],
    part: Callable[..., Any],
) -> None:
    context = context_for(desk)
    page = visit(PeoplePage, context, number=NUMBER)
    press(page, "Alt+A")
    assert not part(page, "giving_reference").isVisible() and part(page, "giving_approves").isVisible()
    part(page, "giving_approves").click()
    part(page, "giving_role").choose(Role.AUDITOR.value)
    assert part(page, "giving_reference").isVisible() and not part(page, "giving_approves").isVisible()
    for name in ("giving_password", "giving_again"):
        write(part(page, name), NEW)
    press(page, "Ctrl+S")
    assert "空欄です" in part(page, "giving_reference_problem").text() and not asked(context)
    write(part(page, "giving_reference"), "30新健健第101号")
    press(page, "Ctrl+S")
    settle(context)
    assert asked(context) == [GiveAccount(NUMBER, Role.AUDITOR, False, NEW, "30新健健第101号")]
    assert person(desk).role is Role.AUDITOR and person(desk).has_account


def test_the_button_is_there_only_for_who_works_here_without_an_account(
    desk: Session, office: Office, context_for: Callable[..., Any], visit: Callable[..., Any], part: Callable[..., Any]
) -> None:
    perform(desk, CloseAccount("D-0002", "退職"))
    page = visit(PeoplePage, context_for(desk), number=NUMBER)
    seen = {}
    for number in (NUMBER, "D-0002", "S-0142", "S-0001", "W-0001"):
        part(page, "people_table").select(number)
        seen[number] = part(page, "person_give").isVisible()
    assert seen == {NUMBER: True, "D-0002": False, "S-0142": False, "S-0001": False, "W-0001": False}
    perform(desk, SignOut())
    page = visit(PeoplePage, context_for(office.sign_in("S-0142")), number=NUMBER, view="giving")
    assert not part(page, "person_give").isVisible() and not part(page, "giving").isVisible()


def test_no_password_is_kept_as_a_draft_or_stays_in_a_form_that_is_left(
    desk: Session, context_for: Callable[..., Any], visit: Callable[..., Any], part: Callable[..., Any]
) -> None:
    page = visit(PeoplePage, context_for(desk), number=NUMBER)
    press(page, "Alt+A")
    assert page.place() == {"number": NUMBER, "view": "giving"}
    part(page, "giving_role").choose(Role.AUDITOR.value)
    write(part(page, "giving_reference"), "30新健健第101号")
    for name in ("giving_password", "giving_again"):
        write(part(page, name), NEW)
    kept = unsaved_fields(page)
    assert "giving_reference" in repr(kept) and "giving_password" not in repr(kept) and NEW not in repr(kept)
    press(page, "Esc")
    assert part(page, "person_panel").isVisible()
    assert [part(page, f"giving_{name}").text() for name in ("password", "again")] == ["", ""]


def test_a_password_typed_for_one_person_is_not_used_for_the_next(
    desk: Session, context_for: Callable[..., Any], visit: Callable[..., Any], part: Callable[..., Any]
) -> None:
    page = visit(PeoplePage, context_for(desk), number=NUMBER)
    press(page, "Alt+A")
    for name in ("giving_password", "giving_again"):
        write(part(page, name), NEW)
    part(page, "people_table").select("D-0002")
    assert [part(page, f"giving_{name}").text() for name in ("password", "again")] == ["", ""]


@pytest.mark.parametrize("spoken", ["ja", "en"])
@pytest.mark.parametrize("role", [Role.HANDLER, Role.AUDITOR])
def test_everything_has_a_name_and_tab_comes_everywhere(
    desk: Session,
    context_for: Callable[..., Any],
    visit: Callable[..., Any],
    part: Callable[..., Any],
    role: Role,
    spoken: str,
) -> None:
    language.use(spoken)
    page = visit(PeoplePage, context_for(desk), number=NUMBER, view="giving")
    part(page, "giving_role").choose(role.value)
    assert nameless(page) == []
    assert unreached(page) == []
