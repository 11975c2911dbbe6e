"""個別消去 inside the vault: one person's records go from every table, and their values from the trail.

What belongs to a person is read from the tables' description, so that a new table is covered without being named: a
row belongs to whoever its foreign key names. Where that key may be empty the row belongs to somebody else, and only
the link goes. Of the trail the values and the reasons go, never the changes: each of them is named by a new change,
and the chain holds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import (
    ForeignKeyConstraint,
    MetaData,
    Table,
    delete,
    false,
    func,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.engine import Connection
from sqlalchemy.sql.elements import ColumnElement

from walkdesk.domain.problem import Problem
from walkdesk.storage.vault import Vault

_CHUNK = 500
"""So many changes are blanked by one statement."""
Row = tuple[str, str]
"""Table and primary key, as the trail writes them."""


@dataclass(frozen=True, slots=True)
class PersonRows:
    """How many rows of one table belong to somebody: by origin, ``""`` where the table has none."""

    table: str
    by_origin: Mapping[str, int]
    paper: bool

    @property
    def count(self) -> int:
        """All of them."""
        return sum(self.by_origin.values())


@dataclass(frozen=True, slots=True)
class Erased:
    """What an individual erasure did: rows that went, and changes whose values were blanked."""

    rows: int
    changes: int


class PersonTables:
    """The tables that hold rows of persons, as their foreign keys tell; ``root`` is the table of the persons."""

    def __init__(self, metadata: MetaData, root: Table) -> None:
        if not root.info.get("person") or len(root.primary_key.columns) != 1:
            raise ValueError(f"{root.name} is no table of persons")
        self.root = root
        self.owned: dict[str, list[ForeignKeyConstraint]] = {root.name: []}
        self.linked: list[tuple[Table, ForeignKeyConstraint]] = []
        self.passing: list[Table] = [table for table in metadata.sorted_tables if table.info.get("trail") == "event"]
        self.tables: list[Table] = []
        for table in metadata.sorted_tables:
            for key in sorted(table.foreign_key_constraints, key=lambda one: list(one.column_keys)):
                self._sort(table, key)
            if table.name in self.owned:
                self.tables.append(table)

    def _sort(self, table: Table, key: ForeignKeyConstraint) -> None:
        parent = key.referred_table
        if parent.name not in self.owned or parent is table:
            return
        if [one.column.name for one in key.elements] != [one.name for one in parent.primary_key.columns]:
            raise ValueError(f"{table.name} names a person's row by something else than its primary key")
        if any(column.nullable for column in key.columns):
            self.linked.append((table, key))
        else:
            self.owned.setdefault(table.name, []).append(key)

    def of(self, table: Table, person: Any) -> ColumnElement[bool]:
        """The condition that finds a person's rows of a table."""
        if table is self.root:
            (column,) = self.root.primary_key.columns
            return cast("ColumnElement[bool]", column == person)
        return or_(false(), *(self.names(key, person) for key in self.owned[table.name]))

    def names(self, key: ForeignKeyConstraint, person: Any) -> ColumnElement[bool]:
        """The condition that a foreign key names one of a person's rows."""
        parent = key.referred_table
        columns = [element.parent for element in key.elements]
        if parent is self.root:
            return cast("ColumnElement[bool]", columns[0] == person)
        return tuple_(*columns).in_(select(*parent.primary_key.columns).where(self.of(parent, person)))


def person_rows(connection: Connection, tables: PersonTables, person: Any) -> tuple[PersonRows, ...]:
    """What is there of a person now, table by table; tables with nothing are left out."""
    found = []
    for table in tables.tables:
        origin, where = table.info.get("origin"), tables.of(table, person)
        if isinstance(origin, str) and origin in table.columns:
            column = table.columns[origin]
            rows = connection.execute(select(column, func.count()).where(where).group_by(column)).all()
        else:
            count = connection.execute(select(func.count()).select_from(table).where(where)).scalar_one()
            rows = [("" if origin is None else origin.value, count)] if count else []  # type: ignore[list-item]
        if rows:
            by_origin = {str(name): int(count) for name, count in rows}
            found.append(PersonRows(table.name, by_origin, bool(table.info.get("paper"))))
    return tuple(found)


def erase_person(
    connection: Connection, tables: PersonTables, person: Any, words: Iterable[str], said: Iterable[str]
) -> Erased:
    """Deletes every row of a person, and blanks every value and reason in the trail that tells of them.

    ``words`` are what names the person in other people's records (the 受付番号): a change of such a record is blanked
    too. ``said`` are what a reason may call the person. Drafts go, all of them: nobody can tell whom they are about.
    In the caller's transaction; ``truncate_log`` comes after its commit.
    """
    begun = _life_begins(connection, tables, person)
    for table, key in tables.linked:
        columns = {element.parent.name: None for element in key.elements if element.parent.nullable}
        connection.execute(update(table).where(tables.names(key, person)).values(columns))
    living = {
        (table.name, row) for table in tables.tables for row in _keys(connection, table, tables.of(table, person))
    }
    for table in reversed(tables.tables):
        connection.execute(delete(table).where(tables.of(table, person)))
    for table in tables.passing:
        connection.execute(delete(table))
    changes = _changes_of(connection, tables, person, begun, living)
    changes.update(_mentions(connection, set(words), tuple(said)))
    return Erased(len(living), _blank(connection, changes))


def truncate_log(vault: Vault) -> None:
    """Folds the write-ahead log into the file and cuts it to nothing: it held the old pages. After the commit."""
    vault.digest()  # what the log alone knows must be known before
    raw: Any = vault.engine.raw_connection()
    try:
        busy, *_ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        raw.close()
    if busy:
        raise Problem("storage.office_in_use")


def _keys(connection: Connection, table: Table, where: ColumnElement[bool]) -> Iterator[str]:
    for row in connection.execute(select(*table.primary_key.columns).where(where)):
        yield "/".join(map(str, row))


def _life_begins(connection: Connection, tables: PersonTables, person: Any) -> int:
    """The change with which the person came in: what an earlier one left under the same number is not theirs."""
    found = connection.exec_driver_sql(
        "SELECT max(seq) FROM trail WHERE tbl = ? AND \"row\" = ? AND op = 'insert'", (tables.root.name, str(person))
    ).scalar_one()
    return int(found or 0)


def _changes_of(connection: Connection, tables: PersonTables, person: Any, begun: int, living: set[Row]) -> set[int]:
    """The changes of every row that was this person's at the time, deleted ones and moved ones too."""
    lives = _Lives(tables, (tables.root.name, str(person)), living)
    names = [table.name for table in tables.tables]
    marks = ", ".join("?" for _ in names)
    rows = connection.exec_driver_sql(
        'SELECT t.seq, t.tbl, t."row", t.op, v.before, v.after FROM trail t JOIN trail_values v ON v.seq = t.seq'
        f" WHERE t.seq >= ? AND t.tbl IN ({marks}) ORDER BY t.seq",
        (begun, *names),
    )
    for seq, table, row, op, before, after in rows:
        lives.follow(seq, (table, row), op, before, after)
    return lives.end()


@dataclass(slots=True)
class _Lives:
    """Follows the rows of the trail from their insert to their end, since a primary key may serve twice."""

    tables: PersonTables
    root: Row
    living: set[Row]
    """The rows that were the person's when the erasure began."""
    found: set[int] = field(default_factory=set)
    mine: dict[Row, list[int]] = field(default_factory=dict)
    unknown: dict[Row, list[int]] = field(default_factory=dict)
    """Rows whose values were blanked before: whose they are shows only at their end."""

    def follow(self, seq: int, row: Row, op: str, before: str | None, after: str | None) -> None:
        """One change."""
        was, became = _loaded(before), _loaded(after)
        if op == "insert":
            self.unknown.pop(row, None)
            if row == self.root or self._names_mine(row[0], became):
                self.mine[row] = []
            elif after is None:
                self.unknown[row] = []
        elif op == "update":
            self._move(row, was)
            if row not in self.mine and (self._names_mine(row[0], became) or self._names_mine(row[0], was)):
                self.mine[row] = self.unknown.pop(row, [])
        elif row not in self.mine and (self._names_mine(row[0], was) or (before is None and row in self.living)):
            self.mine[row] = self.unknown.pop(row, [])
        for kept in (self.mine, self.unknown):
            if row in kept:
                kept[row].append(seq)
        if op == "delete" or (op == "update" and self._names_another(row[0], became)):
            self.found.update(self.mine.pop(row, ()))
            self.unknown.pop(row, None)

    def end(self) -> set[int]:
        """All changes that were found."""
        for changes in self.mine.values():
            self.found.update(changes)
        return self.found

    def _names_mine(self, table: str, values: Mapping[str, Any]) -> bool:
        for key in self.tables.owned[table]:
            if all(name in values for name in key.column_keys):
                named = (key.referred_table.name, "/".join(str(values[name]) for name in key.column_keys))
                if named in self.mine or named == self.root:
                    return True
        return False

    def _names_another(self, table: str, values: Mapping[str, Any]) -> bool:
        """Whether a change gave the row to somebody else."""
        named = any(name in values for key in self.tables.owned[table] for name in key.column_keys)
        return named and not self._names_mine(table, values)

    def _move(self, row: Row, was: Mapping[str, Any]) -> None:
        """A changed primary key: the row's life goes on under the new one."""
        table = next(one for one in self.tables.tables if one.name == row[0])
        names = [column.name for column in table.primary_key.columns]
        if any(name in was for name in names):
            parts = row[1].split("/")
            if len(parts) == len(names):
                old = (row[0], "/".join(str(was.get(name, part)) for name, part in zip(names, parts, strict=True)))
                for kept in (self.mine, self.unknown):
                    if old in kept:
                        kept[row] = kept.pop(old)


def _loaded(values: str | None) -> Mapping[str, Any]:
    return {} if values is None else json.loads(values)


def _mentions(connection: Connection, words: set[str], said: tuple[str, ...]) -> Iterator[int]:
    """Changes of other records that name the person: a value by one of the words, a reason by anything said."""
    spoken, named = _spoken((*words, *said)), _named(words)
    rows = connection.exec_driver_sql(
        "SELECT seq, before, after, reason FROM trail_values WHERE commitment_key IS NOT NULL"
    )
    for seq, before, after, reason in rows:
        told = any(
            values is not None
            and any(word in values for word in words)
            and any(named.search(one) for one in _texts_in(json.loads(values)))
            for values in (before, after)
        )
        if told or (reason is not None and spoken.search(_plain(reason))):
            yield int(seq)


def _texts_in(values: Mapping[str, Any]) -> Iterator[str]:
    return (value for value in values.values() if isinstance(value, str))


def _named(words: Iterable[str]) -> re.Pattern[str]:
    """Finds a word that stands alone or in a list: not the house number in an address that looks like it."""
    parts = "|".join(map(re.escape, sorted(word for word in words if word)))
    return re.compile(rf'(?<![^\s"\[])(?:{parts})(?![^\s"\],])' if parts else r"(?!)")


def _spoken(names: Iterable[str]) -> re.Pattern[str]:
    """Finds a name in a sentence, with or without blanks in it; a number only where it stands alone."""
    plain = sorted({_plain(name) for name in names if len(_plain(name)) > 1}, key=len, reverse=True)
    parts = [rf"(?<![0-9A-Za-z]){re.escape(one)}(?![0-9A-Za-z])" if one.isascii() else re.escape(one) for one in plain]
    return re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)


def _plain(text: str) -> str:
    return "".join(text.split())


def _blank(connection: Connection, changes: Iterable[int]) -> int:
    """Blanks the values of changes, through the one update that the trail allows; how many had any."""
    wanted, done = sorted(changes), 0
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        marks = ", ".join("?" for _ in chunk)
        done += connection.exec_driver_sql(
            "UPDATE trail_values SET before = NULL, after = NULL, reason = NULL, commitment_key = NULL"
            f" WHERE commitment_key IS NOT NULL AND seq IN ({marks})",
            tuple(chunk),
        ).rowcount
    return done
