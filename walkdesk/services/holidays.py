"""Holidays and working days in Japan (祝日, 営業日)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import jpholiday


@lru_cache(maxsize=4096)
def holiday_name(day: date) -> str:
    """The holiday's Japanese name (海の日, 振替休日), or "" on every other day."""
    return jpholiday.is_holiday_name(day) or ""


def is_working_day(day: date) -> bool:
    """Whether offices work: Monday to Friday, no holiday, not 29 December to 3 January."""
    year_end = (day.month == 12 and day.day >= 29) or (day.month == 1 and day.day <= 3)
    return day.weekday() < 5 and not year_end and not holiday_name(day)


def working_day_from(day: date) -> date:
    """The day itself, or the first working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day
