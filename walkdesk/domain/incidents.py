"""事故: until when the ward and the authority hear of it, and what the written report holds (clause 19).

The days count from the day on which it was noticed, which is the first. Where a last day falls on a holiday the law
waits for the next working day; the counters keep the earlier one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

PRELIMINARY_DAYS = (3, 5)
"""速報: from the third day it is urgent, the fifth is the last."""
FINAL_DAYS = 30
FINAL_DAYS_MALICIOUS = 60
"""確報 where it was done with an unlawful purpose."""
PUBLIC_BODY_PERSONS = 100
"""More than so many persons: the ward must report, as a public body does."""
BUSINESS_PERSONS = 1000
"""More than so many persons: a private business must report."""

NINE_ITEMS = ("summary", "items", "persons", "cause", "secondary", "response", "publication", "prevention", "other")
"""What the report says, in the order of the law's rules: outline, items, persons, cause, secondary damage, the persons
concerned, publication, prevention, other."""


class Step(StrEnum):
    """What the ward gets."""

    NOTICE = "notice"
    """通知, on the same day."""
    PRELIMINARY = "preliminary"
    """速報."""
    FINAL = "final"
    """確報, the written report."""


class Urgency(StrEnum):
    """How urgent a step is."""

    DONE = "done"
    WAITING = "waiting"
    SOON = "soon"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Counter:
    """One step with its last day; ``day`` counts from the day of notice, which is 1."""

    step: Step
    day: int
    limit: int
    last: date
    done_on: date | None
    urgency: Urgency


def counters(values: Mapping[str, str], today: date) -> tuple[Counter, ...]:
    """The three steps of an incident as they stand today."""
    noticed = date.fromisoformat(values["noticed_on"])
    day = (today - noticed).days + 1
    final = FINAL_DAYS_MALICIOUS if values.get("malicious") == "yes" else FINAL_DAYS
    rows = (
        (Step.NOTICE, "notice_on", 1, 1),
        (Step.PRELIMINARY, "preliminary_on", *PRELIMINARY_DAYS),
        (Step.FINAL, "final_on", final - 7, final),
    )
    return tuple(_counter(step, values.get(field, ""), day, soon, limit, noticed) for step, field, soon, limit in rows)


def _counter(step: Step, done: str, day: int, soon: int, limit: int, noticed: date) -> Counter:
    urgency = Urgency.WAITING
    if done:
        urgency = Urgency.DONE
    elif day > limit:
        urgency = Urgency.OVERDUE
    elif day >= soon:
        urgency = Urgency.SOON
    last = noticed + timedelta(days=limit - 1)
    return Counter(step, day, limit, last, date.fromisoformat(done) if done else None, urgency)


def next_step(values: Mapping[str, str], today: date) -> Counter | None:
    """The first step that is not done; ``None`` when the ward has the written report."""
    return next((one for one in counters(values, today) if one.urgency is not Urgency.DONE), None)


def duties(values: Mapping[str, str]) -> tuple[str, ...]:
    """Why this has to be reported to the authority: for one person ``sensitive``, ``property`` or ``malicious``, else
    ``over_100`` (the ward) and ``over_1000`` (the contractor itself).
    """
    found = []
    if values.get("harm") in ("sensitive", "property"):
        found.append(values["harm"])
    # As long as nobody knows, it is treated as if it were.
    if values.get("malicious") in ("yes", "unknown"):
        found.append("malicious")
    persons = int(values.get("persons") or 0)
    if persons > PUBLIC_BODY_PERSONS:
        found.append("over_100")
    if persons > BUSINESS_PERSONS:
        found.append("over_1000")
    return tuple(found)


def missing_items(values: Mapping[str, str]) -> tuple[str, ...]:
    """The items of the written report that are still empty."""
    return tuple(item for item in NINE_ITEMS if not values.get(item))
