"""Every way to write, and every way around: a table that the program has never heard of, in a real vault."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    bindparam,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, registry

from tests.storage.conftest import AT, trail
from walkdesk.storage.records import verify_records
from walkdesk.storage.standing import free_schema, hold_schema
from walkdesk.storage.trail import trail_head, trail_triggers, trailed_tables, verify_trail
from walkdesk.storage.vault import Vault
from walkdesk.storage.vault_tables import VaultBase


@dataclass
class World:
    """A vault with three tables more: ordinary, without row numbers, and one that cascades."""

    vault: Vault
    metadata: MetaData
    begun: int

    def changes(self, connection: Connection) -> list[tuple[str, str, str, Any, Any]]:
        """What the trail has since: table, row, op, from, to; each with who, when and why."""
        rows = [row for row in trail(connection) if row[0] > self.begun]
        assert {row[1:3] for row in rows} <= {("S-0142", "RegisterPerson")}
        at = connection.exec_driver_sql("SELECT DISTINCT at FROM trail WHERE seq > ?", (self.begun,)).scalars().all()
        assert at in ([], [AT])
        return [(row[3], row[4], row[5], *(value and json.loads(value) for value in row[6:])) for row in rows]

    def holds(self, connection: Connection) -> None:
        """The chain is whole, and the tables are what it tells."""
        verify_trail(connection, self.vault.trail_key)
        verify_records(connection, self.metadata)


@pytest.fixture
def world(vault: Vault) -> Iterator[World]:
    """The tables, made by the same mechanism as the vault's own."""
    metadata = MetaData()
    Table(
        "walks",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("code", Text, unique=True),
        Column("note", Text),
        Column("path", LargeBinary),
        Column("steps", Integer),
    )
    Table(
        "days",
        metadata,
        Column("walk", Text, primary_key=True),
        Column("day", Integer, primary_key=True),
        Column("note", Text),
        sqlite_with_rowid=False,
    )
    Table(
        "stops",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("walk", ForeignKey("walks.id", ondelete="CASCADE", onupdate="CASCADE"), nullable=False),
    )
    with vault.engine.begin() as connection:
        free_schema(connection)
        metadata.create_all(connection)
        for statement in trail_triggers(metadata).values():
            connection.exec_driver_sql(statement)
        hold_schema(connection)
        begun = trail_head(connection).sequence
    yield World(vault, metadata, begun)


def _row(
    number: int, code: str | None = None, note: str | None = None, path: str | None = None, steps: Any = None
) -> Any:
    return {"id": number, "code": code, "note": note, "path": path, "steps": steps}


def test_the_orm_is_seen(world: World) -> None:
    mapped = registry()

    class Walk:
        """A mapped class of no module of the program."""

    mapped.map_imperatively(Walk, world.metadata.tables["walks"])
    with Session(world.vault.engine) as session:
        one, two = Walk(), Walk()
        one.id, one.code, one.note = 1, "𠮷", "a\0b"  # type: ignore[attr-defined]
        two.id, two.path = 2, b"\x00\xff"  # type: ignore[attr-defined]
        session.add_all([one, two])
        session.flush()
        one.note = None  # type: ignore[attr-defined]
        session.flush()
        session.delete(two)
        session.flush()
        session.execute(update(Walk).values(steps=5), execution_options={"synchronize_session": False})
        session.execute(delete(Walk), execution_options={"synchronize_session": False})
        connection = session.connection()
        assert world.changes(connection) == [
            ("walks", "1", "insert", None, _row(1, "𠮷", "a\0b")),
            ("walks", "2", "insert", None, _row(2, path="00FF")),
            ("walks", "1", "update", {"note": "a\0b"}, {"note": None}),
            ("walks", "2", "delete", _row(2, path="00FF"), None),
            ("walks", "1", "update", {"steps": None}, {"steps": 5}),
            ("walks", "1", "delete", _row(1, "𠮷", steps=5), None),
        ]
        world.holds(connection)
        session.commit()
    mapped.dispose()


def test_core_is_seen_with_many_rows_at_once_and_with_upserts(world: World) -> None:
    walks = world.metadata.tables["walks"]
    with world.vault.engine.begin() as connection:
        connection.execute(insert(walks), [{"id": number, "code": f"c{number}"} for number in (1, 2, 3)])
        connection.execute(insert(walks).values([{"id": 4, "code": "c4"}, {"id": 5, "code": "c5"}]))
        by_id = update(walks).where(walks.c.id == bindparam("one"))
        connection.execute(by_id.values(steps=bindparam("many")), [{"one": 1, "many": 7}, {"one": 2, "many": 8}])
        again = upsert(walks).values(id=9, code="c3", note="二度目")
        connection.execute(again.on_conflict_do_update(index_elements=["code"], set_={"note": again.excluded.note}))
        connection.execute(upsert(walks).values(id=1, code="x").on_conflict_do_nothing())
        connection.execute(insert(walks).from_select(["id", "code"], select(walks.c.id + 10, walks.c.code + "x")))
        connection.execute(delete(walks).where(walks.c.id > 10))
        told = world.changes(connection)
        assert [(row, op) for _, row, op, *_ in told] == [
            *((str(number), "insert") for number in (1, 2, 3, 4, 5)),
            ("1", "update"),
            ("2", "update"),
            ("3", "update"),
            *((str(number), "insert") for number in (11, 12, 13, 14, 15)),
            *((str(number), "delete") for number in (11, 12, 13, 14, 15)),
        ]
        assert told[6][3:] == ({"steps": None}, {"steps": 8})
        assert told[7][3:] == ({"note": None}, {"note": "二度目"})
        world.holds(connection)


def test_bare_sql_is_seen_with_every_conflict_and_join(world: World) -> None:
    with world.vault.engine.begin() as connection:
        run = connection.exec_driver_sql
        run("INSERT INTO walks (id, code, note) VALUES (?, ?, ?)", [(1, "a", "x"), (2, "b", None), (3, "c", "z")])
        # One row that drives out two: by its number and by its code.
        run("INSERT OR REPLACE INTO walks (id, code, note) VALUES (1, 'b', '新')")
        run("REPLACE INTO walks (id, code) VALUES (3, 'c')")
        run("UPDATE OR REPLACE walks SET code = 'c' WHERE id = 1")
        run("INSERT INTO days (walk, day, note) VALUES ('堀', 1, 'm'), ('堀', 2, NULL)")
        run("UPDATE days SET note = w.note FROM walks AS w WHERE w.id = days.day")
        run("REPLACE INTO days (walk, day, note) VALUES ('堀', 2, '夜')")
        run("UPDATE days SET day = day + 10")
        run("WITH gone AS (SELECT 11 AS day) DELETE FROM days WHERE day IN (SELECT day FROM gone) RETURNING day").all()
        told = [(table, row, op) for table, row, op, *_ in world.changes(connection)]
        # Which of the two goes first is SQLite's choice.
        assert sorted(told[3:5]) == [("walks", "1", "delete"), ("walks", "2", "delete")]
        assert told[5:] == [
            ("walks", "1", "insert"),
            ("walks", "3", "delete"),
            ("walks", "3", "insert"),
            ("walks", "3", "delete"),
            ("walks", "1", "update"),
            ("days", "堀/1", "insert"),
            ("days", "堀/2", "insert"),
            ("days", "堀/1", "update"),
            ("days", "堀/2", "delete"),
            ("days", "堀/2", "insert"),
            ("days", "堀/11", "update"),
            ("days", "堀/12", "update"),
            ("days", "堀/11", "delete"),
        ]
        world.holds(connection)


def test_what_a_foreign_key_carries_along_is_seen(world: World) -> None:
    with world.vault.engine.begin() as connection:
        run = connection.exec_driver_sql
        run("INSERT INTO walks (id) VALUES (1), (2)")
        run("INSERT INTO stops (id, walk) VALUES (1, 1), (2, 1), (3, 2)")
        run("UPDATE walks SET id = 7 WHERE id = 2")
        run("DELETE FROM walks WHERE id = 1")
        told = [(table, row, op, *values) for table, row, op, *values in world.changes(connection)[5:]]
        assert sorted(told, key=str) == sorted(
            [
                ("walks", "7", "update", {"id": 2}, {"id": 7}),
                ("stops", "3", "update", {"walk": 2}, {"walk": 7}),
                ("walks", "1", "delete", _row(1), None),
                ("stops", "1", "delete", {"id": 1, "walk": 1}, None),
                ("stops", "2", "delete", {"id": 2, "walk": 1}, None),
            ],
            key=str,
        )
        world.holds(connection)


def test_a_number_that_became_another_kind_of_number_is_told(world: World) -> None:
    with world.vault.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO walks (id, path) VALUES (1, 1)")
        connection.exec_driver_sql("UPDATE walks SET path = 1.0")
        (*_, before, after) = world.changes(connection)[-1]
        assert (before, after) == ({"path": 1}, {"path": 1.0}) and type(after["path"]) is float
        world.holds(connection)


def test_what_is_taken_back_leaves_no_gap(world: World) -> None:
    walks = world.metadata.tables["walks"]
    with Session(world.vault.engine) as session:
        session.execute(insert(walks).values(id=1))
        inner = session.begin_nested()
        session.execute(insert(walks).values(id=2))
        deeper = session.begin_nested()
        session.execute(delete(walks))
        deeper.rollback()
        inner.rollback()
        session.execute(insert(walks).values(id=3))
        with pytest.raises(DatabaseError):
            session.execute(insert(walks), [{"id": 4}, {"id": 3}])
        session.rollback()
        session.execute(insert(walks).values(id=5))
        with pytest.raises(DatabaseError), session.begin_nested():
            session.execute(insert(walks), [{"id": 6}, {"id": 5}])
        session.execute(insert(walks).values(id=7))
        session.commit()
    with world.vault.reading() as connection:
        assert [row for _, row, *_ in world.changes(connection)] == ["5", "7"]
        world.holds(connection)


AROUND = [
    "PRAGMA recursive_triggers = OFF",
    "PRAGMA Recursive_Triggers(0)",
    "PRAGMA main.foreign_keys = 0",
    "PRAGMA writable_schema = ON",
    "PRAGMA ignore_check_constraints = ON",
    "PRAGMA secure_delete = OFF",
    "DROP TRIGGER trail_walks_insert",
    "CREATE TRIGGER hush BEFORE INSERT ON trail BEGIN SELECT RAISE(IGNORE); END",
    "CREATE TEMP TRIGGER hush BEFORE INSERT ON main.trail BEGIN SELECT RAISE(IGNORE); END",
    "ALTER TABLE walks RENAME TO strolls",
    "ALTER TABLE walks ADD COLUMN secret TEXT",
    "ALTER TABLE walks DROP COLUMN note",
    "DROP TABLE walks",
    "CREATE TABLE hidden (name TEXT)",
    "CREATE TEMP TABLE hidden (name TEXT)",
    "CREATE TABLE hidden AS SELECT * FROM participants",
    "CREATE VIEW hidden AS SELECT * FROM participants",
    "CREATE VIRTUAL TABLE hidden USING fts5(name)",
    "DROP INDEX ix_trail_row",
    "INSERT INTO trail_values (seq, before) VALUES (99999, 'x')",
    "INSERT OR REPLACE INTO trail_values (seq) VALUES (1)",
    "REPLACE INTO trail SELECT * FROM trail WHERE seq = 1",
    "UPDATE OR REPLACE trail_values SET seq = 2 WHERE seq = 1",
    "DELETE FROM trail_values",
    "UPDATE sqlite_master SET sql = '' WHERE name = 'trail_walks_insert'",
]


@pytest.mark.parametrize("statement", AROUND)
def test_there_is_no_way_around_the_triggers_from_inside_the_program(world: World, statement: str) -> None:
    with pytest.raises(DatabaseError), world.vault.engine.begin() as connection:
        connection.exec_driver_sql(statement)
    with world.vault.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO walks (id, code) VALUES (1, 'a'), (2, 'b')")
        connection.exec_driver_sql("REPLACE INTO walks (id, code) VALUES (1, 'b')")
        assert [op for _, _, op, *_ in world.changes(connection)].count("delete") == 2
        world.holds(connection)


def test_a_database_reads_its_settings_all_the_same(vault: Vault) -> None:
    with vault.reading() as connection:
        for setting in ("recursive_triggers", "foreign_keys", "secure_delete"):
            assert connection.exec_driver_sql(f"PRAGMA {setting}").scalar_one() == 1


def test_without_that_a_replaced_row_would_go_unseen(world: World) -> None:
    """Otherwise the refusals above prove nothing."""
    with world.vault.engine.begin() as connection:
        free_schema(connection)
        connection.exec_driver_sql("PRAGMA recursive_triggers = OFF")
        connection.exec_driver_sql("INSERT INTO walks (id, code) VALUES (1, 'a'), (2, 'b')")
        connection.exec_driver_sql("REPLACE INTO walks (id, code) VALUES (1, 'b')")
        assert "delete" not in [op for _, _, op, *_ in world.changes(connection)]


def _missing(connection: Connection, metadata: MetaData) -> list[str]:
    there = set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars())
    return sorted(trail_triggers(metadata).keys() - there)


def test_each_table_of_the_vault_has_its_triggers_and_one_without_is_found(world: World) -> None:
    exempt = {table.name for table in VaultBase.metadata.sorted_tables} - {
        table.name for table in trailed_tables(VaultBase.metadata)
    }
    assert exempt == {"vault_state", "trail", "trail_values"}
    more = MetaData()
    Table("forgotten", more, Column("id", Integer, primary_key=True))
    with world.vault.engine.begin() as connection:
        assert _missing(connection, VaultBase.metadata) == []
        free_schema(connection)
        more.create_all(connection)
        assert _missing(connection, more) == [f"trail_forgotten_{op}" for op in ("delete", "insert", "update")]
        connection.rollback()
