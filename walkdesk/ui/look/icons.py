"""Our own stroke icons.

Paths on a grid of 24, from ``resources/icons/icons.toml``, in the colour of a token.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from walkdesk.resources import FOLDER
from walkdesk.ui.look import paint
from walkdesk.ui.look.tokens import Tone


@cache
def paths() -> Mapping[str, str]:
    """Every icon's path by its name."""
    with (FOLDER / "icons" / "icons.toml").open("rb") as stream:
        return dict(tomllib.load(stream))


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str, stroke: float) -> QSvgRenderer:
    source = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" '
        f'stroke="{colour}" stroke-width="{stroke}" stroke-linecap="round" stroke-linejoin="round">'
        f'<path d="{paths()[name]}"/></svg>'
    )
    return QSvgRenderer(QByteArray(source.encode()))


def draw(painter: QPainter, rect: QRectF, name: str, tone: Tone) -> None:
    """Draws an icon into a square; small ones get a slightly stronger stroke. Sharp at every scale."""
    stroke = 1.75 if rect.width() >= 18 else 2.1
    _renderer(name, paint.color(tone).name(), stroke).render(painter, rect)


def square(x: float, centre: float, side: float) -> QRectF:
    """The square of an icon from its left edge and its middle."""
    return QRectF(x, centre - side / 2, side, side)


def icon(name: str, tone: Tone = "ink2", side: int = 20, scale: float = 2.0) -> QIcon:
    """An icon for Qt's own widgets; it keeps the colour of the moment, so prefer ``IconView`` or ``draw``."""
    pixmap = QPixmap(QSize(side, side) * scale)
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    draw(painter, QRectF(0, 0, side, side), name, tone)
    painter.end()
    return QIcon(pixmap)


class IconView(QWidget):
    """One icon as a widget. It means nothing alone: a word stands beside it, so it has no accessible name."""

    def __init__(self, name: str, tone: Tone = "ink2", side: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._tone = name, tone
        self.setFixedSize(side, side)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, name: str, tone: Tone) -> None:
        """Another icon or colour in the same place."""
        self._name, self._tone = name, tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        draw(painter, QRectF(self.rect()), self._name, self._tone)
        painter.end()
