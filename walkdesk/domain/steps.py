"""A month of steps: its days, its packed form, its sums, and what is worth a second look.

A month of one person is one row in the vault, as a card is one sheet of paper. Its days lie side by side as
31 words of 32 bits, little-endian: bits 0 to 19 the steps, 20 to 23 the state, 24 and 25 the channel, 26
whether the value was edited, 27 to 31 zero. A word of zeros is a day that nobody keyed yet, so that an
empty month is 124 zero bytes.
"""

from __future__ import annotations

import statistics
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from walkdesk.domain.participants import Channel
from walkdesk.domain.problem import Problem

LIMIT = 99_999
"""The most steps of one day: the five boxes of the card."""

DAYS = 31
PACKED_SIZE = DAYS * 4


class DayState(Enum):
    """What is known of a day: not keyed, left blank on the card, unreadable, keyed, confirmed (looked at
    again).
    """

    NOT_KEYED = "not-keyed"
    BLANK = "blank"
    UNREADABLE = "unreadable"
    KEYED = "keyed"
    CONFIRMED = "confirmed"

    @property
    def has_steps(self) -> bool:
        """Whether a day in this state has a number of steps."""
        return self in (DayState.KEYED, DayState.CONFIRMED)


# The numbers in the packed form. They are in every vault: append, never reorder.
_STATES = (DayState.NOT_KEYED, DayState.BLANK, DayState.UNREADABLE, DayState.KEYED, DayState.CONFIRMED)
_CHANNELS = (Channel.CARD, Channel.APP, Channel.PEDOMETER)
_STATE_BITS = {state: number << 20 for number, state in enumerate(_STATES)}
_CHANNEL_BITS = {channel: number << 24 for number, channel in enumerate(_CHANNELS)}
_EDITED_BIT = 1 << 26
_STEPS_MASK = (1 << 20) - 1
_WORDS = struct.Struct(f"<{DAYS}I")


@dataclass(frozen=True, slots=True)
class Day:
    """歩数記録 of one day. ``steps`` is a number exactly when the state is keyed or confirmed."""

    steps: int | None = None
    state: DayState = DayState.NOT_KEYED
    channel: Channel = Channel.CARD
    edited: bool = False

    def __post_init__(self) -> None:
        if (self.steps is not None) is not self.state.has_steps:
            raise Problem("cards.state_without_steps", state=self.state.value)
        if self.steps is not None and self.steps < 0:
            raise Problem("cards.negative", steps=self.steps)
        if self.steps is not None and self.steps > LIMIT:
            raise Problem("cards.over_limit", steps=self.steps, limit=LIMIT)


@dataclass(frozen=True, slots=True)
class MonthSummary:
    """The sums that stand beside a packed month. ``mean`` is of the counted days, rounded to whole steps,
    or 0.
    """

    total: int
    counted_days: int
    mean: int
    blank: int
    unreadable: int
    not_keyed: int


class Slip(Enum):
    """How a number was probably mistyped: two digits swapped, a zero too many or too few, one digit wrong."""

    SWAPPED = "swapped"
    TEN_FOLD = "ten-fold"
    ONE_DIGIT = "one-digit"


@dataclass(frozen=True, slots=True)
class Suspect:
    """A day (1 to 31) whose steps, read as ``perhaps``, would make the month agree with the total on the
    card.
    """

    day: int
    keyed: int
    perhaps: int
    slip: Slip


def pack(days: Sequence[Day]) -> bytes:
    """The packed month, always 124 bytes; days after the last one given are not keyed."""
    if len(days) > DAYS:
        raise Problem("cards.too_many_days", days=len(days))
    words = [
        (day.steps or 0)
        | _STATE_BITS[day.state]
        | _CHANNEL_BITS[day.channel]
        | (_EDITED_BIT if day.edited else 0)
        for day in days
    ]
    return _WORDS.pack(*words, *(0 for _ in range(DAYS - len(days))))


def unpack(packed: bytes, days: int = DAYS) -> tuple[Day, ...]:
    """The first ``days`` days of a packed month. ``Problem("cards.damaged_month")`` when the bytes are no
    month.
    """
    if len(packed) != PACKED_SIZE:
        raise Problem("cards.damaged_month")
    words = _WORDS.unpack(packed)
    if any(words[days:]):
        raise Problem("cards.damaged_month")
    return tuple(_day(word) for word in words[:days])


def summary(days: Iterable[Day]) -> MonthSummary:
    """The sums of a month."""
    states = dict.fromkeys(DayState, 0)
    total = 0
    for day in days:
        states[day.state] += 1
        total += day.steps or 0
    counted = states[DayState.KEYED] + states[DayState.CONFIRMED]
    return MonthSummary(
        total=total,
        counted_days=counted,
        mean=(2 * total + counted) // (2 * counted) if counted else 0,
        blank=states[DayState.BLANK],
        unreadable=states[DayState.UNREADABLE],
        not_keyed=states[DayState.NOT_KEYED],
    )


def median(days: Iterable[Day], least: int = 3) -> int | None:
    """The median of the days with steps above zero, or ``None`` while fewer than ``least`` are known.

    Days of 0 are left out: a pedometer that lay at home says nothing about how a person walks.
    """
    known = [day.steps for day in days if day.steps]
    return round(statistics.median(known)) if len(known) >= least else None


def unusual(value: int, usual: int | None) -> Problem | None:
    """A warning, returned and never raised, about a value far above the person's ``usual`` one (the median).

    From five times and 10,000 steps on; ``ten_times`` when a tenth would be an ordinary day. Without a
    usual value only what nobody walks (60,000 steps, some 40 km) is asked about. Small values get no
    warning: real cards are full of them. Of 940 real days 3 are asked about.
    """
    if usual is None or usual < 100:
        return Problem("cards.very_many", steps=value) if value >= 60_000 else None
    if value < 10_000 or value < 5 * usual:
        return None
    tenth = value // 10
    if value >= 8 * usual and usual <= 2 * tenth and tenth <= 2 * usual:
        return Problem("cards.ten_times", times=round(value / usual), perhaps=tenth)
    return Problem("cards.times_usual", times=round(value / usual))


def difference(total: int, written: int) -> int:
    """How far the keyed total lies above (or, negative, below) the total written on the card."""
    return total - written


def suspects(days: Sequence[Day], written: int) -> tuple[Suspect, ...]:
    """Days where one slip of the finger explains the whole difference to the written total, likeliest first.

    Within a kind of slip, days that nobody confirmed come first, then those whose other reading is nearer
    to the median of the month.
    """
    missing = written - summary(days).total
    if missing == 0:
        return ()
    usual = median(days) or 0
    found: list[tuple[int, bool, int, Suspect]] = []
    for number, day in enumerate(days, start=1):
        if day.steps is None:
            continue
        slip = _slip(day.steps, day.steps + missing)
        if slip is not None:
            suspect = Suspect(number, day.steps, day.steps + missing, slip)
            confirmed = day.state is DayState.CONFIRMED
            found.append((list(Slip).index(slip), confirmed, abs(suspect.perhaps - usual), suspect))
    return tuple(entry[-1] for entry in sorted(found, key=lambda entry: entry[:3]))


def total_warning(days: Sequence[Day], written: int | None, most: int = 3) -> Problem | None:
    """A warning when the keyed days and the total on the card differ, with a day where few are in question.

    ``None`` when they agree or nothing is written.
    """
    if written is None:
        return None
    off = abs(difference(summary(days).total, written))
    if off == 0:
        return None
    likely = suspects(days, written)
    likely = tuple(suspect for suspect in likely if suspect.slip is likely[0].slip)
    # Swapped digits are what hands do; a single wrong digit fits many days, and then says nothing.
    if not likely or len(likely) > (most if likely[0].slip is Slip.SWAPPED else 1):
        return Problem("cards.total_differs", difference=off)
    first = likely[0]
    return Problem(
        "cards.total_differs_day", difference=off, day=first.day, keyed=first.keyed, perhaps=first.perhaps
    )


def _day(word: int) -> Day:
    state, channel = word >> 20 & 0xF, word >> 24 & 0x3
    if word >> 27 or state >= len(_STATES) or channel >= len(_CHANNELS):
        raise Problem("cards.damaged_month")
    steps = word & _STEPS_MASK
    found = _STATES[state]
    if steps > LIMIT or (steps and not found.has_steps):
        raise Problem("cards.damaged_month")
    return Day(steps if found.has_steps else None, found, _CHANNELS[channel], bool(word & _EDITED_BIT))


def _slip(keyed: int, perhaps: int) -> Slip | None:
    if not 0 <= perhaps <= LIMIT:
        return None
    one, other = str(keyed), str(perhaps)
    if len(one) == len(other):
        places = [place for place in range(len(one)) if one[place] != other[place]]
        if len(places) == 1:
            return Slip.ONE_DIGIT
        swapped = len(places) == 2 and places[1] - places[0] == 1
        return (
            Slip.SWAPPED
            if swapped and one[places[0]] == other[places[1]] and one[places[1]] == other[places[0]]
            else None
        )
    return Slip.TEN_FOLD if keyed and perhaps and (keyed == perhaps * 10 or perhaps == keyed * 10) else None
