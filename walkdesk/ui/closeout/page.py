"""消去: what is left, the return, two signatures, the erasure, the certificate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt

from walkdesk.domain.contract import ContractState, Requirement
from walkdesk.domain.problem import Problem
from walkdesk.messages.closeout import (
    ApproveErasure,
    CloseOutBoard,
    CompleteReturn,
    EraseVault,
    LookAtCloseOut,
    MakeReturnList,
    ResumeErasure,
)
from walkdesk.messages.common import Done, FreePaper
from walkdesk.ui.closeout.desk import CloseOutDesk
from walkdesk.ui.closeout.steps import OVER, missing_words, next_words, settled_by
from walkdesk.ui.closeout.tasks import elsewhere, open_needs
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.life import show_life
from walkdesk.ui.shell.page import PageContext
from walkdesk.ui.shell.standing import standing_of
from walkdesk.ui.words import full_day

_AREAS = frozenset({"closeout", "contracts", "releases", "prizes", "papers", "audit", "ledger"})


class CloseOutPage(CloseOutDesk):
    """The desk. Place: ``view`` is ``tasks``, ``returns`` or ``certificate``; ``contract`` an id; ``form`` is
    ``deliver`` or ``token``, and ``row`` the class and medium that is recorded.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(context, self._settle)
        self._board: CloseOutBoard | None = None
        self._contract = ""
        self._erasing = False
        self._may = context.role == "manager"
        self._ask = context.room.ask
        self._connect()

    def _connect(self) -> None:
        self.turned.connect(self._turned)
        self._next.clicked.connect(self._go_on)
        self._returns_button.clicked.connect(lambda: self._open_returns())
        self._certificate_button.clicked.connect(self._open_certificate)
        self.returns.back.clicked.connect(self._show_tasks)
        self.returns.table.opened.connect(lambda _key: self._record_row())
        self.returns.table.current_changed.connect(lambda _key: self._show_row())
        self.returns.list.clicked.connect(self._make_list)
        self.list_view.back.clicked.connect(lambda: self._open_returns())
        self.certificate.back.clicked.connect(self._show_tasks)
        self.approvals.sign.clicked.connect(self._sign)
        self.danger.proceed.clicked.connect(self._begin_erasure)
        self.erase.erase_wanted.connect(lambda number: self._run(EraseVault(number)))
        self.erase.left.connect(self._show_overview)
        self.deliver_form.submitted.connect(self._deliver)
        self.return_form.submitted.connect(self._record)
        self.token_form.submitted.connect(self._account)
        for form in (self.deliver_form, self.token_form):
            form.cancelled.connect(self._show_overview)
        self.return_form.cancelled.connect(lambda: self.returns.table.setFocus(Qt.FocusReason.OtherFocusReason))

    # Where we are

    def enter(self, **place: Any) -> None:
        """Loads; a ``view`` other than the tasks is opened when the board is here."""
        self._contract = str(place.get("contract") or self._contract)
        view = str(place.get("view") or "tasks")

        def then(board: CloseOutBoard) -> None:
            self._show(board)
            if view == "returns":
                self._open_returns(str(place.get("row", "")))
            elif place.get("form") == "deliver" and self._may and board.card.state is ContractState.OPEN:
                self._open_form(self.deliver_form)
            elif place.get("form") == "token" and Requirement.COPIES_CLOSED in settled_by(board, self._may):
                self._open_form(self.token_form)
            elif view == "certificate" and board.certificate:
                self._open_certificate()

        self._ask(LookAtCloseOut(self._contract), then)

    def place(self) -> dict[str, Any]:
        """The view and, once it is known, the contract."""
        seen = self._left.currentWidget()
        here = "returns" if seen is self.returns else "certificate" if seen is self.certificate else "tasks"
        place = {"view": here, "contract": self._contract} if self._contract else {"view": here}
        form, row = self._right.currentWidget(), self.returns.table.row()
        if form is self.return_form and row is not None:
            place["row"] = f"{row.origin.value}/{row.medium.value}"
        elif form in (self.deliver_form, self.token_form):
            place["form"] = "deliver" if form is self.deliver_form else "token"
        return place

    def changed(self, changes: Any) -> None:
        """Another signature, a closed release: the list gets shorter."""
        if changes.areas & _AREAS and self.is_here() and not self._erasing:
            self._load()

    def _load(self) -> None:
        self._ask(LookAtCloseOut(self._contract), self._show)

    def _show(self, board: CloseOutBoard) -> None:
        self._board = board
        state = board.card.state
        self._head.show_facts(tr("closeout.facts", today=full_day(board.today, weekday=True)))
        self.context.standing(standing_of(board.card))
        self.context.badge("closeout", len(open_needs(board)) if state is not ContractState.OPEN else 0)
        show_life(self._life, board.life, state, board.today)
        self.needs.show_board(board, settled_by(board, self._may))
        self.done.show_board(board)
        listed = state in (ContractState.REPORTED, ContractState.RETURNED)
        self.returns.show_returns(board.returns, self._may and listed)
        self.approvals.show_board(board, state is ContractState.RETURNED)
        self.danger.show_board(board, missing_words(board, self._may))
        self.danger.proceed.setVisible(state not in OVER)
        self.token_form.show_board(board)
        self._returns_button.setVisible(state is not ContractState.OPEN and state is not ContractState.PREPARING)
        self._certificate_button.setVisible(bool(board.certificate) and state not in OVER)
        self._turned()

    # Views

    def _turned(self) -> None:
        """Whatever is seen now: the main button is there while it has something to do."""
        board = self._board
        if board is None:
            return
        state = board.card.state
        self._next.say(next_words(board))
        possible = self._may or bool(settled_by(board, self._may)) or state in OVER
        # While a form is open, Enter is the form's.
        free = self._right.currentWidget() is self._overview and not self._right.isHidden()
        self._next.setVisible(possible and free and state is not ContractState.PREPARING)

    def _open_returns(self, row: str = "") -> None:
        """The board of the return, at the first class and medium that is not recorded, or at ``row``."""
        if self._board is None:
            return
        self._show_with_side(self.returns)
        self.returns.table.select_open()
        if row:
            origin, _, medium = row.partition("/")
            self.returns.table.select((origin, medium))
        self._show_row()
        self.returns.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_certificate(self) -> None:
        board = self._board
        if board is None or not board.certificate:
            return
        self._show_wide(self.certificate, self.certificate.save)
        self.certificate.load(board.card.contract, board.certificate)

    # What is done

    def _go_on(self) -> None:
        board = self._board
        if board is None:
            return
        state = board.card.state
        mine = [need for need in open_needs(board) if need.requirement in settled_by(board, self._may)]
        if state is ContractState.ERASING:
            self._begin_erasure()
        elif mine:
            self._settle(mine[0].requirement)
        elif open_needs(board):
            self.context.refuse(Problem("contracts.needs_open", count=len(open_needs(board))))
        elif state is ContractState.OPEN:
            self._open_form(self.deliver_form)
        elif state is ContractState.REPORTED:
            self._ask(CompleteReturn(), lambda done: self._said("closeout.returned", done))
        elif state in OVER:
            self._open_certificate()
        else:
            self._begin_erasure()

    def _settle(self, need: Requirement) -> None:
        there = elsewhere(need)
        if there is not None:
            self.context.go(there[0], **there[1])
        elif need is Requirement.RETURN_RECORDED:
            self._open_returns()
        elif need is Requirement.COPIES_CLOSED and self._board is not None and self._board.token_accounted:
            self.context.go("keys")  # what is left are the recovery sheets
        elif need is Requirement.COPIES_CLOSED:
            self._open_form(self.token_form)
        elif need is Requirement.TWO_APPROVALS:
            self._show_overview()
            self.approvals.sign.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._begin_erasure()

    def _said(self, key: str, done: Done, **more: object) -> None:
        self.context.say(tr(key, ledger=done.ledger, **{**done.facts, **more}))
        self._load()

    def _after_form(self, key: str) -> Callable[[Done], None]:
        """What follows a form that was accepted."""

        def said(done: Done) -> None:
            self._show_overview()
            self._said(key, done)

        return said

    def _deliver(self) -> None:
        message = self.deliver_form.message()
        if message is not None:
            said = self._after_form("closeout.delivered")
            self._ask(message, said, self.deliver_form.form.show_problem)

    def _show_row(self) -> None:
        row = self.returns.table.row()
        board = self._board
        open_now = board is not None and board.card.state is ContractState.REPORTED and self._may
        if row is None or not open_now or self._left.currentWidget() is not self.returns:
            if self._right.currentWidget() is self.return_form:
                self._right.setCurrentWidget(self._overview)
            return
        self.return_form.show_row(row)
        self.return_form.form.clear_problems()
        self._right.setCurrentWidget(self.return_form)

    def _record_row(self) -> None:
        if self._right.currentWidget() is self.return_form:
            self.return_form.begin()

    def _record(self) -> None:
        message = self.return_form.message()
        if message is not None:
            self._ask(message, self._recorded, self.return_form.form.show_problem)

    def _recorded(self, done: Done) -> None:
        self.context.say(tr("closeout.recorded", ledger=done.ledger))

        def then(board: CloseOutBoard) -> None:
            self._show(board)
            if any(row.disposition is None for row in board.returns):
                self.returns.table.select_open()
                self.returns.table.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self._show_tasks()

        self._ask(LookAtCloseOut(self._contract), then)

    def _make_list(self) -> None:
        self._ask(MakeReturnList(), self._show_list)

    def _show_list(self, paper: FreePaper) -> None:
        self._show_wide(self.list_view, self.list_view.save)
        self.list_view.show_paper(paper)

    def _account(self) -> None:
        said = self._after_form("closeout.token_kept")
        self._ask(self.token_form.message(), said, self.token_form.form.show_problem)

    def _sign(self) -> None:
        self._ask(
            ApproveErasure(),
            lambda done: self._said("closeout.signed", done),
            lambda problem: self.approvals.note.say(sentence(problem)),
        )

    # The erasure

    def _begin_erasure(self) -> None:
        """The last page; an erasure that was interrupted goes on at once."""
        board = self._board
        if board is None:
            return
        self._contract = board.card.contract
        self.erase.begin(board)
        self._right.setCurrentWidget(self.erase)
        if board.card.state is ContractState.ERASING:
            self._run(ResumeErasure(self._contract))
        else:
            self.erase.number.setFocus(Qt.FocusReason.OtherFocusReason)

    def _run(self, message: object) -> None:
        self._erasing = True
        self._next.setEnabled(False)
        self.erase.run()
        self._ask(message, self._erased, self._stopped, self.erase.show_progress)

    def _erased(self, done: Done) -> None:
        self._erasing = False
        self._next.setEnabled(True)
        self.context.say(tr("closeout.erased", ledger=done.ledger, number=done.facts["number"]))

        def then(board: CloseOutBoard) -> None:
            self._show(board)
            self._right.setCurrentWidget(self._overview)
            self._open_certificate()

        self._ask(LookAtCloseOut(self._contract), then)

    def _stopped(self, problem: Problem) -> None:
        self._erasing = False
        self._next.setEnabled(True)

        def then(board: CloseOutBoard) -> None:
            self._show(board)
            self.erase.stop(sentence(problem), begun=board.card.state is ContractState.ERASING)

        self._ask(LookAtCloseOut(self._contract), then)
