"""The figures as a table on the console."""

from __future__ import annotations

import textwrap

from tests.benchmarks.entries import Figure

_WIDTHS = (30, 10, 8, 16, 6)
_HOW = 88


def head() -> str:
    """The first line."""
    return _row(("name", "value", "unit", "limit", "holds"), "how")


def line(figure: Figure) -> str:
    """One figure; how it was taken goes on in the lines below."""
    value = "-" if figure.value is None else f"{figure.value:g}"
    cells = (figure.name, value, figure.unit, figure.limit, "yes" if figure.holds else "NO")
    first, *rest = textwrap.wrap(figure.how, _HOW) or [""]
    indent = " " * (sum(_WIDTHS) + len(_WIDTHS))
    return "\n".join([_row(cells, first), *(indent + more for more in rest)])


def _row(cells: tuple[str, ...], how: str) -> str:
    return " ".join(cell.ljust(width) for cell, width in zip(cells, _WIDTHS, strict=True)) + " " + how
