"""事故: the last days towards ward and authority, and why something must be reported."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkdesk.domain.incidents import NINE_ITEMS, Step, Urgency, counters, duties, missing_items, next_step

NOTICED = date(2018, 5, 14)
OPEN = {"noticed_on": "2018-05-14", "malicious": "no"}


def test_the_limits_count_the_day_of_notice_as_the_first() -> None:
    lasts = [one.last for one in counters(OPEN, NOTICED)]
    assert lasts == [NOTICED, date(2018, 5, 18), date(2018, 6, 12)]
    assert counters({**OPEN, "malicious": "yes"}, NOTICED)[2].last == date(2018, 7, 12)
    assert counters({**OPEN, "malicious": "unknown"}, NOTICED)[2].last == date(2018, 6, 12)


@pytest.mark.parametrize(
    ("days", "step", "urgency"),
    [(0, Step.NOTICE, Urgency.SOON), (1, Step.NOTICE, Urgency.OVERDUE)],
)
def test_the_notice_is_due_on_the_same_day(days: int, step: Step, urgency: Urgency) -> None:
    waiting = next_step(OPEN, NOTICED + timedelta(days=days))
    assert waiting is not None and (waiting.step, waiting.urgency) == (step, urgency)


@given(st.integers(0, 100))
def test_a_step_waits_is_near_and_then_late(days: int) -> None:
    _, preliminary, final = counters({**OPEN, "notice_on": "2018-05-14"}, NOTICED + timedelta(days=days))
    day = days + 1
    assert preliminary.urgency is (Urgency.WAITING if day < 3 else Urgency.SOON if day <= 5 else Urgency.OVERDUE)
    assert (final.urgency is Urgency.OVERDUE) == (day > 30)
    assert preliminary.day == day


def test_when_all_three_are_done_nothing_waits() -> None:
    done = {**OPEN, "notice_on": "2018-05-14", "preliminary_on": "2018-05-16", "final_on": "2018-06-01"}
    assert next_step(done, date(2019, 1, 1)) is None


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, ()),
        ({"persons": "100"}, ()),
        ({"persons": "101"}, ("over_100",)),
        ({"persons": "1000"}, ("over_100",)),
        ({"persons": "1001"}, ("over_100", "over_1000")),
        ({"persons": "1", "harm": "sensitive"}, ("sensitive",)),
        ({"persons": "1", "harm": "property", "malicious": "unknown"}, ("property", "malicious")),
        ({"malicious": "no", "harm": "none"}, ()),
    ],
)
def test_the_duties_follow_the_law(values: dict[str, str], expected: tuple[str, ...]) -> None:
    assert duties(values) == expected


def test_the_report_has_nine_items() -> None:
    assert len(NINE_ITEMS) == 9
    assert missing_items({item: "あり" for item in NINE_ITEMS[1:]}) == ("summary",)
