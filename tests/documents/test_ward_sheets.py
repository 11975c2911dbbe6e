"""教育実施記録 and 立入り調査票: who was taught and who was not; the checklist, blank and filled."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from pypdf import PdfReader

from tests.documents.facts import CHECKPOINT
from tests.documents.ward_facts import inspection_facts, training_facts
from walkdesk.documents.inspection_sheet import inspection_sheet_pdf
from walkdesk.documents.training_record import training_record_pdf


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text().replace("\n", "") for page in PdfReader(BytesIO(pdf)).pages]


def test_the_record_names_who_was_there_and_who_is_missing() -> None:
    text = "".join(pages(training_record_pdf(training_facts())))
    assert text.count("𠮷野 健") == 2 and text.count("田中 康夫") == 2  # once as signer
    assert text.index("まだ受けていない者") < text.index("髙橋 直子")
    assert "3人（従事者 4人のうち）" in text and "7月31日 退職等" in text


def test_a_record_without_anybody_missing_says_so() -> None:
    text = "".join(pages(training_record_pdf(training_facts(missing=()))))
    assert "従事者の全員が、この年度の教育を受けています" in text


def test_a_year_without_trainings_says_so() -> None:
    text = "".join(pages(training_record_pdf(replace(training_facts(), trainings=()))))
    assert "この年度に、教育の記録はありません" in text


def test_a_blank_sheet_has_empty_boxes_and_a_filled_one_its_finding() -> None:
    blank = "".join(pages(inspection_sheet_pdf(inspection_facts(False))))
    filled = "".join(pages(inspection_sheet_pdf(inspection_facts(True))))
    assert "■" not in blank and blank.count("□ 要改善") == 16
    assert filled.count("■") == 1 and "■ 要改善" in filled and "鍵の管理簿に記入がない" in filled
    assert "平成30年8月8日　" not in blank.split("事務所の記録による数")[0]


def test_checkpoint_and_signatures_close_the_sheet_together() -> None:
    last = pages(inspection_sheet_pdf(inspection_facts(False)))[-1]
    assert "立ち会った受託者" in last and "証跡台帳の照合値" in last
    assert all(CHECKPOINT.grouped in page for page in pages(inspection_sheet_pdf(inspection_facts(True))))


def test_the_same_facts_give_the_same_bytes() -> None:
    assert training_record_pdf(training_facts()) == training_record_pdf(training_facts())
    assert inspection_sheet_pdf(inspection_facts(True)) == inspection_sheet_pdf(inspection_facts(True))
