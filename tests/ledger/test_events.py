from __future__ import annotations

import tomllib

import pytest

from walkdesk.ledger.events import EVENTS, check_event
from walkdesk.ledger.facts import KINDS, Kind, fits
from walkdesk.resources import FOLDER


def test_a_fact_that_the_event_does_not_list_is_refused() -> None:
    with pytest.raises(ValueError, match="may not hold"):
        check_event("signed_in", None, {"name": "山田"})


def test_an_unknown_event_is_refused() -> None:
    with pytest.raises(ValueError, match="list of events"):
        check_event("participant_named", None, {})


def test_an_event_of_a_contract_needs_its_contract() -> None:
    with pytest.raises(ValueError, match="about a contract"):
        check_event("seal", None, {})


def test_a_name_does_not_fit_where_a_code_or_count_belongs_and_is_not_repeated() -> None:
    with pytest.raises(ValueError) as caught:
        check_event("import_committed", "c", {"source": "山田 花子", "count": -1})
    assert "山田" not in str(caught.value)
    assert "source" in str(caught.value) and "count" in str(caught.value)


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        ("count", 0, True),
        ("may_approve", False, 0),
        ("release", "R-2019/1", "R 1"),
        ("name", "管理 一郎", "two\nlines"),
        ("digest", "0a" * 32, "0A" * 32),
        ("signature", "0a" * 64, "0a" * 32),
        ("day", "2019-04-01", "2019-4-1"),
        ("before", "2019-04-01T09:00:00+09:00", "2019-04-01T09:00:00"),
        ("counts", {"given.people": 3}, {"given people": 3}),
        ("items", ["name", "address"], ["氏名"]),
        ("keys", [{"kind": "slot", "count": 1}], [{"kind": ["slot"]}]),
    ],
)
def test_each_kind_takes_its_own_and_nothing_else(key: str, good: object, bad: object) -> None:
    assert fits(key, good)
    assert not fits(key, bad)


def test_every_kind_is_in_use() -> None:
    assert set(KINDS.values()) == set(Kind)
    assert set().union(*(row.facts for row in EVENTS.values())) == set(KINDS)


def test_every_event_has_its_name_in_both_languages() -> None:
    for language in ("ja", "en"):
        with (FOLDER / "i18n" / language / "ledger.toml").open("rb") as stream:
            names = tomllib.load(stream)["event"]
        assert names.keys() == EVENTS.keys()
        if language == "ja":
            assert names == {name: row.japanese for name, row in EVENTS.items()}
