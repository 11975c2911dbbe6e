"""The life of a contract: one way, no step skipped, none taken with a need open, none taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from walkdesk.domain.contract import (
    LIFE,
    STEPS,
    WITH_VAULT,
    ContractState,
    Requirement,
    accepts_input,
    advance,
    check_period,
    missing,
    step_from,
)
from walkdesk.domain.problem import Problem

DAYS = st.dates(date(2017, 4, 1), date(2021, 3, 31))
NEEDS = st.sets(st.sampled_from(Requirement))


class Life(RuleBasedStateMachine):
    """Somebody tries every step at every moment, with whatever happens to be done."""

    def __init__(self) -> None:
        super().__init__()
        self.state = ContractState.PREPARING
        self.done: set[Requirement] = set()
        self.way = [self.state]

    @rule(need=st.sampled_from(Requirement))
    def something_gets_done(self, need: Requirement) -> None:
        self.done.add(need)

    @rule(need=st.sampled_from(Requirement))
    def something_is_open_again(self, need: Requirement) -> None:
        self.done.discard(need)

    @rule()
    def everything_for_the_next_step_gets_done(self) -> None:
        step = step_from(self.state)
        self.done |= set(step.needs) if step else set()

    @rule(leads_to=st.sampled_from(ContractState))
    def somebody_tries_a_step(self, leads_to: ContractState) -> None:
        step = step_from(self.state)
        allowed = step is not None and step.leads_to is leads_to and set(step.needs) <= self.done
        try:
            self.state = advance(self.state, leads_to, self.done)
        except Problem as problem:
            assert not allowed
            following = step is not None and step.leads_to is leads_to
            assert problem.code == ("contracts.needs_open" if following else "contracts.no_such_step")
            if following:
                open_needs = missing(self.state, self.done)
                assert problem.values == {"count": len(open_needs), "first": open_needs[0].value}
        else:
            assert allowed
            self.way.append(self.state)

    @precondition(lambda self: self.state is ContractState.ACKNOWLEDGED)
    @rule(leads_to=st.sampled_from(ContractState))
    def the_end_is_the_end(self, leads_to: ContractState) -> None:
        with pytest.raises(Problem, match=r"contracts\.no_such_step"):
            advance(self.state, leads_to, set(Requirement))

    @invariant()
    def the_way_is_the_beginning_of_the_life(self) -> None:
        assert tuple(self.way) == LIFE[: len(self.way)]

    @invariant()
    def what_is_missing_is_told_in_the_order_of_the_board(self) -> None:
        step = step_from(self.state)
        told = missing(self.state, self.done)
        assert set(told) == (set(step.needs) - self.done if step else set())
        assert list(told) == ([need for need in step.needs if need in told] if step else [])


TestLife = Life.TestCase


def test_the_steps_lead_from_each_state_to_the_one_after_it() -> None:
    assert [(step.state, step.leads_to) for step in STEPS] == list(zip(LIFE, LIFE[1:], strict=False))
    assert step_from(LIFE[-1]) is None


@pytest.mark.parametrize("need", STEPS[0].needs)
def test_a_contract_does_not_open_while_one_thing_is_missing(need: Requirement) -> None:
    with pytest.raises(Problem) as refused:
        advance(ContractState.PREPARING, ContractState.OPEN, set(Requirement) - {need})
    assert refused.value.values == {"count": 1, "first": need.value}


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.state.value)
def test_each_step_needs_everything_that_it_names(step: object) -> None:
    assert isinstance(step, type(STEPS[0]))
    assert advance(step.state, step.leads_to, set(step.needs)) is step.leads_to
    for need in step.needs:
        with pytest.raises(Problem, match=r"contracts\.needs_open"):
            advance(step.state, step.leads_to, set(step.needs) - {need})


def test_before_erasure_the_vault_can_be_opened_and_from_then_on_not() -> None:
    assert set(LIFE[: LIFE.index(ContractState.ERASING)]) == WITH_VAULT


@given(state=st.sampled_from(ContractState), start=DAYS, end=DAYS, on=DAYS)
def test_data_is_taken_only_while_open_and_between_the_dates(
    state: ContractState, start: date, end: date, on: date
) -> None:
    assert accepts_input(state, start, end, on) == (state is ContractState.OPEN and start <= on <= end)


@pytest.mark.parametrize("edge", [date(2018, 5, 14), date(2019, 3, 31)])
def test_the_first_and_the_last_day_belong_to_the_contract(edge: date) -> None:
    start, end = date(2018, 5, 14), date(2019, 3, 31)
    assert accepts_input(ContractState.OPEN, start, end, edge)
    outside = edge + timedelta(days=-1 if edge == start else 1)
    assert not accepts_input(ContractState.OPEN, start, end, outside)


@given(start=DAYS, end=DAYS)
def test_a_period_lies_in_one_fiscal_year(start: date, end: date) -> None:
    def year(day: date) -> int:
        return day.year if day.month >= 4 else day.year - 1

    try:
        check_period(start, end)
    except Problem as problem:
        assert problem.code == ("contracts.period_backwards" if end < start else "contracts.period_over_year")
        assert end < start or year(end) > year(start)
    else:
        assert start <= end and year(start) == year(end)
