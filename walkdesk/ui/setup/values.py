"""What the guide asks for, and what may be wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

CertificationKind = Literal["privacy_mark", "isms"]


@dataclass(frozen=True, slots=True)
class SetupValues:
    """Everything that a new office begins with: the contractor (受託者) and the first manager (取扱責任者)."""

    office_name: str
    office_address: str
    office_phone: str
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
