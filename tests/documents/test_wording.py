"""The wordings that come with the program."""

from __future__ import annotations

import pytest

from walkdesk.documents.wording import parse_wording, shipped_wording
from walkdesk.domain.papers import PAPERS
from walkdesk.domain.problem import Problem
from walkdesk.domain.wording import faults, placeholders

SHIPPED = [(kind.key, variant) for kind in PAPERS.values() for variant in kind.variants]


@pytest.mark.parametrize(("paper", "variant"), SHIPPED)
def test_shipped_wordings_ask_only_for_what_their_paper_knows(paper: str, variant: str) -> None:
    wording = shipped_wording(paper, variant)
    assert not list(faults(wording, PAPERS[paper].placeholders, wording))
    assert wording.version
    assert "利用目的" in wording["purpose_title"]
    assert placeholders(wording["purpose"])


def test_the_parts_of_a_variant_come_before_the_common_ones() -> None:
    table = {"version": "1", "card": {"title": " 題 "}, "common": {"contact": "電話\n住所\n"}}
    wording = parse_wording(table, "invitation", "card")
    assert wording.parts == (("title", "題"), ("contact", "電話\n住所"))
    assert wording.lines("contact") == ("電話", "住所")


def test_a_file_without_the_variant_or_with_something_else_than_text_is_refused() -> None:
    for table in ({"app": {"title": "x"}}, {"card": {"title": ["x"]}}):
        with pytest.raises(Problem) as refused:
            parse_wording(table, "invitation", "card")
        assert refused.value.code == "papers.wording"
