"""How the practice people walk: each has an own level, weekdays, weather, days without a number."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from walkdesk.commands.demo.people import SEED, PracticePerson
from walkdesk.domain.dates import Month
from walkdesk.domain.steps import LIMIT

_SEASON = {1: 0.88, 2: 0.9, 4: 1.06, 5: 1.06, 7: 0.93, 8: 0.84, 10: 1.08, 11: 1.07}
"""Heat and cold keep people at home; a month that is not named is an ordinary one."""
_MARK_EVERY = 35
"""One card in so many has a day that cannot be read."""


@dataclass(frozen=True, slots=True)
class WrittenCard:
    """One sheet as the person mailed it: a number a day or ``None`` for an empty box, and the person's own total."""

    number: str
    days: tuple[int | None, ...]
    written_total: int | None
    unreadable: frozenset[int] = field(default_factory=frozenset)
    """Days (1 to 31) whose number is there but cannot be read; the person tells it on the phone."""

    @property
    def total(self) -> int:
        """What the days really come to."""
        return sum(steps or 0 for steps in self.days)


def month_of_steps(person: PracticePerson, month: Month, seed: int = SEED) -> tuple[int | None, ...]:
    """A person's month, always the same."""
    chance = random.Random(f"{seed}-{person.number}-{month}")
    weekend = random.Random(f"{seed}-{person.number}").uniform(0.6, 1.35)
    level = person.usual * _SEASON.get(month.month, 1.0) * chance.uniform(0.9, 1.12)
    away = chance.randrange(month.days - 6) if chance.random() < 0.08 else None
    return tuple(_day(chance, month, number, level, weekend, away) for number in range(1, month.days + 1))


def written_card(person: PracticePerson, month: Month, *, marks: bool = False, seed: int = SEED) -> WrittenCard:
    """A person's card: mostly with the right total; ``marks`` makes days on some cards unreadable."""
    days = month_of_steps(person, month, seed)
    chance = random.Random(f"{seed}-{person.number}-{month}-card")
    total = sum(steps or 0 for steps in days)
    lot = chance.random()
    written = None if lot < 0.07 else _slip(total) if lot < 0.11 else total
    filled = [number for number, steps in enumerate(days, start=1) if steps]
    unreadable = {chance.choice(filled)} if marks and filled and int(person.number[1:]) % _MARK_EVERY == 2 else set()
    return WrittenCard(person.number, days, written, frozenset(unreadable))


def _day(
    chance: random.Random, month: Month, number: int, level: float, weekend: float, away: int | None
) -> int | None:
    if away is not None and away <= number - 1 < away + 6:
        return None
    lot = chance.random()
    if lot < 0.02:
        return None
    if lot < 0.03:
        return 0
    if lot < 0.032:
        return min(LIMIT, round(level * chance.uniform(5.5, 7)) + 8_000)  # a day in the mountains
    free = month.day(number).weekday() >= 5
    return min(LIMIT, max(60, round(level * (weekend if free else 1) * chance.lognormvariate(0, 0.28))))


def _slip(total: int) -> int:
    """A sum as hands get it wrong: two digits change places, or a ten is forgotten."""
    digits = list(str(total))
    for place in range(len(digits) - 1, 0, -1):
        if digits[place] != digits[place - 1]:
            digits[place], digits[place - 1] = digits[place - 1], digits[place]
            break
    turned = int("".join(digits))
    return turned if len(str(turned)) == len(str(total)) else total + 10
