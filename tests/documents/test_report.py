"""事業実施報告書, 返還・引渡し目録 and 取扱責任者・取扱者報告書."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pypdf
import pypdfium2
import zxingcpp

from walkdesk.documents.formal import Parties
from walkdesk.documents.report import IncidentRow, ReportFacts, report_pdf
from walkdesk.documents.returns import ReturnFacts, ReturnItem, returns_pdf
from walkdesk.documents.sheet import Checkpoint
from walkdesk.documents.start_sheet import SigningKey, StaffRow, StartSheetFacts, start_sheet_pdf
from walkdesk.domain.dates import JST
from walkdesk.domain.participants import Origin
from walkdesk.domain.returns import Disposition, Medium

MOMENT = datetime(2019, 3, 25, 15, 0, tzinfo=JST)
PARTIES = Parties("新宿区長", "株式会社 歩楽事務センター", "", "取扱責任者　田中 康夫")
CHECKPOINT = Checkpoint(8412, "7K2FQX310ABCDEFGHJKMNPQRST", "walkdesk:checkpoint:office-1:8412:7K2FQ")


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def codes_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    found = [
        code.text for page in document for code in zxingcpp.read_barcodes(page.render(scale=3, grayscale=True).to_pil())
    ]
    document.close()
    return found


def test_the_report_shows_its_figures_and_the_checkpoint(report_facts: ReportFacts, tool: Callable[..., str]) -> None:
    pdf = report_pdf(report_facts)
    text = text_of(pdf)
    for words in (
        "事業実施報告書",
        "新宿区長　様",
        "148,210",
        "＊",
        "商品券 500円分",
        "7K2FQ-X310A-BCDEF-GHJKM-NPQRST",
    ):
        assert words in text
    assert "事故" in text
    assert codes_of(pdf) == [report_facts.checkpoint.qr_text]
    assert "No syntax or stream encoding errors" in tool(pdf, "qpdf", "--check", "{}")
    assert report_pdf(report_facts) == pdf


def test_every_page_of_a_report_says_its_place(report_facts: ReportFacts) -> None:
    pages = pypdf.PdfReader(io.BytesIO(report_pdf(report_facts))).pages
    assert len(pages) >= 2
    for number, page in enumerate(pages, 1):
        assert f"{number} / {len(pages)}" in page.extract_text()


def test_a_report_without_anything_to_count_is_still_a_paper(report_facts: ReportFacts) -> None:
    empty = replace(report_facts, months=(), prizes=(), releases=(), trainings=())
    text = text_of(report_pdf(empty))
    assert "景品の申込みはありませんでした" in text
    assert "提供・持出しはありませんでした" in text


def test_an_incident_is_printed_with_its_measure(report_facts: ReportFacts) -> None:
    incident = IncidentRow(date(2018, 9, 3), "台紙1枚の誤送付", "回収し、区に報告")
    text = text_of(report_pdf(replace(report_facts, incidents=(incident,))))
    assert "誤送付" in text
    assert "ありませんでした" not in text


def test_a_long_table_goes_on_with_its_heading(report_facts: ReportFacts) -> None:
    many = replace(report_facts, prizes=report_facts.prizes * 80)
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(report_pdf(many))).pages]
    assert sum("必要ポイント" in page for page in pages) >= 2


def test_the_list_of_returns_names_class_medium_and_receipt() -> None:
    facts = ReturnFacts(
        number="30-HP-0001 目録 第1号",
        issued=date(2019, 3, 25),
        created=MOMENT,
        parties=PARTIES,
        contract="30-HP-0001",
        programme="健康ポイント事業",
        fiscal_year="平成30年度",
        items=(
            ReturnItem(
                Origin.PROVIDED,
                Medium.PAPER,
                "申込書",
                1250,
                "枚",
                Disposition.RETURNED,
                "",
                "新健収 第88号",
                MOMENT.date(),
            ),
            ReturnItem(Origin.COLLECTED, Medium.ELECTRONIC, "歩数", 9, "件", Disposition.DESTROYED, "区3"),
            ReturnItem(Origin.PRODUCED, Medium.PAPER, "", 0, "", Disposition.NONE),
        ),
        checkpoint=CHECKPOINT,
    )
    pdf = returns_pdf(facts)
    text = text_of(pdf)
    for words in (
        "提供",
        "申込書",
        "1,250\u00a0枚",
        "返還",
        "新健収 第88号",
        "消去・廃棄のみ",
        "該当なし",
        "受け取った者（区）",
    ):
        assert words in text
    assert codes_of(pdf) == [CHECKPOINT.qr_text]
    assert returns_pdf(facts) == pdf


def test_the_start_sheet_names_people_and_the_key() -> None:
    facts = StartSheetFacts(
        number="30-HP-0001 指定 第1号",
        issued=date(2018, 6, 14),
        created=MOMENT,
        parties=PARTIES,
        contract="30-HP-0001",
        programme="健康ポイント事業",
        fiscal_year="平成30年度",
        certification="プライバシーマーク 第00000000号",
        place="執務室",
        law="個人情報の保護に関する法律",
        staff=(
            StaffRow("取扱責任者", "業務部長", "田中 康夫", date(2018, 6, 1), date(2018, 6, 11), True),
            StaffRow("取扱者", "担当", "𠮷野 健", date(2018, 6, 1), None),
        ),
        keys=(SigningKey("証跡台帳の署名", "Ed25519", "7K2FQ-X310A-BCDEF-GHJKM-NPQRST", "walkdesk:key:7K2FQ"),),
    )
    pdf = start_sheet_pdf(facts)
    text = text_of(pdf)
    for words in ("𠮷野 健", "平成30年6月11日", "7K2FQ-X310A-BCDEF-GHJKM-NPQRST", "個人情報の保護に関する法律"):
        assert words in text
    assert codes_of(pdf) == ["walkdesk:key:7K2FQ"]
