"""Ways in which a file can be wrong: any bytes, cut, one byte changed, or one value of its JSON replaced."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Sequence
from typing import Any

from hypothesis import strategies as st

PLACES = Sequence[str | int]

HOSTILE: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    2**53 - 1,
    2**53,
    2**63,
    10**400,
    1.5,
    float("inf"),
    float("nan"),
    "",
    "-",
    "\0",
    "\ud800",
    "\x1b[2J",
    "あ" * 400,
    "00" * 32,
    "{0}",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-12:00",
    [],
    [[]],
    {},
    {"": None},
    json.loads("[" * 60 + "]" * 60),
)
"""Values that have broken readers somewhere."""

JSON = st.recursive(
    st.sampled_from(HOSTILE) | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def damaged(whole: bytes, used: int | None = None) -> st.SearchStrategy[bytes]:
    """Any bytes, the file cut anywhere, one byte changed anywhere (in its ``used`` first bytes), a piece doubled."""
    place = st.integers(0, (used or len(whole)) - 1)

    def changed(at: int, by: int) -> bytes:
        return whole[:at] + bytes([whole[at] ^ by]) + whole[at + 1 :]

    return st.one_of(
        st.binary(max_size=300),
        place.map(lambda at: whole[:at]),
        st.builds(changed, place, st.integers(1, 255)),
        st.tuples(place, place).map(lambda pair: whole[: max(pair)] + whole[min(pair) :]),
    )


def replaced(document: Any) -> st.SearchStrategy[Any]:
    """The document with one value, at any depth, replaced by any JSON value, or its place taken away."""
    places = list(_places(document))

    def change(place: PLACES, value: Any, away: bool) -> Any:
        changed = copy.deepcopy(document)
        if not place:
            return value
        inner = changed
        for step in place[:-1]:
            inner = inner[step]
        if away:
            del inner[place[-1]]
        else:
            inner[place[-1]] = value
        return changed

    return st.builds(change, st.sampled_from(places), JSON, st.sampled_from([False] * 9 + [True]))


def _places(value: Any, before: tuple[str | int, ...] = ()) -> Iterator[PLACES]:
    yield before
    items: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from _places(inner, (*before, key))
