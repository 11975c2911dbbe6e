"""The trail inside the vault: who changed which value from what to what and why, by triggers that nobody can forget.

Each change of each table writes one row in the same transaction, whatever wrote it: ORM, Core or bare SQL. The rows
are chained by HMAC under a key that dies with the vault, over a keyed commitment to the values. Values and commitment
keys lie in a table of their own: an individual erasure blanks them, which is a change of its own in the chain, and the
chain still holds. Nothing else can be done to a row that was written.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import MetaData, Table
from sqlalchemy.engine import Connection

from walkdesk.domain.problem import Problem
from walkdesk.storage.engine import Functions, bare

_WORD = 8
"""Hex digits of one packed day: long values of equal length are compared word by word."""
_HEX = frozenset("0123456789ABCDEF")
START = bytes(32)
"""The link before the first change."""


@dataclass(slots=True)
class TrailContext:
    """Who acts now, when and why; set by the unit of work, read by the triggers. ``key`` is that of the chain."""

    who: str = ""
    at: str = ""
    why: str = ""
    """Which action, and the paper that it followed: codes, which stay."""
    key: bytes = field(default=b"", repr=False)
    reason: str | None = None
    """What a person gave as the reason: free text, which goes with an individual erasure."""


def trail_functions(context: TrailContext) -> Functions:
    """The SQL functions that the triggers call. A connection without them cannot change the vault at all."""

    def mac(previous: bytes | None, *fields: object) -> bytes:
        return link(context.key, previous or START, fields)

    return {
        "trail_who": (0, lambda: context.who),
        "trail_at": (0, lambda: context.at),
        "trail_why": (0, lambda: context.why),
        "trail_reason": (0, lambda: context.reason),
        "trail_before": (2, lambda old, new: _difference(old, new)[0]),
        "trail_after": (2, lambda old, new: _difference(old, new)[1]),
        "trail_commitment": (4, commitment),
        "trail_mac": (9, mac),
    }


def link(key: bytes, previous: bytes, fields: Iterable[object]) -> bytes:
    """The MAC of one change: over the one before, its number, its circumstances and the commitment."""
    mac = hmac.new(key, previous, hashlib.sha256)
    for value in fields:
        raw = value if isinstance(value, bytes) else str(value).encode("utf-8")
        mac.update(len(raw).to_bytes(4, "big") + raw)
    return mac.digest()


def commitment(key: bytes, before: str | None, after: str | None, reason: str | None = None) -> bytes:
    """What a change commits to, without telling it: HMAC of the values and the reason under a key of its own."""
    told = [before, after] if reason is None else [before, after, reason]
    values = json.dumps(told, ensure_ascii=False).encode("utf-8")
    return hmac.new(key, values, hashlib.sha256).digest()


def _difference(old: str | None, new: str | None) -> tuple[str | None, str | None]:
    """Of an update only the changed columns, and of long packed values only the changed words."""
    if old is None or new is None:
        return old, new
    before, after = json.loads(old), json.loads(new)
    was: dict[str, object] = {}
    became: dict[str, object] = {}
    for column, value in after.items():
        if type(before[column]) is type(value) and before[column] == value:
            continue
        was[column], became[column] = _words(before[column], value)
    return _dump(was), _dump(became)


def _words(before: object, after: object) -> tuple[object, object]:
    if not (isinstance(before, str) and isinstance(after, str)):
        return before, after
    if len(before) != len(after) or len(before) < 8 * _WORD or len(before) % _WORD:
        return before, after
    if not (set(before) <= _HEX and set(after) <= _HEX):  # a long text, not a packed value
        return before, after
    changed = [i for i in range(0, len(before), _WORD) if before[i : i + _WORD] != after[i : i + _WORD]]
    return (
        {f"#{i // _WORD}": before[i : i + _WORD] for i in changed},
        {f"#{i // _WORD}": after[i : i + _WORD] for i in changed},
    )


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def trailed_tables(metadata: MetaData) -> list[Table]:
    """Every table but those that say ``trail`` is not for them: the trail itself and the counter.

    One that says ``event`` is in it with who, when and which row, without values: drafts, which are nobody's data yet.
    """
    return [table for table in metadata.sorted_tables if table.info.get("trail", True)]


def trail_triggers(metadata: MetaData) -> dict[str, str]:
    """The triggers of all tables by name, as they must stand in the file."""
    triggers = {}
    for table in trailed_tables(metadata):
        event = table.info.get("trail") == "event"
        before, after = ("NULL", "NULL") if event else (_row_json(table, "OLD"), _row_json(table, "NEW"))
        for op, old, new in (("insert", "NULL", after), ("update", before, after), ("delete", before, "NULL")):
            name = f"trail_{table.name}_{op}"
            triggers[name] = _trigger(name, table, op, old, new)
    return triggers


BLANK = "blank"
"""The operation of a change that took the values of another one away."""
_KEPT = "a written change stays"


def keeping_triggers() -> dict[str, str]:
    """The triggers that keep the trail as it was written: only values can be blanked, and that is a change too."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_KEPT}'); END"
    blanked = "NEW.seq = OLD.seq AND NEW.before IS NULL AND NEW.after IS NULL AND NEW.reason IS NULL"
    blanked += " AND NEW.commitment_key IS NULL"
    return {
        "kept_trail_update": f"CREATE TRIGGER kept_trail_update BEFORE UPDATE ON trail {refuse}",
        "kept_trail_delete": f"CREATE TRIGGER kept_trail_delete BEFORE DELETE ON trail {refuse}",
        "kept_trail_values_delete": f"CREATE TRIGGER kept_trail_values_delete BEFORE DELETE ON trail_values {refuse}",
        "kept_trail_values_update": "CREATE TRIGGER kept_trail_values_update BEFORE UPDATE ON trail_values"
        f" WHEN NOT ({blanked}) {refuse}",
        "blank_trail_values": f"CREATE TRIGGER blank_trail_values AFTER UPDATE ON trail_values BEGIN\n"
        f"{_append('trail_values', 'OLD.seq', BLANK, 'NULL', 'NULL')}\nEND",
    }


def _row_json(table: Table, side: str, only: Collection[str] | None = None) -> str:
    pairs = []
    for column in table.columns:
        if only is None or column.name in only:
            value = f'{side}."{column.name}"'
            pairs.append(f"'{column.name}', CASE typeof({value}) WHEN 'blob' THEN hex({value}) ELSE {value} END")
    return f"json_object({', '.join(pairs)})"


def _row_key(table: Table, side: str) -> str:
    return " || '/' || ".join(f'{side}."{column.name}"' for column in table.primary_key.columns)


def row_as_told(table: Table, columns: Collection[str]) -> tuple[str, str]:
    """SQL for a row's key and for its values as the trail writes them, of those columns that the file has."""
    side = f'"{table.name}"'
    return _row_key(table, side), _row_json(table, side, columns)


def patched(held: object, change: object) -> object:
    """A value after a change as the trail tells it: whole, or word by word; ``None`` where what it was is unknown."""
    if not isinstance(change, dict):
        return change
    if not isinstance(held, str):
        return None
    words = {int(place[1:]): word for place, word in change.items()}
    return "".join(words.get(i // _WORD, held[i : i + _WORD]) for i in range(0, len(held), _WORD))


def _trigger(name: str, table: Table, op: str, old: str, new: str) -> str:
    side = "OLD" if op == "delete" else "NEW"
    append = _append(table.name, _row_key(table, side), op, old, new)
    return f'CREATE TRIGGER {name} AFTER {op.upper()} ON "{table.name}" BEGIN\n{append}\nEND'


def _append(tbl: str, row: str, op: str, old: str, new: str) -> str:
    """The statements that write one change: its values first, then its row with the link."""
    number = "(SELECT coalesce(max(seq), 0) FROM trail) + 1"
    last = "(SELECT max(seq) FROM trail_values)"
    committed = "trail_commitment(v.commitment_key, v.before, v.after, v.reason)"
    return f"""INSERT INTO trail_values (seq, before, after, reason, commitment_key)
VALUES ({number}, trail_before({old}, {new}), trail_after({old}, {new}), trail_reason(), randomblob(32));
INSERT INTO trail (seq, at, who, why, tbl, "row", op, commitment, mac)
SELECT v.seq, trail_at(), trail_who(), trail_why(), '{tbl}', {row}, '{op}',
{committed},
trail_mac((SELECT t.mac FROM trail t WHERE t.seq = v.seq - 1), v.seq, trail_at(), trail_who(), trail_why(),
'{tbl}', {row}, '{op}', {committed})
FROM trail_values v WHERE v.seq = {last};"""


@dataclass(frozen=True, slots=True)
class TrailHead:
    """Where the trail ends."""

    sequence: int
    mac: bytes


def trail_head(connection: Connection) -> TrailHead:
    """The last change of the vault."""
    rows = bare(connection, "SELECT seq, mac FROM trail ORDER BY seq DESC LIMIT 1")
    if not rows:
        return TrailHead(0, START)
    row = rows[0]
    if not isinstance(row[1], bytes):
        raise Problem("storage.trail_broken", sequence=int(row[0]))
    return TrailHead(int(row[0]), row[1])


def verify_trail(connection: Connection, key: bytes, known: TrailHead | None = None) -> TrailHead:
    """Recomputes the chain and, where values still lie there, their commitments; ``Problem`` at the first break.

    ``known`` is a head that the chain must pass through. A change whose values are gone must be named by a later
    change that says so.
    """
    head = TrailHead(0, START)
    rows = connection.exec_driver_sql(
        'SELECT t.seq, t.at, t.who, t.why, t.tbl, t."row", t.op, t.commitment, t.mac,'
        f" v.seq, v.before, v.after, {_reason(connection)}, v.commitment_key"
        " FROM trail t LEFT JOIN trail_values v ON v.seq = t.seq ORDER BY t.seq"
    )
    passed = known is None or known.sequence == 0
    blank: set[int] = set()
    for row in rows:
        head = _follow(key, head, row[:9])
        if not _values_hold(row[7], row[9:], blank):
            raise Problem("storage.trail_broken", sequence=head.sequence)
        if row[4] == "trail_values" and row[6] == BLANK:
            blank.discard(int(row[5]))
        if known is not None and known.sequence == head.sequence:
            if known.mac != head.mac:
                raise Problem("storage.vault_replaced")
            passed = True
    values = connection.exec_driver_sql("SELECT count(*) FROM trail_values").scalar_one()
    if blank or values != head.sequence:
        raise Problem("storage.trail_broken", sequence=min(blank, default=head.sequence))
    if not passed:
        raise Problem("storage.vault_old")
    return head


def _reason(connection: Connection) -> str:
    """The column of the reasons; a vault that an older program wrote has none."""
    columns = {row[1] for row in connection.exec_driver_sql("PRAGMA table_info(trail_values)")}
    return "v.reason" if "reason" in columns else "NULL"


def _follow(key: bytes, head: TrailHead, fields: Sequence[object]) -> TrailHead:
    """The head after one row; ``Problem`` where the row does not follow."""
    seq, mac = int(str(fields[0])), fields[8]
    expected = link(key, head.mac, fields[:8])
    whole = isinstance(fields[7], bytes) and all(isinstance(value, str) for value in fields[1:7])
    if not whole or seq != head.sequence + 1 or not isinstance(mac, bytes) or not hmac.compare_digest(expected, mac):
        raise Problem("storage.trail_broken", sequence=seq)
    return TrailHead(seq, expected)


def _values_hold(kept: bytes, values: Sequence[Any], blank: set[int]) -> bool:
    """Whether a change's values are those that it committed to. Blanked ones are noted, to be found named later."""
    seq, before, after, reason, own = values
    if seq is None:
        return False
    if own is None:
        blank.add(seq)
        return before is None and after is None and reason is None
    whole = isinstance(own, bytes) and all(value is None or isinstance(value, str) for value in (before, after, reason))
    return whole and commitment(own, before, after, reason) == kept
