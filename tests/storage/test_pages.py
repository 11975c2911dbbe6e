"""The digest of all pages: the same for the same content wherever it lies, another one for whatever is changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from walkdesk.domain.problem import Problem
from walkdesk.storage.pages import PAGE, Pages

KEY = bytes(range(32))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "some.db"


@pytest.fixture
def database(file: Path) -> Iterator[dbapi2.Connection]:
    """An encrypted database whose write-ahead log holds everything that was written."""
    connection = dbapi2.connect(str(file), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE walks (walk INTEGER PRIMARY KEY, steps BLOB)")
    yield connection
    connection.close()


def _write(database: dbapi2.Connection, rows: int) -> None:
    database.executemany("INSERT INTO walks (steps) VALUES (?)", [(os.urandom(700),) for _ in range(rows)])


def _read(file: Path) -> tuple[int, bytes]:
    pages = Pages(file)
    try:
        digest = pages.digest()
        return digest.pages, digest.root
    finally:
        pages.close()


def test_following_every_commit_says_the_same_as_reading_anew(database: dbapi2.Connection, file: Path) -> None:
    pages, seen = Pages(file), set()
    for turn in range(12):
        database.execute("BEGIN")
        _write(database, 40 if turn % 3 else 3)
        database.execute("COMMIT")
        if turn % 5 == 4:
            database.execute("PRAGMA wal_checkpoint(RESTART)")
        pages.follow()
        digest = pages.digest()
        assert (digest.pages, digest.root) == _read(file)
        seen.add(digest.root)
    assert len(seen) == 12
    pages.close()


def test_folding_the_log_into_the_file_changes_nothing(database: dbapi2.Connection, file: Path) -> None:
    _write(database, 300)
    before = _read(file)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert _read(file) == before


def test_what_was_taken_back_leaves_no_mark(database: dbapi2.Connection, file: Path) -> None:
    _write(database, 10)
    pages = Pages(file)
    before = pages.digest()
    database.execute("PRAGMA cache_size = 5")  # so that the log holds pages of the transaction that is taken back
    database.execute("BEGIN")
    _write(database, 400)
    database.execute("ROLLBACK")
    pages.follow()
    assert pages.digest() == before
    _write(database, 1)
    pages.follow()
    digest = pages.digest()
    assert digest != before and (digest.pages, digest.root) == _read(file)
    pages.close()


def test_a_file_that_became_shorter_has_fewer_pages(database: dbapi2.Connection, file: Path) -> None:
    _write(database, 400)
    pages = Pages(file)
    many = pages.digest().pages
    database.execute("DELETE FROM walks WHERE walk > 20")
    database.execute("VACUUM")
    pages.follow()
    digest = pages.digest()
    assert digest.pages < many and (digest.pages, digest.root) == _read(file)
    pages.close()


def test_every_changed_page_changes_the_digest(database: dbapi2.Connection, file: Path) -> None:
    _write(database, 60)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = _read(file)
    whole = file.read_bytes()
    for at in range(0, len(whole), PAGE):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert _read(file)[1] != before[1]
    file.write_bytes(whole[:-PAGE])
    assert _read(file)[0] == before[0] - 1
    file.write_bytes(whole)
    assert _read(file) == before


def test_a_database_closed_and_opened_again_is_read_anew(file: Path) -> None:
    def opened() -> dbapi2.Connection:
        connection = dbapi2.connect(str(file), isolation_level=None)
        connection.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE IF NOT EXISTS walks (walk INTEGER PRIMARY KEY, steps BLOB)")
        return connection

    first = opened()
    _write(first, 30)
    pages = Pages(file)
    first.close()
    second = opened()
    _write(second, 30)
    pages.follow()
    digest = pages.digest()
    assert (digest.pages, digest.root) == _read(file)
    pages.close()
    second.close()


def test_a_file_that_is_not_there_is_damage(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"storage\.database_damaged"):
        Pages(tmp_path / "none.db")
