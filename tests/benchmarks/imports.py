"""Taking a file in: preview and commit of a ward's list."""

from __future__ import annotations

import csv
import io
import secrets
from pathlib import Path

from tests.benchmarks.bench import HANDLER, LISTS_DAY, Bench, bare, take, written
from tests.benchmarks.entries import in_turns, measures, seconds
from walkdesk.commands.demo.deliveries import ward_list

ROUNDS = 3


@measures(
    "imports.ward_list_against_bare",
    "x",
    """preview and commit of a ward's list (every name, address, phone and age judged twice: for the preview and again
    before it is kept; trail and seal) against csv, the same number of rows inserted into one table of a bare SQLCipher
    file and one synced commit: medians in turns. The rival judges nothing, so the limit only notices a step backwards;
    what a person waits is said beside it""",
    at_most=40,
)
def ward_list_taken(bench: Bench) -> tuple[float, str]:
    delivery = written(bench.folder("list"), ward_list(bench.population))
    found: list[int] = []

    def ours() -> float:
        session = bench.empty_office().sign_in(HANDLER, on=LISTS_DAY)

        def import_it() -> None:
            preview = take(session, "ward_list", delivery)
            found.append(preview.accepted + preview.doubtful)

        taken = seconds(import_it)
        session.close()
        return taken

    def rival() -> float:
        connection = bare(bench.folder("bare") / "bare.db", secrets.token_bytes(32))
        taken = seconds(lambda: _insert(connection, delivery))
        connection.close()
        return taken

    mine, plain = in_turns(ours, rival, ROUNDS)
    rate = found[-1] / mine
    return mine / plain, f"{mine:.3f} s against {plain:.4f} s, {found[-1]} people taken, {rate:.0f} a second"


def _insert(connection: object, file: Path) -> None:
    rows = list(csv.reader(io.StringIO(file.read_bytes().decode("cp932"))))
    columns = len(rows[0])
    run = connection.execute  # type: ignore[attr-defined]
    run(f"CREATE TABLE people (id INTEGER PRIMARY KEY, {', '.join(f'c{place} TEXT' for place in range(columns))})")
    run("BEGIN IMMEDIATE")
    connection.executemany(  # type: ignore[attr-defined]
        f"INSERT INTO people VALUES (NULL{', ?' * columns})", [row for row in rows[1:] if len(row) == columns]
    )
    run("COMMIT")
