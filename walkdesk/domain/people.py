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

PASSWORD_LENGTH = 12
"""The least number of characters of a password."""


def check_password(password: str, *words: str) -> None:
    """Refuses a password that is short, all one character, or built on the account's own words."""
    if len(password) < PASSWORD_LENGTH:
        raise Problem("people.password_short", least=PASSWORD_LENGTH)
    if len(set(password)) < 5:
        raise Problem("people.password_monotone")
    lowered = password.casefold()
    for word in words:
        if len(word) >= 3 and word.casefold() in lowered:
            raise Problem("people.password_own_word")


def check_second_person(requester: str, approver: str, may_approve: bool) -> None:
    """Requester and approver are always two people, and the approver is marked 承認可."""
    if requester == approver:
        raise Problem("releases.own_request")
    if not may_approve:
        raise Problem("releases.not_approver")
