"""Wording with placeholders."""

from __future__ import annotations

import pytest

from walkdesk.documents.letters import Office, Recipient, Terms, letter_values
from walkdesk.documents.wording import Wording, fill, parse_wording, placeholders, shipped_wording
from walkdesk.domain.participants import Channel
from walkdesk.domain.problem import Problem

TABLE = {
    "version": "1",
    "card": {
        "title": "{事業名}のご案内",
        "greeting": ["{氏名} 様"],
        "rows": [["受付番号", "{受付番号}"]],
        "steps_title": "しかた",
        "steps": ["{期間}に歩きます。"],
        "prizes_title": "景品",
        "prizes": "あり",
        "purpose_title": "利用目的",
        "purpose": "{事業名}だけに使います。",
        "contact_title": "連絡先",
        "contact": ["{電話}"],
    },
}
OFFICE = Office("区", "課", "社", "局", "160-0022", "所", "03", "平日")
TERMS = Terms("30-HP-0001", "事業", "期間", "ポイント", "景品")
RECIPIENT = Recipient("1", "D0001", "見本 花子", "160-0023", "住所", Channel.CARD)
VALUES = {"事業名": "健康ポイント事業", "氏名": "見本 花子", "受付番号": "D0001", "期間": "7月", "電話": "03"}


def test_placeholders_are_listed_once_in_reading_order() -> None:
    assert placeholders(parse_wording(TABLE, "card")) == ("事業名", "氏名", "受付番号", "期間", "電話")


def test_filling_replaces_every_placeholder() -> None:
    filled = fill(parse_wording(TABLE, "card"), VALUES)
    assert filled.title == "健康ポイント事業のご案内"
    assert filled.rows == (("受付番号", "D0001"),)
    assert placeholders(filled) == ()


@pytest.mark.parametrize("missing", ["氏名", "電話"])
@pytest.mark.parametrize("value", [None, "", "　"])
def test_an_unknown_or_empty_placeholder_stops(missing: str, value: str | None) -> None:
    values = {name: text for name, text in VALUES.items() if name != missing}
    if value is not None:
        values[missing] = value
    with pytest.raises(Problem) as stopped:
        fill(parse_wording(TABLE, "card"), values)
    assert stopped.value.code == "papers.placeholder"
    assert stopped.value.values["name"] == missing


def test_a_lone_brace_stops() -> None:
    broken = {"version": "1", "card": TABLE["card"] | {"title": "{事業名のご案内"}}  # type: ignore[operator]
    with pytest.raises(Problem) as stopped:
        fill(parse_wording(broken, "card"), VALUES)
    assert stopped.value.code == "papers.placeholder"


def test_a_value_with_braces_is_printed_as_it_is() -> None:
    assert fill(parse_wording(TABLE, "card"), VALUES | {"氏名": "見本 {花子}"}).greeting == ("見本 {花子} 様",)


def test_a_file_with_a_missing_or_unknown_part_is_refused() -> None:
    for card in ({"title": "x"}, TABLE["card"] | {"extra": "x"}):  # type: ignore[operator]
        with pytest.raises(Problem) as refused:
            parse_wording({"version": "1", "card": card}, "card")
        assert refused.value.code == "papers.wording"


@pytest.mark.parametrize("variant", ["card", "app"])
def test_shipped_wordings_ask_only_for_what_every_letter_has(variant: str) -> None:
    wording = shipped_wording("invitation", variant)
    assert isinstance(wording, Wording)
    assert set(placeholders(wording)) <= letter_values(RECIPIENT, TERMS, OFFICE).keys()
    assert "利用目的" in wording.purpose_title
