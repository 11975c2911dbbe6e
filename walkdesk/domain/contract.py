"""The life of a contract: states, the steps between them, and what each step needs.

``preparing → open → reported → returned → erasing → erased → acknowledged``; there is no way back.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from walkdesk.domain.problem import Problem


class ContractState(StrEnum):
    """委託契約の段階."""

    PREPARING = "preparing"
    OPEN = "open"
    REPORTED = "reported"
    RETURNED = "returned"
    ERASING = "erasing"
    ERASED = "erased"
    ACKNOWLEDGED = "acknowledged"


LIFE = tuple(ContractState)
"""The states in the order in which a contract goes through them."""

WITH_VAULT = frozenset(
    {ContractState.PREPARING, ContractState.OPEN, ContractState.REPORTED, ContractState.RETURNED}
)
"""The states in which the vault can be opened: from ``erasing`` on nobody opens it any more."""


class Requirement(StrEnum):
    """What must be done before the next state: one row on the contract's board, with its clause."""

    CERTIFICATION = "certification"
    """The contractor's プライバシーマーク or ISMS, not expired (the council papers' 委託先 row)."""
    MANAGER = "manager"
    """取扱責任者 designated (clause 13)."""
    HANDLER = "handler"
    """At least one 取扱者 designated (clause 13)."""
    SECOND_APPROVER = "second_approver"
    """Two people marked 承認可, so that nobody approves his own request."""
    DESIGNATION_REPORTED = "designation_reported"
    """The designation is reported to the ward (clause 13)."""
    TRAINING = "training"
    """Training of this fiscal year recorded for everyone designated (clause 18)."""
    ITEMS = "items"
    """The permitted items are confirmed against the council paper (clauses 3 to 5)."""
    STARTED = "started"
    """The contract's first day has come."""
    REPORT = "report"
    """事業実施報告書 made and delivered."""
    NO_PRIZE_WAITING = "no_prize_waiting"
    """No prize request is waiting for its shipment."""
    NO_OPEN_RELEASE = "no_open_release"
    """Every release is closed: posted, returned or destroyed (clauses 6, 9)."""
    RETURN_RECORDED = "return_recorded"
    """For each class and medium it is recorded what became of it (clause 11)."""
    TWO_APPROVALS = "two_approvals"
    """Two different people signed the erasure."""
    COPIES_CLOSED = "copies_closed"
    """Tokens and recovery sheets are accounted for (clause 9)."""
    ERASURE_DONE = "erasure_done"
    CERTIFICATE = "certificate"
    """消去証明書 issued (clause 12)."""


@dataclass(frozen=True, slots=True)
class Step:
    """One way from a state to the next, with everything that it needs."""

    state: ContractState
    leads_to: ContractState
    needs: tuple[Requirement, ...]


STEPS: tuple[Step, ...] = (
    Step(
        ContractState.PREPARING,
        ContractState.OPEN,
        (
            Requirement.CERTIFICATION,
            Requirement.MANAGER,
            Requirement.HANDLER,
            Requirement.SECOND_APPROVER,
            Requirement.TRAINING,
            Requirement.DESIGNATION_REPORTED,
            Requirement.ITEMS,
            Requirement.STARTED,
        ),
    ),
    Step(
        ContractState.OPEN,
        ContractState.REPORTED,
        (Requirement.NO_PRIZE_WAITING, Requirement.REPORT),
    ),
    Step(
        ContractState.REPORTED,
        ContractState.RETURNED,
        (Requirement.NO_OPEN_RELEASE, Requirement.RETURN_RECORDED),
    ),
    Step(
        ContractState.RETURNED,
        ContractState.ERASING,
        (Requirement.NO_OPEN_RELEASE, Requirement.COPIES_CLOSED, Requirement.TWO_APPROVALS),
    ),
    Step(ContractState.ERASING, ContractState.ERASED, (Requirement.ERASURE_DONE, Requirement.CERTIFICATE)),
    Step(ContractState.ERASED, ContractState.ACKNOWLEDGED, ()),
)


def step_from(state: ContractState) -> Step | None:
    """The one step that leads on from a state; ``None`` at the end of the life."""
    return next((step for step in STEPS if step.state is state), None)


def missing(state: ContractState, done: Set[Requirement]) -> tuple[Requirement, ...]:
    """What the next step still needs, in the order of the board."""
    step = step_from(state)
    return tuple(need for need in step.needs if need not in done) if step else ()


def advance(state: ContractState, leads_to: ContractState, done: Set[Requirement]) -> ContractState:
    """The next state, or ``Problem``: a step cannot be skipped, taken back, or taken with a need open."""
    step = step_from(state)
    if step is None or step.leads_to is not leads_to:
        raise Problem("contracts.no_such_step", state=state.value, leads_to=leads_to.value)
    open_needs = missing(state, done)
    if open_needs:
        raise Problem("contracts.needs_open", count=len(open_needs), first=open_needs[0].value)
    return leads_to


def check_period(start: date, end: date) -> None:
    """A contract runs within one fiscal year (年度), from April to March; else ``Problem``."""
    if end < start:
        raise Problem("contracts.period_backwards", start=start, end=end)
    fiscal = start.year - (start.month < 4)
    if end > date(fiscal + 1, 3, 31):
        raise Problem("contracts.period_over_year", end=date(fiscal + 1, 3, 31))


def accepts_input(state: ContractState, start: date, end: date, on: date) -> bool:
    """Whether personal data may be entered: only while open and between the contract's dates."""
    return state is ContractState.OPEN and start <= on <= end
