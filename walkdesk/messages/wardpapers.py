"""区への文書・用紙: which papers there are, who may make them, when they were made last, their making."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from walkdesk.domain.wardpapers import WardPaper
from walkdesk.messages.common import FreePaper
from walkdesk.messages.registry import asks


class Stop(StrEnum):
    """Why somebody cannot make a paper now."""

    NONE = ""
    ROLE = "role"
    """The 取扱責任者 makes it."""
    STATE = "state"
    """The contract on the desk is not in a state that has this paper, or none is open."""
    NOTHING = "nothing"
    """There is nothing that it could be about: no incident was entered."""


@dataclass(frozen=True, slots=True)
class PaperChoice:
    """What a paper can be about: a fiscal year, an entry of a register, a register.

    ``value`` is "" for a blank sheet; ``day`` and ``title`` are those of an entry, ``count`` the trainings of a year or
    the lines of a register.
    """

    value: str
    day: date | None = None
    title: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class WardPaperRow:
    """One paper of the list."""

    paper: WardPaper
    stop: Stop
    choices: tuple[PaperChoice, ...] = ()
    made_at: datetime | None = None
    """When the ledger saw it made last, for this contract or the whole office."""
    made_by: str = ""


@dataclass(frozen=True, slots=True)
class WardPaperBoard:
    """Every paper, in the order of the list."""

    rows: tuple[WardPaperRow, ...]
    programme: str
    """Of the contract on the desk; "" where none is."""


@asks(WardPaperBoard)
@dataclass(frozen=True, slots=True)
class LookAtWardPapers:
    """Asks for the list."""


@asks(FreePaper)
@dataclass(frozen=True, slots=True)
class MakeTrainingRecord:
    """教育実施記録 of a fiscal year (clause 18); 0 is this one. It names staff and nobody else."""

    year: int = 0


@asks(FreePaper)
@dataclass(frozen=True, slots=True)
class MakeInspectionSheet:
    """立入り調査票: blank, or filled from an entry of the register of inspections (clauses 15 to 17)."""

    entry: str = ""


@asks(FreePaper)
@dataclass(frozen=True, slots=True)
class MakeApplicationForm:
    """参加申込書 of the programme on the desk, blank, in the wording of this contract (clauses 3 to 5)."""
