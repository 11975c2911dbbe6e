"""The card's days as one painted widget that is keyed from the numeric pad."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from walkdesk.domain.steps import DayState
from walkdesk.messages.cards import CardDay
from walkdesk.ui.cards import rows
from walkdesk.ui.cards.keys import Pad, digits, pad_key
from walkdesk.ui.cards.rows import Notice
from walkdesk.ui.look import paint
from walkdesk.ui.look.tokens import ROW_GRID
from walkdesk.ui.unsaved import UnfinishedValue

_LEFT_DAYS = 16
_PAD, _GAP, _TOP = 12.0, 19.0, 6.0
_MOST_DIGITS = 5


class MonthGrid(UnfinishedValue):
    """Two columns of days as on the paper. It holds what is being typed; the page saves.

    While a day is being saved (``hold``) keys wait in a queue, so that a fast hand loses none; ``release``
    plays them, or drops them when the hand must look at the row again.
    """

    entered = Signal(int, object, object, bool, int)
    """Day, state, steps or ``None``, confirmed as on the paper, and the step afterwards: 1 next, -1 back, 0 stay."""
    left = Signal()
    """Beyond the last day."""
    finish_wanted = Signal()
    moved = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(560, 300)
        self._days: list[CardDay] = []
        self._current = 1
        self._typed: str | None = None
        self._notice: Notice | None = None
        self._held = False
        self._queue: list[Pad | str] = []

    # What it shows

    def show_days(self, days: Iterable[CardDay], current: int = 0) -> None:
        """Another card; ``current`` 0 goes to the first day that is not keyed."""
        self._days = list(days)
        self._typed, self._notice, self._held = None, None, False
        self._queue.clear()
        waiting = (day.day for day in self._days if day.state is DayState.NOT_KEYED)
        self._current = min(current or next(waiting, 1), max(len(self._days), 1))
        self._tell()

    def show_day(self, day: CardDay) -> None:
        """One day as it now stands on disk."""
        self._days[day.day - 1] = day
        self._tell()

    def days(self) -> tuple[CardDay, ...]:
        """The days as they stand on disk."""
        return tuple(self._days)

    def current(self) -> int:
        """The day under the lens."""
        return self._current

    def typed(self) -> str | None:
        """The digits that are not saved yet; ``None`` when nothing is being typed."""
        return self._typed

    def unfinished(self) -> str:
        """The digits of the day under the lens that are neither saved nor being saved."""
        return "" if self._held else self._typed or ""

    def settled(self) -> str:
        """What is saved for the day under the lens."""
        steps = self._days[self._current - 1].steps if self._days else None
        return "" if steps is None else str(steps)

    def resume(self, text: str) -> None:
        """Digits that were typed before the lock, back under the lens."""
        found = digits(text)[:_MOST_DIGITS]
        if self._days and found:
            self._typed, self._notice = found, None
            self._tell()

    def notice(self) -> Notice | None:
        """What the lens says."""
        return self._notice

    def go_to(self, day: int) -> None:
        """Moves the lens; what was typed and not saved is dropped."""
        if not self._days:
            return
        self._typed, self._notice = None, None
        if day > len(self._days):
            self.left.emit()
            day = len(self._days)
        self._current = max(day, 1)
        self._tell()
        self.moved.emit(self._current)

    def warn(self, notice: Notice, spoken: str) -> None:
        """Something to look at again: the value stays, the lens stays. ``spoken`` is the whole sentence."""
        self._notice = notice
        self._tell()
        self.setAccessibleDescription(spoken)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, spoken))

    def hold(self) -> None:
        """A day is being saved: keys wait."""
        self._held = True

    def release(self, play: bool = True) -> None:
        """The day is saved (or not): the keys that waited are played, or dropped."""
        self._held = False
        waiting = list(self._queue)
        self._queue.clear()
        while play and waiting and not self._held:
            self._take(waiting.pop(0))
        if play:
            self._queue.extend(waiting)

    # What is typed

    def keyPressEvent(self, event: QKeyEvent) -> None:
        order = pad_key(event)
        if order is None or not self._days:
            super().keyPressEvent(event)
            return
        self._take(order)

    def _take(self, order: Pad | str) -> None:
        if self._held:
            self._queue.append(order)
        elif isinstance(order, str):
            for digit in order:
                self._type(digit)
        else:
            self._obey(order)

    def _type(self, digit: str) -> None:
        self._notice = None
        typed = (self._typed or "") + digit
        if len(typed) <= _MOST_DIGITS:
            self._typed = typed
        self._tell()

    def _obey(self, order: Pad) -> None:
        if order is Pad.NEXT:
            self._leave(1)
        elif order is Pad.BACK:
            self._leave(-1)
        elif order is Pad.BLANK:
            self.entered.emit(self._current, DayState.BLANK, None, False, 1)
        elif order is Pad.UNREADABLE:
            self.entered.emit(self._current, DayState.UNREADABLE, None, False, 1)
        elif order is Pad.CONFIRM:
            self._confirm()
        elif order is Pad.FINISH:
            self._finish()
        elif order is Pad.RUB_OUT:
            self._rub_out()
        elif order is Pad.CLEAR:
            self._typed, self._notice = None, None
            self._tell()
        else:
            self.go_to(1 if order is Pad.FIRST else len(self._days))

    def _leave(self, step: int) -> None:
        if self._typed:
            self.entered.emit(self._current, DayState.KEYED, int(self._typed), False, step)
        else:
            self.go_to(self._current + step)

    def _confirm(self) -> None:
        steps = int(self._typed) if self._typed else self._days[self._current - 1].steps
        if steps is not None:
            self.entered.emit(self._current, DayState.CONFIRMED, steps, True, 1)

    def _finish(self) -> None:
        if self._typed:
            # Saved first; the pad's + is played again once the value is on disk.
            self._queue.insert(0, Pad.FINISH)
            self.entered.emit(self._current, DayState.KEYED, int(self._typed), False, 0)
        else:
            self.finish_wanted.emit()

    def _rub_out(self) -> None:
        typed = self._typed if self._typed is not None else str(self._days[self._current - 1].steps or "")
        self._typed, self._notice = typed[:-1], None
        self._tell()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        for day, rect in self._places():
            if rect.contains(event.position()) and day.day != self._current and not self._held:
                self.go_to(day.day)
                return

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # How it looks

    def _row_height(self) -> float:
        room = self.height() - 2 * _TOP
        left_rows, right_rows = _LEFT_DAYS, len(self._days) - _LEFT_DAYS
        lens_left = self._current <= _LEFT_DAYS
        most = [float(ROW_GRID), room / left_rows]
        most.append((room - rows.LENS) / ((left_rows if lens_left else right_rows) - 1))
        return max(min(most), 14.0)

    def _places(self) -> Iterator[tuple[CardDay, QRectF]]:
        wide = (self.width() - 2 * _PAD - _GAP) / 2
        height = self._row_height()
        for number, column in enumerate((self._days[:_LEFT_DAYS], self._days[_LEFT_DAYS:])):
            x = round(_PAD + number * (wide + _GAP))
            y = _TOP
            for day in column:
                end = y + (rows.LENS if day.day == self._current else height)
                # Whole pixels: hairlines stay sharp.
                yield day, QRectF(x, round(y), round(wide), round(end) - round(y))
                y = end

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.crisp(painter)
        middle = self.width() / 2
        paint.line(painter, QPointF(middle, 4), QPointF(middle, self.height() - 4))
        lens: tuple[CardDay, QRectF] | None = None
        for day, rect in self._places():
            if day.day == self._current:
                lens = day, rect.adjusted(-4, -1, 4, 1)
            else:
                rows.draw_row(painter, rect, day)
        if lens is not None:
            rows.draw_lens(painter, lens[1], lens[0], self._typed, self._notice, self.hasFocus())
        painter.end()

    def sizeHint(self) -> QSize:
        return QSize(706, 470)

    def _tell(self) -> None:
        """Says in words what the lens shows, and draws again."""
        if self._days:
            words = rows.spoken(self._days[self._current - 1])
            if self._typed:
                words = f"{words} {int(self._typed):,}"
            if self._notice is not None:
                words = f"{words} {self._notice.word}"
            self.setAccessibleName(words)
            if self._notice is None:
                self.setAccessibleDescription("")
        self.typing.emit()
        self.update()
