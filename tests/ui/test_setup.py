"""The guide for the first start."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from tests.ui.reach import nameless, unreached
from walkdesk.domain.problem import Problem
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.look.parts import Field
from walkdesk.ui.setup.page import SetupPage
from walkdesk.ui.setup.values import SetupValues

OFFICE = {
    "office_name": "株式会社 歩楽事務センター",
    "office_address": "東京都新宿区西新宿一丁目1番1号",
    "office_phone": "03-0000-0000",
    "certification_number": "10820000",
    "certification_expires": "R2.3.31",
}
MANAGER = {
    "manager_number": "S-0001",
    "manager_name": "田中 康夫",
    "attested_by": "代表取締役 山田 一郎",
    "new_password": "のんびり歩く毎日-2018",
    "new_password_again": "のんびり歩く毎日-2018",
}


@pytest.fixture
def page(qtbot: Any) -> SetupPage:
    """The guide on the screen."""
    made = SetupPage()
    qtbot.addWidget(made)
    made.resize(1280, 766)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.begin()
    QApplication.processEvents()
    return made


def fill(page: SetupPage, values: dict[str, str]) -> None:
    for name, text in values.items():
        page.findChild(QLineEdit, name).setText(text)


def note(page: SetupPage, name: str) -> str:
    return page.findChild(Field, f"{name}_field").note()


def press_enter() -> None:
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def title(page: SetupPage) -> str:
    return page.findChild(QLabel, "setup_title").text()


def test_the_guide_ends_with_everything_that_an_office_begins_with(page: SetupPage, qtbot: Any) -> None:
    fill(page, OFFICE)
    press_enter()
    assert title(page) == tr("setup.manager.title")
    fill(page, MANAGER)
    press_enter()
    assert title(page) == tr("setup.check.title")
    assert page.findChild(QLabel, "summary_office_name").text() == OFFICE["office_name"]
    with qtbot.waitSignal(page.setup_requested) as told:
        press_enter()
    assert told.args == [
        SetupValues(
            office_name="株式会社 歩楽事務センター",
            office_address="東京都新宿区西新宿一丁目1番1号",
            office_phone="03-0000-0000",
            certification_kind="privacy_mark",
            certification_number="10820000",
            certification_expires=date(2020, 3, 31),
            manager_number="S-0001",
            manager_name="田中 康夫",
            manager_post="取扱責任者",
            password="のんびり歩く毎日-2018",
            attested_by="代表取締役 山田 一郎",
        )
    ]
    assert not page.next.isEnabled()


def test_values_never_print_the_password() -> None:
    values = SetupValues("a", "b", "c", "isms", "d", date(2020, 3, 31), "e", "f", "g", "hidden-word", "h")
    assert "hidden-word" not in repr(values)


def test_every_empty_field_is_named_and_the_first_gets_the_keyboard(page: SetupPage) -> None:
    press_enter()
    assert title(page) == tr("setup.office.title")
    for name in OFFICE:
        assert tr(f"setup.field.{name}") in note(page, name)
    assert QApplication.focusWidget().objectName() == "office_name"


def test_a_date_that_is_none_says_how_to_write_it(page: SetupPage) -> None:
    fill(page, OFFICE | {"certification_expires": "来年の春"})
    press_enter()
    assert title(page) == tr("setup.office.title")
    assert note(page, "certification_expires") not in ("", tr("setup.office.expires_hint"))
    assert QApplication.focusWidget().objectName() == "certification_expires"


@pytest.mark.parametrize(
    ("first", "second", "field", "wanted"),
    [
        ("short", "short", "new_password", Problem("people.password_short", least=12)),
        ("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa", "new_password", Problem("people.password_monotone")),
        ("watashi-s-0001-desu", "watashi-s-0001-desu", "new_password", Problem("people.password_own_word")),
        ("歩楽事務センター0000", "歩楽事務センター0000", "new_password", Problem("people.password_own_part")),
        ("shinjuku-2018", "shinjuku-2018", "new_password", Problem("people.password_work")),
        ("のんびり歩く毎日-2018", "のんびり歩く毎日-2019", "new_password_again", None),
    ],
)
def test_a_weak_or_different_password_is_told(
    page: SetupPage, first: str, second: str, field: str, wanted: Problem | None
) -> None:
    fill(page, OFFICE)
    press_enter()
    fill(page, MANAGER | {"new_password": first, "new_password_again": second})
    press_enter()
    assert title(page) == tr("setup.manager.title")
    assert note(page, field) == (sentence(wanted) if wanted else tr("setup.problem.password_differs"))


def test_going_back_keeps_what_was_typed(page: SetupPage) -> None:
    fill(page, OFFICE)
    press_enter()
    QTest.keyClick(page, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert title(page) == tr("setup.office.title")
    assert page.findChild(QLineEdit, "office_name").text() == OFFICE["office_name"]
    press_enter()
    assert title(page) == tr("setup.manager.title")


def test_the_passwords_are_still_there_at_the_last_step(page: SetupPage, qtbot: Any) -> None:
    fill(page, OFFICE)
    press_enter()
    fill(page, MANAGER)
    press_enter()
    page.back.click()
    press_enter()
    with qtbot.waitSignal(page.setup_requested) as told:
        press_enter()
    assert told.args[0].password == MANAGER["new_password"]


def test_a_problem_of_the_office_is_shown_and_one_can_try_again(page: SetupPage) -> None:
    fill(page, OFFICE)
    press_enter()
    fill(page, MANAGER)
    press_enter()
    press_enter()
    problem = Problem("door.office_exists")
    page.show_problem(problem)
    assert page.findChild(type(page._note), "setup_problem").text() == sentence(problem)
    assert page.next.isEnabled()
    page.show_problem(problem, "manager_number")
    assert title(page) == tr("setup.manager.title")
    assert note(page, "manager_number") == sentence(problem)


@pytest.mark.parametrize("step", [0, 1, 2])
def test_everything_has_a_name_and_tab_comes_to_it(page: SetupPage, step: int) -> None:
    fill(page, OFFICE)
    if step:
        press_enter()
        fill(page, MANAGER)
    if step == 2:
        press_enter()
    QApplication.processEvents()
    assert nameless(page) == []
    assert unreached(page) == []
