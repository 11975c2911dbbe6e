"""Points for walking, by a rule that is data: one version per fiscal year, in ``resources/point_rules``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from walkdesk.domain.problem import Problem
from walkdesk.domain.steps import LIMIT, Day


@dataclass(frozen=True, slots=True)
class Tier:
    """From ``steps`` on a day is worth ``points`` (in place of the points of lower tiers, not on top of
    them).
    """

    steps: int
    points: int


@dataclass(frozen=True, slots=True)
class MonthlyBonus:
    """``points`` once a month for at least ``days`` days of ``steps`` or more."""

    steps: int
    days: int
    points: int


@dataclass(frozen=True, slots=True)
class PointRule:
    """ポイント付与基準. Tiers rise in steps and points; ``daily_cap`` bounds what one day can bring."""

    name: str
    fiscal_year: int
    version: int
    tiers: tuple[Tier, ...]
    daily_cap: int
    bonus: MonthlyBonus | None = None


@dataclass(frozen=True, slots=True)
class MonthPoints:
    """The points of a month, day by day, and the monthly bonus (0 without one)."""

    daily: tuple[int, ...]
    bonus: int

    @property
    def total(self) -> int:
        """All points of the month."""
        return sum(self.daily) + self.bonus


def points_for_day(rule: PointRule, steps: int | None) -> int:
    """The points of one day; a day without a number brings none."""
    reached = [tier.points for tier in rule.tiers if steps is not None and steps >= tier.steps]
    return min(max(reached, default=0), rule.daily_cap)


def points_for_month(rule: PointRule, days: Iterable[Day]) -> MonthPoints:
    """The points of a month. Only days with a number of steps count; unreadable and blank ones bring
    nothing.
    """
    steps = [day.steps for day in days]
    daily = tuple(points_for_day(rule, one) for one in steps)
    bonus = rule.bonus
    if bonus is None:
        return MonthPoints(daily, 0)
    reached = sum(1 for one in steps if one is not None and one >= bonus.steps)
    return MonthPoints(daily, bonus.points if reached >= bonus.days else 0)


def parse_rule(data: Mapping[str, object]) -> PointRule:
    """The rule that a file describes.

    Keys: ``name``, ``fiscal_year``, ``version``, ``daily_cap``, ``tiers`` (a list of tables with ``steps``
    and ``points``), and optionally ``monthly_bonus`` (``steps``, ``days``, ``points``). Raises ``Problem``:
    ``points.rule_key_missing``, ``points.rule_key_unknown``, ``points.rule_value``,
    ``points.rule_tiers_not_rising``.
    """
    _only(data, ("name", "fiscal_year", "version", "daily_cap", "tiers"), ("monthly_bonus",))
    name = data["name"]
    if not isinstance(name, str) or not name.strip():
        raise Problem("points.rule_value", key="name")
    tiers = _tiers(data["tiers"])
    return PointRule(
        name=name.strip(),
        fiscal_year=_whole(data, "fiscal_year", 2018, 2199),
        version=_whole(data, "version", 1, 999),
        tiers=tiers,
        daily_cap=_whole(data, "daily_cap", 1, 100_000),
        bonus=_bonus(data["monthly_bonus"]) if "monthly_bonus" in data else None,
    )


def _tiers(value: object) -> tuple[Tier, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str) or not value:
        raise Problem("points.rule_value", key="tiers")
    tiers: list[Tier] = []
    for entry in value:
        table = _table(entry, "tiers", ("steps", "points"))
        tier = Tier(_whole(table, "steps", 1, LIMIT), _whole(table, "points", 1, 100_000))
        if tiers and (tier.steps <= tiers[-1].steps or tier.points <= tiers[-1].points):
            raise Problem("points.rule_tiers_not_rising", steps=tier.steps)
        tiers.append(tier)
    return tuple(tiers)


def _bonus(value: object) -> MonthlyBonus:
    table = _table(value, "monthly_bonus", ("steps", "days", "points"))
    return MonthlyBonus(
        _whole(table, "steps", 1, LIMIT), _whole(table, "days", 1, 31), _whole(table, "points", 1, 100_000)
    )


def _table(value: object, key: str, keys: tuple[str, ...]) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise Problem("points.rule_value", key=key)
    _only(value, keys, ())
    return value


def _only(data: Mapping[str, object], needed: tuple[str, ...], optional: tuple[str, ...]) -> None:
    for key in needed:
        if key not in data:
            raise Problem("points.rule_key_missing", key=key)
    for key in data:
        # A misspelt key would silently change what people get.
        if key not in needed and key not in optional:
            raise Problem("points.rule_key_unknown", key=str(key))


def _whole(data: Mapping[str, object], key: str, least: int, most: int) -> int:
    value = data[key]
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise Problem("points.rule_value", key=key)
    return value
