"""Who may take part, and which items about them may be held: the two council papers as data."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from walkdesk.domain.problem import Problem

ADULT = 18
OLDEST = 120
"""Nobody in Japan has grown older; a higher age is a slip."""


class Programme(Enum):
    """事業: 健康ポイント事業 and しんじゅくシティウォーク."""

    HEALTH_POINTS = "health-points"
    CITY_WALK = "city-walk"


class Channel(Enum):
    """参加方法: 台紙, アプリ, 通信機能付き歩数計."""

    CARD = "card"
    APP = "app"
    PEDOMETER = "pedometer"


class Category(Enum):
    """参加者区分 of the City Walk: 在住, 在勤, 在学."""

    RESIDENT = "resident"
    WORKER = "worker"
    STUDENT = "student"


class Origin(Enum):
    """由来: 提供 (given by the ward), 収集 (collected), 作成 (produced by us)."""

    PROVIDED = "provided"
    COLLECTED = "collected"
    PRODUCED = "produced"


class Sex(Enum):
    """性別: 男, 女, その他, 回答なし."""

    MALE = "male"
    FEMALE = "female"
    OTHER = "other"
    UNANSWERED = "unanswered"


class PermittedItem(Enum):
    """情報項目: 氏名, 住所 (with its postcode), 年齢, 性別, 電話番号, アンケート項目, 歩数, メールアドレス,
    生年月日, 参加コース, 参加者区分.
    """

    NAME = "name"
    ADDRESS = "address"
    AGE = "age"
    SEX = "sex"
    PHONE = "phone"
    QUESTIONNAIRE = "questionnaire"
    STEPS = "steps"
    EMAIL = "email"
    BIRTH_DATE = "birth-date"
    COURSE = "course"
    CATEGORY = "category"


_HEALTH_POINTS = frozenset(
    {
        PermittedItem.NAME,
        PermittedItem.ADDRESS,
        PermittedItem.AGE,
        PermittedItem.SEX,
        PermittedItem.PHONE,
        PermittedItem.QUESTIONNAIRE,
        PermittedItem.STEPS,
    }
)
_CITY_WALK = frozenset(
    {
        PermittedItem.NAME,
        PermittedItem.ADDRESS,
        PermittedItem.BIRTH_DATE,
        PermittedItem.PHONE,
        PermittedItem.SEX,
        PermittedItem.COURSE,
        PermittedItem.CATEGORY,
    }
)

PERMITTED_ITEMS: Mapping[Programme, Mapping[Origin, frozenset[PermittedItem]]] = MappingProxyType(
    {
        # The health points paper: 1 委託先に提供する情報項目, 2 委託先に収集させる情報項目.
        Programme.HEALTH_POINTS: MappingProxyType(
            {
                Origin.PROVIDED: _HEALTH_POINTS,
                Origin.COLLECTED: _HEALTH_POINTS | {PermittedItem.EMAIL},
            }
        ),
        # The City Walk paper has one list, 処理させる情報項目, and does not say which way the items come.
        Programme.CITY_WALK: MappingProxyType({Origin.PROVIDED: _CITY_WALK, Origin.COLLECTED: _CITY_WALK}),
    }
)
"""The closed lists of the two council papers. What they do not name needs the ward's consent (clauses 3 to
5).
"""

_SEXES = {
    "男": Sex.MALE,
    "男性": Sex.MALE,
    "女": Sex.FEMALE,
    "女性": Sex.FEMALE,
    "その他": Sex.OTHER,
    "": Sex.UNANSWERED,
    "無回答": Sex.UNANSWERED,
    "回答なし": Sex.UNANSWERED,
    "回答しない": Sex.UNANSWERED,
}
_CATEGORIES = {"在住": Category.RESIDENT, "在勤": Category.WORKER, "在学": Category.STUDENT}


def is_permitted(
    item: PermittedItem, programme: Programme, origin: Origin, channel: Channel | None = None
) -> bool:
    """Whether the council paper lets us hold an item that came this way.

    The e-mail address is for app users only (スマートフォン用アプリ利用者向け).
    """
    if item is PermittedItem.EMAIL and channel is not Channel.APP:
        return False
    return item in PERMITTED_ITEMS[programme].get(origin, frozenset())


def require_permitted(
    item: PermittedItem, programme: Programme, origin: Origin, channel: Channel | None = None
) -> None:
    """``Problem("reception.item_not_permitted")`` unless the paper names the item: the ward must consent
    first.
    """
    if not is_permitted(item, programme, origin, channel):
        raise Problem("reception.item_not_permitted", item=item.value)


def reason_not_eligible(
    programme: Programme, *, age: int | None = None, in_ward: bool = False, category: Category | None = None
) -> Problem | None:
    """Why a person may not take part, or ``None``.

    Health points: 18歳以上の区民, so ``age`` (years, at the day the ward settled) and ``in_ward`` decide.
    City Walk: 区内在住・在勤・在学 of any age, so ``category`` decides, and a resident needs an address in
    the ward.
    """
    if programme is Programme.CITY_WALK:
        if category is None:
            return Problem("reception.category_missing")
        return Problem("reception.outside_ward") if category is Category.RESIDENT and not in_ward else None
    if age is None:
        return Problem("reception.age_missing")
    if age < ADULT:
        return Problem("reception.under_age", age=age, limit=ADULT)
    if age > OLDEST:
        return Problem("reception.age_too_high", age=age)
    return None if in_ward else Problem("reception.outside_ward")


def eligible(
    programme: Programme, *, age: int | None = None, in_ward: bool = False, category: Category | None = None
) -> bool:
    """Whether a person may take part; see ``reason_not_eligible``."""
    return reason_not_eligible(programme, age=age, in_ward=in_ward, category=category) is None


def parse_sex(text: str) -> Sex:
    """性別 as lists write it; blank is unanswered. ``Problem("reception.sex_unreadable")``."""
    try:
        return _SEXES[unicodedata.normalize("NFKC", text).strip()]
    except KeyError:
        raise Problem("reception.sex_unreadable", given=text.strip()) from None


def parse_category(text: str) -> Category:
    """参加者区分 as lists write it, with or without 区内. ``Problem("reception.category_unreadable")``."""
    plain = unicodedata.normalize("NFKC", text).strip().removeprefix("区内")
    if not plain:
        raise Problem("reception.category_missing")
    try:
        return _CATEGORIES[plain]
    except KeyError:
        raise Problem("reception.category_unreadable", given=text.strip()) from None


def tidy_number(raw: str) -> str:
    """A participant's number as it stands on the card: half-width capitals and digits, without blanks
    (``D0001``).
    """
    return "".join(unicodedata.normalize("NFKC", raw).split()).upper()
