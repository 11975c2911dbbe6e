"""What every chapter of the practice year works with, and what it leaves for the checks at the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from walkdesk.commands.demo.deliveries import Delivery
from walkdesk.commands.demo.folder import DemoFolder
from walkdesk.commands.demo.office import PracticeOffice
from walkdesk.commands.demo.people import Population
from walkdesk.domain.dates import Month
from walkdesk.messages.audit import CertificateChecks
from walkdesk.messages.common import FreePaper
from walkdesk.messages.reception import ImportPreview, ParticipantPage
from walkdesk.messages.releases import Released, ReleaseRow

CONTRACT_NUMBER = "30-HP-0001"
START = date(2018, 5, 14)
END = date(2019, 3, 31)
KEYED_MONTH = Month(2018, 7)
"""The month whose cards are keyed day by day."""
LATE_MONTH = Month(2018, 11)
"""The month whose cards some people send in only when they are reminded."""
WALKING_MONTHS = tuple(Month(2018 + place // 12, place % 12 + 1) for place in range(5, 15))
"""June to March: people walk from the first full month after the letters on."""


class Tell(Protocol):
    """Prints a sentence of ``demo.step``, with the day on which it happens."""

    def __call__(self, step: str, **values: object) -> None: ...


class Camera(Protocol):
    """Takes pictures of the window as the person at the desk sees it now, into ``screens/``."""

    troubles: list[str]
    """What went wrong: the picture's name, and the kind of fault."""

    def take(
        self,
        name: str,
        desk: str,
        place: Mapping[str, Any] | None = None,
        fill: Mapping[str, str] | None = None,
        press: tuple[str, ...] = (),
        more: bool = False,
    ) -> None:
        """A desk, at a place that its page understands, after filling fields and pressing buttons by their names.

        ``more``: also in dark colours and at 200 %.
        """
        ...

    def take_door(self, name: str, token: str = "", fill: Mapping[str, str] | None = None) -> None:
        """The sign-in page with its token, or, without one, the guide for the first start."""
        ...

    def close(self) -> None:
        """Ends the window."""
        ...


class NoCamera:
    """For a year without pictures."""

    def __init__(self) -> None:
        self.troubles: list[str] = []

    def take(
        self,
        name: str,
        desk: str,
        place: Mapping[str, Any] | None = None,
        fill: Mapping[str, str] | None = None,
        press: tuple[str, ...] = (),
        more: bool = False,
    ) -> None:
        """Takes none."""

    def take_door(self, name: str, token: str = "", fill: Mapping[str, str] | None = None) -> None:
        """Takes none."""

    def close(self) -> None:
        """There is nothing to end."""


@dataclass(frozen=True, slots=True)
class Taken:
    """An import: what the delivery held, and what its preview found."""

    delivery: Delivery
    preview: ImportPreview

    @property
    def agrees(self) -> bool:
        """Whether every row got the verdict that it should get."""
        found = (self.preview.accepted + self.preview.doubtful, self.preview.doubtful, self.preview.refused)
        return found == (self.delivery.accepted, self.delivery.doubtful, self.delivery.refused)


@dataclass(frozen=True, slots=True)
class Posted:
    """A batch of papers as it left: sheet by sheet its serial, whose it is and in which version of the wording."""

    path: Path
    release: str
    pages: int
    """As the room counted them."""
    serials: tuple[str, ...]
    names: tuple[str, ...]
    versions: tuple[str, ...] = ()
    """Empty where the paper has no wording."""
    start: int = 1
    """The place of the first one on its page."""
    places: int = 1
    """Places on a page."""


@dataclass(slots=True)
class YearFacts:
    """What happened, as the room said it; the checks hold it against what should have happened."""

    taken: list[Taken] = field(default_factory=list)
    page: ParticipantPage | None = None
    corrected: int = 0
    cards_done: int = 0
    days_keyed: int = 0
    confirmed: int = 0
    phoned: int = 0
    requested: int = 0
    shipped: int = 0
    seen: int = 0
    """Delivered files in which the search for names saw somebody: it must be able to find."""
    papers: list[Path] = field(default_factory=list)
    posted: list[Posted] = field(default_factory=list)
    reprinted: Posted | None = None
    wording: str = ""
    """The version of a wording that was saved in the year."""
    register: tuple[ReleaseRow, ...] = ()
    """The register of releases after the end."""
    refusals: list[str] = field(default_factory=list)
    """Codes with which the room refused what must be refused."""
    contract: str = ""
    checks: CertificateChecks | None = None
    state: str = ""


@dataclass(slots=True)
class Stage:
    """The practice year's office, people and camera."""

    folder: DemoFolder
    office: PracticeOffice
    population: Population
    tell: Tell
    camera: Camera = field(default_factory=NoCamera)
    facts: YearFacts = field(default_factory=YearFacts)

    def ask(self, message: object) -> Any:
        """Asks the room for the person at the desk."""
        return self.office.ask(message)

    def keep(self, name: str, paper: FreePaper | Released) -> Path:
        """Puts a paper that left the room into ``papers/``."""
        path = self.folder.papers / f"{name}.pdf"
        path.write_bytes(paper.data if isinstance(paper, Released) else paper.pdf)
        self.facts.papers.append(path)
        return path
