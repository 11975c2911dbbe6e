"""What a wording that is being written looks like on its paper, and whose page of it would stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from walkdesk.documents.sheet import Mark
from walkdesk.domain.problem import Problem
from walkdesk.domain.wording import Wording
from walkdesk.services.applications import application_bytes
from walkdesk.services.contents.personal import PERSONAL_PAPERS
from walkdesk.services.participants import participant
from walkdesk.services.personal import (
    EXAMPLES,
    Addressed,
    PersonalPaper,
    Values,
    nobody,
    sample_pdf,
    shared_values,
    try_wording,
)
from walkdesk.services.session import Work

Tried = Iterator[tuple[Addressed, Problem | None]]


@dataclass(frozen=True, slots=True)
class Sample:
    """How one paper is looked at before it is used."""

    draw: Callable[[Work, Wording, str], bytes]
    """A page marked 見本: for the participant with a number, or for nobody in particular ("")."""
    people: Callable[[Work, Wording], Tried] | None = None
    """Everyone who would get it, and why their page stops; ``None`` for a paper that goes to nobody in particular."""


def _personal(paper: PersonalPaper, work: Work, wording: Wording, number: str) -> bytes:
    if number and paper.variant(participant(work, number)) != wording.variant:
        raise Problem("wordings.other_variant", number=number)
    return sample_pdf(work, paper, wording, number)


def _everyone(paper: PersonalPaper, work: Work, wording: Wording) -> Tried:
    return try_wording(work, paper, wording)


def _application(work: Work, wording: Wording, number: str) -> bytes:
    return application_bytes(work, wording, Mark.SAMPLE)


SAMPLES: dict[str, Sample] = {
    **{paper.key: Sample(partial(_personal, paper), partial(_everyone, paper)) for paper in PERSONAL_PAPERS},
    "health_application": Sample(_application),
    "walk_application": Sample(_application),
}
"""Every paper whose wording people may change, by its key: a new one is a line here."""


def example_values(work: Work, paper: str, variant: str) -> Values:
    """What would stand for each placeholder on a sheet that nobody gets."""
    person = nobody(work, variant)
    same = [one for one in PERSONAL_PAPERS if one.key == paper and not one.about]
    own = same[0].values(work, [Addressed(person)])[0] if same else None
    return {**shared_values(work, person), **(own or {}), **EXAMPLES}
