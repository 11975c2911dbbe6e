"""Labels and envelopes as releases: who gets one, who is stopped, on what they are printed, in volumes, cancelled."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from threading import Event
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import text

from tests.documents.measure import drawn, words
from tests.services.closing_desk import code_of
from tests.services.gatedesk import city_walk, desk_in_august, prizes_wait
from walkdesk.documents import labels as label_sheets
from walkdesk.documents.sheet import MM
from walkdesk.domain.layouts import PrintOn
from walkdesk.domain.problem import Problem
from walkdesk.domain.releases import Outcome
from walkdesk.messages.door import SignOut
from walkdesk.messages.papers import LookAtPapers, PlanLetters, PreviewLetter
from walkdesk.messages.printing import SetLabels, SetPrinter
from walkdesk.messages.releases import ApproveRelease, CloseRelease, RequestLetters, ShowManifest, TakeRelease
from walkdesk.resources.layouts import label_formats
from walkdesk.services.perform import perform
from walkdesk.services.session import Session, working
from walkdesk.storage.vault_tables import ParticipantRecord

Ask = Callable[[Session, object], Any]


@pytest.fixture
def desk(office: Any) -> Session:
    """A manager in August with six people, of whom one is 要確認."""
    return desk_in_august(office, "S-0001")


def changed(session: Session, number: str, **fields: str) -> None:
    """A person whose particulars are hard to print."""
    with working(session, "changed") as work:
        person = work.vault.query(ParticipantRecord).filter_by(number=number).one()
        for name, value in fields.items():
            setattr(person, name, value)


def approved(office: Any, desk: Session, paper: str, audience: str = "all") -> Session:
    perform(desk, RequestLetters(audience, "宛名を貼って送る", paper))
    perform(desk, SignOut())
    second: Session = office.sign_in("S-0150")
    perform(second, ApproveRelease("R-0001"))
    return second


def ready(ask: Ask, desk: Session, paper: str, audience: str) -> int:
    return int(ask(desk, PlanLetters(audience, paper)).ready)


@pytest.mark.parametrize("paper", ["address_labels", "envelopes"])
def test_whoever_takes_part_or_waits_for_a_prize_can_get_one(paper: str, desk: Session, ask: Ask) -> None:
    prizes_wait(desk)
    (offered,) = [one for one in ask(desk, LookAtPapers()).papers if one.key == paper]
    assert offered.audiences == ("all", "card", "app", "prizes")
    counts = {audience: ready(ask, desk, paper, audience) for audience in offered.audiences}
    assert counts["all"] == counts["card"] + counts["app"]
    assert counts["prizes"] == 4
    city_walk(desk)
    assert code_of(desk, PlanLetters("prizes", paper)) == "papers.audience"


@pytest.mark.parametrize("paper", ["address_labels", "envelopes"])
def test_who_cannot_be_printed_anywhere_is_listed_with_the_reason(paper: str, desk: Session, ask: Ask) -> None:
    before = ask(desk, PlanLetters("all", paper))
    changed(desk, "D0001", name="山\U00031350 太郎")
    changed(desk, "D0002", address="東京都新宿区西新宿9丁目　" + "とても長い建物の名前" * 70)
    plan = ask(desk, PlanLetters("all", paper))
    reasons = {row.number: row.reason.code for row in plan.stopped}
    assert reasons["D0001"] == "papers.unprintable"
    assert reasons["D0002"] == "papers.too_long"
    assert plan.ready == before.ready - 2
    assert {row.number for row in before.stopped} <= set(reasons)


def test_labels_leave_from_the_first_free_place_on_and_corrected_for_the_printer(
    office: Any, desk: Session, ask: Ask
) -> None:
    perform(desk, SetPrinter("RICOH", 1.5, -0.5))
    count = ready(ask, desk, "address_labels", "all")
    second = approved(office, desk, "address_labels")
    manifest = ask(second, ShowManifest("R-0001"))
    assert manifest.columns == ("serial", "number", "name", "postcode", "address")
    assert len(manifest.rows) == count
    released = ask(second, TakeRelease("R-0001", "print", on=PrintOn("RICOH", "a4-24", 23)))
    assert released.pages == 2
    assert released.further == ()
    first, last = drawn(released.data), drawn(released.data, 1)
    labels = label_formats()["a4-24"]
    place = labels.place(23)
    own = [one.box.left for one in first if place.holds(one.box)]
    assert min(own) == pytest.approx(place.left + 2 + 0.5 + 1.5, abs=0.8)
    assert not any(labels.place(22).holds(one.box) for one in first if one.box.height < 10)
    said = words(first) + words(last)
    for row in manifest.rows:
        assert row[0] in said
        assert row[2].replace(" ", "") in said.replace("　", "")
    with second.book.engine.connect() as connection:  # type: ignore[union-attr]
        kept = connection.execute(text("SELECT printer, layout, start FROM releases")).one()
    assert tuple(kept) == ("RICOH", "a4-24", 23)


def test_a_place_or_a_sheet_that_does_not_exist_stops_before_anything_is_kept(office: Any, desk: Session) -> None:
    second = approved(office, desk, "address_labels")
    assert code_of(second, TakeRelease("R-0001", "print", on=PrintOn("", "a4-12", 13))) == "printing.start"
    assert code_of(second, TakeRelease("R-0001", "print", on=PrintOn("", "b5-7"))) == "printing.unknown_layout"
    assert code_of(second, TakeRelease("R-0001", "print", on=PrintOn("", "kaku2"))) == "printing.unknown_layout"


def test_the_sheet_that_is_set_is_used_where_none_is_chosen(office: Any, desk: Session, ask: Ask) -> None:
    perform(desk, SetLabels("a4-21"))
    second = approved(office, desk, "address_labels")
    released = ask(second, TakeRelease("R-0001", "print"))
    tops = {one.box.top for one in drawn(released.data)}
    assert min(tops) < 14
    assert released.pages == 1


def test_labels_are_asked_for_as_often_as_they_are_wanted(office: Any, desk: Session, ask: Ask) -> None:
    count = ready(ask, desk, "address_labels", "all")
    second = approved(office, desk, "address_labels")
    ask(second, TakeRelease("R-0001", "print"))
    ask(second, CloseRelease("R-0001", Outcome.POSTED, second_day(second)))
    plan = ask(second, PlanLetters("all", "address_labels"))
    assert (plan.ready, plan.already_sent) == (count, 0)


def second_day(session: Session) -> Any:
    with working(session, "day") as work:
        return work.today


def test_many_labels_come_in_volumes_one_after_the_other(
    office: Any, desk: Session, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(label_sheets.label_volumes.__kwdefaults__, "sheets_per_volume", 1)
    count = ready(ask, desk, "address_labels", "all")
    second = approved(office, desk, "address_labels")
    released = ask(second, TakeRelease("R-0001", "print", on=PrintOn("", "a4-12", 11)))
    assert count > 2
    assert (released.pages, len(released.further)) == (2, 1)
    assert [len(PdfReader(BytesIO(pdf)).pages) for pdf in (released.data, *released.further)] == [1, 1]


def test_labels_are_cancelled_while_they_are_drawn_and_nothing_has_left(office: Any, desk: Session) -> None:
    second = approved(office, desk, "address_labels")
    cancelled = Event()
    with pytest.raises(Problem) as stopped:
        perform(
            second,
            TakeRelease("R-0001", "print"),
            progress=lambda told: cancelled.set() if told.stage == "address_labels" else None,
            cancelled=cancelled,
        )
    assert stopped.value.code == "shell.cancelled"
    assert perform(second, TakeRelease("R-0001", "print")).answer.pages == 1


@pytest.mark.parametrize(("key", "size"), [("naga3", (120, 235)), ("kaku2", (240, 332))])
def test_envelopes_leave_one_a_page_with_the_sender(
    key: str, size: tuple[int, int], office: Any, desk: Session, ask: Ask
) -> None:
    count = ready(ask, desk, "envelopes", "card")
    second = approved(office, desk, "envelopes", "card")
    released = ask(second, TakeRelease("R-0001", "print", on=PrintOn("", key)))
    pages = PdfReader(BytesIO(released.data)).pages
    assert released.pages == len(pages) == count
    assert (float(pages[0].mediabox.width) / MM, float(pages[0].mediabox.height) / MM) == pytest.approx(size, abs=0.01)
    said = words(drawn(released.data))
    assert "R-0001-001" in said
    with working(second, "office") as work:
        assert work.book.setting(work.office, "office").replace(" ", "") in said.replace("　", "")


@pytest.mark.parametrize("paper", ["address_labels", "envelopes"])
def test_a_sample_shows_a_person_or_nobody_and_says_so(paper: str, desk: Session, ask: Ask) -> None:
    number = ask(desk, PlanLetters("all", paper)).first
    shown = words(drawn(ask(desk, PreviewLetter(number, paper, "all")).pdf))
    assert "見本" in shown
    with working(desk, "name") as work:
        name = work.vault.query(ParticipantRecord).filter_by(number=number).one().name
    assert name.replace(" ", "") in shown.replace("　", "")
    assert "R-0001" not in shown
