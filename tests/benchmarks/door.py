"""The door: how soon the window is seen, and how soon a person who typed the password can work."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.bench import HANDLER, Bench
from tests.benchmarks.entries import measures, median_of, spread
from tests.conftest import PASSWORD
from tests.journeys.seat import Seat, command, surroundings, write
from walkdesk.storage.accounts import AccountsFile
from walkdesk.storage.keys import account_key
from walkdesk.storage.office import OfficeFolder

STARTS = 9
SIGN_INS = 3
PROJECT = Path(__file__).resolve().parents[2]

# The program as `python -m walkdesk` starts it; it says when the first page was painted, and ends.
_FIRST_PAINT = """
import os, sys, time
from PySide6.QtCore import QEvent, QObject
class Painted(QObject):
    times = []
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            self.times.append(time.monotonic())
        return False
from walkdesk import app
from walkdesk.ui.shell import program
show, painted = program.Program.show_door, Painted()
def watched(self):
    show(self)
    self._window.signin.installEventFilter(painted)
def seen(self):
    assert self._window.isVisible() and painted.times
    print(time.monotonic(), flush=True)
    os._exit(0)
program.Program.show_door, program.Program.open_room = watched, seen
app.main(sys.argv[1:])
"""


@measures(
    "door.window_visible",
    "s",
    "from the start of the process to the painted sign-in page, Qt offscreen, files warm: median of the starts",
    at_most=0.5,
)
def window_visible(bench: Bench) -> tuple[float, str]:
    office = bench.office()
    words = [sys.executable, "-c", _FIRST_PAINT, "--office", str(office.folder.path), "--tokens", str(office.tokens)]
    times = []
    for start in range(STARTS + 1):
        begun = time.monotonic()
        done = subprocess.run(
            words, cwd=PROJECT, env=surroundings(office.folder.path, office.tokens), capture_output=True, check=True
        )
        if start:  # the first start reads the files from the disk
            times.append(float(done.stdout) - begun)
    return median_of(times), spread(times)


@measures(
    "door.password_to_desk",
    "s",
    """from the last key of the password to the first desk answered and painted, minus Argon2id's own time with the
    account's salt and cost in the same run; the real program and a real room, offscreen: median of the sign-ins""",
    at_most=1.2,
)
def password_to_desk(bench: Bench) -> tuple[float, str]:
    times, costs = [], []
    for _ in range(SIGN_INS):
        office = bench.office()
        costs.append(_argon2id(office.folder))
        times.append(_sign_in(office.folder.path, office.tokens) - costs[-1])
    return median_of(times), f"{spread(times)}; Argon2id {median_of(costs):.3f} s taken off; {bench.people} people"


def _argon2id(folder: OfficeFolder) -> float:
    accounts = AccountsFile(folder.accounts)
    try:
        account = next(one for one in accounts.all() if one.staff_number == HANDLER)
    finally:
        accounts.close()
    begun = time.perf_counter()
    account_key(PASSWORD, account.salt, account.cost)
    return time.perf_counter() - begun


def _sign_in(office: Path, tokens: Path) -> float:
    done = subprocess.run(
        command("tests.benchmarks.door:come_in"),
        cwd=PROJECT,
        env=surroundings(office, tokens),
        capture_output=True,
        check=True,
    )
    facts: dict[str, Any] = json.loads(done.stdout)
    return float(facts["seconds"])


def come_in(seat: Seat) -> None:
    """The journey of one sign-in."""
    seat.tell(seconds=seat.come_in(HANDLER, lambda field: write(field, PASSWORD)))
