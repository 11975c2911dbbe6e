"""景品: who asked for what, what is left, what was sent."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from walkdesk.domain.problem import Problem
from walkdesk.messages.common import Done
from walkdesk.messages.prizes import AskBalance, LookAtPrizes, PrizeBoard
from walkdesk.ui.cards.keys import plain
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts.buttons import OutlineButton, PrimaryButton, QuietButton
from walkdesk.ui.look.parts.notes import EmptyState
from walkdesk.ui.look.parts.sheet import PageHead, Sheet, SheetHead, page_column
from walkdesk.ui.look.parts.tabs import TabRow
from walkdesk.ui.prizes.forms import CancelForm, PrizeForm, RequestForm, ShipForm
from walkdesk.ui.prizes.lists import RequestTable, StockSum, StockTable
from walkdesk.ui.shell.page import Page, PageContext
from walkdesk.ui.sideform import SideForm

_FORM_WIDTH = 306
_AREAS = frozenset({"prizes", "reception", "cards", "contracts"})


class PrizesPage(Page):
    """The desk. The form at the right is always the one that the person last asked for."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._board: PrizeBoard | None = None
        self._wanted: dict[str, Any] = {}
        self._ship = PrimaryButton(tr("prizes.ship_button"), "prizes_ship_button", key="F4", icon="truck")
        self._ask = OutlineButton(tr("prizes.request_button"), "prizes_request_button", key="F2")
        self._head = PageHead(tr("prizes.title"), buttons=(self._ask, self._ship))
        self.tabs = TabRow(
            "prizes_tabs", (("waiting", tr("prizes.tab.waiting"), 0), ("shipped", tr("prizes.tab.shipped"), 0))
        )
        self.requests = RequestTable()
        self.stock = StockTable()
        self._sum = StockSum()
        self._cancel = QuietButton(tr("prizes.cancel_button"), "prizes_cancel_button", cap="Del", icon="undo")
        self._all = QuietButton(tr("prizes.all_button"), "prizes_all_button", cap="Ctrl+A", icon="check")
        self._add = QuietButton(tr("prizes.add_button"), "prizes_add_button", key="F3", icon="plus")
        self.request_form, self.ship_form = RequestForm(), ShipForm()
        self.prize_form, self.cancel_form = PrizeForm(), CancelForm()
        self._forms = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = page_column(self)
        column.addWidget(self._head)
        row = QHBoxLayout()
        row.setSpacing(14)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self._lay_out_requests(), 5)
        left.addWidget(self._lay_out_stock(), 4)
        row.addLayout(left, 1)
        for form in (self.request_form, self.ship_form, self.prize_form, self.cancel_form):
            self._forms.addWidget(form)
        self._forms.setFixedWidth(_FORM_WIDTH)
        row.addWidget(self._forms)
        column.addLayout(row, 1)

    def _lay_out_requests(self) -> QWidget:
        sheet = Sheet("prizes_requests_sheet", tight=True, spacing=0)
        row = self.tabs.layout()
        assert row is not None
        for button in (self._all, self._cancel):
            row.addWidget(button)
        sheet.body.addWidget(self.tabs)
        self._empty = EmptyState("gift", tr("prizes.empty"), name="prizes_empty")
        self._lists = QStackedWidget()
        self._lists.addWidget(self.requests)
        self._lists.addWidget(self._empty)
        sheet.body.addWidget(self._lists, 1)
        return sheet

    def _lay_out_stock(self) -> QWidget:
        sheet = Sheet("prizes_stock_sheet", tight=True, spacing=0)
        head = QWidget()
        row = QVBoxLayout(head)
        row.setContentsMargins(19, 8, 10, 0)
        row.addWidget(SheetHead(tr("prizes.stock.title"), right=(self._add,)))
        sheet.body.addWidget(head)
        sheet.body.addWidget(self.stock, 1)
        foot = QWidget()
        below = QVBoxLayout(foot)
        below.setContentsMargins(19, 2, 19, 6)
        below.addWidget(self._sum)
        sheet.body.addWidget(foot)
        return sheet

    def _connect(self) -> None:
        self.tabs.chosen.connect(lambda _key: self._show_requests())
        self.requests.picked_changed.connect(self._show_buttons)
        self.requests.current_changed.connect(lambda _key: self._show_buttons())
        self.stock.current_changed.connect(lambda _key: self._sum.show_prize(self.stock.prize()))
        self.stock.opened.connect(lambda _key: self._change_prize())
        self._ask.clicked.connect(self._begin_request)
        self._ship.clicked.connect(self._begin_shipment)
        self._add.clicked.connect(self._new_prize)
        self._all.clicked.connect(self.requests.pick_all)
        self._cancel.clicked.connect(self._begin_cancel)
        for keys, what in (("Del", self._cancel), ("Ctrl+A", self._all)):
            shortcut = QShortcut(QKeySequence(keys), self.requests)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(what.click)
        self.request_form.balance_wanted.connect(self._load_balance)
        self.request_form.submitted.connect(self._send_request)
        self.ship_form.submitted.connect(self._send_shipment)
        self.prize_form.submitted.connect(self._send_prize)
        self.cancel_form.submitted.connect(self._send_cancel)
        for form in (self.ship_form, self.prize_form, self.cancel_form):
            form.cancelled.connect(self._begin_request)

    # What is there

    def enter(self, **place: Any) -> None:
        """``number`` begins a request of that person; ``form`` opens ``ship`` for ``requests`` (ids with commas),
        ``prize`` for the ``prize`` of that code or a new one, or ``cancel`` for a ``request``.
        """
        self._wanted = place
        self._load()
        number = str(place.get("number") or "")
        if number:
            self.request_form.number.setText(number)
        self._begin_request()

    def place(self) -> dict[str, Any]:
        """The form that is open, and what it is about; the request of a prize is no place of its own."""
        form = self._forms.currentWidget()
        if form is self.ship_form:
            return {"form": "ship", "requests": ",".join(str(row.request) for row in self.requests.picked())}
        if form is self.prize_form:
            return {"form": "prize", "prize": self.prize_form.changes()}
        if form is self.cancel_form:
            return {"form": "cancel", "request": self.cancel_form.request()}
        return {}

    def changed(self, changes: Any) -> None:
        """Loads again when points, people or stock changed."""
        if changes.areas & _AREAS and self.is_here():
            self._load()

    def _load(self) -> None:
        self.context.room.ask(LookAtPrizes(), self._show)

    def _show(self, board: PrizeBoard) -> None:
        self._board = board
        self.context.badge("prizes", board.waiting)
        self._head.show_facts(tr("prizes.facts", waiting=board.waiting, shipped=board.shipped))
        self.tabs.show_count("waiting", board.waiting)
        self.tabs.show_count("shipped", board.shipped)
        self.stock.show_prizes(board.prizes)
        self.request_form.show_prizes(board.prizes)
        self._show_requests()
        place, self._wanted = self._wanted, {}
        self._open_wanted(board, place)

    def _open_wanted(self, board: PrizeBoard, place: dict[str, Any]) -> None:
        """The form that ``enter`` was asked for, now that its record is known."""
        form = place.get("form")
        if form == "ship":
            self.requests.pick(int(one) for one in str(place.get("requests", "")).split(",") if one)
            if self.requests.picked():
                self._begin_shipment()
        elif form == "prize":
            code = str(place.get("prize", ""))
            prize = next((one for one in board.prizes if one.prize == code), None)
            if prize is not None or not code:
                self.prize_form.show_prize(prize)
                self._open(self.prize_form)
        elif form == "cancel":
            self.requests.select(place.get("request"))
            self._begin_cancel()

    def _show_requests(self) -> None:
        if self._board is None:
            return
        names = {prize.prize: prize.name for prize in self._board.prizes}
        state = self.tabs.current()
        rows = [row for row in self._board.requests if row.state == state]
        self.requests.show_requests(rows, names)
        self._lists.setCurrentWidget(self.requests if rows else self._empty)
        self._empty.say(tr("prizes.empty" if state == "waiting" else "prizes.empty_shipped"))
        self._show_buttons()

    def _show_buttons(self) -> None:
        picked = len(self.requests.picked())
        self._ship.say(tr("prizes.ship_count", count=picked) if picked else tr("prizes.ship_button"))
        self._ship.setEnabled(bool(picked))
        self._ship.setToolTip("" if picked else tr("prizes.pick_first"))
        self._ship.setAccessibleDescription("" if picked else tr("prizes.pick_first"))
        row = self.requests.request()
        waiting = self.tabs.current() == "waiting"
        self._cancel.setVisible(waiting)
        self._all.setVisible(waiting)
        self._cancel.setEnabled(row is not None and row.state == "waiting")

    def _open(self, form: SideForm) -> None:
        self._forms.setCurrentWidget(form)
        form.begin()

    # Requests

    def _begin_request(self) -> None:
        self._open(self.request_form)

    def _load_balance(self, number: str) -> None:
        show = self.request_form.show_balance
        self.context.room.ask(AskBalance(plain(number)), show, lambda _problem: show(None))

    def _send_request(self) -> None:
        form = self.request_form
        self._send(form, form.message(), self._requested)

    def _requested(self, done: Done) -> None:
        self.context.say(tr("prizes.requested", **done.facts))
        self.request_form.clear()
        self._begin_request()

    def _begin_cancel(self) -> None:
        row = self.requests.request()
        if row is not None and row.state == "waiting" and self._board is not None:
            names = {prize.prize: prize.name for prize in self._board.prizes}
            self.cancel_form.show_request(row, names.get(row.prize, row.prize))
            self._open(self.cancel_form)

    def _send_cancel(self) -> None:
        self._send(self.cancel_form, self.cancel_form.message(), self._cancelled)

    def _cancelled(self, done: Done) -> None:
        self.context.say(tr("prizes.cancelled", **done.facts))
        self._begin_request()

    # Shipments

    def _begin_shipment(self) -> None:
        self.ship_form.show_requests(self.requests.picked())
        self._open(self.ship_form)

    def _send_shipment(self) -> None:
        message = self.ship_form.message()
        if message is not None:
            self._send(self.ship_form, message, self._shipped)

    def _shipped(self, done: Done) -> None:
        self.context.say(tr("prizes.shipped", **done.facts))
        self.ship_form.slips.clear()
        self._begin_request()

    # Stock

    def _new_prize(self) -> None:
        self.prize_form.show_prize(None)
        self._open(self.prize_form)

    def _change_prize(self) -> None:
        self.prize_form.show_prize(self.stock.prize())
        self._open(self.prize_form)

    def _send_prize(self) -> None:
        message = self.prize_form.message()
        if message is not None:
            self._send(self.prize_form, message, lambda _done: self._prize_saved(message.name, message.stock))

    def _prize_saved(self, name: str, stock: int) -> None:
        self.context.say(tr("prizes.prize_saved", name=name, stock=stock))
        self.stock.setFocus(Qt.FocusReason.OtherFocusReason)
        self._forms.setCurrentWidget(self.request_form)

    def _send(self, form: SideForm, message: object, then: Any) -> None:
        form.form.clear_problems()
        form.save.setEnabled(False)

        def done(answer: Any) -> None:
            form.save.setEnabled(True)
            then(answer)

        def refused(problem: Problem) -> None:
            form.save.setEnabled(True)
            form.form.show_problem(problem)

        self.context.room.ask(message, done, refused)
