"""What every desk uses: done, progress, changes, a paper, and a problem on its way to a person.

A paper has one of three types, and the type says where it may go: ``ScreenPaper`` nowhere, ``FreePaper`` and
``FreeFile`` anywhere, ``Released`` (``messages.releases``) to where two people let it go.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from walkdesk.domain.problem import Problem


@dataclass(frozen=True, slots=True)
class Done:
    """It is done. ``facts`` fill the sentence that the status line shows; ``ledger`` is the entry's number, or 0."""

    facts: dict[str, str | int] = field(default_factory=dict)
    ledger: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long piece of work is: ``done`` of ``total`` steps; ``total`` 0 when it is not known."""

    done: int
    total: int
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """What an action changed, by area (``cards``, ``reception`` ...): a screen reloads only if it is concerned."""

    areas: frozenset[str]


@dataclass(frozen=True, slots=True)
class PaperBytes:
    """A PDF in memory. As such it can be looked at and nothing else: no exit takes it."""

    title: str
    file_name: str
    pdf: bytes
    pages: int


@dataclass(frozen=True, slots=True)
class ScreenPaper(PaperBytes):
    """A preview that may show a participant: it never leaves the screen."""


@dataclass(frozen=True, slots=True)
class FreePaper(PaperBytes):
    """A paper without personal data (report, register, certificate, start sheet): it may be printed and saved."""


@dataclass(frozen=True, slots=True)
class FreeFile:
    """A file without personal data that is no paper: signed data, a signature, the ledger, a workbook of registers."""

    file_name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class ProblemNote:
    """A problem as data, for lists (a refused row, a stopped letter) and for the pipe.

    Days lie apart from the other values: on the pipe both are text, and only the type tells them apart.
    """

    code: str
    values: dict[str, str | int] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)

    @classmethod
    def of(cls, problem: Problem) -> ProblemNote:
        """The note of a problem."""
        days = {key: value for key, value in problem.values.items() if isinstance(value, date)}
        return cls(
            problem.code,
            {key: value for key, value in problem.values.items() if not isinstance(value, date)},
            days,
        )

    def problem(self) -> Problem:
        """The problem of a note."""
        return Problem(self.code, **self.values, **self.days)
