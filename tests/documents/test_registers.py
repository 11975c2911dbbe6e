"""A register and an incident's report as paper: everything is on it, over as many pages as it takes."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

from pypdf import PdfReader

from walkdesk.documents.formal import Parties
from walkdesk.documents.incident import IncidentFacts, ReportStep, incident_pdf
from walkdesk.documents.registers import EntryFacts, RegisterFacts, register_pdf
from walkdesk.documents.sheet import Checkpoint
from walkdesk.domain.dates import JST

CHECKPOINT = Checkpoint(64, "NXY631RFDQKTM82RK1XJV38V09", "walkdesk:checkpoint:64")
CREATED = datetime(2018, 5, 17, 10, 0, tzinfo=JST)
DAY = date(2018, 5, 17)


def entry(number: int, history: tuple[str, ...] = ()) -> EntryFacts:
    fields = (("何の紙か", f"申込書 {number}"), ("内容", "とても長い内容です。" * 30))
    return EntryFacts(
        f"P-{number:04}", "事務所全体", f"申込書 {number}", "平成30年5月14日", "", "継続中", fields, history
    )


def register(*entries: EntryFacts) -> RegisterFacts:
    return RegisterFacts(
        "P-20180517", DAY, CREATED, "株式会社 歩楽事務センター", "取扱責任者　田中 康夫", "紙媒体台帳",
        "特記事項 第8、11項", "受け取った日", "何の紙か", entries, CHECKPOINT,
    )  # fmt: skip


def words(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).replace("\n", "")


def test_every_line_is_on_the_paper_and_the_checkpoint_on_every_page() -> None:
    pdf = register_pdf(register(*(entry(number, ("訂正の前は「B-01」でした。",)) for number in range(1, 41))))
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    text = words(pdf)
    assert len(pages) > 5 and all(CHECKPOINT.grouped in page for page in pages)
    assert all(text.count(f"P-{number:04}") == 2 for number in range(1, 41))
    assert text.count("訂正の前は") == 40


def test_an_empty_register_says_so() -> None:
    assert "まだ記入がありません" in words(register_pdf(register()))


def test_the_same_facts_give_the_same_bytes() -> None:
    facts = register(entry(1))
    assert register_pdf(facts) == register_pdf(facts)


def test_an_incident_says_what_was_told_when_and_why_it_must_be_reported() -> None:
    items = tuple((f"事項{number}", "内容です。" * 60) for number in range(1, 10))
    facts = IncidentFacts(
        "30-HP-0001-J-0001", DAY, CREATED, Parties("新宿区長", "株式会社 歩楽事務センター", "東京都", "田中 康夫"),
        "30-HP-0001", "封筒の取り違え", "事故のおそれ", "平成30年5月14日　10:15", "佐藤 恵",
        (ReportStep("区への通知（当日）", "平成30年5月14日", "まだ"),), (), items, "指示のとおりにする。", CHECKPOINT,
    )  # fmt: skip
    text = words(incident_pdf(facts))
    assert "今のところありません" in text and "指示のとおりにする" in text and "新宿区長　様" in text
    assert all(f"({number}) 事項{number}" in text for number in range(1, 10))
    assert incident_pdf(facts) == incident_pdf(facts)
