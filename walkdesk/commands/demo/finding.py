"""What a check of the practice year found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: its sentence is ``demo.check.<code>``."""

    code: str
    holds: bool
    values: Mapping[str, object] = field(default_factory=dict)
