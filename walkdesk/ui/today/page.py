"""The page: the month's cards as a sum, what waits, how people walk, where the contract stands."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from walkdesk.domain.problem import Problem
from walkdesk.messages.cards import CardBoard
from walkdesk.messages.today import LookAtToday, Task, TodayBoard
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.life import show_life
from walkdesk.ui.look.parts import (
    BarChart,
    EmptyState,
    LifeLine,
    PageHead,
    PrimaryButton,
    Series,
    Sheet,
    SheetHead,
    SumPart,
    SumStrip,
    TaskList,
    page_column,
    scrolling,
)
from walkdesk.ui.look.tokens import SHEET_GAP
from walkdesk.ui.shell.page import Page, PageContext
from walkdesk.ui.shell.standing import standing_of
from walkdesk.ui.today.tasks import place_of, task_row, title_of
from walkdesk.ui.words import full_day, short_day, short_month

_AREAS = frozenset({"today", "cards", "reception", "releases", "prizes", "contracts", "closeout"})


class TodayPage(Page):
    """今日."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._board: TodayBoard | None = None
        self._entering = False
        column = page_column(self)
        self._primary = PrimaryButton(tr("today.tidy"), "today_primary", key="Enter")
        self._primary.clicked.connect(self._do_first)
        self._head = PageHead(tr("today.title"), buttons=[self._primary])
        column.addWidget(self._head)
        self._stack = QStackedWidget()
        self._stack.addWidget(scrolling(self._lay_out(), "today_scroll"))
        self._stack.addWidget(self._lay_out_empty())
        column.addWidget(self._stack, 1)
        self._primary.hide()

    def _lay_out(self) -> QWidget:
        whole = QWidget()
        whole.setObjectName("scrolled")
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SHEET_GAP)
        self._cards = Sheet("today_cards")
        self._cards_head = SheetHead(tr("today.cards_title"))
        self._sum = SumStrip("today_sum", tr("today.cards_unit"))
        self._cards.body.addWidget(self._cards_head)
        self._cards.body.addWidget(self._sum)
        column.addWidget(self._cards)
        middle = QHBoxLayout()
        middle.setSpacing(SHEET_GAP + 2)
        middle.addWidget(self._lay_out_tasks(), 2)
        middle.addWidget(self._lay_out_chart(), 1)
        column.addLayout(middle, 1)
        life = Sheet("today_life_sheet")
        self._life = LifeLine("today_life")
        life.body.setContentsMargins(20, 10, 20, 2)
        life.body.addWidget(self._life)
        column.addWidget(life)
        return whole

    def _lay_out_tasks(self) -> QWidget:
        sheet = Sheet("today_tasks_sheet", spacing=4)
        self._tasks_head = SheetHead(tr("today.tasks_title"))
        self._tasks = TaskList("today_tasks")
        self._nothing = EmptyState("check-circle", tr("today.nothing_waits"), name="today_nothing")
        sheet.body.addWidget(self._tasks_head)
        self._scroll = scrolling(self._tasks, "today_tasks_scroll")
        self._tasks.setAutoFillBackground(False)
        sheet.body.addWidget(self._scroll, 1)
        sheet.body.addWidget(self._nothing, 1)
        self._nothing.hide()
        return sheet

    def _lay_out_chart(self) -> QWidget:
        self._weeks_sheet = Sheet("today_weeks_sheet", spacing=4)
        self._weeks_sheet.body.addWidget(SheetHead(tr("today.weeks_title")))
        self._weeks = BarChart("today_weeks")
        self._no_weeks = EmptyState("chart", tr("today.no_weeks"), name="today_no_weeks")
        self._weeks_sheet.body.addWidget(self._weeks, 1)
        self._weeks_sheet.body.addWidget(self._no_weeks, 1)
        self._no_weeks.hide()
        return self._weeks_sheet

    def _lay_out_empty(self) -> QWidget:
        sheet = Sheet("today_closed")
        button = PrimaryButton(tr("today.to_contracts"), "today_to_contracts", key="Alt+N")
        button.clicked.connect(lambda: self.context.go("contracts"))
        self._closed = EmptyState("contract", "", button, name="today_closed_state")
        sheet.body.addWidget(self._closed)
        return sheet

    def enter(self, **place: Any) -> None:
        self._entering = True
        self.context.room.ask(LookAtToday(), self._show, self._show_closed)

    def changed(self, changes: Any) -> None:
        if self.is_here() and _AREAS & changes.areas:
            self.context.room.ask(LookAtToday(), self._show, self._show_closed)

    def _show_closed(self, problem: Problem) -> None:
        self._board = None
        self._head.show_facts("")
        self._primary.hide()
        self._closed.say(sentence(problem))
        self._stack.setCurrentIndex(1)

    def _show(self, board: TodayBoard) -> None:
        self._board = board
        self._stack.setCurrentIndex(0)
        self.context.standing(standing_of(board.card))
        self.context.badge("today", len(board.tasks))
        urgent = sum(1 for task in board.tasks if task.tone == "danger")
        day = full_day(board.today, weekday=True) + (f"　{board.holiday}" if board.holiday else "")
        self._head.show_facts(tr("today.facts", day=day, urgent=urgent, waiting=len(board.tasks) - urgent))
        self._show_cards(board)
        self._show_tasks(board.tasks)
        self._show_weeks(board)
        show_life(self._life, board.life, board.card.state, board.today)
        self._show_hint(board)
        if self._entering:
            self._primary.setFocus()
            self._entering = False

    def _show_cards(self, board: TodayBoard) -> None:
        self._cards.setVisible(board.cards is not None)
        if board.cards is None:
            return
        month, facts = short_month(board.cards.month), ""
        if board.deadline is not None:
            left = (board.deadline - board.today).days
            key = "deadline_past" if left < 0 else "deadline_today" if left == 0 else "deadline"
            facts = tr(f"today.{key}", day=short_day(board.deadline, weekday=True), days=abs(left))
        self._cards_head.show_facts(facts, tr("today.cards_of", month=month))
        self._cards_head.show_note(tr("today.cards_note", people=board.cards.people, waiting=board.cards.waiting))
        self._sum.show_sum(*_equation(board.cards))

    def _show_tasks(self, tasks: tuple[Task, ...]) -> None:
        self._tasks_head.show_facts(tr("today.tasks_count", count=len(tasks)) if tasks else "")
        self._tasks.show_rows([task_row(task, number, self._do) for number, task in enumerate(tasks)])
        self._scroll.setVisible(bool(tasks))
        self._nothing.setVisible(not tasks)
        self._primary.setVisible(True)
        if tasks:
            urgent = sum(1 for task in tasks if task.tone == "danger")
            self._primary.say(tr("today.tidy_urgent", count=urgent) if urgent else tr("today.tidy"))
        elif self._board is not None and self._board.cards is not None and self._board.cards.waiting:
            self._primary.say(tr("today.to_cards"))
        else:
            self._primary.hide()

    def _show_weeks(self, board: TodayBoard) -> None:
        known = any(week.card is not None or week.app is not None for week in board.weeks)
        self._weeks.setVisible(known)
        self._no_weeks.setVisible(not known)
        if known:
            groups = [f"{week.start.month}/{week.start.day}–" for week in board.weeks]
            card = Series(tr("reception.channel.card"), [week.card for week in board.weeks])
            app = Series(tr("reception.channel.app"), [week.app for week in board.weeks])
            self._weeks.show_series(groups, [card, app])

    def _show_hint(self, board: TodayBoard) -> None:
        if not board.vault_agrees:
            self.context.say(tr("today.vault_differs"), "danger", "alert")
        elif not board.inspected:
            self.context.hint(tr("today.not_inspected"))

    def _do(self, task: Task) -> None:
        self.context.go(task.desk, **place_of(task))

    def _do_first(self) -> None:
        if self._board is None:
            return
        if self._board.tasks:
            self._do(self._board.tasks[0])
        else:
            self.context.go("cards")

    def first_task(self) -> str:
        """What the main button would do, in words; empty when nothing waits."""
        return title_of(self._board.tasks[0]) if self._board is not None and self._board.tasks else ""


def _equation(cards: CardBoard) -> tuple[SumPart, list[SumPart]]:
    total = SumPart(tr("today.sum_people"), cards.people, tr("today.sum_people_note"), "people")
    return total, [
        SumPart(tr("today.sum_done"), cards.done, tr("today.sum_done_note"), "check-circle", "ok", "accent"),
        SumPart(tr("today.sum_keying"), cards.keying, tr("today.sum_keying_note"), "pencil", "ink2", "bar"),
        SumPart(
            tr("today.sum_unreadable"), cards.unreadable, tr("today.sum_unreadable_note"), "phone", "warn", "warnmark"
        ),
        SumPart(tr("today.sum_waiting"), cards.waiting, tr("today.sum_waiting_note"), "circle", "ink2", "bar2"),
    ]
