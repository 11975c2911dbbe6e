"""Two people let letters leave; the printer gets them on its standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.ui.desks import AUGUST, press, register, write
from walkdesk.domain.releases import Outcome, ReleaseState
from walkdesk.exchange.sealed_page import open_sealed
from walkdesk.messages.door import SignOut
from walkdesk.messages.releases import ApproveRelease, ListReleases, RequestLetters
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.ui.out import exits
from walkdesk.ui.releases.page import ReleasesPage

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="lp is the way of Linux")


@pytest.fixture
def asked(office: Any) -> Any:
    """A handler asked for the letters of three people and signed out."""
    session = office.sign_in("S-0142", AUGUST)
    register(session)
    perform(session, RequestLetters("all", "参加案内の送付"))
    perform(session, SignOut())
    return office


@pytest.fixture
def approver(asked: Any) -> Session:
    """The second person."""
    session: Session = asked.sign_in("S-0001", date(2018, 8, 10))
    return session


@pytest.fixture
def page(approver: Session, context_for: Callable[..., Any], visit: Callable[..., Any]) -> Any:
    """The register before the second person."""
    return visit(ReleasesPage, context_for(approver))


@pytest.fixture
def printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A printer that keeps what it is given."""
    tray = tmp_path / "tray"
    for name, script in (("lpstat", "echo Office"), ("lp", f'echo "$@" > {tray}.args; cat > {tray}')):
        program = tmp_path / "bin" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    return tray


def begin_printing(page: Any, qtbot: Any) -> None:
    """The form of the printer is open."""
    press(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(page.taking.print_form.printer.hasFocus)


def state(session: Session) -> ReleaseState:
    """Where the one release stands."""
    found: ReleaseState = perform(session, ListReleases()).answer.releases[0].state
    return found


def test_the_second_person_sees_every_sheet_and_signs(
    page: Any, approver: Session, settle: Callable[..., None]
) -> None:
    assert [row.cells[1] for row in page.manifest.table.rows()] == ["D0117", "D0118", "D0119"]
    press(page, Qt.Key.Key_F4)
    settle(page.context)
    assert state(approver) is ReleaseState.APPROVED
    assert page.context.room.said[-1].startswith("R-0001（3枚）の持出しを承認しました")


def test_nobody_approves_their_own_request(
    asked: Any, context_for: Callable[..., Any], visit: Callable[..., Any]
) -> None:
    page = visit(ReleasesPage, context_for(asked.sign_in("S-0142", AUGUST)))
    assert not page.details.approve.isVisible()
    assert "ご自分の依頼です" in page.details.hint()


def test_not_approving_needs_a_reason(page: Any, approver: Session, settle: Callable[..., None]) -> None:
    press(page, Qt.Key.Key_F7)
    press(page.refuse_form.save, Qt.Key.Key_Return)
    assert page.refuse_form.note_at(page.refuse_form.reason)
    write(page.refuse_form.reason, "宛先を確かめてから")
    press(page.refuse_form.save, Qt.Key.Key_Return)
    settle(page.context)
    assert state(approver) is ReleaseState.REFUSED


def test_letters_go_to_the_printer_without_a_file(
    page: Any, approver: Session, settle: Callable[..., None], printer: Path, qtbot: Any
) -> None:
    press(page, Qt.Key.Key_F4)
    settle(page.context)
    begin_printing(page, qtbot)
    press(page.taking.print_form.printer, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any("印刷に送りました" in said for said in page.context.room.said))
    assert state(approver) is ReleaseState.RELEASED
    assert printer.read_bytes().startswith(b"%PDF")
    # What the queue shows is the release, never a person.
    told = printer.with_name("tray.args").read_text(encoding="utf-8").strip()
    assert told == "-s -n 1 -t R-0001 -o sides=one-sided -o print-scaling=none -d Office -o media=A4"


def test_without_a_printer_nothing_is_taken_out(
    page: Any,
    approver: Session,
    settle: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: Any,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    press(page, Qt.Key.Key_F4)
    settle(page.context)
    press(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "プリンターが見つかりません" in page.details.problem())
    assert state(approver) is ReleaseState.APPROVED


def test_a_dialog_that_is_left_takes_nothing_out(
    page: Any, approver: Session, settle: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    press(page, Qt.Key.Key_F4)
    settle(page.context)
    monkeypatch.setattr(exits.QFileDialog, "getSaveFileName", lambda *_args: ("", ""))
    press(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(page.context)
    assert state(approver) is ReleaseState.APPROVED


def test_a_release_is_saved_once_more_while_its_bytes_are_here_and_then_closed(
    page: Any, approver: Session, settle: Callable[..., None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    press(page, Qt.Key.Key_F4)
    settle(page.context)
    for name in ("first.html", "second.html"):
        monkeypatch.setattr(exits.QFileDialog, "getSaveFileName", lambda *_args, name=name: (str(tmp_path / name), ""))
        press(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        settle(page.context)
        # The passphrase is seen beside the file that it opens, and nowhere afterwards.
        shown = page.passphrase.findChild(QWidget, "releases_passphrase_words").text()
        page_of = open_sealed((tmp_path / name).read_bytes(), shown)
        assert page_of.files[0].data.startswith(b"%PDF") and page_of.facts.serial == "R-0001"
        press(page, Qt.Key.Key_F4)
        assert page.passphrase.findChild(QWidget, "releases_passphrase_words").text() == ""
    assert (tmp_path / "first.html").read_bytes() == (tmp_path / "second.html").read_bytes()
    press(page, Qt.Key.Key_F9)
    assert page.close_form.outcome.chosen() == Outcome.POSTED.value
    write(page.close_form.on, "2018-08-10")
    press(page.close_form.save, Qt.Key.Key_Return)
    settle(page.context)
    assert state(approver) is ReleaseState.CLOSED
    assert not page.details.save.isVisible()


def test_a_request_is_withdrawn(
    asked: Any, context_for: Callable[..., Any], visit: Callable[..., Any], settle: Callable[..., None]
) -> None:
    session = asked.sign_in("S-0142", AUGUST)
    page = visit(ReleasesPage, context_for(session))
    press(page, Qt.Key.Key_F9)
    write(page.close_form.on, "2018-08-09")
    press(page.close_form.save, Qt.Key.Key_Return)
    settle(page.context)
    assert state(session) is ReleaseState.CLOSED


def test_an_approved_release_of_another_day_is_found_by_its_number(
    asked: Any, approver: Session, context_for: Callable[..., Any], visit: Callable[..., Any]
) -> None:
    perform(approver, ApproveRelease("R-0001"))
    page = visit(ReleasesPage, context_for(approver), release="R-0001")
    assert page.place() == {"release": "R-0001"}
