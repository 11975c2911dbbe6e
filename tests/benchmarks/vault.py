"""The vault: what opening costs with everything that is checked on the way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy.orm import Session as OrmSession

from tests.benchmarks.bench import HANDLER, Bench, bare
from tests.benchmarks.entries import in_turns, measures, seconds
from walkdesk.storage.vault import Vault, VaultPoint

ROUNDS = 7


@measures(
    "vault.opening_against_bare",
    "x",
    """opening a contract's vault that is as it was sealed (schema, triggers, the digest of every page, seal) and
    closing it against a bare SQLCipher connection that reads every row of the file once: medians in turns. Every byte
    is read here as well; twice leaves room for the checks around it""",
    at_most=2,
)
def opening(bench: Bench) -> tuple[float, str]:
    return _against_bare(bench, lambda vault, seal: vault.check(seal))


@measures(
    "vault.whole_check_against_bare",
    "x",
    """the same with a check of the whole vault, as after a power failure (every page, every link and every commitment
    of the trail): medians in turns. Two HMACs for each change in Python cost several times the reading of its row in
    C; the limit keeps it from growing worse""",
    at_most=8,
)
def whole_check(bench: Bench) -> tuple[float, str]:
    return _against_bare(bench, lambda vault, seal: vault.check_whole(seal))


def _against_bare(bench: Bench, check: Callable[[Vault, VaultPoint], object]) -> tuple[float, str]:
    office = bench.office()
    session = office.sign_in(HANDLER)
    key, contract, book = session.vault_key, session.contract, session.book
    assert key is not None and contract is not None and book is not None and session.vault is not None
    with session.vault.reading() as connection:
        changes = connection.exec_driver_sql("SELECT count(*) FROM trail").scalar_one()
    with OrmSession(book.engine) as reading:
        seal = book.sealed_point(reading, contract)
    session.close()
    path = office.folder.vault(contract)

    def ours() -> None:
        vault = Vault.open(path, contract, key)
        check(vault, seal)
        vault.close()

    ours_took, bare_took = in_turns(lambda: seconds(ours), lambda: seconds(lambda: _read(path, key)), ROUNDS)
    seen = f"{ours_took * 1000:.1f} ms against {bare_took * 1000:.1f} ms, {changes} changes in the trail"
    return ours_took / bare_took, seen


def _read(path: Path, key: bytes) -> None:
    """Every row of the file, once."""
    connection = bare(path, key)
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        connection.execute(f'SELECT * FROM "{table}"').fetchall()
    connection.close()
