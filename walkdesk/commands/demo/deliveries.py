"""The files that the other systems deliver, as they come: the ward's in cp932, the app's in UTF-8 with its mark."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from walkdesk.commands.demo.people import BadRow, Population, PracticePerson
from walkdesk.commands.demo.walking import WrittenCard, month_of_steps
from walkdesk.domain.dates import Month
from walkdesk.domain.names import is_doubtful_name
from walkdesk.domain.participants import Sex
from walkdesk.domain.steps import DAYS

_PERSON = ("氏名", "郵便番号", "住所", "年齢", "性別", "電話番号")
_SEXES = {Sex.FEMALE: "女", Sex.MALE: "男", Sex.UNANSWERED: "", Sex.OTHER: "その他"}
_WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")


@dataclass(frozen=True, slots=True)
class Delivery:
    """A file, and what the import must find in it."""

    file_name: str
    data: bytes
    accepted: int
    doubtful: int
    refused: int


def ward_list(population: Population) -> Delivery:
    """The ward's list of card participants; a character that its system does not know is a ``?``."""
    rows = [_ward_row(place, person) for place, person in enumerate(_with_bad(population.card, population.bad_card))]
    lost = sum(is_doubtful_name(as_listed(person.name)) or bool(person.listed_postcode) for person in population.card)
    return Delivery(
        "参加者名簿（台紙）.csv",
        as_listed(_csv(("受付番号", *_PERSON), rows)).encode("cp932"),
        len(population.card),
        lost,
        len(population.bad_card),
    )


def app_users(population: Population) -> Delivery:
    """The web reception's list of app participants."""
    rows = []
    for person in _with_bad(population.app, population.bad_app):
        applied = "" if person.applied is None else f"{person.applied:%Y-%m-%d %H:%M:%S}"
        rows.append((person.number, applied, *_cells(person), person.mail))
    header = ("利用者ID", "申込日時", *_PERSON, "メールアドレス")
    return Delivery(
        "アプリ利用者.csv",
        _csv(header, rows).encode("utf-8-sig"),
        len(population.app),
        0,
        len(population.bad_app),
    )


def app_steps(people: Iterable[PracticePerson], month: Month) -> Delivery:
    """The app's file of one month, and one row of somebody who left the app's list."""
    rows = [
        (person.number, f"{month.day(number):%Y/%m/%d}", steps)
        for person in people
        for number, steps in enumerate(month_of_steps(person, month), start=1)
        if steps is not None
    ]
    stray = [("A9999", f"{month.first:%Y/%m/%d}", 4321)]
    data = _csv(("利用者ID", "日付", "歩数"), [*rows, *stray]).encode("utf-8-sig")
    return Delivery(f"歩数_{month}.csv", data, len(rows), 0, len(stray))


def month_of_cards(cards: Sequence[WrittenCard], month: Month, *, late: bool = False) -> Delivery:
    """A month of cards that were keyed elsewhere, one row a card; ``late`` are those that came after the others."""
    header = ("受付番号", *(f"{day}日" for day in range(1, DAYS + 1)), "記入された合計")
    rows = [(card.number, *_boxes(card), *[""] * (DAYS - month.days), _box(card.written_total)) for card in cards]
    doubtful = sum(card.written_total not in (None, card.total) for card in cards)
    return Delivery(
        f"台紙_{month}{'_追加' if late else ''}.csv", _csv(header, rows).encode("utf-8"), len(rows), doubtful, 0
    )


def as_listed(text: str) -> str:
    """A text as it comes out of the ward's system."""
    return text.encode("cp932", errors="replace").decode("cp932")


def _with_bad(people: Sequence[PracticePerson], bad: Sequence[BadRow]) -> list[PracticePerson]:
    """The bad rows stand among the good ones, but a number used twice comes after its first use."""
    rows = list(people)
    for place, row in enumerate(bad):
        rows.insert(len(rows) if row.fault == "twice" else len(rows) * (place + 1) // (len(bad) + 1), row.person)
    return rows


def _ward_row(place: int, person: PracticePerson) -> tuple[object, ...]:
    name, postcode, address, age, sex, phone = _cells(person)
    if place % 7 == 3:
        name = name.replace(" ", "\u3000", 1)
    if place % 11 == 5:
        address = address.translate(_WIDE)
    if place % 5 == 1:
        phone = phone.translate(_WIDE)
    elif place % 5 == 2:
        phone = phone.replace("-", "")
    return (person.number, name, postcode.replace("-", ""), address, age, sex, phone)


def _cells(person: PracticePerson) -> tuple[str, str, str, str, str, str]:
    postcode = person.listed_postcode or person.postcode
    return (person.name, postcode, person.address, str(person.age), _SEXES[person.sex], person.phone)


def _boxes(card: WrittenCard) -> tuple[str, ...]:
    return tuple(_box(steps) for steps in card.days)


def _box(steps: int | None) -> str:
    return "" if steps is None else str(steps)


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()
