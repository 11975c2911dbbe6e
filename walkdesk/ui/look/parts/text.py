"""Words on a page: one line, a paragraph, several runs on one baseline, and numbers in equal cells."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from walkdesk.ui.look import paint
from walkdesk.ui.look.tokens import BODY, DETAIL, ENTRY, Tone, Type


class Label(QLabel):
    """One line of text in a size and a tone of the look; at least 135 % high."""

    def __init__(
        self,
        text: str = "",
        kind: Type = BODY,
        tone: Tone = "ink",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(paint.font(kind))
        self._kind = kind
        self.set_tone(tone)

    def set_tone(self, tone: Tone) -> None:
        """Another colour for the same words."""
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), paint.line_height(self._kind)))

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(hint.width(), max(hint.height(), paint.line_height(self._kind)))


class Paragraph(QWidget):
    """Text that wraps, with lines 155 % apart; ``say`` replaces it, a line break in it starts a new line."""

    def __init__(
        self, text: str = "", kind: Type = BODY, tone: Tone = "ink2", name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._kind, self._tone, self._text = kind, tone, ""
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.say(text)

    def say(self, text: str) -> None:
        """Replaces the text."""
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The words."""
        return self._text

    def set_tone(self, tone: Tone) -> None:
        """Another colour for the same words."""
        self._tone = tone
        self.update()

    def _layout(self, width: float) -> tuple[QTextLayout, int]:
        return paint.wrap(self._text, self._kind, width)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._layout(width)[1]

    def sizeHint(self) -> QSize:
        longest = max((paint.width(line, self._kind) for line in self._text.split("\n")), default=0.0)
        wide = min(math.ceil(longest) + 2, 640)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, paint.paragraph_pitch(self._kind))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        painter.setPen(paint.color(self._tone))
        self._layout(self.width())[0].draw(painter, QPointF(0, 0))
        painter.end()


@dataclass(frozen=True, slots=True)
class Run:
    """A few words in one size and tone.

    ``gap`` is the space before them, ``cells`` draws digits in equal cells.
    """

    text: str
    kind: Type = BODY
    tone: Tone = "ink2"
    gap: int = 10
    cells: bool = False

    def width(self) -> float:
        """How wide the words are."""
        return paint.digits_width(self.text, self.kind) if self.cells else paint.width(self.text, self.kind)


class Runs(QWidget):
    """Words of different sizes on one baseline, as in a title with its facts.

    The last run is shortened with ….
    """

    def __init__(self, runs: Iterable[Run] = (), name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._runs: tuple[Run, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_runs(runs)

    def show_runs(self, runs: Iterable[Run]) -> None:
        """Replaces the words."""
        self._runs = tuple(runs)
        self.setAccessibleName(" ".join(run.text for run in self._runs))
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """All words, one space between the runs."""
        return self.accessibleName()

    def sizeHint(self) -> QSize:
        wide = sum(run.width() + (run.gap if index else 0) for index, run in enumerate(self._runs))
        return QSize(math.ceil(wide), max((paint.line_height(run.kind) for run in self._runs), default=20))

    def minimumSizeHint(self) -> QSize:
        first = self._runs[0].width() if self._runs else 0
        return QSize(round(first), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._runs:
            return
        painter = QPainter(self)
        paint.crisp(painter)
        tallest = max(self._runs, key=lambda run: run.kind.px).kind
        base = paint.baseline(QRectF(self.rect()), tallest)
        x = 0.0
        for index, run in enumerate(self._runs):
            x += run.gap if index else 0
            room = self.width() - x + 1
            # A rectangle whose centred line has its baseline at ``base``.
            rect = QRectF(x, base - run.kind.px * 0.36 - 20, room, 40)
            if run.cells:
                paint.write_digits(painter, rect, run.text, run.kind, run.tone, right=False)
            else:
                paint.write(painter, rect, run.text, run.kind, run.tone)
            x += run.width()
        painter.end()


class DigitCells(QWidget):
    """A number whose digits each stand in a cell as wide as 0, right-aligned, so that columns line up."""

    def __init__(
        self,
        text: str = "",
        kind: Type = ENTRY,
        tone: Tone = "ink",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._kind, self._tone = kind, tone
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Replaces the number, written as it should be read (``8,163``)."""
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The number as written."""
        return self._text

    def sizeHint(self) -> QSize:
        return QSize(round(paint.digits_width(self._text, self._kind)) + 2, paint.line_height(self._kind))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        paint.write_digits(painter, QRectF(self.rect()), self._text, self._kind, self._tone)
        painter.end()


class Hairline(QWidget):
    """A hairline across its width."""

    def __init__(self, tone: Tone = "line", vertical: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone, self._vertical = tone, vertical
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        end = QPointF(0.5, self.height()) if self._vertical else QPointF(self.width(), 0.5)
        paint.line(painter, QPointF(0.5, 0.5), end, self._tone)
        painter.end()


def detail(text: str, tone: Tone = "ink2", name: str = "") -> Label:
    """The smallest text that is read."""
    return Label(text, DETAIL, tone, name)


def appear(widget: QWidget, there: bool = True) -> None:
    """Shows or hides a part, also before it has a place: a part without a parent must not open as a window."""
    if there and widget.parentWidget() is None:
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_Hidden, False)
    else:
        widget.setVisible(there)
