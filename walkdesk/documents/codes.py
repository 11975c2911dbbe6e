"""The two-dimensional codes of the papers as rectangles; what they say is in ``domain.codes``."""

from __future__ import annotations

from collections.abc import Iterator

import segno

_MASK = 3


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
