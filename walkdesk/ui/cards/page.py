"""台紙入力: the desk where a month's cards are keyed, one value a day, from the numeric pad."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut

from walkdesk.domain.problem import Problem
from walkdesk.domain.steps import DayState
from walkdesk.messages.cards import (
    CardBoard,
    CardFinished,
    CardSheet,
    DaySaved,
    FinishCard,
    LookAtCards,
    NextCard,
    OpenCard,
    SaveDay,
    UndoDay,
)
from walkdesk.ui.cards.desk import CardsDesk
from walkdesk.ui.cards.keys import plain
from walkdesk.ui.cards.rows import Notice, value_words
from walkdesk.ui.cards.scan import CardScanner
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.shell.page import PageContext

_ASKS = frozenset({"cards.times_usual", "cards.ten_times", "cards.very_many"})
"""Warnings that the key of 紙のとおり answers."""
_RELOAD_MS = 250


class CardsPage(CardsDesk):
    """The desk. A value is on disk when its row is left; nothing waits to be saved."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._card: CardSheet | None = None
        self._month = ""
        self._accept = False
        self._reload = QTimer(self)
        self._reload.setSingleShot(True)
        self._reload.setInterval(_RELOAD_MS)
        self._scanner = CardScanner(self)
        self._connect()

    def _connect(self) -> None:
        undo = QShortcut(QKeySequence("Ctrl+Z"), self)
        undo.activated.connect(self._undo_by_key)
        grid, foot = self.paper.grid, self.paper.foot
        self._scanner.watch(grid, foot.written)
        self._scanner.scanned.connect(self._scanned)
        grid.entered.connect(self._save)
        grid.left.connect(lambda: foot.written.setFocus(Qt.FocusReason.TabFocusReason))
        grid.finish_wanted.connect(self._end)
        foot.back.connect(lambda: grid.setFocus(Qt.FocusReason.BacktabFocusReason))
        foot.finish_wanted.connect(self._end)
        foot.written_changed.connect(self._forget_acceptance)
        self.paper.start.number_given.connect(self._open)
        self.paper.start.next_wanted.connect(lambda: self._next(""))
        self.batch.month_chosen.connect(self._choose_month)
        self.batch.card_chosen.connect(self._open)
        self._finish.clicked.connect(self._end)
        self._other.clicked.connect(lambda: self._leave_card(""))
        self._undo.button.clicked.connect(self._take_back)
        self._reload.timeout.connect(self._load_board)

    # Where we are

    def enter(self, **place: Any) -> None:
        """``number``, ``month`` and ``day`` bring the person back to a row; ``only="unreadable"`` to a held card."""
        self._month = str(place.get("month") or self._month)
        number, day = str(place.get("number") or ""), int(place.get("day") or 0)
        if place.get("only") == "unreadable":
            self.context.room.ask(LookAtCards(self._month), self._open_held)
        elif number:
            # The month must be known before the card can be asked for.
            self.context.room.ask(LookAtCards(self._month), lambda board: self._board_then(board, number, day))
        else:
            self._load_board()
            if self._card is None:
                self.paper.show_start()
            else:
                self.paper.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self) -> dict[str, Any]:
        """The card and its row."""
        if self._card is None:
            return {"month": self._month} if self._month else {}
        return {"number": self._card.number, "month": self._card.month, "day": self.paper.grid.current()}

    def changed(self, changes: Any) -> None:
        """The counts at the left follow; the card on the desk is this page's own."""
        if changes.areas & {"cards", "reception", "contracts"} and self.is_here():
            self._reload.start()

    def _load_board(self) -> None:
        self.context.room.ask(LookAtCards(self._month), self._show_board)

    def _board_then(self, board: CardBoard, number: str, day: int) -> None:
        self._show_board(board)
        self._open(number, day)

    def _open_held(self, board: CardBoard) -> None:
        self._show_board(board)
        held = next((line.number for line in board.cards if line.state == "unreadable"), "")
        if held:
            self._open(held)
        elif self._card is None:
            self.paper.show_start()

    def _show_board(self, board: CardBoard) -> None:
        self._month = board.month
        rest = board.waiting + board.keying
        self.batch.show_board(board, "" if self._card is None else self._card.number)
        self._head.show_facts(tr("cards.facts", done=board.done, rest=rest))
        self.context.badge("cards", rest)
        if self._card is None:
            self._finish.say(tr("cards.take_next"))

    def _choose_month(self, month: str) -> None:
        self._month = month
        self._leave_card("")
        self._load_board()

    # A card comes onto the desk and leaves it

    def _open(self, number: str, day: int = 0) -> None:
        question = OpenCard(plain(number).strip(), self._month)
        self.context.room.ask(question, lambda card: self._show_card(card, day), self._refuse_number)

    def _scanned(self, code: str) -> None:
        """The next sheet was read while a card lies here; digits that are not saved yet are not lost for it."""
        if self.paper.grid.unfinished():
            self.paper.foot.say(tr("cards.scan_unsaved", day=self.paper.grid.current()), "warn")
        else:
            self._open(code)

    def _next(self, after: str) -> None:
        self.context.room.ask(NextCard(self._month, after), self._show_card, self._none_left)

    def _refuse_number(self, problem: Problem) -> None:
        if self.paper.has_card():
            self.paper.foot.say(sentence(problem))
        else:
            self.paper.start.field.show_problem(problem)

    def _none_left(self, problem: Problem) -> None:
        if problem.code == "cards.none_waiting":
            self._leave_card(sentence(problem))
        else:
            self._refuse_number(problem)

    def _show_card(self, card: CardSheet, day: int = 0) -> None:
        if not day and card.state == "unreadable":
            # What is asked about on the phone is the day that nobody could read.
            day = next((one.day for one in card.days if one.state is DayState.UNREADABLE), 0)
        self._card, self._accept = card, False
        self._month = card.month
        self.paper.show_card(card, day)
        self._finish.say(tr("cards.finish"))
        self._held.show_days(card.days)
        self._show_undo_of(card)
        self._reload.start()

    def _leave_card(self, text: str) -> None:
        self._card = None
        self._undo.show_nothing()
        self._held.show_days(())
        self._finish.say(tr("cards.take_next"))
        self.paper.show_start(text)
        self._reload.start()

    # A day

    def _save(self, day: int, state: DayState, steps: int | None, confirmed: bool, step: int) -> None:
        card = self._card
        if card is None:
            return
        self.paper.grid.hold()
        self._forget_acceptance()
        question = SaveDay(card.number, card.month, day, state, steps, confirmed)
        self.context.room.ask(question, lambda saved: self._saved(saved, step), self._not_saved)

    def _saved(self, saved: DaySaved, step: int) -> None:
        grid = self.paper.grid
        self._take(saved)
        self._undo.show_saved(saved.day, value_words(saved.after), value_words(saved.before))
        key = "cards.saved" if saved.after.steps is not None else f"cards.saved_{saved.after.state.value}"
        self.context.say(tr(key, day=saved.day, value=value_words(saved.after)))
        grid.go_to(saved.day + step)
        grid.release()

    def _not_saved(self, problem: Problem) -> None:
        grid = self.paper.grid
        if problem.code in _ASKS:
            name = problem.code.partition(".")[2]
            notice = Notice(
                tr(f"cards.lens.{name}", **problem.values),
                key="＊",
                action=tr("cards.lens.as_written"),
            )
            grid.warn(notice, sentence(problem))
        else:
            grid.warn(Notice(tr("cards.lens.not_saved"), "danger"), sentence(problem))
            self.paper.foot.say(sentence(problem))
        grid.release(play=False)

    def _take(self, saved: DaySaved) -> None:
        self.paper.grid.show_day(saved.after)
        days = self.paper.grid.days()
        self.paper.foot.say("")
        self.paper.foot.show_days(days, saved.total)
        self._held.show_days(days)

    def _undo_by_key(self) -> None:
        if self.is_here() and self._undo.button.isEnabled():
            self._take_back()

    def _take_back(self) -> None:
        card = self._card
        if card is None:
            return
        self.paper.grid.hold()
        self.context.room.ask(UndoDay(card.number, card.month), self._taken_back, self._not_taken_back)

    def _taken_back(self, saved: DaySaved) -> None:
        self._take(saved)
        self._undo.show_nothing()
        self.paper.grid.go_to(saved.day)
        self.paper.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self.context.say(tr("cards.undone", day=saved.day, value=value_words(saved.after)))
        self.paper.grid.release(play=False)

    def _not_taken_back(self, problem: Problem) -> None:
        self._undo.show_nothing()
        self.paper.foot.say(sentence(problem))
        self.paper.grid.release(play=False)

    # The end of a card

    def _forget_acceptance(self) -> None:
        self._accept = False

    def _end(self) -> None:
        card = self._card
        if card is None:
            self._next("")
            return
        self.paper.grid.hold()
        question = FinishCard(card.number, card.month, self.paper.foot.written.value(), self._accept)
        self.context.room.ask(question, self._ended, self._not_ended)

    def _ended(self, finished: CardFinished) -> None:
        self.paper.grid.release(play=False)
        if finished.state == "keying":
            # The totals differ: the paper is looked at once more; the same key then ends the card as it is.
            self._accept = True
            hint = sentence(finished.hint.problem()) if finished.hint is not None else ""
            self.paper.foot.say(f"{hint} {tr('cards.accept')}".strip(), "warn")
            if finished.hint is not None and "day" in finished.hint.values:
                self.paper.grid.go_to(int(str(finished.hint.values["day"])))
                self.paper.grid.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        key = "cards.finished_held" if finished.state == "unreadable" else "cards.finished"
        self.context.say(tr(key, number=finished.number, total=finished.total, points=finished.points))
        self._card = None
        self._next(finished.number)

    def _not_ended(self, problem: Problem) -> None:
        grid = self.paper.grid
        grid.release(play=False)
        self.paper.foot.say(sentence(problem))
        if problem.code == "cards.days_left":
            grid.go_to(int(str(problem.values["day"])))
            grid.setFocus(Qt.FocusReason.OtherFocusReason)
