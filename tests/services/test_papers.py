"""参加案内 and start sheet: who gets a letter, who does not and why, and what the pages say."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from tests.services.closing_desk import PEOPLE, code_of, fill
from tests.services.desks import AUGUST
from walkdesk.messages.contracts import MakeStartSheet
from walkdesk.messages.papers import PlanLetters, PreviewLetter
from walkdesk.messages.releases import RequestLetters
from walkdesk.services.session import Session

Ask = Callable[[Session, object], Any]


@pytest.fixture
def desk(office: Any) -> Session:
    """A manager in August with six people in the vault."""
    session: Session = office.sign_in("S-0001", on=AUGUST)
    fill(session)
    return session


def words(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).replace("\n", "")


def test_doubtful_people_get_no_letter_and_the_plan_says_why(desk: Session, ask: Ask) -> None:
    plan = ask(desk, PlanLetters("all"))
    assert (plan.ready, plan.already_sent, plan.first) == (5, 0, "D0001")
    (stopped,) = plan.stopped
    assert (stopped.number, stopped.reason.code) == ("D0004", "reception.name_lost_characters")


def test_the_audience_is_the_channel(desk: Session, ask: Ask) -> None:
    assert ask(desk, PlanLetters("card")).ready == 3
    assert ask(desk, PlanLetters("app")).ready == 2
    assert code_of(desk, PlanLetters("everybody")) == "papers.audience"


def test_a_character_that_no_font_has_stops_one_letter_only(office: Any, ask: Ask) -> None:
    session = office.sign_in("S-0001", on=AUGUST)
    odd = ("D0009", "山\U000f0000 花子", "160-0022", "東京都新宿区新宿一丁目9番9号", 50, "female", "card", [])
    fill(session, (*PEOPLE[:3], odd))
    plan = ask(session, PlanLetters("all"))
    assert plan.ready == 3
    assert [(one.number, one.reason.code) for one in plan.stopped] == [("D0009", "papers.unprintable")]


def test_who_is_on_the_way_is_not_asked_for_twice(desk: Session, ask: Ask) -> None:
    ask(desk, RequestLetters("card", "参加の案内"))
    plan = ask(desk, PlanLetters("all"))
    assert (plan.ready, plan.already_sent) == (2, 3)
    assert code_of(desk, RequestLetters("card", "参加の案内")) == "releases.nobody"


def test_a_preview_is_a_sample_without_serial(desk: Session, ask: Ask) -> None:
    answer = ask(desk, PreviewLetter("d0001"))
    text = words(answer.pdf)
    assert answer.pages == 1
    assert "見本" in text
    assert "𠮷田" in text
    assert "R-0" not in text


def test_the_start_sheet_names_staff_and_key(desk: Session, ask: Ask) -> None:
    text = words(ask(desk, MakeStartSheet()).pdf)
    assert "田中" in text
    assert "佐藤" in text
    assert "30-HP-0001" in text
    assert "𠮷田" not in text


def test_an_address_that_no_window_holds_stops_one_letter_only(office: Any, ask: Ask) -> None:
    session = office.sign_in("S-0001", on=AUGUST)
    endless = "東京都新宿区西新宿二丁目8番1号\u3000" + "長い名前の建物" * 30
    fill(session, (*PEOPLE[:2], ("D0009", "山本 花子", "160-0022", endless, 50, "female", "card", [])))
    plan = ask(session, PlanLetters("all"))
    assert plan.ready == 2
    assert [(one.number, one.reason.code) for one in plan.stopped] == [("D0009", "papers.too_long")]


@pytest.mark.parametrize("length", range(1, 41, 3))
def test_a_block_that_is_not_tried_always_fits(office: Any, ask: Ask, length: int) -> None:
    session = office.sign_in("S-0001", on=AUGUST)
    address = "東京都新宿区" + "西" * max(length - 6, 0)
    person = ("D0001", "歩" * 6 + " " + "歩" * 5, "160-0022", f"{address}\u3000{'館' * length}", 50, "male", "card", [])
    fill(session, (person,))
    assert ask(session, PlanLetters("all")).ready == 1
    assert ask(session, PreviewLetter("D0001")).pages == 1
