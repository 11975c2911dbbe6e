"""The vault against its seal: whatever was put in its place, cut or changed is noticed, and an interruption is not."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from tests.storage.conftest import CONTRACT, KEY, add_people
from walkdesk.domain.problem import Problem
from walkdesk.storage.standing import free_schema
from walkdesk.storage.vault import Vault, VaultPoint

PAGE = 4096


def _point(path: Path) -> VaultPoint:
    vault = Vault.open(path, CONTRACT, KEY)
    with vault.reading() as connection:
        point = vault.point(connection)
    vault.close()
    return point


def _open_and_check(path: Path, seal: VaultPoint, key: bytes = KEY, contract: str = CONTRACT) -> VaultPoint:
    vault = Vault.open(path, contract, key)
    try:
        return vault.check(seal)
    finally:
        vault.close()


def _noticed(path: Path, seal: VaultPoint) -> str:
    with pytest.raises(Problem) as noticed:
        _open_and_check(path, seal)
    return noticed.value.code


@pytest.fixture
def seal(vault_file: Path) -> VaultPoint:
    """Where the vault stands."""
    return _point(vault_file)


def test_a_sound_vault_agrees_with_its_seal(vault_file: Path, seal: VaultPoint) -> None:
    assert _open_and_check(vault_file, seal) == seal


def test_nothing_can_be_read_in_the_file(vault_file: Path) -> None:
    raw = vault_file.read_bytes()
    assert not raw.startswith(b"SQLite format 3") and b"D0001" not in raw and "試験".encode() not in raw


def test_a_wrong_key_opens_nothing_and_prints_nothing(vault_file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = vault_file.read_bytes()
    with pytest.raises(Problem) as refused:
        Vault.open(vault_file, CONTRACT, bytes(32))
    assert refused.value.code == "storage.database_damaged"
    assert refused.value.values == {"name": "vault.db"}
    assert vault_file.read_bytes() == before
    assert capfd.readouterr() == ("", "")


def test_a_missing_vault_and_an_existing_file_are_said(vault_file: Path, tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"storage\.vault_missing"):
        Vault.open(tmp_path / "none.db", CONTRACT, KEY)
    assert not (tmp_path / "none.db").exists()
    with pytest.raises(Problem, match=r"storage\.exists"):
        Vault.create(vault_file, CONTRACT, KEY, [], "", "")


def test_the_vault_of_another_contract_is_noticed(vault_file: Path) -> None:
    with pytest.raises(Problem, match=r"storage\.vault_replaced"):
        Vault.open(vault_file, "another", KEY)


@pytest.mark.parametrize("size", [0, 1, 15, 100, PAGE, 2 * PAGE, -PAGE, -1, -PAGE // 2])
def test_a_cut_file_is_noticed(vault_file: Path, seal: VaultPoint, size: int) -> None:
    raw = vault_file.read_bytes()
    vault_file.write_bytes(raw[:size])
    assert _noticed(vault_file, seal).startswith("storage.")


def test_one_flipped_bit_in_any_page_is_noticed(vault_file: Path, seal: VaultPoint) -> None:
    raw = vault_file.read_bytes()
    pages = len(raw) // PAGE
    dice = random.Random(11)
    assert pages > 20
    for page in range(pages):
        changed = bytearray(raw)
        changed[page * PAGE + dice.randrange(PAGE)] ^= 1 << dice.randrange(8)
        vault_file.write_bytes(changed)
        assert _noticed(vault_file, seal) in ("storage.database_damaged", "storage.trail_broken")


def test_swapped_pages_are_noticed(vault_file: Path, seal: VaultPoint) -> None:
    raw = vault_file.read_bytes()
    dice = random.Random(12)
    for _ in range(30):
        one, other = (dice.randrange(len(raw) // PAGE) * PAGE for _ in range(2))
        if one != other:
            changed = bytearray(raw)
            changed[one : one + PAGE], changed[other : other + PAGE] = raw[other : other + PAGE], raw[one : one + PAGE]
            vault_file.write_bytes(changed)
            assert _noticed(vault_file, seal) == "storage.database_damaged"


def test_an_old_file_put_back_is_noticed(vault_file: Path, tmp_path: Path) -> None:
    shutil.copy(vault_file, tmp_path / "old.db")
    vault = Vault.open(vault_file, CONTRACT, KEY)
    add_people(vault, 100, 1)
    vault.close()
    seal = _point(vault_file)
    shutil.copy(tmp_path / "old.db", vault_file)
    assert _noticed(vault_file, seal) == "storage.vault_old"


def test_a_lost_write_ahead_log_is_noticed(vault_file: Path, tmp_path: Path) -> None:
    vault = Vault.open(vault_file, CONTRACT, KEY)
    add_people(vault, 100, 1)
    with vault.reading() as connection:
        seal = vault.point(connection)
    assert vault_file.with_name("vault.db-wal").stat().st_size
    shutil.copy(vault_file, tmp_path / "killed.db")
    shutil.copy(vault_file.with_name("vault.db-wal"), tmp_path / "whole.db-wal")
    shutil.copy(vault_file, tmp_path / "whole.db")
    vault.close()
    assert _open_and_check(tmp_path / "whole.db", seal) == seal
    assert _noticed(tmp_path / "killed.db", seal) == "storage.vault_old"


def test_one_commit_ahead_of_the_seal_is_an_interruption_and_two_are_an_alarm(
    vault_file: Path, seal: VaultPoint
) -> None:
    vault = Vault.open(vault_file, CONTRACT, KEY)
    add_people(vault, 100, 1)
    vault.close()
    assert _open_and_check(vault_file, seal).counter == seal.counter + 1
    vault = Vault.open(vault_file, CONTRACT, KEY)
    add_people(vault, 200, 1)
    vault.close()
    assert _noticed(vault_file, seal) == "storage.vault_replaced"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE vault_state SET counter = counter + 1",
        "UPDATE vault_state SET counter = counter - 1",
        "UPDATE participants SET name = 'x' WHERE number = 'D0001'",
    ],
)
def test_a_change_that_was_not_counted_as_a_commit_is_noticed(
    vault: Vault, vault_file: Path, seal: VaultPoint, statement: str
) -> None:
    with vault.engine.begin() as connection:
        connection.exec_driver_sql(statement)
    vault.close()
    assert _noticed(vault_file, seal) in ("storage.vault_replaced", "storage.vault_old")


def test_a_vault_of_a_newer_program_is_left_alone(vault: Vault, vault_file: Path) -> None:
    with vault.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    vault.close()
    before = vault_file.read_bytes()
    with pytest.raises(Problem, match=r"storage\.newer"):
        Vault.open(vault_file, CONTRACT, KEY)
    assert vault_file.read_bytes() == before


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER trail_participants_update",
        "DROP TRIGGER guard_participants_insert",
        "DROP TRIGGER kept_trail_update",
        "CREATE TRIGGER more AFTER DELETE ON prizes BEGIN SELECT 1; END",
    ],
)
def test_a_dropped_or_added_trigger_is_noticed(vault: Vault, vault_file: Path, statement: str) -> None:
    with vault.engine.begin() as connection:
        free_schema(connection)  # as another program would
        connection.exec_driver_sql(statement)
    vault.close()
    with pytest.raises(Problem, match=r"storage\.triggers_changed"):
        Vault.open(vault_file, CONTRACT, KEY)


def test_the_counts_tell_origins_and_name_nobody(vault: Vault) -> None:
    assert vault.counts() == {"provided": 40, "collected": 0, "produced": 0}
