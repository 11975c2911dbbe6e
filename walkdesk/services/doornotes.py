"""What the door notices of the office's files before the ledger can be written: a line in the door log each."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from walkdesk.domain.problem import Problem
from walkdesk.ledger.doorlog import DoorLog
from walkdesk.ledger.entry import NOBODY
from walkdesk.services.lockout import ENOUGH

NOTICED: Final[Mapping[str, str]] = {
    "storage.newer": "newer_version_refused",
    "door.no_slot": "slot_damaged",
    "storage.slot_damaged": "slot_damaged",
    "storage.slot_forged": "slot_damaged",
    "storage.slots_damaged": "slot_damaged",
    "storage.slots_missing": "slot_damaged",
    "storage.account_forged": "office_damaged",
    "storage.accounts_old": "office_damaged",
    "storage.database_damaged": "office_damaged",
    "storage.ledger_broken": "office_damaged",
    "storage.office_damaged": "office_damaged",
}
"""By the problem's code the event at the door."""


def note(log: DoorLog, at: datetime, problem: Problem) -> None:
    """Writes what was noticed, where it is worth a line. What the person hears is the problem, whatever the disk says.

    A log that is missing or that this version does not read is not touched here: it is for the lock-out to notice, or
    a newer version's own.
    """
    event = NOTICED.get(problem.code)
    if event is None or log.size() >= ENOUGH:
        return
    with contextlib.suppress(Problem):
        reading = log.read()
        if not reading.missing and not reading.news():
            log.append(at, event, NOBODY, problem.code.rpartition(".")[2])
