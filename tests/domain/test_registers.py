"""The registers as data, their due dates, and what is typed into them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkdesk.domain.dates import JST
from walkdesk.domain.measures import MEASURES, Source, checklist_fields, found
from walkdesk.domain.participants import Programme
from walkdesk.domain.people import MANAGERS, STAFF
from walkdesk.domain.problem import Problem
from walkdesk.domain.registers import (
    COPIES,
    REGISTERS,
    RUNNING_OUT_DAYS,
    EntryState,
    FieldKind,
    Register,
    RegisterField,
    RegisterRule,
    Stage,
    due_day,
    entry_state,
    read_values,
    register_of,
)
from walkdesk.resources.texts import LANGUAGES, Texts

RULES = list(REGISTERS.values())


def test_every_register_of_the_list_has_its_rule() -> None:
    assert list(REGISTERS) == list(Register)
    assert len({rule.prefix for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.register.value)
def test_a_rule_is_complete(rule: RegisterRule) -> None:
    keys = [field.key for field in rule.fields]
    assert len(set(keys)) == len(keys)
    day, title = rule.field(rule.day), rule.field(rule.title)
    assert day is not None and (day.kind, day.required, day.stage) == (FieldKind.DATE, True, Stage.OPENING)
    assert title is not None and title.required and title.stage is Stage.OPENING
    for name in (rule.due.field, rule.due.time):
        assert not name or rule.field(name) is not None
    assert rule.at(Stage.CLOSING) and rule.clauses and rule.writers in (STAFF, MANAGERS)
    assert rule.closers <= rule.writers
    assert all(bool(field.choices) == (field.kind is FieldKind.CHOICE) for field in rule.fields)
    assert register_of(f"{rule.prefix}-0012") is rule


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_field_choice_and_measure_has_its_words(language: str) -> None:
    keys = Texts(language).keys()
    wanted = {f"registers.name.{one}" for one in Register} | {f"registers.help.{one}" for one in Register}
    for rule in RULES:
        wanted |= {f"registers.{rule.register}.{field.key}" for field in rule.fields}
        wanted |= {f"registers.choice.{choice}" for field in rule.fields for choice in field.choices}
    for measures in MEASURES.values():
        wanted |= {f"registers.measure.{one.key}" for one in measures}
        wanted |= {f"registers.measure_of.{one.source}" for one in measures}
    assert wanted <= keys


def test_the_japanese_name_in_the_rule_is_the_one_on_the_screen() -> None:
    assert {rule.japanese for rule in RULES} == {Texts("ja").say(f"registers.name.{one}") for one in Register}


def test_a_number_without_register_is_unknown() -> None:
    for number in ("R-0001", "C-1", "C0001", "", "C-0001 "):
        with pytest.raises(Problem, match=r"registers\.unknown"):
            register_of(number)


@given(st.integers(-400, 400))
def test_a_right_runs_out_within_sixty_days_and_is_overdue_the_day_after(days: int) -> None:
    rule, now = REGISTERS[Register.RECIPIENTS], datetime(2018, 7, 2, 10, 0, tzinfo=JST)
    state = entry_state(rule, False, now.date() + timedelta(days=days), {}, now)
    expected = (
        EntryState.OVERDUE if days < 0 else EntryState.RUNNING_OUT if days <= RUNNING_OUT_DAYS else EntryState.OPEN
    )
    assert state is expected
    assert entry_state(rule, True, now.date() + timedelta(days=days), {}, now) is EntryState.CLOSED


def test_without_a_day_of_its_own_a_copy_is_due_with_the_contract() -> None:
    end = date(2019, 3, 31)
    assert due_day(COPIES, {}, end) == end and due_day(COPIES, {}, None) is None
    assert due_day(COPIES, {"due": "2018-08-01"}, end) == date(2018, 8, 1)
    assert due_day(REGISTERS[Register.RECIPIENTS], {}, end) is None


@given(st.text(max_size=30), st.sampled_from(list(FieldKind)))
def test_whatever_is_typed_is_read_once_and_the_same_again_or_refused_at_its_field(text: str, kind: FieldKind) -> None:
    fields = (RegisterField("one", kind, choices=("yes", "no") if kind is FieldKind.CHOICE else ()),)
    try:
        values = read_values(fields, {"one": text})
    except Problem as problem:
        assert problem.values["field"] == "one"
        return
    assert read_values(fields, values) == values


def test_a_field_of_another_register_is_refused() -> None:
    with pytest.raises(Problem, match="unknown_field"):
        read_values(COPIES.fields, {"phone": "03"})


def test_the_checklist_is_that_of_the_council_paper() -> None:
    numbers = {programme: [(one.source, one.number) for one in measures] for programme, measures in MEASURES.items()}
    for programme, operations in ((Programme.HEALTH_POINTS, 4), (Programme.CITY_WALK, 6)):
        listed = numbers[programme]
        assert [number for source, number in listed if source is Source.OPERATION] == list(range(1, operations + 1))
        assert [number for source, number in listed if source is Source.SYSTEM] == [1, 2, 3, 4, 5]
        assert (Source.CLAUSE, 9) in listed
    fields = checklist_fields(Programme.CITY_WALK)
    assert len(fields) == 2 * len(MEASURES[Programme.CITY_WALK])
    values = {field.key: "improve" for field in fields[:2] if field.kind is FieldKind.CHOICE}
    assert found(Programme.CITY_WALK, values)["improve"] == 1
