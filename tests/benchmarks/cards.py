"""Card entry: what it costs that a day is on the disk with its evidence before the next key."""

from __future__ import annotations

import secrets
import shutil
from typing import Any

from tests.benchmarks.bench import HANDLER, KEYING_DAY, Bench, RealOffice, bare, without_triggers
from tests.benchmarks.entries import in_turns, measures, seconds
from walkdesk.domain.steps import Day, DayState, pack
from walkdesk.messages.cards import OpenCard, SaveDay
from walkdesk.services.perform import perform
from walkdesk.services.session import Session

JULY, KEY = "2018-07", 201807
CARDS = 12


class BareDays:
    """The same writes without trail, guard, seal and checks: two SQLCipher files, two synced commits a day."""

    def __init__(self, bench: Bench, office: RealOffice, session: Session) -> None:
        assert session.contract is not None and session.vault_key is not None and session.vault is not None
        place = bench.folder("bare")
        session.vault.engine.dispose()  # the write-ahead log goes into the file before it is copied
        shutil.copy(office.folder.vault(session.contract), place / "vault.db")
        self.vault = without_triggers(bare(place / "vault.db", session.vault_key))
        self.book = bare(place / "book.db", secrets.token_bytes(32))
        self.book.execute(
            "CREATE TABLE seals (contract TEXT PRIMARY KEY, counter INT, trail_sequence INT, trail_head BLOB, at TEXT)"
        )
        self.contract = session.contract
        self.counter = 0

    def card(self, number: str) -> None:
        """One card, day by day."""
        (person,) = self.vault.execute("SELECT id FROM participants WHERE number = ?", (number,)).fetchone()
        days = [Day()] * 31
        for day in range(31):
            days[day] = Day(6000 + day, DayState.KEYED)
            self._save(person, pack(days), day)

    def _save(self, person: int, days: bytes, day: int) -> None:
        self.counter += 1
        vault: Any = self.vault
        vault.execute("BEGIN IMMEDIATE")
        vault.execute(
            "INSERT INTO step_months (days, total, counted_days, month, participant_id, keying, origin)"
            " VALUES (?, ?, ?, ?, ?, 1, 'collected') ON CONFLICT DO UPDATE SET days = excluded.days,"
            " total = excluded.total, counted_days = excluded.counted_days",
            (days, day * 6000, day + 1, KEY, person),
        )
        vault.execute("UPDATE vault_state SET counter = counter + 1")
        vault.execute("COMMIT")
        self.book.execute("BEGIN IMMEDIATE")
        self.book.execute(
            "INSERT OR REPLACE INTO seals VALUES (?, ?, ?, ?, ?)",
            (self.contract, self.counter, self.counter, bytes(32), "2018-08-09T09:00:00+09:00"),
        )
        self.book.execute("COMMIT")


@measures(
    "cards.save_day_against_bare",
    "x",
    """one day of a card through perform (permission, checks, trail, seal with its signature, two synced commits)
    against the same rows and two synced commits on two bare SQLCipher files: medians over cards of 31 days, in turns.
    The evidence is a few hundred microseconds of Python, so on a fast disk it weighs more than the disk itself; at
    five times the bare write a day is still under a hundredth of a second and cannot be felt""",
    at_most=5,
)
def save_day(bench: Bench) -> tuple[float, str]:
    office = bench.office()
    session = office.sign_in(HANDLER, on=KEYING_DAY)
    rival = BareDays(bench, office, session)
    numbers = bench.card_numbers(CARDS + 1)

    def key(number: str) -> None:
        perform(session, OpenCard(number, JULY))
        for day in range(1, 32):
            perform(session, SaveDay(number, JULY, day, DayState.KEYED, 6000 + day, confirmed=True))

    key(numbers[0])
    rival.card(numbers[0])
    ours_on, bare_on = iter(numbers[1:]), iter(numbers[1:])
    ours, plain = in_turns(
        lambda: seconds(lambda: key(next(ours_on))) / 31,
        lambda: seconds(lambda: rival.card(next(bare_on))) / 31,
        len(numbers) - 1,
    )
    return ours / plain, f"{ours * 1000:.2f} ms against {plain * 1000:.2f} ms"
