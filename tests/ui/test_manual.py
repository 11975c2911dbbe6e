"""手引: every desk has its section in both languages, and F1 opens it there."""

from __future__ import annotations

import re

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from walkdesk.resources import FOLDER
from walkdesk.resources.texts import LANGUAGES, Texts
from walkdesk.ui.desks import DESKS
from walkdesk.ui.manual.window import SECTIONS, ManualWindow

_KEY = re.compile(r"F[1-9][0-2]?|(?:Ctrl|Alt)\+\w+|Enter")


def _manual(language: str) -> str:
    return (FOLDER / "manual" / f"{language}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_desk_has_its_section(language: str) -> None:
    lines = _manual(language).splitlines()
    texts = Texts(language)
    for desk in ["", *(desk.key for desk in DESKS)]:
        assert f"## {texts.say(f'shell.section.{SECTIONS.get(desk, desk)}')}" in lines


def test_both_languages_tell_the_same_tasks_with_the_same_keys() -> None:
    chapters = {language: re.split(r"^(?=##)", _manual(language), flags=re.MULTILINE) for language in LANGUAGES}
    told = {
        language: [
            (chapter.split(" ")[0], frozenset(_KEY.findall(chapter))) for chapter in those if chapter.startswith("###")
        ]
        for language, those in chapters.items()
    }
    assert told["ja"] == told["en"] and len(told["ja"]) == 6
    assert all(keys for _, keys in told["ja"])


def test_no_blank_stands_where_a_japanese_line_of_the_manual_ends(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    shown = ManualWindow(parent).text.toPlainText()
    assert "、\n" in _manual("ja") and not re.search("[、。] ", shown)


def test_the_manual_opens_at_the_desk(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    manual = ManualWindow(parent)
    manual.open_at("cards")
    assert manual.isVisible() and manual.text.textCursor().block().text() == "台紙"
    manual.open_at("ledger")
    assert manual.text.textCursor().block().text() == "監査"
