"""What the next step of a contract needs: each open row has the button that does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from walkdesk.domain.contract import ContractState, Requirement, step_from
from walkdesk.messages.contracts import ContractBoard, Need
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts import DoneRow, EmptyState, Sheet, SheetHead, TaskList, TaskRow, scrolling

_PLACES: dict[Requirement, tuple[str, dict[str, Any]]] = {
    Requirement.CERTIFICATION: ("contracts", {"view": "list"}),
    Requirement.MANAGER: ("people", {"view": "designate"}),
    Requirement.HANDLER: ("people", {"view": "designate"}),
    Requirement.SECOND_APPROVER: ("people", {"view": "designate"}),
    Requirement.TRAINING: ("people", {"view": "training"}),
    Requirement.DESIGNATION_REPORTED: ("people", {"view": "report"}),
    Requirement.ITEMS: ("contracts", {"view": "items"}),
    Requirement.NO_PRIZE_WAITING: ("prizes", {}),
    Requirement.NO_OPEN_RELEASE: ("releases", {}),
}
"""Where each need is settled; what is not here waits for a day or belongs to the close-out desk."""

_WAITS = frozenset({Requirement.STARTED})
"""Nobody can hurry these."""
_CLAUSES = {
    Requirement.MANAGER: 13,
    Requirement.HANDLER: 13,
    Requirement.DESIGNATION_REPORTED: 13,
    Requirement.TRAINING: 18,
    Requirement.ITEMS: 3,
    Requirement.NO_OPEN_RELEASE: 6,
    Requirement.RETURN_RECORDED: 11,
    Requirement.COPIES_CLOSED: 9,
    Requirement.CERTIFICATE: 12,
}


def place_of(need: Requirement) -> tuple[str, dict[str, Any]]:
    """The desk where a need is settled, and the place there."""
    return _PLACES.get(need, ("closeout", {}))


def open_needs(board: ContractBoard) -> list[Need]:
    """What is still missing."""
    return [need for need in board.needs if not need.done]


def can_be_done(need: Need) -> bool:
    """Whether somebody can settle a need; a day that has not come settles itself."""
    return need.requirement not in _WAITS


class NeedsSheet(Sheet):
    """The list of needs: open ones as tasks, then what is done."""

    def __init__(self, do: Callable[[Requirement], None], parent: QWidget | None = None) -> None:
        super().__init__("contract_needs", spacing=6, parent=parent)
        self._do = do
        self._head = SheetHead(tr("contracts.needs_title"))
        self.body.addWidget(self._head)
        inside = QWidget()
        inside.setObjectName("scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._tasks = TaskList("contract_tasks")
        self._ready = EmptyState("check-circle", "", name="contract_ready")
        self._done_head = SheetHead(tr("contracts.done_title"))
        self._done = QVBoxLayout()
        self._done.setSpacing(0)
        column.addWidget(self._tasks)
        column.addWidget(self._ready)
        column.addWidget(self._done_head)
        column.addLayout(self._done)
        column.addStretch(1)
        self.body.addWidget(scrolling(inside, "contract_needs_scroll"), 1)

    def show_board(self, board: ContractBoard, may: bool) -> None:
        """Shows a board; ``may`` whether this person may settle anything."""
        missing = open_needs(board)
        step = step_from(board.card.state)
        title = tr(f"contracts.needs_for_{step.leads_to.value}") if step is not None else tr("contracts.needs_title")
        count = tr("contracts.needs_count", count=len(missing)) if missing else ""
        self._head.show_facts(count, title)
        self._head.show_note(tr("contracts.needs_order") if len(missing) > 1 else "")
        self._tasks.show_rows([self._row(need, may) for need in missing])
        self._tasks.setVisible(bool(missing))
        self._ready.say(_ready_words(board.card.state))
        self._ready.setVisible(not missing)
        while (item := self._done.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        done = [need for need in board.needs if need.done]
        self._done_head.setVisible(bool(done))
        self._done_head.show_facts(tr("contracts.needs_count", count=len(done)))
        for need in done:
            clause = _clause(need.requirement)
            self._done.addWidget(DoneRow(tr(f"contracts.need.{need.requirement.value}"), clause))

    def _row(self, need: Need, may: bool) -> TaskRow:
        key = need.requirement.value
        chip = ("clock", tr("contracts.chip_wait"), "neutral")
        if can_be_done(need):
            chip = ("pencil", tr("contracts.chip_open"), "warn")
        row = TaskRow(
            f"need_{key}",
            chip,  # type: ignore[arg-type]
            tr(f"contracts.need.{key}"),
            need.detail or tr(f"contracts.how.{key}"),
            tr(f"contracts.do.{key}") if can_be_done(need) else tr("contracts.look_later"),
            _clause(need.requirement),
        )
        row.button.setVisible(may and can_be_done(need))
        row.pressed.connect(lambda: self._do(need.requirement))
        return row


def _clause(need: Requirement) -> str:
    return tr("contracts.clause", clause=_CLAUSES[need]) if need in _CLAUSES else ""


def _ready_words(state: ContractState) -> str:
    if step_from(state) is None:
        return tr("contracts.all_over")
    return tr("contracts.ready" if state is ContractState.PREPARING else "contracts.ready_closeout")
