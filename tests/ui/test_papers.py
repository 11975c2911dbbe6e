"""Letters are planned, looked at and asked for; the report is made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from tests.ui.desks import AUGUST, press, register, write
from walkdesk.messages.releases import ListReleases
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.ui.out import exits
from walkdesk.ui.papers.page import PapersPage


@pytest.fixture
def desk(office: Any) -> Session:
    """The manager in August with three people."""
    session: Session = office.sign_in("S-0001", AUGUST)
    register(session)
    return session


@pytest.fixture
def page(desk: Session, context_for: Callable[..., Any], visit: Callable[..., Any]) -> Any:
    """The page, loaded."""
    return visit(PapersPage, context_for(desk))


def test_the_first_letter_is_drawn_from_memory(page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (page.parts["letters"].ready(), page.parts["letters"].preview.pages()) == (3, 1)
    picture = page.parts["letters"].preview.grab().toImage()
    colours = {picture.pixelColor(x, 300).name() for x in range(0, picture.width(), 3)}
    assert len(colours) > 2


def test_letters_are_asked_for_and_the_register_opens(page: Any, desk: Session, settle: Callable[..., None]) -> None:
    write(page.parts["letters"].purpose, "平成30年度の参加案内の送付")
    press(page, Qt.Key.Key_F4)
    settle(page.context)
    assert perform(desk, ListReleases()).answer.waiting == 1
    assert page.context.room.went == [("releases", {"release": "R-0001"})]
    assert page.parts["letters"].ready() == 0


def test_a_missing_purpose_is_asked_for_at_its_field(page: Any, settle: Callable[..., None]) -> None:
    assert page.parts["letters"].form.text("papers_purpose") == "参加案内の送付"
    page.parts["letters"].purpose.clear()
    press(page, Qt.Key.Key_F4)
    settle(page.context)
    assert page.parts["letters"].form.text("papers_purpose") == ""
    assert page.parts["letters"].purpose.hasFocus()
    assert not page.context.room.went


def test_a_purpose_that_names_somebody_is_refused_at_its_field(page: Any, settle: Callable[..., None]) -> None:
    write(page.parts["letters"].purpose, "髙橋 ふみ子さんへの案内")
    press(page, Qt.Key.Key_F4)
    settle(page.context)
    assert "氏名" in page.parts["letters"].purpose.accessibleDescription()


def test_the_report_is_made_and_saved_where_the_person_chose(
    page: Any, settle: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.tabs.choose("report")
    settle(page.context)
    press(page, Qt.Key.Key_F4)
    settle(page.context)
    assert page.parts["report"].preview.pages() >= 1
    chosen = tmp_path / "report.pdf"
    monkeypatch.setattr(exits.QFileDialog, "getSaveFileName", lambda *_args: (str(chosen), ""))
    press(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert chosen.read_bytes().startswith(b"%PDF")


def test_a_file_that_cannot_be_written_is_explained(
    page: Any, settle: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.tabs.choose("report")
    settle(page.context)
    press(page, Qt.Key.Key_F4)
    settle(page.context)
    nowhere = tmp_path / "gone" / "report.pdf"
    monkeypatch.setattr(exits.QFileDialog, "getSaveFileName", lambda *_args: (str(nowhere), ""))
    press(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert "report.pdf を書けませんでした" in page.parts["report"].problem()


def test_a_handler_sees_the_figures_but_does_not_make_the_report(
    office: Any, context_for: Callable[..., Any], visit: Callable[..., Any]
) -> None:
    page = visit(PapersPage, context_for(office.sign_in("S-0142", AUGUST)), tab="report")
    press(page, Qt.Key.Key_F4)
    assert page.context.room.open == 0


def test_one_person_gets_a_paper_of_their_own(page: Any, desk: Session, settle: Callable[..., None]) -> None:
    part = page.parts["letters"]
    write(part.one, "d0118")
    press(page, Qt.Key.Key_F4)
    settle(page.context)
    assert part.ready() == 1 and not page.context.room.went
    press(page, Qt.Key.Key_F4)
    settle(page.context)
    assert page.context.room.went == [("releases", {"release": "R-0001"})]
    assert perform(desk, ListReleases()).answer.releases[0].sheets == 1


def test_a_number_to_whom_it_does_not_go_is_explained_at_its_field(page: Any, settle: Callable[..., None]) -> None:
    part = page.parts["letters"]
    write(part.one, "D9999")
    press(page, Qt.Key.Key_F4)
    settle(page.context)
    assert "D9999" in part.one.accessibleDescription()
    assert part.ready() == 0


def test_every_paper_has_its_people_and_its_usual_purpose(page: Any, settle: Callable[..., None]) -> None:
    part = page.parts["letters"]
    part.paper.choose("reminder")
    part.paper.activated.emit(0)
    settle(page.context)
    assert part.audience.currentText() == "平成30年7月"
    assert part.form.text("papers_purpose") == "台紙のお知らせの送付"
    assert part.preview.pages() == 1
