"""The points card that ships: its boxes follow from its figures, and figures that cannot be are refused."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from walkdesk.domain.cardlayouts import LEAST_DIGIT, check_card
from walkdesk.domain.layouts import Box
from walkdesk.domain.problem import Problem
from walkdesk.resources.layouts import card_layouts

MONTH = card_layouts()["month"]


def test_a_day_has_the_same_place_in_every_month_and_its_own() -> None:
    days = [MONTH.day(number) for number in range(1, 32)]
    assert days[0].left == days[15].left < days[16].left == days[30].left
    assert days[0].top == days[16].top
    digits = [box for number in range(1, 32) for box in MONTH.day_digits(number)]
    assert len(digits) == 31 * 5
    assert all(day.holds(box) for day in days for box in MONTH.day_digits(days.index(day) + 1))
    assert not any(one.inset(0.01).meets(other.inset(0.01)) for one, other in combinations(digits, 2))


def test_a_trembling_hand_has_room_for_a_digit() -> None:
    digit = MONTH.day_digits(1)[0]
    assert digit.width >= 9
    assert digit.height >= 6.5
    assert (digit.width, digit.height) > LEAST_DIGIT
    assert len(MONTH.total_digits()) == 7


def test_the_corner_marks_stand_alike_from_every_edge() -> None:
    marks = MONTH.corner_marks()
    assert {round(min(mark.left, 210 - mark.right), 6) for mark in marks} == {10}
    assert {round(min(mark.top, 297 - mark.bottom), 6) for mark in marks} == {10}
    assert len({(mark.left, mark.top) for mark in marks}) == 4


@pytest.mark.parametrize(
    ("wrong", "part"),
    [
        ({"qr": Box(100, 30, 22, 22)}, "qr"),
        ({"send": Box(15, 228, 190.1, 29)}, "send"),
        ({"title": Box(12, 14, 90, 20)}, "mark 1"),
        ({"marks": 4.0}, "mark 1"),
        ({"digits": 8}, "digits"),
        ({"columns": 0}, "digits"),
        ({"columns": 3}, "grid"),
        ({"columns": 1}, "grid"),
        ({"total": Box(150, 216, 45, 9.5)}, "total"),
    ],
)
def test_figures_that_cannot_be_are_refused_with_the_part(wrong: dict[str, Any], part: str) -> None:
    with pytest.raises(Problem) as refused:
        check_card(replace(MONTH, **wrong))
    assert refused.value.code == "papers.card_layout"
    assert part in str(refused.value.values["part"])
