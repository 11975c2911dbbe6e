"""The records against their trail: every change is played again, and what comes out must be what stands in the tables.

The chain proves that the trail is whole; this proves that the tables are what the trail tells. It takes as long as
the vault has changes, so it is done where the digest of all pages cannot tell: after a loss of power, a migration,
new keys.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import MetaData, Table
from sqlalchemy.engine import Connection

from walkdesk.domain.problem import Problem
from walkdesk.storage.trail import BLANK, patched, row_as_told, trailed_tables

Record = dict[str, Any]


def verify_records(connection: Connection, metadata: MetaData) -> None:
    """``Problem("storage.page_old")`` where a record is not what its last change left, is missing, or has no change.

    Changes whose values an individual erasure blanked cannot be played again: of their records only the columns that
    later changes name are compared. Columns that a migration added or took away are not compared.
    """
    tables = {table.name: table for table in trailed_tables(metadata)}
    told: dict[str, dict[str, Record | None]] = {name: {} for name in tables}
    changes = connection.exec_driver_sql(
        'SELECT t.tbl, t."row", t.op, v.before, v.after FROM trail t'
        " JOIN trail_values v ON v.seq = t.seq ORDER BY t.seq"
    )
    for name, key, op, before, after in changes:
        if op == "update" and after is None and name in tables:
            # Nobody knows any more what changed, so nothing that was told before binds the record.
            told[name][key] = {}
        elif op != BLANK and name in tables:
            _play(tables[name], told[name], key, op, _read(before), _read(after))
    there = set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars())
    for name, table in tables.items():
        if name in there and table.info.get("trail") != "event":
            _compare(connection, table, told[name])


def _play(table: Table, records: dict[str, Record | None], key: str, op: str, was: Record, became: Record) -> None:
    if op != "update":
        records[key] = became if op == "insert" else None
        return
    record = records.pop(_key_before(table, key, was), None) or {}
    for column, change in became.items():
        value = patched(record.get(column), change)
        if value is None and change is not None:
            record.pop(column, None)
        else:
            record[column] = value
    records[key] = record


def _key_before(table: Table, key: str, was: Record) -> str:
    """The key that a record had before an update: where a column of the key changed, its old value is told."""
    names = [column.name for column in table.primary_key.columns]
    if not was.keys() & set(names):
        return key
    parts = key.split("/") if len(names) > 1 else [key]
    return "/".join(str(was.get(name, part)) for name, part in zip(names, parts, strict=True))


def _read(values: str | None) -> Record:
    return {} if values is None else dict(json.loads(values))


def _compare(connection: Connection, table: Table, told: Mapping[str, Record | None]) -> None:
    columns = {row[1] for row in connection.exec_driver_sql(f'PRAGMA table_info("{table.name}")')}
    key, values = row_as_told(table, columns)
    found = 0
    for own, text in connection.exec_driver_sql(f'SELECT {key}, {values} FROM "{table.name}"'):
        expected = told.get(str(own))
        if expected is None:
            raise Problem("storage.page_old")
        held = json.loads(text)
        if any(held[column] != value for column, value in expected.items() if column in held):
            raise Problem("storage.page_old")
        found += bool(expected)
    # A record of which every change is blanked may be gone under a key that nobody knows any more.
    if found != sum(map(bool, told.values())):
        raise Problem("storage.page_old")
