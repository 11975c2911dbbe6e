from __future__ import annotations

import codecs
import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from walkdesk.domain.problem import Problem
from walkdesk.exchange import tables
from walkdesk.exchange.tables import Table, read_table

TEXT = "受付番号,氏名\r\nD0001,髙橋 ①\r\nD0002,山田\r\n"


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def refused(data: bytes) -> Problem:
    with pytest.raises(Problem) as caught:
        read_table(data)
    return caught.value


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("cp932"), "cp932"),
        (TEXT.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16"),
        (TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.replace(",", "\t").encode("utf-16"), "utf-16"),
        (TEXT.replace("\r\n", "\n").encode("cp932"), "cp932"),
        (TEXT.replace("\r\n", "\r").encode(), "utf-8"),
    ],
)
def test_every_encoding_gives_the_same_rows(data: bytes, encoding: str) -> None:
    table = read_table(data)
    assert table.encoding == encoding
    assert table.header == ("受付番号", "氏名")
    assert [(row.line, row.cells) for row in table.rows] == [(2, ("D0001", "髙橋 ①")), (3, ("D0002", "山田"))]
    assert len(table.sha256) == 64
    assert not table.last_line_open


def test_an_excel_sheet_is_read_as_text() -> None:
    when = datetime(2018, 6, 27, 17, 10)  # noqa: DTZ001 (Excel knows no time zone)
    data = workbook(
        ("利用者ID", "日付", "歩数", "率", "申込", None),
        ("A0001", date(2018, 7, 1), 13162, 0.5, when),
        (None, None),
        ("A0002", "2018/7/2", 5.0, True),
    )
    table = read_table(data)
    assert table.encoding == "xlsx"
    assert table.header == ("利用者ID", "日付", "歩数", "率", "申込")
    assert [row.line for row in table.rows] == [2, 4]
    assert table.rows[0].cells == ("A0001", "2018-07-01", "13162", "0.5", "2018-06-27 17:10:00")
    assert table.rows[1].cells == ("A0002", "2018/7/2", "5", "TRUE", "")


def test_a_workbook_that_claims_a_million_rows_is_read_by_what_it_holds() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(("a", "b"), (1, 2)))) as book, zipfile.ZipFile(stream, "w") as claims:
        for name in book.namelist():
            claims.writestr(name, book.read(name).replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"'))
    table = read_table(stream.getvalue())
    assert b"XFD1048576" in stream.getvalue()
    assert table.header == ("a", "b")
    assert [row.cells for row in table.rows] == [("1", "2")]


def test_quoted_cells_may_hold_commas_and_line_breaks() -> None:
    table = read_table(b'a,b\n"1,2","x\ny"\n3,4\n')
    assert [(row.line, row.cells) for row in table.rows] == [(2, ("1,2", "x\ny")), (4, ("3", "4"))]


def test_blank_lines_and_the_empty_columns_of_a_spreadsheet_do_not_matter() -> None:
    table = read_table(b"a,b,,\n\n1,2,,\n,,,\n")
    assert table.header == ("a", "b")
    assert [(row.line, row.cells) for row in table.rows] == [(3, ("1", "2"))]


def zipped(name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "exchange.empty"),
        (b"\r\n , ,\r\n", "exchange.empty"),
        (codecs.BOM_UTF8, "exchange.empty"),
        (b"%PDF-1.7\n", "exchange.wrong_kind"),
        (b"\x89PNG\r\n\x1a\n", "exchange.wrong_kind"),
        (b"<!doctype html>", "exchange.wrong_kind"),
        (zipped("readme.txt"), "exchange.wrong_kind"),
        (zipped("xl/workbook.xml"), "exchange.damaged_workbook"),
        (b"PK\x03\x04 torn", "exchange.damaged_workbook"),
        (workbook(("a", "b"))[:-60], "exchange.damaged_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "exchange.old_excel"),
        (bytes(range(256)), "exchange.binary"),
        (b"a,b\n1,\x07\n", "exchange.binary"),
        (TEXT.encode("euc_jp", "replace"), "exchange.encoding"),
        (TEXT.replace("髙", "高").replace("①", "").encode("iso2022_jp"), "exchange.encoding"),
        ("氏名\nカタカナ\n".encode("euc_jp"), "exchange.encoding"),
        (b'a,b\n1,"x"y\n', "exchange.quotes"),
        (b"a,b,A\n1,2,3\n", "exchange.column_twice"),
        (b",".join(b"c%d" % number for number in range(201)), "exchange.too_many_columns"),
    ],
)
def test_another_kind_of_file_is_refused_with_its_reason(data: bytes, code: str) -> None:
    assert refused(data).code == code


def test_a_file_that_is_too_large_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_BYTES", 10)
    assert refused(TEXT.encode()).code == "exchange.too_large"


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "utf-16"])
def test_two_encodings_in_one_file_are_noticed_with_the_line(encoding: str) -> None:
    if encoding == "utf-16":
        data = TEXT.encode("utf-16") + b"\x00\xd8" + "\n".encode("utf-16-le")
    else:
        other = "cp932" if encoding == "utf-8" else "utf-8"
        data = TEXT.encode(encoding) + "D0003,齋藤\n".encode(other) + TEXT.encode(encoding)
    problem = refused(data)
    assert problem.code == "exchange.mixed_bytes"
    assert problem.values["line"] == 4


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode()[:-3],
        TEXT.encode("cp932")[:-3],
        TEXT.encode("utf-16")[:-7],
        b"a,b,c\n1,2,3\n4,5",
        b'a,b\n1,2\n3,"ab',
    ],
)
def test_a_file_that_was_cut_off_is_noticed(data: bytes) -> None:
    assert refused(data).code == "exchange.truncated"
    assert refused(data).values["line"] == 3


def test_a_last_line_without_its_break_is_remembered() -> None:
    assert read_table(b"a,b\n1,2\n3,4").last_line_open
    assert not read_table(b"a,b").last_line_open


def test_columns_are_found_whatever_their_width_and_order() -> None:
    table = Table(("氏 名", "利用者ＩＤ", "フリガナ"), (), "utf-8", "")
    assert table.columns(("利用者ID", "氏名")) == {"利用者ID": 1, "氏名": 0}
    assert table.unknown_columns(("利用者ID", "氏名")) == ("フリガナ",)
    with pytest.raises(Problem) as caught:
        table.columns(("利用者ID", "住所", "年齢"))
    assert caught.value.values["missing"] == "住所、年齢"


SHEET = workbook(("a", "b"), ("1", "2"))


@given(st.binary(max_size=400))
def test_random_bytes_are_a_table_or_a_problem(data: bytes) -> None:
    try:
        read_table(data)
    except Problem as problem:
        assert problem.code.startswith("exchange.")


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.integers(0, len(SHEET) - 1), st.binary(min_size=1, max_size=4))
def test_a_damaged_workbook_is_a_table_or_a_problem(place: int, bytes_: bytes) -> None:
    try:
        read_table(SHEET[:place] + bytes_ + SHEET[place + len(bytes_) :])
    except Problem as problem:
        assert problem.code.startswith("exchange.")


@given(st.text(st.characters(codec="cp932", min_codepoint=32, exclude_characters="¢£¬‖−〜"), max_size=60))
def test_any_cp932_text_is_a_table_or_a_problem(text: str) -> None:
    try:
        read_table(f"氏名,住所\n{text}\n".encode("cp932"))
    except Problem as problem:
        assert problem.code.startswith("exchange.")
