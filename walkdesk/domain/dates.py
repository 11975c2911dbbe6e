"""Dates as the ward writes them: Japanese eras, fiscal years and months.

An era changes within a year, sometimes within a day: 1912-07-30 is both 明治45年 and 大正元年, 1926-12-25
both 大正15年 and 昭和元年 (the edict named the new era on that very day). 昭和64年 ends on 7 January and
平成31年 on 30 April, because those two changes took effect the next day. Before 1873 Japan counted months
by the moon, so that no era date of the years 明治1 to 5 can be turned into a calendar date by adding a
number.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from walkdesk.domain.problem import Problem

JST = timezone(timedelta(hours=9), "JST")
"""Japan's only time zone; it has known no summer time since 1951."""

FIRST_DAY = date(1873, 1, 1)
"""The first day of the present calendar in Japan (明治6年1月1日)."""

LAST_DAY = date(2199, 12, 31)
"""Later dates are slips of the finger."""

_WEEKDAYS = "月火水木金土日"


@dataclass(frozen=True, slots=True)
class Era:
    """元号: its name, its letter on forms, and its first and last day (``None``: it goes on)."""

    name: str
    letter: str
    first: date
    last: date | None

    def year(self, day: date) -> int:
        """The year of the era in which a day lies; the first is 1 (元年)."""
        return day.year - self.first.year + 1


ERAS = (
    Era("明治", "M", date(1868, 1, 25), date(1912, 7, 30)),
    Era("大正", "T", date(1912, 7, 30), date(1926, 12, 25)),
    Era("昭和", "S", date(1926, 12, 25), date(1989, 1, 7)),
    Era("平成", "H", date(1989, 1, 8), date(2019, 4, 30)),
    Era("令和", "R", date(2019, 5, 1), None),
)

_DASHES = str.maketrans({dash: "-" for dash in "‐‑‒–—―−ーｰ"})
_ERA_NAMES = (
    {era.name: era for era in ERAS} | {era.letter: era for era in ERAS} | {era.name[0]: era for era in ERAS}
)
_WESTERN = re.compile(r"(?:西暦)?([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_ERA = re.compile(
    r"(明治|大正|昭和|平成|令和|[MTSHR明大昭平令])\.?([0-9]{1,3}|元)[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?"
)
_ERA_COMPACT = re.compile(r"([MTSHR])([0-9]{2})([0-9]{2})([0-9]{2})")
_TIME = re.compile(r"(.+?)[T ]+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?")


def parse_date(text: str) -> date:
    """The day that a text names: ``2018-07-01``, ``2018/7/1``, ``20180701``, ``H30.7.1``,
    ``平成30年7月1日``, 元年, full-width digits. Raises ``Problem``: ``dates.unreadable``,
    ``dates.no_such_day``, ``dates.out_of_range``, ``dates.lunar``, ``dates.era_over`` (昭和64年1月8日) and
    ``dates.era_not_begun`` (平成元年1月7日).
    """
    plain = "".join(unicodedata.normalize("NFKC", text).translate(_DASHES).split()).upper()
    western = _WESTERN.fullmatch(plain) or _COMPACT.fullmatch(plain)
    if western:
        return _in_range(_day(text, *(int(part) for part in western.groups())), text)
    japanese = _ERA.fullmatch(plain) or _ERA_COMPACT.fullmatch(plain)
    if japanese is None:
        raise Problem("dates.unreadable", given=text.strip())
    era_name, year, month, day = japanese.groups()
    return _era_day(text, _ERA_NAMES[era_name], 1 if year == "元" else int(year), int(month), int(day))


def parse_moment(text: str) -> datetime:
    """A date with a time of day, in Japan's time: ``2018-06-27 17:10:00``; a date alone is its midnight."""
    match = _TIME.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        day = parse_date(text)
        return datetime(day.year, day.month, day.day, tzinfo=JST)
    day = parse_date(match[1])
    try:
        return datetime(
            day.year, day.month, day.day, int(match[2]), int(match[3]), int(match[4] or 0), tzinfo=JST
        )
    except ValueError:
        raise Problem("dates.unreadable", given=text.strip()) from None


def era_of(day: date) -> Era:
    """The era that a day is written in; on the two days with two names, the new one."""
    if day < FIRST_DAY:
        raise Problem("dates.lunar", given=day.isoformat())
    return next(era for era in reversed(ERAS) if era.first <= day)


def japanese_year(day: date) -> str:
    """``平成30年``, ``令和元年``."""
    era = era_of(day)
    return _year_name(era, era.year(day))


def japanese_date(day: date, weekday: bool = False) -> str:
    """``平成30年7月1日``, with the weekday ``平成30年7月1日（日）``."""
    name = f"{japanese_year(day)}{short_date(day)}"
    return f"{name}（{_WEEKDAYS[day.weekday()]}）" if weekday else name


def short_date(day: date) -> str:
    """``7月1日``."""
    return f"{day.month}月{day.day}日"


def slashed_date(day: date) -> str:
    """``2018/7/1``, as lists write it: for sentences in either language."""
    return f"{day.year}/{day.month}/{day.day}"


def month_name(day: date | Month) -> str:
    """``平成30年7月``; of a month in which the era changes, the name on its last day."""
    last = Month.of(day).last if isinstance(day, date) else day.last
    return f"{japanese_year(last)}{last.month}月"


def fiscal_year(day: date) -> int:
    """年度: the western year in whose April the fiscal year of a day began."""
    return day.year if day.month >= 4 else day.year - 1


def fiscal_year_name(year: int) -> str:
    """``平成30年度``: named after the era of its first day, 1 April, as contracts of that day are (2019:
    平成31年度).
    """
    return f"{japanese_year(date(year, 4, 1))}度"


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One month of the calendar; orders, counts and is written ``2018-07``."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and FIRST_DAY.year <= self.year <= LAST_DAY.year):
            raise Problem("dates.no_such_month", given=f"{self.year}-{self.month}")

    @classmethod
    def of(cls, day: date) -> Month:
        """The month in which a day lies."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """``2018-07``; also ``2018/7`` and ``平成30年7月``. Raises ``Problem`` like ``parse_date``."""
        plain = "".join(unicodedata.normalize("NFKC", text).translate(_DASHES).split())
        match = re.fullmatch(r"(.+?)(?:月|(?<=[0-9]))", plain)
        if match is None:
            raise Problem("dates.no_such_month", given=text.strip())
        try:
            return cls.of(parse_date(f"{match[1]}-1"))
        except Problem as problem:
            if problem.code == "dates.unreadable":
                raise Problem("dates.no_such_month", given=text.strip()) from None
            raise

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """The last day."""
        return date(self.year + self.month // 12, self.month % 12 + 1, 1) - timedelta(days=1)

    @property
    def days(self) -> int:
        """How many days the month has: 28 to 31."""
        return self.last.day

    @property
    def next(self) -> Month:
        """The month after."""
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    @property
    def previous(self) -> Month:
        """The month before."""
        return Month(self.year - (self.month == 1), 12 if self.month == 1 else self.month - 1)

    def day(self, number: int) -> date:
        """The day with a number; ``Problem("dates.no_such_day")`` on 31 June."""
        return _day(f"{self}-{number}", self.year, self.month, number)

    def __contains__(self, day: date) -> bool:
        return (day.year, day.month) == (self.year, self.month)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def _year_name(era: Era, year: int) -> str:
    return f"{era.name}{'元' if year == 1 else year}年"


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Problem("dates.no_such_day", given=text.strip()) from None


def _in_range(day: date, text: str) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise Problem("dates.out_of_range", given=text.strip(), first=FIRST_DAY.year, last=LAST_DAY.year)
    return day


def _era_day(text: str, era: Era, year: int, month: int, day: int) -> date:
    found = _day(text, era.first.year + year - 1, month, day) if year else None
    if found is None:
        raise Problem("dates.no_such_day", given=text.strip())
    if found < FIRST_DAY:
        raise Problem("dates.lunar", given=text.strip())
    _in_range(found, text)
    if era.first <= found and (era.last is None or found <= era.last):
        return found
    code = "dates.era_not_begun" if found < era.first else "dates.era_over"
    raise Problem(
        code,
        given=f"{_year_name(era, year)}{month}月{day}日",
        era=era_of(found).name,
        right=japanese_date(found),
    )
