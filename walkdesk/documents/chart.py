"""A bar chart of two series by month, drawn with the sheet's own lines and boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import Color

from walkdesk.documents.flow import Cell, Flow
from walkdesk.documents.sheet import ACCENT, BAR, HAIR, INK2, Sheet

_HEIGHT = 46.0
_AXIS = 14.0
_LABELS = 7.0
_LEGEND = 8.0
_FILLS: tuple[Color | None, ...] = (ACCENT, BAR)


@dataclass(frozen=True, slots=True)
class Bars:
    """One month's values: ``None`` means not keyed, a text means suppressed; both are drawn as a dashed stub."""

    label: str
    values: tuple[Cell | None, ...]


def bar_chart(flow: Flow, months: Sequence[Bars], series: Sequence[str], title: str) -> None:
    """Draws the chart across the flow's width and moves below it. Series differ by fill, all bars have an outline."""
    flow.need(_LEGEND + _HEIGHT + _LABELS)
    sheet = flow.sheet
    _legend(flow, series, title)
    left, right = flow.left + _AXIS, flow.right
    top, base = flow.y + _LEGEND, flow.y + _LEGEND + _HEIGHT
    highest = _round_up(max([value for bars in months for value in bars.values if isinstance(value, int)], default=0))
    for line in range(5):
        y = base - (_HEIGHT - 2) * line / 4
        sheet.rule(left, y, right, y, HAIR, 0.6 if line == 0 else 0.2)
        sheet.text(left - 1.5, y + 1.1, f"{highest * line // 4:,}", 8, align="right", colour=INK2)
    if months:
        pitch = (right - left) / len(months)
        bar = min(pitch * 0.34, 7.0)
        for place, bars in enumerate(months):
            start = left + pitch * place + (pitch - bar * len(bars.values)) / 2
            for number, value in enumerate(bars.values):
                _bar(sheet, start + bar * number, base, bar, value, highest, _FILLS[number % len(_FILLS)])
            sheet.fit(left + pitch * place, base + 0.8, pitch, bars.label, 8, smallest=5.5, field="月", align="centre")
    flow.y = top + _HEIGHT + _LABELS


def _bar(
    sheet: Sheet, x: float, base: float, width: float, value: Cell | None, highest: int, fill: Color | None
) -> None:
    if isinstance(value, int):
        height = (_HEIGHT - 2) * value / highest
        sheet.box(x, base - height, width, height, fill=fill, stroke=ACCENT, weight=0.5)
    else:
        sheet.box(x, base - 3, width, 3, stroke=HAIR, weight=0.4, dash=(1.5, 1.5))


def _legend(flow: Flow, series: Sequence[str], title: str) -> None:
    sheet = flow.sheet
    sheet.text(flow.left, flow.y + 3.2, title, 9, colour=INK2)
    x = flow.right
    for number, name in reversed(list(enumerate(series))):
        x -= sheet.text(x, flow.y + 3.2, name, 9, align="right") + 5
        sheet.box(x + 0.3, flow.y + 0.6, 3.2, 3.2, fill=_FILLS[number % len(_FILLS)], stroke=ACCENT, weight=0.5)
        x -= 5


def _round_up(value: int) -> int:
    """The top of the axis: 4, 8, 20, 40, 80, 200 … so that its four lines carry round numbers."""
    power = 1
    while True:
        for step in (4, 8, 12, 20):
            if step * power >= value:
                return step * power
        power *= 10
