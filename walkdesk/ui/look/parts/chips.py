"""Chips: icon, word and colour, all three, for the state of something."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from walkdesk.ui.look import icons, paint
from walkdesk.ui.look.tokens import DETAIL_BOLD, RADIUS_CHIP, Tone

ChipKind = Literal["ok", "warn", "danger", "neutral", "accent"]

TONES: dict[ChipKind, tuple[Tone, Tone]] = {
    "ok": ("ok", "oksoft"),
    "warn": ("warn", "warnsoft"),
    "danger": ("danger", "dangersoft"),
    "neutral": ("ink2", "disabled"),
    "accent": ("accent", "soft"),
}
"""Letters and ground of each kind."""

CHIP_HEIGHT = 26
_SIDE = 16


def chip_width(word: str) -> float:
    """The width of a chip with this word."""
    return 39 + paint.width(word, DETAIL_BOLD)


def draw_chip(painter: QPainter, rect: QRectF, icon: str, word: str, kind: ChipKind) -> None:
    """Paints a chip; tables use this too."""
    tone, ground = TONES[kind]
    plain = paint.color(ground) == paint.color("surface")
    paint.box(painter, rect, RADIUS_CHIP, paint.color(ground), paint.color(tone) if plain else None)
    icons.draw(painter, icons.square(rect.left() + 8, rect.center().y(), _SIDE), icon, tone)
    paint.write(painter, rect.adjusted(29, 0, -4, 0), word, DETAIL_BOLD, tone)


class Chip(QWidget):
    """A state as icon, word and colour."""

    def __init__(
        self, icon: str, word: str, kind: ChipKind = "neutral", name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(icon, word, kind)

    def show_state(self, icon: str, word: str, kind: ChipKind) -> None:
        """Another state on the same chip."""
        self._icon, self._word, self._kind = icon, word, kind
        self.setAccessibleName(word)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The word."""
        return self._word

    def sizeHint(self) -> QSize:
        return QSize(round(chip_width(self._word)), CHIP_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        draw_chip(painter, QRectF(self.rect()), self._icon, self._word, self._kind)
        painter.end()
