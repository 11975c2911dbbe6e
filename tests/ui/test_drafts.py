"""Drafts in the window: every desk's typed texts go to the room, and come back where they were."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from tests.conftest import Office
from tests.services.desks import copied_office
from tests.ui.desks import AUGUST, JULY, register, reported, walk
from walkdesk.domain.participants import Programme
from walkdesk.domain.problem import Problem
from walkdesk.domain.steps import DayState
from walkdesk.messages.cards import OpenCard, SaveDay
from walkdesk.messages.common import Changes
from walkdesk.messages.contracts import PrepareContract
from walkdesk.messages.door import EnterContract, SignOut
from walkdesk.messages.drafts import SaveDraft, TakeDrafts
from walkdesk.messages.prizes import CancelRequest, LookAtPrizes, RequestPrize, SetPrize
from walkdesk.messages.reception import CorrectParticipant
from walkdesk.messages.releases import RequestLetters
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.ui.desks import DESKS
from walkdesk.ui.look.parts import PasswordEdit
from walkdesk.ui.shell import drafts
from walkdesk.ui.shell.drafts import QUIET_MS
from walkdesk.ui.shell.link import RoomLink
from walkdesk.ui.shell.page import Person
from walkdesk.ui.shell.window import MainWindow
from walkdesk.ui.unsaved import is_kept, unsaved_fields

NOW = datetime.fromisoformat("2018-08-09T10:42:07")


class SameProcess:
    """A room in this process: answers from the services a moment later."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.asked: list[object] = []
        self.link: RoomLink | None = None

    pid = 0

    def ask(self, message: Any, on_answer: Callable[[Any], None], on_progress: Callable[[Any], None] = print) -> int:
        self.asked.append(message)
        QTimer.singleShot(0, lambda: self._answer(message, on_answer))
        return len(self.asked)

    def _answer(self, message: Any, on_answer: Callable[[Any], None]) -> None:
        if isinstance(message, SaveDraft) and self.session.member is None:
            return
        try:
            outcome = perform(self.session, message)
        except Problem as problem:
            on_answer(problem)
            return
        on_answer(outcome.answer)
        if outcome.changes and self.link is not None:
            self.link.tell(Changes(outcome.changes))

    def cancel(self, number: int) -> None:
        """Nothing takes long here."""

    def close(self) -> None:
        """The test closes the session."""

    def drafts(self) -> list[SaveDraft]:
        return [message for message in self.asked if isinstance(message, SaveDraft)]


@dataclass
class Seat:
    """A window at which people sit one after the other, each with a session of their own."""

    office: Office
    qtbot: Any
    window: MainWindow
    room: SameProcess | None = None

    def come_in(self, number: str = "S-0001") -> SameProcess:
        session = self.office.sign_in(number)
        member = session.member
        assert member is not None
        self.room = SameProcess(session)
        link = self.room.link = RoomLink(self.room)
        self.window.activateWindow()
        self.window.open(link, Person(number, member.name, member.post, member.role.value))
        self.settle()
        return self.room

    def lock(self) -> None:
        """Locks; what was sent until then is answered before the room ends, as in the real one."""
        room = self.room
        assert room is not None
        self.window.lock()
        signed_out: list[object] = []
        room.ask(SignOut("lock"), signed_out.append)
        self.qtbot.waitUntil(lambda: bool(signed_out))

    def settle(self) -> None:
        """Everything is answered, shown and sent."""
        link = self.room.link if self.room is not None else None
        assert link is not None
        self.qtbot.waitUntil(lambda: not link.waiting() and not self.window.drafts.pending(), timeout=10_000)

    def go(self, desk: str, **place: Any) -> None:
        self.window.go(desk, **place)
        self.settle()

    def find(self, name: str) -> Any:
        """The one visible part of this name."""
        found = [part for part in self.window.findChildren(QWidget, name) if part.isVisible()]
        assert len(found) == 1, f"{len(found)} parts are called {name}"
        return found[0]

    def press(self, name: str) -> None:
        self.find(name).click()
        self.settle()

    def write(self, name: str, text: str) -> None:
        editor = self.find(name)
        editor.setFocus()
        if isinstance(editor, QPlainTextEdit):
            editor.insertPlainText(text)
        else:
            editor.insert(text)

    def text(self, name: str) -> str:
        editor = self.find(name)
        return str(editor.toPlainText() if isinstance(editor, QPlainTextEdit) else editor.text())

    def page(self) -> Any:
        """The page that is seen."""
        assert self.window.work is not None
        return self.window.work.page()

    def here(self) -> tuple[str, dict[str, Any]]:
        """The desk and the place on it."""
        assert self.window.work is not None
        return self.window.work.here()

    def said(self) -> str:
        return self.window.status.said()


def window_of(qtbot: Any) -> MainWindow:
    window = MainWindow(DESKS, clock=lambda: NOW, practice=True, version="0")
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


@pytest.fixture
def pause() -> int:
    """Milliseconds after the last key, here: nobody types in these tests, so nobody has to be waited for."""
    return 5


@pytest.fixture(autouse=True)
def _short_pause(pause: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "QUIET_MS", pause)


@pytest.fixture
def seat(office: Office, qtbot: Any) -> Seat:
    """The window, over an office without people."""
    return Seat(office, qtbot, window_of(qtbot))


@pytest.fixture(scope="module")
def _august(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """August: people, a full card and a begun one, prizes, a release that waits; made once."""
    folder = tmp_path_factory.mktemp("drafts")
    office = copied_office(_template, folder)
    session = office.sign_in("S-0142", AUGUST)
    register(session)
    walk(session)
    perform(session, OpenCard("D0119", JULY))
    perform(session, SaveDay("D0119", JULY, 19, DayState.KEYED, 7402))
    perform(session, RequestLetters("all", "参加案内の送付"))
    perform(session, SetPrize("TOWEL", "タオル", 20, 5))
    perform(session, RequestPrize("D0118", "TOWEL"))
    perform(session, SignOut())
    return folder


@pytest.fixture
def desk(_august: Path, tmp_path: Path, qtbot: Any) -> Iterator[Seat]:
    """The window in August."""
    office = copied_office(_august, tmp_path / "august")
    yield Seat(office, qtbot, window_of(qtbot))
    office.close()


def _correction(seat: Seat) -> None:
    seat.go("reception", number="D0118")
    seat.press("reception_correct")
    seat.find("correct_field").choose("address")
    seat.write("correct_reason", "転居の")
    seat.write("correct_value", "東京都新宿区新宿二")


def _by_hand(seat: Seat) -> None:
    seat.go("reception", view="register")
    seat.find("register_way").choose("app")
    seat.write("register_purpose", "H30.8.1")
    seat.write("register_mail", "fumiko@")
    seat.write("register_name", "髙橋 ふ")


def _card(seat: Seat) -> None:
    seat.go("cards", number="D0119", month=JULY, day=20)
    QTest.keyClicks(seat.find("cards_grid"), "81")


def _written_total(seat: Seat) -> None:
    seat.go("cards", number="D0119", month=JULY, day=20)
    QTest.keyClicks(seat.find("cards_written_total"), "2104")
    seat.find("cards_written_total").setFocus()


def _prize_request(seat: Seat) -> None:
    seat.go("prizes")
    seat.write("prizes_number", "D0118")
    seat.qtbot.waitUntil(lambda: seat.find("prizes_request_save").isEnabled())
    seat.settle()


def _shipment(seat: Seat) -> None:
    seat.go("prizes")
    seat.press("prizes_all_button")
    seat.press("prizes_ship_button")
    seat.write("prizes_slips", "1234-5678")
    seat.write("prizes_carrier", "歩み運")


def _new_prize(seat: Seat) -> None:
    seat.go("prizes")
    seat.press("prizes_add_button")
    seat.write("prizes_code", "UMB")
    seat.write("prizes_name", "折りたた")


def _changed_prize(seat: Seat) -> None:
    seat.go("prizes")
    stock = seat.find("prizes_stock")
    stock.select("TOWEL")
    stock.opened.emit("TOWEL")
    seat.write("prizes_name", "（白）")


def _cancelled_request(seat: Seat) -> None:
    seat.go("prizes")
    seat.find("prizes_requests").selectRow(0)
    seat.press("prizes_cancel_button")
    seat.write("prizes_reason", "本人の申し")


def _purpose_of_letters(seat: Seat) -> None:
    seat.go("papers", tab="letters")
    seat.find("papers_audience").choose("card")
    seat.write("papers_purpose", "八月の")


def _refusal(seat: Seat) -> None:
    seat.go("releases")
    seat.press("releases_refuse_button")
    seat.write("releases_reason", "宛名が")


def _new_contract(seat: Seat) -> None:
    seat.go("contracts", view="prepare")
    seat.find("prepare_programme").choose("city_walk")
    seat.write("prepare_number", "30-CW-")


def _import(seat: Seat) -> None:
    seat.go("imports")
    seat.find("imports_kind").choose("app_users")
    seat.write("imports_path", "名簿.cs")


def _new_person(seat: Seat) -> None:
    seat.go("people", view="new")
    seat.write("new_password", "しまわれない言葉-2018")
    seat.write("new_post", "取扱")
    seat.write("new_name", "石田 か")


FORMS: dict[str, tuple[Callable[[Seat], None], str]] = {
    "correction": (_correction, "correct_value"),
    "by hand": (_by_hand, "register_name"),
    "card": (_card, "cards_grid"),
    "written total": (_written_total, "cards_written_total"),
    "prize request": (_prize_request, "prizes_number"),
    "shipment": (_shipment, "prizes_carrier"),
    "new prize": (_new_prize, "prizes_name"),
    "changed prize": (_changed_prize, "prizes_name"),
    "cancelled request": (_cancelled_request, "prizes_reason"),
    "letters": (_purpose_of_letters, "papers_purpose"),
    "refusal": (_refusal, "releases_reason"),
    "new contract": (_new_contract, "prepare_number"),
    "import": (_import, "imports_path"),
    "new person": (_new_person, "new_name"),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_half_filled_form_comes_back_to_its_desk_place_and_cursor(desk: Seat, form: str) -> None:
    fill, focus = FORMS[form]
    desk.come_in()
    fill(desk)
    typed, here = unsaved_fields(desk.page()), desk.here()
    assert focus in {field.name for field in typed}
    desk.lock()
    assert desk.window.work is None
    # Another window: it knows nothing of the desk on which the first one was locked.
    again = Seat(desk.office, desk.qtbot, window_of(desk.qtbot))
    again.come_in()
    assert again.here() == here
    assert unsaved_fields(again.page()) == typed
    assert not [field for field in typed if "password" in field.name]
    assert QApplication.focusWidget() is again.find(focus)
    assert "保存前の入力を戻しました" in again.said()


@pytest.mark.parametrize("pause", [QUIET_MS])
def test_a_pause_sends_the_draft_once(desk: Seat, pause: int) -> None:
    room = desk.come_in()
    desk.go("reception", view="register")
    desk.write("register_name", "髙橋")
    assert room.drafts() == []
    desk.settle()
    (draft,) = room.drafts()
    assert (draft.desk, draft.place["view"], draft.focus, draft.cursor) == ("reception", "register", "register_name", 2)
    desk.find("register_age").setFocus()
    desk.find("register_name").setFocus()
    desk.settle()
    assert len(room.drafts()) == 1
    assert pause == 300


def test_drafts_go_after_a_third_of_a_second(seat: Seat) -> None:
    assert QUIET_MS == 300


def test_a_saved_form_takes_its_draft_away(desk: Seat, ask: Callable[..., Any]) -> None:
    room = desk.come_in()
    desk.go("reception", number="D0118")
    desk.press("reception_correct")
    desk.write("correct_reason", "婚姻")
    desk.write("correct_value", "子")
    desk.settle()
    assert len(room.drafts()) == 1
    desk.press("correct_save")
    assert room.drafts()[-1] == SaveDraft("reception", {})
    assert ask(room.session, TakeDrafts()).drafts == ()


def test_an_emptied_form_and_one_that_was_left_have_no_draft(desk: Seat, ask: Callable[..., Any]) -> None:
    room = desk.come_in()
    desk.go("reception", view="register")
    for clear in (lambda: desk.find("register_name").del_(), lambda: desk.press("register_back")):
        desk.window.go("reception", view="register")
        desk.write("register_name", "髙橋")
        desk.settle()
        assert len(ask(room.session, TakeDrafts()).drafts) == 1
        desk.find("register_name").selectAll()
        clear()
        desk.settle()
        assert ask(room.session, TakeDrafts()).drafts == ()


def test_a_value_saved_in_the_meantime_is_told_and_not_overwritten(desk: Seat, ask: Callable[..., Any]) -> None:
    desk.come_in()
    desk.go("cards", number="D0119", month=JULY, day=19)
    QTest.keyClicks(desk.find("cards_grid"), "81")
    desk.go("reception", number="D0118")
    desk.press("reception_correct")
    desk.write("correct_value", "子")
    desk.lock()
    other = desk.office.sign_in("S-0142")
    ask(other, SaveDay("D0119", JULY, 19, DayState.KEYED, 9000))
    ask(other, CorrectParticipant("D0118", "name", "髙橋 文", "改名"))
    room = desk.come_in()
    assert desk.text("correct_value") == "髙橋 ふみ子子"
    assert "別の値が保存されています" in desk.said()
    desk.go("cards")
    grid = desk.find("cards_grid")
    assert (grid.current(), grid.typed(), grid.days()[18].steps) == (19, "81", 9000)
    assert "別の値が保存されています" in desk.said()
    assert not [message for message in room.asked if isinstance(message, SaveDay | CorrectParticipant)]


def test_what_was_saved_meanwhile_with_the_same_value_is_no_draft_any_more(desk: Seat, ask: Callable[..., Any]) -> None:
    desk.come_in()
    _card(desk)
    desk.lock()
    ask(desk.office.sign_in("S-0142"), SaveDay("D0119", JULY, 20, DayState.KEYED, 81))
    room = desk.come_in()
    assert desk.find("cards_grid").typed() is None
    assert ask(room.session, TakeDrafts()).drafts == ()


def test_going_to_another_desk_keeps_the_draft_and_coming_back_shows_it(desk: Seat) -> None:
    desk.come_in()
    _shipment(desk)
    desk.window.go("today")  # before the pause is over
    desk.settle()
    desk.go("prizes")
    assert (desk.text("prizes_carrier"), desk.text("prizes_slips")) == ("歩み運", "1234-5678")


def test_somebody_else_at_the_same_window_sees_nothing(desk: Seat) -> None:
    desk.come_in("S-0142")
    _by_hand(desk)
    desk.lock()
    room = desk.come_in("S-0150")
    desk.go("reception", view="register")
    assert desk.text("register_name") == ""
    desk.lock()
    assert room.drafts() == []
    desk.come_in("S-0142")
    assert desk.text("register_name") == "髙橋 ふ"


def test_passwords_searches_and_the_number_typed_to_erase_are_never_kept(seat: Seat, office: Office) -> None:
    session = reported(office)
    perform(session, SignOut())
    room = seat.come_in()
    seat.go("people", view="new")
    seat.write("new_password", "これは秘密の言葉-2018")
    seat.find("new_password_show").click()  # shown in plain letters it is a password all the same
    seat.go("reception")
    seat.write("reception_text", "髙橋")
    seat.write("search", "髙橋")
    seat.go("cards")
    seat.write("cards_number", "D0118")
    seat.go("closeout")
    assert seat.window.work is not None
    page: Any = seat.window.work.page()
    page.erase.show()
    page._right.setCurrentWidget(page.erase)
    seat.write("closeout_number", "30-HP-0001")
    seat.lock()
    assert room.drafts() == []


def test_every_line_of_every_desk_that_is_not_kept_is_known(desk: Seat) -> None:
    """A line is kept unless it says otherwise, a password never: whoever adds one here has thought about it."""
    desk.come_in()
    assert desk.window.work is not None
    for key in desk.window.work.desks():
        desk.go(key)
    lines = [line for line in desk.window.findChildren(QLineEdit) if line.objectName() and not line.isReadOnly()]
    assert not [line for line in lines if isinstance(line, PasswordEdit) and is_kept(line)]
    others = {line.objectName() for line in lines if not is_kept(line) and not isinstance(line, PasswordEdit)}
    codes = {"keys_try_code", "keys_open_code"}
    searches = {name for name in others if name.endswith("_preview_find")} | {"search", "reception_text"}
    assert others - codes - searches == {"cards_number", "closeout_number", "withdraw_confirm", "wordings_person"}
    assert not [line for line in lines if line.objectName() in codes and is_kept(line)]


def test_without_a_vault_the_person_is_told_that_nothing_is_kept(seat: Seat, office: Office) -> None:
    for token in office.tokens.glob("*.json"):
        token.rename(token.with_suffix(".away"))
    room = seat.come_in()
    seat.go("people", view="new")
    seat.write("new_name", "石田")
    seat.settle()
    assert room.drafts() == []
    assert "保存前の入力はロックすると消えます" in seat.find("status_hint").accessibleName()
    seat.lock()
    seat.come_in()
    assert "保存前の入力" not in seat.said()


def test_an_auditor_is_asked_for_nothing(seat: Seat, office: Office) -> None:
    room = seat.come_in("W-0001")
    seat.lock()
    assert not [message for message in room.asked if isinstance(message, SaveDraft | TakeDrafts)]


def test_the_return_that_is_being_recorded_comes_back(seat: Seat, office: Office) -> None:
    perform(reported(office), SignOut())
    seat.come_in()
    seat.go("closeout", view="returns")
    seat.find("closeout_returns").select(("provided", "electronic"))
    seat.find("closeout_disposition").choose("returned")
    seat.write("closeout_receipt", "新健収 第")
    seat.lock()
    seat.come_in()
    assert seat.find("closeout_disposition").chosen() == "returned"
    assert seat.text("closeout_receipt") == "新健収 第"
    assert QApplication.focusWidget() is seat.find("closeout_receipt")


def test_a_form_that_cannot_be_opened_any_more_is_told(desk: Seat, ask: Callable[..., Any]) -> None:
    desk.come_in()
    _cancelled_request(desk)
    desk.lock()
    other = desk.office.sign_in("S-0142")
    (request,) = ask(other, LookAtPrizes()).requests
    ask(other, CancelRequest(request.request, "本人の申し出"))
    desk.come_in()
    assert "戻せませんでした" in desk.said()


def test_another_contract_sees_nothing_of_it_and_the_first_one_has_it_again(
    desk: Seat, ask: Callable[..., Any]
) -> None:
    room = desk.come_in()
    assert room.link is not None and room.session.contract is not None
    first = room.session.contract
    desk.go("contracts")
    _by_hand(desk)
    desk.go("contracts")
    other = PrepareContract(
        Programme.CITY_WALK, "30-CW-0001", date(2018, 9, 1), date(2019, 3, 31), "新宿区長", "健康部健康づくり課"
    )
    room.link.ask(other, lambda _: None)
    desk.settle()
    assert room.session.contract != first
    desk.go("reception", view="register")
    assert desk.text("register_name") == ""
    assert ask(room.session, TakeDrafts()).drafts == ()
    desk.go("contracts")
    room.link.ask(EnterContract(first), lambda _: None)
    desk.settle()
    desk.go("reception")
    assert desk.text("register_name") == "髙橋 ふ"
