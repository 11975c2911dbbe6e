"""The cards desk: each value on disk, warnings, undo, the end of a card and its points."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Build, Office
from tests.services.desks import AUGUST, PAPER_CARDS, copied_office, rows, with_lists
from walkdesk.domain.codes import card_code
from walkdesk.domain.dates import Month
from walkdesk.domain.problem import Problem
from walkdesk.domain.steps import DayState, unusual
from walkdesk.exchange import paper_cards
from walkdesk.exchange.tables import read_table
from walkdesk.messages.cards import (
    FinishCard,
    LookAtCards,
    NextCard,
    OpenCard,
    ReceiveCards,
    SaveDay,
    UndoDay,
)
from walkdesk.messages.reception import ShowParticipant
from walkdesk.services.cards import can_be_unusual
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.storage.trail import verify_trail

Ask = Callable[[Session, object], Any]
JULY = "2018-07"
WRITTEN = {
    card.number: card for card in paper_cards.read(read_table(PAPER_CARDS.read_bytes()), Month(2018, 7)).accepted
}


@pytest.fixture
def desk(office_after: Callable[[Build], Office]) -> Session:
    """A handler on 9 August 2018, with the ward's list and the app's people."""
    return office_after(with_lists).sign_in("S-0142")


@pytest.fixture(scope="module")
def still(made_once: Callable[[Build], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """The same desk, once for all refusals: they change nothing, and each test holds that."""
    office = copied_office(made_once(with_lists), tmp_path_factory.mktemp("still"))
    yield office.sign_in("S-0142")
    office.close()


def refused(session: Session, message: object) -> Problem:
    with pytest.raises(Problem) as caught:
        perform(session, message)
    return caught.value


def key(session: Session, number: str, but: dict[int, int | None] | None = None) -> None:
    """Keys a card of July as it is written, confirming what looks unusual; ``but`` are slips of the finger."""
    for day, steps in enumerate(WRITTEN[number].days, start=1):
        steps = (but or {}).get(day, steps)
        state = DayState.BLANK if steps is None else DayState.KEYED
        perform(session, SaveDay(number, JULY, day, state, steps, confirmed=True))


def test_the_board_shows_the_month_before_and_whose_cards_wait(desk: Session, ask: Ask) -> None:
    board = ask(desk, LookAtCards())
    assert board.month == JULY
    assert (board.people, board.waiting, board.done, board.keying, board.unreadable) == (244, 244, 0, 0, 0)
    assert board.months == ("2018-05", "2018-06", "2018-07", "2018-08")


def test_a_card_opens_with_weekdays_and_holidays_and_counts_as_received(desk: Session, ask: Ask) -> None:
    sheet = ask(desk, OpenCard("D0002", JULY))
    assert len(sheet.days) == 31
    assert (sheet.days[0].weekday, sheet.days[15].holiday) == (6, "海の日")
    assert all(day.state is DayState.NOT_KEYED for day in sheet.days)
    assert (sheet.received_on, sheet.state, sheet.median) == (AUGUST, "waiting", None)
    assert rows(desk, "SELECT received_on, keyed_by FROM points_cards") == [("2018-08-09", "S-0142")]


def test_the_numeric_pad_finds_a_card_by_its_digits(desk: Session, ask: Ask) -> None:
    assert ask(desk, OpenCard("118", JULY)).number == "D0118"
    assert refused(desk, OpenCard("9999", JULY)).code == "cards.unknown_number"
    assert refused(desk, OpenCard("A0001", JULY)).code == "cards.no_card"


def test_a_scanned_code_opens_the_card_of_its_month(desk: Session, ask: Ask) -> None:
    sheet = ask(desk, OpenCard(card_code("30-HP-0001", "D0118", Month(2018, 6)).lower(), JULY))
    assert (sheet.number, sheet.month) == ("D0118", "2018-06")


@pytest.mark.parametrize(
    ("scanned", "code"),
    [
        (card_code("30-HP-0001", "D0118", Month(2018, 6))[:-1] + "?", "papers.code"),
        (card_code("30-HP-0001", "D0118", Month(2018, 6)).replace("118", "119"), "papers.code"),
        (card_code("29-HP-0001", "D0118", Month(2018, 6)), "cards.other_contract"),
        (card_code("30-HP-0001", "D9999", Month(2018, 6)), "cards.unknown_number"),
        (card_code("30-HP-0001", "A0001", Month(2018, 6)), "cards.no_card"),
        (card_code("30-HP-0001", "D0118", Month(2018, 9)), "cards.month_closed"),
    ],
)
def test_a_code_that_is_not_of_a_card_here_opens_nothing(still: Session, scanned: str, code: str) -> None:
    assert refused(still, OpenCard(scanned, JULY)).code == code
    assert rows(still, "SELECT count(*) FROM points_cards") == [(0,)]


def test_each_day_is_on_disk_with_its_trail_when_the_answer_comes(desk: Session, ask: Ask) -> None:
    saved = ask(desk, SaveDay("D0002", JULY, 19, DayState.KEYED, 6474))
    assert (saved.day, saved.total, saved.keyed_days) == (19, 6474, 1)
    assert (saved.before.state, saved.after.steps) == (DayState.NOT_KEYED, 6474)
    assert rows(desk, "SELECT total, counted_days, origin FROM step_months") == [(6474, 1, "collected")]
    assert desk.vault is not None
    counter = rows(desk, "SELECT counter FROM vault_state")
    ask(desk, SaveDay("D0002", JULY, 20, DayState.KEYED, 3601))
    assert rows(desk, "SELECT counter FROM vault_state") != counter
    last = rows(desk, "SELECT who, why, tbl, op FROM trail ORDER BY seq DESC LIMIT 1")
    assert last == [("S-0142", "SaveDay", "step_months", "update")]
    line = ask(desk, ShowParticipant("D0002")).history[0]
    assert (line.who, line.field, line.before, line.after) == ("佐藤 恵", "7月20日", "", "3601")


def test_an_unusual_value_waits_for_a_second_look(desk: Session, ask: Ask) -> None:
    key(desk, "D0002", but={20: 3601})
    problem = refused(desk, SaveDay("D0002", JULY, 20, DayState.KEYED, 36019))
    assert problem.code in ("cards.times_usual", "cards.ten_times")
    assert ask(desk, OpenCard("D0002", JULY)).days[19].steps == 3601
    saved = ask(desk, SaveDay("D0002", JULY, 20, DayState.KEYED, 36019, confirmed=True))
    assert saved.after.state is DayState.CONFIRMED
    assert saved.warning is not None


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (SaveDay("D0002", JULY, 1, DayState.KEYED, 100_000), "cards.over_limit"),
        (SaveDay("D0002", JULY, 1, DayState.KEYED, -1), "cards.negative"),
        (SaveDay("D0002", JULY, 1, DayState.KEYED, None), "cards.state_without_steps"),
        (SaveDay("D0002", JULY, 1, DayState.BLANK, 5), "cards.state_without_steps"),
        (SaveDay("D0002", "2018-06", 31, DayState.KEYED, 5), "dates.no_such_day"),
        (SaveDay("D0002", "2018-08", 10, DayState.KEYED, 5), "cards.in_future"),
        (SaveDay("D0002", "2018-05", 13, DayState.KEYED, 5), "cards.outside_contract"),
        (SaveDay("D0002", "2018-09", 1, DayState.KEYED, 5), "cards.month_closed"),
        (SaveDay("D0002", "2018-04", 30, DayState.KEYED, 5), "cards.month_closed"),
        (SaveDay("A0001", JULY, 1, DayState.KEYED, 5), "cards.no_card"),
        (SaveDay("D9999", JULY, 1, DayState.KEYED, 5), "cards.unknown_number"),
        (SaveDay("D0002", JULY, 1, DayState.KEYED, 60_000), "cards.very_many"),
        (UndoDay("D0002", JULY), "cards.nothing_to_undo"),
        (FinishCard("D0002", JULY), "cards.days_left"),
        (ReceiveCards(JULY, ("D0002",), date(2018, 8, 10)), "cards.received_on"),
        (ReceiveCards(JULY, ("D0002",), date(2018, 6, 30)), "cards.received_on"),
        (ReceiveCards(JULY, ("D0002", "D9999"), AUGUST), "cards.unknown_number"),
    ],
)
def test_what_the_card_cannot_say_is_refused_and_nothing_is_kept(still: Session, message: object, code: str) -> None:
    assert refused(still, message).code == code
    assert rows(still, "SELECT (SELECT count(*) FROM step_months), (SELECT count(*) FROM points_cards)") == [(0, 0)]


def test_undo_gives_back_what_stood_there_once(desk: Session, ask: Ask) -> None:
    ask(desk, SaveDay("D0002", JULY, 19, DayState.BLANK))
    ask(desk, SaveDay("D0002", JULY, 19, DayState.KEYED, 6474))
    assert ask(desk, OpenCard("D0002", JULY)).undo == "19:blank"
    undone = ask(desk, UndoDay("D0002", JULY))
    assert (undone.day, undone.after.state, undone.total) == (19, DayState.BLANK, 0)
    assert refused(desk, UndoDay("D0002", JULY)).code == "cards.nothing_to_undo"
    trail = rows(desk, "SELECT why FROM trail WHERE tbl = 'step_months' ORDER BY seq")
    assert trail == [("SaveDay",), ("SaveDay",), ("UndoDay",)]


def test_a_card_is_finished_with_the_points_of_the_rule(desk: Session, ask: Ask) -> None:
    key(desk, "D0001")
    finished = ask(desk, FinishCard("D0001", JULY, WRITTEN["D0001"].written_total))
    assert (finished.state, finished.total, finished.hint) == ("done", 375_619, None)
    assert finished.points == 27 * 50 + 3 * 40
    assert rows(desk, "SELECT points, rule FROM point_months") == [(1470, "2018-1")]
    sheet = ask(desk, ShowParticipant("D0001"))
    assert (sheet.points, sheet.months[0].state) == (1470, "done")
    board = ask(desk, LookAtCards(JULY))
    assert (board.done, board.waiting) == (1, 243)
    assert board.cards[0].done_at is not None


def test_a_total_that_differs_stops_the_card_with_a_hint(desk: Session, ask: Ask) -> None:
    written = WRITTEN["D0003"].written_total
    assert written == sum(steps or 0 for steps in WRITTEN["D0003"].days)
    key(desk, "D0003", but={15: 3592})
    stopped = ask(desk, FinishCard("D0003", JULY, written))
    assert (stopped.state, stopped.points) == ("keying", 0)
    assert stopped.hint is not None
    assert rows(desk, "SELECT written_total, state FROM points_cards") == [(written, "keying")]
    done = ask(desk, FinishCard("D0003", JULY, written, accepted=True))
    assert (done.state, done.hint is not None) == ("done", True)


def test_swapped_digits_are_named(desk: Session, ask: Ask) -> None:
    key(desk, "D0003", but={5: 51300})
    hint = ask(desk, FinishCard("D0003", JULY, WRITTEN["D0003"].written_total)).hint
    assert (hint.code, hint.values["day"], hint.values["perhaps"]) == ("cards.total_differs_day", 5, 15300)


def test_an_unreadable_day_waits_for_a_call_and_brings_no_points(desk: Session, ask: Ask) -> None:
    key(desk, "D0001")
    ask(desk, FinishCard("D0001", JULY))
    ask(desk, SaveDay("D0001", JULY, 7, DayState.UNREADABLE))
    assert ask(desk, LookAtCards(JULY)).keying == 1
    finished = ask(desk, FinishCard("D0001", JULY))
    assert (finished.state, finished.points) == ("unreadable", 0)
    assert rows(desk, "SELECT count(*) FROM point_months") == [(0,)]
    assert ask(desk, LookAtCards(JULY)).unreadable == 1
    ask(desk, SaveDay("D0001", JULY, 7, DayState.KEYED, 13019))
    assert ask(desk, FinishCard("D0001", JULY)).points == 1470


def test_received_cards_are_keyed_first_and_in_order(desk: Session, ask: Ask) -> None:
    done = ask(desk, ReceiveCards(JULY, ("D0007", "D0003", "d0003"), date(2018, 8, 3)))
    assert done.facts["count"] == 2
    assert ask(desk, NextCard(JULY)).number == "D0003"
    assert ask(desk, NextCard(JULY, "D0003")).number == "D0007"
    assert ask(desk, NextCard(JULY, "D0007")).number == "D0003"
    assert ask(desk, OpenCard("D0003", JULY)).received_on == date(2018, 8, 3)
    assert rows(desk, "SELECT count(*) FROM points_cards") == [(2,)]


def test_next_takes_nothing_as_received_that_did_not_arrive(desk: Session, ask: Ask) -> None:
    assert ask(desk, NextCard(JULY)).number == "D0001"
    assert rows(desk, "SELECT count(*) FROM points_cards") == [(0,)]
    assert ask(desk, NextCard(JULY, "D0001")).number == "D0002"


def test_the_median_looks_at_the_months_before(desk: Session, ask: Ask) -> None:
    for day in range(1, 5):
        ask(desk, SaveDay("D0002", "2018-06", day, DayState.KEYED, 2000))
    assert ask(desk, OpenCard("D0002", JULY)).median == 2000
    assert refused(desk, SaveDay("D0002", JULY, 1, DayState.KEYED, 20_000)).code == "cards.ten_times"


def test_an_auditor_opens_no_card(office: Any) -> None:
    session = office.sign_in("W-0001")
    assert refused(session, OpenCard("D0001", JULY)).code == "door.not_permitted"


@given(steps=st.integers(0, 99_999), usual=st.one_of(st.none(), st.integers(0, 99_999)))
def test_no_warning_is_lost_by_not_reading_the_months_before(steps: int, usual: int | None) -> None:
    assert can_be_unusual(steps) or unusual(steps, usual) is None


_STEPS = st.one_of(
    st.tuples(st.just(DayState.KEYED), st.integers(0, 99_999)),
    st.tuples(st.sampled_from([DayState.BLANK, DayState.UNREADABLE, DayState.NOT_KEYED]), st.none()),
)
_ACTS = st.lists(st.one_of(st.just(None), st.tuples(st.integers(1, 31), _STEPS)), min_size=1, max_size=25)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=_ACTS, number=st.integers(1, 17))
def test_saving_and_undoing_leave_what_a_sheet_of_paper_would_show(desk: Session, acts: list[Any], number: int) -> None:
    """Against the simplest model: a list of days, and one step back."""
    person = f"D{number:04d}"
    sheet = perform(desk, OpenCard(person, JULY)).answer
    model: dict[int, tuple[DayState, int | None]] = {day.day: (day.state, day.steps) for day in sheet.days}
    undo: tuple[int, tuple[DayState, int | None]] | None = None
    perform(desk, SaveDay(person, JULY, 1, *model[1], confirmed=True))
    undo = (1, model[1])
    for act in acts:
        if act is None:
            if undo is None:
                assert refused(desk, UndoDay(person, JULY)).code == "cards.nothing_to_undo"
            else:
                perform(desk, UndoDay(person, JULY))
                model[undo[0]], undo = undo[1], None
        else:
            day, (state, steps) = act
            undo = (day, model[day])
            saved = perform(desk, SaveDay(person, JULY, day, state, steps, confirmed=True)).answer
            model[day] = (saved.after.state, steps)
    sheet = perform(desk, OpenCard(person, JULY)).answer
    assert {day.day: (day.state, day.steps) for day in sheet.days} == model
    assert sheet.total == sum(steps or 0 for _, steps in model.values())
    assert desk.vault is not None
    with desk.vault.reading() as connection:
        verify_trail(connection, desk.vault.trail_key)
