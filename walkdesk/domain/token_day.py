"""The token's working day: out of the safe in the morning, in the reader all day, back in the safe in the evening."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

EVENING = time(17)
"""From here on the program asks whether the token is back in the safe."""


class TokenPlace(StrEnum):
    """Where a contract's token is, by what was told and by what the program saw itself."""

    SAFE = "safe"
    OUT = "out"
    READER = "reader"
    NONE = "none"
    """The contract has no token."""


class TokenReminder(StrEnum):
    """What about the token waits."""

    NONE = ""
    NOT_BACK = "token_not_back"
    """It was out on an earlier day, and nobody told that it went back."""
    NOT_TAKEN = "token_not_taken"
    """It was in the reader, though nobody told that it left the safe."""
    EVENING = "token_evening"
    """It is out, and the day ends."""


@dataclass(frozen=True, slots=True)
class TokenDay:
    """Where the token is, since when and by whom, and what waits."""

    place: TokenPlace = TokenPlace.NONE
    since: datetime | None = None
    by: str = ""
    reminder: TokenReminder = TokenReminder.NONE


@dataclass(frozen=True, slots=True)
class TokenStep:
    """One step of the token, from the ledger: ``out``, ``read`` or ``back``."""

    step: str
    at: datetime
    by: str


def token_day(steps: Iterable[TokenStep], now: datetime) -> TokenDay:
    """Where a token is after its steps, in the order of the ledger. A token that never moved lies in the safe."""
    place, since, by = TokenPlace.SAFE, None, ""
    out: datetime | None = None
    for one in steps:
        if one.step == "out":
            out = one.at
        elif one.step == "back":
            out = None
        came = {"out": TokenPlace.OUT, "read": TokenPlace.READER, "back": TokenPlace.SAFE}[one.step]
        if came is not place:
            place, since, by = came, one.at, one.by
    return TokenDay(place, since, by, _reminder(place, out, now))


def _reminder(place: TokenPlace, out: datetime | None, now: datetime) -> TokenReminder:
    if place is TokenPlace.SAFE:
        return TokenReminder.NONE
    if out is None:
        return TokenReminder.NOT_TAKEN
    if out.date() < now.date():
        return TokenReminder.NOT_BACK
    return TokenReminder.EVENING if now.time() >= EVENING else TokenReminder.NONE
