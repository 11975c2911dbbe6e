"""The only way in: permission, dispatch, evidence, commit. The room and the tests both come through here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import Any

from walkdesk.domain.contract import ContractState
from walkdesk.domain.people import Role
from walkdesk.domain.problem import Problem
from walkdesk.messages.common import Progress
from walkdesk.messages.door import EnterContract, waiting_problem
from walkdesk.services import (
    account,
    approvals,
    audit,
    audit_reports,
    cards,
    closeout,
    contracts,
    door,
    drafts,
    erasure,
    imports,
    incidents,
    keys,
    papers,
    people,
    printing,
    prizes,
    reception,
    recovery,
    registers,
    rekeying,
    releases,
    reports,
    reprints,
    today,
    wardpapers,
    withdrawal,
    wordingdesk,
)
from walkdesk.services.actions import Action
from walkdesk.services.session import Session, Work, no_progress, working
from walkdesk.storage.engine import disk_problems

DESKS: tuple[dict[type, Action], ...] = (
    people.ACTIONS,
    account.ACTIONS,
    contracts.ACTIONS,
    keys.ACTIONS,
    rekeying.ACTIONS,
    recovery.ACTIONS,
    today.ACTIONS,
    reception.ACTIONS,
    withdrawal.ACTIONS,
    imports.ACTIONS,
    cards.ACTIONS,
    prizes.ACTIONS,
    papers.ACTIONS,
    wordingdesk.ACTIONS,
    printing.ACTIONS,
    reports.ACTIONS,
    wardpapers.ACTIONS,
    releases.ACTIONS,
    reprints.ACTIONS,
    approvals.ACTIONS,
    registers.ACTIONS,
    incidents.ACTIONS,
    closeout.ACTIONS,
    erasure.ACTIONS,
    audit.ACTIONS,
    audit_reports.ACTIONS,
    drafts.ACTIONS,
)
"""The table of each desk: a new desk adds its table here."""

AT_DOOR = {**door.AT_DOOR, **recovery.AT_DOOR}
"""What is done at the door itself, outside the table of actions."""

ACTIONS: dict[type, Action] = {message: action for desk in DESKS for message, action in desk.items()}
"""Every action by its message. Permission, dispatch and the README's table of roles read it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer and the areas that changed."""

    answer: Any
    changes: frozenset[str] = frozenset()


def perform(
    session: Session,
    message: object,
    progress: Callable[[Progress], None] = no_progress,
    cancelled: Event | None = None,
) -> Outcome:
    """Does what a message asks, if this person may now; else ``Problem``, and the refusal is evidence.

    Nothing is half done: the action's transaction is kept whole or taken back whole.
    """
    with disk_problems(session.premises.folder.path.name):
        return _perform(session, message, progress, cancelled)


def _perform(
    session: Session, message: object, progress: Callable[[Progress], None], cancelled: Event | None
) -> Outcome:
    at_door = AT_DOOR.get(type(message))
    if at_door is not None:
        if isinstance(message, EnterContract) and session.member is not None:
            _check_trained(session, message)
        return Outcome(at_door(session, message), frozenset({"door"}))
    action = ACTIONS.get(type(message))
    if action is None:
        raise Problem("shell.unknown_message", name=type(message).__name__)
    if session.member is None or session.book is None:
        raise Problem("door.not_signed_in")
    if session.member.role not in action.roles:
        _refuse(session, message, "role")
        raise Problem("door.not_permitted")
    if not (action.untrained and session.member.role is Role.MANAGER):
        _check_trained(session, message)
    try:
        with working(session, type(message).__name__, progress, cancelled) as work:
            _check_state(work, action)
            answer = action.run(work, message)
    except WrongState as refused:
        _refuse(session, message, "state")
        raise refused.problem from None
    return Outcome(answer, action.changes)


class WrongState(Exception):
    """The contract on the desk is not in a state in which this may be done."""

    def __init__(self, state: ContractState) -> None:
        super().__init__(state.value)
        self.problem = Problem("contracts.wrong_state", state=state.value)


def _check_state(work: Work, action: Action) -> None:
    """The state of the contract on the desk, read in the action's own transaction."""
    if action.states is None:
        return
    session = work.session
    if session.vault is None:
        raise waiting_problem(session.waiting or "door.no_vault", session.waiting_name)
    state = ContractState(work.terms.state)
    if state not in action.states:
        raise WrongState(state)


def _check_trained(session: Session, message: object) -> None:
    """Without this fiscal year's training nobody works; a manager records it first (clause 18)."""
    if session.member is None or session.trained:
        return
    _refuse(session, message, "training")
    raise Problem("door.training_first" if session.member.role is Role.MANAGER else "door.not_trained")


def _refuse(session: Session, message: object, reason: str) -> None:
    with working(session, "refused") as work:
        work.record("refused", action=type(message).__name__, role=work.member.role.value, reason=reason)
