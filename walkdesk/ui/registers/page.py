"""台帳: the registers at the left, the lines of one and the line under the keyboard beside, or the form for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from walkdesk.domain.problem import Problem
from walkdesk.domain.registers import Register
from walkdesk.messages.common import Done, FreePaper
from walkdesk.messages.registers import (
    ChangeEntry,
    CloseEntry,
    EnterEntry,
    ListConcerned,
    LookAtRegisters,
    MakeIncidentReport,
    PrintRegister,
    RegisterBoard,
)
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.look.parts import EmptyState, OutlineButton, PageHead, PrimaryButton, Sheet, page_column
from walkdesk.ui.registers.concerned import ConcernedForm
from walkdesk.ui.registers.details import EntryDetails
from walkdesk.ui.registers.forms import EntryForm
from walkdesk.ui.registers.lists import EntriesTable, RegistersTable
from walkdesk.ui.registers.paper import RegisterPaper
from walkdesk.ui.shell.page import Page, PageContext

_SAID: dict[type, str] = {
    EnterEntry: "registers.entered",
    ChangeEntry: "registers.changed",
    CloseEntry: "registers.ended",
}
_WIDE = 1080
"""Below this width of the page the lists at both sides give way."""
_LEFT, _SIDE, _GAP = (260, 232), (348, 300), 14
_AREAS = frozenset({"registers", "releases", "keys", "closeout", "contracts"})


class RegistersPage(Page):
    """台帳. Place: ``register``, ``entry``, and ``form`` when one is open (``new``, ``change``, ``close``)."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._register = Register.COPIES
        self._board: RegisterBoard | None = None
        self._wanted = self._form_wanted = ""
        self._manager = context.role == "manager"
        self._print = OutlineButton(tr("registers.print_register"), "registers_print", key="Ctrl+P", icon="printer")
        self.new = PrimaryButton(tr("registers.new"), "registers_new", key="F2", icon="plus")
        self._head = PageHead(tr("registers.title"), buttons=(self._print, self.new))
        self.registers, self.entries = RegistersTable(), EntriesTable()
        self.details, self.concerned = EntryDetails(), ConcernedForm()
        self.form, self.paper = EntryForm(), RegisterPaper(context)
        self._lists, self._side, self._stack = QStackedWidget(), QStackedWidget(), QStackedWidget()
        self._left = Sheet("registers_sheet", tight=True, spacing=0)
        self._lay_out()
        self._connect()

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = event.size().width() < _WIDE
        self._left.setFixedWidth(_LEFT[narrow])
        self._side.setFixedWidth(_SIDE[narrow])
        super().resizeEvent(event)

    def _lay_out(self) -> None:
        column = page_column(self)
        column.addWidget(self._head)
        row = QHBoxLayout()
        row.setSpacing(_GAP)
        self._left.body.addWidget(self.registers)
        row.addWidget(self._left)
        for view in (self._lay_out_lists(), self.form, self.paper):
            self._stack.addWidget(view)
        row.addWidget(self._stack, 1)
        column.addLayout(row, 1)

    def _lay_out_lists(self) -> QWidget:
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        sheet = Sheet("registers_entries_sheet", tight=True, spacing=0)
        self._lists.addWidget(self.entries)
        self._lists.addWidget(EmptyState("book", tr("registers.empty"), name="registers_empty"))
        sheet.body.addWidget(self._lists)
        row.addWidget(sheet, 1)
        self._side.addWidget(self.details)
        self._side.addWidget(self.concerned)
        row.addWidget(self._side)
        return whole

    def _connect(self) -> None:
        self.registers.current_changed.connect(self._turn_register)
        self.registers.opened.connect(lambda _key: self.entries.setFocus(Qt.FocusReason.OtherFocusReason))
        self.entries.current_changed.connect(lambda _key: self._show_entry())
        self.entries.opened.connect(lambda _key: self.details.focus_first())
        self.new.clicked.connect(self._begin_new)
        self._print.clicked.connect(lambda: self._ask_paper(PrintRegister(self._register)))
        self.details.change.clicked.connect(self._begin_change)
        self.details.close_it.clicked.connect(self._begin_close)
        self.details.count.clicked.connect(self._begin_count)
        self.details.report.clicked.connect(self._make_report)
        self.form.wanted.connect(self._send)
        self.form.left.connect(self._back)
        self.concerned.submitted.connect(self._count)
        self.concerned.cancelled.connect(self._back)
        self.paper.left.connect(self._back)

    # What is there

    def enter(self, **place: Any) -> None:
        wanted = str(place.get("register") or "")
        if wanted in set(Register):
            self._register = Register(wanted)
        self._wanted, self._form_wanted = str(place.get("entry") or ""), str(place.get("form") or "")
        self._turn(0)
        self._load()
        (self.entries if self._wanted else self.registers).setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self) -> dict[str, Any]:
        row, form = self.entries.entry(), self.form.mode if self._stack.currentIndex() == 1 else ""
        found = {"register": self._register.value}
        if row is not None and form != "new":
            found["entry"] = row.entry
        return {**found, "form": form} if form else found

    def changed(self, changes: Any) -> None:
        # A form that is being filled stays as it is.
        if self.is_here() and self._stack.currentIndex() == 0 and _AREAS & changes.areas:
            self._load()

    def _load(self) -> None:
        self.context.room.ask(LookAtRegisters(self._register), self._show)

    def _show(self, board: RegisterBoard) -> None:
        if board.register is not self._register:
            return  # the keyboard went on to another register meanwhile
        self._board = board
        self.registers.blockSignals(True)
        self.registers.show_counts(board.counts)
        self.registers.select(board.register)
        self.registers.blockSignals(False)
        self._lists.setCurrentIndex(0 if board.entries else 1)
        self.entries.show_entries(board.entries)
        if self._wanted:
            self.entries.choose(self._wanted)
        if board.entries and self.entries.current() is None:
            self.entries.selectRow(0)
        self._wanted = ""
        self._show_head(board)
        self.new.setVisible(board.may_write and self._stack.currentIndex() == 0)
        self.context.badge("registers", sum(one.overdue for one in board.counts))
        self._show_entry()
        self._open_wanted()

    def _show_head(self, board: RegisterBoard) -> None:
        count = next(one for one in board.counts if one.register is board.register)
        name = tr(f"registers.name.{board.register.value}")
        facts = tr("registers.facts", name=name, open=count.open, closed=count.closed)
        late = tr("registers.facts_overdue", count=count.overdue) if count.overdue else ""
        year = ""
        if board.register is Register.INSPECTIONS and board.contract:
            year = "　" + tr("registers.inspected_yes" if board.inspected else "registers.inspected_no")
        self._head.show_facts(f"{facts}{late}{year}")

    def _open_wanted(self) -> None:
        form, self._form_wanted = self._form_wanted, ""
        button = {"new": self.new, "change": self.details.change, "close": self.details.close_it}.get(form)
        if button is not None and button.isVisibleTo(self):
            button.click()

    def _turn_register(self, register: Register | None) -> None:
        if register is not None and register is not self._register:
            self._register = register
            self._turn(0)
            self._load()

    def _show_entry(self) -> None:
        if self._board is None:
            return
        self._side.setCurrentWidget(self.details)
        self.details.show_entry(self.entries.entry(), self._board, self._manager)

    def _turn(self, view: int) -> None:
        self._stack.setCurrentIndex(view)
        here = view == 0
        self._print.setVisible(here)
        self.new.setVisible(here and self._board is not None and self._board.may_write)

    def _back(self) -> None:
        self._turn(0)
        self._side.setCurrentWidget(self.details)
        (self.entries if self.entries.rows() else self.registers).setFocus(Qt.FocusReason.OtherFocusReason)

    # What is done

    def _begin_new(self) -> None:
        if self._board is not None:
            self._turn(1)
            self.form.begin_new(self._board)

    def _begin_change(self) -> None:
        row = self.entries.entry()
        if self._board is not None and row is not None:
            self._turn(1)
            self.form.begin_change(self._board, row, self._manager)

    def _begin_close(self) -> None:
        row = self.entries.entry()
        if self._board is not None and row is not None:
            self._turn(1)
            self.form.begin_close(self._board, row)

    def _send(self, message: object) -> None:
        def done(answer: Done) -> None:
            self.context.say(tr(_SAID[type(message)], ledger=answer.ledger, **answer.facts))
            self._wanted = str(answer.facts["entry"])
            self._back()
            self._load()

        self.context.room.ask(message, done, self.form.show_problem)

    def _begin_count(self) -> None:
        row = self.entries.entry()
        if row is None:
            return

        def show(ways: Any) -> None:
            self.concerned.show_ways(row, ways)
            self._side.setCurrentWidget(self.concerned)
            self.concerned.begin()

        self.context.room.ask(ListConcerned(), show, self._refused)

    def _count(self) -> None:
        def done(answer: Done) -> None:
            self.context.say(tr("registers.counted", ledger=answer.ledger, **answer.facts))
            self._back()
            self._load()

        self.context.room.ask(self.concerned.message(), done, self.concerned.form.show_problem)

    def _make_report(self) -> None:
        row = self.entries.entry()
        if row is not None:
            self._ask_paper(MakeIncidentReport(row.entry))

    def _ask_paper(self, message: object) -> None:
        self.details.say("")
        show: Callable[[FreePaper], None] = self._show_paper
        self.context.room.ask(message, show, self._refused)

    def _show_paper(self, paper: FreePaper) -> None:
        self._turn(2)
        self.paper.show_paper(paper)

    def _refused(self, problem: Problem) -> None:
        self.details.say(sentence(problem))
