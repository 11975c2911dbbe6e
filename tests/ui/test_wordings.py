"""文面 on the papers desk: what is typed is seen on the page, what is wrong stands beside it, and it is saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication

from tests.services.closing_desk import PEOPLE, fill
from tests.ui.desks import AUGUST
from tests.ui.keyboard import press, write
from walkdesk.messages.wordings import CheckWording, OpenWording, PreviewWording, SaveWording
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.ui import language
from walkdesk.ui.look.parts.edits import LINE_PITCH
from walkdesk.ui.papers import wording_trial
from walkdesk.ui.papers.page import PapersPage
from walkdesk.ui.papers.wording_editor import VERSION
from walkdesk.ui.papers.wording_fields import text_in
from walkdesk.ui.unsaved import put_back, unsaved_fields

CARD = "invitation/card"
LONG_NAME = "ウォルフェシュレーゲルシュタインハウゼン" * 6


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits for the pause after the last key."""
    monkeypatch.setattr(wording_trial, "PAUSE_MS", 1)
    monkeypatch.setattr(wording_trial, "CHECK_MS", 1)


@pytest.fixture
def desk(office: Any) -> Session:
    """The manager in August with people in the vault, one of whom has too long a name for the page."""
    session: Session = office.sign_in("S-0001", AUGUST)
    endless = ("D0010", LONG_NAME, "160-0022", "東京都新宿区新宿一丁目9番9号", 50, "female", "card", [])
    fill(session, (*PEOPLE[:2], endless, PEOPLE[4]))
    return session


@pytest.fixture
def rest(qtbot: Any, settle: Callable[..., None]) -> Callable[[Any], Any]:
    """``rest(page)``: the page of what is typed is there, and everyone was tried. Gives the tab."""

    def wait(page: Any) -> Any:
        part = page.parts["wording"]
        settle(page.context)
        for _ in range(2):
            qtbot.waitUntil(lambda: not part.trial.pending())
            settle(page.context)
        return part

    return wait


@pytest.fixture
def page(desk: Session, context_for: Callable[..., Any], visit: Callable[..., Any], rest: Callable[..., Any]) -> Any:
    """The tab, loaded."""
    shown = visit(PapersPage, context_for(desk), tab="wording")
    rest(shown)
    return shown


def asked(page: Any, message: type) -> list[Any]:
    return [one for one in page.context.room.asked if isinstance(one, message)]


def saved(session: Session, version: str, greeting: str) -> None:
    wording = perform(session, OpenWording("invitation", "card")).answer
    parts = tuple((part.key, greeting if part.key == "greeting" else part.text) for part in wording.parts)
    perform(session, SaveWording("invitation", "card", version, parts))


def picture(part: Any) -> bytes:
    image = part.page.preview.grab().toImage()
    return bytes(image.constBits())


def test_the_wording_in_use_opens_with_its_page_and_everyone_is_tried(page: Any) -> None:
    part = page.parts["wording"]
    assert part.paper.chosen() == CARD and part.page.preview.pages() == 1
    assert dict(part.editor.parts())["steps_title"] == "ご参加のしかた"
    assert part.editor.version.text() == "平成30年度 第2版"
    assert "3人のうち1人" in part.page.checked()
    assert [row.key for row in part.page.table.rows()] == ["D0010"]
    assert not page._primary.isEnabled() and not unsaved_fields(page)


def test_what_is_typed_is_seen_on_the_page_after_a_pause(page: Any, rest: Callable[..., Any]) -> None:
    part = page.parts["wording"]
    before, count = picture(part), len(asked(page, PreviewWording))
    write(part.editor.editor("greeting"), "歩く季節になりました。")
    assert len(asked(page, PreviewWording)) == count
    rest(page)
    last = asked(page, PreviewWording)[-1]
    assert dict(last.parts)["greeting"] == "歩く季節になりました。" and len(asked(page, PreviewWording)) == count + 1
    assert picture(part) != before
    assert asked(page, CheckWording)[-1].parts == last.parts
    assert page._primary.isEnabled()


def test_an_answer_that_was_overtaken_is_dropped(page: Any, rest: Callable[..., Any]) -> None:
    part = page.parts["wording"]
    write(part.editor.editor("greeting"), "{氏命}様")
    part.trial.ask()
    write(part.editor.editor("greeting"), "{氏名}様")
    part.trial.ask()
    seen: list[int] = []
    part.page.show_page = lambda shown: seen.append(len(shown.faults))
    rest(page)
    assert seen == [0]


def test_an_unknown_placeholder_is_told_beside_its_field_and_marked(page: Any, rest: Callable[..., Any]) -> None:
    part = page.parts["wording"]
    tried = len(asked(page, CheckWording))
    editor = part.editor.editor("greeting")
    write(editor, "{氏命}様、{氏名}様")
    rest(page)
    assert "「氏命」" in part.editor.problem_of("greeting") and "「氏命」" in editor.accessibleDescription()
    marks = [(one.start, one.format.underlineStyle()) for one in editor.document().firstBlock().layout().formats()]
    wave, none = QTextCharFormat.UnderlineStyle.WaveUnderline, QTextCharFormat.UnderlineStyle.NoUnderline
    assert marks == [(0, wave), (6, none)]
    assert not page._primary.isEnabled() and len(asked(page, CheckWording)) == tried
    write(editor, "{氏名}様")
    rest(page)
    assert "改行" in part.editor.problem_of("greeting") and page._primary.isEnabled()
    assert len(asked(page, CheckWording)) == tried + 1


def test_a_text_grows_with_its_lines_which_stand_apart(page: Any) -> None:
    editor = page.parts["wording"].editor.editor("greeting")
    heights = []
    for text in ("一行", "一行\n二行\n三行", "長い文。" * 40):
        write(editor, text)
        heights.append(editor.height())
    assert heights[0] < heights[1] < heights[2]
    first, last = QTextCursor(editor.document()), editor.textCursor()
    apart = editor.cursorRect(last).y() - editor.cursorRect(first).y()
    assert apart == LINE_PITCH * (last.block().layout().lineCount() - 1) > 0
    press(page, "Ctrl+A")
    assert set(editor.createMimeDataFromSelection().formats()) == {"text/plain"}


def test_a_wording_is_changed_and_saved_without_a_mouse(page: Any, rest: Callable[..., Any], desk: Session) -> None:
    part = page.parts["wording"]
    write(part.editor.editor("title"), "ご案内 ")
    press(page, "F9")
    press(page, "Down")
    press(page, "Left")
    assert part.editor.bar.current() in part.editor.bar.names()
    press(page, "Home")
    for _ in part.editor.bar.names():
        if part.editor.bar.current() != "氏名":
            press(page, "Right")
    press(page, "Return")
    assert text_in(part.editor.editor("title")) == "ご案内 {氏名}"
    assert QApplication.focusWidget() is part.editor.editor("title")
    press(page, "Ctrl+Space")
    assert part.editor.bar.hasFocus() and "見本 花子" in part.editor._example.text()
    press(page, "Escape")
    assert part.editor.editor("title").hasFocus()
    write(part.editor.version, "秋の版")
    rest(page)
    press(page, "F4")
    rest(page)
    wording = perform(desk, OpenWording("invitation", "card")).answer
    assert (wording.number, wording.version, wording.parts[0].text) == (1, "秋の版", "ご案内 {氏名}")
    assert "秋の版" in page.context.room.said[-1]
    assert [row.key for row in part.versions.rows()] == [1, 0] and part.versions.current() == 1
    assert not page._primary.isEnabled() and not unsaved_fields(page)


def test_a_name_that_another_version_has_is_refused_at_its_field(page: Any, rest: Callable[..., Any]) -> None:
    part = page.parts["wording"]
    write(part.editor.editor("title"), "ご案内")
    write(part.editor.version, "平成30年度 第1版")
    rest(page)
    press(page, "F4")
    rest(page)
    assert "もうあります" in part.editor.problem_of(VERSION) and part.editor.version.hasFocus()
    assert text_in(part.editor.editor("title")) == "ご案内"


def test_an_older_version_is_read_and_can_be_used_again(
    desk: Session, context_for: Callable[..., Any], visit: Callable[..., Any], rest: Callable[..., Any]
) -> None:
    saved(desk, "夏の版", "夏のご案内です。")
    saved(desk, "秋の版", "秋のご案内です。")
    page = visit(PapersPage, context_for(desk), tab="wording")
    part = rest(page)
    write(part.editor.editor("title"), "書きかけの表題")
    part.versions.setFocus()
    press(page, "Down")
    rest(page)
    assert dict(part.editor.parts())["greeting"] == "夏のご案内です。"
    assert part.editor.editor("greeting").isReadOnly() and part.editor.version.text() == "夏の版"
    assert not part.editor.bar.isVisible() and not page._primary.isEnabled()
    assert not part.page.checked()
    part.editor._to_newest.click()
    rest(page)
    assert text_in(part.editor.editor("title")) == "書きかけの表題"
    part.versions.select(1)
    rest(page)
    part.restore.click()
    rest(page)
    assert part.versions.current() == 2 and dict(part.editor.parts())["greeting"] == "夏のご案内です。"
    assert page._primary.isEnabled()


def test_the_shipped_wording_comes_back_into_the_editor_unsaved(
    desk: Session, context_for: Callable[..., Any], visit: Callable[..., Any], rest: Callable[..., Any]
) -> None:
    shipped = dict((part.key, part.text) for part in perform(desk, OpenWording("invitation", "card", 0)).answer.parts)
    saved(desk, "夏の版", "夏のご案内です。")
    page = visit(PapersPage, context_for(desk), tab="wording")
    part = rest(page)
    part.restore.click()
    rest(page)
    assert dict(part.editor.parts()) == shipped and page._primary.isEnabled()
    (draft,) = unsaved_fields(page)
    assert (draft.name, draft.text, draft.before) == ("wordings_part_greeting", shipped["greeting"], "夏のご案内です。")
    assert perform(desk, OpenWording("invitation", "card")).answer.number == 1


def test_what_is_typed_in_one_paper_waits_while_another_is_looked_at(
    page: Any, rest: Callable[..., Any], desk: Session, context_for: Callable[..., Any], visit: Callable[..., Any]
) -> None:
    part = page.parts["wording"]
    write(part.editor.editor("greeting"), "書きかけの文です。")
    write(part.editor.version, "書きかけの版")
    part.paper.choose("reminder/card")
    part.paper.activated.emit(part.paper.currentIndex())
    rest(page)
    assert "台紙" in dict(part.editor.parts())["greeting"]
    write(part.editor.editor("title"), "お知らせです")
    page.tabs.choose("report")
    kept = unsaved_fields(page)
    assert "書きかけの文です。" in kept[0].text and "お知らせです" in kept[0].text
    # The window locks: another page takes the drafts back.
    again = visit(PapersPage, context_for(desk), tab="wording", wording=CARD)
    other = rest(again)
    put_back(again, kept)
    rest(again)
    assert text_in(other.editor.editor("greeting")) == "書きかけの文です。"
    assert other.editor.version.text() == "書きかけの版"
    other.paper.choose("reminder/card")
    other.paper.activated.emit(other.paper.currentIndex())
    rest(again)
    assert text_in(other.editor.editor("title")) == "お知らせです"
    assert again.place() == {"tab": "wording", "wording": "reminder/card"}


def test_the_page_of_one_person_is_looked_at(page: Any, rest: Callable[..., Any]) -> None:
    part = page.parts["wording"]
    before = picture(part)
    write(part.page.person, "d0001")
    rest(page)
    assert picture(part) != before and not part.page.problem()
    write(part.page.person, "D9999")
    rest(page)
    assert "D9999" in part.page.problem() and part.page.preview.pages() == 1
    part.page.table.setFocus()
    press(page, "Return")
    rest(page)
    assert part.page.number() == "D0010" and "収まりません" in part.page.problem()


def test_nothing_waits_for_the_trial_on_everyone(page: Any, rest: Callable[..., Any]) -> None:
    part = page.parts["wording"]
    cancelled: list[int] = []
    part._context.room.cancel = cancelled.append
    part.trial.check()
    under_way = part.trial._check_ticket
    page.tabs.choose("report")
    assert under_way in cancelled and not part.page.checked()
    page.tabs.choose("wording")
    rest(page)
    assert "3人のうち1人" in part.page.checked()


def test_a_handler_tries_a_wording_but_does_not_save_it(
    office: Any, context_for: Callable[..., Any], visit: Callable[..., Any], rest: Callable[..., Any]
) -> None:
    page = visit(PapersPage, context_for(office.sign_in("S-0142", AUGUST)), tab="wording")
    part = rest(page)
    write(part.editor.editor("greeting"), "歩く季節になりました。")
    rest(page)
    assert dict(asked(page, PreviewWording)[-1].parts)["greeting"] == "歩く季節になりました。"
    press(page, "F4")
    rest(page)
    assert not asked(page, SaveWording) and "取扱責任者" in page._head.text()


def test_every_paper_opens_with_its_page(page: Any, rest: Callable[..., Any]) -> None:
    part = page.parts["wording"]
    for place in range(part.paper.count()):
        part.paper.setCurrentIndex(place)
        part.paper.activated.emit(place)
        rest(page)
        assert part.editor.opened().paper == part.paper.chosen().partition("/")[0]
        assert part.page.preview.pages() >= 1, part.paper.chosen()
        assert part.page.person.isVisible() == part.editor.opened().personal
    assert not page.context.room.refused


def test_the_tab_speaks_english(
    desk: Session, context_for: Callable[..., Any], visit: Callable[..., Any], rest: Callable[..., Any]
) -> None:
    language.use("en")
    part = rest(visit(PapersPage, context_for(desk), tab="wording"))
    assert part.paper.currentText() == "Invitation (card)" and "1 of 3" in part.page.checked()
