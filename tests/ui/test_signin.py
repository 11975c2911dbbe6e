"""The door."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.keyboard import press, write
from tests.ui.reach import nameless, unreached
from walkdesk.domain.problem import Problem
from walkdesk.ui import language
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.signin.page import SignInPage, TokenState


@pytest.fixture
def page(qtbot: Any) -> SignInPage:
    """The page with a known number, on the screen."""
    made = SignInPage("S-0142")
    qtbot.addWidget(made)
    made.resize(1280, 734)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.begin()
    QApplication.processEvents()
    return made


def test_enter_signs_in(page: SignInPage, qtbot: Any) -> None:
    QTest.keyClicks(page.password, "nonbiri-aruku")
    with qtbot.waitSignal(page.signed_in_requested) as told:
        QTest.keyClick(page.password, Qt.Key.Key_Return)
    assert told.args == ["S-0142", "nonbiri-aruku"]


def test_the_keyboard_waits_in_the_password_when_the_number_is_known(page: SignInPage) -> None:
    assert QApplication.focusWidget() is page.password


def test_everything_has_a_name_and_tab_comes_to_it(page: SignInPage) -> None:
    page.show_token(TokenState("present", "K-02", "健康ポイント事業"))
    assert nameless(page) == []
    assert unreached(page) == []


def test_while_the_vault_opens_enter_does_nothing_more(page: SignInPage) -> None:
    asked: list[str] = []
    page.signed_in_requested.connect(lambda number, _: asked.append(number))
    QTest.keyClicks(page.password, "nonbiri-aruku")
    QTest.keyClick(page.password, Qt.Key.Key_Return)
    QTest.keyClick(page.password, Qt.Key.Key_Return)
    page.button.click()
    assert asked == ["S-0142"]
    assert page.button.text() == tr("signin.opening")


def test_a_wrong_password_is_told_beneath_it_and_typed_anew(page: SignInPage) -> None:
    QTest.keyClicks(page.password, "wrong")
    QTest.keyClick(page.password, Qt.Key.Key_Return)
    problem = Problem("door.wrong_password")
    page.show_problem(problem)
    assert page.password_field.note() == sentence(problem)
    assert page.password.text() == ""
    assert page.number.text() == "S-0142"
    assert page.password.hasFocus()
    assert page.button.isEnabled()
    QTest.keyClicks(page.password, "n")
    assert page.password_field.note() == ""


def test_an_empty_field_is_asked_for(page: SignInPage) -> None:
    asked: list[str] = []
    page.signed_in_requested.connect(lambda number, _: asked.append(number))
    QTest.keyClick(page.password, Qt.Key.Key_Return)
    assert page.password_field.note() == tr("signin.problem.password_missing")
    page.number.clear()
    QTest.keyClick(page.password, Qt.Key.Key_Return)
    assert page.number_field.note() == tr("signin.problem.number_missing")
    assert page.number.hasFocus()
    assert asked == []


def test_caps_lock_is_told_while_typing(page: SignInPage) -> None:
    QTest.keyClick(page.password, "N")
    assert page.password_field.note() == tr("signin.caps_lock")
    QTest.keyClick(page.password, Qt.Key.Key_O)
    assert page.password_field.note() == ""


def test_the_first_letter_of_the_password_is_told_once(page: SignInPage) -> None:
    begun: list[bool] = []
    page.password_begun.connect(lambda: begun.append(True))
    QTest.keyClicks(page.password, "nonbiri")
    assert begun == [True]


@pytest.mark.parametrize("state", ["present", "missing", "unknown"])
def test_the_token_is_shown_as_it_is_found(page: SignInPage, state: Any) -> None:
    card = page.findChild(type(page._token), "token")
    assert not card.isVisible()
    page.show_token(TokenState(state, "K-02", "健康ポイント事業"))
    assert card.isVisible()
    assert tr(f"signin.token.{state}", number="K-02") in card.accessibleName()
    page.show_token(TokenState("none"))
    assert not card.isVisible()


def test_the_page_speaks_english(qtbot: Any) -> None:
    language.use("en")
    made = SignInPage()
    qtbot.addWidget(made)
    assert made.button.text() == "Sign in"
    assert made.number.accessibleName() == "Staff number"


def test_the_recovery_sheet_is_reached_by_key_and_its_problems_stand_at_their_fields(page: SignInPage) -> None:
    heard: list[tuple[str, str, str]] = []
    page.recovery_requested.connect(lambda *told: heard.append(told))
    press(page, "Alt+R")
    card = page.recover
    assert card.isVisible() and card.number.text() == "S-0142" and card.code.hasFocus()
    write(card.code, "AAAAA-BBBBB")
    write(card.password, "夕焼けの坂道を上る-31")
    write(card.again, "夕焼けの坂道を上る-32")
    press(page, "F4")
    assert heard == [] and "違います" in card.form._fields["recover_again"].note()
    write(card.again, "夕焼けの坂道を上る-31")
    press(page, "F4")
    assert heard == [("S-0142", "AAAAA-BBBBB", "夕焼けの坂道を上る-31")]
    card.show_problem(Problem("keys.code_group", group=3))
    assert "3番目の組" in card.form._fields["recover_code"].note() and card.save.isEnabled()
    press(page, "Esc")
    assert not card.isVisible() and page.password.hasFocus()
    page.remind("K-01")
    assert "K-01 を金庫に戻しましたか" in page.findChild(QWidget, "signin_reminder").accessibleName()
