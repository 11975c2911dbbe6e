"""Which pages are meant when sheets are printed again."""

from __future__ import annotations

import pytest

from walkdesk.domain.problem import Problem
from walkdesk.domain.reprints import check_reprint, pages_of

SERIALS = tuple(f"R-0007-{place:03}" for place in range(1, 31))


@pytest.mark.parametrize(
    ("text", "pages", "meant"),
    [
        ("3, 7-8", 30, (3, 7, 8)),
        ("R-0007-005", 30, (5,)),
        ("ｒ－０００７－００５、３", 30, (3, 5)),
        ("R-0007-005 R-0007-005, 5", 30, (5,)),
        ("R-0007-002", 60, (3, 4)),
        ("1 - 3", 30, (1, 2, 3)),
    ],
)
def test_pages_and_serials_are_read(text: str, pages: int, meant: tuple[int, ...]) -> None:
    assert pages_of(text, SERIALS, pages) == meant


def test_a_label_is_found_on_its_sheet_from_the_first_free_place_on() -> None:
    # Twelve labels a sheet, three of them used before: the tenth is the first one of the second sheet.
    assert pages_of("R-0007-009", SERIALS, 3, first=4, per_page=12) == (1,)
    assert pages_of("R-0007-010, R-0007-022", SERIALS, 3, first=4, per_page=12) == (2, 3)


@pytest.mark.parametrize(
    ("text", "pages", "code"),
    [
        ("", 30, "printing.reprint_sheets"),
        ("、 ", 30, "printing.reprint_sheets"),
        ("R-0007-031", 30, "printing.reprint_serial"),
        ("R-0008-001", 30, "printing.reprint_serial"),
        ("R-0007-001", 31, "printing.reprint_serial"),
        ("31", 30, "printing.pages_beyond"),
        ("R-0007-001, x", 30, "printing.pages_form"),
    ],
)
def test_what_is_not_among_the_sheets_is_refused(text: str, pages: int, code: str) -> None:
    with pytest.raises(Problem) as refused:
        pages_of(text, SERIALS, pages)
    assert refused.value.code == code


def test_why_it_is_printed_again_and_what_became_of_the_sheet_must_be_told() -> None:
    check_reprint("jam", "kept")
    for reason, spoiled, code in (("", "kept", "reprint_reason"), ("jam", "", "reprint_spoiled")):
        with pytest.raises(Problem, match=code):
            check_reprint(reason, spoiled)
