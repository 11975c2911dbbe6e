"""The checks of a certificate, one line each: what was looked at, what came out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from walkdesk.messages.audit import CheckLine
from walkdesk.ui.language import tr
from walkdesk.ui.look import icons, paint
from walkdesk.ui.look.tokens import DETAIL, TASK_BOLD, Tone

_ROW = 60
_UNKNOWN = "－"
_VALUES = ("fingerprint", "number", "contract", "issued_at", "count", "result", "grade", "sequence", "checkpoint")


@dataclass(frozen=True, slots=True)
class ShownCheck:
    """A check in words; ``holds`` ``None`` cannot be said yet."""

    title: str
    detail: str
    holds: bool | None


def in_words(line: CheckLine) -> ShownCheck:
    """A check with its sentence."""
    values: dict[str, str] = dict.fromkeys(_VALUES, _UNKNOWN)
    for part in line.detail.split("  "):
        key, sign, value = part.partition("=")
        if sign:
            values[key] = value
        elif part:
            values["count"] = part
    if values["result"] != _UNKNOWN:
        values["result"] = tr(f"ledger.certificate.result.{values['result']}")
    ending = {True: "", False: "_wrong", None: "_open"}[line.holds]
    detail = tr(f"audit.check.{line.code}.text{ending}", **values)
    return ShownCheck(tr(f"audit.check.{line.code}.title"), detail, line.holds)


class CheckList(QWidget):
    """The lines, painted; each is read aloud as one sentence."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._lines: tuple[ShownCheck, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: Sequence[ShownCheck]) -> None:
        """Replaces the checks."""
        self._lines = tuple(lines)
        self.setFixedHeight(len(self._lines) * _ROW)
        self.setAccessibleName("。".join(f"{line.title} {_mark(line)}" for line in self._lines))
        self.update()

    def words(self) -> tuple[str, ...]:
        """Title and outcome of each line."""
        return tuple(f"{line.title} {_mark(line)}" for line in self._lines)

    def sizeHint(self) -> QSize:
        return QSize(500, max(len(self._lines), 1) * _ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        looks: dict[bool | None, tuple[str, Tone]] = {
            True: ("check-circle", "ok"),
            False: ("alert", "danger"),
            None: ("clock", "warn"),
        }
        for place, line in enumerate(self._lines):
            top = float(place * _ROW)
            icon, tone = looks[line.holds]
            icons.draw(painter, icons.square(1, top + _ROW / 2, 22), icon, tone)
            wide = self.width() - 42 - 96
            paint.write(painter, QRectF(42, top + 8, wide, 24), line.title, TASK_BOLD, "ink")
            paint.write(painter, QRectF(42, top + 32, self.width() - 42, 20), line.detail, DETAIL, "ink2")
            mark = QRectF(self.width() - 96, top + 8, 96, 24)
            paint.write(painter, mark, _mark(line), TASK_BOLD, tone, Qt.AlignmentFlag.AlignRight)
            if place + 1 < len(self._lines):
                y = top + _ROW - 0.5
                paint.line(painter, QPointF(42, y), QPointF(self.width(), y))
        painter.end()


def _mark(line: ShownCheck) -> str:
    return tr({True: "audit.holds", False: "audit.wrong", None: "audit.open"}[line.holds])
