"""台紙 for the months to come: who gets one, once a month, what the sheets say, and how they leave."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader

from tests.services.closing_desk import PEOPLE, code_of, fill
from tests.services.desks import AUGUST
from tests.services.gatedesk import approved_by, taken
from walkdesk.domain.codes import read_card_code
from walkdesk.domain.problem import Problem
from walkdesk.domain.releases import Outcome, ReleaseKind
from walkdesk.messages.papers import PlanLetters, PreviewLetter
from walkdesk.messages.releases import CloseRelease, RequestLetters, RequestRelease, ShowManifest
from walkdesk.services.contents.personal import PERSONAL_CONTENTS
from walkdesk.services.perform import perform
from walkdesk.services.personal import sample_pdf, try_wording
from walkdesk.services.points_cards import POINTS_CARD, POINTS_CARDS
from walkdesk.services.session import Session, working
from walkdesk.services.wordings import wording_of

Ask = Callable[[Session, object], Any]
SEPTEMBER = "2018-09"


@pytest.fixture
def desk(office: Any) -> Session:
    """A handler in August with six people in the vault, three of whom can get a card."""
    session: Session = office.sign_in("S-0142", on=AUGUST)
    fill(session)
    return session


def words(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).replace("\n", "")


def codes(pdf: bytes) -> list[tuple[str, str]]:
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            (code,) = zxingcpp.read_barcodes(page.render(scale=2, grayscale=True).to_pil())
            read = read_card_code(code.text)
            found.append((read.number, str(read.month)))
    return found


def release(office: Any, desk: Session, month: str = SEPTEMBER) -> str:
    return approved_by(office, desk, RequestRelease(ReleaseKind.TO_PERSON, POINTS_CARD, "9月の台紙", month))


def test_cards_go_out_for_every_month_that_is_not_over(desk: Session) -> None:
    (content,) = (one for one in PERSONAL_CONTENTS if one.key == POINTS_CARD)
    with working(desk, "look") as work:
        months = content.audiences(work)
    assert months[0] == "2018-08"
    assert months[-1] == "2019-03"
    assert len(months) == 8


def test_only_who_takes_part_by_card_gets_one(desk: Session, ask: Ask) -> None:
    plan = ask(desk, PlanLetters(SEPTEMBER, POINTS_CARD))
    assert (plan.ready, plan.already_sent, plan.first) == (3, 0, "D0001")
    assert [(one.number, one.reason.code) for one in plan.stopped] == [("D0004", "reception.name_lost_characters")]
    for month in ("2018-07", "2019-04", "all"):
        assert code_of(desk, PlanLetters(month, POINTS_CARD)) == "papers.audience"


def test_a_card_goes_out_once_a_month_unless_it_was_destroyed(office: Any, desk: Session, ask: Ask) -> None:
    out = release(office, desk)
    assert ask(desk, PlanLetters(SEPTEMBER, POINTS_CARD)).already_sent == 3
    assert code_of(desk, RequestLetters(SEPTEMBER, "9月の台紙", POINTS_CARD)) == "releases.nobody"
    assert ask(desk, PlanLetters("2018-10", POINTS_CARD)).ready == 3
    taken(desk, out, "print")
    perform(desk, CloseRelease(out, Outcome.DESTROYED, AUGUST))
    assert ask(desk, PlanLetters(SEPTEMBER, POINTS_CARD)).ready == 3


def test_the_manifest_shows_the_month_and_no_address(office: Any, desk: Session, ask: Ask) -> None:
    out = release(office, desk)
    manifest = ask(desk, ShowManifest(out))
    assert manifest.columns == ("serial", "number", "name", "month", "wording")
    assert [row[1:4] for row in manifest.rows] == [(number, name, SEPTEMBER) for number, name, *_ in PEOPLE[:3]]


def test_what_is_printed_is_what_was_asked_for(office: Any, desk: Session) -> None:
    out = release(office, desk)
    paper = taken(desk, out, "print")
    assert paper.pages == 3
    assert codes(paper.data) == [(number, SEPTEMBER) for number in ("D0001", "D0002", "D0003")]
    text = words(paper.data)
    for part in ("𠮷田 光子", "辻󠄀 一郎", "平成30年9月", "平成30年10月10日（水）まで", "17日（月・祝）"):
        assert part in text
    for serial in (f"{out}-001", f"{out}-002", f"{out}-003"):
        assert serial in text
    assert "31日（" not in text
    assert "揚場町" not in text


def test_days_before_the_contract_are_left_out(office: Any, ask: Ask) -> None:
    session = office.sign_in("S-0142", on=date(2018, 5, 14))
    fill(session, PEOPLE[:1])
    answer = ask(session, PreviewLetter("D0001", POINTS_CARD, "2018-05"))
    assert words(answer.pdf).count("事業の期間外です") == 13


def test_a_sample_is_marked_and_has_no_serial(desk: Session, ask: Ask) -> None:
    answer = ask(desk, PreviewLetter("d0001", POINTS_CARD, SEPTEMBER))
    text = words(answer.pdf)
    assert answer.pages == 1
    assert "見本" in text
    assert "𠮷田" in text
    assert "R-0" not in text


def test_a_name_that_no_line_holds_stops_one_card_only(office: Any, ask: Ask) -> None:
    session = office.sign_in("S-0142", on=AUGUST)
    rest = ("160-0022", "東京都新宿区新宿一丁目1番1号", 50, "female", "card", [])
    endless = ("D0009", "アレクサンドラ・マリア" * 8, *rest)
    long = ("D0010", "アレクサンドラ・マリア・ゴンサレス", *rest)
    fill(session, (*PEOPLE[:1], endless, long))
    plan = ask(session, PlanLetters(SEPTEMBER, POINTS_CARD))
    assert plan.ready == 2
    assert [(one.number, one.reason.code) for one in plan.stopped] == [("D0009", "papers.too_long")]


def test_who_changed_to_the_app_gets_no_card_even_when_it_was_approved(office: Any, desk: Session) -> None:
    out = release(office, desk)
    with working(desk, "change") as work:
        work.vault_connection.exec_driver_sql("UPDATE participants SET channel = 'app' WHERE number = 'D0002'")
    with pytest.raises(Problem) as stopped:
        taken(desk, out, "print")
    assert stopped.value.code == "releases.changed"


def test_an_example_for_nobody_shows_a_whole_month(desk: Session) -> None:
    with working(desk, "look") as work:
        wording = wording_of(work, POINTS_CARD, "card")
        text = words(sample_pdf(work, POINTS_CARDS, wording))
        faults = [reason for _, reason in try_wording(work, POINTS_CARDS, wording)]
    assert "見本 花子" in text
    assert "平成30年7月" in text
    assert "16日（月・祝）" in text
    assert faults == [None] * 4
