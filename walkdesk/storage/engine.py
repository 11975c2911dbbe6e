"""Opening an encrypted database: SQLCipher with its defaults, a raw key, and strict settings."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection, ExceptionContext
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool
from sqlcipher3 import dbapi2

from walkdesk.domain.problem import Problem

Functions = Mapping[str, tuple[int, Callable[..., Any]]]
"""SQL functions of a database, by name: number of arguments and the function."""
_NAME = "name"


def open_engine(path: Path, key: bytes | None, functions: Functions | None = None, *, look: bool = False) -> Engine:
    """An engine with one connection to ``path``; ``key`` is 32 raw bytes, or ``None`` for a file without secrets.

    ``look`` opens it to read only: not even its write-ahead log is folded into it. ``creator`` together with
    ``module``, so that SQLCipher's own errors are wrapped; the key never stands in a URL.
    """

    def connect() -> Any:
        place = f"{path.absolute().as_uri()}?mode=ro" if look else str(path)
        connection = dbapi2.connect(place, uri=look, isolation_level=None, check_same_thread=False)
        if key is not None:
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA recursive_triggers = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
        except dbapi2.DatabaseError as error:
            connection.close()
            raise problem_of(str(error), path.name) or Problem("storage.database_damaged", name=path.name) from error
        for name, (arity, function) in (functions or {}).items():
            connection.create_function(name, arity, function)
        return connection

    engine = create_engine(
        "sqlite://",
        creator=connect,
        module=dbapi2,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=5,
    )

    @event.listens_for(engine, "connect")
    def _named(_raw: Any, record: ConnectionPoolEntry) -> None:
        record.info[_NAME] = path.name

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        raw: Any = connection.connection.dbapi_connection
        if raw.in_transaction:  # SQLAlchemy takes a commit that failed for the end of its transaction; SQLite does not
            raw.rollback()
        bare(connection, "BEGIN" if look else "BEGIN IMMEDIATE")

    @event.listens_for(engine, "handle_error")
    def _say(context: ExceptionContext) -> None:
        problem = problem_of(str(context.original_exception), path.name)
        if problem is not None:
            raise problem from context.original_exception

    return engine


def bare(connection: Connection, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Runs one statement past SQLAlchemy, in its transaction: for what stands between two keystrokes.

    The rows come as SQLite has them. What the database refuses is the same ``Problem`` as otherwise, or its own error.
    """
    raw: Any = connection.connection.dbapi_connection
    try:
        return list(raw.execute(statement, values))
    except dbapi2.Error as error:
        problem = problem_of(str(error), connection.info[_NAME])
        if problem is None:
            raise
        raise problem from error


def problem_of(said: str, name: str) -> Problem | None:
    """What a database said as a problem that a person can act on; ``None`` for a fault of the program."""
    if "disk is full" in said or "disk I/O error" in said:
        return Problem("storage.disk_full")
    if "not permitted item" in said:
        return Problem("reception.item_not_permitted", item=said.rpartition(" ")[2])
    if "not a database" in said or "malformed" in said:
        return Problem("storage.database_damaged", name=name)
    if "database is locked" in said:
        return Problem("storage.office_in_use")
    if "readonly database" in said or "unable to open" in said:
        return Problem("storage.not_writable", name=name)
    return None


@contextlib.contextmanager
def disk_problems(name: str) -> Iterator[None]:
    """Turns what the disk says about a file into a problem that a person can act on; nothing is swallowed."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Problem("storage.disk_full") from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EISDIR):
            raise Problem("storage.not_writable", name=name) from error
        raise
