"""Writes the operators of a page (PDF 32000-1, 8 and 9) straight into reportlab's canvas.

Two thirds of a letter's time were reportlab's own formatting of numbers, its text objects and its escaping, most of it
for lines that stand on every page. Here a line of text is coded once for each file, a colour is set when it changes,
and a number has the hundredth of a point that no printer shows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from reportlab.lib.colors import Color

from walkdesk.documents.typeface import coded, typeface

_KEPT = 2048
"""Lines that are kept coded: a sheet of labels has new ones on each page and must not grow by them."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text in one role: its width in em, how many codes it has, and what shows them in which font."""

    width: float
    codes: int
    shown: tuple[tuple[str, str], ...]


class Pen:
    """Draws on one canvas, all in points from the bottom left corner, and knows the colours that are set."""

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas
        self._lines: dict[tuple[str, str], Line] = {}
        self.forget()

    def forget(self) -> None:
        """Nothing is known of the colours: a new page or a form begins, or something else has drawn."""
        self._fill: Color | None = None
        self._stroke: Color | None = None
        self._weight = -1.0

    def line_of(self, role: str, words: str) -> Line:
        """The words as they are drawn. Raises ``Problem("papers.unprintable")``."""
        line = self._lines.get((role, words))
        if line is None:
            runs = typeface(role).runs(words)
            shown = tuple(part for run in runs for part in coded(run, self._canvas._doc))
            line = Line(sum(run.width for run in runs), sum(len(run.codes) for run in runs), shown)
            if len(self._lines) >= _KEPT:
                self._lines.clear()
            self._lines[role, words] = line
        return line

    def fill(self, colour: Color) -> None:
        """The colour of texts and areas."""
        if colour is not self._fill:
            self._write(f"{_rgb(colour)} rg")
            self._fill = colour

    def stroke(self, colour: Color, weight: float) -> None:
        """The colour and the weight of rules."""
        if colour is not self._stroke:
            self._write(f"{_rgb(colour)} RG")
            self._stroke = colour
        if weight != self._weight:
            self._write(f"{weight:g} w")
            self._weight = weight

    def text(self, x: float, y: float, line: Line, size: float, spacing: float = 0.0) -> None:
        """A line from its left end; ``spacing`` is added after each code."""
        shown = " ".join(f"{font} {size:g} Tf <{codes}> Tj" for font, codes in line.shown)
        if spacing:
            shown = f"{spacing:.4f} Tc {shown} 0 Tc"
        self._write(f"BT {x:.2f} {y:.2f} Td {shown} ET")

    def rule(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """A straight line."""
        self._write(f"{x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S")

    def box(self, x: float, y: float, width: float, height: float, paint: str) -> None:
        """A rectangle; ``paint`` is ``f`` for its area, ``S`` for its edge, ``B`` for both."""
        self._write(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re {paint}")

    def modules(self, x: float, y: float, size: float, rectangles: Iterable[tuple[int, int, int, int]]) -> None:
        """Filled rectangles in whole modules of ``size`` points, counted to the right and down from a corner."""
        areas = " ".join(f"{left} {top} {width} {height} re" for left, top, width, height in rectangles)
        self._write(f"q {size:.6f} 0 0 {-size:.6f} {x:.2f} {y:.2f} cm {areas} f Q")

    def _write(self, operators: str) -> None:
        self._canvas._code.append(operators)


@cache
def _rgb(colour: Color) -> str:
    return f"{colour.red:.4g} {colour.green:.4g} {colour.blue:.4g}"
