"""取扱状況報告書 and 監査資料 as paper: every part is on it, the contents point to the right pages."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from tests.documents.facts import CHECKPOINT, MOMENT, PARTIES
from walkdesk.documents.audit_evidence import EvidenceFacts, evidence
from walkdesk.documents.audit_pack import CHAIN, CHECKLIST, LEDGER, TRAININGS, PackFacts, audit_pack_pdf
from walkdesk.documents.grids import filled, printed
from walkdesk.documents.registers import EntryFacts, RegisterFacts
from walkdesk.documents.status_report import ALARMS, DESK, OPENED, Section, StatusFacts, status_report_pdf
from walkdesk.domain.measures import MEASURES

DAY = date(2018, 8, 9)
STATUS = StatusFacts(
    "30-HP-0001-TJ01", DAY, MOMENT, PARTIES, "30-HP-0001", "健康ポイント事業", "平成30年度", "平成30年4月1日から",
    (("契約の段階", "運用中"),),
    (
        Section("利用の記録", (("出典", "第66号"),), (filled(DESK, [("サインイン", 12345)]), filled(OPENED, ()))),
        Section("異常の検知", grids=(filled(ALARMS, ()),)),
    ),
    CHECKPOINT,
)  # fmt: skip


def pack(lines: int = 3) -> PackFacts:
    entry = EntryFacts("P-0001", "30-HP-0001", "申込書", "平成30年5月14日", "", "継続中", (("枚数", "120"),))
    register = RegisterFacts(
        "P-1", DAY, MOMENT, "歩楽", "田中", "紙媒体台帳", "特記事項 第8項", "日付", "件名", (entry,), CHECKPOINT
    )
    checked = [("特記事項 2", "第三者に漏らしていない", "誓約 4人", "")] * 23
    trainings = Section(TRAININGS.title, grids=(filled(TRAININGS, [(DAY, "佐藤 恵", "取扱い", "法")] * 40),))
    return PackFacts(
        "30-HP-0001-KS01", DAY, MOMENT, PARTIES, "30-HP-0001", "健康ポイント事業", "平成30年度", "平成30年4月1日から",
        STATUS, filled(CHECKLIST, checked), (trainings,), (register,), filled(CHAIN, [("全体", "切れ目なし")]),
        filled(LEDGER, [(line, MOMENT, "佐藤 恵", "サインイン", f"entry={line}") for line in range(1, lines + 1)]),
        CHECKPOINT,
    )  # fmt: skip


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def test_the_report_has_its_parts_its_figures_and_the_checkpoint() -> None:
    pdf = status_report_pdf(STATUS)
    text = "".join(pages(pdf))
    assert "取扱状況報告書" in text and "特記事項14" in text and "新宿区長　様" in text
    assert "12,345" in text and "1　利用の記録" in text and "異常の検知はありませんでした" in text
    assert CHECKPOINT.grouped in text
    assert status_report_pdf(STATUS) == pdf


def test_the_contents_name_the_page_on_which_each_part_begins() -> None:
    pdf = audit_pack_pdf(pack(lines=200))
    text = pages(pdf)
    outline: Any = PdfReader(BytesIO(pdf)).outline
    reader = PdfReader(BytesIO(pdf))
    starts = [(mark.title, (reader.get_destination_page_number(mark) or 0) + 1) for mark in outline]
    assert [title[0] for title, _ in starts[1:]] == ["1", "2", "3", "4"]
    for title, page in starts[1:]:
        assert title.partition("　")[2] in text[page - 1]
        # The row of the contents: its number, its name, its page.
        assert re.search(rf"{title[0]}\s*{title.partition('　')[2][:4]}[^\d]*(?:\d\d）)?\s*{page}\s", text[0]), text[0]
    assert f"{len(text)} / {len(text)}" in text[-1]
    assert all(CHECKPOINT.grouped in page for page in text)
    assert all(f"entry={number}" in "".join(text).replace("\n", "") for number in (1, 100, 200))


def test_the_same_facts_give_the_same_bytes() -> None:
    assert audit_pack_pdf(pack()) == audit_pack_pdf(pack())


def test_a_row_that_does_not_fit_its_list_is_refused() -> None:
    with pytest.raises(ValueError, match="another number of cells"):
        filled(DESK, [("サインイン",)])


def test_days_are_short_and_nothing_is_a_dash() -> None:
    at = datetime(2019, 5, 1, 9, 5)  # noqa: DTZ001
    assert [printed(cell) for cell in (at, date(2018, 8, 9), None, 12, "x")] == ["R1.5.1 9:05", "H30.8.9", "–", 12, "x"]


def facts(**changed: Any) -> EvidenceFacts:
    kinds: dict[str, Any] = {"str": "", "int": 0, "date | None": None}
    return replace(EvidenceFacts(**{field.name: kinds[str(field.type)] for field in fields(EvidenceFacts)}), **changed)


def test_every_measure_of_both_papers_has_its_sentence() -> None:
    for measures in MEASURES.values():
        for measure in measures:
            words = evidence(measure.key, facts())
            assert words.endswith("。") and len(words) < 200, measure.key


def test_what_the_records_cannot_say_is_said_so() -> None:
    for measure in ("firewall", "watched_server", "app_login"):
        assert "記録から言えません" in evidence(measure, facts())


def test_the_sentences_follow_the_records() -> None:
    told = facts(managers=2, handlers=3, reported_on=DAY, reference="歩楽第1号")
    assert evidence("designate", told) == "取扱責任者等 2人、取扱者 3人を指定。平成30年8月9日に区へ報告（歩楽第1号）。"
    assert "報告の記録はありません" in evidence("designate", facts())
    assert "記入はありません" in evidence("clause_19", facts())
    assert "2件、うち区へ知らせた記録があるもの 1件" in evidence("clause_19", facts(incidents=2, incidents_told=1))
    assert "消去証明書 DC-2018-001" in evidence("clause_12", facts(erased_on=DAY, certificate="DC-2018-001"))
