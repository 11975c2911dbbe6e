"""Page ranges as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkdesk.domain.pageranges import by_volume, parse_pages, write_pages
from walkdesk.domain.problem import Problem


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("1-3, 7", (1, 2, 3, 7)),
        ("7,1-3,2", (1, 2, 3, 7)),
        ("１〜３、７", (1, 2, 3, 7)),
        ("1 - 3 7", (1, 2, 3, 7)),
        ("１ー２", (1, 2)),
        ("9", (9,)),
        ("", tuple(range(1, 10))),
        ("　", tuple(range(1, 10))),
    ],
)
def test_ranges_are_read_as_people_write_them(text: str, pages: tuple[int, ...]) -> None:
    assert parse_pages(text, 9) == pages


@pytest.mark.parametrize("text", ["a", "1-", "-3", "3-1", "1--2", "1-2-3", "1.5", "二", "1/2", "9999999"])
def test_what_is_no_range_is_refused(text: str) -> None:
    with pytest.raises(Problem) as refused:
        parse_pages(text, 9)
    assert refused.value.code == "printing.pages_form"


@pytest.mark.parametrize("text", ["0", "10", "8-10", "0-3", "999999"])
def test_a_page_that_the_paper_does_not_have_is_refused(text: str) -> None:
    with pytest.raises(Problem) as refused:
        parse_pages(text, 9)
    assert (refused.value.code, refused.value.values) == ("printing.pages_beyond", {"pages": 9})


@given(st.sets(st.integers(1, 400), min_size=1))
def test_what_is_written_is_read_again(pages: set[int]) -> None:
    assert parse_pages(write_pages(tuple(pages)), 400) == tuple(sorted(pages))


@pytest.mark.parametrize(
    ("pages", "counts", "parts"),
    [
        ((1, 3), (3,), ((1, 3),)),
        ((2, 3, 4, 7), (3, 3, 3), ((2, 3), (1,), (1,))),
        ((7,), (3, 3, 3), ((), (), (1,))),
        ((), (2, 2), ((), ())),
    ],
)
def test_pages_are_found_in_their_volume(
    pages: tuple[int, ...], counts: tuple[int, ...], parts: tuple[tuple[int, ...], ...]
) -> None:
    assert by_volume(pages, counts) == parts
