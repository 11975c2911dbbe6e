"""Who works here and who may come in: roles and the rule of the second person."""

from __future__ import annotations

from enum import StrEnum

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


def check_second_person(requester: str, approver: str, may_approve: bool) -> None:
    """Requester and approver are always two people, and the approver is marked 承認可."""
    if requester == approver:
        raise Problem("releases.own_request")
    if not may_approve:
        raise Problem("releases.not_approver")
