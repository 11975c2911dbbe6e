"""今日: what waits, the month's cards, the weeks and the life line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert

from tests.conftest import FIRST_DAY, Office, set_up, staffed
from tests.services.desks import APP_STEPS, APP_USERS, AUGUST, WARD_LIST, take
from tests.services.keyring import morning
from walkdesk.domain.contract import ContractState
from walkdesk.domain.dates import Month
from walkdesk.domain.participants import Programme
from walkdesk.domain.problem import Problem
from walkdesk.domain.steps import DayState
from walkdesk.messages.cards import SaveDay
from walkdesk.messages.contracts import LookAtContract, PrepareContract
from walkdesk.messages.prizes import RequestPrize, SetPrize
from walkdesk.messages.today import LookAtToday
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.services.today import deadline_of
from walkdesk.storage.office_tables import ReleaseRecord

Ask = Callable[[Session, object], Any]


@pytest.fixture
def desk(office: Office) -> Session:
    """A handler on 9 August 2018, with everyone."""
    session = office.sign_in("S-0142", on=AUGUST)
    take(session, "ward_list", WARD_LIST)
    take(session, "app_users", APP_USERS)
    return session


def release(session: Session, name: str, state: str, by: str, due: date | None = None) -> None:
    """Puts a line into the register."""
    assert session.book is not None and session.contract is not None
    with session.book.engine.begin() as connection:
        connection.execute(
            insert(ReleaseRecord).values(
                release=name, contract=session.contract, kind="to_person", paper="letters", audience="card",
                sheets=250, columns="", purpose="案内", manifest=b"", requested_by=by, requested_at=session.now,
                state=state, decided_by="", decided_at=None, decision_signature=None, decision_reason="", way="",
                taken_by="", released_at=None, due=due, outcome=None, closed_on=None, note="",
            )
        )  # fmt: skip


def test_the_page_shows_the_month_in_hand_and_its_deadline(desk: Session, ask: Ask) -> None:
    board = ask(desk, LookAtToday())
    assert (board.today, board.holiday) == (AUGUST, "")
    assert (board.cards.month, board.cards.people) == ("2018-07", 244)
    assert board.deadline == date(2018, 8, 10)
    assert board.card.state is ContractState.OPEN
    assert [point.state for point in board.life] == list(ContractState)
    assert board.vault_agrees
    assert not board.inspected


@pytest.mark.parametrize(
    ("month", "deadline"),
    [
        (Month(2018, 5), date(2018, 6, 11)),
        (Month(2018, 7), date(2018, 8, 10)),
        (Month(2018, 8), date(2018, 9, 10)),
        (Month(2018, 12), date(2019, 1, 10)),
        (Month(2019, 1), date(2019, 2, 12)),
    ],
)
def test_the_deadline_is_the_tenth_or_the_next_working_day(month: Month, deadline: date) -> None:
    assert deadline_of(month) == deadline


def test_the_weeks_have_a_mean_a_channel_and_nothing_where_nothing_is_keyed(desk: Session, ask: Ask) -> None:
    take(desk, "app_steps", APP_STEPS, "2018-07")
    for day, steps in ((2, 4000), (8, 6000), (9, 1000)):
        ask(desk, SaveDay("D0002", "2018-07", day, DayState.KEYED, steps))
    weeks = ask(desk, LookAtToday()).weeks
    assert [week.start for week in weeks] == [date(2018, 7, day) for day in (2, 9, 16, 23, 30)]
    assert [week.card for week in weeks] == [5000, 1000, None, None, None]
    assert all(week.app is not None and 5000 < week.app < 11000 for week in weeks)


def test_what_waits_is_named_with_its_desk_the_urgent_first(desk: Session, ask: Ask, office: Office) -> None:
    take(desk, "app_steps", APP_STEPS, "2018-07")
    ask(desk, SetPrize("RICE", "お米券", 500, 5))
    ask(desk, RequestPrize("A0001", "RICE"))
    release(desk, "R-0001", "requested", "S-0142")
    release(desk, "R-0002", "released", "S-0160", due=date(2018, 8, 7))
    release(desk, "R-0003", "released", "S-0160", due=AUGUST)
    release(desk, "R-0004", "requested", "S-0150")
    kinds = {task.kind: task for task in ask(desk, LookAtToday()).tasks}
    assert "release_approval" not in kinds
    assert (kinds["doubtful"].count, kinds["doubtful"].place) == (11, "doubtful")
    assert kinds["prize_requests"].count == 1
    desk.close()
    tasks = ask(office.sign_in("S-0150", on=AUGUST), LookAtToday()).tasks
    assert [task.tone == "danger" for task in tasks] == sorted((task.tone == "danger" for task in tasks), reverse=True)
    tasks = [task for task in tasks if task.desk == "releases"]
    assert [(task.kind, task.tone, task.place) for task in tasks] == [
        ("release_overdue", "danger", "R-0002"),
        ("release_approval", "warn", "R-0001"),
    ]
    assert tasks[0].count == 2
    assert tasks[1].detail == "R-0001　佐藤 恵"


def test_while_a_contract_is_prepared_the_page_shows_what_is_missing(empty_office: Office, ask: Ask) -> None:
    session = set_up(empty_office)
    staffed(session)
    ask(session, PrepareContract(Programme.HEALTH_POINTS, "30-HP-9", FIRST_DAY, date(2019, 3, 31), "新宿区長", "課"))
    board = ask(session, LookAtToday())
    assert board.cards is None and board.deadline is None and board.weeks == ()
    (task,) = board.tasks
    assert (task.kind, task.desk) == ("readiness", "contracts")
    assert task.count >= 2
    missing = {need.requirement.value for need in ask(session, LookAtContract()).needs if not need.done}
    assert task.detail in missing
    assert task.count == len(missing)


def test_after_the_last_day_the_next_step_waits(office: Office, ask: Ask) -> None:
    session = office.sign_in("S-0142", on=date(2019, 4, 1))
    morning(office, session)
    board = ask(session, LookAtToday())
    assert board.cards.month == "2019-03"
    (task,) = board.tasks
    assert (task.kind, task.tone, task.detail) == ("next_step", "warn", "reported")


def test_an_auditor_has_another_page(office: Office) -> None:
    with pytest.raises(Problem) as caught:
        perform(office.sign_in("W-0001"), LookAtToday())
    assert caught.value.code == "door.not_permitted"
