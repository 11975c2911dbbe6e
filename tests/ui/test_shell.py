"""The shell: desks, search, lock, idle time, and the link to the room."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from tests.ui.reach import nameless, unreached
from walkdesk.domain.problem import Problem
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.look.parts import LineEdit, PrimaryButton
from walkdesk.ui.shell.desks import Desk
from walkdesk.ui.shell.idle import IdleWatch
from walkdesk.ui.shell.link import RoomLink
from walkdesk.ui.shell.page import Page, PageContext, Person, Standing
from walkdesk.ui.shell.search import Popover, SearchResult
from walkdesk.ui.shell.window import MainWindow

NOW = datetime.fromisoformat("2018-08-09T10:42:07")
MANAGER = Person("S-0001", "田中 康夫", "取扱責任者", "manager")
HANDLER = Person("S-0142", "佐藤 恵", "取扱者", "handler")
AUDITOR = Person("W-0001", "森 由紀", "健康づくり課", "auditor")


@dataclass(frozen=True)
class Changed:
    areas: frozenset[str]


@dataclass(frozen=True)
class Answer:
    text: str
    changes: Changed | None = None


class FakeClient:
    """A room that answers from a thread of its own, as the real one does, when the test tells it to."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, Callable[[Any], None], Callable[[Any], None]]] = []
        self.cancelled: list[int] = []
        self.closed = 0

    def ask(self, message: Any, on_answer: Callable[[Any], None], on_progress: Callable[[Any], None] = print) -> int:
        self.asked.append((message, on_answer, on_progress))
        return 100 + len(self.asked)

    def cancel(self, number: int) -> None:
        self.cancelled.append(number)

    def close(self) -> None:
        self.closed += 1

    def answer(self, answer: object, question: int = -1) -> None:
        self._in_thread(lambda: self.asked[question][1](answer))

    def move_on(self, step: object, question: int = -1) -> None:
        self._in_thread(lambda: self.asked[question][2](step))

    @staticmethod
    def _in_thread(work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()


class Notebook(Page):
    """A page that remembers what the shell does with it."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.entered: list[dict[str, Any]] = []
        self.heard: list[Any] = []
        self.row = 0
        self.edit = LineEdit("note")
        self.edit.setAccessibleName("メモ")
        self.button = PrimaryButton("次へ", "next", key="Enter")
        self.pressed = 0
        column = QVBoxLayout(self)
        column.addWidget(self.edit)
        column.addWidget(self.button)
        self.button.clicked.connect(self._press)

    def _press(self) -> None:
        self.pressed += 1

    def enter(self, **place: Any) -> None:
        self.entered.append(place)
        self.row = place.get("row", 0)

    def changed(self, changes: Any) -> None:
        self.heard.append(changes)

    def place(self) -> dict[str, Any]:
        return {"row": self.row}


class OtherNotebook(Notebook):
    """Another desk."""


DESKS = (
    Desk("first", "calendar", "signin.title", Notebook, frozenset({"handler", "manager"})),
    Desk("second", "sheet", "signin.number", OtherNotebook, frozenset({"handler", "manager"})),
    Desk("third", "medal", "signin.password", Notebook, frozenset({"auditor"})),
)


@pytest.fixture
def window(qtbot: Any) -> MainWindow:
    """The window at the door."""
    made = MainWindow(DESKS, clock=lambda: NOW, practice=True, version="1.0.0")
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.show_sign_in()
    QApplication.processEvents()
    return made


@pytest.fixture
def client() -> FakeClient:
    """The room."""
    return FakeClient()


@pytest.fixture
def link(client: FakeClient) -> RoomLink:
    """The link to it."""
    return RoomLink(client)


def page(window: MainWindow) -> Notebook:
    assert window.work is not None
    here = window.work.page()
    assert isinstance(here, Notebook)
    return here


# Desks


def test_a_person_sees_the_desks_of_the_role_and_begins_at_the_first(window: MainWindow, link: RoomLink) -> None:
    window.open(link, HANDLER)
    assert window.work is not None
    assert window.work.desks() == ("first", "second")
    assert page(window).entered == [{}]
    window.open(link, AUDITOR)
    assert window.work.desks() == ("third",)


def test_the_keys_of_the_rail_go_to_the_desks(window: MainWindow, link: RoomLink) -> None:
    window.open(link, MANAGER)
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert isinstance(page(window), OtherNotebook)
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert not isinstance(page(window), OtherNotebook)


def test_a_page_is_made_once_and_loaded_each_time(window: MainWindow, link: RoomLink) -> None:
    window.open(link, MANAGER)
    first = page(window)
    window.go("second", row=3)
    window.go("first")
    assert page(window) is first
    assert first.entered == [{}, {}]


def test_a_number_on_a_desk_is_shown_and_read_aloud(window: MainWindow, link: RoomLink) -> None:
    window.open(link, MANAGER)
    page(window).context.badge("second", 64)
    button = window.findChild(QWidget, "desk_second")
    assert button.accessibleName() == f"{tr('signin.number')} 64"
    page(window).context.badge("second", 0)
    assert button.accessibleName() == tr("signin.number")
    page(window).context.badge("third", 5)


def test_the_bar_shows_contract_state_and_person(window: MainWindow, link: RoomLink) -> None:
    window.open(link, MANAGER, Standing("健康ポイント事業", "平成30年度", "運用中"))
    assert window.findChild(QWidget, "contract").accessibleName() == "健康ポイント事業 平成30年度"
    assert window.findChild(QWidget, "contract_state").accessibleName() == "運用中"
    assert window.findChild(QWidget, "person_name").accessibleName() == "田中 康夫"
    page(window).context.standing(Standing("健康ポイント事業", "平成30年度", "返還済", "check-circle"))
    assert window.findChild(QWidget, "contract_state").accessibleName() == "返還済"


def test_everything_has_a_name_and_tab_comes_to_it(window: MainWindow, link: RoomLink) -> None:
    window.open(link, MANAGER, Standing("健康ポイント事業", "平成30年度", "運用中"))
    QApplication.processEvents()
    assert nameless(window) == []
    assert unreached(window) == []


def test_practice_is_said_on_every_screen(window: MainWindow, link: RoomLink) -> None:
    ribbon = window.findChild(QWidget, "practice_ribbon")
    assert ribbon.isVisible()
    window.open(link, MANAGER)
    assert ribbon.isVisible()
    assert page(window).context.practice


def test_an_office_that_turns_out_to_be_real_has_no_ribbon(window: MainWindow, link: RoomLink) -> None:
    window.show_practice(False)
    assert not window.findChild(QWidget, "practice_ribbon").isVisible()
    window.open(link, MANAGER)
    assert not page(window).context.practice


def test_what_was_saved_stays_with_its_time(window: MainWindow, link: RoomLink) -> None:
    window.open(link, MANAGER)
    page(window).context.say("19日 6,474歩を保存しました。")
    assert window.status.said() == "19日 6,474歩を保存しました。 10:42:07"


def test_the_manual_is_asked_for_the_desk(window: MainWindow, link: RoomLink, qtbot: Any) -> None:
    window.open(link, MANAGER)
    with qtbot.waitSignal(window.help_requested) as told:
        QTest.keyClick(window, Qt.Key.Key_F1)
    assert told.args == ["first"]


# Lock


def test_lock_clears_the_pages_and_asks_for_the_password(window: MainWindow, link: RoomLink, qtbot: Any) -> None:
    window.open(link, MANAGER)
    page(window).edit.setText("髙橋 ふみ子")
    with qtbot.waitSignal(window.locked) as told:
        QTest.keyClick(window, Qt.Key.Key_F12)
    assert told.args == ["S-0001", "lock"]
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, 52)  # QEvent::DeferredDelete
    assert window.findChildren(Page) == []
    assert window.work is None
    assert all("髙橋" not in edit.text() for edit in window.findChildren(LineEdit))
    assert window.signin is not None
    assert window.signin.number.text() == "S-0001"
    assert QApplication.focusWidget() is window.signin.password


def test_unlocking_returns_to_the_same_desk_and_place(window: MainWindow, link: RoomLink) -> None:
    window.open(link, MANAGER)
    window.go("second", row=19)
    window.lock()
    window.open(link, MANAGER)
    assert isinstance(page(window), OtherNotebook)
    assert page(window).entered == [{"row": 19}]


def test_another_person_does_not_come_to_the_place_of_the_one_before(window: MainWindow, link: RoomLink) -> None:
    window.open(link, MANAGER)
    window.go("second", row=19)
    window.lock()
    window.open(link, HANDLER)
    assert not isinstance(page(window), OtherNotebook)
    assert page(window).entered == [{}]


def test_an_answer_that_comes_after_the_lock_finds_nobody(
    window: MainWindow, link: RoomLink, client: FakeClient
) -> None:
    answers: list[Any] = []
    window.open(link, MANAGER)
    page(window).context.room.ask("load", answers.append)
    window.lock()
    client.answer(Answer("late"))
    QApplication.processEvents()
    assert answers == []


def test_a_room_that_ends_by_itself_locks_the_window(window: MainWindow, link: RoomLink, qtbot: Any) -> None:
    window.open(link, MANAGER)
    with qtbot.waitSignal(window.locked) as told:
        link.gone()
    assert told.args == ["S-0001", "gone"]
    assert tr("shell.problem.room_gone") in window.status.said()


# Idle


def watch(qapp: QApplication, clock: Callable[[], datetime], minutes: int = 5) -> IdleWatch:
    made = IdleWatch(qapp, minutes, clock)
    made.start()
    return made


def test_five_quiet_minutes_lock(qapp: QApplication) -> None:
    made = watch(qapp, lambda: NOW)
    told: list[bool] = []
    left: list[int] = []
    made.idle.connect(lambda: told.append(True))
    made.minutes_left.connect(left.append)
    for _ in range(59):
        made.tick()
    assert told == []
    made.tick()
    assert told == [True]
    assert left == [4, 3, 2, 1]
    assert not made.running()


def test_a_key_begins_the_five_minutes_anew(window: MainWindow, link: RoomLink) -> None:
    window.open(link, MANAGER)
    for _ in range(50):
        window.idle.tick()
    handle = window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, Qt.Key.Key_A)
    for _ in range(50):
        window.idle.tick()
    assert window.work is not None
    for _ in range(10):
        window.idle.tick()
    assert window.work is None
    assert tr("shell.status.locked_idle") in window.status.said()


def test_the_office_says_after_how_many_minutes(window: MainWindow, link: RoomLink) -> None:
    window.open(link, MANAGER, idle_minutes=1)
    for _ in range(11):
        window.idle.tick()
    assert window.work is not None
    window.idle.tick()
    assert window.work is None


def test_a_pc_that_slept_locks_at_once(qapp: QApplication) -> None:
    times = iter([NOW, NOW, NOW + timedelta(hours=8)])
    made = watch(qapp, lambda: next(times))
    told: list[bool] = []
    made.idle.connect(lambda: told.append(True))
    made.tick()
    assert told == [True]


# Search


RESULTS = [
    SearchResult("髙橋 ふみ子", "second", {"row": 118}, "D0118", "百人町　72歳", "台紙", "髙橋"),
    SearchResult("高橋 一郎", "second", {"row": 44}, "D0044", "西新宿　68歳", "台紙", "高橋"),
]


def searched(window: MainWindow, qtbot: Any, text: str = "D01") -> Any:
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    box = QApplication.focusWidget()
    with qtbot.waitSignal(window.search_requested) as told:
        QTest.keyClicks(box, text)
    assert told.args == [text]
    return box


def test_search_is_reached_by_key_and_opens_what_was_chosen(window: MainWindow, link: RoomLink, qtbot: Any) -> None:
    window.open(link, MANAGER)
    box = searched(window, qtbot)
    window.show_results("D01", RESULTS)
    assert window.findChild(Popover, "search_results").isVisible()
    assert "D0118" in box.accessibleDescription()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert "D0044" in box.accessibleDescription()
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert isinstance(page(window), OtherNotebook)
    assert page(window).entered == [{"row": 44}]
    assert page(window).pressed == 0


def test_escape_closes_the_search(window: MainWindow, link: RoomLink, qtbot: Any) -> None:
    window.open(link, MANAGER)
    box = searched(window, qtbot)
    window.show_results("D01", RESULTS)
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert box.popover is None
    assert box.text() == ""


def test_results_of_an_older_text_are_dropped(window: MainWindow, link: RoomLink, qtbot: Any) -> None:
    window.open(link, MANAGER)
    box = searched(window, qtbot)
    window.show_results("D0", RESULTS)
    assert box.popover is None


def test_nothing_found_says_so(window: MainWindow, link: RoomLink, qtbot: Any) -> None:
    window.open(link, MANAGER)
    box = searched(window, qtbot)
    window.show_results("D01", [])
    assert box.popover.current() is None
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert page(window).pressed == 0


# The link


def test_an_answer_comes_in_the_windows_thread(link: RoomLink, client: FakeClient, qtbot: Any) -> None:
    threads: list[threading.Thread] = []
    link.ask("load", lambda _answer: threads.append(threading.current_thread()))
    client.answer(Answer("here"))
    qtbot.waitUntil(lambda: bool(threads))
    assert threads == [threading.main_thread()]


def test_changes_reach_every_page_before_the_answer(
    window: MainWindow, link: RoomLink, client: FakeClient, qtbot: Any
) -> None:
    window.open(link, MANAGER)
    first = page(window)
    order: list[str] = []
    link.changed.connect(lambda _changes: order.append("changes"))
    link.ask("save", lambda _answer: order.append("answer"))
    change = Changed(frozenset({"cards"}))
    client.answer(Answer("saved", change))
    qtbot.waitUntil(lambda: len(order) == 2)
    assert order == ["changes", "answer"]
    assert first.heard == [change]


def test_what_the_room_tells_by_itself_reaches_the_pages(window: MainWindow, link: RoomLink, qtbot: Any) -> None:
    window.open(link, MANAGER)
    change = Changed(frozenset({"today"}))
    thread = threading.Thread(target=lambda: link.tell(change))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: page(window).heard == [change])


def test_a_problem_goes_to_whoever_asked(link: RoomLink, client: FakeClient, qtbot: Any) -> None:
    problems: list[Problem] = []
    problem = Problem("door.not_signed_in")
    link.ask("load", lambda _answer: pytest.fail("there is no answer"), problems.append)
    client.answer(problem)
    qtbot.waitUntil(lambda: problems == [problem])


def test_a_problem_that_nobody_takes_stands_in_the_status_line(
    window: MainWindow, link: RoomLink, client: FakeClient, qtbot: Any
) -> None:
    window.open(link, MANAGER)
    problem = Problem("door.not_signed_in")
    link.ask("load", lambda _answer: None)
    client.answer(problem)
    qtbot.waitUntil(lambda: sentence(problem) in window.status.said())


def test_progress_comes_before_the_answer(link: RoomLink, client: FakeClient, qtbot: Any) -> None:
    told: list[Any] = []
    link.ask("import", told.append, progress=told.append)
    client.move_on(1)
    client.move_on(2)
    client.answer(3)
    client.move_on(4)
    qtbot.waitUntil(lambda: len(told) == 3)
    QApplication.processEvents()
    assert told == [1, 2, 3]


def test_cancel_reaches_the_room_and_its_answer_comes_back(link: RoomLink, client: FakeClient, qtbot: Any) -> None:
    problems: list[Problem] = []
    ticket = link.ask("import", lambda _answer: None, problems.append)
    link.cancel(ticket)
    assert client.cancelled == [101]
    client.answer(Problem("shell.cancelled"))
    qtbot.waitUntil(lambda: len(problems) == 1)
    link.cancel(ticket)
    assert client.cancelled == [101]


def test_closing_ends_the_room_once(link: RoomLink, client: FakeClient) -> None:
    answers: list[Any] = []
    ended: list[bool] = []
    link.ended.connect(lambda: ended.append(True))
    link.ask("load", answers.append)
    link.close()
    link.close()
    link.gone()
    client.answer(Answer("late"))
    QApplication.processEvents()
    assert client.closed == 1
    assert answers == []
    assert ended == []
