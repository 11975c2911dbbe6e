"""Preparing a contract, settling what is missing, opening it: by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.conftest import FIRST_DAY, STAFF, Office, prepared, set_up, staffed
from tests.ui.keyboard import cells, press, write
from tests.ui.reach import nameless, unreached
from walkdesk.domain.contract import ContractState
from walkdesk.domain.participants import Programme
from walkdesk.domain.people import Role
from walkdesk.messages.contracts import ConfirmItems, LookAtContract, PrepareContract
from walkdesk.messages.people import DesignatePerson, RecordTraining, RegisterPerson, ReportDesignation
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.ui.contracts.page import ContractsPage


@pytest.fixture
def fresh(empty_office: Office) -> Session:
    """A manager in an office with its people and without any contract."""
    session = set_up(empty_office)
    staffed(session)
    return session


def fill(part: Callable[..., Any], page: Any, end: str = "H31.3.31") -> None:
    write(part(page, "prepare_number"), "30新健健第214号")
    write(part(page, "prepare_start"), "H30.5.14")
    write(part(page, "prepare_end"), end)
    write(part(page, "prepare_ward"), "新宿区長")
    write(part(page, "prepare_department"), "健康部健康づくり課")


def test_a_contract_is_prepared_and_stands_on_the_desk(
    fresh: Session,
    context_for: Callable[..., Any],
    visit: Callable[..., Any],
    settle: Callable[..., None],
    part: Callable[..., Any],
) -> None:
    context = context_for(fresh)
    page = visit(ContractsPage, context)
    press(page, "Alt+N")
    settle(context)
    fill(part, page)
    press(page, "Ctrl+S")
    settle(context)
    board = perform(fresh, LookAtContract()).answer
    assert (board.card.number, board.card.end) == ("30新健健第214号", date(2019, 3, 31))
    assert board.token == "K-01"  # the first medium in the reader is offered
    assert context.room.standings[-1].state == "準備中"
    assert "30新健健第214号" in context.room.said[-1]
    assert part(page, "contract_number").text().find("30新健健第214号") >= 0


def test_problems_of_the_form_stand_beside_their_fields(
    fresh: Session,
    context_for: Callable[..., Any],
    visit: Callable[..., Any],
    settle: Callable[..., None],
    part: Callable[..., Any],
) -> None:
    context = context_for(fresh)
    page = visit(ContractsPage, context, view="prepare")
    press(page, "Ctrl+S")
    assert part(page, "prepare_number_problem").text() == "空欄です。入れてください。"
    fill(part, page, end="H31.4.1")
    press(page, "Ctrl+S")
    settle(context)
    assert "一つの年度の中" in part(page, "prepare_end_problem").text()
    assert part(page, "prepare_number_problem").text() == ""


def test_each_missing_need_has_the_button_that_does_it_and_enter_takes_the_first(
    fresh: Session,
    context_for: Callable[..., Any],
    visit: Callable[..., Any],
    part: Callable[..., Any],
    settle: Callable[..., None],
) -> None:
    prepare = PrepareContract(
        Programme.HEALTH_POINTS, "30-HP-0001", FIRST_DAY, date(2019, 3, 31), "新宿区長", "健康部健康づくり課"
    )
    perform(fresh, prepare)
    context = context_for(fresh)
    page = visit(ContractsPage, context)
    assert part(page, "need_manager_button").isVisible()
    part(page, "contracts_next").setFocus()
    press(page, "Return")
    part(page, "need_designation_reported_button").click()
    part(page, "need_items_button").click()
    settle(context)
    assert context.room.went == [("people", {"view": "designate"}), ("people", {"view": "report"})]
    assert part(page, "contract_items_table").isVisible()


def test_the_items_are_confirmed_and_the_contract_is_opened(
    fresh: Session,
    context_for: Callable[..., Any],
    visit: Callable[..., Any],
    settle: Callable[..., None],
    part: Callable[..., Any],
) -> None:
    perform(
        fresh,
        PrepareContract(
            Programme.HEALTH_POINTS, "30-HP-0001", FIRST_DAY, date(2019, 3, 31), "新宿区長", "健康部健康づくり課"
        ),
    )
    for number, row in STAFF.items():
        if row[2] is not Role.AUDITOR:
            perform(fresh, DesignatePerson(number))
    perform(fresh, ReportDesignation(FIRST_DAY, "歩楽第1号"))
    context = context_for(fresh)
    page = visit(ContractsPage, context, view="items")
    items = [row[0] for row in cells(part(page, "contract_items_table"))]
    assert items[0] == "氏名" and len(items) == 8
    press(page, "Ctrl+S")
    settle(context)
    assert part(page, "contracts_next").text() == "契約を始める"
    part(page, "contracts_next").setFocus()
    press(page, "Return")
    settle(context)
    assert perform(fresh, LookAtContract()).answer.card.state is ContractState.OPEN
    assert context.room.standings[-1].state == "運用中"


def test_before_its_first_day_the_button_says_why_it_waits(
    empty_office: Office, context_for: Callable[..., Any], visit: Callable[..., Any], part: Callable[..., Any]
) -> None:
    session = set_up(empty_office, on=date(2018, 5, 1))
    staffed_early(session)
    context = context_for(session)
    page = visit(ContractsPage, context)
    button = part(page, "contracts_next")
    assert not button.isEnabled() and "始まりの日" in button.reason()


def staffed_early(session: Session) -> None:
    """Everything is settled two weeks before the contract begins."""
    on = date(2018, 5, 1)
    people = {"S-0142": Role.HANDLER, "S-0150": Role.MANAGER}
    for number, role in people.items():
        perform(
            session,
            RegisterPerson(number, STAFF[number][0], "職", role, role is Role.MANAGER, on, "のんびり歩く毎日-2018"),
        )
    perform(session, RecordTraining(("S-0001", *people), on, "個人情報の取扱い"))
    perform(
        session,
        PrepareContract(
            Programme.HEALTH_POINTS, "30-HP-0001", FIRST_DAY, date(2019, 3, 31), "新宿区長", "健康部健康づくり課"
        ),
    )
    for number in ("S-0001", *people):
        perform(session, DesignatePerson(number))
    perform(session, ReportDesignation(on, "歩楽第1号"))
    perform(session, ConfirmItems())


def test_a_handler_sees_the_board_without_buttons(
    office: Office, context_for: Callable[..., Any], visit: Callable[..., Any], part: Callable[..., Any]
) -> None:
    page = visit(ContractsPage, context_for(office.sign_in("S-0142")))
    assert not part(page, "contracts_next").isVisible()
    assert not part(page, "contracts_prepare").isVisible()
    assert part(page, "contract_life").accessibleName().startswith("準備中")


def test_two_contracts_are_listed_and_enter_brings_one_onto_the_desk(
    fresh: Session,
    context_for: Callable[..., Any],
    visit: Callable[..., Any],
    settle: Callable[..., None],
    part: Callable[..., Any],
) -> None:
    prepared(fresh)
    perform(
        fresh,
        PrepareContract(Programme.HEALTH_POINTS, "31-HP-0002", date(2018, 6, 1), date(2019, 3, 31), "新宿区長", ""),
    )
    context = context_for(fresh)
    page = visit(ContractsPage, context, view="list")
    table = part(page, "contract_table")
    numbers = [row[0] for row in cells(table)]
    assert sorted(numbers) == ["30-HP-0001", "31-HP-0002"]
    table.setFocus()
    table.selectRow(numbers.index("30-HP-0001"))
    press(page, "Return")
    settle(context)
    assert perform(fresh, LookAtContract()).answer.card.number == "30-HP-0001"


@pytest.mark.parametrize("view", ["board", "items", "sheet", "list", "prepare"])
def test_everything_has_a_name_and_tab_comes_everywhere(
    manager: Session, context_for: Callable[..., Any], visit: Callable[..., Any], view: str
) -> None:
    page = visit(ContractsPage, context_for(manager), view=view)
    assert nameless(page) == []
    assert unreached(page) == []


def test_the_start_sheet_is_shown_and_leads_to_the_report(
    manager: Session,
    context_for: Callable[..., Any],
    visit: Callable[..., Any],
    settle: Callable[..., None],
    part: Callable[..., Any],
) -> None:
    context = context_for(manager)
    page = visit(ContractsPage, context, view="sheet")
    settle(context)
    assert part(page, "start_preview").pages() >= 1
    assert part(page, "start_save").isEnabled()
    press(page, "Alt+R")
    assert context.room.went == [("people", {"view": "report"})]
