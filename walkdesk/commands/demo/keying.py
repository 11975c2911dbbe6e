"""The month whose cards a handler keys day by day from the numeric pad, as the sheets lie on the desk."""

from __future__ import annotations

from datetime import date

from walkdesk.commands.demo.stage import KEYED_MONTH, Stage
from walkdesk.commands.demo.walking import WrittenCard, written_card
from walkdesk.domain.problem import Problem
from walkdesk.domain.steps import DayState
from walkdesk.messages.cards import CardFinished, FinishCard, LookAtCards, OpenCard, ReceiveCards, SaveDay, UndoDay

_WARNINGS = frozenset({"cards.times_usual", "cards.ten_times", "cards.very_many"})
"""What a handler confirms after a second look at the paper (紙のとおり)."""
_MONTH = str(KEYED_MONTH)


def key_cards(stage: Stage, received_on: date) -> None:
    """All cards of the month: received, keyed, finished; then the phone calls about what cannot be read."""
    cards = [written_card(person, KEYED_MONTH, marks=True) for person in stage.population.card]
    stage.ask(ReceiveCards(_MONTH, tuple(card.number for card in cards), received_on))
    pictured = len(cards) // 2
    for place, card in enumerate(cards):
        stage.ask(OpenCard(card.number, _MONTH))
        if place == 0:
            _slip_and_take_back(stage, card)
        for day in range(1, KEYED_MONTH.days + 1):
            _key_day(stage, card, day)
            if place == pictured and day == 19:
                stage.camera.take("08-台紙入力", "cards", card=card.number, month=_MONTH)
        _finish(stage, card)
    _call_people(stage, [card for card in cards if card.unreadable])
    board = stage.ask(LookAtCards(_MONTH))
    stage.facts.cards_done = board.done
    stage.tell(
        "keyed",
        cards=board.done,
        days=stage.facts.days_keyed,
        confirmed=stage.facts.confirmed,
        phoned=stage.facts.phoned,
    )


def _key_day(stage: Stage, card: WrittenCard, day: int) -> None:
    steps = card.days[day - 1]
    if day in card.unreadable:
        message = SaveDay(card.number, _MONTH, day, DayState.UNREADABLE)
    elif steps is None:
        message = SaveDay(card.number, _MONTH, day, DayState.BLANK)
    else:
        message = SaveDay(card.number, _MONTH, day, DayState.KEYED, steps)
    _save(stage, message)
    stage.facts.days_keyed += 1


def _save(stage: Stage, message: SaveDay) -> None:
    try:
        stage.ask(message)
    except Problem as problem:
        if problem.code not in _WARNINGS:
            raise
        stage.facts.confirmed += 1
        stage.ask(SaveDay(message.number, message.month, message.day, message.state, message.steps, confirmed=True))


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
            _save(stage, SaveDay(card.number, _MONTH, day, DayState.KEYED, card.days[day - 1]))
        stage.ask(FinishCard(card.number, _MONTH, card.written_total, accepted=True))
        stage.facts.phoned += 1
