"""The colours in force, the letters, and the few strokes that every part paints with.

Parts never keep a colour: they ask ``color("accent")`` while they paint, so a change of scheme reaches all
of them with the repaint that Qt does anyway after a new style sheet.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QTextLayout, QTextOption

from walkdesk.ui.look.tokens import LIGHT, RADIUS_CHIP, Tokens, Tone, Type

FAMILY = "BIZ UDPGothic"
FALLBACK = "IPAmjMincho"
"""Draws the rarer forms of names that the first font does not have (𠮷)."""


class _InForce:
    """The scheme in force; there is one window program and one scheme."""

    tokens: Tokens = LIGHT


def tokens() -> Tokens:
    """The colours in force."""
    return _InForce.tokens


def put_in_force(new: Tokens) -> None:
    """Changes the colours; ``theme.apply`` does this together with everything else that must follow."""
    _InForce.tokens = new


def color(tone: Tone, alpha: float = 1.0) -> QColor:
    """The colour of a token in the scheme in force; ``alpha`` from 0 to 1."""
    value = QColor(_InForce.tokens.of(tone))
    if alpha < 1.0:
        value.setAlphaF(alpha)
    return value


@lru_cache(maxsize=64)
def font(kind: Type) -> QFont:
    """The letters of a size. Do not change the returned font; copy it."""
    made = QFont([FAMILY, FALLBACK])
    made.setPixelSize(kind.px)
    made.setBold(kind.bold)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if kind.spacing:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, kind.spacing)
    return made


@lru_cache(maxsize=64)
def metrics(kind: Type) -> QFontMetricsF:
    """The measures of a size."""
    return QFontMetricsF(font(kind))


def width(text: str, kind: Type) -> float:
    """How wide a text is in a size, in pixels."""
    return metrics(kind).horizontalAdvance(text)


def line_height(kind: Type) -> int:
    """The height of one line: the font has no leading of its own, so labels get 140 %."""
    return round(kind.px * 1.4)


def baseline(rect: QRectF, kind: Type) -> float:
    """Where the letters of one line stand when they are centred in a rectangle by the height of a kanji."""
    return rect.center().y() + kind.px * 0.36


def crisp(painter: QPainter) -> None:
    """Smooth edges and letters."""
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)


def box(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: QColor | None = None,
    border: QColor | None = None,
    thickness: float = 1.0,
) -> None:
    """A rounded box whose border lies wholly inside the rectangle."""
    inset = thickness / 2 if border is not None else 0.0
    painter.setPen(QPen(border, thickness) if border is not None else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius - inset / 2, radius - inset / 2)


def line(painter: QPainter, start: QPointF, end: QPointF, tone: Tone = "line", thickness: float = 1.0) -> None:
    """A straight hairline."""
    painter.setPen(QPen(color(tone), thickness))
    painter.drawLine(start, end)


def write(
    painter: QPainter,
    rect: QRectF,
    text: str,
    kind: Type,
    tone: Tone,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> float:
    """One line of text, centred in height, shortened with … when it does not fit; returns the width drawn."""
    measured = metrics(kind)
    shown = text if measured.horizontalAdvance(text) <= rect.width() + 0.5 else shorten(text, kind, rect.width())
    taken = measured.horizontalAdvance(shown)
    x = rect.left()
    if align & Qt.AlignmentFlag.AlignRight:
        x = rect.right() - taken
    elif align & Qt.AlignmentFlag.AlignHCenter:
        x = rect.center().x() - taken / 2
    painter.setFont(font(kind))
    painter.setPen(color(tone))
    painter.drawText(QPointF(x, baseline(rect, kind)), shown)
    return taken


def shorten(text: str, kind: Type, room: float) -> str:
    """The text cut with … so that it fits."""
    return metrics(kind).elidedText(text, Qt.TextElideMode.ElideRight, max(room, 0.0))


def paragraph_pitch(kind: Type) -> int:
    """How far the lines of a paragraph are apart: 155 %."""
    return round(kind.px * 1.55)


def wrap(text: str, kind: Type, room: float) -> tuple[QTextLayout, int]:
    """The lines of a text in a width, ready to draw, and how high they are together."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout = QTextLayout(text.replace("\n", "\u2028"), font(kind))
    layout.setTextOption(option)
    layout.beginLayout()
    pitch, y = paragraph_pitch(kind), 0
    while (row := layout.createLine()).isValid():
        row.setLineWidth(max(room, 1.0))
        row.setPosition(QPointF(0, y + (pitch - row.height()) / 2))
        y += pitch
    layout.endLayout()
    return layout, y


def cell_width(kind: Type) -> float:
    """The width of a digit's cell: that of 0, because this font's 1 is narrower than its other digits."""
    return metrics(kind).horizontalAdvance("0")


def digits_width(text: str, kind: Type) -> float:
    """The width of a number whose digits stand in equal cells."""
    cell = cell_width(kind)
    return sum(cell if sign.isdigit() else width(sign, kind) for sign in text)


def write_digits(painter: QPainter, rect: QRectF, text: str, kind: Type, tone: Tone, right: bool = True) -> None:
    """A number with every digit in a cell as wide as 0, so that columns line up.

    Right-aligned unless told.
    """
    cell = cell_width(kind)
    x = rect.right() - digits_width(text, kind) if right else rect.left()
    y = baseline(rect, kind)
    painter.setFont(font(kind))
    painter.setPen(color(tone))
    for sign in text:
        wide = width(sign, kind)
        if sign.isdigit():
            painter.drawText(QPointF(x + (cell - wide) / 2, y), sign)
            x += cell
        else:
            painter.drawText(QPointF(x, y), sign)
            x += wide


def key_cap_width(text: str, kind: Type) -> float:
    """The width of a key hint's frame."""
    return max(width(text, kind) + 14, 26)


def key_cap(painter: QPainter, rect: QRectF, text: str, kind: Type, tone: Tone, ground: Tone | None = None) -> None:
    """The hint of a key: a small frame with its name."""
    box(painter, rect, RADIUS_CHIP, color(ground) if ground else None, color(tone, 0.55))
    write(painter, rect, text, kind, tone, Qt.AlignmentFlag.AlignHCenter)


def rounded(rect: QRectF, radius: float) -> QPainterPath:
    """A rounded rectangle as a path, for clipping."""
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    return path
