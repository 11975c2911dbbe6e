"""The lock-out at the door: wrong passwords in a row close it for one account, longer each time.

What stands is written twice, into the door log and beside the accounts. Where the log is missing, damaged or does not
hold what the other account knows, somebody may have removed the record to guess on: the harder of both stands,
everybody waits once, and the line that says so goes to the ledger with the next sign-in.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from walkdesk.domain.problem import Problem
from walkdesk.ledger.doorlog import DoorLog, DoorReading
from walkdesk.ledger.entry import GENESIS, NOBODY
from walkdesk.ledger.standing import RECORD_LOST, Row, Standing, Witness, read_witness
from walkdesk.storage.accounts import AccountsFile

TRIES: Final = 5
"""So many wrong passwords in a row are free."""
FIRST_WAIT: Final = timedelta(minutes=5)
LONGEST_WAIT: Final = timedelta(minutes=60)
LOST_WAIT: Final = timedelta(minutes=5)
"""What everybody waits where the record was removed."""
_TOLERANCE = timedelta(minutes=1)
"""A clock that is set by a time server may go back so far without anybody having turned it."""
ENOUGH: Final = 256 * 1024
"""Bytes of a door log after which what needs no account to happen is no longer written: it must not fill the log."""
_MOST_STRANGERS = 10_000


def wait_of(count: int) -> timedelta:
    """How long the door stays closed after so many wrong passwords in a row."""
    if count < TRIES:
        return timedelta(0)
    return min(FIRST_WAIT * (1 << min(count - TRIES, 10)), LONGEST_WAIT)


def left(row: Row, wait: timedelta, now: datetime, uptime: int) -> timedelta:
    """What is left of a wait that began with ``row``; zero or less when it is over.

    The clock and the PC's own running time must both have passed: a clock turned forward shortens nothing. After a
    restart, which begins the running time anew, the clock counts again, but never within the first five minutes.
    """
    if wait <= timedelta(0):
        return timedelta(0)
    by_clock = row.at + wait - now
    if row.uptime == 0:
        return by_clock
    if uptime >= row.uptime:
        return max(by_clock, wait - timedelta(seconds=uptime - row.uptime))
    return max(by_clock, min(wait, FIRST_WAIT) - timedelta(seconds=uptime))


class Lockout:
    """The door's record for one attempt to come in. Whoever makes it holds the office's lock."""

    def __init__(self, log: DoorLog, accounts: AccountsFile, now: datetime, uptime: int) -> None:
        self._log = log
        self._accounts = accounts
        self._now = now
        self._uptime = max(uptime, 1)
        self.standing = Standing()

    def admit(self, number: str) -> None:
        """Lets an account try its password, or says how long it waits.

        ``Problem("door.record_lost")`` for everybody while a removed record is waited out, ``door.locked_out`` for the
        account; ``ledger.door_unreadable`` or ``ledger.door_unwritable`` where the record can be neither read nor kept.
        """
        reading = self._log.read()
        reason = lost_record(reading, self._accounts.door_said())
        if reason is not None:
            self._notice(reading, reason)
        elif reading.missing:
            self._log.begin()
        self.standing = self._settled()
        if self.standing.lost is not None:
            self._wait("door.record_lost", self.standing.lost, LOST_WAIT)
        row = self.standing.rows.get(number)
        if row is not None:
            self._wait("door.locked_out", row, wait_of(row.count))

    def begin_try(self, number: str) -> None:
        """Counts a try before the password is tried: neither a full disk nor a killed program makes it free."""
        self._write("sign_in_refused", number, "wrong_password")

    def wrong(self, number: str) -> None:
        """The try was wrong: what was counted stays, in both places."""
        count = self._log.read().standing.rows[number].count
        if count >= TRIES:
            self._write("account_locked", number, f"minutes_{wait_of(count) // timedelta(minutes=1)}")
        self.keep()

    def right(self) -> None:
        """The try was right: it was no refusal."""
        self._log.withdraw()

    def came_in(self, number: str) -> None:
        """The account is in: its own row ends, nobody else's."""
        if number in self.standing.rows or self.standing.lost is not None:
            self._write("refusals_ended", number)
            self.keep()

    def stranger(self, strangers: dict[str, Row], number: str) -> None:
        """Counts a number that nobody has, as an account is counted, but in memory: it may be a name or a password."""
        count = strangers[number].count if number in strangers else 0
        if len(strangers) >= _MOST_STRANGERS:
            strangers.clear()
        strangers[number] = Row(count + 1, self._now, self._uptime)
        if self._log.size() < ENOUGH:
            self._write("sign_in_refused", NOBODY, "unknown_account")

    def admit_stranger(self, strangers: dict[str, Row], number: str) -> None:
        """What ``admit`` says to an account with the same row, to a number that nobody has."""
        row = strangers.get(number)
        if row is not None:
            self._wait("door.locked_out", row, wait_of(row.count))

    def keep(self) -> None:
        """Says the same again beside the accounts."""
        keep_door(self._log, self._accounts)

    def _settled(self) -> Standing:
        """What stands, after a clock that was turned back was written down."""
        reading = self._log.read()
        times = [entry.at for entry in reading.entries[-1:]]
        latest = max([*times, reading.standing.latest() or self._now, self._now])
        if self._now < latest - _TOLERANCE:
            self._write("clock_stepped_back", NOBODY, "before_last_line")
            reading = self._log.read()
        said = Witness(reading.head, reading.standing).text()
        if said != self._accounts.door_said():
            self._accounts.keep_door(said)
        return reading.standing

    def _notice(self, reading: DoorReading, reason: str) -> None:
        """Writes that the record was lost, with all that either account still knows."""
        known = witness_of(self._accounts.door_said())
        standing = reading.standing if known is None else reading.standing.joined(known.standing)
        if reading.missing or any(fault.kind == "too_large" for fault in reading.faults):
            self._log.begin()
        self._log.append(
            self._now, "office_damaged", NOBODY, RECORD_LOST + reason, uptime=self._uptime, standing=standing
        )

    def _write(self, event: str, account: str, reason: str = NOBODY) -> None:
        self._log.append(self._now, event, account, reason, uptime=self._uptime)

    def _wait(self, code: str, row: Row, wait: timedelta) -> None:
        remaining = left(row, wait, self._now, self._uptime)
        if remaining > timedelta(0):
            raise Problem(code, minutes=-(-remaining // timedelta(minutes=1)))


def keep_door(log: DoorLog, accounts: AccountsFile) -> None:
    """Keeps the log's head and what stands a second time, in the accounts file."""
    reading = log.read()
    accounts.keep_door(Witness(reading.head, reading.standing).text())


def begin_door(log: DoorLog, accounts: AccountsFile) -> None:
    """Begins a new office's record: from now on it is there, and its absence means something."""
    log.begin()
    accounts.keep_door(Witness(GENESIS, Standing()).text())


def witness_of(said: str | None) -> Witness | None:
    """The second account; ``None`` where there is none or nobody could have written it so."""
    try:
        return None if said is None else read_witness(said)
    except ValueError:
        return None


def lost_record(reading: DoorReading, said: str | None) -> str | None:
    """Why the door log is not believed: ``missing``, ``broken``, ``behind`` or ``changed``; ``None`` if it is.

    An office that never kept a second account (it comes from a version without) may be without a log. The log may be
    ahead of the second account, never behind it: the power may fail between the two.
    """
    if said is None:
        return "broken" if reading.news() else None
    if reading.missing:
        return "missing"
    if reading.news():
        return "broken"
    witness = witness_of(said)
    if witness is None:
        return "changed"
    stood = reading.stood(witness.head)
    if stood is None:
        return "behind"
    return None if stood == witness.standing else "changed"
