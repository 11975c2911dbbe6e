"""What one measures by on a sheet: rulers along its edges, crosshairs, places for a figure that is written in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from walkdesk.documents.sheet import A4, ACCENT, HAIR, INK, INK2, Sheet
from walkdesk.domain.dates import japanese_date
from walkdesk.domain.layouts import Offset

FROM_EDGE = 5.0
"""Where rulers begin, in mm from the edge: nearer to it many printers do not print."""
_FIGURES = 6.0


def ruler_sides(sheet: Sheet, sides: str) -> None:
    """mm rulers along the edges that ``sides`` names, of ``tlbr``; they count from the top left corner of the sheet."""
    for side in sides:
        level = side in "tb"
        for place, tick in _ticks(10 if level else 15, sheet.width if level else sheet.height):
            _tick(sheet, side, place, tick)


def crosshair(sheet: Sheet, x: float, y: float, arm: float = 4.0) -> None:
    """Two thin lines that cross at a point, with a circle's worth of room around it for the eye."""
    sheet.rule(x - arm, y, x + arm, y, ACCENT, 0.3)
    sheet.rule(x, y - arm, x, y + arm, ACCENT, 0.3)
    sheet.box(x - 1, y - 1, 2, 2, stroke=ACCENT, weight=0.3)


def write_in(sheet: Sheet, x: float, y: float, width: float = 18.0) -> float:
    """A line to write a figure on; returns where it ends. ``y`` is the baseline of the words around it."""
    sheet.rule(x, y + 1, x + width, y + 1, INK2, 0.5)
    return x + width


def printer_words(printer: str, offset: Offset) -> str:
    """Which printer printed a sheet with which correction; to the right and down are plus."""
    return f"プリンター {printer}　補正 左右 {signed(offset.x)} mm、上下 {signed(offset.y)} mm（＋は右と下）"


def date_words(printed: date) -> str:
    """When a sheet was printed, and that it tells of nobody."""
    return f"{japanese_date(printed)}　参加者の情報なし"


def foot_lines(sheet: Sheet, *parts: str, above: float = FROM_EDGE) -> None:
    """The foot of a sheet in one line, or a line for each part where it is narrow; ``above`` mm stay free below."""
    lines = parts if sheet.width < A4[0] else ["　".join(parts)]
    y = sheet.height - above - 3.1 * len(lines)
    for words in lines:
        y = sheet.fit(
            12, y, sheet.width - 24, words, 8, smallest=5, most=2, field="プリンター", align="centre", leading=1.1
        )


def signed(millimetres: float) -> str:
    """A correction with its sign and one decimal: ``+1.5``, ``-0.5``, ``0.0``."""
    figure = f"{millimetres:+.1f}"
    return "0.0" if float(figure) == 0 else figure


def _ticks(first: int, length: float) -> Iterator[tuple[int, float]]:
    """The whole millimetres of an edge with the length of their tick; the corners stay free."""
    for place in range(first, int(length) - first + 1):
        yield place, 3.6 if place % 10 == 0 else 2.6 if place % 5 == 0 else 1.6


def _tick(sheet: Sheet, side: str, place: float, tick: float) -> None:
    weight = 0.3 if tick > 2 else 0.2
    colour = INK if tick > 3 else HAIR
    figure = f"{place:.0f}" if tick > 3 else ""
    if side in "tb":
        edge, inward = (FROM_EDGE, 1) if side == "t" else (sheet.height - FROM_EDGE, -1)
        sheet.rule(place, edge, place, edge + inward * tick, colour, weight)
        baseline = edge + (tick + 2.4 if side == "t" else -tick - 0.8)
        sheet.text(place, baseline, figure, _FIGURES, align="centre", colour=INK2)
    else:
        edge, inward = (FROM_EDGE, 1) if side == "l" else (sheet.width - FROM_EDGE, -1)
        sheet.rule(edge, place, edge + inward * tick, place, colour, weight)
        x = edge + inward * (tick + 0.6)
        sheet.text(x, place + 0.75, figure, _FIGURES, align="left" if side == "l" else "right", colour=INK2)
