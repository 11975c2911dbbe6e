"""Wording with placeholders."""

from __future__ import annotations

import pytest

from walkdesk.domain.papers import PAPERS, paper_kind
from walkdesk.domain.problem import Problem
from walkdesk.domain.wording import LONGEST_PART, Wording, faults, fill, placeholders

PARTS = (
    ("title", "{事業名}のご案内"),
    ("greeting", "{氏名} 様\n\n今年も{ 事業名 }です。"),
    ("rows", "受付番号：{受付番号}\n期間：7月：まで"),
    ("contact", "{電話}"),
)
WORDING = Wording("invitation", "card", "1", PARTS)
VALUES = {"事業名": "健康ポイント事業", "氏名": "見本 花子", "受付番号": "D0001", "電話": "03"}


def codes(wording: Wording, known: tuple[str, ...] = tuple(VALUES)) -> list[tuple[str, str]]:
    return [(fault.part, fault.problem.code) for fault in faults(wording, known, WORDING)]


def changed(part: str, text: str) -> Wording:
    return Wording("invitation", "card", "2", tuple((key, text if key == part else old) for key, old in PARTS))


def test_parts_are_read_as_text_lines_and_rows() -> None:
    filled = fill(WORDING, VALUES)
    assert filled["title"] == "健康ポイント事業のご案内"
    assert filled.lines("greeting") == ("見本 花子 様", "今年も健康ポイント事業です。")
    assert filled.rows("rows") == (("受付番号", "D0001"), ("期間", "7月：まで"))
    assert filled["nothing"] == ""
    assert placeholders(filled["greeting"]) == ()


@pytest.mark.parametrize("missing", ["氏名", "電話"])
@pytest.mark.parametrize("value", [None, "", "　"])
def test_an_unknown_or_empty_placeholder_stops(missing: str, value: str | None) -> None:
    values = {name: text for name, text in VALUES.items() if name != missing}
    if value is not None:
        values[missing] = value
    with pytest.raises(Problem) as stopped:
        fill(WORDING, values)
    assert (stopped.value.code, stopped.value.values["name"]) == ("papers.placeholder", missing)


def test_a_value_with_braces_is_printed_as_it_is() -> None:
    assert fill(WORDING, VALUES | {"氏名": "見本 {花子}"}).lines("greeting")[0] == "見本 {花子} 様"


def test_a_lone_brace_stops() -> None:
    with pytest.raises(Problem):
        fill(changed("title", "{事業名のご案内"), VALUES)


def test_a_wording_without_faults_has_none() -> None:
    assert codes(WORDING) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" \n", "papers.part_empty"),
        ("あ" * (LONGEST_PART + 1), "papers.part_long"),
        ("{名前}", "papers.placeholder_unknown"),
        ("{", "papers.lone_brace"),
        ("{氏\n名}", "papers.lone_brace"),
    ],
)
def test_faults_are_found_in_their_part(text: str, code: str) -> None:
    assert ("contact", code) in codes(changed("contact", text))


def test_other_parts_than_the_shipped_ones_are_one_fault() -> None:
    assert codes(Wording("invitation", "card", "2", PARTS[:-1])) == [("", "papers.wording")]
    assert codes(Wording("invitation", "card", "2", PARTS[::-1])) == [("", "papers.wording")]


def test_a_paper_is_known_by_key_and_variant() -> None:
    assert paper_kind("invitation", "app") is PAPERS["invitation"]
    for key, variant in (("invitation", "pedometer"), ("letter", "card")):
        with pytest.raises(Problem) as refused:
            paper_kind(key, variant)
        assert refused.value.code == "papers.unknown_paper"
