"""The things that wait, as rows with the one button that does each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from walkdesk.domain.contract import ContractState
from walkdesk.messages.today import Task
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts import TaskRow
from walkdesk.ui.look.parts.chips import ChipKind
from walkdesk.ui.words import state_word

_ICONS = {
    "release_overdue": "alert",
    "release_late": "alert",
    "release_approval": "clock",
    "token_not_back": "alert",
    "token_not_taken": "usb-token",
    "rekey_due": "lock",
    "sheet_due": "document",
    "register_overdue": "alert",
    "register_runs_out": "clock",
    "incident_open": "warning",
    "inspection_missing": "stamp",
    "certification_over": "alert",
    "certification_runs_out": "medal",
    "unreadable_cards": "phone",
    "doubtful": "people",
    "designate_again": "person",
    "prize_requests": "gift",
    "readiness": "contract",
    "next_step": "arrow-right",
}
_TOKEN = frozenset({"token_not_back", "token_not_taken"})
_KINDS: dict[str, ChipKind] = {"danger": "danger", "warn": "warn", "neutral": "neutral"}


def title_of(task: Task) -> str:
    """What waits, in words."""
    if task.kind in _TOKEN:
        return tr(f"today.{task.kind}_title", name=task.detail)
    if task.kind == "next_step":
        return tr(f"today.next_step_{task.detail}")
    return tr(f"today.{task.kind}_title", count=task.count)


def place_of(task: Task) -> dict[str, Any]:
    """Where on its desk the task is done, as that page's ``enter`` understands it."""
    if task.kind in ("release_overdue", "release_late", "release_approval"):
        return {"release": task.place}
    if task.desk == "registers":
        register, _, entry = task.place.partition(":")
        return {"register": register, "entry": entry}
    if task.desk == "keys":
        return {"view": task.place}
    if task.kind == "designate_again":
        return {"view": "person", "number": task.place}
    return {"only": task.place} if task.place in ("unreadable", "doubtful") else {}


def task_row(task: Task, number: int, do: Callable[[Task], None]) -> TaskRow:
    """One row; its button calls ``do``."""
    chip = (_ICONS[task.kind], tr(f"today.{task.kind}_chip", count=task.count), _KINDS[task.tone])
    row = TaskRow(f"today_task_{number}", chip, title_of(task), _detail_of(task), tr(f"today.{task.kind}_button"))
    row.pressed.connect(lambda: do(task))
    return row


def _detail_of(task: Task) -> str:
    if task.kind == "readiness":
        return tr("today.readiness_detail", need=tr(f"contracts.need.{task.detail}"))
    if task.kind in _TOKEN:
        return tr(f"today.{task.kind}_detail")
    if task.kind == "rekey_due":
        return tr(f"keys.rekey_due_{task.detail}")
    if task.kind == "sheet_due":
        return tr(f"today.sheet_due_{'office' if task.place == 'office' else 'contract'}")
    if task.kind == "next_step":
        return tr("today.next_step_detail", state=state_word(ContractState(task.detail)))
    if task.kind == "designate_again":
        return tr("today.designate_again_detail", name=task.detail)
    if task.kind == "incident_open":
        return tr(f"today.incident_step_{task.detail}", entry=task.place.partition(":")[2])
    if task.kind == "inspection_missing":
        return tr("today.inspection_missing_detail", number=task.detail)
    if task.kind == "doubtful":
        return tr("today.doubtful_detail", number=task.detail)
    return task.detail or tr(f"today.{task.kind}_detail")
