"""Words on a page: one line, a paragraph, several runs on one baseline, and numbers in equal cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
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


class Paragraph(QLabel):
    """Text that wraps, with lines 155 % apart; ``say`` replaces it."""

    def __init__(
        self,
        text: str = "",
        kind: Type = BODY,
        tone: Tone = "ink2",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setFont(paint.font(kind))
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.say(text)

    def say(self, text: str) -> None:
        """Replaces the text; a line break starts a new line."""
        self.setAccessibleName(text)
        lines = escape(text).replace("\n", "<br>")
        self.setText(f'<p style="line-height:155%; margin:0">{lines}</p>')


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
        return QSize(round(wide) + 2, max((paint.line_height(run.kind) for run in self._runs), default=20))

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
            room = self.width() - x
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
