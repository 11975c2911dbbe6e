"""The schema of an open vault stands still: no statement of this program drops a trigger or goes around one.

The triggers see every change only as long as they are there and SQLite lets them run. So everything that could change
that is refused where statements are prepared: whatever code it comes from, by mistake or not. Somebody with the key and
another program is another matter: the next opening compares the triggers and the records with the trail.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.engine import Connection

_ALLOWED, _REFUSED = 0, 1
_INSERT, _PRAGMA = 18, 19
_SCHEMA = frozenset((*range(1, 9), *range(10, 18), 26, 29, 30))
"""SQLite's codes for making and dropping tables, indexes, triggers and views, and for ALTER TABLE."""
_SETTINGS = frozenset(
    {
        "foreign_keys",
        "ignore_check_constraints",
        "recursive_triggers",
        "schema_version",
        "secure_delete",
        "writable_schema",
    }
)
"""Settings on which the trail, the guard and the erasure rest. They can be read."""
_BY_TRIGGER = frozenset({"trail", "trail_values"})
"""Only triggers write here."""


def hold_schema(connection: Connection) -> None:
    """From here on; a refused statement says ``not authorized``."""
    _raw(connection).set_authorizer(_answer)


def free_schema(connection: Connection) -> None:
    """For a migration."""
    _raw(connection).set_authorizer(None)


def _answer(action: int, first: str | None, second: str | None, database: str | None, trigger: str | None) -> int:
    if action in _SCHEMA:
        return _REFUSED
    if action == _PRAGMA and second is not None and str(first).lower() in _SETTINGS:
        return _REFUSED
    if action == _INSERT and trigger is None and first in _BY_TRIGGER:
        return _REFUSED
    return _ALLOWED


def _raw(connection: Connection) -> Any:
    return connection.connection.dbapi_connection
