"""Pages drawn onto a printer one after the other, with the window alive between them (the way of Windows)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMarginsF, QObject, QRectF, QSizeF, QTimer
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter

from walkdesk.domain.problem import Problem
from walkdesk.ui.look.parts.openpaper import OpenPaper

DOTS = 300
"""Dots an inch of a page that is drawn as a picture."""
_POINTS = 72


class Drawing(QObject):
    """Draws volumes of PDF onto a device, a page in each turn of the event loop.

    ``then`` or ``otherwise`` is called once, unless it is stopped; ``step`` is told after each page.
    """

    def __init__(
        self,
        device: QPagedPaintDevice,
        volumes: Sequence[bytes],
        then: Callable[[], None],
        otherwise: Callable[[Problem], None],
        step: Callable[[int, int], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._device = device
        self._then, self._otherwise, self._step = then, otherwise, step
        self._papers = [OpenPaper(volume) for volume in volumes]
        self._pages = [(paper, page) for paper in self._papers for page in range(paper.pages)]
        self._done = 0
        self._painter = QPainter()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._draw)
        self._timer.start()

    def stop(self) -> None:
        """Draws no further page. What the printer has is not called back."""
        self._timer.stop()
        if self._painter.isActive():
            self._painter.end()
        for paper in self._papers:
            paper.close()

    def _draw(self) -> None:
        paper, page = self._pages[self._done]
        wide, tall = paper.size(page)
        self._device.setPageLayout(page_layout(wide, tall))
        if not (self._device.newPage() if self._done else self._painter.begin(self._device)):
            self.stop()
            self._otherwise(Problem("releases.print_failed"))
            return
        # In points from the sheet's own corner, so that nothing is fitted into the printer's margins.
        scale = self._device.logicalDpiX() / _POINTS
        self._painter.drawImage(
            QRectF(0, 0, wide * scale, tall * scale), paper.image(page, round(wide / _POINTS * DOTS))
        )
        self._done += 1
        self._step(self._done, len(self._pages))
        if self._timer.isActive() and self._done == len(self._pages):
            self.stop()
            self._then()


def is_a4(wide: float, tall: float) -> bool:
    """Whether a sheet of so many points is A4, standing or lying."""
    short, long = sorted((wide, tall))
    return abs(short - 595.28) < 3 and abs(long - 841.89) < 3


def page_layout(wide: float, tall: float) -> QPageLayout:
    """The sheet of a page of so many points, to its edges."""
    short, long = sorted((wide, tall))
    if is_a4(wide, tall):
        size = QPageSize(QPageSize.PageSizeId.A4)
    else:
        size = QPageSize(QSizeF(short, long), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    lying = QPageLayout.Orientation.Landscape if wide > tall else QPageLayout.Orientation.Portrait
    return QPageLayout(size, lying, QMarginsF(0, 0, 0, 0))
