"""本人宛の文書: what every paper to participants shares: who gets one, whose stops and why, the values of its wording.

A paper is a ``PersonalPaper``: whom it goes to, what it says of each person, and who draws its pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from sqlalchemy import or_, select

from walkdesk.documents.batches import Office
from walkdesk.documents.mail import Addressee
from walkdesk.documents.sheet import Mark
from walkdesk.documents.typeface import GOTHIC, MINCHO, unprintable, unprintable_problem
from walkdesk.domain.addresses import split_building
from walkdesk.domain.dates import fiscal_year_name, japanese_date
from walkdesk.domain.layouts import PrintOn
from walkdesk.domain.papers import PAPERS
from walkdesk.domain.problem import Problem
from walkdesk.domain.releases import OPEN_RELEASES, Outcome
from walkdesk.domain.wording import Wording, placeholders
from walkdesk.messages.common import ProblemNote
from walkdesk.messages.releases import StoppedRow
from walkdesk.services.paperwork import JAPANESE, programme_name, sender_of
from walkdesk.services.participants import doubt_notes, participant
from walkdesk.services.session import Work
from walkdesk.services.wordings import wording_of
from walkdesk.storage.office_tables import ReleaseRecord
from walkdesk.storage.vault_tables import ParticipantRecord, ReleaseSheet

Values = Mapping[str, str]

EXAMPLES = {
    name: JAPANESE.say(f"papers.example.{key}")
    for name, key in (
        ("月", "month"),
        ("締切", "deadline"),
        ("ポイント", "points"),
        ("景品", "prize"),
        ("申込日", "requested_on"),
    )
}
"""What stands on a sheet that nobody gets."""
_SHORT = 12
"""A name or a number of so many characters fits wherever the example's does."""


@dataclass(frozen=True, slots=True)
class Addressed:
    """A person who gets a paper, and what it is about where one person may get several (``ReleaseSheet.about``)."""

    person: ParticipantRecord
    about: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One sheet of a batch: its serial, whose it is, in which wording, and the values of its placeholders."""

    serial: str
    to: Addressed
    wording: Wording
    values: Values


@dataclass(frozen=True, slots=True)
class Batch:
    """How the pages of a batch are made: the mark across them, what stands at every foot, what they are printed on."""

    mark: Mark = Mark.NONE
    stamp: str = ""
    on: PrintOn = PrintOn()


class Pages(Protocol):
    """Draws one paper."""

    def fault(self, piece: Piece) -> Problem | None:
        """Why a sheet cannot be printed, found as cheaply as possible; characters were looked at already."""

    def pdf(self, pieces: Sequence[Piece]) -> bytes:
        """The sheets, a page each."""


@dataclass(slots=True)
class Trials:
    """Tries sheets before they are printed: those with the same values once, a long name or number by itself."""

    draw: Callable[[Piece], object]
    """Draws a sheet; raises what stops it."""
    _tried: dict[tuple[str, ...], Problem | None] = field(default_factory=dict)

    def fault(self, piece: Piece) -> Problem | None:
        """Why a sheet cannot be printed; ``None`` where it can."""
        person = piece.to.person
        if max(len(person.name), len(person.number)) > _SHORT:
            return self._fault(piece)
        own = {"氏名": JAPANESE.say("papers.example.name"), "受付番号": "D0000", "利用者ID": "D0000"}
        key = (piece.wording.variant, piece.to.about, *(text for name, text in piece.values.items() if name not in own))
        if key not in self._tried:
            self._tried[key] = self._fault(replace(piece, values={**piece.values, **own}))
        return self._tried[key]

    def _fault(self, piece: Piece) -> Problem | None:
        try:
            self.draw(piece)
        except Problem as problem:
            return problem
        return None


@dataclass(frozen=True, slots=True)
class PersonalPaper:
    """One paper that goes to participants. ``key`` is its key in texts, wordings and register."""

    key: str
    columns: tuple[str, ...]
    """What it shows of a person; see ``CELLS``."""
    audiences: Callable[[Work], tuple[str, ...]]
    people: Callable[[Work, str], Sequence[Addressed]]
    """An audience's people, by their numbers."""
    values: Callable[[Work, Sequence[Addressed]], Sequence[Values | None]]
    """What its wording may say of each beside ``shared_values``; ``None`` where the paper is no longer due."""
    pages: Callable[[Work, Batch], Pages]
    variant: Callable[[ParticipantRecord], str] = lambda person: "all"
    about: bool = False
    """One person may get several, each about a month or a request."""
    once: bool = True
    """Who has one gets no other (for the same matter); otherwise only who has one on the way."""


@dataclass(frozen=True, slots=True)
class Audience:
    """The people of an audience, sorted by what becomes of their paper."""

    ready: tuple[tuple[Addressed, str], ...]
    """With the version of the wording that each one gets."""
    sent: int
    stopped: tuple[StoppedRow, ...]


def look_through(work: Work, paper: PersonalPaper, audience: str, number: str = "") -> Audience:
    """Sorts an audience: already sent or on the way, stopped with its reason, or ready.

    A sheet stops while its person is 要確認, where a font lacks a character, where a placeholder stays empty and where
    something does not fit. With a ``number`` only that person is looked at, and gets one more than the first
    (a card that was lost); ``Problem("papers.not_in_audience")`` for somebody to whom the paper does not go.
    """
    if audience not in paper.audiences(work):
        raise Problem("papers.audience", audience=audience)
    people = paper.people(work, audience)
    if number:
        person = participant(work, number)
        people = [to for to in people if to.person.id == person.id]
        if not people:
            raise Problem("papers.not_in_audience", number=person.number)
    reached = frozenset() if number else _reached(work, paper)
    waiting = [one for one in people if (one.person.id, one.about) not in reached]
    wordings = {key: wording_of(work, paper.key, key) for key in PAPERS[paper.key].variants}
    ready, stopped = [], []
    for to, reason in _tried(work, paper, waiting, wordings):
        note = next(iter(doubt_notes(work, to.person)), None) or (None if reason is None else ProblemNote.of(reason))
        if note is None:
            ready.append((to, wordings[paper.variant(to.person)].version))
        else:
            stopped.append(StoppedRow(to.person.number, to.person.name, note))
    return Audience(tuple(ready), len(people) - len(waiting), tuple(stopped))


def try_wording(work: Work, paper: PersonalPaper, wording: Wording) -> Iterator[tuple[Addressed, Problem | None]]:
    """Everyone whom a wording would reach, and why their page stops: before it is saved."""
    people: dict[int, Addressed] = {}
    for audience in paper.audiences(work):
        for to in paper.people(work, audience):
            if paper.variant(to.person) == wording.variant:
                people.setdefault(to.person.id, to)
    yield from _tried(work, paper, sorted(people.values(), key=_number), {wording.variant: wording})


def sample_pdf(work: Work, paper: PersonalPaper, wording: Wording, number: str = "", audience: str = "") -> bytes:
    """One sheet marked 見本, without a serial: for the person with a number, or for one who does not exist.

    What the paper has nothing to say of to this person is invented.
    """
    person = participant(work, number) if number else nobody(work, wording.variant)
    people = _of_audience(work, paper, audience) if number else ()
    to = next((one for one in people if one.person.id == person.id), Addressed(person))
    own = paper.values(work, [to])[0] if to.about or not paper.about else None
    values = own if own and person.id else {**(own or shared_values(work, person)), **EXAMPLES}
    return paper.pages(work, Batch(Mark.SAMPLE)).pdf([Piece("", to, wording, values)])


def shared_values(work: Work, person: ParticipantRecord) -> dict[str, str]:
    """The placeholders that every paper knows: the person's, the programme's and the office's."""
    return {
        "氏名": person.name,
        "受付番号": person.number,
        "利用者ID": person.number,
        **programme_values(work),
    }


def programme_values(work: Work) -> dict[str, str]:
    """The placeholders that are the same for everyone in the contract."""
    contract = work.contract
    period = JAPANESE.say("papers.letter.period", start=japanese_date(contract.start), end=japanese_date(contract.end))
    return {
        "契約番号": contract.number,
        "事業名": programme_name(contract),
        "年度": fiscal_year_name(contract.year),
        "期間": period,
        **office_of(work).values(),
    }


def nobody(work: Work, variant: str) -> ParticipantRecord:
    """A person who does not exist, for a sample page."""
    say = JAPANESE.say
    return ParticipantRecord(
        id=0, number="X0000", name=say("papers.example.name"), postcode="160-0022", channel=variant,
        address=say("papers.example.address"), registered_on=work.today,
    )  # fmt: skip


def office_of(work: Work) -> Office:
    """The contractor's desk for the programme, as a letter shows it."""
    sender, contract = sender_of(work), work.contract
    return Office(
        ward=contract.ward.removesuffix("長"),
        section=contract.ward_department,
        contractor=sender.name,
        desk=JAPANESE.say("papers.letter.desk", programme=programme_name(contract)),
        postcode=sender.postcode,
        address=sender.address,
        phone=sender.phone,
        hours=sender.hours,
    )


def addressee(person: ParticipantRecord) -> Addressee:
    """A person as an address block shows them."""
    street, building = split_building(person.address)
    return Addressee(person.postcode, street, building, person.name, person.number)


def unprintable_note(person: ParticipantRecord) -> Problem | None:
    """The first character of name and address that no font has."""
    for words, roles in ((person.name, (MINCHO, GOTHIC)), (person.address, (GOTHIC,))):
        for role in roles:
            missing = unprintable(words, role)
            if missing:
                return unprintable_problem(missing[0])
    return None


def live_releases(work: Work, paper: str, posted: bool) -> tuple[str, ...]:
    """The releases of a paper that are on their way; with ``posted`` also those that reached their persons."""
    on_the_way = ReleaseRecord.state.in_([state.value for state in OPEN_RELEASES])
    state = or_(on_the_way, ReleaseRecord.outcome == Outcome.POSTED.value) if posted else on_the_way
    own = (ReleaseRecord.contract == work.contract.contract, ReleaseRecord.paper == paper)
    return tuple(work.office.scalars(select(ReleaseRecord.release).where(*own, state)))


def _tried(
    work: Work, paper: PersonalPaper, people: Sequence[Addressed], wordings: Mapping[str, Wording]
) -> Iterator[tuple[Addressed, Problem | None]]:
    names = {variant: _names(wording) for variant, wording in wordings.items()}
    pages = paper.pages(work, Batch())
    for to, values in zip(people, paper.values(work, people), strict=True):
        variant = paper.variant(to.person)
        yield to, _reason(pages, to, values or {}, wordings[variant], names[variant])


def _reason(pages: Pages, to: Addressed, values: Values, wording: Wording, names: Sequence[str]) -> Problem | None:
    missing = unprintable_note(to.person)
    if missing is not None:
        return missing
    empty = next((name for name in names if not values.get(name, "").strip()), None)
    if empty is not None:
        return Problem("papers.placeholder", name=empty)
    return pages.fault(Piece("", to, wording, values))


def _names(wording: Wording) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for _, text in wording.parts for name in placeholders(text)))


def _reached(work: Work, paper: PersonalPaper) -> frozenset[tuple[int, str]]:
    """Everyone who has the paper, or to whom it is on its way. What was destroyed reached nobody."""
    live = live_releases(work, paper.key, paper.once)
    sheets = select(ReleaseSheet.participant_id, ReleaseSheet.about).where(ReleaseSheet.release.in_(live))
    return frozenset((person, about) for person, about in work.vault.execute(sheets))


def _of_audience(work: Work, paper: PersonalPaper, audience: str) -> Iterator[Addressed]:
    for one in paper.audiences(work):
        if audience in ("", one):
            yield from paper.people(work, one)


def _number(to: Addressed) -> str:
    return to.person.number
