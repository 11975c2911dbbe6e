"""Months of steps in the vault: one packed row a person, month and keying; every desk reads and writes them here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from walkdesk.domain.dates import Month
from walkdesk.domain.participants import Channel, Origin
from walkdesk.domain.steps import Day, MonthSummary, median, pack, summary, unpack
from walkdesk.services.session import Work
from walkdesk.storage.engine import bare

FIRST_KEYING = 1
"""The keying that counts; the second, blind one (照合) is held against it."""
# Bare SQL here: these run between two keystrokes, and building a statement costs more than running it.
_UPDATE = (
    "UPDATE step_months SET days = ?, total = ?, counted_days = ? WHERE month = ? AND participant_id = ? AND keying = ?"
)
_INSERT = (
    "INSERT INTO step_months (days, total, counted_days, month, participant_id, keying, origin)"
    f" VALUES (?, ?, ?, ?, ?, ?, '{Origin.COLLECTED.value}')"
)


def key_of(month: Month) -> int:
    """A month as its column: year * 100 + month."""
    return month.year * 100 + month.month


def month_of(key: int) -> Month:
    """The month of a column's value."""
    return Month(key // 100, key % 100)


def months_between(start: date, end: date) -> tuple[Month, ...]:
    """Every month that has a day from ``start`` to ``end``; none when the end lies before the start."""
    last = key_of(Month.of(end))
    found: list[Month] = []
    month = Month.of(start)
    while key_of(month) <= last and start <= end:
        found.append(month)
        month = month.next
    return tuple(found)


def days_of(work: Work, participant_id: int, month: Month) -> tuple[Day, ...] | None:
    """The month's days, or ``None`` while nothing of it is keyed."""
    rows = bare(
        work.vault_connection,
        "SELECT days FROM step_months WHERE month = ? AND participant_id = ? AND keying = ?",
        (key_of(month), participant_id, FIRST_KEYING),
    )
    return unpack(rows[0][0], month.days) if rows else None


def blank_month(month: Month, channel: Channel) -> tuple[Day, ...]:
    """A month of which nothing is keyed."""
    return (Day(channel=channel),) * month.days


def put_days(work: Work, participant_id: int, month: Month, days: Sequence[Day], known: bool) -> MonthSummary:
    """Writes the month with its sums, and returns them; ``known`` says whether it has a row already."""
    sums = summary(days)
    row = (pack(days), sums.total, sums.counted_days, key_of(month), participant_id, FIRST_KEYING)
    bare(work.vault_connection, _UPDATE if known else _INSERT, row)
    return sums


def put_months(
    work: Work, month: Month, months: Iterable[tuple[int, Sequence[Day]]], known: frozenset[int], batch: int
) -> None:
    """Writes one month of many people in bulk; ``known`` are the people who have a row of it."""
    new: list[tuple[object, ...]] = []
    changed: list[tuple[object, ...]] = []
    for participant_id, days in months:
        sums = summary(days)
        row = (pack(days), sums.total, sums.counted_days, batch, key_of(month), participant_id, FIRST_KEYING)
        (changed if participant_id in known else new).append(row)
    connection = work.vault_connection
    if new:
        connection.exec_driver_sql(
            "INSERT INTO step_months (days, total, counted_days, batch, month, participant_id, keying, origin)"
            f" VALUES (?, ?, ?, ?, ?, ?, ?, '{Origin.COLLECTED.value}')",
            new,
        )
    if changed:
        connection.exec_driver_sql(
            "UPDATE step_months SET days = ?, total = ?, counted_days = ?, batch = ?"
            " WHERE month = ? AND participant_id = ? AND keying = ?",
            changed,
        )


def usual_steps(
    work: Work, participant_id: int, month: Month, days: Sequence[Day], but: int | None = None
) -> int | None:
    """The person's usual day: the median of the other months and of this one without the day ``but``.

    ``None`` while too few days are known.
    """
    before = _before(month)
    rows = work.vault_connection.exec_driver_sql(
        f"SELECT month, days FROM step_months WHERE month IN ({', '.join('?' * len(before))})"
        " AND participant_id = ? AND keying = ?",
        (*before, participant_id, FIRST_KEYING),
    )
    known = [day for number, day in enumerate(days, start=1) if number != but]
    for key, packed in rows:
        known += unpack(packed, month_of(key).days)
    return median(known)


def _before(month: Month) -> list[int]:
    """The months before, as far as a contract reaches: a fiscal year."""
    found = []
    for _ in range(11):
        month = month.previous
        found.append(key_of(month))
    return found
