"""How the rows of a card are painted: as on the paper, with the row that is being keyed under a lens."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from walkdesk.domain.steps import DayState
from walkdesk.messages.cards import CardDay
from walkdesk.ui.language import tr
from walkdesk.ui.look import icons, paint
from walkdesk.ui.look.tokens import (
    BODY,
    DETAIL,
    DETAIL_BOLD,
    ENTRY,
    HEADLINE,
    HINT,
    LABEL,
    RADIUS_FIELD,
    RADIUS_SHEET,
    RING_WIDTH,
    SECTION,
    TASK,
    VALUE,
    Tone,
    Type,
)

LENS = 62.0
_FULL_BAR = 12_000
"""Steps of a bar of 100 pixels: a good day fills most of its place."""
_RIGHT = Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class Notice:
    """What the lens says at its right: a short word, and what the key beside it would do."""

    word: str
    tone: Tone = "warn"
    key: str = ""
    action: str = ""


def row_tones(day: CardDay) -> tuple[Tone, Tone | None]:
    """Letters and ground of a day: Sundays and holidays alike, Saturdays, and the others without a tint."""
    if day.holiday or day.weekday == 6:
        return "sun", "sunsoft"
    if day.weekday == 5:
        return "sat", "satsoft"
    return "ink2", None


def weekday_name(day: CardDay) -> str:
    """The weekday as the card prints it, with the holiday's name."""
    names = tr("cards.weekdays").split(" ")
    name = names[day.weekday]
    return tr("cards.holiday", weekday=name, holiday=day.holiday) if day.holiday else name


def spoken(day: CardDay) -> str:
    """A day in words, for screen readers and sentences."""
    return tr("cards.spoken_day", day=day.day, weekday=weekday_name(day), value=value_words(day))


def value_words(day: CardDay) -> str:
    """What stands in a day: a number, blank, unreadable or nothing yet."""
    if day.steps is not None:
        return f"{day.steps:,}"
    return tr(f"cards.state.{day.state.value}")


def draw_row(painter: QPainter, rect: QRectF, day: CardDay) -> None:
    """One row in its usual height."""
    tone, ground = row_tones(day)
    if ground is not None:
        painter.fillRect(rect.adjusted(0, 0, 0, -1), paint.color(ground))
    bottom = rect.bottom() - 0.5
    paint.line(painter, QPointF(rect.left(), bottom), QPointF(rect.right(), bottom))
    number = QRectF(rect.left(), rect.top(), 31, rect.height())
    paint.write_digits(painter, number, str(day.day), _figures(rect), "ink" if tone == "ink2" else tone)
    named = QRectF(rect.left() + 40, rect.top(), 70 if day.holiday else 30, rect.height())
    paint.write(painter, named, weekday_name(day), DETAIL, tone)
    _draw_value(painter, rect, day)


def _figures(rect: QRectF) -> Type:
    """The size of a row's numbers: smaller only in a window that has no room for more."""
    return ENTRY if rect.height() >= 21 else BODY


def _draw_value(painter: QPainter, rect: QRectF, day: CardDay) -> None:
    value = QRectF(rect.left() + 84, rect.top(), 90, rect.height())
    beside = rect.left() + 190
    if day.steps is not None:
        paint.write_digits(painter, value, f"{day.steps:,}", _figures(rect), "ink")
        long = min(day.steps / _FULL_BAR * 100, rect.right() - beside - 6)
        if long >= 1:
            bar = QRectF(beside, rect.center().y() - 4.5, long, 8)
            plain = paint.color("satsoft") == paint.color("surface")
            paint.box(painter, bar, 2, paint.color("bar"), paint.color("accent") if plain else None)
        if day.state is DayState.CONFIRMED:
            mark = icons.square(min(beside + long + 6, rect.right() - 16), rect.center().y(), 13)
            icons.draw(painter, mark, "check", "accent")
    elif day.state is DayState.UNREADABLE:
        paint.write(painter, value, value_words(day), DETAIL_BOLD, "warn", _RIGHT)
        icons.draw(painter, icons.square(beside + 2, rect.center().y(), 15), "phone", "warn")
        told = QRectF(beside + 22, rect.top(), rect.right() - beside - 22, rect.height())
        paint.write(painter, told, tr("cards.to_phone"), DETAIL, "warn")
    elif day.state is DayState.BLANK:
        paint.write(painter, value, value_words(day), DETAIL, "ink2", _RIGHT)
    else:
        pen = QPen(paint.color("ink3"), 1.2)
        pen.setDashPattern([1, 1.6])
        painter.setPen(pen)
        y = rect.bottom() - 7
        painter.drawLine(QPointF(value.right() - 56, y), QPointF(value.right(), y))


def draw_lens(
    painter: QPainter, rect: QRectF, day: CardDay, typed: str | None, notice: Notice | None, focused: bool
) -> None:
    """The row that is being keyed: frame, large value with its caret, and what there is to say about it."""
    paint.box(
        painter, rect, RADIUS_SHEET, paint.color("surface"), paint.color("accent" if focused else "line2"), RING_WIDTH
    )
    tone, _ground = row_tones(day)
    paint.write_digits(painter, QRectF(rect.left() + 6, rect.top(), 37, rect.height()), str(day.day), HEADLINE, "ink")
    middle = QRectF(rect.left() + 48, rect.top() + 2, 27, rect.height())
    paint.write(painter, middle, tr("cards.weekdays").split(" ")[day.weekday], TASK, tone)
    value = QRectF(rect.left() + 66, rect.top() + 1, 133, rect.height())
    if typed is not None:
        shown = f"{int(typed):,}" if typed else ""
        paint.write_digits(painter, value, shown, VALUE, "ink")
    elif day.steps is not None:
        paint.write_digits(painter, value, f"{day.steps:,}", VALUE, "ink")
    elif day.state is not DayState.NOT_KEYED:
        unread = day.state is DayState.UNREADABLE
        paint.write(painter, value, value_words(day), SECTION, "warn" if unread else "ink2", _RIGHT)
    if focused:
        caret = QRectF(value.right() + 4, rect.center().y() - 18, 2.5, 36)
        painter.fillRect(caret, paint.color("accent"))
    beside = QRectF(value.right() + 14, rect.top() + 6, rect.right() - value.right() - 22, rect.height() - 12)
    if notice is not None:
        _draw_notice(painter, beside, notice)
    else:
        _draw_unit(painter, beside, day, typed)


def _draw_unit(painter: QPainter, rect: QRectF, day: CardDay, typed: str | None) -> None:
    """The unit, and while a new value is typed the one that is on disk."""
    if typed is not None and day.state is not DayState.NOT_KEYED:
        upper = QRectF(rect.left(), rect.top() + 2, rect.width(), 24)
        paint.write(painter, upper, tr("cards.unit"), LABEL, "ink2")
        lower = QRectF(rect.left(), rect.top() + 26, rect.width(), 22)
        paint.write(painter, lower, tr("cards.lens.before", value=value_words(day)), DETAIL, "ink2")
        return
    has_number = typed is not None or day.steps is not None or day.state is DayState.NOT_KEYED
    paint.write(painter, rect, tr("cards.unit") if has_number else "", BODY, "ink2")


def _draw_notice(painter: QPainter, rect: QRectF, notice: Notice) -> None:
    ground: Tone = "dangersoft" if notice.tone == "danger" else "warnsoft"
    plain = paint.color(ground) == paint.color("surface")
    paint.box(painter, rect, RADIUS_FIELD, paint.color(ground), paint.color(notice.tone) if plain else None)
    icon = "alert" if notice.tone == "danger" else "warning"
    two = bool(notice.action)
    y = rect.top() + (15 if two else rect.height() / 2)
    icons.draw(painter, icons.square(rect.left() + 7, y, 17), icon, notice.tone)
    word = QRectF(rect.left() + 29, y - 12, rect.width() - 33, 24)
    paint.write(painter, word, notice.word, DETAIL_BOLD, notice.tone)
    if two:
        cap = QRectF(rect.left() + 7, rect.top() + 27, 22, 19)
        paint.key_cap(painter, cap, notice.key, HINT, notice.tone)
        beside = QRectF(rect.left() + 35, rect.top() + 25, rect.width() - 39, 23)
        paint.write(painter, beside, notice.action, DETAIL, notice.tone)
