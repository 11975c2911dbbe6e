"""The figures of the year (評価): counts and means of a contract, with every small count of people hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, case, func, select

from walkdesk.domain.dates import Month
from walkdesk.domain.disclosure import is_small, part_shown, publish, shown
from walkdesk.domain.participants import Channel, Sex
from walkdesk.domain.releases import ReleaseState
from walkdesk.services.cards import DONE
from walkdesk.services.points import CANCELLED, SHIPPED
from walkdesk.services.session import Work
from walkdesk.services.step_months import FIRST_KEYING, key_of, months_between
from walkdesk.storage.office_tables import ContractRecord, ReleaseRecord
from walkdesk.storage.vault_tables import (
    ParticipantRecord,
    PointMonth,
    PointsCardRecord,
    PrizeRecord,
    PrizeRequestRecord,
    StepMonth,
)

BANDS = ((0, 29), (30, 39), (40, 49), (50, 59), (60, 69), (70, 79), (80, 200))
"""Age bands, from and to; the first begins with the age of admission."""

SECOND_KEYING = 2

Count = int | None
"""A count as it may be published; ``None`` where it is hidden."""


@dataclass(frozen=True, slots=True)
class ChannelFigures:
    """One 参加方法, or the sum (``None``): registered, and with steps on at least one day."""

    channel: Channel | None
    registered: Count
    active: Count


@dataclass(frozen=True, slots=True)
class AgeFigures:
    """One age band, or the sum (``None``)."""

    band: tuple[int, int] | None
    men: Count
    women: Count
    other: Count
    total: Count


@dataclass(frozen=True, slots=True)
class Mean:
    """Mean steps a day and person; ``hidden`` where fewer than five people are behind it."""

    value: int | None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """One month: cards, means of both channels, points."""

    month: Month
    received: Count
    keyed: Count
    verified: Count
    card: Mean
    app: Mean
    points: Count


@dataclass(frozen=True, slots=True)
class PrizeFigures:
    name: str
    points: int
    requested: Count
    shipped: Count


@dataclass(frozen=True, slots=True)
class ReleaseFigures:
    """提供・持出し of one kind: releases, sheets, still out."""

    kind: str
    releases: int
    sheets: Count
    out: int


@dataclass(frozen=True, slots=True)
class YearFigures:
    """Everything that the report says of a year."""

    channels: tuple[ChannelFigures, ...]
    ages: tuple[AgeFigures, ...]
    months: tuple[MonthFigures, ...]
    prizes: tuple[PrizeFigures, ...]
    releases: tuple[ReleaseFigures, ...]

    @property
    def participants(self) -> Count:
        """All participants."""
        return self.channels[-1].registered

    @property
    def points(self) -> Count:
        """All points; hidden where a month is, because the rest would tell it."""
        months = [month.points for month in self.months]
        return None if None in months else sum(points or 0 for points in months)


def year_figures(work: Work, contract: ContractRecord) -> YearFigures:
    """The figures of a contract up to today."""
    months = months_between(contract.start, min(contract.end, work.today))
    return YearFigures(
        _channels(work), _ages(work), _months(work, months), _prizes(work), _releases(work, contract)
    )


def _channels(work: Work) -> tuple[ChannelFigures, ...]:
    walked = select(StepMonth.participant_id).where(
        StepMonth.keying == FIRST_KEYING, StepMonth.counted_days > 0
    )
    active = case((ParticipantRecord.id.in_(walked), 1), else_=0)
    counts: dict[str, tuple[int, int]] = {
        channel: (int(number), int(able or 0))
        for channel, number, able in work.vault.execute(
            select(ParticipantRecord.channel, func.count(), func.sum(active)).group_by(
                ParticipantRecord.channel
            )
        )
    }
    found = [channel for channel in Channel if channel.value in counts or channel is not Channel.PEDOMETER]
    rows = [counts.get(channel.value, (0, 0)) for channel in found]
    # Who sent no steps is not printed, but follows from the two that are: it is hidden like a printed number.
    table = publish([(able, number - able) for number, able in rows]).rows
    names: list[Channel | None] = [*found, None]
    return tuple(
        ChannelFigures(name, row[2], None if row[1] is None else row[0])
        for name, row in zip(names, table, strict=True)
    )


def _ages(work: Work) -> tuple[AgeFigures, ...]:
    cells = [[0, 0, 0] for _ in BANDS]
    places = {Sex.MALE.value: 0, Sex.FEMALE.value: 1}
    for age, sex, number in work.vault.execute(
        select(ParticipantRecord.age, ParticipantRecord.sex, func.count()).group_by(
            ParticipantRecord.age, ParticipantRecord.sex
        )
    ):
        band = next((place for place, (_, last) in enumerate(BANDS) if (age or 0) <= last), len(BANDS) - 1)
        cells[band][places.get(sex or "", 2)] += int(number)
    table = publish(cells).rows
    bands: list[tuple[int, int] | None] = [*BANDS, None]
    return tuple(AgeFigures(band, *row) for band, row in zip(bands, table, strict=True))


def _months(work: Work, months: Sequence[Month]) -> tuple[MonthFigures, ...]:
    received = _by_month(work, _cards(False))
    keyed = _by_month(work, _cards(True))
    second = select(StepMonth.month, func.count()).where(StepMonth.keying == SECOND_KEYING)
    verified = _by_month(work, second.group_by(StepMonth.month))
    points = {
        int(month): (int(total), int(people))
        for month, total, people in work.vault.execute(
            select(PointMonth.month, func.sum(PointMonth.points), func.count())
            .where(PointMonth.points > 0)
            .group_by(PointMonth.month)
        )
    }
    means = _means(work)
    rows = []
    for month in months:
        key = key_of(month)
        cards, total = received.get(key, 0), points.get(key, (0, 0))
        rows.append(
            MonthFigures(
                month,
                shown(cards),
                part_shown(keyed.get(key, 0), cards),
                part_shown(verified.get(key, 0), cards),
                means.get((key, Channel.CARD.value), Mean(None)),
                means.get((key, Channel.APP.value), Mean(None)),
                None if is_small(total[1]) else total[0],
            )
        )
    return tuple(rows)


def _cards(finished: bool) -> Select[int, int]:
    query = select(PointsCardRecord.month, func.count()).group_by(PointsCardRecord.month)
    return query.where(PointsCardRecord.state == DONE) if finished else query


def _by_month(work: Work, query: Select[int, int]) -> dict[int, int]:
    return {int(month): int(number) for month, number in work.vault.execute(query)}


def _means(work: Work) -> dict[tuple[int, str], Mean]:
    query = (
        select(
            StepMonth.month,
            ParticipantRecord.channel,
            func.sum(StepMonth.total),
            func.sum(StepMonth.counted_days),
            func.count(),
        )
        .join(ParticipantRecord, ParticipantRecord.id == StepMonth.participant_id)
        .where(StepMonth.keying == FIRST_KEYING, StepMonth.counted_days > 0)
        .group_by(StepMonth.month, ParticipantRecord.channel)
    )
    means = {}
    for month, channel, total, days, people in work.vault.execute(query):
        small = is_small(int(people))
        mean = None if small or not days else round(int(total) / int(days))
        means[int(month), str(channel)] = Mean(mean, small)
    return means


def _prizes(work: Work) -> tuple[PrizeFigures, ...]:
    shipped = func.sum(case((PrizeRequestRecord.state == SHIPPED, 1), else_=0))
    asked = {
        prize: (int(number), int(sent or 0))
        for prize, number, sent in work.vault.execute(
            select(PrizeRequestRecord.prize, func.count(), shipped)
            .where(PrizeRequestRecord.state != CANCELLED)
            .group_by(PrizeRequestRecord.prize)
        )
    }
    rows = []
    for prize in work.vault.scalars(select(PrizeRecord).order_by(PrizeRecord.points, PrizeRecord.prize)):
        number, sent = asked.get(prize.prize, (0, 0))
        rows.append(PrizeFigures(prize.name, prize.points, shown(number), part_shown(sent, number)))
    return tuple(rows)


def _releases(work: Work, contract: ContractRecord) -> tuple[ReleaseFigures, ...]:
    kinds: dict[str, tuple[int, int, int]] = {}
    left = (ReleaseState.RELEASED.value, ReleaseState.CLOSED.value)
    for record in work.office.scalars(
        select(ReleaseRecord).where(ReleaseRecord.contract == contract.contract)
    ):
        if record.state in left and record.released_at is not None:
            releases, sheets, out = kinds.get(record.kind, (0, 0, 0))
            still = record.state == ReleaseState.RELEASED.value
            kinds[record.kind] = (releases + 1, sheets + record.sheets, out + still)
    return tuple(
        ReleaseFigures(kind, releases, shown(sheets), out)
        for kind, (releases, sheets, out) in sorted(kinds.items())
    )
