"""A refused attempt is evidence: it is on disk before the person reads that it was refused."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from walkdesk.domain.problem import Problem
from walkdesk.services.session import Work

A = TypeVar("A")
M = TypeVar("M")

_NO_REFUSAL = ("shell.", "storage.", "fonts.")
"""What a person took back himself, and what a disk or a PC lacks, is nobody's refusal."""


def evidenced(run: Callable[[Work, M], A]) -> Callable[[Work, M], A]:
    """Wraps an action: where it ends in a ``Problem``, its changes go back and the ledger keeps ``refused``."""

    @wraps(run)
    def guarded(work: Work, message: M) -> A:
        try:
            return run(work, message)
        except Problem as problem:
            if not problem.code.startswith(_NO_REFUSAL):
                _keep(work, message, problem)
            raise

    return guarded


def _keep(work: Work, message: Any, problem: Problem) -> None:
    work.office.rollback()
    if work.session.vault is not None:
        work.vault.rollback()
    contract = getattr(message, "contract", "")
    work.record(
        "refused",
        contract if contract and work.session.contract is None else None,
        action=type(message).__name__,
        role=work.member.role.value,
        reason=problem.code,
    )
    work.settle()
