"""Dates and states as the window says them, in the language in use."""

from __future__ import annotations

from datetime import date, datetime

from walkdesk.domain.contract import ContractState
from walkdesk.domain.dates import Month, fiscal_year_name, japanese_date, month_name, short_date
from walkdesk.messages.door import ContractCard
from walkdesk.ui.language import texts, tr

_WEEKDAYS = "月火水木金土日"
_ENGLISH_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def japanese() -> bool:
    """Whether the window speaks Japanese."""
    return texts().language == "ja"


def full_day(day: date, weekday: bool = False) -> str:
    """``平成30年8月9日``, with the weekday ``平成30年8月9日（木）``; in English ``9 Aug 2018``."""
    if japanese():
        return japanese_date(day, weekday)
    words = f"{_english(day)} {day.year}"
    return f"{_ENGLISH_DAYS[day.weekday()]} {words}" if weekday else words


def short_day(day: date, weekday: bool = False) -> str:
    """``8月9日``, with the weekday ``8月9日（木）``."""
    if japanese():
        return short_date(day) + (f"（{_WEEKDAYS[day.weekday()]}）" if weekday else "")
    return f"{_ENGLISH_DAYS[day.weekday()]} {_english(day)}" if weekday else _english(day)


def time_of_day(at: datetime) -> str:
    """``17:46``."""
    return f"{at.hour}:{at.minute:02}"


def moment(at: datetime) -> str:
    """``8月8日 17:46``."""
    return f"{short_day(at.date())} {time_of_day(at)}"


def full_month(month: str) -> str:
    """``平成30年7月`` of ``2018-07``."""
    parsed = Month.parse(month)
    return month_name(parsed) if japanese() else f"{_ENGLISH_MONTHS[parsed.month - 1]} {parsed.year}"


def short_month(month: str) -> str:
    """``7月`` of ``2018-07``."""
    parsed = Month.parse(month)
    return f"{parsed.month}月" if japanese() else _ENGLISH_MONTHS[parsed.month - 1]


def audience_words(audience: str) -> str:
    """Whose papers: a group of people (``台紙の方``), or those of a month (``平成30年7月``)."""
    return full_month(audience) if audience[:4].isdecimal() else tr(f"papers.audience.{audience}")


def fiscal_year(year: int) -> str:
    """``平成30年度``; in English ``FY 2018``."""
    return fiscal_year_name(year) if japanese() else f"FY {year}"


def _english(day: date) -> str:
    return f"{day.day} {_ENGLISH_MONTHS[day.month - 1]}"


def state_word(state: ContractState) -> str:
    """``運用中``."""
    return tr(f"contracts.state.{state.value}")


def programme_word(card: ContractCard) -> str:
    """``健康ポイント事業``."""
    return tr(f"reception.programme.{card.programme.value}")
