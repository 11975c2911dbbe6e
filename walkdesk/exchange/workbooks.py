"""The first sheet of an Excel workbook as rows of text, read in memory."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from walkdesk.domain.problem import Problem

MOST_UNPACKED = 400_000_000
"""A workbook may not swell beyond this many bytes: a small zip can hold a very large file."""

_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FAULTS = (
    zipfile.BadZipFile,
    InvalidFileException,
    ParseError,
    zlib.error,
    OSError,
    EOFError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    NotImplementedError,
    RuntimeError,
    AssertionError,
)
"""What openpyxl and zipfile are known to raise on damaged workbooks."""


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are an .xlsx workbook.

    Raises ``Problem``: ``exchange.old_excel`` (.xls, or locked by a password), ``exchange.wrong_kind`` (a
    zip of another kind), ``exchange.damaged_workbook``, ``exchange.too_large``.
    """
    if data.startswith(_OLD_EXCEL):
        raise Problem("exchange.old_excel")
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            size = sum(entry.file_size for entry in archive.infolist())
    except _FAULTS:
        raise Problem("exchange.damaged_workbook") from None
    if "xl/workbook.xml" not in names:
        raise Problem("exchange.wrong_kind", kind="ZIP")
    if size > MOST_UNPACKED:
        raise Problem("exchange.too_large", megabytes=size // 1_000_000, limit=MOST_UNPACKED // 1_000_000)
    return True


def read_workbook(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet with their numbers. ``Problem("exchange.damaged_workbook")``."""
    try:
        with warnings.catch_warnings():
            # Styles and validations that openpyxl leaves aside do not concern the values.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            try:
                sheet = book.worksheets[0]
                # The size that a file claims is often a million formatted rows, and may be a lie.
                sheet.reset_dimensions()
                rows = [
                    (number, [_text(value) for value in values])
                    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1)
                    if any(value is not None for value in values)
                ]
            finally:
                book.close()
    except _FAULTS:
        raise Problem("exchange.damaged_workbook") from None
    return iter(rows)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
