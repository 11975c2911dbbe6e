"""The page that everybody sees first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.conftest import Office, set_up
from tests.services.keyring import morning
from tests.ui.keyboard import press
from tests.ui.reach import nameless, unreached
from walkdesk.domain.participants import Channel, Sex
from walkdesk.domain.steps import DayState
from walkdesk.messages.cards import SaveDay
from walkdesk.messages.reception import CommitImport, PreviewImport, RegisterParticipant
from walkdesk.messages.today import Task
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.ui.today.page import TodayPage
from walkdesk.ui.today.tasks import place_of, task_row

WARD_LIST = "tests/data/health-ward-list-h30.csv"


def register(session: Session, number: str) -> None:
    perform(
        session,
        RegisterParticipant(
            number,
            f"架空 花子{number}",
            "160-0022",
            f"東京都新宿区新宿一丁目{number[1:]}番1号",
            "70",
            Sex.FEMALE,
            "",
            Channel.CARD,
            purpose_shown_on=date(2018, 5, 14),
        ),
    )


def test_without_a_contract_the_page_says_what_to_do_and_leads_there(
    empty_office: Office, context_for: Callable[..., Any], visit: Callable[..., Any], part: Callable[..., Any]
) -> None:
    context = context_for(set_up(empty_office))
    page = visit(TodayPage, context)
    assert part(page, "today_closed_state").isVisible()
    press(page, "Alt+N")
    assert context.room.went == [("contracts", {})]


def test_the_sum_of_the_month_adds_up_and_a_card_that_is_begun_moves_over(
    office: Office, context_for: Callable[..., Any], visit: Callable[..., Any], part: Callable[..., Any]
) -> None:
    session = office.sign_in("S-0142", date(2018, 8, 9))
    for number in ("D0001", "D0002", "D0003"):
        register(session, number)
    perform(session, SaveDay("D0001", "2018-07", 1, DayState.KEYED, 8163))
    page = visit(TodayPage, context_for(session))
    assert part(page, "today_sum").accessibleName() == (
        "台紙の参加者 3 = 入力済 0 + 入力中 1 + 読めない日 0 + これから 2"
    )


def test_nothing_waits_and_enter_goes_on_with_the_cards(
    office: Office, context_for: Callable[..., Any], visit: Callable[..., Any], part: Callable[..., Any]
) -> None:
    session = office.sign_in("S-0142", date(2018, 8, 9))
    register(session, "D0001")
    morning(office, session)
    context = context_for(session)
    page = visit(TodayPage, context)
    assert part(page, "today_nothing").isVisible()
    press(page, "Return")
    assert context.room.went == [("cards", {})]
    assert context.room.badges["today"] == 0


def test_doubtful_people_wait_and_enter_opens_their_list(
    office: Office, context_for: Callable[..., Any], visit: Callable[..., Any], part: Callable[..., Any]
) -> None:
    session = office.sign_in("S-0142", date(2018, 8, 9))
    preview = perform(session, PreviewImport("ward_list", WARD_LIST)).answer
    perform(session, CommitImport(preview.ticket, "区から受領"))
    morning(office, session)
    context = context_for(session)
    page = visit(TodayPage, context)
    assert page.first_task() == f"確かめる参加者 {preview.doubtful}人"
    press(page, "Return")
    assert context.room.went == [("reception", {"only": "doubtful"})]
    assert context.room.badges["today"] == 1


def test_every_task_that_the_services_know_has_its_words_and_place(
    office: Office, context_for: Callable[..., Any], visit: Callable[..., Any]
) -> None:
    kinds = (
        Task("release_overdue", "danger", 2, "R-0001　小林 実", "releases", "R-0001"),
        Task("release_approval", "warn", 250, "R-0002　佐藤 恵", "releases", "R-0002"),
        Task("unreadable_cards", "warn", 6, "", "cards", "unreadable"),
        Task("doubtful", "warn", 3, "D0032", "reception", "doubtful"),
        Task("prize_requests", "neutral", 34, "", "prizes", "waiting"),
        Task("readiness", "warn", 4, "handler", "contracts"),
        *(Task("next_step", "neutral", 1, state, "closeout") for state in ("open", "reported", "returned", "erasing")),
    )
    for number, task in enumerate(kinds):
        row = task_row(task, number, lambda _task: None)
        assert row.button.text()
    assert place_of(kinds[0]) == {"release": "R-0001"}


def test_everything_has_a_name_and_tab_comes_everywhere(
    office: Office, context_for: Callable[..., Any], visit: Callable[..., Any]
) -> None:
    session = office.sign_in("S-0142", date(2018, 8, 9))
    page = visit(TodayPage, context_for(session))
    assert nameless(page) == []
    assert unreached(page) == []
