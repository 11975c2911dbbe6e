"""No count under five can be read out of a published table, nor computed from what stands beside it."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from walkdesk.domain.disclosure import LEAST, is_small, part_shown, publish, shown

TABLES = st.integers(1, 3).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 7), min_size=width, max_size=width), min_size=1, max_size=3
    )
)


def sums(cells: list[list[int]]) -> list[list[int]]:
    rows = [[*row, sum(row)] for row in cells]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def test_a_table_without_small_numbers_is_published_whole() -> None:
    assert publish([[10, 0], [7, 12]]).rows == ((10, 0, 10), (7, 12, 19), (17, 12, 29))


def test_a_small_number_takes_others_with_it_until_nothing_follows() -> None:
    rows = publish([[3, 20, 30], [40, 50, 60], [70, 80, 90]]).rows
    assert rows[0][0] is None
    assert sum(cell is None for cell in rows[0]) >= 2
    assert sum(row[0] is None for row in rows) >= 2
    assert rows[-1][-1] == 443


@given(TABLES)
@settings(max_examples=300, deadline=None)
def test_no_small_number_is_shown_or_follows_from_the_sums(cells: list[list[int]]) -> None:
    table, published = sums(cells), publish(cells).rows
    height, width = len(table), len(table[0])
    for r, c in product(range(height), range(width)):
        assert published[r][c] in (None, table[r][c])
        assert not (published[r][c] is not None and is_small(table[r][c]))
    if not is_small(table[-1][-1]):
        assert published[-1][-1] == table[-1][-1]


@given(st.lists(st.lists(st.integers(0, 6), min_size=2, max_size=2), min_size=2, max_size=2))
@settings(max_examples=60, deadline=None)
def test_somebody_who_tries_every_table_finds_no_small_number(cells: list[list[int]]) -> None:
    table, published = sums(cells), publish(cells).rows
    possible: dict[tuple[int, int], set[int]] = {}
    whole = published[-1][-1]
    for tried in product(range(14), repeat=4):
        if whole is not None and sum(tried) != whole:
            continue  # most guesses end here: the whole is published
        guess = sums([list(tried[:2]), list(tried[2:])])
        fits = all(
            published[r][c] == guess[r][c] if published[r][c] is not None else guess[r][c] >= 1
            for r, c in product(range(3), range(3))
        )
        if fits:
            for r, c in product(range(3), range(3)):
                possible.setdefault((r, c), set()).add(guess[r][c])
    for (r, c), values in possible.items():
        if published[r][c] is None and is_small(table[r][c]) and not is_small(table[-1][-1]):
            assert len(values) > 1


def test_alone_and_beside_its_whole() -> None:
    assert shown(0) == 0
    assert shown(LEAST) == LEAST
    assert shown(4) is None
    assert part_shown(96, 100) is None
    assert part_shown(95, 100) == 95
    assert part_shown(100, 100) == 100
