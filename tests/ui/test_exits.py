"""The window's exits: what they take, every button of every page with the exits watched, and Ctrl+C everywhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QFileDialog, QPlainTextEdit, QWidget

from tests.conftest import Office
from tests.leaks import tells
from tests.services.closing_desk import fill
from tests.services.desks import copied_office
from tests.services.test_ways_out import WORDS, _canaries
from tests.ui.desks import AUGUST
from tests.ui.reach import interactive
from tests.ui.test_pages import NAMES, PAGES
from walkdesk.domain.releases import Way
from walkdesk.messages.common import FreeFile, FreePaper, PaperBytes, ScreenPaper
from walkdesk.messages.door import SignOut
from walkdesk.messages.prizes import SetPrize
from walkdesk.messages.releases import ApproveRelease, ListReleases, Released, RequestLetters
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.ui.contracts.page import ContractsPage
from walkdesk.ui.imports.page import ImportsPage
from walkdesk.ui.keys.page import KeysPage
from walkdesk.ui.out import exits
from walkdesk.ui.out.exits import Printing, leaving_bytes, write_file
from walkdesk.ui.reception.page import ReceptionPage
from walkdesk.ui.today.page import TodayPage

EVERY_PAGE = (
    *PAGES,
    (ReceptionPage, {}),
    (ReceptionPage, {"number": "D9001"}),
    (ReceptionPage, {"view": "list"}),
    (ReceptionPage, {"view": "register"}),
    (ReceptionPage, {"view": "erasures"}),
    (TodayPage, {}),
    (ContractsPage, {}),
    (KeysPage, {}),
    (ImportsPage, {}),
)
IDS = [*NAMES, *(f"{page.__name__}-{'-'.join(place.values())}" for page, place in EVERY_PAGE[len(PAGES) :])]
RELEASED = Released("R-0001", "参加案内", "a.pdf", Way.PRINT, b"%PDF", 1)
SEALED = Released("R-0002", "送り状", "a.html", Way.FILE, b"<html>", 0)


@pytest.fixture(scope="module")
def house(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One office for all pages, with the canary in it; the first of two batches of letters may leave."""
    office = copied_office(_template, tmp_path_factory.mktemp("exits"))
    session = office.sign_in("S-0142", AUGUST)
    fill(session, _canaries())
    perform(session, SetPrize("P-01", "速乾タオル", 100, 5))
    perform(session, RequestLetters("card", "参加案内"))
    perform(session, RequestLetters("app", "参加案内"))
    perform(session, SignOut())
    yield office
    office.close()


@pytest.fixture(scope="module")
def desk(house: Office) -> Session:
    """A manager, who approved the first batch."""
    manager = house.sign_in("S-0001")
    perform(manager, ApproveRelease("R-0001"))
    return manager


@pytest.mark.parametrize("kind", [PaperBytes, ScreenPaper])
def test_an_exit_takes_no_preview_and_no_bytes(tmp_path: Path, kind: type, qtbot: Any) -> None:
    for wrong in (kind("見本", "a.pdf", b"%PDF", 1), b"%PDF", "text", None):
        with pytest.raises(TypeError):
            write_file(tmp_path / "a.pdf", wrong)
        with pytest.raises(TypeError):
            Printing().send(wrong, lambda: None, lambda _problem: None)
    assert not list(tmp_path.iterdir())


def test_what_was_let_go_for_paper_is_not_saved_and_a_sealed_page_not_printed(tmp_path: Path, qtbot: Any) -> None:
    with pytest.raises(TypeError):
        write_file(tmp_path / "a.pdf", RELEASED)
    with pytest.raises(TypeError):
        Printing().send(SEALED, lambda: None, lambda _problem: None)
    write_file(tmp_path / "a.html", SEALED)
    write_file(tmp_path / "a.json", FreeFile("a.json", b"{}"))
    assert leaving_bytes(FreePaper("報告", "a.pdf", b"%PDF", 1)) == b"%PDF"
    assert {path.name for path in tmp_path.iterdir()} == {"a.html", "a.json"}


@pytest.fixture
def left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """Everything that came to an exit; dialogues choose a place, and a printer takes all. No file tells of her."""
    came: list[Any] = []
    take = exits.leaving_bytes

    def watched(leaving: Any) -> bytes:
        came.append(leaving)
        return take(leaving)

    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.setattr(exits, "leaving_bytes", watched)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(folder / f"file-{len(came)}"), ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    monkeypatch.setattr(Printing, "find", lambda _self, then: then(("office",)))
    monkeypatch.setattr(Printing, "_run", lambda _self, _program, _given, _data, then: then("", 0))
    yield came
    for path in folder.iterdir():
        assert not tells(path.read_bytes(), WORDS), path.name


def _buttons(page: QWidget) -> list[QAbstractButton]:
    buttons = page.findChildren(QAbstractButton)
    return [one for one in buttons if one.isVisibleTo(page) and one.isEnabled() and one.objectName()]


@pytest.mark.skipif(sys.platform == "win32", reason="the printer of Windows draws pictures")
@pytest.mark.parametrize(("page", "place"), EVERY_PAGE, ids=IDS)
def test_every_button_lets_out_only_what_may_leave(
    desk: Session,
    context_for: Callable[..., Any],
    visit: Callable[..., Any],
    settle: Callable[..., None],
    left: list[Any],
    page: Any,
    place: dict[str, Any],
) -> None:
    context = context_for(desk)
    shown = visit(page, context, **place)
    pressed: set[str] = set()
    for _ in range(60):
        fresh = [one for one in _buttons(shown) if one.objectName() not in pressed]
        if not fresh:
            break
        pressed.add(fresh[0].objectName())
        fresh[0].click()
        settle(context)
    for leaving in left:
        assert type(leaving) in (FreePaper, FreeFile, Released), leaving
        if type(leaving) is not Released:
            data = leaving.pdf if isinstance(leaving, FreePaper) else leaving.data
            assert not tells(data, WORDS)
        else:
            rows = {row.release: row for row in perform(desk, ListReleases()).answer.releases}
            let_go = rows[leaving.release]
            assert let_go.approved_at is not None and let_go.approved_by != let_go.requested_by


@pytest.mark.parametrize(("page", "place"), EVERY_PAGE, ids=IDS)
def test_ctrl_c_copies_one_field_at_most(
    desk: Session, context_for: Callable[..., Any], visit: Callable[..., Any], page: Any, place: dict[str, Any]
) -> None:
    shown = visit(page, context_for(desk), **place)
    clipboard = QGuiApplication.clipboard()
    for part in interactive(shown):
        clipboard.clear()
        part.setFocus(Qt.FocusReason.OtherFocusReason)
        for key in (Qt.Key.Key_A, Qt.Key.Key_C):
            QTest.keyClick(part, key, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(part, Qt.Key.Key_Insert, Qt.KeyboardModifier.ControlModifier)
        held = clipboard.mimeData()
        assert held is None or set(held.formats()) <= {"text/plain"}, (part.objectName(), held.formats())
        text = clipboard.text()
        if isinstance(part, QPlainTextEdit):
            continue
        assert "\t" not in text and "\n" not in text, part.objectName()
        if isinstance(part, QAbstractItemView) and text and part.model() is not None:
            cell = part.model().data(part.currentIndex())
            assert text == str(cell), part.objectName()
    clipboard.clear()
