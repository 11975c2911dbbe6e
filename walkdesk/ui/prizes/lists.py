"""The two lists of the prize desk: requests, of which several are picked for one shipment, and the stock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from walkdesk.messages.prizes import PrizeRow, RequestRow
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts.chips import ChipKind
from walkdesk.ui.look.parts.sums import StackedBar
from walkdesk.ui.look.parts.table import Cell, Column, FactsTable, Mark, Row
from walkdesk.ui.look.parts.text import Run, Runs
from walkdesk.ui.look.tokens import DETAIL, DETAIL_BOLD
from walkdesk.ui.words import short_day

_FEW = 5


def left_of(prize: PrizeRow) -> int:
    """How many pieces nobody has asked for."""
    return prize.stock - prize.reserved - prize.shipped


class RequestTable(FactsTable):
    """The requests of one state; Space or a click on the mark picks waiting ones for a shipment."""

    picked_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        columns = (
            Column(tr("prizes.table.pick"), 104),
            Column(tr("prizes.table.number"), 92, "strong"),
            Column(tr("prizes.table.name")),
            Column(tr("prizes.table.prize"), 150),
            Column(tr("prizes.table.points"), 84, "number"),
            Column(tr("prizes.table.requested"), 82, "detail"),
            Column(tr("prizes.table.shipment"), 128, "detail"),
        )
        super().__init__(columns, "prizes_requests", tr("prizes.requests"), row_height=38, parent=parent)
        self._requests: tuple[RequestRow, ...] = ()
        self._names: dict[str, str] = {}
        self._picked: set[int] = set()

    def show_requests(self, requests: Sequence[RequestRow], names: dict[str, str]) -> None:
        """Other requests; ``names`` are the prizes' names by code. What is picked stays picked while it waits."""
        self._requests, self._names = tuple(requests), names
        self._picked &= {row.request for row in self._requests if row.state == "waiting"}
        self._draw()

    def picked(self) -> tuple[RequestRow, ...]:
        """The picked requests in the order of the list."""
        return tuple(row for row in self._requests if row.request in self._picked)

    def request(self) -> RequestRow | None:
        """The request under the keyboard."""
        return next((row for row in self._requests if row.request == self.current()), None)

    def pick_all(self) -> None:
        """Picks every waiting request; all picked already: none."""
        waiting = {row.request for row in self._requests if row.state == "waiting"}
        self._picked = set() if self._picked == waiting else waiting
        self._draw()

    def pick(self, requests: Iterable[int]) -> None:
        """Picks these and no others; one that no longer waits is left out."""
        self._picked = set(requests) & {row.request for row in self._requests if row.state == "waiting"}
        self._draw()

    def _toggle(self) -> None:
        row = self.request()
        if row is not None and row.state == "waiting":
            self._picked ^= {row.request}
            self._draw()

    def _draw(self) -> None:
        self.show_rows(Row(row.request, self._cells(row)) for row in self._requests)
        self.picked_changed.emit()

    def _cells(self, row: RequestRow) -> tuple[Cell, ...]:
        if row.state == "shipped":
            mark = Mark("check", tr("prizes.shipped_mark"), "ok")
        elif row.request in self._picked:
            mark = Mark("check-circle", tr("prizes.picked_mark"), "accent")
        else:
            mark = Mark("circle", "", "neutral")
        shipment = ""
        if row.shipped_on is not None:
            shipment = " ".join((short_day(row.shipped_on), row.slip)).strip()
        name = self._names.get(row.prize, row.prize)
        return (mark, row.number, row.name, name, row.points, short_day(row.requested_on), shipment)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self._toggle()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == 0:
            self._toggle()


class StockTable(FactsTable):
    """The prizes; Enter opens one to be changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        columns = (
            Column(tr("prizes.stock.prize"), 88, "detail"),
            Column(tr("prizes.stock.name")),
            Column(tr("prizes.stock.points"), 92, "number"),
            Column(tr("prizes.stock.stock"), 72, "number"),
            Column(tr("prizes.stock.reserved"), 72, "number"),
            Column(tr("prizes.stock.shipped"), 84, "number"),
            Column(tr("prizes.stock.left"), 124),
        )
        super().__init__(columns, "prizes_stock", tr("prizes.stock.title"), row_height=36, parent=parent)
        self._prizes: tuple[PrizeRow, ...] = ()

    def show_prizes(self, prizes: Sequence[PrizeRow]) -> None:
        """Other prizes."""
        self._prizes = tuple(prizes)
        self.show_rows(Row(prize.prize, _stock_cells(prize)) for prize in prizes)

    def prize(self) -> PrizeRow | None:
        """The prize under the keyboard."""
        return next((prize for prize in self._prizes if prize.prize == self.current()), None)


def _stock_cells(prize: PrizeRow) -> tuple[Cell, ...]:
    left = left_of(prize)
    kind: ChipKind = "danger" if left <= 0 else "warn" if left <= _FEW else "ok"
    icon = {"danger": "alert", "warn": "warning", "ok": "check"}[kind]
    word = tr("prizes.stock.none_left") if left <= 0 else tr("prizes.stock.pieces", count=left)
    counts = (prize.points, prize.stock, prize.reserved, prize.shipped)
    return (prize.prize, prize.name, *counts, Mark(icon, word, kind, chip=True))


class StockSum(QWidget):
    """One prize as a sum that can be checked: 50 ＝ 12 ＋ 3 ＋ 35, with its bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("prizes_sum")
        self.setFixedHeight(46)
        self._words = Runs(name="prizes_sum_words", parent=self)
        self._bar = StackedBar(10, "prizes_sum_bar", parent=self)

    def resizeEvent(self, event: object) -> None:
        self._words.setGeometry(0, 2, self.width(), 22)
        self._bar.setGeometry(0, 29, self.width(), 10)

    def show_prize(self, prize: PrizeRow | None) -> None:
        """Another prize, or none."""
        self.setVisible(prize is not None)
        if prize is None:
            return
        left = left_of(prize)
        equation = tr(
            "prizes.stock.sum", stock=prize.stock, shipped=prize.shipped, reserved=prize.reserved, left=left
        )
        self._words.show_runs([Run(prize.name, DETAIL_BOLD, "ink"), Run(equation, DETAIL)])
        pieces = [(prize.shipped, "accent"), (prize.reserved, "bar")]
        self._bar.show_pieces(pieces, prize.stock, equation)  # type: ignore[arg-type]
