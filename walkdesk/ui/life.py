"""The life of a contract as a line with a dot on today: for every page that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from walkdesk.domain.contract import ContractState
from walkdesk.messages.contracts import LifePoint
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts import LifeLine, Station
from walkdesk.ui.words import short_day, state_word

_UNKNOWN = 0.3
"""How far past a state today's dot stands while nobody knows when the next one comes."""


def show_life(line: LifeLine, life: Sequence[LifePoint], now: ContractState, today: date) -> None:
    """Fills a life line: what is reached, what is planned, and how far today is between the two."""
    reached = [point.state for point in life].index(now)
    stations = [_station(point, place, reached) for place, point in enumerate(life)]
    line.show_life(stations, tr("contracts.life_today", day=short_day(today)), _between(life, reached, today))


def _station(point: LifePoint, place: int, reached: int) -> Station:
    word = state_word(point.state)
    if place == reached:
        since = "" if point.reached_on is None else tr("contracts.life_since", day=short_day(point.reached_on))
        return Station(word, since, "now")
    if place < reached:
        return Station(word, "" if point.reached_on is None else short_day(point.reached_on), "passed")
    planned = "" if point.planned_on is None else tr("contracts.life_planned", day=short_day(point.planned_on))
    return Station(word, planned, "ahead")


def _between(life: Sequence[LifePoint], reached: int, today: date) -> float:
    if reached + 1 >= len(life):
        return 0.0
    start, end = life[reached].reached_on, life[reached + 1].planned_on
    if start is None or end is None or end <= start:
        return _UNKNOWN
    # Never on the next station itself: today it is not reached yet.
    return min(max((today - start).days / (end - start).days, 0.16), 0.88)
