"""What the guide asks for, and what may be wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

LEAST_PASSWORD = 12
"""Characters. Long is what counts (design chapter 5); the services look at the rest."""

CertificationKind = Literal["privacy_mark", "isms"]


@dataclass(frozen=True, slots=True)
class SetupValues:
    """Everything that a new office begins with: the contractor (受託者) and the first manager (取扱責任者)."""

    office_name: str
    certification_kind: CertificationKind
    """プライバシーマーク or ISMS (the council papers ask the contractor for one of them)."""
    certification_number: str
    certification_expires: date
    manager_number: str
    manager_name: str
    manager_post: str
    password: str = field(repr=False)
    attested_by: str
    """Who attests that this person is the manager (the contractor's representative)."""


@dataclass(frozen=True, slots=True)
class PasswordPair:
    """The password typed twice."""

    first: str = field(repr=False)
    second: str = field(repr=False)

    def problem(self, number: str) -> str:
        """The name of what is wrong (a key of ``setup.problem``), empty when nothing is."""
        if not self.first:
            return "missing"
        if len(self.first) < LEAST_PASSWORD:
            return "password_short"
        if number and number.casefold() in self.first.casefold():
            return "password_number"
        return "" if self.first == self.second else "password_differs"
