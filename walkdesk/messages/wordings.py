"""文面: which wording each paper has, its versions, the page that a wording makes, and a new version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from walkdesk.messages.common import Done, ProblemNote, ScreenPaper
from walkdesk.messages.registry import asks
from walkdesk.messages.releases import StoppedRow


class PartKind(StrEnum):
    """How a part of a wording is written."""

    LINE = "line"
    """One line: a title, a heading."""
    ROWS = "rows"
    """A small table: label and value on each line, with ： between them."""
    TEXT = "text"
    """Sentences; a new line begins a new paragraph or step."""


@dataclass(frozen=True, slots=True)
class WordingRow:
    """The wording of one paper and variant as it is in use. Nobody saved the shipped one."""

    paper: str
    variant: str
    version: str
    number: int
    """Of the version in use; 0 is the one that came with the program."""
    saved_by: str = ""
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class WordingBoard:
    """Every paper of the contract's programme whose wording people may change."""

    rows: tuple[WordingRow, ...]
    may_save: bool


@asks(WordingBoard)
@dataclass(frozen=True, slots=True)
class LookAtWordings:
    """Asks for the papers with the version that each one has."""


@dataclass(frozen=True, slots=True)
class WordingPart:
    """One part of a wording. ``key`` is the key of its label in the texts (``wordings.part``)."""

    key: str
    kind: PartKind
    text: str


@dataclass(frozen=True, slots=True)
class PlaceholderRow:
    """A placeholder that this paper knows. ``example`` is what would stand there, for a person that does not exist."""

    name: str
    example: str


@dataclass(frozen=True, slots=True)
class WordingVersion:
    """One version, to be read: 0 is the one that came with the program."""

    number: int
    version: str
    saved_by: str = ""
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OpenedWording:
    """One version of a wording with everything that an editor needs."""

    paper: str
    variant: str
    number: int
    version: str
    parts: tuple[WordingPart, ...]
    placeholders: tuple[PlaceholderRow, ...]
    versions: tuple[WordingVersion, ...]
    """Newest first: the first is in use, the last is the shipped one."""
    personal: bool
    """The paper goes to a participant: its page can be looked at with each person's own particulars."""
    next_version: str
    """A name for the next version that no version has yet."""
    may_save: bool


@asks(OpenedWording)
@dataclass(frozen=True, slots=True)
class OpenWording:
    """Opens one version of a wording; the newest without ``number``, the shipped one with 0."""

    paper: str
    variant: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class PartFault:
    """What is wrong in one part; ``part`` is "" where it is the name of the version."""

    part: str
    problem: ProblemNote


@dataclass(frozen=True, slots=True)
class WordingPreview:
    """The page that a wording makes; what stands in the way of saving it; why there is no page, if there is none."""

    page: ScreenPaper | None
    faults: tuple[PartFault, ...]
    stopped: ProblemNote | None = None


@asks(WordingPreview)
@dataclass(frozen=True, slots=True)
class PreviewWording:
    """The page of a wording that is being written, for the person with ``number`` or for nobody ("")."""

    paper: str
    variant: str
    version: str
    parts: tuple[tuple[str, str], ...]
    number: str = ""


@dataclass(frozen=True, slots=True)
class WordingCheck:
    """Everyone who would get this paper, tried one by one: how many, whose page stops and why."""

    people: int
    stopped: int
    rows: tuple[StoppedRow, ...]
    """The first of those whose page stops."""


@asks(WordingCheck)
@dataclass(frozen=True, slots=True)
class CheckWording:
    """Tries a wording on everyone who would get the paper: empty placeholders, pages that overflow."""

    paper: str
    variant: str
    parts: tuple[tuple[str, str], ...]


@asks(Done)
@dataclass(frozen=True, slots=True)
class SaveWording:
    """A new version, in use from now on. What was sent before keeps the version that it had."""

    paper: str
    variant: str
    version: str
    parts: tuple[tuple[str, str], ...]
