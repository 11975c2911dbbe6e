"""The trail: every change, whatever wrote it, and nothing that can be changed in it without being noticed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Engine, Integer, LargeBinary, MetaData, Table, Text, delete, insert, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2

from tests.storage.conftest import AT, CONTRACT, KEY, person, trail
from walkdesk.domain.problem import Problem
from walkdesk.storage.engine import open_engine
from walkdesk.storage.trail import (
    TrailContext,
    TrailHead,
    keeping_triggers,
    trail_functions,
    trail_head,
    trail_triggers,
    verify_trail,
)
from walkdesk.storage.vault import Vault
from walkdesk.storage.vault_tables import ParticipantRecord, TrailRow, TrailValues


def _new_table(tmp_path: Path) -> tuple[Engine, Table, bytes]:
    """A database whose metadata knows one table that the program has never heard of."""
    metadata = MetaData()
    for model in (TrailRow, TrailValues):
        model.__table__.to_metadata(metadata)
    table = Table(
        "walks",
        metadata,
        Column("walk", Text, primary_key=True),
        Column("day", Integer, primary_key=True),
        Column("note", Text),
        Column("path", LargeBinary),
    )
    context = TrailContext("S-0142", AT, "Walk: 散歩", KEY)
    engine = open_engine(tmp_path / "new.db", KEY, trail_functions(context))
    with engine.begin() as connection:
        metadata.create_all(connection)
        for statement in {**trail_triggers(metadata), **keeping_triggers()}.values():
            connection.exec_driver_sql(statement)
    return engine, table, KEY


def test_a_table_that_nobody_named_is_in_the_trail_by_core_and_bare_sql(tmp_path: Path) -> None:
    engine, table, key = _new_table(tmp_path)
    with engine.begin() as connection:
        connection.execute(insert(table).values(walk="堀", day=1, note="朝", path=b"\x01\x02"))
        connection.execute(update(table).values(note="昼").where(table.c.day == 1))
        connection.execute(delete(table))
        connection.exec_driver_sql("INSERT INTO walks (walk, day, note) VALUES ('川', 2, NULL), ('川', 3, '夜')")
        connection.exec_driver_sql("UPDATE walks SET note = 'x', day = day + 10")
        connection.exec_driver_sql("INSERT OR REPLACE INTO walks (walk, day, note) VALUES ('川', 12, '新')")
        connection.exec_driver_sql("DELETE FROM walks")
        rows = trail(connection)
        assert verify_trail(connection, key).sequence == len(rows)
    engine.dispose()
    assert {(who, why, tbl) for _, who, why, tbl, *_ in rows} == {("S-0142", "Walk: 散歩", "walks")}
    told = [(row[4], row[5], *(value and json.loads(value) for value in row[6:])) for row in rows]
    full = {"walk": "堀", "day": 1, "note": "朝", "path": "0102"}
    assert told[:3] == [
        ("堀/1", "insert", None, full),
        ("堀/1", "update", {"note": "朝"}, {"note": "昼"}),
        ("堀/1", "delete", {**full, "note": "昼"}, None),
    ]
    assert [op for _, op, *_ in told[3:]] == ["insert"] * 2 + ["update"] * 2 + ["delete", "insert"] + ["delete"] * 2
    assert told[5] == ("川/12", "update", {"day": 2, "note": None}, {"day": 12, "note": "x"})


def test_what_the_orm_writes_is_in_the_trail_with_who_why_from_and_to(vault: Vault) -> None:
    with Session(vault.engine) as session:
        before = trail_head(session.connection()).sequence
        one = person("D0900")
        session.add(one)
        session.flush()
        one.name = "試験 華子"
        session.flush()
        session.delete(one)
        session.flush()
        rows = [row for row in trail(session.connection()) if row[0] > before]
        session.commit()
    assert [(who, why, tbl, op) for _, who, why, tbl, _, op, *_ in rows] == [
        ("S-0142", "RegisterPerson", "participants", op) for op in ("insert", "update", "delete")
    ]
    assert json.loads(rows[0][7])["name"] == "試験 花子" and rows[0][6] is None
    assert (json.loads(rows[1][6]), json.loads(rows[1][7])) == ({"name": "試験 花子"}, {"name": "試験 華子"})
    assert json.loads(rows[2][6])["name"] == "試験 華子" and rows[2][7] is None


def test_every_table_of_the_vault_has_its_three_triggers(vault: Vault) -> None:
    with vault.reading() as connection:
        tables = set(
            connection.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            ).scalars()
        )
        triggers = set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars())
    for table in tables - {"trail", "trail_values", "vault_state", "alembic_version"}:
        assert {f"trail_{table}_{op}" for op in ("insert", "update", "delete")} <= triggers


def test_a_transaction_taken_back_leaves_the_chain_whole(vault: Vault) -> None:
    with vault.reading() as connection:
        before = trail_head(connection)
    with Session(vault.engine) as session:
        session.add(person("D0900"))
        session.flush()
        session.rollback()
        session.add(person("D0901"))
        session.commit()
    with vault.reading() as connection:
        assert verify_trail(connection, vault.trail_key, before).sequence == before.sequence + 1


def test_a_connection_without_the_functions_cannot_change_the_vault(vault_file: Path) -> None:
    engine = open_engine(vault_file, KEY)
    statements = [
        "UPDATE participants SET name = 'x'",
        "DELETE FROM participants",
        "INSERT INTO prizes (prize, name, points, stock) VALUES ('P', 'x', 1, 1)",
        "DELETE FROM permitted_items",
    ]
    for statement in statements:
        with pytest.raises((DatabaseError, Problem)), engine.begin() as connection:
            connection.exec_driver_sql(statement)
    engine.dispose()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE trail SET who = 'S-0001' WHERE seq = 3",
        "DELETE FROM trail WHERE seq = 3",
        "DELETE FROM trail_values WHERE seq = 3",
        "UPDATE trail_values SET after = '{}' WHERE seq = 3",
        "UPDATE trail_values SET reason = 'x' WHERE seq = 3",
        "UPDATE trail_values SET commitment_key = NULL WHERE seq = 3",
        "UPDATE trail_values SET before = NULL, after = NULL, reason = 'x', commitment_key = NULL WHERE seq = 3",
        "UPDATE trail_values SET seq = 99999, before = NULL, after = NULL, reason = NULL, commitment_key = NULL"
        " WHERE seq = 3",
    ],
)
def test_the_program_itself_cannot_rewrite_a_change(vault: Vault, statement: str) -> None:
    with pytest.raises(DatabaseError, match="a written change stays"), vault.engine.begin() as connection:
        connection.exec_driver_sql(statement)


def _tampered(vault_file: Path, statement: str) -> None:
    """Somebody with the key and another program: triggers dropped, the row changed, triggers made anew."""
    connection = dbapi2.connect(str(vault_file), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    kept = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in kept:
        connection.execute(f'DROP TRIGGER "{name}"')
    connection.execute(statement)
    assert connection.total_changes
    for _, sql in kept:
        connection.execute(sql)
    connection.close()


COLUMNS = ["at", "who", "why", "tbl", '"row"', "op", "commitment", "mac"]
TAMPERINGS = [
    *(f"UPDATE trail SET {column} = 'x' WHERE seq = {seq}" for column in COLUMNS for seq in (1, 12, 30)),
    *(f"UPDATE trail SET {column} = randomblob(32) WHERE seq = 12" for column in COLUMNS),
    *(f"UPDATE trail SET {column} = 7 WHERE seq = 12" for column in ("commitment", "mac")),
    "UPDATE trail SET seq = 99999 WHERE seq = 12",
    "DELETE FROM trail WHERE seq = 12",
    "DELETE FROM trail WHERE seq = (SELECT max(seq) FROM trail)",
    "DELETE FROM trail",
    'INSERT INTO trail SELECT max(seq) + 1, at, who, why, tbl, "row", op, commitment, mac FROM trail',
    'UPDATE trail_values SET after = \'{"name":"x"}\' WHERE seq = 25',
    "UPDATE trail_values SET before = '{}' WHERE seq = 25",
    "UPDATE trail_values SET after = NULL WHERE seq = 25",
    "UPDATE trail_values SET after = x'00' WHERE seq = 25",
    "UPDATE trail_values SET reason = 'x' WHERE seq = 25",
    "UPDATE trail_values SET reason = x'00' WHERE seq = 25",
    "UPDATE trail_values SET commitment_key = randomblob(32) WHERE seq = 25",
    "UPDATE trail_values SET commitment_key = 'x' WHERE seq = 25",
    "UPDATE trail_values SET commitment_key = NULL WHERE seq = 25",
    "UPDATE trail_values SET commitment_key = NULL, before = NULL, after = NULL WHERE seq = 25",
    "DELETE FROM trail_values WHERE seq = 25",
    "INSERT INTO trail_values SELECT max(seq) + 1, before, after, reason, commitment_key FROM trail_values",
]


@pytest.mark.parametrize("statement", TAMPERINGS)
def test_every_change_of_the_trail_is_noticed_at_opening(vault_file: Path, statement: str) -> None:
    sound = Vault.open(vault_file, CONTRACT, KEY)
    with sound.reading() as connection:
        seal = sound.point(connection)
    sound.close()
    _tampered(vault_file, statement)
    with pytest.raises(Problem) as noticed:
        vault = Vault.open(vault_file, CONTRACT, KEY)
        try:
            vault.check(seal)
        finally:
            vault.close()
    assert noticed.value.code in ("storage.trail_broken", "storage.vault_old", "storage.vault_replaced")


def test_blanked_values_are_gone_and_the_chain_holds(vault: Vault, vault_file: Path) -> None:
    with vault.reading() as connection:
        seal = vault.point(connection)
    vault.context.why = "EraseIndividual"
    with vault.engine.begin() as connection:
        connection.execute(delete(ParticipantRecord).where(ParticipantRecord.number == "D0003"))
        count = connection.execute(
            text(
                "UPDATE trail_values SET before = NULL, after = NULL, commitment_key = NULL WHERE seq IN"
                " (SELECT seq FROM trail WHERE tbl = 'participants' AND \"row\" = '3')"
            )
        ).rowcount
        vault.step(connection)
    assert count == 2
    with vault.reading() as connection:
        last = trail(connection)[-2:]
        left = connection.exec_driver_sql("SELECT count(*) FROM trail_values WHERE after LIKE '%D0003%'").scalar_one()
    assert left == 0
    assert [(why, tbl, op) for _, _, why, tbl, _, op, *_ in last] == [("EraseIndividual", "trail_values", "blank")] * 2
    assert vault.check(seal).counter == seal.counter + 1


def test_of_packed_values_only_the_changed_words_are_told(tmp_path: Path) -> None:
    engine, table, key = _new_table(tmp_path)
    packed = bytes(4 * 31)
    with engine.begin() as connection:
        connection.execute(insert(table).values(walk="a", day=1, path=packed))
        later = bytearray(packed)
        later[4 * 17 : 4 * 18] = bytes.fromhex("0AB0C001")
        connection.execute(update(table).values(path=bytes(later)))
        connection.execute(update(table).values(path=b""))
        rows = trail(connection)
        verify_trail(connection, key)
    engine.dispose()
    assert (json.loads(rows[1][6]), json.loads(rows[1][7])) == (
        {"path": {"#17": "00000000"}},
        {"path": {"#17": "0AB0C001"}},
    )
    assert json.loads(rows[2][7]) == {"path": ""}


def test_long_texts_are_told_whole(tmp_path: Path) -> None:
    engine, table, _ = _new_table(tmp_path)
    old, new = "東京都新宿区" * 16, "東京都渋谷区" * 16
    with engine.begin() as connection:
        connection.execute(insert(table).values(walk="a", day=1, note=old))
        connection.execute(update(table).values(note=new))
        *_, before, after = trail(connection)[-1]
    engine.dispose()
    assert (json.loads(before), json.loads(after)) == ({"note": old}, {"note": new})


@pytest.mark.parametrize("value", ["", "a\0b", "\\\"'", "行\n改", "🦉", "x" * 5000])
def test_texts_of_every_kind_come_back_out_of_the_trail(tmp_path: Path, value: str) -> None:
    engine, table, key = _new_table(tmp_path)
    with engine.begin() as connection:
        connection.execute(insert(table).values(walk="a", day=1, note="-"))
        connection.execute(update(table).values(note=value))
        *_, after = trail(connection)[-1]
        verify_trail(connection, key)
    engine.dispose()
    assert json.loads(after) == {"note": value}


def test_a_head_beside_the_chain_is_a_replaced_vault_and_one_after_it_an_old_vault(vault: Vault) -> None:
    found: list[Any] = []
    with vault.reading() as connection:
        head = trail_head(connection)
        for known in (TrailHead(head.sequence, bytes(32)), TrailHead(head.sequence + 1, head.mac)):
            with pytest.raises(Problem) as noticed:
                verify_trail(connection, vault.trail_key, known)
            found.append(noticed.value.code)
    assert found == ["storage.vault_replaced", "storage.vault_old"]
