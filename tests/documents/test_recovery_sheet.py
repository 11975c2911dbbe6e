"""復旧用紙: one page whose code an independent reader gives back."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime

import pypdf
import pypdfium2
import zxingcpp

from walkdesk.documents.recovery_sheet import RecoverySheetFacts, recovery_sheet_pdf
from walkdesk.domain.dates import JST
from walkdesk.domain.recovery import code_groups, parse_code, qr_text

SECRET = bytes(range(40, 60))
FACTS = RecoverySheetFacts(
    number="R-30-HP-0001-2",
    opens="契約 30-HP-0001（健康ポイント事業）の保管庫",
    for_office=False,
    generation=2,
    issued=date(2018, 8, 9),
    created=datetime(2018, 8, 9, 10, 0, tzinfo=JST),
    office="株式会社 歩楽事務センター",
    made_by="取扱責任者　田中 康夫",
    kept_at="本社2階 耐火金庫 上段",
    groups=code_groups(SECRET),
    qr_text=qr_text(SECRET, 2),
    replaces=1,
)


def test_the_sheet_is_one_page_with_its_code_in_words_and_as_qr() -> None:
    for facts in (FACTS, replace(FACTS, for_office=True, opens="事務所台帳", replaces=0)):
        pdf = recovery_sheet_pdf(facts)
        (page,) = pypdf.PdfReader(io.BytesIO(pdf)).pages
        text = page.extract_text()
        assert all(group in text for group in FACTS.groups)
        assert "本社2階 耐火金庫 上段" in text and "第2世代" in text
        document = pypdfium2.PdfDocument(pdf)
        grey = document[0].render(scale=3, grayscale=True).to_pil()
        document.close()
        (code,) = (one for one in zxingcpp.read_barcodes(grey) if one.text.startswith("WALKDESK/RECOVERY/"))
        assert parse_code(code.text) == SECRET


def test_the_same_sheet_has_the_same_bytes() -> None:
    assert recovery_sheet_pdf(FACTS) == recovery_sheet_pdf(FACTS)
    assert recovery_sheet_pdf(FACTS) != recovery_sheet_pdf(replace(FACTS, generation=3))


def test_a_long_name_and_a_long_place_still_fit_on_one_page() -> None:
    facts = replace(FACTS, office="株式会社 " + "歩楽" * 20, kept_at="本社" * 50)
    assert len(pypdf.PdfReader(io.BytesIO(recovery_sheet_pdf(facts))).pages) == 1
