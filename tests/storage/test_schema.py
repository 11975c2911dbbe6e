"""The schema in code and the schema that the migrations make are the same, in both databases."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import MetaData

from walkdesk.domain.problem import Problem
from walkdesk.storage.engine import open_engine
from walkdesk.storage.office_tables import OfficeBase
from walkdesk.storage.schema import upgrade
from walkdesk.storage.vault import vault_triggers
from walkdesk.storage.vault_tables import VaultBase

KINDS: list[tuple[str, MetaData, dict[str, str]]] = [
    ("office", OfficeBase.metadata, {}),
    ("vault", VaultBase.metadata, vault_triggers()),
]


@pytest.mark.parametrize(("kind", "metadata", "triggers"), KINDS, ids=["office", "vault"])
def test_migrations_and_code_agree(tmp_path: Path, kind: str, metadata: MetaData, triggers: dict[str, str]) -> None:
    engine = open_engine(tmp_path / "made.db", None)
    with engine.begin() as connection:
        assert upgrade(connection, kind, triggers)
    with engine.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert not upgrade(connection, kind, triggers)
    engine.dispose()


@pytest.mark.parametrize(("kind", "metadata", "triggers"), KINDS, ids=["office", "vault"])
def test_the_sql_of_every_table_is_that_of_the_code(
    tmp_path: Path, kind: str, metadata: MetaData, triggers: dict[str, str]
) -> None:
    """``compare_metadata`` looks past primary keys, ``WITHOUT ROWID`` and foreign keys' targets: this does not."""
    told = []
    for name, migrate in (("migrated.db", True), ("made.db", False)):
        engine = open_engine(tmp_path / name, None)
        with engine.begin() as connection:
            if migrate:
                upgrade(connection, kind, triggers)
            else:
                metadata.create_all(connection)
            rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index')")
            told.append({row[0]: row[1] and _parts(row[1]) for row in rows if row[0] != "alembic_version"})
        engine.dispose()
    told[0].pop("sqlite_autoindex_alembic_version_1", None)
    assert told[0] == told[1]


def _parts(sql: str) -> list[str]:
    """The statement without what does not matter: the order of its parts, and the quotes of a table made anew.

    A column that was added in place stands behind the keys, on their line.
    """
    head, _, body = " ".join(sql.replace('"', "").split()).partition("(")
    body, _, tail = body.rpartition(")")
    return [head.strip(), *sorted(part.strip() for part in re.split(r",(?![^(]*\))", body)), tail.strip()]


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "made.db", None)
    with pytest.raises(Problem, match=r"storage\.triggers_changed"), engine.begin() as connection:
        upgrade(connection, "vault", {"other": "CREATE TRIGGER another AFTER DELETE ON prizes BEGIN SELECT 1; END"})
    with engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one() == 0
    engine.dispose()
