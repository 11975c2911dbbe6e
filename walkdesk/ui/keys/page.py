"""鍵の管理: the token's day above, the recovery sheets at the left, the people or the form that is wanted beside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from walkdesk.domain.problem import Problem
from walkdesk.domain.recovery import OFFICE_SCOPE
from walkdesk.messages.common import Done, FreePaper
from walkdesk.messages.door import SignedIn
from walkdesk.messages.keys import (
    CloseSheet,
    KeyBoard,
    LookAtKeys,
    MakeSheet,
    OpenWithSheet,
    RekeyContract,
    SheetRow,
    TellToken,
    TrySheet,
)
from walkdesk.ui.keys.forms import CloseForm, KeyForm, MakeForm, OpenForm, RekeyForm, TryForm
from walkdesk.ui.keys.paper import SheetPaper
from walkdesk.ui.keys.token import TokenSheet
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.look.parts import (
    Column,
    EmptyState,
    FactsTable,
    Mark,
    Note,
    OutlineButton,
    PageHead,
    Row,
    Sheet,
    SheetHead,
    SmallButton,
    page_column,
    scrolling,
)
from walkdesk.ui.look.parts.chips import ChipKind
from walkdesk.ui.look.tokens import SHEET_GAP
from walkdesk.ui.shell.page import Page, PageContext
from walkdesk.ui.shell.standing import standing_of
from walkdesk.ui.words import short_day

_AREAS = frozenset({"keys", "contracts", "people", "door"})
_VIEWS = {"rekey": "rekey", OFFICE_SCOPE: "make", "contract": "make"}
"""What 今日 sends here, and the form that does it."""


class KeysPage(Page):
    """鍵の管理. Place: ``view`` is ``token``, ``rekey``, ``office`` or ``contract`` (the sheet that is due)."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._board: KeyBoard | None = None
        self._wanted = ""
        self._may = context.role == "manager"
        column = page_column(self)
        self._back = OutlineButton(tr("keys.back_to_contract"), "keys_back", key="Alt+Left", icon="arrow-left")
        self._open = OutlineButton(tr("keys.open_with_sheet"), "keys_open_button", key="Alt+O", icon="key")
        self._rekey = OutlineButton(tr("keys.rekey"), "keys_rekey_button", key="Alt+K", icon="lock")
        self._head = PageHead(tr("keys.title"), buttons=[self._back, self._open, self._rekey])
        column.addWidget(self._head)
        self._stack = QStackedWidget()
        self.paper = SheetPaper(context)
        self._nothing = EmptyState("key", "", name="keys_nothing")
        for view in (self._lay_out(), self.paper, self._nothing):
            self._stack.addWidget(view)
        column.addWidget(self._stack, 1)
        self._back.clicked.connect(lambda: self.context.go("contracts"))
        self._open.clicked.connect(lambda: self._turn("open"))
        self._rekey.clicked.connect(lambda: self._turn("rekey"))
        self.paper.put_away.connect(self._put_away)
        self._open.hide()
        self._rekey.hide()

    def _lay_out(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SHEET_GAP)
        self.token = TokenSheet()
        self.token.told.connect(self._tell)
        self._due = Note("keys_due")
        column.addWidget(self.token)
        column.addWidget(self._due)
        row = QHBoxLayout()
        row.setSpacing(SHEET_GAP + 2)
        row.addWidget(self._lay_out_sheets(), 1)
        row.addWidget(self._lay_out_side())
        column.addLayout(row, 1)
        return whole

    def _lay_out_sheets(self) -> QWidget:
        sheet = Sheet("keys_sheets_sheet", tight=True, spacing=0)
        self.make = SmallButton(tr("keys.make"), "keys_make_button", key="Alt+N", icon="plus")
        self.try_it = SmallButton(tr("keys.try"), "keys_try_button", key="Alt+T")
        self.close_it = SmallButton(tr("keys.close"), "keys_close_button", key="Alt+D")
        head = QVBoxLayout()
        head.setContentsMargins(19, 10, 12, 10)
        head.setSpacing(8)
        head.addWidget(SheetHead(tr("keys.sheets_title")))
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        for button in (self.make, self.try_it, self.close_it):
            button.setVisible(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        head.addLayout(buttons)
        sheet.body.addLayout(head)
        columns = [
            Column(tr("keys.sheet_scope"), 118, "strong"),
            Column(tr("keys.sheet_generation"), 92),
            Column(tr("keys.sheet_made"), 92, "detail"),
            Column(tr("keys.sheet_kept"), 0, "detail"),
            Column(tr("keys.sheet_tested"), 104, "detail"),
            Column(tr("keys.sheet_state"), 164),
        ]
        self.sheets = FactsTable(columns, "keys_sheets", tr("keys.sheets_title"))
        self.sheets.current_changed.connect(lambda _row: self._offer())
        self._no_sheets = EmptyState("document", tr("keys.sheets_none"), name="keys_no_sheets")
        self._lists = QStackedWidget()
        self._lists.addWidget(self.sheets)
        self._lists.addWidget(self._no_sheets)
        sheet.body.addWidget(self._lists, 1)
        self.make.clicked.connect(lambda: self._turn("make"))
        self.try_it.clicked.connect(lambda: self._turn("try"))
        self.close_it.clicked.connect(lambda: self._turn("close"))
        return sheet

    def _lay_out_side(self) -> QWidget:
        side = Sheet("keys_side", spacing=8)
        side.setFixedWidth(400)
        people = QWidget()
        column = QVBoxLayout(people)
        column.setContentsMargins(0, 0, 0, 0)
        self._people_head = SheetHead(tr("keys.slots_title"))
        column.addWidget(self._people_head)
        columns = [
            Column(tr("keys.slots_name"), 0, "strong"),
            Column(tr("keys.slots_post"), 104, "detail"),
            Column(tr("keys.slots_granted"), 112, "detail"),
        ]
        self.people = FactsTable(columns, "keys_people", tr("keys.slots_title"))
        column.addWidget(self.people, 1)
        self.make_form, self.try_form, self.close_form = MakeForm(), TryForm(), CloseForm()
        self.rekey_form, self.open_form = RekeyForm(), OpenForm()
        self._forms: dict[str, KeyForm] = {
            "make": self.make_form,
            "try": self.try_form,
            "close": self.close_form,
            "rekey": self.rekey_form,
            "open": self.open_form,
        }
        self._side = QStackedWidget()
        self._side.addWidget(people)
        for form in self._forms.values():
            form.wanted.connect(lambda message, form=form: self._send(message, form))
            form.left.connect(lambda: self._turn(""))
            self._side.addWidget(_scrolled(form))
        side.body.addWidget(self._side)
        return side

    def enter(self, **place: Any) -> None:
        self._wanted = _VIEWS.get(str(place.get("view", "")), "")
        scope = str(place.get("view", ""))
        self._stack.setCurrentIndex(0)
        self._turn("")
        self.context.room.ask(LookAtKeys(), lambda board: self._show_first(board, scope), self._show_none)

    def changed(self, changes: Any) -> None:
        if self.is_here() and _AREAS & changes.areas:
            self.context.room.ask(LookAtKeys(), self._show, self._show_none)

    # What is seen

    def _show_first(self, board: KeyBoard, scope: str) -> None:
        self._show(board)
        if self._wanted and self._may and (self._wanted != "rekey" or board.rekey_open):
            self._turn(self._wanted)
            self.make_form.choose(OFFICE_SCOPE if scope == OFFICE_SCOPE else board.contract)
        else:
            (self.token.back if self.token.back.isEnabled() else self.token.out).setFocus()
        self._wanted = ""

    def _show_none(self, problem: Problem) -> None:
        self._board = None
        self._nothing.say(sentence(problem))
        self._stack.setCurrentIndex(2)

    def _show(self, board: KeyBoard) -> None:
        self._board = board
        if self._stack.currentIndex() == 2:
            self._stack.setCurrentIndex(0)
        self._head.show_facts(tr("keys.facts", number=board.number, generation=board.generation))
        self.token.show_board(board)
        due = tr(f"keys.rekey_due_{board.rekey_due}") if board.rekey_due and self._may else ""
        self._due.say(due, "warn", "warning")
        self._open.setVisible(self._may and not board.open)
        self._rekey.setVisible(board.rekey_open)
        self._people_head.show_facts(tr("keys.slots_count", count=len(board.slots)))
        self.people.show_rows(
            Row(slot.staff_number, (slot.name, slot.post, _granter(slot.granted_by))) for slot in board.slots
        )
        self.sheets.show_rows(Row((row.scope, row.generation), _cells(row)) for row in board.sheets)
        self._lists.setCurrentIndex(0 if board.sheets else 1)
        if board.sheets and self.sheets.current() is None:
            self.sheets.selectRow(0)
        for form in self._forms.values():
            form.show_board(board)
        self._offer()

    def _offer(self) -> None:
        """Which buttons mean something for the sheet under the keyboard."""
        row = self._current()
        in_force = row is not None and not row.disposal
        here = row is not None and self._board is not None and (row.scope == OFFICE_SCOPE or self._board.open)
        self.make.setVisible(self._may)
        self.try_it.setVisible(self._may and in_force and here)
        self.close_it.setVisible(self._may and row is not None and not row.shredded)

    def _current(self) -> SheetRow | None:
        if self._board is None:
            return None
        wanted = self.sheets.current()
        return next((row for row in self._board.sheets if (row.scope, row.generation) == wanted), None)

    def _turn(self, view: str) -> None:
        form = self._forms.get(view)
        self._side.setCurrentIndex(0 if form is None else 1 + list(self._forms).index(view))
        if form is None:
            return
        row = self._current()
        if row is not None and view == "close":
            self.close_form.show_sheet(row)
        if row is not None and view == "try":
            self.try_form.choose(row.scope)
        form.begin()

    # What is done

    def _tell(self, step: str) -> None:
        contract = "" if self._board is None else self._board.contract
        self.context.room.ask(TellToken(step, contract), self._told, self.context.refuse)

    def _told(self, done: Done) -> None:
        step = done.facts["step"]
        self.context.say(tr(f"keys.token_told_{step}", name=done.facts["name"], ledger=done.ledger))
        self.context.room.ask(LookAtKeys(), self._show, self._show_none)

    def _send(self, message: object, form: KeyForm) -> None:
        then: dict[type, Callable[[Any], None]] = {
            MakeSheet: self._made,
            TrySheet: lambda done: self._done(tr("keys.tried", **done.facts)),
            CloseSheet: lambda done: self._done(tr("keys.closed", ledger=done.ledger, **done.facts)),
            RekeyContract: self._rekeyed,
            OpenWithSheet: self._opened,
        }
        self.context.room.ask(message, then[type(message)], form.show_problem, self.rekey_form.show_step)

    def _done(self, words: str) -> None:
        self.context.say(words)
        self._turn("")
        self.context.room.ask(LookAtKeys(), self._show, self._show_none)

    def _made(self, paper: FreePaper) -> None:
        self.make_form.kept.clear()
        self._turn("")
        self._stack.setCurrentIndex(1)
        self.paper.show_paper(paper)
        self.context.say(tr("keys.made"))

    def _put_away(self) -> None:
        self._stack.setCurrentIndex(0)
        self.context.room.ask(LookAtKeys(), self._show, self._show_none)
        self.sheets.setFocus()

    def _rekeyed(self, signed_in: SignedIn) -> None:
        self._done(tr("keys.rekeyed"))

    def _opened(self, signed_in: SignedIn) -> None:
        card = next((one for one in signed_in.contracts if one.contract == signed_in.entered), None)
        if card is not None:
            self.context.standing(standing_of(card))
        self._done(tr("keys.sheet_opened"))


def _scrolled(form: QWidget) -> QWidget:
    whole = QWidget()
    whole.setObjectName("scrolled")
    column = QVBoxLayout(whole)
    column.setContentsMargins(3, 0, 8, 3)
    column.addWidget(form)
    return scrolling(whole, f"{form.objectName()}_scroll")


def _granter(name: str) -> str:
    return tr("keys.granted_by_office") if name == "-" else name


def _cells(row: SheetRow) -> tuple[Mark | str, ...]:
    scope = tr("keys.sheet_scope_office" if row.scope == OFFICE_SCOPE else "keys.sheet_scope_contract")
    state = Mark("check-circle", tr("keys.state_in_force"), "ok")
    if row.disposal:
        state = Mark("check" if row.shredded else "alert", tr(f"keys.state_{row.disposal}"), _tone(row))
    return (
        scope,
        tr("keys.sheet_generation_value", generation=row.generation),
        short_day(row.made_at.date()),
        row.kept_at,
        tr("keys.sheet_never_tested") if row.tested_on is None else short_day(row.tested_on),
        state,
    )


def _tone(row: SheetRow) -> ChipKind:
    return "neutral" if row.shredded else "warn"
