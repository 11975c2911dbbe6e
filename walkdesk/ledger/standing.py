"""What the door still holds against the next guess: wrong passwords in a row per account, and a removed record.

It is carried on from one door log to the next and kept a second time beside the accounts, so that nobody ends a
colleague's row by signing in himself, and nobody ends his own by removing or putting back one of the two files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from walkdesk.domain.problem import Problem
from walkdesk.ledger.canonical import canonical, parse_canonical
from walkdesk.ledger.entry import GENESIS, NOBODY, parse_time, time_text

RECORD_LOST: Final = "door_log_"
"""Begins the reason of an ``office_damaged`` that says that the door's own record was removed or changed."""

_KIND = "walkdesk.doorstate.1"
_MOST = 2**40


@dataclass(frozen=True, slots=True)
class Row:
    """A row of refusals: how many, the last one's time, and the seconds that the PC had then run (0: not known)."""

    count: int
    at: datetime
    uptime: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """The rows that no right sign-in has ended yet, and when the door's record was found to be gone."""

    rows: Mapping[str, Row] = field(default_factory=dict)
    lost: Row | None = None

    def after(self, event: str, account: str, reason: str, at: datetime, uptime: int) -> Standing:
        """What stands after one more event at the door.

        Only a wrong password counts on; only the account's own right sign-in ends its row. After a clock that was
        turned back, what seemed to lie in the future counts from the new time.
        """
        if event == "sign_in_refused" and reason == "wrong_password" and account != NOBODY:
            count = self.rows[account].count if account in self.rows else 0
            return replace(self, rows={**self.rows, account: Row(count + 1, at, uptime)})
        if event == "refusals_ended":
            return Standing({key: row for key, row in self.rows.items() if key != account})
        if event == "office_damaged" and reason.startswith(RECORD_LOST):
            return replace(self, lost=Row(1, at, uptime))
        if event == "clock_stepped_back":
            return Standing(
                {key: _from(row, at, uptime) for key, row in self.rows.items()}, self._lost_from(at, uptime)
            )
        return self

    def joined(self, other: Standing) -> Standing:
        """The harder of two accounts of the same door: neither is believed where it is the milder one."""
        rows = dict(self.rows)
        for account, row in other.rows.items():
            mine = rows.get(account, row)
            rows[account] = max(mine, row, key=lambda one: (one.count, one.at))
        lost = max((one for one in (self.lost, other.lost) if one), key=lambda one: one.at, default=None)
        return Standing(rows, lost)

    def latest(self) -> datetime | None:
        """The latest time that stands in it."""
        times = [row.at for row in self.rows.values()] + ([self.lost.at] if self.lost else [])
        return max(times, default=None)

    def data(self) -> dict[str, Any]:
        """As it is written."""
        rows = {account: _row_data(row) for account, row in self.rows.items()}
        return {"rows": rows} if self.lost is None else {"rows": rows, "lost": _row_data(self.lost)}

    def _lost_from(self, at: datetime, uptime: int) -> Row | None:
        return None if self.lost is None else _from(self.lost, at, uptime)


@dataclass(frozen=True, slots=True)
class Witness:
    """The second account of the door, kept in another file: the log's head, and what stood there."""

    head: bytes = GENESIS
    standing: Standing = field(default_factory=Standing)

    def text(self) -> str:
        """As it is kept."""
        return canonical({"kind": _KIND, "head": self.head.hex(), "standing": self.standing.data()}).decode()


def read_standing(data: Any) -> Standing:
    """What ``data`` wrote; ``ValueError`` for anything else."""
    if not isinstance(data, dict) or not data.keys() <= {"rows", "lost"} or not isinstance(data.get("rows"), dict):
        raise ValueError("not what stands at a door")
    rows = {account: _read_row(row) for account, row in data["rows"].items()}
    return Standing(rows, _read_row(data["lost"]) if "lost" in data else None)


def read_witness(text: str) -> Witness:
    """What ``Witness.text`` wrote; ``ValueError`` for anything else."""
    try:
        data = parse_canonical(text.encode("utf-8", "surrogatepass"))
        if data.keys() != {"kind", "head", "standing"} or data["kind"] != _KIND:
            raise ValueError("another kind")
        head = bytes.fromhex(data["head"])
        if len(head) != len(GENESIS):
            raise ValueError("no head")
        return Witness(head, read_standing(data["standing"]))
    except (Problem, AttributeError, TypeError, KeyError):
        raise ValueError("not a witness of the door") from None


def _from(row: Row, at: datetime, uptime: int) -> Row:
    return replace(row, at=at, uptime=uptime) if row.at > at else row


def _row_data(row: Row) -> list[Any]:
    return [row.count, time_text(row.at), row.uptime]


def _read_row(data: Any) -> Row:
    if not isinstance(data, list) or len(data) != 3:
        raise ValueError("not a row of refusals")
    count, at, uptime = data
    if not is_count(count) or not is_count(uptime) or count < 1 or not isinstance(at, str):
        raise ValueError("not a row of refusals")
    return Row(count, parse_time(at), uptime)


def is_count(value: Any) -> bool:
    """A whole number that can be one."""
    return type(value) is int and 0 <= value < _MOST
