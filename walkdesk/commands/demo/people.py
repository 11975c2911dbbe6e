"""The people of the practice year: invented, always the same for a number of people, with the names that are hard."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from walkdesk.domain.addresses import WARD
from walkdesk.domain.dates import JST
from walkdesk.domain.names import fold
from walkdesk.domain.participants import ADULT, Channel, Sex
from walkdesk.resources import FOLDER

SEED = 2018
SHORTEST_NAME = 4
"""Three characters and a blank: a shorter name is a few bytes, and the search for names would find it in any noise."""
CATCH_ALL = "160-0000"
"""以下に掲載がない場合: the postcode that a list gives where nobody looked it up."""

_LATE_EVERY = 40
"""One person in so many sends a card late."""

_FIRST_APPLICATION = datetime(2018, 5, 14, 9, 0, tzinfo=JST)
_SEXES = {"female": Sex.FEMALE, "male": Sex.MALE}


@dataclass(frozen=True, slots=True)
class PracticePerson:
    """One invented person, every value as it is right."""

    number: str
    name: str
    postcode: str
    address: str
    age: int
    sex: Sex
    phone: str
    """Of a range that is given to nobody, or ""."""
    channel: Channel
    mail: str = ""
    applied: datetime | None = None
    usual: int = 5000
    """Steps of an ordinary day."""
    listed_postcode: str = ""
    """What the list says instead, or ""."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that the import must refuse, and why: ``under_age``, ``nameless``, ``twice``, ``outside``."""

    fault: str
    person: PracticePerson


@dataclass(frozen=True, slots=True)
class Population:
    """Everybody of the practice year, in the order of their numbers."""

    card: tuple[PracticePerson, ...]
    app: tuple[PracticePerson, ...]
    bad_card: tuple[BadRow, ...]
    bad_app: tuple[BadRow, ...]

    @property
    def everybody(self) -> tuple[PracticePerson, ...]:
        """The people who take part."""
        return (*self.card, *self.app)

    @property
    def late(self) -> tuple[PracticePerson, ...]:
        """A few who must be reminded to send their card."""
        return self.card[::_LATE_EVERY]

    @property
    def named(self) -> tuple[PracticePerson, ...]:
        """Everybody of whom a file knew: also those who were refused."""
        return (*self.everybody, *(row.person for row in (*self.bad_card, *self.bad_app)))


def make_population(people: int, seed: int = SEED) -> Population:
    """``people`` participants, half with cards and half with the app, and rows that are to be refused."""
    maker = _Maker(random.Random(f"{seed}-{people}"))
    card = maker.participants(Channel.CARD, (people + 1) // 2)
    app = maker.participants(Channel.APP, people // 2)
    if card:
        place = len(card) // 2
        card[place] = replace(card[place], listed_postcode=CATCH_ALL)
    return Population(tuple(card), tuple(app), maker.bad_rows(card), maker.bad_rows(app))


class _Maker:
    """Draws people from the name parts and places of ``resources/practice``; nobody twice."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._names = _parts("names")
        self._places = _parts("places")
        self._taken: set[str] = {fold(_whole(entry)) for entry in self._names["hard"]}
        self._addresses: set[str] = set()
        self._phones: set[str] = set()

    def participants(self, channel: Channel, count: int) -> list[PracticePerson]:
        """``count`` people; the hard names stand among the others."""
        hard = [entry for entry in self._names["hard"] if entry["channel"] == channel.value]
        hard = hard[: (count + 1) // 2]
        places = dict(zip(sorted(self._chance.sample(range(count), len(hard))), hard, strict=True))
        return [self._participant(channel, place + 1, places.get(place)) for place in range(count)]

    def bad_rows(self, people: list[PracticePerson]) -> tuple[BadRow, ...]:
        """Rows that follow the good ones, with the next numbers."""
        if not people:
            return ()
        channel, last = people[0].channel, len(people)
        made = [self._participant(channel, last + place + 1, None) for place in range(4)]
        outside = self._chance.choice(self._places["outside"])
        rows = [
            BadRow("under_age", replace(made[0], age=ADULT - 2)),
            BadRow("twice", replace(made[1], number=people[last // 3].number)),
            BadRow(
                "outside",
                replace(made[2], postcode=outside["postcode"], address=outside["address"] + self._street()),
            ),
        ]
        if channel is Channel.CARD:
            rows.append(BadRow("nameless", replace(made[3], name="")))
        return tuple(rows)

    def _participant(self, channel: Channel, number: int, hard: dict[str, str] | None) -> PracticePerson:
        chance = self._chance
        card = channel is Channel.CARD
        age = round(chance.triangular(40, 96, 75) if card else chance.triangular(ADULT, 82, 44))
        sex = chance.choice((Sex.FEMALE, Sex.MALE)) if hard is None else _SEXES[hard["sex"]]
        name = self._name(sex, age) if hard is None else _whole(hard)
        postcode, town = chance.choice(list(self._places["towns"].items()))
        usual = chance.lognormvariate(8.45 if card else 8.8, 0.42) * (1 - max(0, age - 70) * 0.012)
        return PracticePerson(
            number=f"{'D' if card else 'A'}{number:04d}",
            name=name,
            postcode=postcode,
            address=self._address(town),
            age=age,
            sex=sex if hard is not None or chance.random() > 0.03 else Sex.UNANSWERED,
            phone=self._phone(card),
            channel=channel,
            mail="" if card else f"practice{number:04d}@example.jp",
            applied=None if card else _FIRST_APPLICATION + timedelta(minutes=chance.randrange(18 * 24 * 60)),
            usual=max(900, min(16_000, round(usual))),
        )

    def _name(self, sex: Sex, age: int) -> str:
        born = 2018 - age
        years = "until_1949" if born < 1950 else "until_1979" if born < 1980 else "later"
        given = self._names["given"][sex.value][years]
        while True:
            name = f"{self._chance.choice(self._names['families'])} {self._chance.choice(given)}"
            if len(name) >= SHORTEST_NAME and fold(name) not in self._taken:
                self._taken.add(fold(name))
                return name
            # A large year uses up a generation: whoever comes next has a name of another one.
            given = self._chance.choice(list(self._names["given"][sex.value].values()))

    def _address(self, town: str) -> str:
        while True:
            address = f"東京都{WARD}{town}{self._street()}{self._building()}"
            if address not in self._addresses:
                self._addresses.add(address)
                return address

    def _street(self) -> str:
        block, house, door = (self._chance.randint(1, most) for most in (5, 28, 20))
        return self._chance.choice(
            (f"{block}-{house}-{door}", f"{block}丁目{house}番{door}号", f"{house * 7 + door}番地")
        )

    def _building(self) -> str:
        if self._chance.random() < 0.45:
            return ""
        floor = self._chance.randint(1, 12)
        room = floor * 100 + self._chance.randint(1, 18)
        building: str = self._chance.choice(self._places["buildings"])
        return "\u3000" + building.format(room=room, floor=floor)

    def _phone(self, card: bool) -> str:
        """Numbers that begin with 0 after their first part are given to nobody."""
        if card and self._chance.random() < 0.06:
            return ""
        while True:
            first = "03" if card and self._chance.random() < 0.5 else self._chance.choice(("070", "090"))
            phone = f"{first}-0{self._chance.randrange(1000):03d}-{self._chance.randrange(10_000):04d}"
            if phone not in self._phones:
                self._phones.add(phone)
                return phone


def _whole(entry: dict[str, str]) -> str:
    return f"{entry['family']} {entry['given']}"


@cache
def _parts(name: str, folder: Path = FOLDER / "practice") -> dict[str, Any]:
    with (folder / f"{name}.toml").open("rb") as stream:
        return tomllib.load(stream)
