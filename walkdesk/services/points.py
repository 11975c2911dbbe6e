"""Points: a person's month under the contract's rule, and what they can still spend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.sql.elements import ColumnElement

from walkdesk.domain.dates import Month
from walkdesk.domain.points import PointRule, parse_rule, points_for_month
from walkdesk.domain.steps import Day
from walkdesk.services.session import Work
from walkdesk.services.step_months import key_of
from walkdesk.storage.vault_tables import PointMonth, PrizeRequestRecord

WAITING, SHIPPED, CANCELLED = "waiting", "shipped", "cancelled"
"""The states of a prize request."""


@dataclass(frozen=True, slots=True)
class PointsBalance:
    """ポイント残高: what walking brought, what prizes took, and what waiting requests hold."""

    earned: int = 0
    spent: int = 0
    reserved: int = 0

    @property
    def usable(self) -> int:
        """What can be spent now; below zero after a month was corrected downwards."""
        return self.earned - self.spent - self.reserved


def rule_in_force(work: Work) -> PointRule:
    """The contract's rule (ポイント付与基準)."""
    return parse_rule(work.contract.point_rule)


def rule_code(rule: PointRule) -> str:
    """Which version of the rule a month was counted by: ``2018-1``."""
    return f"{rule.fiscal_year}-{rule.version}"


def count_month(work: Work, participant_id: int, month: Month, days: Sequence[Day]) -> int:
    """Counts a person's month anew and keeps its points; returns them."""
    rule = rule_in_force(work)
    points = points_for_month(rule, days).total
    kept = work.vault.get(PointMonth, (key_of(month), participant_id))
    if kept is None:
        work.vault.add(
            PointMonth(month=key_of(month), participant_id=participant_id, points=points, rule=rule_code(rule))
        )
    else:
        kept.points, kept.rule = points, rule_code(rule)
    work.vault.flush()
    return points


def count_months(work: Work, month: Month, months: Iterable[tuple[int, Sequence[Day]]]) -> None:
    """Counts one month of many people anew, in bulk."""
    rule = rule_in_force(work)
    kept = {
        participant_id: (points, code)
        for participant_id, points, code in work.vault.execute(
            select(PointMonth.participant_id, PointMonth.points, PointMonth.rule).where(
                PointMonth.month == key_of(month)
            )
        )
    }
    new, changed = [], []
    for participant_id, days in months:
        fresh = (points_for_month(rule, days).total, rule_code(rule))
        if participant_id not in kept:
            new.append((*fresh, key_of(month), participant_id))
        elif kept[participant_id] != fresh:
            changed.append((*fresh, key_of(month), participant_id))
    connection = work.vault_connection
    if new:
        connection.exec_driver_sql(
            "INSERT INTO point_months (points, rule, month, participant_id) VALUES (?, ?, ?, ?)", new
        )
    if changed:
        connection.exec_driver_sql(
            "UPDATE point_months SET points = ?, rule = ? WHERE month = ? AND participant_id = ?", changed
        )


def withdraw_month(work: Work, participant_id: int, month: Month) -> None:
    """Takes a month's points back, while its card must be asked about."""
    kept = work.vault.get(PointMonth, (key_of(month), participant_id))
    if kept is not None:
        work.vault.delete(kept)
        work.vault.flush()


def points_of(work: Work, participant_id: int, month: Month) -> int:
    """The points of a person's month; 0 while it is not counted."""
    kept = work.vault.execute(
        select(PointMonth.points).where(PointMonth.month == key_of(month), PointMonth.participant_id == participant_id)
    ).scalar_one_or_none()
    return kept or 0


def balances(work: Work, participant_ids: Sequence[int]) -> dict[int, PointsBalance]:
    """The balance of each of some people (at most a page of them)."""
    earned = _sums(
        work,
        select(PointMonth.participant_id, func.sum(PointMonth.points))
        .where(PointMonth.participant_id.in_(participant_ids))
        .group_by(PointMonth.participant_id),
    )
    spent = _sums(work, _requests(participant_ids, PrizeRequestRecord.state == SHIPPED))
    reserved = _sums(work, _requests(participant_ids, PrizeRequestRecord.state == WAITING))
    return {one: PointsBalance(earned.get(one, 0), spent.get(one, 0), reserved.get(one, 0)) for one in participant_ids}


def balance(work: Work, participant_id: int) -> PointsBalance:
    """One person's balance."""
    return balances(work, (participant_id,))[participant_id]


def _requests(participant_ids: Sequence[int], state: ColumnElement[bool]) -> Select[int, int]:
    return (
        select(PrizeRequestRecord.participant_id, func.sum(PrizeRequestRecord.points))
        .where(PrizeRequestRecord.participant_id.in_(participant_ids), state)
        .group_by(PrizeRequestRecord.participant_id)
    )


def _sums(work: Work, query: Select[int, int]) -> dict[int, int]:
    return {int(one): int(total) for one, total in work.vault.execute(query)}
