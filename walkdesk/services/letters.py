"""参加案内: who gets one now, who does not and why, and the letters themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import or_, select

from walkdesk.documents.letters import (
    Letter,
    LettersMeta,
    Office,
    Recipient,
    Terms,
    compose,
    letter_faults,
)
from walkdesk.documents.sheet import Mark
from walkdesk.documents.typeface import MINCHO, unprintable, unprintable_problem
from walkdesk.documents.wording import shipped_wording
from walkdesk.domain.addresses import split_building
from walkdesk.domain.dates import japanese_date
from walkdesk.domain.participants import Channel
from walkdesk.domain.points import PointRule, parse_rule
from walkdesk.domain.problem import Problem
from walkdesk.domain.releases import OPEN_RELEASES, Outcome
from walkdesk.messages.common import ProblemNote
from walkdesk.messages.papers import StoppedLetter
from walkdesk.services.paperwork import JAPANESE, programme_name, sender_of
from walkdesk.services.participants import doubt_notes
from walkdesk.services.session import Work
from walkdesk.storage.office_tables import ContractRecord, ReleaseRecord
from walkdesk.storage.vault_tables import ParticipantRecord, PrizeRecord, ReleaseSheet

INVITATION = "invitation"
"""The paper's key in texts, wording and register."""

AUDIENCES = {
    "all": (Channel.CARD, Channel.APP, Channel.PEDOMETER),
    "card": (Channel.CARD,),
    "app": (Channel.APP,),
}
_PRIZES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Audience:
    """The people of an audience, sorted by what becomes of their letter."""

    ready: tuple[ParticipantRecord, ...]
    sent: int
    stopped: tuple[StoppedLetter, ...]


def look_through(work: Work, audience: str) -> Audience:
    """Sorts an audience: already sent or on the way, stopped with its reason, or ready.

    A letter stops while its person is 要確認, and where a font lacks a character or the address does not fit.
    """
    if audience not in AUDIENCES:
        raise Problem("papers.audience", audience=audience)
    channels = [channel.value for channel in AUDIENCES[audience]]
    query = select(ParticipantRecord).where(ParticipantRecord.channel.in_(channels))
    people = work.vault.scalars(query.order_by(ParticipantRecord.number)).all()
    reached = _reached(work)
    page = _Page(letters_meta(work, Mark.NONE), letter_terms(work))
    ready: list[ParticipantRecord] = []
    stopped: list[StoppedLetter] = []
    for person in people:
        if person.id in reached:
            continue
        reason = next(iter(doubt_notes(work, person)), None) or page.fault(person)
        if reason is None:
            ready.append(person)
        else:
            stopped.append(StoppedLetter(person.number, person.name, reason))
    return Audience(tuple(ready), len(people) - len(ready) - len(stopped), tuple(stopped))


def _reached(work: Work) -> frozenset[int]:
    """Everyone who got an invitation, or whose invitation is on its way. What was destroyed reached nobody."""
    live = work.office.scalars(
        select(ReleaseRecord.release).where(
            ReleaseRecord.contract == work.contract.contract,
            ReleaseRecord.paper == INVITATION,
            or_(
                ReleaseRecord.state.in_([state.value for state in OPEN_RELEASES]),
                ReleaseRecord.outcome == Outcome.POSTED.value,
            ),
        )
    ).all()
    sheets = select(ReleaseSheet.participant_id).where(ReleaseSheet.release.in_(live))
    return frozenset(work.vault.scalars(sheets))


@dataclass(slots=True)
class _Page:
    """Tries letters on the page. A channel's wording is tried once, a person's page only where it may be too small."""

    meta: LettersMeta
    terms: Terms
    wordings: dict[str, ProblemNote | None] = field(default_factory=dict)

    def fault(self, person: ParticipantRecord) -> ProblemNote | None:
        """Why this person's letter cannot be printed."""
        for words in (person.name, person.address):
            missing = unprintable(words, MINCHO)
            if missing:
                return ProblemNote.of(unprintable_problem(missing[0]))
        if person.channel not in self.wordings:
            self.wordings[person.channel] = self._trial(person.channel, "氏名", "住所", "")
        wording = self.wordings[person.channel]
        address, building = split_building(person.address)
        if wording is not None or (len(person.name) <= 12 and len(address) <= 40 and len(building) <= 40):
            # So short a block always fits: a line takes 25 characters at the smallest size, and two of each fit.
            return wording
        return self._trial(person.channel, person.name, address, building)

    def _trial(self, channel: str, name: str, address: str, building: str) -> ProblemNote | None:
        who = Recipient("R-0000-000", "D0000", name, "160-0000", address, Channel(channel), building)
        try:
            letter = compose(who, shipped_wording(INVITATION, channel), self.terms, self.meta.office)
        except Problem as problem:
            return ProblemNote.of(problem)
        faults = letter_faults([letter], self.meta)
        return ProblemNote.of(faults[0].problem) if faults else None


def letters_meta(work: Work, mark: Mark) -> LettersMeta:
    """What all letters of a batch share."""
    contract = work.contract
    return LettersMeta(
        contract.number, programme_name(contract), work.today, work.now, _office(work, contract), mark
    )


def compose_letter(person: ParticipantRecord, serial: str, meta: LettersMeta, terms: Terms) -> Letter:
    """One person's letter in the wording of their channel."""
    address, building = split_building(person.address)
    recipient = Recipient(
        serial, person.number, person.name, person.postcode, address, Channel(person.channel), building
    )
    return compose(recipient, shipped_wording(INVITATION, person.channel), terms, meta.office)


def compose_letters(
    work: Work, people: Sequence[tuple[str, ParticipantRecord]], meta: LettersMeta
) -> list[Letter]:
    """The letters of a batch, from pairs of serial and person."""
    terms = letter_terms(work)
    return [compose_letter(person, serial, meta, terms) for serial, person in people]


def wording_version(channel: str) -> str:
    """Which version of the wording a person of this channel gets."""
    return shipped_wording(INVITATION, channel).version


def letter_terms(work: Work) -> Terms:
    """What is the same for everyone in the contract."""
    contract = work.contract
    rule = parse_rule(contract.point_rule) if contract.point_rule else None
    period = JAPANESE.say(
        "papers.letter.period", start=japanese_date(contract.start), end=japanese_date(contract.end)
    )
    return Terms(contract.number, programme_name(contract), period, _points(rule), _prizes(work))


def _office(work: Work, contract: ContractRecord) -> Office:
    sender = sender_of(work)
    desk = JAPANESE.say("papers.letter.desk", programme=programme_name(contract))
    ward = contract.ward.removesuffix("長")
    return Office(
        ward, contract.ward_department, sender.name, desk, sender.postcode, sender.address, sender.phone,
        sender.hours,
    )  # fmt: skip


def _points(rule: PointRule | None) -> str:
    if rule is None:
        return JAPANESE.say("papers.letter.no_points")
    tiers = "、".join(
        JAPANESE.say("papers.letter.tier", steps=f"{tier.steps:,}", points=tier.points)
        for tier in (rule.tiers if len(rule.tiers) < 3 else (rule.tiers[0], rule.tiers[-1]))
    )
    return JAPANESE.say("papers.letter.points", tiers=tiers, cap=rule.daily_cap)


def _prizes(work: Work) -> str:
    prizes = work.vault.scalars(select(PrizeRecord).order_by(PrizeRecord.points, PrizeRecord.prize)).all()
    if not prizes:
        return JAPANESE.say("papers.letter.no_prizes")
    named = "、".join(
        JAPANESE.say("papers.letter.prize", points=f"{prize.points:,}", name=prize.name)
        for prize in prizes[:_PRIZES_SHOWN]
    )
    return JAPANESE.say("papers.letter.prizes", prizes=named)
