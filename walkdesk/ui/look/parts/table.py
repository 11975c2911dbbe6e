"""A table to read and choose from.

Hairlines, no zebra, 44 px rows, numbers in equal cells, the keyboard throughout.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from walkdesk.ui.look import icons, paint
from walkdesk.ui.look.parts.chips import CHIP_HEIGHT, TONES, ChipKind, chip_width, draw_chip
from walkdesk.ui.look.tokens import (
    BODY,
    BODY_BOLD,
    DETAIL,
    ENTRY,
    LABEL_BOLD,
    RADIUS_CHIP,
    RING_WIDTH,
    ROW_HEADER,
    ROW_TABLE,
    Tone,
    Type,
)

Index = QModelIndex | QPersistentModelIndex
_PAD = 12
_RIGHT = Qt.AlignmentFlag.AlignRight
_ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its width in pixels (0 takes what is left) and how its cells are drawn.

    ``text`` and ``detail`` (smaller, quieter) stand left, ``strong`` is bold; ``number`` stands right
    in equal cells.
    """

    title: str
    width: int = 0
    kind: Literal["text", "strong", "detail", "number"] = "text"


@dataclass(frozen=True, slots=True)
class Mark:
    """A state in a cell: icon and word in one colour; ``chip`` gives it a ground."""

    icon: str
    word: str
    kind: ChipKind = "neutral"
    chip: bool = False


Cell = str | int | Mark | None
"""What a cell holds; ``None`` is drawn as —, a number with commas."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a key that the page understands, and its cells."""

    key: Any
    cells: Sequence[Cell]


def cell_text(cell: Cell) -> str:
    """A cell in words, as it is read aloud and copied."""
    if cell is None:
        return "—"
    if isinstance(cell, Mark):
        return cell.word
    return f"{cell:,}" if isinstance(cell, int) else cell


class FactsModel(QAbstractTableModel):
    """Rows that are only read."""

    CELL = int(Qt.ItemDataRole.UserRole)

    def __init__(self, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: list[Row] = []

    def replace(self, rows: Iterable[Row], columns: Sequence[Column] | None = None) -> None:
        """Other rows, and other columns when given."""
        self.beginResetModel()
        self.rows = list(rows)
        if columns is not None:
            self.columns = tuple(columns)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self.rows[index.row()].cells[index.column()]
        if role == self.CELL:
            return cell
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell_text(cell)
        if role == Qt.ItemDataRole.TextAlignmentRole and self.columns[index.column()].kind == "number":
            return int(_RIGHT | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return None


class _Painter(QStyledItemDelegate):
    """Draws the cells."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = self.parent()
        if not isinstance(view, FactsTable):
            return
        column = view.facts.columns[index.column()]
        cell = index.data(FactsModel.CELL)
        rect = QRectF(option.rect)
        painter.save()
        paint.crisp(painter)
        if view.is_current(index.row()):
            painter.fillRect(rect, paint.color("soft"))
            if index.column() == 0:
                painter.fillRect(QRectF(rect.left(), rect.top(), 4, rect.height() - 1), paint.color("accent"))
        paint.line(painter, QPointF(rect.left(), rect.bottom() - 0.5), QPointF(rect.right(), rect.bottom() - 0.5))
        left = view.side if index.column() == 0 else _PAD
        right = view.side if index.column() == len(view.facts.columns) - 1 else _PAD
        _draw_cell(painter, rect.adjusted(left, 0, -right, -1), cell, column)
        painter.restore()


def _draw_cell(painter: QPainter, rect: QRectF, cell: Cell, column: Column) -> None:
    if isinstance(cell, Mark) and cell.chip:
        wide = min(chip_width(cell.word), rect.width())
        chip = QRectF(rect.left(), rect.center().y() - CHIP_HEIGHT / 2, wide, CHIP_HEIGHT)
        draw_chip(painter, chip, cell.icon, cell.word, cell.kind)
    elif isinstance(cell, Mark):
        tone = TONES[cell.kind][0]
        icons.draw(painter, icons.square(rect.left(), rect.center().y(), 18), cell.icon, tone)
        paint.write(painter, rect.adjusted(24, 0, 0, 0), cell.word, LABEL_BOLD, tone)
    elif column.kind == "number":
        tone_: Tone = "ink2" if cell is None else "ink"
        paint.write_digits(painter, rect, cell_text(cell), ENTRY, tone_)
    else:
        kinds: dict[str, tuple[Type, Tone]] = {
            "text": (BODY, "ink"),
            "strong": (BODY_BOLD, "ink"),
            "detail": (DETAIL, "ink2"),
        }
        kind, tone = kinds[column.kind]
        paint.write(painter, rect, cell_text(cell), kind, tone)


class _Header(QHeaderView):
    """The heads of the columns: quiet, over a stronger line."""

    def __init__(self, view: FactsTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setFixedHeight(ROW_HEADER)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, index: int) -> None:
        column = self._view.facts.columns[index]
        area = QRectF(rect)
        painter.save()
        paint.crisp(painter)
        left = self._view.side if index == 0 else _PAD
        right = self._view.side if index == len(self._view.facts.columns) - 1 else _PAD
        align = _RIGHT if column.kind == "number" else Qt.AlignmentFlag.AlignLeft
        paint.write(painter, area.adjusted(left, 0, -right, 0), column.title, DETAIL, "ink2", align)
        y = area.bottom() - 0.5
        paint.line(painter, QPointF(area.left(), y), QPointF(area.right(), y), "line2")
        painter.restore()


class FactsTable(QTableView):
    """The table. ``show_rows`` fills it; arrows move, Enter or a double click opens.

    ``side`` is the padding at the left and right end, so that a table can fill a sheet from edge to edge.
    """

    opened = Signal(object)
    """The key of a row: Enter or a double click."""
    current_changed = Signal(object)
    """The key of the row that the person moved to, ``None`` when there is none."""

    def __init__(
        self,
        columns: Sequence[Column],
        name: str,
        title: str,
        side: int = 20,
        row_height: int = ROW_TABLE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.side = side
        self.facts = FactsModel(columns, self)
        self.setModel(self.facts)
        self.setItemDelegate(_Painter(self))
        self.setHorizontalHeader(_Header(self))
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(row_height)
        self.verticalHeader().setDefaultSectionSize(row_height)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setMinimumSectionSize(24)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.facts.rows[index.row()].key))

    def show_rows(self, rows: Iterable[Row], keep: bool = True) -> None:
        """Other rows; the current one stays current when its key is still there."""
        before = self.current() if keep else None
        self.facts.replace(rows)
        if before is None or not self.select(before):
            self.current_changed.emit(self.current())

    def show_table(self, columns: Sequence[Column], rows: Iterable[Row]) -> None:
        """Other columns and other rows."""
        self.facts.replace(rows, columns)
        self._share_width()
        self.current_changed.emit(self.current())

    def rows(self) -> Sequence[Row]:
        """What is shown."""
        return self.facts.rows

    def current(self) -> Any:
        """The key of the current row, ``None`` when there is none."""
        row = self.currentIndex().row()
        return self.facts.rows[row].key if 0 <= row < len(self.facts.rows) else None

    def select(self, key: object) -> bool:
        """Makes the row of a key current; false when it is not there."""
        for number, row in enumerate(self.facts.rows):
            if row.key == key:
                self.selectRow(number)
                return True
        return False

    def is_current(self, row: int) -> bool:
        """Whether this row is the current one."""
        return self.currentIndex().row() == row

    def fit_height(self, most: int = 0) -> None:
        """Makes the table as high as its rows (at most ``most`` of them when given), for sheets that do not
        scroll.
        """
        shown = len(self.facts.rows) if not most else min(most, len(self.facts.rows))
        self.setFixedHeight(ROW_HEADER + shown * self.verticalHeader().defaultSectionSize() + 2)

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.viewport().update()
        self.current_changed.emit(self.facts.rows[now.row()].key if now.isValid() else None)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            opens = event.key() in _ENTER_KEYS and self.current() is not None
            if opens:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER_KEYS and self.current() is not None:
            self.opened.emit(self.current())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        columns = self.facts.columns
        free = max(1, sum(1 for column in columns if column.width == 0))
        rest = self.viewport().width() - sum(column.width for column in columns)
        for number, column in enumerate(columns):
            self.setColumnWidth(number, column.width or max(rest // free, 60))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.hasFocus() or self.current() is None:
            return
        top = self.visualRect(self.currentIndex())
        painter = QPainter(self.viewport())
        paint.crisp(painter)
        row = QRectF(1, top.top(), self.viewport().width() - 2, top.height() - 1)
        paint.box(painter, row, RADIUS_CHIP, None, paint.color("accent"), RING_WIDTH)
        painter.end()

    def sizeHint(self) -> QSize:
        return QSize(400, ROW_HEADER + 4 * ROW_TABLE)
