"""The month whose cards a handler keys day by day from the numeric pad, as the sheets lie on the desk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from walkdesk.commands.demo.stage import KEYED_MONTH, Stage
from walkdesk.commands.demo.walking import WrittenCard, written_card
from walkdesk.domain.problem import Problem
from walkdesk.domain.steps import DayState
from walkdesk.messages.cards import CardFinished, FinishCard, LookAtCards, OpenCard, ReceiveCards, SaveDay, UndoDay

_WARNINGS = frozenset({"cards.times_usual", "cards.ten_times", "cards.very_many"})
"""What a handler confirms after a second look at the paper (紙のとおり)."""
_MONTH = str(KEYED_MONTH)
_PICTURED = 19
"""After this day of a card in the middle of the pile card entry and the day's page are pictured."""


def key_cards(stage: Stage, received_on: date) -> None:
    """All cards of the month: received, keyed, finished; then the phone calls about what cannot be read."""
    cards = [written_card(person, KEYED_MONTH, marks=True) for person in stage.population.card]
    stage.ask(ReceiveCards(_MONTH, tuple(card.number for card in cards), received_on))
    for place, card in enumerate(cards):
        stage.ask(OpenCard(card.number, _MONTH))
        if place == 0:
            _slip_and_take_back(stage, card)
        if place == len(cards) // 2:
            _key_days(stage, card, range(1, _PICTURED + 1))
            place_on_card = {"number": card.number, "month": _MONTH, "day": _PICTURED + 1}
            stage.camera.take("09-cards", "cards", place_on_card, more=True)
            stage.camera.take("10-today", "today", more=True)
            _key_days(stage, card, range(_PICTURED + 1, KEYED_MONTH.days + 1))
        else:
            _key_days(stage, card, range(1, KEYED_MONTH.days + 1))
        _finish(stage, card)
    _call_people(stage, [card for card in cards if card.unreadable])
    stage.facts.cards_done = stage.ask(LookAtCards(_MONTH)).done
    stage.tell(
        "keyed",
        cards=stage.facts.cards_done,
        days=f"{stage.facts.days_keyed:,}",
        confirmed=stage.facts.confirmed,
        phoned=stage.facts.phoned,
    )


def _key_days(stage: Stage, card: WrittenCard, days: Iterable[int]) -> None:
    """Keys days of a card in their order, each on disk before the next; then confirms what the room asks about."""
    messages = [_day(card, day) for day in days]
    for message, answer in zip(messages, stage.office.ask_all(messages), strict=True):
        if isinstance(answer, Problem):
            _confirm(stage, message, answer)
    stage.facts.days_keyed += len(messages)


def _day(card: WrittenCard, day: int) -> SaveDay:
    steps = card.days[day - 1]
    if day in card.unreadable:
        return SaveDay(card.number, _MONTH, day, DayState.UNREADABLE)
    if steps is None:
        return SaveDay(card.number, _MONTH, day, DayState.BLANK)
    return SaveDay(card.number, _MONTH, day, DayState.KEYED, steps)


def _confirm(stage: Stage, message: SaveDay, warning: Problem) -> None:
    """The number is as on the paper (紙のとおり)."""
    if warning.code not in _WARNINGS:
        raise warning
    stage.ask(replace(message, confirmed=True))
    stage.facts.confirmed += 1


def _slip_and_take_back(stage: Stage, card: WrittenCard) -> None:
    """The first number of the month slips by a digit, as it happens, and is taken back."""
    stage.ask(SaveDay(card.number, _MONTH, 1, DayState.KEYED, 1111))
    stage.ask(UndoDay(card.number, _MONTH))


def _finish(stage: Stage, card: WrittenCard) -> None:
    finished: CardFinished = stage.ask(FinishCard(card.number, _MONTH, card.written_total))
    if finished.hint is not None and not card.unreadable:
        # Looked at again day by day: the person added up wrongly, the days are as on the paper.
        stage.ask(FinishCard(card.number, _MONTH, card.written_total, accepted=True))


def _call_people(stage: Stage, cards: list[WrittenCard]) -> None:
    """What cannot be read is asked on the phone."""
    for card in cards:
        for day in sorted(card.unreadable):
            told = SaveDay(card.number, _MONTH, day, DayState.KEYED, card.days[day - 1], confirmed=True)
            stage.ask(told)
        stage.ask(FinishCard(card.number, _MONTH, card.written_total, accepted=True))
        stage.facts.phoned += 1
