"""The register of 業務従事者, by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.conftest import FIRST_DAY, PASSWORD, Office, set_up, staffed
from tests.ui.keyboard import cells, press, write
from tests.ui.reach import nameless, unreached
from walkdesk.domain.participants import Programme
from walkdesk.domain.people import Role
from walkdesk.messages.contracts import LookAtContract, PrepareContract
from walkdesk.messages.people import CloseAccount, ListPeople, PersonRow, RecordTraining
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.ui.people.page import PeoplePage


def person(session: Session, number: str) -> PersonRow:
    """A person as the services know them."""
    rows: dict[str, PersonRow] = {one.staff_number: one for one in perform(session, ListPeople()).answer.people}
    return rows[number]


def test_a_person_is_registered_and_the_row_is_there(
    manager: Session,
    context_for: Callable[..., Any],
    visit: Callable[..., Any],
    settle: Callable[..., None],
    part: Callable[..., Any],
) -> None:
    context = context_for(manager)
    page = visit(PeoplePage, context)
    press(page, "Alt+N")
    write(part(page, "new_number"), "S-0171")
    write(part(page, "new_name"), "架空 一郎")
    write(part(page, "new_post"), "取扱者")
    write(part(page, "new_sworn"), "2018/5/14")
    write(part(page, "new_password"), "kasa-to-nagagutsu-77")
    press(page, "Ctrl+S")
    settle(context)
    assert ["S-0171", "架空 一郎", "取扱者"] in [row[:3] for row in cells(part(page, "people_table"))]
    assert person(manager, "S-0171").has_account
    assert context.room.said[-1].startswith("架空 一郎さんを登録しました。")


@pytest.mark.parametrize(
    ("password", "told"),
    [("short", "短すぎます"), ("kenkou-walk-2018", "区や仕事の言葉"), ("架空一郎の長い合言葉です", "氏名か職員番号")],
)
def test_a_weak_password_is_told_beside_its_field_and_nobody_is_registered(
    password: str,
    told: str,
    manager: Session,
    context_for: Callable[..., Any],
    visit: Callable[..., Any],
    settle: Callable[..., None],
    part: Callable[..., Any],
) -> None:
    context = context_for(manager)
    page = visit(PeoplePage, context, view="new")
    for name, text in (("number", "S-0171"), ("name", "架空 一郎"), ("post", "取扱者"), ("sworn", "H30.5.14")):
        write(part(page, f"new_{name}"), text)
    write(part(page, "new_password"), password)
    press(page, "Ctrl+S")
    settle(context)
    assert told in part(page, "new_password_problem").text()
    assert "S-0171" not in [one.staff_number for one in perform(manager, ListPeople()).answer.people]


def test_only_an_auditor_is_asked_for_the_wards_designation(
    manager: Session, context_for: Callable[..., Any], visit: Callable[..., Any], part: Callable[..., Any]
) -> None:
    page = visit(PeoplePage, context_for(manager), view="new")
    role = part(page, "new_role")
    role.choose(Role.AUDITOR.value)
    assert part(page, "new_reference").isVisible() and not part(page, "new_approves").isVisible()
    role.choose("none")
    assert not part(page, "new_password").isVisible() and not part(page, "new_reference").isVisible()


def test_people_are_designated_trained_and_reported(
    empty_office: Office,
    context_for: Callable[..., Any],
    visit: Callable[..., Any],
    settle: Callable[..., None],
    part: Callable[..., Any],
) -> None:
    session = set_up(empty_office)
    staffed(session)
    perform(
        session,
        PrepareContract(
            Programme.HEALTH_POINTS, "30-HP-0001", FIRST_DAY, date(2019, 3, 31), "新宿区長", "健康部健康づくり課"
        ),
    )
    context = context_for(session)
    page = visit(PeoplePage, context, view="designate")
    assert part(page, "people_table").current() == "S-0001"
    press(page, "Alt+D")
    settle(context)
    assert person(session, "S-0001").designated
    press(page, "Alt+R")
    write(part(page, "report_day"), "H30.5.14")
    write(part(page, "report_reference"), "歩楽第1号")
    press(page, "Ctrl+S")
    settle(context)
    assert perform(session, LookAtContract()).answer.designation_reported_on == FIRST_DAY


def test_a_training_is_recorded_for_those_who_are_ticked(
    manager: Session,
    context_for: Callable[..., Any],
    visit: Callable[..., Any],
    settle: Callable[..., None],
    part: Callable[..., Any],
    office: Office,
) -> None:
    context = context_for(office.sign_in("S-0001", date(2019, 3, 20)))
    page = visit(PeoplePage, context, view="training")
    part(page, "training_who_S-0142").setFocus()
    press(page, "Space")
    write(part(page, "training_day"), "2019-03-20")
    press(page, "Ctrl+S")
    settle(context)
    assert context.room.said[-1].startswith("1人の教育を記録しました。")


def test_the_future_is_no_day_for_a_training(
    manager: Session,
    context_for: Callable[..., Any],
    visit: Callable[..., Any],
    settle: Callable[..., None],
    part: Callable[..., Any],
) -> None:
    context = context_for(manager)
    page = visit(PeoplePage, context, view="training")
    part(page, "training_who_S-0142").click()
    write(part(page, "training_day"), "H31.3.1")
    press(page, "Ctrl+S")
    settle(context)
    assert part(page, "training_day_problem").text()


def test_an_account_ends_with_a_reason_and_never_by_enter(
    manager: Session,
    context_for: Callable[..., Any],
    visit: Callable[..., Any],
    settle: Callable[..., None],
    part: Callable[..., Any],
) -> None:
    context = context_for(manager)
    page = visit(PeoplePage, context, number="S-0160")
    press(page, "Alt+X")
    write(part(page, "closing_reason"), "退職")
    press(page, "Return")
    part(page, "closing_save").setFocus()
    press(page, "Return")
    settle(context)
    assert person(manager, "S-0160").active
    press(page, "Space")
    settle(context)
    assert not person(manager, "S-0160").active


def test_a_handler_only_reads(
    handler: Session, context_for: Callable[..., Any], visit: Callable[..., Any], part: Callable[..., Any]
) -> None:
    page = visit(PeoplePage, context_for(handler), view="new")
    for name in ("people_new", "people_training", "people_report", "person_designate", "person_close"):
        assert not part(page, name).isVisible()
    assert len(cells(part(page, "people_table"))) == 5


def test_no_password_stays_in_a_form_that_is_left(
    manager: Session, context_for: Callable[..., Any], visit: Callable[..., Any], part: Callable[..., Any]
) -> None:
    page = visit(PeoplePage, context_for(manager), view="new")
    write(part(page, "new_password"), "kasa-to-nagagutsu-77")
    press(page, "Esc")
    assert part(page, "new_password").text() == ""
    assert PASSWORD not in part(page, "people_side").accessibleName()


@pytest.mark.parametrize("view", ["person", "new", "training", "oath", "law", "report", "change", "renew", "closing"])
def test_everything_has_a_name_and_tab_comes_everywhere(
    manager: Session, context_for: Callable[..., Any], visit: Callable[..., Any], view: str
) -> None:
    page = visit(PeoplePage, context_for(manager), view=view)
    assert nameless(page) == []
    assert unreached(page) == []


def test_a_pledge_is_recorded_for_everybody_who_lacks_it_with_one_form(
    manager: Session,
    context_for: Callable[..., Any],
    visit: Callable[..., Any],
    settle: Callable[..., None],
    part: Callable[..., Any],
) -> None:
    context = context_for(manager)
    page = visit(PeoplePage, context)
    assert "4人" in part(page, "people_oath").text()
    press(page, "Alt+S")
    write(part(page, "oath_day"), "H30.5.14")
    press(page, "Ctrl+S")
    settle(context)
    assert context.room.said[-1].startswith("4人の誓約を記録しました。")
    assert part(page, "people_oath").text() == "誓約を記録する"
    press(page, "Alt+L")
    write(part(page, "law_day"), "H30.5.14")
    press(page, "Ctrl+S")
    settle(context)
    assert person(manager, "S-0142").lacks == () and person(manager, "S-0142").sworn_after_end


def test_a_post_is_changed_with_a_reason(
    manager: Session,
    context_for: Callable[..., Any],
    visit: Callable[..., Any],
    settle: Callable[..., None],
    part: Callable[..., Any],
) -> None:
    context = context_for(manager)
    page = visit(PeoplePage, context, number="S-0142")
    press(page, "Alt+E")
    assert part(page, "change_post").text() == "取扱者"
    write(part(page, "change_post"), "主任取扱者")
    press(page, "Ctrl+S")
    assert part(page, "change_reason_problem").text()
    write(part(page, "change_reason"), "異動")
    press(page, "Ctrl+S")
    settle(context)
    assert person(manager, "S-0142").post == "主任取扱者"


def test_the_second_last_approver_ends_only_after_a_tick(
    manager: Session,
    context_for: Callable[..., Any],
    visit: Callable[..., Any],
    settle: Callable[..., None],
    part: Callable[..., Any],
) -> None:
    perform(manager, CloseAccount("S-0160", "退職"))
    context = context_for(manager)
    page = visit(PeoplePage, context, number="S-0150")
    press(page, "Alt+X")
    assert not part(page, "closing_knowing").isVisible()
    write(part(page, "closing_reason"), "退職")
    part(page, "closing_save").click()
    settle(context)
    assert person(manager, "S-0150").active and part(page, "closing_knowing").isVisible()
    part(page, "closing_knowing").click()
    part(page, "closing_save").click()
    settle(context)
    assert not person(manager, "S-0150").active
    assert "鍵を新しくしてください" in context.room.said[-1]


def test_the_panel_shows_every_training(
    manager: Session, context_for: Callable[..., Any], visit: Callable[..., Any], part: Callable[..., Any]
) -> None:
    perform(manager, RecordTraining(("S-0142",), FIRST_DAY, "事故のときの連絡"))
    page = visit(PeoplePage, context_for(manager), number="S-0142")
    shown = [part(page, f"person_training_{number}").text() for number in range(2)]
    assert any("事故のときの連絡" in text and "平成30年度" in text for text in shown)
