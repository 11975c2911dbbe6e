"""The trail: what each row of a bulk import pays for its evidence inside the vault."""

from __future__ import annotations

import shutil
from typing import Any

from tests.benchmarks.bench import HANDLER, Bench, bare, without_triggers
from tests.benchmarks.entries import in_turns, measures, seconds
from walkdesk.domain.steps import Day, DayState, pack
from walkdesk.storage.vault import Vault

ROWS = 5_000
ROUNDS = 5
_INSERT = (
    "INSERT INTO step_months (days, total, counted_days, month, participant_id, keying, origin)"
    " VALUES (?, ?, ?, ?, ?, 1, 'collected')"
)


@measures(
    "trail.row_against_bare",
    "x",
    """a row of step_months in a vault with trail and guard against the same row in the same file without triggers,
    5,000 rows with one statement and one commit: medians in turns. Three rows are written for one, with JSON, two
    HMACs and random bytes between them; fifteen times is still under a tenth of a millisecond, or ten seconds for the
    month of 100,000 people""",
    at_most=15,
)
def row_against_bare(bench: Bench) -> tuple[float, str]:
    office = bench.office()
    session = office.sign_in(HANDLER)
    assert session.contract is not None and session.vault_key is not None
    contract, key = session.contract, session.vault_key
    (people,) = _one(session.vault, "SELECT count(*) FROM participants")
    session.close()
    place = bench.folder("trail")
    shutil.copy(office.folder.vault(contract), place / "bare.db")
    vault = Vault.open(office.folder.vault(contract), contract, key)
    vault.context.who, vault.context.at, vault.context.why = HANDLER, "2018-08-09T09:00:00+09:00", "CommitImport"
    plain = without_triggers(bare(place / "bare.db", key))
    rounds = [_rows(people, number) for number in range(ROUNDS)]
    ours_on, bare_on = iter(rounds), iter(rounds)

    def with_trail() -> None:
        with vault.engine.begin() as connection:
            connection.exec_driver_sql(_INSERT, next(ours_on))

    def without() -> None:
        plain.execute("BEGIN IMMEDIATE")
        plain.executemany(_INSERT, next(bare_on))
        plain.execute("COMMIT")

    ours, rival = in_turns(lambda: seconds(with_trail), lambda: seconds(without), ROUNDS)
    vault.close()
    plain.close()
    return ours / rival, f"{ours / ROWS * 1e6:.1f} µs against {rival / ROWS * 1e6:.1f} µs a row"


def _rows(people: int, number: int) -> list[tuple[Any, ...]]:
    """Months that nobody has yet, for the people in turn."""
    days = pack([Day(6000, DayState.KEYED)] * 31)
    first = 300_000 + number * ROWS
    return [(days, 186_000, 31, first + place, place % people + 1) for place in range(ROWS)]


def _one(vault: Vault | None, query: str) -> tuple[int, ...]:
    assert vault is not None
    with vault.reading() as connection:
        return tuple(connection.exec_driver_sql(query).one())
