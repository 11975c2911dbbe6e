"""What becomes of the material at the end: clause 11 and the measures of the two council papers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from walkdesk.domain.participants import Origin
from walkdesk.domain.problem import Problem


class Medium(StrEnum):
    """記録媒体."""

    ELECTRONIC = "electronic"
    PAPER = "paper"


class Disposition(StrEnum):
    """What became of one class on one medium."""

    RETURNED = "returned"
    """返還 to the ward."""
    HANDED_OVER = "handed_over"
    """引渡し to the ward."""
    DESTROYED = "destroyed"
    """消去・廃棄のみ: needs its basis."""
    NONE = "none"
    """Nothing of this kind exists."""


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """One cell of the board: class and medium."""

    origin: Origin
    medium: Medium


BOARD = tuple(ReturnLine(origin, medium) for origin in Origin for medium in Medium)


def check_disposition(line: ReturnLine, disposition: Disposition, basis: str, receipt: str) -> None:
    """What the ward gave goes back; destroying alone needs its basis; a return needs the ward's receipt.

    For 収集 the basis is measure 3 of the paper; everything else needs a ward instruction (clause 11, proviso).
    """
    if disposition in (Disposition.RETURNED, Disposition.HANDED_OVER) and not receipt.strip():
        raise Problem("closeout.receipt_missing")
    if disposition is Disposition.DESTROYED and line.origin is not Origin.COLLECTED and not basis.strip():
        raise Problem("closeout.basis_missing")
    if disposition is Disposition.NONE and line.medium is Medium.ELECTRONIC:
        raise Problem("closeout.electronic_exists")
