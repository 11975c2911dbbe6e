"""手引: every desk has its section in both languages, and F1 opens it there."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from walkdesk.resources import FOLDER
from walkdesk.resources.texts import LANGUAGES, Texts
from walkdesk.ui.desks import DESKS
from walkdesk.ui.manual.window import SECTIONS, ManualWindow


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_desk_has_its_section(language: str) -> None:
    lines = (FOLDER / "manual" / f"{language}.md").read_text(encoding="utf-8").splitlines()
    texts = Texts(language)
    for desk in ["", *(desk.key for desk in DESKS)]:
        assert f"## {texts.say(f'shell.section.{SECTIONS.get(desk, desk)}')}" in lines


def test_the_manual_opens_at_the_desk(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    manual = ManualWindow(parent)
    manual.open_at("cards")
    assert manual.isVisible() and manual.text.textCursor().block().text() == "台紙"
    manual.open_at("ledger")
    assert manual.text.textCursor().block().text() == "監査"
