"""What a database says when the disk is full or somebody else has it: one problem, and nothing half written."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.storage.conftest import CONTRACT, KEY, person
from walkdesk.domain.problem import Problem
from walkdesk.storage.engine import disk_problems, open_engine, problem_of
from walkdesk.storage.trail import verify_trail
from walkdesk.storage.vault import Vault


def test_a_full_disk_is_said_and_nothing_is_half_written(vault: Vault, vault_file: Path) -> None:
    with vault.reading() as connection:
        before = vault.point(connection)
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(Problem) as full, Session(vault.engine) as session:
        session.add_all(person(f"D9{number:03d}", address="東京都新宿区" * 20) for number in range(200))
        session.flush()
    assert full.value.code == "storage.disk_full"
    vault.close()
    again = Vault.open(vault_file, CONTRACT, KEY)
    assert again.check(before) == before
    assert again.counts() == {"provided": 40, "collected": 0, "produced": 0}
    again.close()


def test_the_same_connection_works_when_there_is_room_again(vault: Vault) -> None:
    with vault.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(Problem), Session(vault.engine) as session:
        session.add_all(person(f"D9{number:03d}", address="東京都新宿区" * 20) for number in range(200))
        session.flush()
    with vault.reading() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    with Session(vault.engine) as session:
        session.add_all(person(f"D9{number:03d}") for number in range(200))
        session.commit()
    with vault.reading() as connection:
        verify_trail(connection, vault.trail_key)
    assert vault.counts() == {"provided": 240, "collected": 0, "produced": 0}


def test_the_settings_are_strict(vault: Vault) -> None:
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "temp_store": 2,
        "cipher_page_size": "4096",
    }
    with vault.reading() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in wanted}
    assert found == wanted


def test_no_extension_can_be_loaded(vault: Vault) -> None:
    with vault.reading() as connection, pytest.raises(Exception, match="not authorized"):
        connection.exec_driver_sql("SELECT load_extension('x')")


def test_a_deleted_value_does_not_stay_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "plain.db"
    engine = open_engine(path, None)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE words (word TEXT)")
        connection.exec_driver_sql("INSERT INTO words VALUES ('のんびり歩く')")
    engine.dispose()
    assert "のんびり歩く".encode() in path.read_bytes()
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM words")
    engine.dispose()
    assert "のんびり歩く".encode() not in path.read_bytes()


def test_a_second_writer_waits_for_nothing_and_is_told(tmp_path: Path) -> None:
    first, second = (open_engine(tmp_path / "one.db", None) for _ in range(2))
    with first.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE words (word TEXT)")
    with second.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    with first.begin(), pytest.raises(Problem) as refused, second.begin():
        pass
    first.dispose()
    second.dispose()
    assert refused.value.code == "storage.office_in_use"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "storage.disk_full"),
        (errno.EDQUOT, "storage.disk_full"),
        (errno.EACCES, "storage.not_writable"),
        (errno.EROFS, "storage.not_writable"),
    ],
)
def test_what_the_disk_says_about_a_file_becomes_a_problem(number: int, code: str) -> None:
    with pytest.raises(Problem) as said, disk_problems("office.db"):
        raise OSError(number, "x")
    assert said.value.code == code


def test_a_fault_of_the_program_stays_a_fault() -> None:
    with pytest.raises(OSError, match="x"), disk_problems("office.db"):
        raise OSError(errno.EBADF, "x")
    assert problem_of("no such table: x", "office.db") is None
