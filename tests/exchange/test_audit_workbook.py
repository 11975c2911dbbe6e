"""The workbook of the audit pack: days are days, numbers are numbers, and no text is a formula."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from walkdesk.domain.dates import JST
from walkdesk.exchange.audit_workbook import Part, audit_workbook, sheet_name

AT = datetime(2018, 8, 9, 17, 5, tzinfo=JST)


def opened(*parts: Part) -> Any:
    return openpyxl.load_workbook(BytesIO(audit_workbook("監査資料", "30-HP-0001 & 照合値", AT, parts)))


def test_cells_keep_their_kind() -> None:
    sheet = opened(Part("証跡", "題", ("日", "時", "数", "文", "無"), ((date(2018, 5, 14), AT, 1234, "二", None),)))[
        "証跡"
    ]
    day, moment, number, text, nothing = sheet[3]
    assert (day.value, moment.value) == (datetime(2018, 5, 14), datetime(2018, 8, 9, 17, 5))  # noqa: DTZ001
    assert day.is_date and moment.is_date
    assert (number.value, number.data_type, text.value, nothing.value) == (1234, "n", "二", None)


@pytest.mark.parametrize("text", ["=1+1", "+81", "-1", "@SUM(A1)", '=HYPERLINK("http://x","y")', "\t=1", "007", "{=1}"])
def test_what_begins_like_a_formula_stays_a_text(text: str) -> None:
    data = audit_workbook("題", "", AT, [Part("一", text, (text,), ((text,),))])
    sheet = openpyxl.load_workbook(BytesIO(data))["一"]
    for cell in (sheet["A1"], sheet["A2"], sheet["A3"]):
        assert (cell.value, cell.data_type) == (text, "s")
    with zipfile.ZipFile(BytesIO(data)) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_every_text_comes_back(text: str) -> None:
    assert opened(Part("一", "題", ("文",), ((text,),)))["一"]["A3"].value == text


def test_headings_stay_and_come_back_on_every_printed_page() -> None:
    rows = tuple((number, "行" * (number % 90)) for number in range(1, 80))
    sheet = opened(Part("台帳 紙媒体", "紙媒体台帳", ("番号", "内容"), rows))["台帳 紙媒体"]
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.auto_filter.ref) == ("A3", "$1:$2", "A2:B81")
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize), sheet.page_setup.fitToHeight) == (
        "landscape", "9", 0,
    )  # fmt: skip
    assert 7 <= sheet.column_dimensions["A"].width < 20 < sheet.column_dimensions["B"].width <= 50
    assert "&&" in sheet.oddFooter.left.text or "& " in sheet.oddFooter.left.text


def test_an_empty_part_has_its_headings() -> None:
    sheet = opened(Part("教育", "教育", ("実施日", "氏名"), ()))["教育"]
    assert [cell.value for cell in sheet[2]] == ["実施日", "氏名"] and sheet.max_row == 2


def test_sheets_have_names_that_excel_takes() -> None:
    assert sheet_name("提供/持出し[1]:*?") == "提供・持出し・1・・・・"
    assert len(sheet_name("長" * 40)) == 31
