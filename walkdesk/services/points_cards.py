"""台紙: whom a month's cards go to, and what stands on each."""

from __future__ import annotations

from collections.abc import Sequence

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
from walkdesk.services.personal import (
    Addressed,
    Batch,
    Pages,
    PersonalPaper,
    Piece,
    Trials,
    Values,
    office_of,
    shared_values,
)
from walkdesk.services.printing import offset_of
from walkdesk.services.session import Work
from walkdesk.services.step_months import months_between

POINTS_CARD = "points_card"
"""The paper's key in texts, wording and register."""


class CardPages(Pages):
    """Cards of one month."""

    def __init__(self, work: Work, batch: Batch) -> None:
        self.work, self.batch = work, batch
        self._trials = Trials(self._try)

    def fault(self, piece: Piece) -> Problem | None:
        """The wording with these values on a page."""
        return self._trials.fault(piece)

    def pdf(self, pieces: Sequence[Piece]) -> bytes:
        """The cards, a page each; all of one month."""
        return points_cards_pdf([_card(piece) for piece in pieces], self._meta(pieces[0]))

    def _try(self, piece: Piece) -> None:
        for fault in card_faults([_card(piece)], self._meta(piece)):
            raise fault.problem

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
