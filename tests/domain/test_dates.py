from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkdesk.domain.dates import (
    ERAS,
    FIRST_DAY,
    LAST_DAY,
    Month,
    fiscal_year,
    fiscal_year_name,
    japanese_date,
    japanese_year,
    month_name,
    parse_date,
    parse_moment,
    short_date,
)
from walkdesk.domain.problem import Problem
from walkdesk.resources.texts import Texts

days = st.dates(FIRST_DAY, LAST_DAY)
borders = [era.first for era in ERAS[1:]] + [era.last for era in ERAS if era.last]


@pytest.mark.parametrize(
    "text",
    [
        "2018-07-01",
        "2018/7/1",
        "2018.7.1",
        "20180701",
        "2018年7月1日",
        "西暦2018年7月1日",
        "H30.7.1",
        "h30/7/1",
        "H300701",
        "平30.7.1",
        "平成30年7月1日",
        "㍻30年7月1日",
        "平成３０年７月１日",
        "　２０１８／０７／０１　",
        "平成30年 7月 1日",
        "2018－07－01",
        "2018ー7ー1",
    ],
)
def test_the_same_day_is_read_however_it_is_written(text: str) -> None:
    assert parse_date(text) == date(2018, 7, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("明治45年7月30日", date(1912, 7, 30)),
        ("大正元年7月30日", date(1912, 7, 30)),
        ("T15.12.25", date(1926, 12, 25)),
        ("S1.12.25", date(1926, 12, 25)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("平成元年1月8日", date(1989, 1, 8)),
        ("H31.4.30", date(2019, 4, 30)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("明治6年1月1日", date(1873, 1, 1)),
    ],
)
def test_eras_meet_at_their_exact_days(text: str, day: date) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("昭和64年1月8日", "dates.era_over"),
        ("H31.5.1", "dates.era_over"),
        ("明治45年7月31日", "dates.era_over"),
        ("T15.12.26", "dates.era_over"),
        ("昭和100年1月1日", "dates.era_over"),
        ("平成元年1月7日", "dates.era_not_begun"),
        ("令和元年4月30日", "dates.era_not_begun"),
        ("T1.7.29", "dates.era_not_begun"),
        ("S1.12.24", "dates.era_not_begun"),
        ("明治5年3月1日", "dates.lunar"),
        ("平成0年1月1日", "dates.no_such_day"),
        ("2018-02-29", "dates.no_such_day"),
        ("H31.2.30", "dates.no_such_day"),
        ("0018-07-01", "dates.out_of_range"),
        ("30.7.1", "dates.unreadable"),
        ("", "dates.unreadable"),
        ("きのう", "dates.unreadable"),
    ],
)
def test_a_day_that_does_not_exist_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(Problem) as caught:
        parse_date(text)
    assert caught.value.code == code


def test_the_sentence_for_an_era_that_is_over_says_what_to_enter() -> None:
    with pytest.raises(Problem) as caught:
        parse_date("S64.1.8")
    assert Texts("ja").problem(caught.value) == "昭和64年1月8日は、もう平成です。「平成元年1月8日」と入れてください。"


@given(days)
def test_a_japanese_date_is_read_back_as_the_same_day(day: date) -> None:
    assert parse_date(japanese_date(day)) == day
    assert parse_date(day.isoformat()) == day


@given(st.sampled_from(borders), st.integers(-3, 3))
def test_days_around_the_borders_of_eras_are_read_back(border: date, away: int) -> None:
    day = border + timedelta(days=away)
    assert parse_date(japanese_date(day)) == day


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_a_problem(text: str) -> None:
    for reader in (parse_date, parse_moment, Month.parse):
        try:
            reader(text)
        except Problem as problem:
            assert problem.code.startswith("dates.")


def test_names_of_days_months_and_years() -> None:
    day = date(2018, 7, 1)
    assert japanese_date(day, weekday=True) == "平成30年7月1日（日）"
    assert japanese_year(date(2019, 5, 1)) == "令和元年"
    assert short_date(day) == "7月1日"
    assert month_name(day) == month_name(Month(2018, 7)) == "平成30年7月"
    assert month_name(Month(2019, 4)) == "平成31年4月"
    assert month_name(date(1989, 1, 1)) == "平成元年1月"


def test_the_fiscal_year_begins_in_april_and_keeps_the_name_of_its_first_day() -> None:
    assert fiscal_year(date(2018, 3, 31)) == 2017
    assert fiscal_year(date(2018, 4, 1)) == fiscal_year(date(2019, 3, 31)) == 2018
    assert fiscal_year_name(2018) == "平成30年度"
    assert fiscal_year_name(2019) == "平成31年度"
    assert fiscal_year_name(2020) == "令和2年度"


def test_a_moment_is_in_japans_time() -> None:
    assert parse_moment("2018-06-27 17:10:00").isoformat() == "2018-06-27T17:10:00+09:00"
    assert parse_moment("H30.6.27 5:04").isoformat() == "2018-06-27T05:04:00+09:00"
    with pytest.raises(Problem):
        parse_moment("2018-06-27 25:10:00")


@pytest.mark.parametrize("text", ["2018-07", "2018/7", "平成30年7月", "２０１８－０７", "H30.7"])
def test_a_month_is_read(text: str) -> None:
    assert Month.parse(text) == Month(2018, 7)


@given(days)
def test_months_count_order_and_are_written(day: date) -> None:
    month = Month.of(day)
    assert day in month
    assert month.first <= day <= month.last
    assert month.days == (month.last - month.first).days + 1
    assert Month.parse(str(month)) == month
    if month.year < LAST_DAY.year:
        assert month < month.next
        assert month.next.previous == month
        assert month.last + timedelta(days=1) == month.next.first
