"""The token's working day."""

from __future__ import annotations

from datetime import datetime

import pytest

from walkdesk.domain.token_day import TokenPlace, TokenReminder, TokenStep, token_day


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2018-08-{text}:00+09:00")


def steps(*told: str) -> list[TokenStep]:
    return [TokenStep(step, at(when), "S-0142") for step, when in (one.split("@") for one in told)]


@pytest.mark.parametrize(
    ("told", "now", "place", "reminder"),
    [
        ((), "09T08:55", TokenPlace.SAFE, TokenReminder.NONE),
        (("out@09T08:50",), "09T08:55", TokenPlace.OUT, TokenReminder.NONE),
        (("out@09T08:50", "read@09T08:56"), "09T16:59", TokenPlace.READER, TokenReminder.NONE),
        (("out@09T08:50", "read@09T08:56"), "09T17:00", TokenPlace.READER, TokenReminder.EVENING),
        (("out@09T08:50", "read@09T08:56", "back@09T17:20"), "09T17:30", TokenPlace.SAFE, TokenReminder.NONE),
        (("out@08T08:50", "read@08T08:56"), "09T08:50", TokenPlace.READER, TokenReminder.NOT_BACK),
        (("out@08T08:50", "back@08T17:01", "read@09T08:50"), "09T08:51", TokenPlace.READER, TokenReminder.NOT_TAKEN),
        (("out@08T08:50", "read@09T08:50"), "09T17:51", TokenPlace.READER, TokenReminder.NOT_BACK),
    ],
)
def test_the_day(told: tuple[str, ...], now: str, place: TokenPlace, reminder: TokenReminder) -> None:
    day = token_day(steps(*told), at(now))
    assert (day.place, day.reminder) == (place, reminder)


def test_it_is_known_since_when_and_by_whom_the_token_is_where_it_is() -> None:
    day = token_day(steps("out@09T08:50", "read@09T08:56", "read@09T12:56"), at("09T13:00"))
    assert (day.since, day.by) == (at("09T08:56"), "S-0142")
