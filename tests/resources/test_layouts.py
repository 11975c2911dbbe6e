"""The layouts that ship: everything lies on its paper, no two places overlap."""

from __future__ import annotations

from itertools import combinations

import pytest

from walkdesk.domain.layouts import A4, SLIP, SPARE, Box, check_start
from walkdesk.domain.problem import Problem
from walkdesk.resources.layouts import envelope_formats, label_formats, window_layouts

SHEET = Box(0, 0, *A4)


def test_the_window_of_the_letters_is_where_the_envelope_has_it() -> None:
    window = window_layouts()["naga3"]
    assert window.window == Box(20, 22, 90, 45)
    assert window.folds == (99, 198)
    assert window.address == Box(24, 26, 82, 37)


@pytest.mark.parametrize("key", ["naga3", "kaku2"])
def test_a_window_lies_on_the_sheet_and_above_its_first_fold(key: str) -> None:
    layout = window_layouts()[key]
    assert layout.key == key
    assert SHEET.holds(layout.window)
    assert layout.window.bottom < min(layout.folds, default=A4[1])
    assert layout.window.holds(layout.address.inset(-SLIP - SPARE + 0.001))


@pytest.mark.parametrize(("key", "count"), [("a4-12", 12), ("a4-18", 18), ("a4-21", 21), ("a4-24", 24)])
def test_the_labels_of_a_sheet_lie_on_it_side_by_side(key: str, count: int) -> None:
    labels = label_formats()[key]
    places = list(labels.places())
    assert labels.count == len(places) == count
    assert all(SHEET.holds(place) for place in places)
    for one, other in combinations(places, 2):
        apart_x = one.right <= other.left + 0.001 or other.right <= one.left + 0.001
        apart_y = one.bottom <= other.top + 0.001 or other.bottom <= one.top + 0.001
        assert apart_x or apart_y
    assert check_start(count, labels) == count
    with pytest.raises(Problem):
        check_start(count + 1, labels)


@pytest.mark.parametrize(("key", "size"), [("naga3", (120, 235)), ("kaku2", (240, 332))])
def test_an_envelope_keeps_the_posts_corner_and_its_edges_free(key: str, size: tuple[float, float]) -> None:
    envelope = envelope_formats()[key]
    assert (envelope.width, envelope.height) == size
    paper = Box(0, 0, *size)
    assert paper.inset(12).holds(envelope.address)
    assert paper.inset(10).holds(envelope.sender)
    assert paper.inset(5).holds(envelope.postcode)
    assert envelope.address.top >= 35
    assert envelope.postcode.left >= 50
    assert envelope.postcode.bottom < envelope.address.top
    assert envelope.address.bottom < envelope.sender.top
