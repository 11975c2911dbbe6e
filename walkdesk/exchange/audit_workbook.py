"""監査資料 as a workbook: one sheet for each part, with real days and numbers. In memory; no text becomes a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter

Cell = str | int | date | datetime | None

_WIDEST, _NARROWEST = 48, 7
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
_CELL_LIMIT = 32_000
"""Excel keeps 32,767 characters in a cell."""


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet: its name, the line above the list, the headings, the rows."""

    name: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def audit_workbook(title: str, foot: str, at: datetime, parts: Sequence[Part]) -> bytes:
    """The workbook. Every sheet is A4, its headings stay on the screen and come back on every printed page."""
    stream = io.BytesIO()
    # In memory: without this the engine writes its parts into the folder for temporary files.
    book = xlsxwriter.Workbook(
        stream,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False},
    )
    moment = at.replace(tzinfo=None)
    book.set_properties({"title": title, "created": moment})
    formats = _formats(book)
    for part in parts:
        _sheet(book, formats, part, foot)
    book.close()
    return stream.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    plain = {"font_name": "BIZ UDPゴシック", "font_size": 10, "valign": "top"}
    return {
        "title": book.add_format({**plain, "font_size": 13, "bold": True}),
        "head": book.add_format({**plain, "bold": True, "bottom": 1, "bg_color": "#EFECE5", "text_wrap": True}),
        "text": book.add_format({**plain, "text_wrap": True, "num_format": "@"}),
        "number": book.add_format({**plain, "num_format": "#,##0"}),
        "day": book.add_format({**plain, "num_format": "yyyy/mm/dd", "align": "left"}),
        "moment": book.add_format({**plain, "num_format": "yyyy/mm/dd hh:mm", "align": "left"}),
    }


def _sheet(book: Any, formats: dict[str, Any], part: Part, foot: str) -> None:
    sheet = book.add_worksheet(sheet_name(part.name))
    sheet.write_string(0, 0, part.title, formats["title"])
    for column, words in enumerate(part.heads):
        sheet.write_string(1, column, words, formats["head"])
    for line, row in enumerate(part.rows, 2):
        for column, cell in enumerate(row):
            _write(sheet, line, column, cell, formats)
    for column, words in enumerate(part.heads):
        cells = [words, *(_shown(row[column]) for row in part.rows)]
        sheet.set_column(column, column, min(max(max(map(_breadth, cells)) + 2, _NARROWEST), _WIDEST))
    sheet.freeze_panes(2, 0)
    sheet.repeat_rows(0, 1)
    if part.rows:
        sheet.autofilter(1, 0, len(part.rows) + 1, len(part.heads) - 1)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.set_footer(f"&L{_footer(foot)}&C&A&R&P / &N")


def _write(sheet: Any, line: int, column: int, cell: Cell, formats: dict[str, Any]) -> None:
    if cell is None or cell == "":
        sheet.write_blank(line, column, None, formats["text"])
    elif isinstance(cell, datetime):
        sheet.write_datetime(line, column, cell.replace(tzinfo=None), formats["moment"])
    elif isinstance(cell, date):
        sheet.write_datetime(line, column, cell, formats["day"])
    elif isinstance(cell, int):
        sheet.write_number(line, column, cell, formats["number"])
    else:
        # Never ``write``: what begins with = + - @ stays the text that it is.
        text = cell if len(cell) <= _CELL_LIMIT else f"{cell[:_CELL_LIMIT]}…"
        sheet.write_string(line, column, text, formats["text"])


def sheet_name(name: str) -> str:
    """A name as Excel takes it: without ``[]:*?/\\``, at most 31 characters."""
    return _FORBIDDEN.sub("・", name)[:_LONGEST_NAME]


def _shown(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return "2018/05/14 10:00"
    if isinstance(cell, date):
        return "2018/05/14"
    return "" if cell is None else f"{cell:,}" if isinstance(cell, int) else cell


def _breadth(text: str) -> int:
    """How many narrow characters the longest line is broad: kanji and kana count twice."""
    return max((sum(2 if ord(sign) > 0xFF else 1 for sign in line) for line in text.split("\n")), default=0)


def _footer(text: str) -> str:
    """A foot of a page as Excel reads it: an ampersand begins a code, and 255 characters are the most."""
    return text.replace("&", "&&")[:160]
