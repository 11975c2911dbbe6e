"""The reception desk: participants, search, correction, import."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from walkdesk.domain.participants import Channel, Origin, Sex
from walkdesk.messages.common import Done, ProblemNote
from walkdesk.messages.registry import asks


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """One line of a list; address and phone are masked."""

    number: str
    name: str
    town: str
    age: int
    channel: Channel
    phone_tail: str
    doubtful: bool
    """要確認: letters stop until the person's page corrects it."""
    points: int


@dataclass(frozen=True, slots=True)
class ParticipantPage:
    """A page of the list in its order."""

    rows: tuple[ParticipantRow, ...]
    total: int
    doubtful: int
    card: int
    app: int


@asks(ParticipantPage)
@dataclass(frozen=True, slots=True)
class ListParticipants:
    """``order``: ``number``, ``name``, ``age`` or ``town``; ``only``: ``all``, ``doubtful``, ``card`` or ``app``."""

    offset: int = 0
    limit: int = 200
    order: str = "number"
    descending: bool = False
    only: str = "all"
    text: str = ""


@dataclass(frozen=True, slots=True)
class SearchHits:
    hits: tuple[ParticipantRow, ...]
    total: int


@asks(SearchHits)
@dataclass(frozen=True, slots=True)
class SearchParticipants:
    """Name (with 髙 for 高), number, or the last four digits of the phone."""

    text: str
    limit: int = 8


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One month of a person."""

    month: str
    """``2018-07``."""
    total: int
    counted_days: int
    points: int
    state: str
    """``keying``, ``done`` or ``imported``."""


@dataclass(frozen=True, slots=True)
class PrizeLine:
    prize: str
    points: int
    requested_on: date
    shipped_on: date | None


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change, from the trail: who, when, which value, from what, to what, why."""

    at: datetime
    who: str
    table: str
    field: str
    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One sheet that the person got: in which version of its wording, and about which month where it is about one."""

    serial: str
    kind: str
    on: date
    wording: str = ""
    month: str = ""


@dataclass(frozen=True, slots=True)
class ParticipantSheet:
    """One person's page. Address and phone come masked; ``RevealParticipant`` opens them, which is evidence."""

    number: str
    name: str
    postcode: str
    address: str
    age: int
    sex: Sex
    phone: str
    mail: str
    channel: Channel
    identity_origin: Origin
    doubts: tuple[ProblemNote, ...]
    registered_on: date
    points: int
    reserved: int
    months: tuple[MonthLine, ...]
    prizes: tuple[PrizeLine, ...]
    papers: tuple[PaperLine, ...]
    history: tuple[HistoryLine, ...]


@asks(ParticipantSheet)
@dataclass(frozen=True, slots=True)
class ShowParticipant:
    number: str


@dataclass(frozen=True, slots=True)
class Revealed:
    """The unmasked values, and the number of the ledger entry that says so."""

    address: str
    phone: str
    mail: str
    ledger: int


@asks(Revealed)
@dataclass(frozen=True, slots=True)
class RevealParticipant:
    """Opens address, phone and mail of one person."""

    number: str


@asks(Done)
@dataclass(frozen=True, slots=True)
class CorrectParticipant:
    """訂正: one field, its new value and the reason.

    ``field`` is ``name``, ``postcode``, ``address``, ``age``, ``sex``, ``phone`` or ``mail``.
    """

    number: str
    field: str
    value: str
    reason: str


@asks(Done)
@dataclass(frozen=True, slots=True)
class RegisterParticipant:
    """A paper application, keyed at the desk: collected from the person (clause 4)."""

    number: str
    name: str
    postcode: str
    address: str
    age: str
    sex: Sex
    phone: str
    channel: Channel
    mail: str = ""
    purpose_shown_on: date | None = None


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One row of a preview: ``verdict`` is ``accepted``, ``doubtful`` or ``refused``."""

    line: int
    number: str
    shown: str
    verdict: str
    note: ProblemNote | None = None


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would do; nothing is changed yet. ``ticket`` names it for the commit."""

    ticket: str
    kind: str
    file_name: str
    encoding: str
    sha256: str
    accepted: int
    doubtful: int
    refused: int
    rows: tuple[ImportRow, ...]
    """Refused and doubtful rows first, then the first accepted ones."""


@asks(ImportPreview)
@dataclass(frozen=True, slots=True)
class PreviewImport:
    """``kind`` is ``ward_list``, ``app_users`` or ``app_steps``; ``month`` (``2018-07``) for steps."""

    kind: str
    path: str
    month: str = ""


@asks(Done)
@dataclass(frozen=True, slots=True)
class CommitImport:
    """Takes every accepted and doubtful row of a preview, in one transaction. ``source`` says which delivery it was."""

    ticket: str
    source: str
