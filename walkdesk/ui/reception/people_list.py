"""The list: filter, order, pages; every line masked as the room sends it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from walkdesk.messages.reception import ListParticipants, ParticipantPage, ParticipantRow
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts import (
    CheckBox,
    Column,
    ComboBox,
    EmptyState,
    FactsTable,
    LineEdit,
    Mark,
    Row,
    Run,
    Runs,
    Sheet,
    SmallButton,
    TabRow,
)
from walkdesk.ui.look.tokens import BODY, ROW_LIST
from walkdesk.ui.shell.page import Room

PAGE = 200
_PAUSE_MS = 200
_FILTERS = ("all", "doubtful", "card", "app")
_ORDERS = ("number", "name", "age", "town")


class PeopleList(QWidget):
    """The list. ``opened`` tells a person's number; ``loaded`` the page that came."""

    opened = Signal(str)
    loaded = Signal(object)

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._offset, self._total, self._asked = 0, 0, 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        sheet = Sheet("reception_list", tight=True, spacing=0)
        column.addWidget(sheet)
        self.tabs = TabRow("reception_only", [(key, tr(f"reception.only_{key}"), None) for key in _FILTERS])
        self.tabs.chosen.connect(lambda _key: self._begin_again())
        sheet.body.addWidget(self.tabs)
        sheet.body.addLayout(self._lay_out_tools())
        self.table = FactsTable(_columns(), "reception_table", tr("reception.title"), row_height=ROW_LIST + 4)
        self.table.opened.connect(lambda number: self.opened.emit(number))
        self._empty = EmptyState("people", "", name="reception_empty")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        sheet.body.addWidget(self._stack, 1)
        sheet.body.addLayout(self._lay_out_pager())
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._begin_again)

    def _lay_out_tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(20, 10, 20, 10)
        row.setSpacing(12)
        self.text = LineEdit("reception_text", tr("reception.text_hint"), max_length=60, kept=False)
        self.text.setAccessibleName(tr("reception.text_name"))
        self.text.setFixedWidth(290)
        self.text.textEdited.connect(lambda _text: self._pause.start())
        self.text.returnPressed.connect(self._begin_again)
        self.order = ComboBox("reception_order", [(key, tr(f"reception.order_{key}")) for key in _ORDERS])
        self.order.setAccessibleName(tr("reception.order_name"))
        self.order.currentIndexChanged.connect(lambda _index: self._begin_again())
        self.descending = CheckBox(tr("reception.descending"), "reception_descending")
        self.descending.toggled.connect(lambda _on: self._begin_again())
        row.addWidget(self.text)
        row.addStretch(1)
        row.addWidget(self.order)
        row.addWidget(self.descending)
        return row

    def _lay_out_pager(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(20, 8, 20, 10)
        row.setSpacing(12)
        self._where = Runs(name="reception_where")
        self._before = SmallButton(tr("reception.page_before"), "reception_before", key="Ctrl+PgUp")
        self._after = SmallButton(tr("reception.page_after"), "reception_after", key="Ctrl+PgDown")
        self._before.clicked.connect(lambda: self._turn(-PAGE))
        self._after.clicked.connect(lambda: self._turn(PAGE))
        row.addWidget(self._where, 1)
        row.addWidget(self._before, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._after, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def only(self, key: str) -> None:
        """Chooses a filter."""
        self.tabs.choose(key)

    def load(self) -> None:
        """Asks for the page that is shown now."""
        self._asked += 1
        mine = self._asked
        message = ListParticipants(
            self._offset,
            PAGE,
            self.order.chosen(),
            self.descending.isChecked(),
            self.tabs.current(),
            self.text.text().strip(),
        )
        self._room.ask(message, lambda page: self._show(page) if mine == self._asked else None)

    def begin(self) -> None:
        """The keyboard into the table, or into the filter while it is empty."""
        (self.table if self.table.rows() else self.text).setFocus()

    def _begin_again(self) -> None:
        self._pause.stop()
        self._offset = 0
        self.load()

    def _turn(self, by: int) -> None:
        self._offset = max(self._offset + by, 0)
        self.load()

    def _show(self, page: ParticipantPage) -> None:
        self._total = page.total
        counts = {"all": page.card + page.app, "doubtful": page.doubtful, "card": page.card, "app": page.app}
        for key, count in counts.items():
            self.tabs.show_count(key, count)
        self.table.show_rows([_row(one) for one in page.rows])
        if page.rows and self.table.current() is None:
            self.table.selectRow(0)
        self._empty.say(tr("reception.none_found" if page.card + page.app else "reception.none_yet"))
        self._stack.setCurrentIndex(0 if page.rows else 1)
        last = self._offset + len(page.rows)
        first = self._offset + 1 if page.rows else 0
        words = tr("reception.where", first=first, last=last, total=page.total)
        self._where.show_runs([Run(words, BODY, cells=True)])
        self._before.setEnabled(self._offset > 0)
        self._after.setEnabled(last < page.total)
        several = page.total > PAGE
        self._before.setVisible(several)
        self._after.setVisible(several)
        self.loaded.emit(page)


def _columns() -> list[Column]:
    return [
        Column(tr("reception.number"), 112, "strong"),
        Column(tr("reception.name"), 0),
        Column(tr("reception.town"), 0),
        Column(tr("reception.age"), 76, "number"),
        Column(tr("reception.way"), 100),
        Column(tr("reception.phone_tail"), 122),
        Column(tr("reception.points"), 100, "number"),
        Column(tr("reception.state"), 124),
    ]


def _row(one: ParticipantRow) -> Row:
    mark = Mark("warning", tr("reception.doubtful"), "warn", chip=True) if one.doubtful else ""
    return Row(
        one.number,
        (
            one.number,
            one.name,
            one.town,
            one.age,
            tr(f"reception.channel.{one.channel.value}"),
            f"…{one.phone_tail}" if one.phone_tail else None,
            one.points,
            mark,
        ),
    )
