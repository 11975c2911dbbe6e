from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkdesk.domain.points import MonthlyBonus, PointRule, Tier, parse_rule, points_for_day, points_for_month
from walkdesk.domain.problem import Problem
from walkdesk.domain.steps import LIMIT, Day, DayState
from walkdesk.resources.point_rules import load_point_rule

RULE = load_point_rule(2018)


def data(**changes: object) -> dict[str, object]:
    tiers = [{"steps": 2000, "points": 10}, {"steps": 4000, "points": 20}]
    base: dict[str, object] = {"name": "x", "fiscal_year": 2019, "version": 1, "daily_cap": 50, "tiers": tiers}
    return base | changes


@pytest.mark.parametrize(
    ("steps", "points"),
    [(None, 0), (0, 0), (1_999, 0), (2_000, 10), (3_999, 10), (8_000, 40), (9_999, 40), (10_000, 50), (99_999, 50)],
)
def test_the_first_years_rule(steps: int | None, points: int) -> None:
    assert points_for_day(RULE, steps) == points


@given(st.integers(0, LIMIT - 1))
def test_more_steps_never_bring_fewer_points_nor_more_than_the_cap(steps: int) -> None:
    assert points_for_day(RULE, steps) <= points_for_day(RULE, steps + 1) <= RULE.daily_cap


def test_a_month_counts_only_days_with_steps() -> None:
    days = [Day(2_000, DayState.KEYED), Day(state=DayState.UNREADABLE), Day(12_000, DayState.CONFIRMED), Day()]
    found = points_for_month(RULE, days)
    assert found.daily == (10, 0, 50, 0)
    assert (found.bonus, found.total) == (0, 60)


def test_a_bonus_needs_enough_days_and_the_cap_holds() -> None:
    rule = PointRule("x", 2019, 1, (Tier(1_000, 10), Tier(5_000, 90)), 50, MonthlyBonus(5_000, 2, 100))
    two = [Day(5_000, DayState.KEYED), Day(6_000, DayState.KEYED)]
    assert points_for_month(rule, two).total == 200
    assert points_for_month(rule, two[:1]).total == 50


def test_a_rule_with_a_bonus_is_read() -> None:
    rule = parse_rule(data(monthly_bonus={"steps": 8000, "days": 20, "points": 100}))
    assert rule.bonus == MonthlyBonus(8000, 20, 100)
    assert rule.tiers == (Tier(2000, 10), Tier(4000, 20))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, "points.rule_value"),
        ({"version": 0}, "points.rule_value"),
        ({"version": True}, "points.rule_value"),
        ({"daily_cap": "50"}, "points.rule_value"),
        ({"tiers": []}, "points.rule_value"),
        ({"tiers": "abc"}, "points.rule_value"),
        ({"tiers": [5]}, "points.rule_value"),
        ({"tiers": [{"steps": 2000}]}, "points.rule_key_missing"),
        ({"tiers": [{"steps": 2000, "points": 20}, {"steps": 2000, "points": 30}]}, "points.rule_tiers_not_rising"),
        ({"tiers": [{"steps": 2000, "points": 20}, {"steps": 3000, "points": 20}]}, "points.rule_tiers_not_rising"),
        ({"monthly_bonus": {"steps": 8000, "days": 32, "points": 100}}, "points.rule_value"),
        ({"dayly_cap": 5}, "points.rule_key_unknown"),
    ],
)
def test_a_rule_with_a_fault_is_refused(changes: dict[str, object], code: str) -> None:
    with pytest.raises(Problem) as caught:
        parse_rule(data(**changes))
    assert caught.value.code == code


def test_the_newest_version_of_a_years_rule_is_taken(tmp_path: Path) -> None:
    tier = "[[tiers]]\nsteps = 2000\npoints = {}\n"
    for version in (1, 2):
        text = f'name = "x"\nfiscal_year = 2020\nversion = {version}\ndaily_cap = 9\n' + tier.format(version)
        (tmp_path / f"rule-{version}.toml").write_text(text, encoding="utf-8")
    assert load_point_rule(2020, tmp_path).version == 2
    with pytest.raises(Problem) as caught:
        load_point_rule(2019, tmp_path)
    assert caught.value.code == "points.no_rule"
    assert load_point_rule(2021, tmp_path).fiscal_year == 2020
    (tmp_path / "broken.toml").write_bytes(b"name = \xff")
    with pytest.raises(Problem) as caught:
        load_point_rule(2020, tmp_path)
    assert caught.value.code == "points.rule_file"
