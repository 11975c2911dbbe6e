"""台紙: whom a month's cards go to, and what stands on each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from walkdesk.documents.points_card import (
    Card,
    CardDate,
    CardsMeta,
    card_faults,
    compose_card,
    points_cards_pdf,
)
from walkdesk.domain.cardlayouts import CardLayout
from walkdesk.domain.dates import Month
from walkdesk.domain.participants import Channel
from walkdesk.domain.problem import Problem
from walkdesk.resources.layouts import card_layouts
from walkdesk.services.holidays import holiday_name
from walkdesk.services.letters import month_values, of_channels
from walkdesk.services.paperwork import JAPANESE, programme_name
from walkdesk.services.personal import Addressed, Batch, Pages, PersonalPaper, Piece, Values, office_of, shared_values
from walkdesk.services.printing import offset_of
from walkdesk.services.session import Work
from walkdesk.services.step_months import months_between

POINTS_CARD = "points_card"
"""The paper's key in texts, wording and register."""
_SHORT = 12
"""A name or a number of so many characters always fits."""


@dataclass(slots=True)
class CardPages(Pages):
    """Cards of one month. A page is tried once for the same values, and once more for a long name."""

    work: Work
    batch: Batch
    _tried: dict[tuple[str, ...], Problem | None] = field(default_factory=dict)

    def fault(self, piece: Piece) -> Problem | None:
        """The wording with these values on a page; the person's own name and number where they may be too long."""
        person = piece.to.person
        if len(person.name) > _SHORT or len(person.number) > _SHORT:
            return self._fault(piece)
        own = {"氏名": "見本 花子", "受付番号": "D0000", "利用者ID": "D0000"}
        key = (piece.to.about, *(value for name, value in piece.values.items() if name not in own))
        if key not in self._tried:
            self._tried[key] = self._fault(replace(piece, values={**piece.values, **own}))
        return self._tried[key]

    def pdf(self, pieces: Sequence[Piece]) -> bytes:
        """The cards, a page each; all of one month."""
        return points_cards_pdf([_card(piece) for piece in pieces], self._meta(pieces[0]))

    def _fault(self, piece: Piece) -> Problem | None:
        try:
            faults = card_faults([_card(piece)], self._meta(piece))
        except Problem as problem:
            return problem
        return faults[0].problem if faults else None

    def _meta(self, piece: Piece) -> CardsMeta:
        work, batch = self.work, self.batch
        contract = work.contract
        # A sheet that is about no month is an example: it shows the month of its values, all of it.
        month = Month.parse(piece.to.about or piece.values["月"])
        dates = (month.day(number) for number in range(1, month.days + 1))
        return CardsMeta(
            contract=contract.number,
            title=f"{programme_name(contract)} {JAPANESE.say(f'releases.paper.{POINTS_CARD}')}",
            month=month,
            days=tuple(
                CardDate(on, bool(holiday_name(on)), not piece.to.about or contract.start <= on <= contract.end)
                for on in dates
            ),
            office=office_of(work),
            layout=_layout(batch.on.layout),
            created=work.now,
            mark=batch.mark,
            stamp=batch.stamp,
            offset=offset_of(work, batch.on.printer),
        )


def _card(piece: Piece) -> Card:
    person = piece.to.person
    return compose_card(piece.serial, person.number, person.name, piece.wording, piece.values)


def _layout(key: str) -> CardLayout:
    """The layout that was chosen, or the first."""
    known = card_layouts()
    return known.get(key) or next(iter(known.values()))


def _months(work: Work) -> tuple[str, ...]:
    """The months of the contract that are not over, this one first."""
    months = months_between(max(work.contract.start, work.today), work.contract.end)
    return tuple(str(month) for month in months)


def _people(work: Work, month: str) -> tuple[Addressed, ...]:
    """Everyone who takes part by card."""
    return tuple(Addressed(to.person, month) for to in of_channels(work, Channel.CARD.value))


def _values(work: Work, people: Sequence[Addressed]) -> list[Values | None]:
    """``None`` for who takes part in another way meanwhile."""
    return [
        {**shared_values(work, to.person), **month_values(Month.parse(to.about))}
        if to.person.channel == Channel.CARD.value
        else None
        for to in people
    ]


POINTS_CARDS = PersonalPaper(
    POINTS_CARD,
    ("serial", "number", "name", "month", "wording"),
    _months,
    _people,
    _values,
    CardPages,
    lambda person: "card",
    about=True,
)
