"""What the ward's list and the app's list have in common: a row is a person, and nobody comes in twice."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from walkdesk.domain.addresses import is_catch_all, is_in_ward, tidy_address, tidy_postcode
from walkdesk.domain.names import candidates, fold, lost_characters, tidy_name
from walkdesk.domain.numerals import parse_number
from walkdesk.domain.participants import (
    Channel,
    Origin,
    Programme,
    Sex,
    parse_sex,
    reason_not_eligible,
    tidy_number,
)
from walkdesk.domain.phones import tidy_phone
from walkdesk.domain.problem import Problem
from walkdesk.exchange.plan import Cells

NAME, POSTCODE, ADDRESS, AGE, SEX, PHONE = "氏名", "郵便番号", "住所", "年齢", "性別", "電話番号"
PERSON_COLUMNS = (NAME, POSTCODE, ADDRESS, AGE, SEX, PHONE)

_NUMBER = re.compile(r"[0-9A-Z][0-9A-Z-]{0,19}")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One accepted person, every value in the form in which it is stored. A blank is an empty text."""

    line: int
    number: str
    name: str
    postcode: str
    address: str
    age: int
    sex: Sex
    phone: str
    channel: Channel
    origin: Origin
    mail: str = ""
    received: datetime | None = None


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person whom the contract already has, as far as it takes to recognise them."""

    number: str
    name: str
    address: str
    age: int
    phone: str


@dataclass(slots=True)
class KnownPeople:
    """Everyone already in the contract, whichever their channel; rows join as they are accepted."""

    _numbers: dict[str, int] = field(default_factory=dict)
    _by_home: dict[tuple[str, str], list[KnownPerson]] = field(default_factory=dict)

    @classmethod
    def of(cls, people: Iterable[KnownPerson]) -> KnownPeople:
        """The people of a contract."""
        known = cls()
        for person in people:
            known.add(person)
        return known

    def copy(self) -> KnownPeople:
        """The same people, to which a file can add its own."""
        return KnownPeople(dict(self._numbers), {home: list(some) for home, some in self._by_home.items()})

    def add(self, person: KnownPerson, line: int = 0) -> None:
        """One more; ``line`` is the row that brought them, 0 for people already in the contract."""
        self._numbers[person.number] = line
        self._by_home.setdefault((fold(person.name), fold(person.address)), []).append(person)

    def refuse_number(self, number: str) -> None:
        """``Problem``: ``reception.number_taken`` in the contract, ``reception.number_twice`` in the file."""
        line = self._numbers.get(number)
        if line:
            raise Problem("reception.number_twice", number=number, line=line)
        if line is not None:
            raise Problem("reception.number_taken", number=number)

    def look_alike(self, person: KnownPerson) -> tuple[KnownPerson | None, bool]:
        """Someone of the same name at the same address, and whether age or phone agree too: then it is the
        same person.

        Father and son may share name and address; their ages differ, and a person decides.
        """
        home = fold(person.address)
        for place, name in enumerate(candidates(person.name)):
            for other in self._by_home.get((name, home), ()):
                agrees = other.age == person.age or (person.phone != "" and other.phone == person.phone)
                return other, agrees and place == 0
        return None, False


def read_person(
    cells: Cells, number: str, known: KnownPeople, channel: Channel, origin: Origin
) -> tuple[PersonRow, list[Problem]]:
    """The person of a row and what is doubtful about them. Raises ``Problem`` when the row is refused."""
    known.refuse_number(number)
    name = tidy_name(cells[NAME])
    if not name:
        raise Problem("reception.name_missing")
    address = tidy_address(cells[ADDRESS])
    if not address:
        raise Problem("reception.address_missing")
    age = _age(cells[AGE])
    reason = reason_not_eligible(Programme.HEALTH_POINTS, age=age, in_ward=is_in_ward(address))
    if reason is not None:
        raise reason
    sex = parse_sex(cells[SEX])
    doubts: list[Problem] = []
    if lost_characters(name):
        doubts.append(Problem("reception.name_lost_characters", given=name))
    if lost_characters(address):
        doubts.append(Problem("reception.address_lost_characters", given=address))
    postcode = _postcode(cells[POSTCODE], doubts)
    phone = _phone(cells[PHONE], doubts)
    person = KnownPerson(number, name, address, age, phone)
    other, same = known.look_alike(person)
    if other is not None:
        similar = Problem("reception.similar_person", name=other.name, number=other.number)
        if same:
            raise similar
        doubts.append(similar)
    known.add(person, cells.row.line)
    row = PersonRow(cells.row.line, number, name, postcode, address, age, sex, phone, channel, origin)
    return row, doubts


def read_number(text: str) -> str:
    """A participant's number. ``Problem``: ``reception.number_missing``, ``reception.number_unreadable``."""
    number = tidy_number(text)
    if not number:
        raise Problem("reception.number_missing")
    if not _NUMBER.fullmatch(number):
        raise Problem("reception.number_unreadable", given=text)
    return number


def _age(text: str) -> int:
    if not text:
        raise Problem("reception.age_missing")
    try:
        return parse_number(text.removesuffix("歳").removesuffix("才"))
    except Problem as problem:
        if problem.code == "numbers.in_words":
            raise Problem("reception.age_in_words", given=text, hint=problem.values["hint"]) from None
        raise Problem("reception.age_unreadable", given=text) from None


def _postcode(text: str, doubts: list[Problem]) -> str:
    if not text:
        doubts.append(Problem("reception.postcode_missing"))
        return ""
    try:
        postcode = tidy_postcode(text)
    except Problem as problem:
        doubts.append(problem)
        return ""
    if is_catch_all(postcode):
        doubts.append(Problem("reception.postcode_catch_all", postcode=postcode))
    return postcode


def _phone(text: str, doubts: list[Problem]) -> str:
    try:
        return tidy_phone(text)
    except Problem as problem:
        # As it was written: it is the only trace of how to reach the person.
        doubts.append(problem)
        return text
