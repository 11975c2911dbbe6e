"""The two-dimensional codes of the papers: what they hold, and their modules as rectangles."""

from __future__ import annotations

from collections.abc import Iterator

import segno

from walkdesk.domain.problem import Problem

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MASK = 3


def check_character(text: str) -> str:
    """The check character of ISO/IEC 7064 MOD 37,36 over the letters and digits of a text; separators do not count.

    It finds every single wrong character and nearly every pair of neighbours that changed places.
    """
    rest = 36
    for character in text.upper():
        if character in _ALPHABET:
            rest = (rest + _ALPHABET.index(character)) % 36 or 36
            rest = rest * 2 % 37
    return _ALPHABET[(37 - rest) % 36]


def participant_code(contract: str, number: str) -> str:
    """What a letter's QR code holds: contract and 受付番号 with a check character, nothing else of the person."""
    body = f"{contract}/{number}".upper()
    return f"{body}/{check_character(body)}"


def read_participant_code(code: str) -> tuple[str, str]:
    """Contract and number of a scanned code. Raises ``Problem("papers.code")`` when the check character is wrong."""
    body, _, check = code.strip().upper().rpartition("/")
    contract, _, number = body.rpartition("/")
    if not contract or not number or check_character(body) != check:
        raise Problem("papers.code", scanned=code)
    return contract, number


def qr_modules(payload: str) -> tuple[int, list[tuple[int, int, int, int]]]:
    """A QR code's width in modules and its dark rectangles (x, y, width, height), rows from the top.

    The mask is fixed: searching the best of eight took half the time of a letter, and every reader takes any of them.
    """
    code = segno.make_qr(payload, error="m", mask=_MASK, boost_error=False)
    rows = [bytes(row) for row in code.matrix]
    return len(rows), list(_rectangles(rows))


def _rectangles(rows: list[bytes]) -> Iterator[tuple[int, int, int, int]]:
    # A run of dark modules grows downwards as long as the next row has the same run.
    open_runs: dict[tuple[int, int], int] = {}
    for y, row in enumerate([*rows, b""]):
        runs = list(_runs(row))
        for run in [run for run in open_runs if run not in runs]:
            top = open_runs.pop(run)
            yield run[0], top, run[1] - run[0], y - top
        for run in runs:
            open_runs.setdefault(run, y)


def _runs(row: bytes) -> Iterator[tuple[int, int]]:
    start = -1
    for x, dark in enumerate([*row, 0]):
        if dark and start < 0:
            start = x
        elif not dark and start >= 0:
            yield start, x
            start = -1
