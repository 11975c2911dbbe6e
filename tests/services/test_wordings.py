"""Wordings: versions that are added and never changed, what keeps one from being saved, its page for one person."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from threading import Event
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import text

from tests.services.closing_desk import PEOPLE, code_of, crowd, fill
from tests.services.desks import AUGUST, ledger_rows
from walkdesk.documents.wording import shipped_wording
from walkdesk.domain.papers import PAPERS
from walkdesk.domain.participants import Programme
from walkdesk.domain.problem import Problem
from walkdesk.domain.wording import LONGEST_PART, LONGEST_VERSION, Wording, faults
from walkdesk.messages.common import Progress, ScreenPaper
from walkdesk.messages.prizes import SetPrize
from walkdesk.messages.releases import ApproveRelease, RequestLetters, TakeRelease
from walkdesk.messages.wordings import (
    CheckWording,
    LookAtWordings,
    OpenedWording,
    OpenWording,
    PartKind,
    PreviewWording,
    SaveWording,
)
from walkdesk.resources.texts import LANGUAGES, Texts
from walkdesk.services.paperwork import digest
from walkdesk.services.perform import perform
from walkdesk.services.session import Session, working
from walkdesk.services.wordingdesk import MOST_STOPPED, part_kind, wording_digest
from walkdesk.services.wordings import wording_of, wording_version
from walkdesk.services.wordingsamples import SAMPLES

Ask = Callable[[Session, object], Any]
CARD = ("invitation", "card")
NAME = "平成30年度 第2版"


@pytest.fixture
def desk(office: Any) -> Session:
    """A manager in August with six people in the vault."""
    session: Session = office.sign_in("S-0001", on=AUGUST)
    fill(session)
    return session


def opened(session: Session, ask: Ask, number: int | None = None) -> OpenedWording:
    answer: OpenedWording = ask(session, OpenWording(*CARD, number))
    return answer


def greeting(wording: OpenedWording) -> str:
    return next(part.text for part in wording.parts if part.key == "greeting")


def parts_with(wording: OpenedWording, **changed: str) -> tuple[tuple[str, str], ...]:
    return tuple((part.key, changed.get(part.key, part.text)) for part in wording.parts)


def words(page: ScreenPaper) -> str:
    return "".join(leaf.extract_text() for leaf in PdfReader(BytesIO(page.pdf)).pages).replace("\n", "")


def faults_of(session: Session, ask: Ask, **changed: str) -> dict[str, str]:
    """What the preview says of the invitation with these parts: the first fault of each part."""
    parts = parts_with(opened(session, ask), **changed)
    found = ask(session, PreviewWording(*CARD, NAME, parts)).faults
    return {fault.part: fault.problem.code for fault in reversed(found)}


def save(session: Session, ask: Ask, version: str, **changed: str) -> Any:
    return ask(session, SaveWording(*CARD, version, parts_with(opened(session, ask), **changed)))


def test_every_paper_of_the_programme_begins_with_the_shipped_wording(desk: Session, ask: Ask) -> None:
    board = ask(desk, LookAtWordings())
    own = {(kind.key, variant) for kind in PAPERS.values() for variant in kind.variants}
    assert {(row.paper, row.variant) for row in board.rows} == {
        one for one in own if Programme.HEALTH_POINTS in PAPERS[one[0]].programmes
    }
    assert {(row.number, row.saved_at) for row in board.rows} == {(0, None)}
    assert code_of(desk, OpenWording("walk_application", "form")) == "papers.unknown_paper"
    assert code_of(desk, OpenWording("invitation", "all")) == "papers.unknown_paper"


def test_a_saved_version_is_in_use_and_the_older_ones_can_still_be_read(desk: Session, ask: Ask) -> None:
    first = opened(desk, ask)
    assert (first.number, first.next_version, len(first.versions)) == (0, NAME, 1)
    save(desk, ask, NAME, greeting="お申し込みをいただきました。")
    save(desk, ask, "秋の版", greeting="秋のご案内です。")
    now = opened(desk, ask)
    assert [(one.number, one.version) for one in now.versions] == [(2, "秋の版"), (1, NAME), (0, first.version)]
    assert now.versions[0].saved_by == "田中 康夫"
    assert dict((part.key, part.text) for part in now.parts)["greeting"] == "秋のご案内です。"
    assert (
        dict((part.key, part.text) for part in opened(desk, ask, 1).parts)["greeting"] == "お申し込みをいただきました。"
    )
    assert opened(desk, ask, 0).parts == first.parts
    assert now.next_version == "平成30年度 第4版"
    assert code_of(desk, OpenWording(*CARD, 3)) == "wordings.unknown_version"
    row = next(row for row in ask(desk, LookAtWordings()).rows if (row.paper, row.variant) == CARD)
    assert (row.version, row.number, row.saved_at) == ("秋の版", 2, now.versions[0].saved_at)


def test_a_sent_letter_keeps_the_wording_that_it_had(desk: Session, ask: Ask, office: Any) -> None:
    save(desk, ask, NAME, greeting="夏の暑いうちのご案内です。")
    ask(desk, RequestLetters("card", "参加の案内"))
    save(desk, ask, "秋の版", greeting="秋のご案内です。")
    second = office.sign_in("S-0150")
    ask(second, ApproveRelease("R-0001"))
    sent = ask(second, TakeRelease("R-0001", "print"))
    page = "".join(leaf.extract_text() for leaf in PdfReader(BytesIO(sent.data)).pages)
    assert "夏の暑いうち" in page and "秋のご案内" not in page
    with working(second, "look") as work:
        assert wording_of(work, *CARD)["greeting"] == "秋のご案内です。"
        assert wording_version(work, *CARD, NAME)["greeting"] == "夏の暑いうちのご案内です。"
        shipped = shipped_wording(*CARD)
        assert wording_version(work, *CARD, shipped.version) == shipped
        assert wording_of(work, "invitation", "app") == shipped_wording("invitation", "app")


def test_saving_is_evidence_with_the_digest_of_the_text(desk: Session, ask: Ask) -> None:
    done = save(desk, ask, f"  {NAME} ", greeting="お申し込みをいただきました。  \n")
    event, account, facts = ledger_rows(desk)[-1]
    kept = json.loads(facts)
    assert (event, account, kept["paper"], kept["variant"]) == ("wording_saved", "S-0001", *CARD)
    assert (kept["name"], kept["version_number"]) == (NAME, 1)
    with working(desk, "look") as work:
        saved = wording_of(work, *CARD)
    assert saved["greeting"] == "お申し込みをいただきました。"
    assert kept["digest"] == wording_digest(saved)
    spelled = json.dumps([NAME, [list(part) for part in saved.parts]], ensure_ascii=False, separators=(",", ":"))
    assert kept["digest"] == digest(spelled.encode())
    assert done.facts == {"version": NAME, "number": 1} and done.ledger > 0


def test_saved_versions_are_never_changed(desk: Session, ask: Ask) -> None:
    save(desk, ask, NAME, greeting="お申し込みをいただきました。")
    assert desk.book is not None
    with desk.book.engine.connect() as connection:
        before = connection.execute(text("SELECT * FROM wordings")).all()
    save(desk, ask, "秋の版", greeting="秋のご案内です。")
    with desk.book.engine.connect() as connection:
        after = connection.execute(text("SELECT * FROM wordings ORDER BY number")).all()
    assert after[:1] == before and len(after) == 2


def test_a_handler_reads_and_tries_but_does_not_save(office: Any, ask: Ask) -> None:
    handler = office.sign_in("S-0142")
    wording = opened(handler, ask)
    assert not wording.may_save and not ask(handler, LookAtWordings()).may_save
    parts = parts_with(wording, greeting="お申し込みをいただきました。")
    assert ask(handler, PreviewWording(*CARD, NAME, parts)).page is not None
    assert code_of(handler, SaveWording(*CARD, NAME, parts)) == "door.not_permitted"
    assert ledger_rows(handler)[-1][0] == "refused"


@pytest.mark.parametrize(
    ("part", "typed", "code"),
    [
        ("greeting", "{氏命}様、こんにちは。", "papers.placeholder_unknown"),
        ("greeting", "{ポイント}たまりました。", "papers.placeholder_unknown"),
        ("greeting", "{氏名様、こんにちは。", "papers.lone_brace"),
        ("greeting", " \n", "papers.part_empty"),
        ("greeting", "歩" * (LONGEST_PART + 1), "papers.part_long"),
        ("greeting", "山\U000f0000の案内です。", "papers.unprintable"),
        ("greeting", "𠮷田 光子さんも参加しています。", "wordings.names_somebody"),
        ("title", "参加の\nご案内", "wordings.one_line"),
        ("rows", "受付番号：{受付番号}\n期間は{期間}です", "wordings.row"),
        ("rows", "受付番号：", "wordings.row"),
    ],
)
def test_what_is_wrong_is_told_with_its_part_and_not_saved(
    desk: Session, ask: Ask, part: str, typed: str, code: str
) -> None:
    assert faults_of(desk, ask, **{part: typed}) == {part: code}
    message = SaveWording(*CARD, NAME, parts_with(opened(desk, ask), **{part: typed}))
    assert code_of(desk, message) == code
    assert ledger_rows(desk)[-1][0] == "refused"
    assert opened(desk, ask).number == 0


@pytest.mark.parametrize(
    ("version", "code"),
    [
        ("", "wordings.version_form"),
        (" ", "wordings.version_form"),
        ("歩" * (LONGEST_VERSION + 1), "wordings.version_form"),
        ("平成30年度 第1版", "wordings.version_taken"),
        ("第\U000f0000版", "wordings.version_form"),
        ("髙橋 歩の版", "wordings.names_somebody"),
    ],
)
def test_the_name_of_a_version_is_short_new_and_nobodys(desk: Session, ask: Ask, version: str, code: str) -> None:
    message = SaveWording(*CARD, version, parts_with(opened(desk, ask), greeting="ご案内です。"))
    assert code_of(desk, message) == code


def test_two_versions_of_one_paper_never_share_a_name(desk: Session, ask: Ask) -> None:
    save(desk, ask, NAME, greeting="ご案内です。")
    parts = parts_with(opened(desk, ask), greeting="ほかのご案内です。")
    assert code_of(desk, SaveWording(*CARD, NAME, parts)) == "wordings.version_taken"
    app = tuple((part.key, part.text + "。") for part in ask(desk, OpenWording("invitation", "app")).parts)
    assert ask(desk, SaveWording("invitation", "app", NAME, app)).facts["number"] == 1


def test_the_same_text_is_no_new_version_and_other_parts_are_refused(desk: Session, ask: Ask) -> None:
    parts = parts_with(opened(desk, ask))
    assert code_of(desk, SaveWording(*CARD, NAME, parts)) == "wordings.nothing_changed"
    assert code_of(desk, SaveWording(*CARD, NAME, parts[1:])) == "papers.wording"
    assert ask(desk, PreviewWording(*CARD, NAME, parts[1:])).page is None


def test_the_preview_is_the_page_of_what_is_typed_for_the_person_who_is_chosen(desk: Session, ask: Ask) -> None:
    parts = parts_with(opened(desk, ask), greeting="{氏名}様、{担当課}からのご案内です。")
    shown = ask(desk, PreviewWording(*CARD, "秋の版", parts))
    assert type(shown.page) is ScreenPaper and not shown.faults
    page = words(shown.page)
    assert "見本" in page and "健康部健康づくり課からのご案内です。" in page and "秋の版" in page
    assert "𠮷田" not in page
    own = words(ask(desk, PreviewWording(*CARD, "秋の版", parts, "d0001")).page)
    assert "𠮷田 光子様、健康部健康づくり課からのご案内です。" in own
    for number, code in (("D9999", "reception.unknown_number"), ("U0001", "wordings.other_variant")):
        stopped = ask(desk, PreviewWording(*CARD, "秋の版", parts, number))
        assert stopped.page is None and stopped.stopped.code == code


@pytest.mark.parametrize("typed", ["{", "{氏", "}", "{氏命}様", "", "{氏名}{{}", "{}"])
def test_a_text_that_is_being_typed_has_a_page_at_every_key(desk: Session, ask: Ask, typed: str) -> None:
    shown = ask(desk, PreviewWording(*CARD, NAME, parts_with(opened(desk, ask), greeting=typed)))
    assert shown.page is not None and [fault.part for fault in shown.faults]
    if typed == "{氏命}様":
        assert "｛氏命｝様" in words(shown.page)


def test_a_page_that_is_too_full_says_so(desk: Session, ask: Ask) -> None:
    parts = parts_with(opened(desk, ask), greeting="歩きましょう。\n" * 60)
    shown = ask(desk, PreviewWording(*CARD, NAME, parts))
    assert (shown.page, shown.faults, shown.stopped.code) == (None, (), "papers.too_long")


@pytest.mark.parametrize("paper", sorted(PAPERS.keys() - {"walk_application"}))
def test_a_line_that_is_too_long_for_its_place_stops_the_page(desk: Session, ask: Ask, paper: str) -> None:
    ask(desk, SetPrize("TOWEL", "タオル", 20, 5))
    variant = PAPERS[paper].variants[0]
    parts = ask(desk, OpenWording(paper, variant)).parts
    for long in (part.key for part in parts if part.kind is PartKind.LINE):
        typed = tuple((part.key, "歩" * 99 if part.key == long else part.text) for part in parts)
        shown = ask(desk, PreviewWording(paper, variant, NAME, typed))
        assert shown.page is None and shown.stopped.code == "papers.too_long", long


def test_everyone_who_would_get_the_paper_is_tried_one_by_one(office: Any, ask: Ask) -> None:
    session = office.sign_in("S-0001", on=AUGUST)
    long_name = "ウォルフェシュレーゲルシュタインハウゼンベルガードルフ" * 5
    odd = ("D0009", "山\U000f0000 花子", "160-0022", "東京都新宿区新宿一丁目9番9号", 50, "female", "card", [])
    endless = ("D0010", long_name, "160-0022", "東京都新宿区新宿一丁目9番9号", 50, "female", "card", [])
    fill(session, (*PEOPLE, odd, endless))
    check = ask(session, CheckWording(*CARD, parts_with(opened(session, ask))))
    found = [(row.number, row.name, row.reason.code) for row in check.rows]
    assert (check.people, check.stopped) == (6, 2)
    assert found == [("D0009", odd[1], "papers.unprintable"), ("D0010", long_name, "papers.too_long")]
    parts = parts_with(opened(session, ask), greeting="{氏命}様")
    assert code_of(session, CheckWording(*CARD, parts)) == "papers.placeholder_unknown"


def test_of_many_who_stop_the_first_are_listed_and_all_are_counted(office: Any, ask: Ask) -> None:
    session = office.sign_in("S-0001", on=AUGUST)
    fill(session, crowd(80))
    full = parts_with(opened(session, ask), greeting="歩きましょう。\n" * 60)
    steps: list[Progress] = []
    check = perform(session, CheckWording(*CARD, full), steps.append).answer
    assert (check.people, check.stopped, len(check.rows)) == (60, 60, MOST_STOPPED)
    assert [step.done for step in steps] == [20, 40, 60]
    stop = Event()
    stop.set()
    with pytest.raises(Problem, match=r"shell\.cancelled"):
        perform(session, CheckWording(*CARD, full), cancelled=stop)


def test_a_paper_that_goes_to_nobody_has_a_page_and_nobody_to_try(desk: Session, ask: Ask) -> None:
    form = ask(desk, OpenWording("health_application", "form"))
    assert not form.personal
    parts = tuple((part.key, part.text) for part in form.parts)
    assert "見本" in words(ask(desk, PreviewWording("health_application", "form", "", parts)).page)
    assert ask(desk, CheckWording("health_application", "form", parts)).people == 0


def test_every_paper_of_the_table_can_be_looked_at() -> None:
    assert SAMPLES.keys() == PAPERS.keys()
    assert {key for key, sample in SAMPLES.items() if sample.people} == {
        k for k, kind in PAPERS.items() if kind.personal
    }


def test_every_placeholder_has_an_example(desk: Session, ask: Ask) -> None:
    for row in ask(desk, LookAtWordings()).rows:
        shown = ask(desk, OpenWording(row.paper, row.variant)).placeholders
        assert tuple(one.name for one in shown) == PAPERS[row.paper].placeholders
        assert all(one.example.strip() for one in shown)


SHIPPED = [shipped_wording(kind.key, variant) for kind in PAPERS.values() for variant in kind.variants]


@pytest.mark.parametrize("wording", SHIPPED, ids=lambda wording: f"{wording.paper}-{wording.variant}")
def test_every_shipped_wording_is_sound_and_its_parts_have_labels(wording: Wording) -> None:
    kind = PAPERS[wording.paper]
    assert not list(faults(wording, kind.placeholders, wording))
    assert wording.version and len(wording.version) <= LONGEST_VERSION
    wanted = {f"wordings.part.{key}" for key, _ in wording.parts}
    wanted |= {f"wordings.paper.{wording.paper}", f"wordings.variant.{wording.variant}"}
    for language in LANGUAGES:
        assert wanted <= Texts(language).keys(), wanted - Texts(language).keys()


def test_how_a_part_is_written_is_seen_from_what_is_shipped() -> None:
    shipped = shipped_wording(*CARD)
    kinds = {key: part_kind(key, text) for key, text in shipped.parts}
    assert kinds["title"] is kinds["steps_title"] is PartKind.LINE
    assert kinds["rows"] is PartKind.ROWS
    assert kinds["greeting"] is kinds["contact"] is PartKind.TEXT
