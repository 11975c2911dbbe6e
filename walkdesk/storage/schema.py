"""Schema versions: bringing a database up, refusing one that a newer program made, and comparing the triggers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

from walkdesk.domain.problem import Problem
from walkdesk.storage.standing import free_schema, hold_schema

_FOLDER = Path(__file__).parent / "migrations"


def upgrade(connection: Connection, kind: str, triggers: Mapping[str, str]) -> bool:
    """Brings a database of ``kind`` (``office`` or ``vault``) to this program's schema, in the caller's transaction.

    ``True`` when something was migrated. A file of a newer program is a ``Problem`` and is left alone. Migrations may
    drop triggers without a word (alembic's batch mode does): they are made anew from the list in code and compared.
    Where there are triggers, the schema stands still afterwards.
    """
    if is_current(connection, kind):
        compare_triggers(connection, triggers)
        if triggers:
            hold_schema(connection)
        return False
    free_schema(connection)
    config = _config(kind)
    config.attributes["connection"] = connection
    _drop_triggers(connection)
    command.upgrade(config, "head")
    for statement in triggers.values():
        connection.exec_driver_sql(statement)
    compare_triggers(connection, triggers)
    if triggers:
        hold_schema(connection)
    return True


def is_current(connection: Connection, kind: str) -> bool:
    """Whether a database has this program's schema. A file of a newer program is a ``Problem``."""
    current = MigrationContext.configure(connection).get_current_revision()
    head, known = _revisions(kind)
    if current is not None and current not in known:
        raise Problem("storage.newer")
    return current == head


def _config(kind: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER / kind).replace("%", "%%"))
    return config


@cache
def _revisions(kind: str) -> tuple[str | None, frozenset[str]]:
    """The newest revision and all that there are: read once, since every opening asks."""
    scripts = ScriptDirectory.from_config(_config(kind))
    return scripts.get_current_head(), frozenset(script.revision for script in scripts.walk_revisions())


def compare_triggers(connection: Connection, triggers: Mapping[str, str]) -> None:
    """The triggers in the file are exactly the triggers in code; else ``Problem``: somebody changed the file."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    if {str(name): str(sql) for name, sql in rows} != dict(triggers):
        raise Problem("storage.triggers_changed")


def _drop_triggers(connection: Connection) -> None:
    names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all()
    for name in names:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
