"""Tables that come from outside: CSV, TSV and Excel bytes become rows of text, or one clear problem.

Nothing is guessed silently: a file that is cut off, mixed or of another kind is refused as a whole with the
line where it breaks, and bytes are never replaced. Nothing is written to disk.
"""

from __future__ import annotations

import csv
import hashlib
import io
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from walkdesk.domain.problem import Problem
from walkdesk.exchange.encodings import decode
from walkdesk.exchange.workbooks import is_workbook, read_workbook

MOST_BYTES = 50_000_000
MOST_COLUMNS = 200

_MAGIC = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"{\\rtf": "RTF",
    b"\x1f\x8b": "gzip",
    b"7z\xbc\xaf": "7z",
    b"SQLite format 3": "SQLite",
    b"<!DOCTYPE": "HTML",
    b"<html": "HTML",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line of the file on which it begins (1 is the first), and its cells without outer
    blanks.
    """

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A header and its rows. ``encoding`` is ``utf-8``, ``utf-8-sig``, ``utf-16``, ``cp932`` or ``xlsx``."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str
    sha256: str
    last_line_open: bool = False
    """The last line has no line break although all others have one: the file may have been cut off there."""

    def columns(self, needed: Iterable[str]) -> Mapping[str, int]:
        """Where each needed column stands. ``Problem("exchange.columns_missing", missing)`` names those not
        there.
        """
        places = {heading(name): place for place, name in enumerate(self.header)}
        wanted = list(needed)
        missing = [name for name in wanted if heading(name) not in places]
        if missing:
            raise Problem("exchange.columns_missing", missing="、".join(missing))
        return {name: places[heading(name)] for name in wanted}

    def present(self, optional: Iterable[str]) -> Mapping[str, int]:
        """Where those of the optional columns stand that the file has."""
        places = {heading(name): place for place, name in enumerate(self.header)}
        return {name: places[heading(name)] for name in optional if heading(name) in places}

    def unknown_columns(self, known: Iterable[str]) -> tuple[str, ...]:
        """The columns that no one reads, because the council paper does not permit them."""
        names = {heading(name) for name in known}
        return tuple(name for name in self.header if name and heading(name) not in names)


def read_table(data: bytes) -> Table:
    """The table in the bytes of a file. Raises only ``Problem`` (``exchange.…``)."""
    if not data:
        raise Problem("exchange.empty")
    if len(data) > MOST_BYTES:
        raise Problem("exchange.too_large", megabytes=-(-len(data) // 1_000_000), limit=MOST_BYTES // 1_000_000)
    digest = hashlib.sha256(data).hexdigest()
    for magic, kind in _MAGIC.items():
        if data.lstrip()[: len(magic)].lower() == magic.lower():
            raise Problem("exchange.wrong_kind", kind=kind)
    if is_workbook(data):
        return _table(read_workbook(data), "xlsx", digest, last_line_open=False)
    text, encoding = decode(data)
    last_open = "\n" in text.rstrip("\r\n") and not text.endswith(("\n", "\r"))
    return _table(_parse(text), encoding, digest, last_open)


def heading(name: str) -> str:
    """A column's name as it is compared: without width, blanks and case."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def _parse(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            raise Problem("exchange.truncated", line=line) from None
        raise Problem("exchange.quotes", line=line) from None


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return "\t" if first.count("\t") > first.count(",") else ","


def _table(lines: Iterable[tuple[int, list[str]]], encoding: str, digest: str, last_line_open: bool) -> Table:
    rows = [Row(line, tuple(cell.strip() for cell in cells)) for line, cells in lines]
    rows = [row for row in rows if any(row.cells)]
    if not rows:
        raise Problem("exchange.empty")
    header = _header(rows[0])
    body = rows[1:]
    if last_line_open and body and len(body[-1].cells) < len(header):
        raise Problem("exchange.truncated", line=body[-1].line)
    # A workbook's rows end with their last filled cell; a text file's must have every separator.
    filled = len(header) if encoding == "xlsx" else 0
    widest = len(rows[0].cells)
    fitted = tuple(_fitted(row, len(header), widest, filled) for row in body)
    return Table(header, fitted, encoding, digest, last_line_open)


def _header(row: Row) -> tuple[str, ...]:
    names = list(row.cells)
    while names and not names[-1]:
        names.pop()
    if len(names) > MOST_COLUMNS:
        raise Problem("exchange.too_many_columns", columns=len(names), limit=MOST_COLUMNS)
    seen: set[str] = set()
    for name in names:
        if name and heading(name) in seen:
            raise Problem("exchange.column_twice", column=name)
        seen.add(heading(name))
    return tuple(names)


def _fitted(row: Row, width: int, widest: int, filled: int) -> Row:
    """A row without the empty cells below empty headings that a spreadsheet leaves, and ``filled`` cells long.

    A row with even more cells stays as it is: a comma too many in an address would move every cell after it.
    """
    cells = row.cells + ("",) * (filled - len(row.cells))
    while width < len(cells) <= widest and not cells[-1]:
        cells = cells[:-1]
    return Row(row.line, cells)
