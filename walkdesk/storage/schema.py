"""Schema versions: bringing a database up, refusing one that a newer program made, and comparing the triggers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

from walkdesk.domain.problem import Problem

_FOLDER = Path(__file__).parent / "migrations"


def upgrade(connection: Connection, kind: str, triggers: Mapping[str, str]) -> bool:
    """Brings a database of ``kind`` (``office`` or ``vault``) to this program's schema, in the caller's transaction.

    ``True`` when something was migrated. A file of a newer program is a ``Problem`` and is left alone. Migrations may
    drop triggers without a word (alembic's batch mode does): they are made anew from the list in code and compared.
    """
    config = Config()
    config.set_main_option("script_location", str(_FOLDER / kind).replace("%", "%%"))
    config.attributes["connection"] = connection
    scripts = ScriptDirectory.from_config(config)
    current = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in scripts.walk_revisions()}
    if current is not None and current not in known:
        raise Problem("storage.newer")
    if current == scripts.get_current_head():
        compare_triggers(connection, triggers)
        return False
    _drop_triggers(connection)
    command.upgrade(config, "head")
    for statement in triggers.values():
        connection.exec_driver_sql(statement)
    compare_triggers(connection, triggers)
    return True


def compare_triggers(connection: Connection, triggers: Mapping[str, str]) -> None:
    """The triggers in the file are exactly the triggers in code; else ``Problem``: somebody changed the file."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    if {str(name): str(sql) for name, sql in rows} != dict(triggers):
        raise Problem("storage.triggers_changed")


def _drop_triggers(connection: Connection) -> None:
    names = (
        connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all()
    )
    for name in names:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
