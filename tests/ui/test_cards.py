"""Keying a card from the numeric pad, on a real vault."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.conftest import Build, Office
from tests.ui.desks import AUGUST, JULY, register
from walkdesk.domain.codes import card_code
from walkdesk.domain.dates import Month
from walkdesk.domain.problem import Problem
from walkdesk.domain.steps import DayState
from walkdesk.messages.cards import CardSheet, OpenCard, SaveDay
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.ui.cards.keys import digits, plain
from walkdesk.ui.cards.page import CardsPage


def registered(office: Office) -> None:
    register(office.sign_in("S-0142", AUGUST))


@pytest.fixture
def desk(office_after: Callable[[Build], Office]) -> Session:
    """A handler at the desk in August, with three people who mail cards."""
    return office_after(registered).sign_in("S-0142")


@pytest.fixture
def at_card(
    desk: Session, context_for: Callable[..., Any], visit: Callable[..., Any], settle: Callable[..., None]
) -> Any:
    """The page with D0118 opened by its digits alone."""
    context = context_for(desk)
    page = visit(CardsPage, context)
    number = page.paper.start.number
    QTest.keyClicks(number, "118")
    QTest.keyClick(number, Qt.Key.Key_Return)
    settle(context)
    return page


def key(page: Any, settle: Callable[..., None], text: str, *, enter: bool = True) -> None:
    """Types on the pad and leaves the row."""
    QTest.keyClicks(page.paper.grid, text)
    if enter:
        QTest.keyClick(page.paper.grid, Qt.Key.Key_Enter)
    settle(page.context)


def on_disk(session: Session, number: str = "D0118") -> CardSheet:
    """The card as the services know it."""
    sheet: CardSheet = perform(session, OpenCard(number, JULY)).answer
    return sheet


def test_a_value_is_on_disk_when_its_row_is_left(at_card: Any, desk: Session, settle: Callable[..., None]) -> None:
    key(at_card, settle, "8163")
    day = on_disk(desk).days[0]
    assert (day.steps, day.state) == (8163, DayState.KEYED)
    assert at_card.paper.grid.current() == 2
    assert at_card.context.room.said[-1] == "1日 8,163歩を保存しました"


def test_full_width_digits_are_taken(at_card: Any, desk: Session, settle: Callable[..., None]) -> None:
    for sign in "７００７":
        typed = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, sign)
        QApplication.sendEvent(at_card.paper.grid, typed)
    key(at_card, settle, "")
    assert on_disk(desk).days[0].steps == 7007


def test_up_goes_back_and_a_correction_says_what_stood_there(at_card: Any, settle: Callable[..., None]) -> None:
    key(at_card, settle, "8120")
    QTest.keyClick(at_card.paper.grid, Qt.Key.Key_Up)
    key(at_card, settle, "812")
    assert "812" in at_card.findChild(QWidget, "cards_undo_saved").text()
    assert "8,120" in at_card.findChild(QWidget, "cards_undo_before").text()


def test_minus_and_slash_mark_a_day_as_blank_and_unreadable(
    at_card: Any, desk: Session, settle: Callable[..., None]
) -> None:
    key(at_card, settle, "-", enter=False)
    key(at_card, settle, "/", enter=False)
    assert [day.state for day in on_disk(desk).days[:2]] == [DayState.BLANK, DayState.UNREADABLE]
    assert at_card.paper.grid.current() == 3


def test_an_unusual_value_waits_under_the_lens_until_it_is_confirmed(
    at_card: Any, desk: Session, settle: Callable[..., None]
) -> None:
    for value in ("6040", "5950", "6110", "6000"):
        key(at_card, settle, value)
    key(at_card, settle, "36019")
    assert at_card.paper.grid.current() == 5
    assert at_card.paper.grid.notice().word == "ふだんの6倍"
    assert on_disk(desk).days[4].state is DayState.NOT_KEYED
    key(at_card, settle, "*", enter=False)
    assert on_disk(desk).days[4].state is DayState.CONFIRMED
    assert at_card.paper.grid.current() == 6


def test_what_is_typed_ahead_of_a_warning_does_not_fall_into_the_wrong_day(
    at_card: Any, desk: Session, settle: Callable[..., None]
) -> None:
    for value in ("6040", "5950", "6110"):
        key(at_card, settle, value)
    QTest.keyClicks(at_card.paper.grid, "60400")
    QTest.keyClick(at_card.paper.grid, Qt.Key.Key_Enter)
    QTest.keyClicks(at_card.paper.grid, "5800")
    settle(at_card.context)
    assert (at_card.paper.grid.current(), at_card.paper.grid.typed()) == (4, "60400")


def test_a_fast_hand_loses_no_key(at_card: Any, desk: Session, settle: Callable[..., None]) -> None:
    for value in ("6040", "5950", "6110"):
        QTest.keyClicks(at_card.paper.grid, value)
        QTest.keyClick(at_card.paper.grid, Qt.Key.Key_Enter)
    settle(at_card.context)
    assert [day.steps for day in on_disk(desk).days[:3]] == [6040, 5950, 6110]


def test_ctrl_z_takes_the_last_value_back(at_card: Any, desk: Session, settle: Callable[..., None]) -> None:
    key(at_card, settle, "8120")
    QTest.keyClick(at_card.paper.grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(at_card.context)
    assert on_disk(desk).days[0].state is DayState.NOT_KEYED
    assert at_card.paper.grid.current() == 1
    assert at_card.context.room.said[-1] == "取り消しました。1日は未入力に戻りました"


def test_a_whole_card_by_the_pad_alone_ends_with_the_total_of_the_paper(
    at_card: Any, desk: Session, settle: Callable[..., None]
) -> None:
    for _day in range(31):
        key(at_card, settle, "6000")
    written = at_card.paper.foot.written
    assert written.hasFocus()
    QTest.keyClicks(written, "186000")
    QTest.keyClicks(written, "+")
    settle(at_card.context)
    assert on_disk(desk).state == "done"
    # The next card that waits lies on the desk.
    assert at_card.place()["number"] == "D0119"


def test_a_total_that_differs_stops_once_and_then_ends(
    at_card: Any, desk: Session, settle: Callable[..., None]
) -> None:
    for _day in range(31):
        key(at_card, settle, "6000")
    written = at_card.paper.foot.written
    QTest.keyClicks(written, "190000")
    QTest.keyClick(written, Qt.Key.Key_Enter)
    settle(at_card.context)
    assert "4,000歩 合いません" in at_card.paper.foot.note.text()
    assert on_disk(desk).state == "keying"
    QTest.keyClicks(at_card.paper.grid, "+")
    settle(at_card.context)
    assert on_disk(desk).state == "done"


def test_a_card_with_days_left_goes_to_the_first_of_them(at_card: Any, settle: Callable[..., None]) -> None:
    key(at_card, settle, "6000")
    key(at_card, settle, "+", enter=False)
    assert at_card.paper.grid.current() == 2
    assert "まだ入れていない日が 30日" in at_card.paper.foot.note.text()


def test_plus_at_the_start_takes_the_next_waiting_card(
    desk: Session, context_for: Callable[..., Any], visit: Callable[..., Any], settle: Callable[..., None]
) -> None:
    context = context_for(desk)
    page = visit(CardsPage, context)
    QTest.keyClicks(page.paper.start.number, "+")
    settle(context)
    assert page.place()["number"] == "D0117"


def scan(target: QWidget, page: Any, settle: Callable[..., None], code: str) -> None:
    """What a hand scanner types, with its shift key and its Enter."""
    for sign in code:
        if sign.isupper():
            QTest.keyClick(target, Qt.Key.Key_Shift)
        QTest.keyClicks(target, sign)
    QTest.keyClick(target, Qt.Key.Key_Return)
    settle(page.context)


def code_of(number: str, month: str = JULY) -> str:
    return card_code("30-HP-0001", number, Month.parse(month))


def test_a_scanned_card_opens_with_its_month(
    desk: Session, context_for: Callable[..., Any], visit: Callable[..., Any], settle: Callable[..., None]
) -> None:
    page = visit(CardsPage, context_for(desk))
    scan(page.paper.start.number, page, settle, code_of("D0119", "2018-06"))
    assert (page.place()["number"], page.place()["month"]) == ("D0119", "2018-06")


def test_a_card_that_is_read_wrongly_is_explained_beside_the_field(
    desk: Session, context_for: Callable[..., Any], visit: Callable[..., Any], settle: Callable[..., None]
) -> None:
    page = visit(CardsPage, context_for(desk))
    scan(page.paper.start.number, page, settle, code_of("D0119").replace("119", "118"))
    assert "検査文字" in page.paper.start.field.note()


@pytest.mark.parametrize("place", ["grid", "total"])
def test_a_scan_while_a_card_lies_here_takes_the_next_and_changes_no_day(
    place: str, at_card: Any, desk: Session, settle: Callable[..., None]
) -> None:
    key(at_card, settle, "8163")
    scan(at_card.paper.grid if place == "grid" else at_card.paper.foot.written, at_card, settle, code_of("D0119"))
    assert at_card.place()["number"] == "D0119"
    assert at_card.paper.foot.written.value() is None
    left = on_disk(desk)
    assert [day.steps for day in left.days[:2]] == [8163, None]
    assert {day.state for day in left.days[1:]} == {DayState.NOT_KEYED}
    assert {day.state for day in on_disk(desk, "D0119").days} == {DayState.NOT_KEYED}


def test_a_scan_does_not_lose_the_digits_that_wait(at_card: Any, settle: Callable[..., None]) -> None:
    key(at_card, settle, "816", enter=False)
    scan(at_card.paper.grid, at_card, settle, code_of("D0119"))
    assert (at_card.place()["number"], at_card.paper.grid.typed()) == ("D0118", "816")
    assert "1日の数字がまだ保存されていません" in at_card.paper.foot.note.text()


def test_a_stray_letter_swallows_no_digit(at_card: Any, desk: Session, settle: Callable[..., None]) -> None:
    key(at_card, settle, "ca8x1c", enter=False)
    QTest.keyClick(at_card.paper.grid, Qt.Key.Key_Backspace)
    key(at_card, settle, "63")
    assert on_disk(desk).days[0].steps == 863


def test_an_unknown_number_is_explained_beside_its_field(
    desk: Session, context_for: Callable[..., Any], visit: Callable[..., Any], settle: Callable[..., None]
) -> None:
    context = context_for(desk)
    page = visit(CardsPage, context)
    QTest.keyClicks(page.paper.start.number, "999")
    QTest.keyClick(page.paper.start.number, Qt.Key.Key_Return)
    settle(context)
    assert "999" in page.paper.start.field.note()


def test_unlocking_comes_back_to_the_same_row(
    desk: Session, context_for: Callable[..., Any], visit: Callable[..., Any]
) -> None:
    perform(desk, SaveDay("D0118", JULY, 1, DayState.KEYED, 6000))
    context = context_for(desk)
    page = visit(CardsPage, context, number="D0118", month=JULY, day=19)
    assert page.place() == {"number": "D0118", "month": JULY, "day": 19}


def test_a_full_disk_keeps_the_value_on_the_row(at_card: Any, settle: Callable[..., None]) -> None:
    room = at_card.context.room
    answer = room._answer

    def refuse(message: object, then: Any, otherwise: Any, progress: Any) -> None:
        if isinstance(message, SaveDay):
            room.open -= 1
            otherwise(Problem("storage.disk_full", name="vault.db"))
        else:
            answer(message, then, otherwise, progress)

    room._answer = refuse
    key(at_card, settle, "8163")
    assert (at_card.paper.grid.current(), at_card.paper.grid.typed()) == (1, "8163")
    assert at_card.paper.grid.notice().word == "保存できません"


def test_every_width_of_digits_is_read() -> None:
    assert (plain("１２３"), digits("1,2３4歩")) == ("123", "1234")


def test_a_screen_reader_hears_the_row(at_card: Any, settle: Callable[..., None]) -> None:
    assert at_card.paper.grid.accessibleName() == "1日 日 未入力"
    key(at_card, settle, "6000")
    QTest.keyClick(at_card.paper.grid, Qt.Key.Key_Up)
    assert at_card.paper.grid.accessibleName() == "1日 日 6,000"
