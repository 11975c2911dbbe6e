from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkdesk.domain.participants import Channel
from walkdesk.domain.problem import Problem
from walkdesk.domain.steps import (
    LIMIT,
    PACKED_SIZE,
    Day,
    DayState,
    Slip,
    median,
    pack,
    summary,
    suspects,
    total_warning,
    unpack,
    unusual,
)

DATA = Path(__file__).parents[1] / "data"

with_steps = st.builds(
    Day,
    st.integers(0, LIMIT),
    st.sampled_from([DayState.KEYED, DayState.CONFIRMED]),
    st.sampled_from(Channel),
    st.booleans(),
)
without_steps = st.builds(
    Day,
    st.none(),
    st.sampled_from([DayState.NOT_KEYED, DayState.BLANK, DayState.UNREADABLE]),
    st.sampled_from(Channel),
    st.booleans(),
)
months = st.lists(with_steps | without_steps, max_size=31)


def keyed(*steps: int | None) -> list[Day]:
    return [Day(one, DayState.BLANK if one is None else DayState.KEYED) for one in steps]


@given(months)
def test_a_packed_month_is_read_back(days: list[Day]) -> None:
    packed = pack(days)
    assert len(packed) == PACKED_SIZE
    assert unpack(packed, len(days)) == tuple(days)
    assert pack(unpack(packed)) == packed


def test_the_packed_form_stays_what_is_in_the_vaults() -> None:
    days = [Day(12_345, DayState.CONFIRMED, Channel.APP, edited=True), Day(state=DayState.UNREADABLE)]
    assert pack(days)[:8].hex() == f"{(12_345 | 4 << 20 | 1 << 24 | 1 << 26).to_bytes(4, 'little').hex()}00002000"
    assert pack([]) == bytes(PACKED_SIZE)


@given(st.binary(min_size=PACKED_SIZE, max_size=PACKED_SIZE) | st.binary(max_size=200))
def test_bytes_that_are_no_month_are_a_problem(packed: bytes) -> None:
    try:
        days = unpack(packed)
    except Problem as problem:
        assert problem.code == "cards.damaged_month"
    else:
        assert pack(days) == packed


@pytest.mark.parametrize("word", [1, 7 << 20, 3 << 24, 1 << 27, 100_000 | 3 << 20])
def test_a_damaged_day_is_a_problem(word: int) -> None:
    with pytest.raises(Problem):
        unpack(word.to_bytes(4, "little") + bytes(PACKED_SIZE - 4))


def test_days_after_the_end_of_the_month_must_be_empty() -> None:
    with pytest.raises(Problem):
        unpack(pack(keyed(*[1] * 31)), 30)
    with pytest.raises(Problem):
        pack(keyed(*[1] * 32))


@pytest.mark.parametrize(
    ("steps", "state", "code"),
    [
        (100_000, DayState.KEYED, "cards.over_limit"),
        (-1, DayState.KEYED, "cards.negative"),
        (None, DayState.KEYED, "cards.state_without_steps"),
        (0, DayState.BLANK, "cards.state_without_steps"),
    ],
)
def test_a_day_cannot_hold_what_a_card_cannot(steps: int | None, state: DayState, code: str) -> None:
    with pytest.raises(Problem) as caught:
        Day(steps, state)
    assert caught.value.code == code


def test_the_sums_of_a_month() -> None:
    days = [*keyed(100, None, 201, 0), Day(state=DayState.UNREADABLE), Day(50, DayState.CONFIRMED), Day()]
    found = summary(days)
    assert (found.total, found.counted_days, found.mean) == (351, 4, 88)
    assert (found.blank, found.unreadable, found.not_keyed) == (1, 1, 1)
    assert summary([]).mean == 0


@given(months)
def test_every_day_is_counted_once(days: list[Day]) -> None:
    found = summary(days)
    assert found.counted_days + found.blank + found.unreadable + found.not_keyed == len(days)


def test_the_median_leaves_out_days_without_walking() -> None:
    assert median(keyed(0, 0, 5000, 6000, 7000, None)) == 6000
    assert median(keyed(5000, 6000)) is None


@pytest.mark.parametrize(
    ("value", "usual", "code"),
    [
        (36_019, 6_175, "cards.times_usual"),
        (83_600, 8_360, "cards.ten_times"),
        (12_000, 8_000, None),
        (5_000, 400, None),
        (0, 8_000, None),
        (65_000, None, "cards.very_many"),
        (30_000, None, None),
    ],
)
def test_a_value_far_above_the_usual_is_asked_about(value: int, usual: int | None, code: str | None) -> None:
    found = unusual(value, usual)
    assert (found.code if found else None) == code


def test_the_warning_says_how_many_times_and_what_a_slip_would_mean() -> None:
    found = unusual(36_019, 6_175)
    assert found is not None
    assert found.values == {"times": 6}
    found = unusual(83_600, 8_000)
    assert found is not None
    assert found.values == {"times": 10, "perhaps": 8_360}


def test_real_walking_is_hardly_ever_asked_about_and_a_zero_too_many_mostly_is() -> None:
    wearers: dict[str, list[int]] = defaultdict(list)
    with (DATA / "real-steps-2016.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            wearers[row["wearer"]].append(int(row["steps"]))
    asked = slips = caught = 0
    for values in wearers.values():
        for place, value in enumerate(values):
            usual = median(keyed(*values[:place]))
            asked += unusual(value, usual) is not None
            if usual is not None and 1_000 <= value <= 9_999:
                slips += 1
                caught += unusual(value * 10, usual) is not None
    assert sum(map(len, wearers.values())) == 940
    assert asked == 3
    assert (slips, caught) == (465, 385)


def test_a_swapped_pair_of_digits_is_named() -> None:
    days = keyed(5_111, 8_360, 6_222, None, 7_777)
    found = total_warning(days, 5_111 + 8_630 + 6_222 + 7_777)
    assert found is not None
    assert found.code == "cards.total_differs_day"
    assert found.values == {"difference": 270, "day": 2, "keyed": 8_360, "perhaps": 8_630}
    assert suspects(days, 27_740)[0].slip is Slip.SWAPPED


def test_a_zero_too_many_is_named() -> None:
    days = keyed(83_600, 5_111)
    assert [(one.day, one.perhaps, one.slip) for one in suspects(days, 8_360 + 5_111)] == [(1, 8_360, Slip.TEN_FOLD)]


def test_confirmed_days_are_suspected_last() -> None:
    days = [Day(4_150, DayState.CONFIRMED), Day(4_150, DayState.KEYED)]
    assert [one.day for one in suspects(days, 8_300 + 360)] == [2, 1]


def test_a_difference_that_fits_many_days_names_none() -> None:
    found = total_warning(keyed(5_111, 6_222, 7_333), 18_766)
    assert found is not None
    assert found.code == "cards.total_differs"
    assert found.values == {"difference": 100}


def test_nothing_is_said_when_the_total_agrees_or_is_missing() -> None:
    assert total_warning(keyed(1, 2, None), 3) is None
    assert total_warning(keyed(1, 2), None) is None
    assert suspects(keyed(1, 2), 3) == ()


@given(st.lists(st.integers(0, LIMIT), min_size=1, max_size=31), st.integers(0, 31 * LIMIT))
def test_every_suspect_explains_the_whole_difference(steps: list[int], written: int) -> None:
    for suspect in suspects(keyed(*steps), written):
        assert sum(steps) - suspect.keyed + suspect.perhaps == written
        assert steps[suspect.day - 1] == suspect.keyed
