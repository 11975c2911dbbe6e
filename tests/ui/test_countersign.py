"""The second person signs at the requester's PC: few keys, the own password, and the requester's place stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from tests.conftest import PASSWORD, Office
from tests.ui.desks import AUGUST, press, register
from walkdesk.domain.problem import Problem
from walkdesk.domain.releases import ReleaseState
from walkdesk.messages.countersign import SignOnce
from walkdesk.messages.releases import ListReleases, RequestLetters
from walkdesk.services.countersign import sign_once
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.ui.releases.page import ReleasesPage


@pytest.fixture
def handler(office: Office) -> Session:
    """A handler who asked to let the letters of three people out."""
    session = office.sign_in("S-0142", AUGUST)
    register(session)
    perform(session, RequestLetters("all", "参加案内の送付"))
    return session


@pytest.fixture
def page(
    office: Office, handler: Session, context_for: Callable[..., Any], visit: Callable[..., Any]
) -> Any:
    """The register before the requester, with a way to start an approver's room."""

    def sign(message: SignOnce, then: Callable[..., None], otherwise: Callable[..., None]) -> None:
        try:
            answer = sign_once(office.folder, message)
        except Problem as problem:
            otherwise(problem)
        else:
            then(answer)

    return visit(ReleasesPage, replace(context_for(handler), sign=sign))


def _state(session: Session) -> ReleaseState:
    found: ReleaseState = perform(session, ListReleases()).answer.releases[0].state
    return found


def _type(page: Any, settle: Callable[..., None], password: str) -> None:
    page.countersign_form.password.setText(password)
    press(page.countersign_form.password, Qt.Key.Key_Return)
    settle(page.context)


def test_two_keys_and_a_password_approve_at_the_same_pc(page: Any, handler: Session, settle: Any) -> None:
    press(page, Qt.Key.Key_F6)
    settle(page.context)
    form = page.countersign_form
    assert form.isVisible() and form.password.hasFocus()
    assert [form.approver.itemData(row) for row in range(form.approver.count())] == ["S-0001", "S-0150", "S-0160"]
    _type(page, settle, PASSWORD)
    assert _state(handler) is ReleaseState.APPROVED
    assert handler.member is not None and handler.member.staff_number == "S-0142"
    assert page.context.room.said[-1].startswith("R-0001（3枚）の持出しを承認しました")
    assert page.details.isVisible() and form.password.text() == ""


def test_a_wrong_password_stands_beside_its_field_and_another_try_is_free(
    page: Any, handler: Session, settle: Any
) -> None:
    press(page, Qt.Key.Key_F6)
    settle(page.context)
    _type(page, settle, "まちがった合言葉です")
    form = page.countersign_form
    assert _state(handler) is ReleaseState.REQUESTED
    assert form.isVisible() and form.password.text() == "" and form.save.isEnabled()
    assert "パスワード" in form.note_at(form.password)
    _type(page, settle, PASSWORD)
    assert _state(handler) is ReleaseState.APPROVED


def test_escape_goes_back_and_nothing_was_signed(page: Any, handler: Session, settle: Any) -> None:
    press(page, Qt.Key.Key_F6)
    settle(page.context)
    press(page.countersign_form.password, Qt.Key.Key_Escape)
    settle(page.context)
    assert page.details.isVisible() and _state(handler) is ReleaseState.REQUESTED

