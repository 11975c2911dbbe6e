"""Files that others read: CSV as the receiver's program wants it, and Excel workbooks. All in memory."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime

import xlsxwriter

from walkdesk.domain.problem import Problem

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"

Cell = str | int


def beyond_cp932(text: str) -> str:
    """The first character that cp932 cannot carry (𠮷, 辻󠄀 with its selector), or ""."""
    for place, character in enumerate(text):
        try:
            character.encode("cp932")
        except UnicodeEncodeError:
            # A selector is invisible: it is named together with the character whose form it chooses.
            return text[max(place - 1, 0) : place + 1] if unicodedata.category(character) == "Mn" else character
    return ""


def courier_csv(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """cp932 with CRLF, as the programs of couriers read it.

    ``Problem("exchange.not_in_cp932")`` for a character that it does not have: nothing is replaced by a question mark.
    """
    text = _csv(head, rows)
    try:
        return text.encode("cp932")
    except UnicodeEncodeError as error:
        raise Problem("exchange.not_in_cp932", character=text[error.start]) from None


def plain_csv(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with its mark and CRLF: Excel opens it, and no character is lost."""
    return _csv(head, rows).encode("utf-8-sig")


def workbook(
    title: str, head: Sequence[str], rows: Iterable[Sequence[Cell]], stamp: Sequence[tuple[str, str]], at: datetime
) -> bytes:
    """One sheet with the rows, ready to print with its head on every page, and ``stamp`` on a second sheet.

    ``stamp`` says whose it is: serial, recipient, account, time; it also stands at the foot of every printed page.
    Texts stay texts: nothing is taken for a formula or a number.
    """
    stream = io.BytesIO()
    # In memory: without this the engine writes its parts into the folder for temporary files.
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    )
    book.set_properties({"title": title, "created": at.replace(tzinfo=None)})
    bold = book.add_format({"bold": True, "bottom": 1})
    sheet = book.add_worksheet(title[:31])
    widths = [len(words) for words in head]
    for column, words in enumerate(head):
        sheet.write_string(0, column, words, bold)
    for line, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(line, column, cell)
            else:
                sheet.write_string(line, column, cell)
            widths[column] = max(widths[column], len(str(cell)))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(2 * width + 2, 60))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_paper(9)
    sheet.set_footer("&L" + _plain("　".join(value for _, value in stamp)) + "&R&P / &N")
    about = book.add_worksheet("控え")
    for line, (name, value) in enumerate(stamp):
        about.write_string(line, 0, name, bold)
        about.write_string(line, 1, value)
    about.set_column(0, 0, 16)
    about.set_column(1, 1, 60)
    book.close()
    return stream.getvalue()


def _csv(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(rows)
    return stream.getvalue()


def _plain(text: str) -> str:
    """A foot of a page as Excel reads it: an ampersand begins a code, and 255 characters are the most."""
    return text.replace("&", "&&")[:200]
