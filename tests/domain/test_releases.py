"""The table of kinds: what it must say, and that the functions say nothing beside it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkdesk.domain.contract import ContractState
from walkdesk.domain.dates import JST
from walkdesk.domain.participants import Programme
from walkdesk.domain.people import MANAGERS, Role
from walkdesk.domain.problem import Problem
from walkdesk.domain.releases import (
    LONGEST_AHEAD,
    OPEN_RELEASES,
    RULES,
    STATES,
    Asked,
    Need,
    Outcome,
    ReleaseKind,
    ReleaseState,
    Way,
    check_asked,
    check_columns,
    check_kind,
    check_leaving,
    check_outcome,
    check_request,
    due_day,
    is_overdue,
    kinds_for,
    next_release_state,
    outcomes_of,
)

NOW = datetime(2019, 10, 5, 9, 0, tzinfo=JST)
kinds, states, roles = st.sampled_from(ReleaseKind), st.sampled_from(ContractState), st.sampled_from(Role)
programmes, ways = st.sampled_from(Programme), st.sampled_from(Way)
release_states, outcomes = st.sampled_from(ReleaseState), st.sampled_from(Outcome)
names = st.sampled_from(("", "T-0001"))
hours = st.none() | st.timedeltas(timedelta(days=-34), timedelta(days=57)).map(lambda away: NOW + away)
asked_for = st.builds(Asked, recipient=names, basis=names, carrier=names, due_at=hours)


def allowed(check: object, *values: object) -> bool:
    """Whether a check lets it pass."""
    try:
        check(*values)  # type: ignore[operator]
    except Problem:
        return False
    return True


def test_every_kind_has_a_row_and_only_statistics_are_free() -> None:
    assert set(RULES) == set(ReleaseKind)
    assert [rule.kind for rule in RULES.values() if rule.free] == [ReleaseKind.STATISTICS]
    assert all(rule.columns and rule.outcomes and rule.ways for rule in RULES.values() if not rule.free)


def test_nothing_but_the_return_leaves_once_the_report_is_delivered_and_nothing_at_all_afterwards() -> None:
    for state in ContractState:
        held = {rule.kind for rule in RULES.values() if state in rule.states and not rule.free}
        if state is ContractState.REPORTED:
            assert held == {ReleaseKind.RETURN}
        elif state not in STATES:
            assert not held
    assert ReleaseKind.RETURN not in kinds_for(Programme.HEALTH_POINTS, ContractState.OPEN, Role.MANAGER)


def test_health_points_knows_no_removal_but_on_an_instruction_of_the_ward() -> None:
    carried = [rule for rule in RULES.values() if Need.CARRIER in rule.needs]
    health = [rule for rule in carried if Programme.HEALTH_POINTS in rule.programmes]
    assert [rule.kind for rule in health] == [ReleaseKind.HEALTH_REMOVAL]
    assert Need.BASIS in health[0].needs and "consultation" not in health[0].bases
    assert not [rule for rule in RULES.values() if rule.kind is ReleaseKind.ROSTER and Need.BASIS in rule.needs]


def test_what_is_carried_has_a_lock_bag_and_an_hour_and_other_removals_a_manager() -> None:
    for rule in RULES.values():
        if Need.CARRIER in rule.needs:
            assert {Need.BAG, Need.DUE_AT} <= rule.needs and rule.carriers
            assert rule.kind is ReleaseKind.ROSTER or (rule.carriers == MANAGERS and Need.BASIS in rule.needs)
        elif not rule.free:
            assert rule.days > 0


@given(kinds, programmes, states, roles)
def test_a_request_is_let_in_exactly_where_the_table_says_so(
    kind: ReleaseKind, programme: Programme, state: ContractState, role: Role
) -> None:
    rule = RULES[kind]
    wanted = programme in rule.programmes and state in rule.states and role in rule.requesters and not rule.free
    assert allowed(check_request, kind, programme, state, role) == wanted
    assert (kind in kinds_for(programme, state, role)) == wanted
    assert not wanted or allowed(check_kind, kind, programme, state)


@given(kinds, asked_for, st.none() | roles)
def test_a_request_gives_all_that_its_kind_needs_and_nothing_else(
    kind: ReleaseKind, asked: Asked, carrier: Role | None
) -> None:
    rule = RULES[kind]
    given_needs = {need for need in (Need.RECIPIENT, Need.BASIS, Need.CARRIER) if getattr(asked, need.value)}
    wanted = given_needs == rule.needs & {Need.RECIPIENT, Need.BASIS, Need.CARRIER}
    wanted &= (asked.due_at is not None) == (Need.DUE_AT in rule.needs)
    wanted &= asked.due_at is None or NOW < asked.due_at <= NOW + LONGEST_AHEAD
    wanted &= Need.CARRIER not in rule.needs or carrier in rule.carriers
    assert allowed(check_asked, rule, asked, carrier, NOW) == wanted


@given(kinds, st.sets(st.sampled_from(sorted(set().union(*(rule.columns for rule in RULES.values()), {"folded"})))))
def test_a_column_that_the_receiver_does_not_need_never_passes(kind: ReleaseKind, columns: set[str]) -> None:
    assert allowed(check_columns, RULES[kind], columns) == (columns <= RULES[kind].columns)


@given(kinds, ways, st.booleans(), hours)
def test_nothing_is_carried_out_unlocked_or_late(
    kind: ReleaseKind, way: Way, bag: bool, due_at: datetime | None
) -> None:
    rule = RULES[kind]
    wanted = way in rule.ways and (bag or Need.BAG not in rule.needs) and (due_at is None or due_at > NOW)
    assert allowed(check_leaving, rule, way.value, bag, due_at, NOW) == wanted


def test_a_way_that_nobody_knows_is_refused() -> None:
    with pytest.raises(Problem, match=r"releases\.way"):
        check_leaving(RULES[ReleaseKind.TO_PERSON], "mail", False, None, NOW)


@given(release_states, release_states)
def test_a_register_goes_forward_and_never_back(state: ReleaseState, to: ReleaseState) -> None:
    order = list(ReleaseState)
    if allowed(next_release_state, state, to):
        assert state in OPEN_RELEASES and order.index(to) > order.index(state)
        assert to is not ReleaseState.RELEASED or state is ReleaseState.APPROVED


@given(kinds, release_states, outcomes, st.sampled_from(("", " ", "31新健第5号")))
def test_what_left_ends_as_its_kind_ends(
    kind: ReleaseKind, state: ReleaseState, outcome: Outcome, receipt: str
) -> None:
    wanted = outcome in outcomes_of(kind, state)
    if state is ReleaseState.RELEASED:
        assert outcomes_of(kind, state) and Outcome.WITHDRAWN not in outcomes_of(kind, state) or RULES[kind].free
    elif state in OPEN_RELEASES:
        assert outcomes_of(kind, state) == (Outcome.WITHDRAWN,)
    else:
        assert not outcomes_of(kind, state)
    if outcome is Outcome.RECEIVED:
        wanted &= bool(receipt.strip())
    assert allowed(check_outcome, kind, state, outcome, receipt) == wanted


@given(kinds, release_states, hours, st.integers(-40, 40))
def test_it_is_overdue_once_its_hour_or_its_day_is_over_and_only_while_it_is_out(
    kind: ReleaseKind, state: ReleaseState, due_at: datetime | None, days: int
) -> None:
    rule = RULES[kind]
    due = due_day(rule, NOW.date(), due_at)
    later = NOW + timedelta(days=days)
    late = is_overdue(state, due, due_at, later)
    assert late == (state is ReleaseState.RELEASED and (later > due_at if due_at else later.date() > due))
    assert not is_overdue(state, None, None, later)


def test_a_roster_is_late_on_the_same_day() -> None:
    five = datetime(2019, 10, 5, 17, 0, tzinfo=JST)
    assert due_day(RULES[ReleaseKind.ROSTER], date(2019, 10, 5), five) == date(2019, 10, 5)
    assert not is_overdue(ReleaseState.RELEASED, five.date(), five, five)
    assert is_overdue(ReleaseState.RELEASED, five.date(), five, five + timedelta(minutes=1))
