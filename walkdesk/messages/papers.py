"""The papers desk: 参加案内 for people, reports for the ward."""

from __future__ import annotations

from dataclasses import dataclass

from walkdesk.messages.common import FreePaper, ScreenPaper
from walkdesk.messages.registry import asks
from walkdesk.messages.releases import ContentChoice, StoppedRow


@dataclass(frozen=True, slots=True)
class PaperChoices:
    """What can be sent to participants now, each with whom it can go to."""

    papers: tuple[ContentChoice, ...]


@asks(PaperChoices)
@dataclass(frozen=True, slots=True)
class LookAtPapers:
    """Asks which papers to participants there are, in the order in which a desk offers them."""


@dataclass(frozen=True, slots=True)
class LetterPlan:
    """Who would get a paper now. ``audience`` is a group of people (``card``, ``app``, ``all``) or a month."""

    paper: str
    audience: str
    ready: int
    already_sent: int
    stopped: tuple[StoppedRow, ...]
    first: str
    """Number of the first recipient, or ""."""


@asks(LetterPlan)
@dataclass(frozen=True, slots=True)
class PlanLetters:
    """Asks who would get a paper now; with a number only that person, also when they had one before."""

    audience: str = "all"
    paper: str = "invitation"
    number: str = ""


@asks(ScreenPaper)
@dataclass(frozen=True, slots=True)
class PreviewLetter:
    """One sheet, to be looked at on the screen only; it carries no serial and the mark 見本.

    Without a number it is that of a person who does not exist.
    """

    number: str
    paper: str = "invitation"
    audience: str = "all"


@asks(FreePaper)
@dataclass(frozen=True, slots=True)
class MakeReport:
    """事業実施報告書 with the figures of the year; no cell under five can be read out of it."""


@dataclass(frozen=True, slots=True)
class ReportFigure:
    label: str
    """A key of the texts."""
    value: str


@dataclass(frozen=True, slots=True)
class MonthMean:
    """Mean steps a day and person; ``None`` where nothing is keyed."""

    month: str
    card: int | None
    app: int | None


@dataclass(frozen=True, slots=True)
class ReportFigures:
    figures: tuple[ReportFigure, ...]
    months: tuple[MonthMean, ...]


@asks(ReportFigures)
@dataclass(frozen=True, slots=True)
class LookAtReport:
    """The figures of the year so far."""
