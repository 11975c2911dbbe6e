"""What stands before the next step, each with the button that settles it; and what is through."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from walkdesk.domain.contract import Requirement, step_from
from walkdesk.messages.closeout import CloseOutBoard, DoneLine
from walkdesk.messages.contracts import Need
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts.chips import ChipKind
from walkdesk.ui.look.parts.notes import EmptyState
from walkdesk.ui.look.parts.sheet import Sheet, SheetHead, scrolling
from walkdesk.ui.look.parts.tasks import DoneRow, TaskList, TaskRow
from walkdesk.ui.look.parts.text import Hairline
from walkdesk.ui.words import short_day

_CHIPS: dict[Requirement, tuple[str, str, ChipKind]] = {
    Requirement.NO_PRIZE_WAITING: ("gift", "ship", "warn"),
    Requirement.REPORT: ("document", "make", "warn"),
    Requirement.NO_OPEN_RELEASE: ("alert", "outside", "danger"),
    Requirement.RETURN_RECORDED: ("box", "record", "warn"),
    Requirement.COPIES_CLOSED: ("key", "dispose", "warn"),
    Requirement.TWO_APPROVALS: ("stamp", "sign", "warn"),
    Requirement.ERASURE_DONE: ("shield-x", "erase", "danger"),
    Requirement.CERTIFICATE: ("medal", "erase", "warn"),
}
_CLAUSES = {
    Requirement.REPORT: 11,
    Requirement.NO_OPEN_RELEASE: 6,
    Requirement.RETURN_RECORDED: 11,
    Requirement.COPIES_CLOSED: 9,
    Requirement.TWO_APPROVALS: 11,
    Requirement.ERASURE_DONE: 11,
    Requirement.CERTIFICATE: 12,
}
_ELSEWHERE: dict[Requirement, tuple[str, dict[str, Any]]] = {
    Requirement.NO_PRIZE_WAITING: ("prizes", {}),
    Requirement.REPORT: ("papers", {"tab": "report"}),
    Requirement.NO_OPEN_RELEASE: ("releases", {}),
}


def elsewhere(need: Requirement) -> tuple[str, dict[str, Any]] | None:
    """The desk that settles a need; ``None`` for those of this desk."""
    return _ELSEWHERE.get(need)


def open_needs(board: CloseOutBoard) -> list[Need]:
    """What is still missing before the next step."""
    return [need for need in board.needs if not need.done]


class NeedsSheet(Sheet):
    """消去の前に残っていること."""

    def __init__(self, settle: Callable[[Requirement], None], parent: QWidget | None = None) -> None:
        super().__init__("closeout_needs", spacing=2, parent=parent)
        self._settle = settle
        self._head = SheetHead(tr("contracts.needs_title"), facts_tone="danger")
        self._tasks = TaskList("closeout_tasks")
        self._ready = EmptyState("check-circle", "", name="closeout_ready")
        self.body.addWidget(self._head)
        self.body.addWidget(self._tasks)
        self.body.addWidget(self._ready)
        self.body.addStretch(1)

    def show_board(self, board: CloseOutBoard, may: frozenset[Requirement]) -> None:
        """Another board; ``may`` are the needs that this person may settle."""
        missing = open_needs(board)
        step = step_from(board.card.state)
        title = tr(f"contracts.needs_for_{step.leads_to.value}") if step is not None else tr("contracts.needs_title")
        self._head.show_facts(tr("contracts.needs_count", count=len(missing)) if missing else "", title)
        self._head.show_note(tr("contracts.needs_order") if len(missing) > 1 else "")
        rows = []
        for need in missing:
            row = self._row(need, board)
            row.button.setVisible(need.requirement in may)
            rows.append(row)
        self._tasks.show_rows(rows)
        self._tasks.setVisible(bool(rows))
        self._ready.say(tr(f"closeout.ready.{board.card.state.value}"))
        self._ready.setVisible(not rows)

    def first_button(self) -> QWidget | None:
        """The button of the first task that has one."""
        return next((row.button for row in self._tasks.rows if not row.button.isHidden()), None)

    def _row(self, need: Need, board: CloseOutBoard) -> TaskRow:
        key = need.requirement.value
        icon, word, kind = _CHIPS.get(need.requirement, ("pencil", "record", "warn"))
        note = _CLAUSES.get(need.requirement)
        row = TaskRow(
            f"need_{key}",
            (icon, tr(f"closeout.chip.{word}"), kind),
            _title(need.requirement, board),
            need.detail or tr(f"contracts.how.{key}"),
            tr(f"contracts.do.{key}"),
            tr("contracts.clause", clause=note) if note else "",
            height=69,
            button_width=126,
        )
        # In a narrow window the words give way, not the button.
        row.setMinimumWidth(380)
        row.pressed.connect(lambda: self._settle(need.requirement))
        return row


def _title(need: Requirement, board: CloseOutBoard) -> str:
    """The need with its count, where counting says more."""
    if need is Requirement.NO_OPEN_RELEASE and board.releases_open:
        return tr("closeout.title_releases", count=board.releases_open)
    if need is Requirement.RETURN_RECORDED:
        left = sum(row.disposition is None for row in board.returns)
        return tr("closeout.title_returns", count=left)
    if need is Requirement.TWO_APPROVALS:
        return tr("closeout.title_approvals", count=2 - min(len(board.approvals), 2))
    if need is Requirement.COPIES_CLOSED and board.token_accounted:
        return tr("closeout.title_sheets", count=board.sheets_left)
    if need is Requirement.COPIES_CLOSED and board.token:
        return tr("closeout.title_token", token=board.token)
    return tr(f"contracts.need.{need.value}")


class DoneSheet(Sheet):
    """済んだこと, in two columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("closeout_done", spacing=2, parent=parent)
        self._head = SheetHead(tr("contracts.done_title"))
        self.body.addWidget(self._head)
        self._inside = QWidget()
        self._inside.setObjectName("scrolled")
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._grid: QWidget | None = None
        self.body.addWidget(scrolling(self._inside, "closeout_done_scroll"), 1)

    def show_board(self, board: CloseOutBoard) -> None:
        """What is through by now."""
        lines: list[tuple[str, str]] = [_done_words(line) for line in board.done]
        lines += [
            (tr(f"contracts.need.{need.requirement.value}"), "")
            for need in board.needs
            if need.done and need.requirement not in (Requirement.REPORT, Requirement.CERTIFICATE)
        ]
        self._head.show_facts(tr("contracts.needs_count", count=len(lines)))
        if self._grid is not None:
            self._grid.hide()
            self._grid.deleteLater()
        self._grid = _two_columns(lines)
        self._column.insertWidget(0, self._grid)
        self._column.addStretch(1)


def _done_words(line: DoneLine) -> tuple[str, str]:
    words = tr(f"ledger.event.{line.event}")
    shown = line.detail if line.event in ("report_made", "report_delivered", "certificate_issued") else ""
    if line.event == "erasure_approved":
        shown = line.detail
    return (f"{words}　{shown}".strip(), short_day(line.on))


def _two_columns(lines: Sequence[tuple[str, str]]) -> QWidget:
    ground = QWidget()
    grid = QGridLayout(ground)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(0)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(2, 1)
    half = max((len(lines) + 1) // 2, 1)
    grid.addWidget(Hairline(vertical=True), 0, 1, half, 1)
    for place, (title, day) in enumerate(lines):
        grid.addWidget(DoneRow(title, day), place % half, 0 if place < half else 2)
    return ground
