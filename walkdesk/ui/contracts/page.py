"""The contracts desk: the board of the contract on the desk, its items, all contracts, and a new one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from walkdesk.domain.contract import ContractState, Requirement
from walkdesk.domain.problem import Problem
from walkdesk.messages.closeout import CloseOutBoard, LookAtCloseOut
from walkdesk.messages.common import Done
from walkdesk.messages.contracts import (
    ConfirmItems,
    ContractBoard,
    ContractList,
    ListContracts,
    LookAtContract,
    OpenContract,
)
from walkdesk.messages.door import EnterContract, SignedIn
from walkdesk.ui.contracts.board import BoardView
from walkdesk.ui.contracts.items import ItemsView
from walkdesk.ui.contracts.needs import can_be_done, open_needs, place_of
from walkdesk.ui.contracts.overview import OverviewView
from walkdesk.ui.contracts.prepare import PrepareForm
from walkdesk.ui.contracts.start_sheet import StartSheetView
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts import OutlineButton, PageHead, PrimaryButton, SmallButton, TabRow, page_column, scrolling
from walkdesk.ui.shell.page import Page, PageContext
from walkdesk.ui.shell.standing import standing_of
from walkdesk.ui.words import fiscal_year, programme_word

_VIEWS = ("board", "items", "sheet", "list")
_AREAS = frozenset({"contracts", "people", "closeout", "releases", "prizes"})


class ContractsPage(Page):
    """契約. Place: ``view`` is ``board``, ``items``, ``sheet``, ``list`` or ``prepare``."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._view, self._entering = "board", False
        self._board: ContractBoard | None = None
        self._list: ContractList | None = None
        self._may = context.role == "manager"
        column = page_column(self)
        self._new = OutlineButton(tr("contracts.prepare"), "contracts_prepare", key="Alt+N", icon="plus")
        self._keys = OutlineButton(tr("keys.to_desk"), "contracts_keys", key="Alt+K", icon="key")
        self._registers = OutlineButton(tr("registers.to_desk"), "contracts_registers")
        self._next = PrimaryButton(tr("contracts.next"), "contracts_next", key="Enter")
        self._head = PageHead(tr("contracts.title"), buttons=[self._registers, self._keys, self._new, self._next])
        column.addWidget(self._head)
        # The start sheet is the manager's paper.
        views = [key for key in _VIEWS if key != "sheet" or self._may]
        self.tabs = TabRow("contracts_tabs", [(key, tr(f"contracts.tab_{key}"), None) for key in views])
        self._reports = SmallButton(tr("audit.reports.to_desk"), "contracts_reports", key="Alt+U", icon="document")
        line = QHBoxLayout()
        line.addWidget(self.tabs, 1)
        line.addWidget(self._reports)
        column.addLayout(line)
        self.board = BoardView(self._settle)
        self.items = ItemsView()
        self.overview = OverviewView()
        self.prepare = PrepareForm()
        self._stack = QStackedWidget()
        self.sheet = StartSheetView(context)
        for view in (self.board, self.items, self.sheet, self.overview, self._roomy()):
            self._stack.addWidget(view)
        column.addWidget(self._stack, 1)
        self._new.clicked.connect(lambda: self.enter(view="prepare"))
        self._keys.clicked.connect(lambda: self.context.go("keys"))
        self._reports.clicked.connect(self._go_to_reports)
        self._registers.clicked.connect(lambda: self.context.go("registers"))
        self._next.clicked.connect(self._go_on)
        self.tabs.chosen.connect(self._turn)
        self.items.confirmed.connect(self._confirm_items)
        self.sheet.report_wanted.connect(lambda: self.context.go("people", view="report"))
        self.overview.opened.connect(self._enter_contract)
        self.prepare.wanted.connect(lambda message: self._ask(message, self._prepared, self.prepare.show_problem))
        self.prepare.left.connect(lambda: self.enter(view="list" if self._board is None else "board"))
        self._new.setVisible(self._may)
        self._next.hide()

    def _roomy(self) -> QWidget:
        whole = QWidget()
        whole.setObjectName("scrolled")
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.prepare)
        column.addStretch(1)
        return scrolling(whole, "prepare_scroll")

    def _ask(self, message: object, then: Any, otherwise: Any = None) -> None:
        self.context.room.ask(message, then, otherwise)

    def enter(self, **place: Any) -> None:
        view = str(place.get("view", self._view))
        if view == "prepare" and self._view != "prepare":
            self.prepare.begin()
        self._turn(view)
        self._entering = view == "board"
        self._ask(LookAtContract(), self._show_board, self._show_no_board)
        self._ask(ListContracts(), self._show_list)

    def changed(self, changes: Any) -> None:
        if self.is_here() and self._view != "prepare" and _AREAS & changes.areas:
            self.enter()

    def place(self) -> dict[str, Any]:
        return {"view": self._view}

    # What is seen

    def _turn(self, view: str) -> None:
        self._view = view
        self._stack.setCurrentIndex((*_VIEWS, "prepare").index(view))
        self.tabs.setVisible(view != "prepare")
        self._new.setVisible(self._may and view != "prepare")
        self._keys.setVisible(view != "prepare")
        self._registers.setVisible(view != "prepare")
        self._reports.setVisible(self._may and view != "prepare")
        if view != "prepare":
            self.tabs.choose(view)
        self._show_next()
        if view == "list":
            self.overview.table.setFocus()
        elif view == "sheet":
            self.sheet.load()
            self.sheet.print.setFocus()
        elif view == "items":
            self.items.table.setFocus()

    def _show_board(self, board: ContractBoard) -> None:
        self._board = board
        card = board.card
        if card.state is not ContractState.PREPARING:
            # What the later steps need is known at the close-out desk.
            board = self._board = replace(board, needs=())
            self._ask(LookAtCloseOut(card.contract), self._show_closeout, lambda _problem: None)
        self.context.standing(standing_of(card))
        self._head.show_facts(f"{card.number}　{programme_word(card)}　{fiscal_year(card.year)}")
        self.board.show_board(board, self._may)
        self.items.show_board(board, self._may and card.state is ContractState.PREPARING)
        self.tabs.show_count("items", len(board.items))
        self._show_next()
        if self._entering and self._view == "board":
            (self._next if self._next.isVisible() else self.tabs).setFocus()
        self._entering = False
        self.context.badge("contracts", len(open_needs(board)) if card.state is ContractState.PREPARING else 0)

    def _show_closeout(self, closeout: CloseOutBoard) -> None:
        if self._board is not None and self._board.card.contract == closeout.card.contract:
            self._board = replace(self._board, needs=closeout.needs, life=closeout.life)
            self.board.show_board(self._board, self._may)

    def _show_no_board(self, problem: Problem) -> None:
        self._board = None
        self._head.show_facts("")
        self.context.refuse(problem)
        if self._view in ("board", "items", "sheet"):
            self._turn("list")

    def _show_list(self, contracts: ContractList) -> None:
        self._list = contracts
        here = "" if self._board is None else self._board.card.contract
        today = None if self._board is None else self._board.today
        self.overview.show_list(contracts, here, today)
        self.tabs.show_count("list", len(contracts.contracts))
        self.prepare.offer_tokens(contracts.token_folders)

    def _show_next(self) -> None:
        """The main button: the next thing that is missing, or the step itself."""
        board = self._board
        self._next.setVisible(self._may and self._view == "board" and board is not None)
        if board is None:
            return
        missing = open_needs(board)
        to_do = [need for need in missing if can_be_done(need)]
        if board.card.state is not ContractState.PREPARING:
            self._next.say(tr("contracts.to_closeout"))
            self._next.forbid("")
        elif to_do:
            self._next.say(tr("contracts.next"))
            self._next.forbid("")
        else:
            self._next.say(tr("contracts.open"))
            self._next.forbid(tr(f"contracts.how.{missing[0].requirement.value}") if missing else "")

    # What is done

    def _settle(self, need: Requirement) -> None:
        desk, place = place_of(need)
        if desk == "contracts":
            self.enter(**place)
        else:
            self.context.go(desk, **place)

    def _go_to_reports(self) -> None:
        """What the ward gets of the contract on the desk (clauses 14 to 17)."""
        place = {} if self._board is None else {"contract": self._board.card.contract}
        self.context.go("audit_reports", **place)

    def _go_on(self) -> None:
        if self._board is None:
            return
        to_do = [need for need in open_needs(self._board) if can_be_done(need)]
        if self._board.card.state is not ContractState.PREPARING:
            self.context.go("closeout")
        elif to_do:
            self._settle(to_do[0].requirement)
        else:
            self._ask(OpenContract(), self._opened)

    def _opened(self, done: Done) -> None:
        self.context.say(tr("contracts.opened", **done.facts))
        self.enter(view="board")

    def _confirm_items(self) -> None:
        self._ask(ConfirmItems(), self._items_confirmed)

    def _items_confirmed(self, done: Done) -> None:
        self.context.say(tr("contracts.items_saved", count=done.facts["count"], ledger=done.ledger))
        self.enter(view="board")

    def _enter_contract(self, contract: str) -> None:
        if self._board is not None and self._board.card.contract == contract:
            self.enter(view="board")
            return
        self._ask(EnterContract(contract), lambda _signed_in: self.enter(view="board"))

    def _prepared(self, signed_in: SignedIn) -> None:
        number = self.prepare.form.text("prepare_number")
        self.context.say(tr("contracts.prepared", number=number))
        self.enter(view="board")
