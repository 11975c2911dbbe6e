"""What may be published of counts of people: no number under five can be read out of a table, nor computed back.

A number from 1 to 4 is hidden. Beside it so many others are hidden that no hidden number follows from the sums and
the numbers that are shown. A zero is shown: it tells of nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LEAST = 5
"""The smallest number of people that is published."""

Place = tuple[int, int]


def is_small(count: int) -> bool:
    """Whether a count of people is hidden by itself."""
    return 0 < count < LEAST


def shown(count: int) -> int | None:
    """A count that stands alone; ``None`` where it is hidden."""
    return None if is_small(count) else count


def part_shown(part: int, whole: int) -> int | None:
    """A part beside its shown whole: also hidden where the rest would be small."""
    return None if is_small(part) or is_small(whole - part) or is_small(whole) else part


@dataclass(frozen=True, slots=True)
class Published:
    """A table with its sums as it may be published: ``None`` is hidden.

    The last number of each row is the row's sum, the last row holds the sums of the columns.
    """

    rows: tuple[tuple[int | None, ...], ...]


def publish(cells: Sequence[Sequence[int]]) -> Published:
    """Hides what has to be hidden in a table of counts with at least one row and one column.

    The sum of everything stays readable unless it is small itself.
    """
    table = _with_sums(cells)
    height, width = len(table), len(table[0])
    hidden = {(r, c) for r in range(height) for c in range(width) if is_small(table[r][c])}
    while leak := next((place for place in sorted(hidden) if _follows(table, hidden, place)), None):
        partner = _partner(table, hidden, leak)
        if partner is None:
            hidden |= {(r, c) for r in range(height) for c in range(width) if (r, c) != (height - 1, width - 1)}
            break
        hidden.add(partner)
    return Published(
        tuple(
            tuple(None if (r, c) in hidden else table[r][c] for c in range(width)) for r in range(height)
        )
    )


def _with_sums(cells: Sequence[Sequence[int]]) -> list[list[int]]:
    table = [[*row, sum(row)] for row in cells]
    table.append([sum(column) for column in zip(*table, strict=True)])
    return table


def _partner(table: list[list[int]], hidden: set[Place], leak: Place) -> Place | None:
    """The smallest number in the leak's row or column that hides beside it; inner cells before sums."""
    height, width = len(table), len(table[0])
    row, column = leak
    line = [(row, c) for c in range(width)] + [(r, column) for r in range(height)]
    able = [
        place
        for place in line
        if place not in hidden and table[place[0]][place[1]] and place != (height - 1, width - 1)
    ]
    return min(able, key=lambda at: (_is_sum(table, at), table[at[0]][at[1]], at), default=None)


def _is_sum(table: list[list[int]], place: Place) -> bool:
    return place[0] == len(table) - 1 or place[1] == len(table[0]) - 1


def _follows(table: list[list[int]], hidden: set[Place], place: Place) -> bool:
    """Whether a hidden number is the only one that agrees with everything shown.

    Rows and columns, each with its sum counted negative, must stay at zero. A number can be another one exactly if a
    closed round of hidden numbers leads through it, up and down in turn, in which none falls below one.
    """
    return not (_round(table, hidden, place, True) or _round(table, hidden, place, False))


def _round(table: list[list[int]], hidden: set[Place], start: Place, up: bool) -> bool:
    """Whether a round exists that moves ``start`` up (or down) by one: a search from its column back to its row."""
    if not _moves(table, start, up):
        return False
    seen = {("c", start[1])}
    queue: list[tuple[str, int]] = [("c", start[1])]
    while queue:
        side, line = queue.pop()
        for place, other in _neighbours(hidden, side, line):
            # Leaving a column the next number moves against the first, leaving a row with it.
            if place == start or not _moves(table, place, up if side == "r" else not up):
                continue
            if other == ("r", start[0]):
                return True
            if other not in seen:
                seen.add(other)
                queue.append(other)
    return False


def _neighbours(hidden: set[Place], side: str, line: int) -> Iterator[tuple[Place, tuple[str, int]]]:
    for row, column in sorted(hidden):
        if side == "c" and column == line:
            yield (row, column), ("r", row)
        elif side == "r" and row == line:
            yield (row, column), ("c", column)


def _moves(table: list[list[int]], place: Place, up: bool) -> bool:
    """Whether the signed number can move: a sum counts negative, the sum of sums positive."""
    value = table[place[0]][place[1]]
    negative = (place[0] == len(table) - 1) != (place[1] == len(table[0]) - 1)
    return value > 1 if up == negative else True
