"""Reminders, prize guides and packing slips: who gets one, what it says, and what changes after the approval."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import text

from tests.services.closing_desk import PEOPLE, code_of, fill
from tests.services.desks import AUGUST
from walkdesk.domain.releases import Outcome
from walkdesk.messages.cards import ReceiveCards
from walkdesk.messages.door import SignOut
from walkdesk.messages.papers import LookAtPapers, PlanLetters, PreviewLetter
from walkdesk.messages.prizes import CancelRequest, RequestPrize, SetPrize
from walkdesk.messages.reception import ShowParticipant
from walkdesk.messages.releases import ApproveRelease, CloseRelease, RequestLetters, ShowManifest, TakeRelease
from walkdesk.messages.wordings import OpenWording, SaveWording
from walkdesk.services.perform import perform
from walkdesk.services.session import Session

Ask = Callable[[Session, object], Any]


@pytest.fixture
def desk(office: Any) -> Session:
    """A manager in August: everybody has points, and every card of July came."""
    session: Session = office.sign_in("S-0001", on=AUGUST)
    fill(session)
    perform(session, SetPrize("P1", "今治タオル", 500, 20))
    perform(session, SetPrize("P2", "歩数計", 2000, 5))
    return session


def words(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).replace("\n", "")


def approved(office: Any, desk: Session, paper: str, audience: str) -> Session:
    """Asked for by the one, approved by the other, who is at the desk then."""
    perform(desk, RequestLetters(audience, "ご案内の送付", paper))
    perform(desk, SignOut())
    second: Session = office.sign_in("S-0150")
    perform(second, ApproveRelease("R-0001"))
    return second


def test_the_desk_offers_every_paper_with_whom_it_can_go_to(desk: Session, ask: Ask) -> None:
    offered = {one.key: one.audiences for one in ask(desk, LookAtPapers()).papers}
    assert offered["invitation"] == ("all", "card", "app")
    assert offered["reminder"] == ("2018-07", "2018-06", "2018-05")
    assert offered["prize_guide"] == ("enough", "all")
    assert offered["packing_slip"] == ("waiting",)


def test_a_reminder_goes_to_whose_card_did_not_come(desk: Session, ask: Ask) -> None:
    assert ask(desk, PlanLetters("2018-07", "reminder")).ready == 0
    plan = ask(desk, PlanLetters("2018-06", "reminder"))
    assert (plan.ready, [row.number for row in plan.stopped]) == (3, ["D0004"])
    text = words(ask(desk, PreviewLetter(plan.first, "reminder", "2018-06")).pdf)
    assert "平成30年6月分の台紙" in text
    assert "平成30年7月10日（火）まで" in text
    # In May nobody took part yet, and a month that is not over is not late.
    assert ask(desk, PlanLetters("2018-05", "reminder")).ready == 0
    assert code_of(desk, PlanLetters("2018-08", "reminder")) == "papers.audience"


def test_each_month_has_its_own_reminder_once(office: Any, desk: Session, ask: Ask) -> None:
    second = approved(office, desk, "reminder", "2018-06")
    assert ask(second, PlanLetters("2018-06", "reminder")).already_sent == 3
    released = ask(second, TakeRelease("R-0001", "print"))
    assert released.pages == 3
    (line,) = ask(second, ShowParticipant("D0001")).papers
    assert (line.kind, line.month, line.wording) == ("reminder", "2018-06", "平成30年度 第1版")
    ask(second, CloseRelease("R-0001", Outcome.POSTED, AUGUST))
    assert ask(second, PlanLetters("2018-06", "reminder")).ready == 0
    assert ask(second, PlanLetters("2018-06", "reminder")).already_sent == 3


def test_a_card_that_came_meanwhile_stops_the_reminders(office: Any, desk: Session, ask: Ask) -> None:
    second = approved(office, desk, "reminder", "2018-06")
    ask(second, ReceiveCards("2018-06", ("D0001",), AUGUST))
    assert code_of(second, TakeRelease("R-0001", "print")) == "releases.changed"


def test_a_prize_guide_names_the_points_and_the_prizes(desk: Session, ask: Ask) -> None:
    plan = ask(desk, PlanLetters("enough", "prize_guide"))
    assert (plan.ready, len(plan.stopped)) == (5, 1)
    text = words(ask(desk, PreviewLetter("D0001", "prize_guide", "enough")).pdf)
    for part in ("使えるポイント", "930ポイント", "今治タオル", "500ポイント", "歩数計", "2,000ポイント"):
        assert part in text
    ask(desk, SetPrize("P1", "今治タオル", 1000, 20))
    assert ask(desk, PlanLetters("enough", "prize_guide")).ready == 0
    assert ask(desk, PlanLetters("all", "prize_guide")).ready == 5


def test_the_manifest_holds_the_points_that_the_guide_prints(office: Any, desk: Session, ask: Ask) -> None:
    second = approved(office, desk, "prize_guide", "enough")
    manifest = ask(second, ShowManifest("R-0001"))
    assert manifest.rows[0][manifest.columns.index("points")] == "930"
    ask(second, RequestPrize("D0002", "P1"))
    assert code_of(second, TakeRelease("R-0001", "print")) == "releases.changed"


def test_guides_can_be_sent_again(office: Any, desk: Session, ask: Ask) -> None:
    second = approved(office, desk, "prize_guide", "enough")
    assert ask(second, PlanLetters("enough", "prize_guide")).ready == 0
    ask(second, TakeRelease("R-0001", "print"))
    ask(second, CloseRelease("R-0001", Outcome.POSTED, AUGUST))
    assert ask(second, PlanLetters("enough", "prize_guide")).ready == 5


def test_every_request_has_its_own_packing_slip(office: Any, desk: Session, ask: Ask) -> None:
    ask(desk, SetPrize("P3", "ハンカチ", 100, 20))
    ask(desk, RequestPrize("D0001", "P1"))
    ask(desk, RequestPrize("D0001", "P3"))
    assert ask(desk, PlanLetters("waiting", "packing_slip")).ready == 2
    second = approved(office, desk, "packing_slip", "waiting")
    released = ask(second, TakeRelease("R-0001", "print"))
    text = words(released.data)
    assert released.pages == 2
    assert "今治タオル" in text and "ハンカチ" in text and "𠮷田 光子" in text


def test_a_cancelled_request_stops_its_slip(office: Any, desk: Session, ask: Ask) -> None:
    done = ask(desk, RequestPrize("D0001", "P1"))
    second = approved(office, desk, "packing_slip", "waiting")
    ask(second, CancelRequest(done.facts["request"], "本人の申出"))
    assert code_of(second, TakeRelease("R-0001", "print")) == "releases.changed"


@pytest.mark.parametrize("paper", ["invitation", "reminder", "prize_guide", "packing_slip"])
def test_without_a_recipient_the_sample_is_of_nobody(desk: Session, ask: Ask, paper: str) -> None:
    text = words(ask(desk, PreviewLetter("", paper, "")).pdf)
    assert "見本 花子" in text
    assert "{" not in text
    assert "𠮷田" not in text


def test_one_person_gets_another_one_after_the_first_was_lost(office: Any, desk: Session, ask: Ask) -> None:
    second = approved(office, desk, "invitation", "all")
    assert ask(second, PlanLetters("all", "invitation")).ready == 0
    plan = ask(second, PlanLetters("all", "invitation", "d0002"))
    assert (plan.ready, plan.first) == (1, "D0002")
    assert ask(second, RequestLetters("all", "再発行", "invitation", "D0002")).facts["count"] == 1
    assert second.book is not None
    with second.book.engine.connect() as connection:
        kept = connection.execute(text("SELECT * FROM releases WHERE release = 'R-0002'")).one()
    assert "all" in kept and "D0002" not in str(kept)


def test_one_person_must_be_among_those_to_whom_the_paper_goes(desk: Session, ask: Ask) -> None:
    assert code_of(desk, PlanLetters("card", "invitation", "U0001")) == "papers.not_in_audience"
    assert code_of(desk, PlanLetters("2018-07", "reminder", "D0001")) == "papers.not_in_audience"
    assert code_of(desk, PlanLetters("all", "invitation", "D9999")) == "reception.unknown_number"
    (stopped,) = ask(desk, PlanLetters("all", "invitation", "D0004")).stopped
    assert stopped.number == "D0004"


def test_a_name_that_is_too_long_for_the_wording_is_listed_before_printing(office: Any, ask: Ask) -> None:
    session = office.sign_in("S-0001", on=AUGUST)
    name = "アレクサンドラ・マリア・ゴンサレス・デ・ラ・クルス・イ・フェルナンデス"
    fill(session, ((*PEOPLE[0][:1], name, *PEOPLE[0][2:]), PEOPLE[1]))
    opened = ask(session, OpenWording("reminder", "card"))
    parts = tuple((one.key, "{氏名}様への大切なお知らせ" if one.key == "title" else one.text) for one in opened.parts)
    ask(session, SaveWording("reminder", "card", "長い題", parts))
    plan = ask(session, PlanLetters("2018-06", "reminder"))
    assert plan.ready == 1
    assert [(row.number, row.reason.code) for row in plan.stopped] == [("D0001", "papers.too_long")]
