"""Left and right of the card: the month's cards with their counts; keys, undo, days on hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from walkdesk.domain.steps import DayState
from walkdesk.messages.cards import CardBoard, CardDay, CardLine
from walkdesk.ui.cards.rows import value_words, weekday_name
from walkdesk.ui.language import tr
from walkdesk.ui.look import icons, paint
from walkdesk.ui.look.icons import IconView
from walkdesk.ui.look.parts.buttons import KeyCap, OutlineButton
from walkdesk.ui.look.parts.edits import ComboBox
from walkdesk.ui.look.parts.sheet import Sheet
from walkdesk.ui.look.parts.sums import FigureRow, StackedBar
from walkdesk.ui.look.parts.text import Hairline, Label, Paragraph, Run, Runs, detail
from walkdesk.ui.look.tokens import (
    BODY_BOLD,
    DETAIL,
    DETAIL_BOLD,
    LABEL,
    RADIUS_CHIP,
    RING_WIDTH,
    TASK,
    TASK_BOLD,
    Tone,
)
from walkdesk.ui.words import short_month

Index = QModelIndex | QPersistentModelIndex
_LINE = int(Qt.ItemDataRole.UserRole)
_ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Lines(QAbstractListModel):
    """The month's cards; the current one and the next one that waits are known by number."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: tuple[CardLine, ...] = ()
        self.current = ""
        self.following = ""

    def replace(self, lines: tuple[CardLine, ...], current: str) -> None:
        """Other cards, or another current one."""
        self.beginResetModel()
        self.lines, self.current = lines, current
        waiting = [line.number for line in lines if line.state == "waiting" and line.number != current]
        self.following = next((number for number in waiting if number > current), "") if current else ""
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == _LINE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{line.number} {self.word(line)}".strip()
        return None

    def word(self, line: CardLine) -> str:
        """What stands at the right end of a card's line."""
        if line.number == self.current:
            return tr("cards.line.here")
        if line.state == "done" and line.done_at is not None:
            return f"{line.done_at:%H:%M}"
        if line.number == self.following:
            return tr("cards.line.next")
        return tr(f"cards.line.{line.state}") if line.state != "waiting" else ""


class _LinePainter(QStyledItemDelegate):
    """Draws the lines: icon, number, word."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = self.parent()
        if not isinstance(view, CardList):
            return
        line: CardLine = index.data(_LINE)
        rect = QRectF(option.rect)
        here = line.number == view.lines.current
        painter.save()
        paint.crisp(painter)
        if here:
            paint.box(painter, rect.adjusted(0, 0, 0, -1), RADIUS_CHIP, paint.color("soft"))
            paint.box(painter, QRectF(rect.left(), rect.top() + 8, 4, rect.height() - 17), 2, paint.color("accent"))
        marks: dict[str, tuple[str, Tone]] = {
            "done": ("check", "ok"),
            "unreadable": ("phone", "warn"),
            "keying": ("pencil", "accent"),
        }
        icon, tone = marks.get(line.state, ("", "ink2"))
        if here:
            icon, tone = "pencil", "accent"
        if icon:
            icons.draw(painter, icons.square(rect.left() + 10, rect.center().y(), 16), icon, tone)
        number = QRectF(rect.left() + 34, rect.top(), 80, rect.height())
        paint.write(painter, number, line.number, TASK_BOLD if here else TASK, "accent" if here else "ink")
        word = rect.adjusted(100, 0, -10, 0)
        paint.write(painter, word, view.lines.word(line), LABEL, tone, Qt.AlignmentFlag.AlignRight)
        if view.hasFocus() and view.currentIndex() == index:
            frame = rect.adjusted(1, 1, -1, -2)
            paint.box(painter, frame, RADIUS_CHIP, None, paint.color("accent"), RING_WIDTH)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(170, 35)


class CardList(QListView):
    """The cards of the month; Enter or a click opens one."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(tr("cards.list"))
        self.lines = _Lines(self)
        self.setModel(self.lines)
        self.setItemDelegate(_LinePainter(self))
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(lambda index: self.chosen.emit(index.data(_LINE).number))

    def show_lines(self, lines: tuple[CardLine, ...], current: str) -> None:
        """Other cards; the current one stands in the middle."""
        self.lines.replace(lines, current)
        for row, line in enumerate(lines):
            if line.number == current:
                index = self.lines.index(row)
                self.setCurrentIndex(index)
                self.scrollTo(index, QListView.ScrollHint.PositionAtCenter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER_KEYS and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex().data(_LINE).number)
            return
        super().keyPressEvent(event)


class BatchSheet(Sheet):
    """The month: how many cards there are, how many are keyed, and which is which."""

    month_chosen = Signal(str)
    card_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("cards_batch", spacing=2, parent=parent)
        self.setFixedWidth(204)
        self.body.setContentsMargins(15, 12, 13, 8)
        self.month = ComboBox("cards_month")
        self.month.setAccessibleName(tr("cards.month_name"))
        self._bar = StackedBar(14, "cards_progress")
        self._people = FigureRow("box", tr("cards.count.people"), "cards_people")
        self._done = FigureRow("check", tr("cards.count.done"), "cards_done", "ok")
        self._held = FigureRow("phone", tr("cards.count.unreadable"), "cards_unreadable", "warn")
        self._rest = FigureRow("circle", tr("cards.count.waiting"), "cards_waiting")
        self.list = CardList("cards_list")
        self.body.addWidget(self.month)
        self.body.addSpacing(8)
        self.body.addWidget(self._bar)
        self.body.addSpacing(3)
        for row in (self._people, self._done, self._held, self._rest):
            self.body.addWidget(row)
        self.body.addSpacing(7)
        self.body.addWidget(Hairline())
        self.body.addSpacing(5)
        self.body.addWidget(detail(tr("cards.list")))
        self.body.addWidget(self.list, 1)
        self.month.activated.connect(lambda _index: self.month_chosen.emit(self.month.chosen()))
        self.list.chosen.connect(self.card_chosen)

    def show_board(self, board: CardBoard, current: str) -> None:
        """The month as it stands."""
        months = board.months if board.month in board.months else (board.month, *board.months)
        self.month.offer((month, tr("cards.month", month=short_month(month))) for month in months)
        self.month.choose(board.month)
        rest = board.waiting + board.keying
        self._people.show_figure(f"{board.people:,}")
        self._done.show_figure(f"{board.done:,}")
        self._held.show_figure(f"{board.unreadable:,}")
        self._rest.show_figure(f"{rest:,}")
        words = tr("cards.progress", done=board.done, people=board.people)
        self._bar.show_pieces([(board.done, "bar"), (board.unreadable, "warnmark")], board.people, words)
        self.list.show_lines(board.cards, current)


class KeysSheet(Sheet):
    """The keys of the pad."""

    KEYS = (
        ("Enter", "next"),
        ("↑", "back"),
        ("－", "blank"),
        ("／", "unreadable"),
        ("＊", "confirm"),
        ("＋", "finish"),
    )

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("cards_keys", spacing=0, parent=parent)
        self.body.setContentsMargins(15, 10, 12, 8)
        self.body.addWidget(Label(tr("cards.keys.title"), BODY_BOLD))
        self.body.addSpacing(4)
        for cap, key in self.KEYS:
            row = QHBoxLayout()
            row.setSpacing(10)
            row.addWidget(KeyCap(cap))
            row.addWidget(Label(tr(f"cards.keys.{key}"), LABEL, "ink"), 1)
            self.body.addLayout(row)
            self.body.addSpacing(8)


class UndoSheet(Sheet):
    """The last saved day, and the way back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("cards_undo_sheet", spacing=2, parent=parent)
        self.body.setContentsMargins(15, 10, 12, 12)
        head = QHBoxLayout()
        head.setSpacing(9)
        head.addWidget(IconView("undo", "accent", 18))
        head.addWidget(Label(tr("cards.undo.title"), BODY_BOLD), 1)
        self.body.addLayout(head)
        self._saved = Runs(name="cards_undo_saved")
        self._before = Runs(name="cards_undo_before")
        self.body.addWidget(self._saved)
        self.body.addWidget(self._before)
        self.body.addSpacing(6)
        row = QHBoxLayout()
        self.button = OutlineButton(tr("cards.undo.button"), "cards_undo", cap="Ctrl+Z")
        row.addWidget(self.button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Nothing can be undone."""
        self._saved.show_runs([Run(tr("cards.undo.nothing"), DETAIL)])
        self._before.show_runs([])
        self.button.setEnabled(False)

    def show_saved(self, day: int, value: str, before: str) -> None:
        """What was saved last, and what stood there before."""
        self._saved.show_runs(
            [
                Run(tr("cards.undo.day", day=day), DETAIL, "ink"),
                Run(value, DETAIL_BOLD, "ink", gap=4),
                Run(tr("cards.undo.saved"), DETAIL, "ink", gap=4),
            ]
        )
        self._before.show_runs([Run(tr("cards.undo.before", value=before), DETAIL, "ink")])
        self.button.setEnabled(True)


class HeldSheet(Sheet):
    """The days that nobody can read, and what becomes of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("cards_held", spacing=3, parent=parent)
        self.body.setContentsMargins(15, 10, 12, 10)
        self.body.addWidget(Label(tr("cards.held.title"), BODY_BOLD))
        self._days = QVBoxLayout()
        self._days.setSpacing(2)
        self.body.addLayout(self._days)
        self._text = Paragraph(tr("cards.held.none"), DETAIL, "ink2", name="cards_held_words")
        self.body.addWidget(self._text)
        self.body.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(7)
        foot.addWidget(IconView("clock", "ink2", 15))
        foot.addWidget(detail(tr("cards.no_speed")), 1)
        self.body.addLayout(foot)

    def show_days(self, days: Iterable[CardDay]) -> None:
        """The unreadable ones of these days."""
        while (item := self._days.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        held = [day for day in days if day.state is DayState.UNREADABLE]
        for day in held[:4]:
            words = tr("cards.held.day", day=day.day, weekday=weekday_name(day), value=value_words(day))
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(10)
            row.addWidget(IconView("phone", "warn", 16))
            row.addWidget(Label(words, LABEL, "ink"), 1)
            self._days.addWidget(line)
        if len(held) > 4:
            self._days.addWidget(detail(tr("cards.held.more", count=len(held) - 4)))
        self._text.say(tr("cards.held.text" if held else "cards.held.none"))
