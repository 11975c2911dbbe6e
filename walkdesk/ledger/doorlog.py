"""The door log: what happens before anybody is signed in, as a hash-chained file that the next sign-in
takes over.

Nobody is signed in, so no key can sign: whoever can write the file could write all of it anew. What the
ledger has taken is safe; of what lies between two sign-ins the chain shows accidents and clumsy edits, and
a removed file shows because its first line must carry the head that the ledger took last. That line also carries
the rows of refusals that still stand (``ledger.standing``): a sign-in begins a new file, but ends its own row only.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from walkdesk.domain.problem import Problem
from walkdesk.ledger.canonical import canonical, parse_canonical
from walkdesk.ledger.entry import GENESIS, NOBODY, parse_time, time_text
from walkdesk.ledger.standing import RECORD_LOST, Standing, is_count, read_standing

DOOR_EVENTS: Final = frozenset(
    {
        "sign_in_refused",
        "account_locked",
        "token_missing",
        "slot_damaged",
        "vault_behind_seal",
        "office_damaged",
        "second_program_refused",
        "room_ended_unexpectedly",
        "clock_stepped_back",
        "newer_version_refused",
        "recovery_sheet_tried",
        "password_reset_refused",
        "refusals_ended",
    }
)
"""The closed list of what can happen at the door."""

_KIND = "walkdesk.door.2"
_OLD_KIND = "walkdesk.door.1"
_HEADER = "walkdesk.doorlog.2"
_OLD_HEADER = "walkdesk.doorlog.1"
_CODE = re.compile(r"-|[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_LONGEST_LINE = 256 * 1024
"""A line that carries what stands has some 60 bytes for each account."""
_LONGEST_FILE = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class DoorEntry:
    """One event at the door: codes only. ``account`` is the code of an account that exists, or ``-``.

    ``uptime`` is how many seconds the PC had run (0: not known). ``standing`` is there where the line says that the
    record was lost: what stands from then on.
    """

    sequence: int
    at: datetime
    event: str
    account: str
    reason: str
    digest: bytes
    uptime: int = 0
    standing: Standing | None = None

    def upon(self, before: Standing) -> Standing:
        """What stands after this event."""
        base = before if self.standing is None else self.standing
        return base.after(self.event, self.account, self.reason, self.at, self.uptime)


@dataclass(frozen=True, slots=True)
class DoorFault:
    """A line (from 1) that is not what was written: ``header``, ``line``, ``link``, ``replaced`` or
    ``too_large``.
    """

    line: int
    kind: str


@dataclass(frozen=True, slots=True)
class DoorReading:
    """What the file holds: its entries, the head after them, the head it started from, and what is wrong
    with it; and what stood at its start and stands at its end.

    ``missing`` says that there is no file, or not even its first line. ``noticed`` is the last line that speaks of
    a lost record: faults before it are known. ``unterminated`` says that the last line was cut in the middle, as a
    loss of power leaves it; that is repaired by the next write and is no fault.
    """

    entries: tuple[DoorEntry, ...]
    start: bytes
    head: bytes
    next_sequence: int
    faults: tuple[DoorFault, ...]
    unterminated: bool
    begun_with: Standing = field(default_factory=Standing)
    standing: Standing = field(default_factory=Standing)
    noticed: int = 0
    missing: bool = False

    def news(self) -> tuple[DoorFault, ...]:
        """The faults that no line of the log speaks of yet."""
        return tuple(fault for fault in self.faults if fault.line > self.noticed or fault.kind == "too_large")

    def stood(self, head: bytes) -> Standing | None:
        """What stood when the log ended with this head; ``None`` where it never did."""
        standing = self.begun_with
        if self.start == head:
            return standing
        for entry in self.entries:
            standing = entry.upon(standing)
            if entry.digest == head:
                return standing
        return None

    def after(self, taken: bytes | None) -> DoorReading:
        """The reading without what the ledger has already taken up to this head (``None``: nothing yet).

        A file that neither starts at that head nor contains it was replaced: fault ``replaced``.
        """
        known = GENESIS if taken is None else taken
        if self.start == known:
            return self
        for place, entry in enumerate(self.entries):
            if entry.digest == known:
                return replace(self, entries=self.entries[place + 1 :], start=known)
        return replace(self, faults=(DoorFault(1, "replaced"), *self.faults))


class DoorLog:
    """The file ``door.log`` of one office. One program at a time writes it (the office's lock file sees to
    that).
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: tuple[int, bytes, int] | None = None  # size of the file, head and next sequence at that size
        self._before: tuple[int, bytes, int] | None = None

    def begin(self, standing: Standing = Standing()) -> None:  # noqa: B008 - a frozen value
        """Begin the log anew, in one step; whatever lay there is gone."""
        self._replace(_header(GENESIS, 1, standing))

    def append(
        self,
        at: datetime,
        event: str,
        account: str = NOBODY,
        reason: str = NOBODY,
        *,
        uptime: int = 0,
        standing: Standing | None = None,
    ) -> None:
        """Write one event to the disk before returning; an unterminated last line is cut off first.

        An event that is not in ``DOOR_EVENTS`` or a value that is no code raises ``ValueError``; a disk
        that does not take it, ``ledger.door_unwritable``. A damaged file never stops the door: the new line
        goes on from the last line as it stands, and reading reports the damage.
        """
        if event not in DOOR_EVENTS or not _CODE.fullmatch(account) or not _CODE.fullmatch(reason):
            raise ValueError("the door log holds events of its list and codes only")
        if (standing is not None) != reason.startswith(RECORD_LOST):
            raise ValueError("what stands is said where the record was lost, and only there")
        try:
            self._write(Line(at.replace(microsecond=0), event, account, reason, uptime, standing))
        except OSError:
            self._known = None
            raise Problem("ledger.door_unwritable") from None

    def withdraw(self) -> None:
        """Take back the line that this object wrote last, which is still the last one."""
        if self._before is None or self._known is None:
            raise ValueError("nothing was written that could be taken back")
        try:
            handle = os.open(self._path, os.O_RDWR | getattr(os, "O_BINARY", 0))
            try:
                os.ftruncate(handle, self._before[0])
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError:
            self._known = None
            raise Problem("ledger.door_unwritable") from None
        self._known, self._before = self._before, None

    def read(self) -> DoorReading:
        """Read and check the whole file. A missing one is empty; one that cannot be read is a problem."""
        try:
            data = self._data()
        except OSError:
            raise Problem("ledger.door_unreadable") from None
        return read_door(data)

    def size(self) -> int:
        """Its length in bytes."""
        try:
            return self._path.stat().st_size
        except OSError:
            return 0

    def take(self, commit: Callable[[DoorReading], None], taken: bytes | None) -> DoorReading:
        """Hand over everything since ``taken`` (the head of the last ledger entry ``door_events_taken``).

        ``commit`` writes the ledger entry, if there is anything to write; only after it returned does a new
        file begin, whose first line carries the head. A crash between the two is healed by ``taken`` the
        next time.
        """
        whole = self.read()
        reading = whole.after(taken)
        if reading.entries or reading.faults:
            commit(reading)
        if whole.head != whole.start or reading.faults or whole.unterminated:
            self._rotate(reading)
        return reading

    def _write(self, line: Line) -> None:
        size = self._path.stat().st_size if self._path.exists() else 0
        if size > _LONGEST_FILE:  # nobody gets here by typing passwords; reading reports ``too_large``
            return
        if self._known is None or self._known[0] != size or size == 0:
            data = self._data()
            reading = read_door(data)
            whole = data.rfind(b"\n") + 1
            start = b"" if whole else _header(GENESIS, 1, Standing())
            head, sequence = reading.head, reading.next_sequence
        else:
            whole, head, sequence = self._known
            start = b""
        text = canonical(line.record(sequence, head))
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        try:
            os.ftruncate(handle, whole)
            os.lseek(handle, whole, os.SEEK_SET)
            _write_all(handle, start + text + b"\n")
            os.fsync(handle)
        finally:
            os.close(handle)
        if start:
            _sync_folder(self._path.parent)
        self._before = (whole + len(start), head, sequence)
        self._known = (whole + len(start) + len(text) + 1, hashlib.sha256(text).digest(), sequence + 1)

    def _rotate(self, reading: DoorReading) -> None:
        self._replace(_header(reading.head, reading.next_sequence, reading.standing))

    def _replace(self, header: bytes) -> None:
        fresh = self._path.with_name(self._path.name + ".new")
        try:
            handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
            try:
                _write_all(handle, header)
                os.fsync(handle)
            finally:
                os.close(handle)
            fresh.replace(self._path)
            _sync_folder(self._path.parent)
        except OSError:
            raise Problem("ledger.door_unwritable") from None
        finally:
            self._known = self._before = None

    def _data(self) -> bytes:
        try:
            with self._path.open("rb") as stream:
                return stream.read(_LONGEST_FILE + 1)
        except FileNotFoundError:
            return b""


def read_door(data: bytes) -> DoorReading:
    """Read and check the bytes of a door log. It never refuses: whatever is wrong is among the faults."""
    faults: list[DoorFault] = []
    if len(data) > _LONGEST_FILE:
        data = data[:_LONGEST_FILE]
        faults.append(DoorFault(0, "too_large"))
    lines = data.split(b"\n")
    unterminated = bool(lines.pop())
    if not lines:
        return DoorReading((), GENESIS, GENESIS, 1, tuple(faults), unterminated, missing=True)
    start, sequence, begun_with = _read_header(lines[0], faults)
    head, standing, noticed = start, begun_with, 0
    entries: list[DoorEntry] = []
    for number, line in enumerate(lines[1:], 2):
        entry, previous = _read_line(line)
        if entry is None:
            faults.append(DoorFault(number, "line"))
        else:
            if previous != head or entry.sequence != sequence:
                faults.append(DoorFault(number, "link"))
            entries.append(entry)
            standing = entry.upon(standing)
            if entry.standing is not None:
                noticed = number
        head, sequence = hashlib.sha256(line).digest(), sequence + 1
    return DoorReading(
        tuple(entries), start, head, sequence, tuple(faults), unterminated, begun_with, standing, noticed
    )


def _read_header(line: bytes, faults: list[DoorFault]) -> tuple[bytes, int, Standing]:
    try:
        record = parse_canonical(line, _LONGEST_LINE)
        head, sequence = bytes.fromhex(record["head"]), record["next"]
        if record["kind"] == _OLD_HEADER:
            standing = Standing()
            same = canonical({"kind": _OLD_HEADER, "head": head.hex(), "next": sequence}) == line
        else:
            standing = read_standing(record["standing"])
            same = _header(head, sequence, standing) == line + b"\n"
        if same and len(head) == 32 and is_count(sequence) and sequence >= 1:
            return head, sequence, standing
    except (Problem, AttributeError, KeyError, TypeError, ValueError):
        pass
    faults.append(DoorFault(1, "header"))
    return GENESIS, 1, Standing()


def _read_line(line: bytes) -> tuple[DoorEntry | None, bytes]:
    try:
        record = parse_canonical(line, _LONGEST_LINE)
        previous, sequence = bytes.fromhex(record["previous"]), record["sequence"]
        event, account, reason = record["event"], record["account"], record["reason"]
        old = record["kind"] == _OLD_KIND
        uptime = 0 if old else record["uptime"]
        standing = read_standing(record["standing"]) if "standing" in record else None
        read = Line(parse_time(record["at"]), event, account, reason, uptime, standing)
        strict = canonical(read.record(sequence, previous, old=old)) == line and is_count(uptime)
        codes = _CODE.fullmatch(account) and _CODE.fullmatch(reason) and event in DOOR_EVENTS
        if strict and codes and type(sequence) is int and len(previous) == 32:
            digest = hashlib.sha256(line).digest()
            return DoorEntry(sequence, read.at, event, account, reason, digest, uptime, standing), previous
    except (Problem, AttributeError, KeyError, TypeError, ValueError):
        pass
    return None, b""


def _header(head: bytes, sequence: int, standing: Standing) -> bytes:
    return canonical({"kind": _HEADER, "head": head.hex(), "next": sequence, "standing": standing.data()}) + b"\n"


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says, without its place in the chain."""

    at: datetime
    event: str
    account: str
    reason: str
    uptime: int
    standing: Standing | None

    def record(self, sequence: int, previous: bytes, *, old: bool = False) -> dict[str, Any]:
        """The line at its place, in this version's form or in the ``old`` one."""
        record: dict[str, Any] = {
            "kind": _OLD_KIND if old else _KIND,
            "sequence": sequence,
            "at": time_text(self.at),
            "event": self.event,
            "account": self.account,
            "reason": self.reason,
            "previous": previous.hex(),
        }
        if not old:
            record["uptime"] = self.uptime
        if self.standing is not None:
            record["standing"] = self.standing.data()
        return record


def _write_all(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows has no handle of a folder to sync; the journal of NTFS orders the rename
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
