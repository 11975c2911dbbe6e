"""The time, injected: the PC's clock, or the visible date of a practice office."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Protocol

JAPAN = timezone(timedelta(hours=9), "JST")
"""The offices are in Tokyo; Japan has no summer time."""


class Clock(Protocol):
    """What the services know of the time."""

    def now(self) -> datetime:
        """The time in Japan, to the second."""


class PcClock:
    """The PC's clock."""

    def now(self) -> datetime:
        """The time in Japan, to the second."""
        return datetime.now(JAPAN).replace(microsecond=0)


def uptime() -> int:
    """Whole seconds since this PC was started, sleep included where the system counts it; no hand can turn it."""
    sleeping = getattr(time, "CLOCK_BOOTTIME", None)
    return int(time.monotonic() if sleeping is None else time.clock_gettime(sleeping))


@dataclass(slots=True)
class PracticeClock:
    """The date of a practice office with the PC's time of day."""

    today: date

    def now(self) -> datetime:
        """The practice date at the PC's time of day."""
        return datetime.combine(self.today, PcClock().now().timetz())
