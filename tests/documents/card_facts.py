"""Points cards of invented people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from tests.documents.facts import MOMENT
from tests.documents.letter_facts import OFFICE, VALUES
from walkdesk.documents.points_card import Card, CardDate, CardsMeta, compose_card, points_cards_pdf
from walkdesk.documents.sheet import Mark
from walkdesk.documents.wording import shipped_wording
from walkdesk.domain.cardlayouts import CardLayout, check_card
from walkdesk.domain.dates import Month, japanese_date, month_name
from walkdesk.resources.layouts import card_layouts, parse_card

JULY = Month(2018, 7)
CARD_NAMES = ("𠮷田 葛\U000e0100城", "アレクサンドラ・マリア・ゴンサレス・デ・ラ・クルス")
HOLIDAYS = frozenset({date(2018, 7, 16), date(2018, 9, 17), date(2018, 9, 24)})
MONTHLY = card_layouts()["month"]
NARROW = check_card(
    parse_card(
        "narrow",
        {
            "columns": 1, "digits": 6, "gap": 0.0, "label": 32.0, "marks": 6.0, "mark": 4.0,
            "title": [108.0, 18.0, 60.0, 25.0], "number": [108.0, 44.0, 86.0, 19.0], "qr": [171.0, 18.0, 22.0, 22.0],
            "person": [108.0, 64.0, 87.0, 20.0], "rules": [108.0, 90.0, 87.0, 50.0],
            "example": [15.0, 18.0, 88.0, 19.0], "grid": [15.0, 38.0, 88.0, 228.0], "total": [15.0, 269.0, 180.0, 10.0],
            "send": [108.0, 145.0, 87.0, 72.0], "purpose": [108.0, 220.0, 87.0, 46.0],
        },
    )
)  # fmt: skip
"""Another sheet, of figures alone: one column of days, six digits, everything else beside it."""


def card(place: int = 118, name: str = "髙橋 ふみ子", month: Month = JULY, **values: str) -> Card:
    """A card of an invented person."""
    number = f"D{place:04d}"
    known = {
        **VALUES,
        "氏名": name,
        "受付番号": number,
        "月": month_name(month),
        "締切": japanese_date(month.next.day(10), weekday=True),
        **values,
    }
    return compose_card(f"R-0003-{place:03d}", number, name, shipped_wording("points_card", "card"), known)


def meta(month: Month = JULY, layout: CardLayout = MONTHLY, first: int = 1) -> CardsMeta:
    """What a batch shares; the contract begins on the day ``first``."""
    on = [month.day(number) for number in range(1, month.days + 1)]
    days = tuple(CardDate(day, day in HOLIDAYS, day.day >= first) for day in on)
    return CardsMeta(
        contract="30-HP-0001",
        title="健康ポイント事業 台紙",
        created=MOMENT,
        office=OFFICE,
        stamp="佐藤 恵　10:00",
        month=month,
        days=days,
        layout=layout,
    )


def cards() -> bytes:
    """Two people's cards of July."""
    return points_cards_pdf([card(place, name) for place, name in enumerate(CARD_NAMES, 118)], meta())


def narrow_card() -> bytes:
    """A card of a month of which only a part counts, on the other sheet, in a practice office."""
    return points_cards_pdf([card()], replace(meta(layout=NARROW, first=14), mark=Mark.PRACTICE))


CARD_PAPERS: Mapping[str, Callable[[], bytes]] = {"points_card": cards, "points_card_narrow": narrow_card}

CARD_ORDER: Mapping[str, tuple[str, ...]] = {
    "points_card": (CARD_NAMES[0], "送り先", "R-0003-118", CARD_NAMES[1], "個人情報の利用目的", "R-0003-119"),
}
