"""手紙: 参加案内, お知らせ（台紙）, 景品案内, お届けの書類 – whom each goes to and what it says of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import select

from walkdesk.documents.letters import Letter, LettersMeta, compose, letter_faults, letters_pdf
from walkdesk.documents.mail import Addressee, check_address
from walkdesk.domain.dates import Month, japanese_date, month_name
from walkdesk.domain.participants import Channel
from walkdesk.domain.points import PointRule, parse_rule
from walkdesk.domain.problem import Problem
from walkdesk.services.paperwork import JAPANESE, programme_name
from walkdesk.services.personal import (
    Addressed,
    Batch,
    Pages,
    PersonalPaper,
    Piece,
    Trials,
    Values,
    addressee,
    office_of,
    shared_values,
)
from walkdesk.services.points import WAITING, balances
from walkdesk.services.printing import offset_of, window_of
from walkdesk.services.session import Work
from walkdesk.services.step_months import key_of, months_between
from walkdesk.storage.vault_tables import ParticipantRecord, PointsCardRecord, PrizeRecord, PrizeRequestRecord

INVITATION = "invitation"
PERSON = ("serial", "number", "name", "postcode", "address")
"""What every letter shows of a person."""
AUDIENCES = {
    "all": (Channel.CARD, Channel.APP, Channel.PEDOMETER),
    "card": (Channel.CARD,),
    "app": (Channel.APP,),
}
DEADLINE = 10
"""The day of the next month until which a card is sent in."""

_PRIZES_SHOWN = 3
_REQUEST = "request:"


def of_channels(work: Work, audience: str) -> tuple[Addressed, ...]:
    """The participants of an audience that is a way of taking part."""
    channels = [channel.value for channel in AUDIENCES[audience]]
    query = select(ParticipantRecord).where(ParticipantRecord.channel.in_(channels)).order_by(ParticipantRecord.number)
    return tuple(Addressed(person) for person in work.vault.scalars(query))


def month_values(month: Month) -> dict[str, str]:
    """月 and 締切 of a month's card."""
    return {"月": month_name(month), "締切": japanese_date(month.next.day(DEADLINE), weekday=True)}


def plain_number(shown: str) -> int | str:
    """A figure of the values as a number again."""
    digits = shown.replace(",", "")
    return int(digits) if digits.isdecimal() else shown


def _invited(work: Work, people: Sequence[Addressed]) -> list[Values]:
    more = {"ポイントの付き方": _points(work), "景品のめやす": _prizes(work)}
    return [{**shared_values(work, to.person), **more} for to in people]


def _late_months(work: Work) -> tuple[str, ...]:
    """The months whose cards are due, the newest first."""
    months = months_between(work.contract.start, min(work.contract.end, work.today))
    return tuple(str(month) for month in reversed(months) if month.last < work.today)


def _late(work: Work, month: str) -> tuple[Addressed, ...]:
    """Who takes part by card and has not sent the month's."""
    wanted = Month.parse(month)
    came = select(PointsCardRecord.participant_id).where(PointsCardRecord.month == key_of(wanted))
    query = (
        select(ParticipantRecord)
        .where(ParticipantRecord.channel == Channel.CARD.value, ParticipantRecord.registered_on <= wanted.last)
        .where(ParticipantRecord.id.not_in(came))
        .order_by(ParticipantRecord.number)
    )
    return tuple(Addressed(person, str(wanted)) for person in work.vault.scalars(query))


def _reminded(work: Work, people: Sequence[Addressed]) -> list[Values | None]:
    """``None`` for who has sent the card meanwhile."""
    late = {month: {to.person.id for to in _late(work, month)} for month in {to.about for to in people if to.about}}
    return [
        {**shared_values(work, to.person), **month_values(Month.parse(to.about))}
        if to.person.id in late.get(to.about, ())
        else None
        for to in people
    ]


def _rich_enough(work: Work, audience: str) -> tuple[Addressed, ...]:
    """Everyone, or who has the points for at least one prize."""
    people = of_channels(work, "all")
    if audience == "all":
        return people
    least = min((prize.points for prize in _stock(work)), default=None)
    points = balances(work, [to.person.id for to in people])
    return tuple(to for to in people if least is not None and points[to.person.id].usable >= least)


def _guided(work: Work, people: Sequence[Addressed]) -> list[Values]:
    points = balances(work, [to.person.id for to in people])
    return [{**shared_values(work, to.person), "ポイント": f"{max(points[to.person.id].usable, 0):,}"} for to in people]


def _shipping(work: Work, audience: str) -> tuple[Addressed, ...]:
    """The requests that wait for their shipment."""
    query = (
        select(ParticipantRecord, PrizeRequestRecord.id)
        .join(PrizeRequestRecord, PrizeRequestRecord.participant_id == ParticipantRecord.id)
        .where(PrizeRequestRecord.state == WAITING)
        .order_by(ParticipantRecord.number, PrizeRequestRecord.id)
    )
    return tuple(Addressed(person, f"{_REQUEST}{request}") for person, request in work.vault.execute(query))


def _packed(work: Work, people: Sequence[Addressed]) -> list[Values | None]:
    """``None`` for a request that was shipped or cancelled meanwhile."""
    query = (
        select(PrizeRequestRecord, PrizeRecord.name)
        .join(PrizeRecord, PrizeRecord.prize == PrizeRequestRecord.prize)
        .where(PrizeRequestRecord.state == WAITING)
    )
    waiting = {f"{_REQUEST}{request.id}": (request, name) for request, name in work.vault.execute(query)}
    found = [waiting.get(to.about) for to in people]
    return [
        None
        if one is None
        else {
            **shared_values(work, to.person),
            "景品": one[1],
            "申込日": japanese_date(one[0].requested_on),
            "ポイント": f"{one[0].points:,}",
        }
        for to, one in zip(people, found, strict=True)
    ]


class LetterPages(Pages):
    """Letters of one kind."""

    def __init__(self, meta: LettersMeta, goods: tuple[tuple[str, str], ...] = ()) -> None:
        self.meta, self.goods = meta, goods
        self._trials = Trials(self._try)

    def fault(self, piece: Piece) -> Problem | None:
        """This person's address in the window, then the wording with these values on a page."""
        try:
            check_address(self.meta.window.address, addressee(piece.to.person))
        except Problem as problem:
            return problem
        return self._trials.fault(piece)

    def pdf(self, pieces: Sequence[Piece]) -> bytes:
        """The letters, a page each."""
        return letters_pdf([self._letter(piece) for piece in pieces], self.meta)

    def _try(self, piece: Piece) -> None:
        """Without the address, which was looked at by itself."""
        anybody = Addressee("160-0000", "住所", "", "氏名", piece.to.person.number)
        for fault in letter_faults([compose("", anybody, piece.wording, piece.values, self.goods)], self.meta):
            raise fault.problem

    def _letter(self, piece: Piece) -> Letter:
        return compose(piece.serial, addressee(piece.to.person), piece.wording, piece.values, self.goods)


def letters_meta(work: Work, key: str, batch: Batch) -> LettersMeta:
    """What all letters of a batch share."""
    contract = work.contract
    return LettersMeta(
        contract=contract.number,
        title=f"{programme_name(contract)} {JAPANESE.say(f'releases.paper.{key}')}",
        issued=work.today,
        created=work.now,
        office=office_of(work),
        window=window_of(work),
        mark=batch.mark,
        stamp=batch.stamp,
        offset=offset_of(work, batch.on.printer),
    )


def _pages(key: str) -> Callable[[Work, Batch], Pages]:
    return lambda work, batch: LetterPages(letters_meta(work, key, batch))


def _guide_pages(work: Work, batch: Batch) -> Pages:
    def price(prize: PrizeRecord) -> str:
        return JAPANESE.say("papers.letter.price", points=f"{prize.points:,}")

    goods = tuple((prize.name, price(prize)) for prize in _stock(work))
    return LetterPages(letters_meta(work, "prize_guide", batch), goods)


def _stock(work: Work) -> Sequence[PrizeRecord]:
    return work.vault.scalars(
        select(PrizeRecord).where(PrizeRecord.stock > 0).order_by(PrizeRecord.points, PrizeRecord.prize)
    ).all()


def _points(work: Work) -> str:
    rule: PointRule | None = parse_rule(work.contract.point_rule) if work.contract.point_rule else None
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


def _channel(person: ParticipantRecord) -> str:
    """A pedometer is given out with an app's letter: its steps come by themselves."""
    return "card" if person.channel == Channel.CARD.value else "app"


LETTERS: tuple[PersonalPaper, ...] = (
    PersonalPaper(
        INVITATION,
        (*PERSON, "channel", "wording"),
        lambda work: tuple(AUDIENCES),
        of_channels,
        _invited,
        _pages(INVITATION),
        _channel,
    ),
    PersonalPaper(
        "reminder",
        (*PERSON, "month", "wording"),
        _late_months,
        _late,
        _reminded,
        _pages("reminder"),
        lambda person: "card",
        about=True,
    ),
    PersonalPaper(
        "prize_guide",
        (*PERSON, "points", "wording"),
        lambda work: ("enough", "all"),
        _rich_enough,
        _guided,
        _guide_pages,
        once=False,
    ),
    PersonalPaper(
        "packing_slip",
        (*PERSON, "prize", "points", "wording"),
        lambda work: ("waiting",),
        _shipping,
        _packed,
        _pages("packing_slip"),
        about=True,
    ),
)
"""The papers that are letters, in the order in which a desk offers them."""
