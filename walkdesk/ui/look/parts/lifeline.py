"""The life of something as a line: check = passed, ring = now, hollow = ahead, and a dot on today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from walkdesk.ui.look import icons, paint
from walkdesk.ui.look.tokens import BODY, BODY_BOLD, DETAIL, DETAIL_BOLD, Tone

_CENTRE = Qt.AlignmentFlag.AlignHCenter
_Y = 40.0
_R = 11.0


@dataclass(frozen=True, slots=True)
class Station:
    """One state on the line, with what stands below it (a date, or what it waits for)."""

    label: str
    below: str = ""
    state: Literal["passed", "now", "ahead"] = "ahead"


class LifeLine(QWidget):
    """The line.

    ``show_life`` fills it; ``between`` says how far today is from the station now to the next, 0 to 1.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._stations: tuple[Station, ...] = ()
        self._today, self._between = "", 0.0
        self.setFixedHeight(100)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_life(self, stations: Iterable[Station], today: str = "", between: float = 0.0) -> None:
        """Replaces the stations and today's dot; ``today`` is its label (今日 8月9日), empty for no dot."""
        self._stations = tuple(stations)
        self._today, self._between = today, min(max(between, 0.0), 1.0)
        self.setAccessibleName("、".join(f"{s.label} {s.below}".strip() for s in self._stations))
        self.setAccessibleDescription(today)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(800, 100)

    def _x(self, index: float) -> float:
        edge = 62.0
        step = (self.width() - 2 * edge) / max(len(self._stations) - 1, 1)
        return edge + index * step

    def _reached(self) -> float:
        """How far along the line today is, in stations."""
        now = [i for i, station in enumerate(self._stations) if station.state == "now"]
        passed = [i for i, station in enumerate(self._stations) if station.state == "passed"]
        last = now[-1] if now else (passed[-1] if passed else 0)
        return min(last + self._between, len(self._stations) - 1.0) if self._today else float(last)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._stations:
            return
        painter = QPainter(self)
        paint.crisp(painter)
        reached = self._x(self._reached())
        painter.setPen(QPen(paint.color("accent"), 4, c=Qt.PenCapStyle.FlatCap))
        painter.drawLine(QPointF(self._x(0), _Y), QPointF(reached, _Y))
        ahead = QPen(paint.color("line2"), 1.5)
        ahead.setDashPattern([2.2, 2.2])
        painter.setPen(ahead)
        painter.drawLine(QPointF(reached, _Y), QPointF(self._x(len(self._stations) - 1), _Y))
        for index, station in enumerate(self._stations):
            self._paint_station(painter, self._x(index), station)
        if self._today:
            self._paint_today(painter, reached)
        painter.end()

    def _paint_station(self, painter: QPainter, x: float, station: Station) -> None:
        circle = QRectF(x - _R, _Y - _R, 2 * _R, 2 * _R)
        if station.state == "passed":
            paint.box(painter, circle, _R, paint.color("accent"))
            icons.draw(painter, circle.adjusted(4, 4, -4, -4), "check", "onaccent")
        elif station.state == "now":
            ring = circle.adjusted(-2, -2, 2, 2)
            paint.box(painter, ring, _R + 2, paint.color("surface"), paint.color("accent"), 3)
            paint.box(painter, circle.adjusted(5, 5, -5, -5), _R - 5, paint.color("accent"))
        else:
            paint.box(painter, circle, _R, paint.color("surface"), paint.color("line2"), 1.75)
        tones: dict[str, Tone] = {"passed": "ink", "now": "accent", "ahead": "ink2"}
        kind = BODY_BOLD if station.state == "now" else BODY
        wide = (self.width() - 124) / max(len(self._stations) - 1, 1)
        label = QRectF(x - wide / 2, _Y + 18, wide, 24)
        paint.write(painter, label, station.label, kind, tones[station.state], _CENTRE)
        below = QRectF(x - wide / 2, _Y + 40, wide, 22)
        paint.write(painter, below, station.below, DETAIL, "ink2", _CENTRE)

    def _paint_today(self, painter: QPainter, x: float) -> None:
        paint.box(painter, QRectF(x - 9, _Y - 9, 18, 18), 9, paint.color("surface"))
        paint.box(painter, QRectF(x - 6, _Y - 6, 12, 12), 6, paint.color("accent"))
        wide = paint.width(self._today, DETAIL_BOLD) + 18
        left = min(max(x - wide / 2, 0.0), self.width() - wide)
        flag = QRectF(left, 0, wide, 22)
        paint.box(painter, flag, 4, paint.color("accent"))
        paint.write(painter, flag, self._today, DETAIL_BOLD, "onaccent", _CENTRE)
