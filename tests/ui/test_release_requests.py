"""The request of each kind asks for what this kind needs and for nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.services.closing_desk import LAST_DAY, with_report
from tests.services.gatedesk import (
    agreement,
    approved_by,
    city_walk,
    courier,
    desk_in_august,
    prizes_wait,
    roster,
    taken,
)
from tests.ui.desks import press, write
from walkdesk.domain.releases import Outcome, ReleaseKind, ReleaseState
from walkdesk.messages.door import SetPracticeDate
from walkdesk.messages.releases import ListReleases, RequestRelease
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.ui.releases.page import ReleasesPage

FIELDS = ("content", "audience", "purpose", "recipient", "basis", "carrier", "day", "time")


@pytest.fixture
def desk(office: Any) -> Session:
    """A handler in August; a courier is registered, prizes wait, and the ward gave an instruction."""
    session = desk_in_august(office)
    courier(session)
    prizes_wait(session)
    agreement(session, "instruction")
    return session


@pytest.fixture
def request_page(desk: Session, context_for: Any, visit: Any, settle: Any) -> Callable[..., Any]:
    """``request_page(kind)``: the form of a kind."""

    def show(kind: ReleaseKind, session: Session = desk) -> Any:
        page = visit(ReleasesPage, context_for(session), form="request", kind=kind.value)
        settle(page.context)
        return page

    return show


def shown(page: Any) -> set[str]:
    """The fields that are asked for."""
    form = page.request_form
    return {name for name in FIELDS if getattr(form, name).isVisible()}


def newest(session: Session) -> Any:
    return perform(session, ListReleases()).answer.releases[0]


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (ReleaseKind.TO_PERSON, {"content", "audience", "purpose"}),
        (ReleaseKind.COURIER, {"purpose", "recipient"}),
        (ReleaseKind.HEALTH_REMOVAL, {"purpose", "basis", "carrier", "day", "time"}),
    ],
)
def test_a_kind_asks_for_what_it_needs(request_page: Any, kind: ReleaseKind, fields: set[str]) -> None:
    page = request_page(kind)
    assert shown(page) == fields
    offered = [page.request_form.kind.itemData(row) for row in range(page.request_form.kind.count())]
    assert offered == ["to_person", "courier", "health_removal"]


def test_the_form_says_what_would_leave_and_what_is_stopped(request_page: Any) -> None:
    words = request_page(ReleaseKind.COURIER).request_form.ready()
    assert "2件が出ます" in words and "止めているもの 2件" in words and "「𠮷」" in words


def test_a_courier_file_is_asked_for_with_the_keyboard(request_page: Any, desk: Session, settle: Any) -> None:
    page = request_page(ReleaseKind.COURIER)
    write(page.request_form.purpose, "景品の発送")
    press(page.request_form.save, Qt.Key.Key_Return)
    settle(page.context)
    row = newest(desk)
    assert (row.kind, row.recipient, row.state) == (ReleaseKind.COURIER, "T-0001　歩々運輸", ReleaseState.REQUESTED)
    assert page.table.release().release == "R-0001" and page.details.isVisible()
    # Every column that would leave stands in the preview.
    heads = [column.title for column in page.manifest.table.facts.columns]
    assert heads == ["印刷番号", "郵便番号", "住所", "氏名", "電話番号", "品名"]


def test_an_hour_that_is_none_is_told_beside_its_field(request_page: Any, desk: Session, settle: Any) -> None:
    page = request_page(ReleaseKind.HEALTH_REMOVAL)
    form = page.request_form
    write(form.purpose, "区の指示による説明会")
    write(form.day, "2018-08-10")
    write(form.time, "25:00")
    press(form.save, Qt.Key.Key_Return)
    assert "17:00" in form.note_at(form.time)
    write(form.time, "9:30")
    press(form.save, Qt.Key.Key_Return)
    settle(page.context)
    row = newest(desk)
    assert (row.carrier, f"{row.due_at:%m-%d %H:%M}") == ("田中 康夫", "08-10 09:30")


def test_without_a_registered_receiver_the_form_says_so(office: Any, context_for: Any, visit: Any, settle: Any) -> None:
    session = desk_in_august(office)
    prizes_wait(session)
    page = visit(ReleasesPage, context_for(session), form="request", kind="courier")
    settle(page.context)
    assert page.request_form.recipient.currentText() == "選べる登録がありません"
    write(page.request_form.purpose, "景品の発送")
    press(page.request_form.save, Qt.Key.Key_Return)
    settle(page.context)
    assert "提供先" in page.request_form.note_at(page.request_form.recipient)


def test_a_roster_is_taken_after_its_bag_was_looked_at(
    office: Any, context_for: Any, visit: Any, settle: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = desk_in_august(office)
    city_walk(session)
    approved_by(office, session, roster())
    page = visit(ReleasesPage, context_for(session))
    monkeypatch.setattr(page.taking.printing, "find", lambda then: then(("office",)))
    sent: list[Any] = []
    monkeypatch.setattr(page.taking.printing, "send", lambda paper, *_: sent.append(paper))
    assert page.details.bag.isVisible() and page.details.findChild(QWidget, "releases_fact_carrier").isVisible()
    press(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settle(page.context)
    press(page.taking.print_form.printer, Qt.Key.Key_Return)
    settle(page.context)
    assert "カバン" in page.details.problem() and not sent
    page.details.bag.setChecked(True)
    press(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settle(page.context)
    press(page.taking.print_form.printer, Qt.Key.Key_Return)
    settle(page.context)
    assert len(sent) == 1 and newest(session).state is ReleaseState.RELEASED


def test_the_return_is_closed_with_the_wards_receipt(office: Any, context_for: Any, visit: Any, settle: Any) -> None:
    session = desk_in_august(office, "S-0001")
    perform(session, SetPracticeDate(LAST_DAY))
    with_report(session)
    message = RequestRelease(ReleaseKind.RETURN, "return_package", "返還")
    release = approved_by(office, session, message)
    taken(session, release)
    page = visit(ReleasesPage, context_for(session), release=release)
    press(page, Qt.Key.Key_F9)
    form = page.close_form
    assert form.receipt.isVisible()
    form.outcome.choose(Outcome.RECEIVED.value)
    write(form.on, "2019-03-31")
    press(form.save, Qt.Key.Key_Return)
    settle(page.context)
    assert form.note_at(form.receipt)
    write(form.receipt, "31新健収第4号")
    press(form.save, Qt.Key.Key_Return)
    settle(page.context)
    assert newest(session).outcome is Outcome.RECEIVED
