"""The vault: what opening costs with everything that is checked on the way."""

from __future__ import annotations

from tests.benchmarks.bench import HANDLER, Bench, bare
from tests.benchmarks.entries import in_turns, measures, seconds
from walkdesk.services.opening import open_vault_of

ROUNDS = 7


@measures(
    "vault.opening_against_bare",
    "x",
    """opening a contract's vault (share, slot, pages, triggers, every link and every commitment of the trail, seal)
    against a bare SQLCipher connection that reads every row of the file once: medians in turns. Two HMACs for each
    change in Python cost several times the reading of its row in C; the limit keeps it from growing worse than that""",
    at_most=6,
)
def opening(bench: Bench) -> tuple[float, str]:
    office = bench.office()
    session = office.sign_in(HANDLER)
    contract, key = session.contract, session.vault_key
    assert contract is not None and key is not None and session.vault is not None
    path = office.folder.vault(contract)
    with session.vault.reading() as connection:
        changes = connection.exec_driver_sql("SELECT count(*) FROM trail").scalar_one()

    def ours() -> float:
        return seconds(lambda: open_vault_of(session, contract))

    def read() -> None:
        connection = bare(path, key)
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            connection.execute(f'SELECT * FROM "{table}"').fetchall()
        connection.close()

    opened, plain = in_turns(ours, lambda: seconds(read), ROUNDS)
    return opened / plain, f"{opened * 1000:.1f} ms against {plain * 1000:.1f} ms, {changes} changes in the trail"
