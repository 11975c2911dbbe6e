"""The table of the papers for the ward."""

from __future__ import annotations

import pytest

from walkdesk.domain.wardpapers import WARD_PAPERS, WardPaper, clause_words
from walkdesk.ledger.events import EVENTS


def test_every_paper_has_its_row_and_leaves_an_event_that_the_ledger_knows() -> None:
    assert set(WARD_PAPERS) == set(WardPaper)
    assert {kind.event for kind in WARD_PAPERS.values()} <= EVENTS.keys()


def test_a_paper_that_is_not_made_here_has_a_desk() -> None:
    assert all(kind.here or kind.desk for kind in WARD_PAPERS.values())


@pytest.mark.parametrize(
    ("clauses", "said"),
    [((13,), "13"), ((15, 16, 17), "15〜17"), ((3, 5), "3・5"), ((4, 5, 6, 19, 20), "4〜6・19〜20"), ((), "")],
)
def test_clauses_are_said_as_people_write_them(clauses: tuple[int, ...], said: str) -> None:
    assert clause_words(clauses) == said
