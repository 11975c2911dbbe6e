"""Who works here and who may come in: roles and the rule of the second person."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from walkdesk.domain.dates import fiscal_year
from walkdesk.domain.problem import Problem


class Role(StrEnum):
    """What an account may do (design chapter 1)."""

    HANDLER = "handler"
    """取扱者."""
    MANAGER = "manager"
    """取扱責任者・副責任者."""
    AUDITOR = "auditor"
    """区監査員: reads evidence, certificates and reports; never participants' personal data."""


EVERYONE = frozenset(Role)
STAFF = frozenset({Role.HANDLER, Role.MANAGER})
MANAGERS = frozenset({Role.MANAGER})
AUDITORS = frozenset({Role.AUDITOR})


class Lack(StrEnum):
    """What a person of the register still lacks."""

    OATH = "oath"
    """誓約 that binds after the end of the work too (clause 3)."""
    LAW = "law"
    """条例・法の周知 (clause 18)."""
    TRAINING = "training"
    """教育 of this fiscal year (clause 18)."""


def may_work(role: Role, trained_years: Collection[int], today: date) -> bool:
    """Whether somebody may work on a day: auditors always, others once that fiscal year's training is recorded."""
    return role is Role.AUDITOR or fiscal_year(today) in trained_years


def lacks_of(role: Role | None, oath_holds: bool, law_told: bool, trained: bool) -> tuple[Lack, ...]:
    """What somebody who works here lacks. The ward's auditors are its officers: the contract asks nothing of them."""
    if role is Role.AUDITOR:
        return ()
    held = {Lack.OATH: oath_holds, Lack.LAW: law_told, Lack.TRAINING: trained}
    return tuple(lack for lack in Lack if not held[lack])


def check_second_person(requester: str, approver: str, may_approve: bool) -> None:
    """Requester and approver are always two people, and the approver is marked 承認可."""
    if requester == approver:
        raise Problem("releases.own_request")
    if not may_approve:
        raise Problem("releases.not_approver")
