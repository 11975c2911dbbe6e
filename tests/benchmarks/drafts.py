"""Drafts: how soon after the password what was typed is there again, and what one pause in typing costs the room."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.bench import HANDLER, KEYING_DAY, Bench
from tests.benchmarks.door import _argon2id
from tests.benchmarks.entries import measures, median_of, seconds, spread
from tests.conftest import PASSWORD
from tests.journeys.seat import Seat, command, surroundings, write
from walkdesk.messages.drafts import DraftField, SaveDraft
from walkdesk.services.perform import perform

PROJECT = Path(__file__).resolve().parents[2]
UNLOCKS = 3
SAVES = 200
_NAME = "髙橋 ふみ"


@measures(
    "drafts.unlock_to_draft",
    "s",
    """from the last key of the password to the half-typed name in its field of the by-hand form, the cursor there,
    in the painted window; Argon2id's own time included. The program and its room are the real ones, offscreen, locked
    by F12 right after the last letter: median of the unlocks""",
    at_most=3,
)
def unlock_to_draft(bench: Bench) -> tuple[float, str]:
    office = bench.office()
    cost = _argon2id(office.folder)
    done = subprocess.run(
        command("tests.benchmarks.drafts:come_back"),
        cwd=PROJECT,
        env=surroundings(office.folder.path, office.tokens),
        capture_output=True,
        check=True,
    )
    facts: dict[str, Any] = json.loads(done.stdout)
    times = [float(one) for one in facts["seconds"]]
    return median_of(times), f"{spread(times)}; {median_of(times) - cost:.3f} s without Argon2id; {bench.people} people"


def come_back(seat: Seat) -> None:
    """The journey: half a name, lock, unlock, and the name is there."""
    seat.come_in(HANDLER, lambda field: write(field, PASSWORD))
    seat.go("reception", view="register")
    seat.find("register_name").setFocus()
    seat.write("register_name", _NAME)
    seat.tell(seconds=[_unlock(seat) for _ in range(UNLOCKS)])


def _unlock(seat: Seat) -> float:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    seat.lock()
    seat.window.activateWindow()
    page = seat.window.signin
    write(page.number, HANDLER)
    write(page.password, PASSWORD)
    begun = time.perf_counter()
    QTest.keyClick(page.password, Qt.Key.Key_Return)
    seat.until(lambda: _is_back(seat), "the draft")
    seat.window.grab()
    taken = time.perf_counter() - begun
    seat.settled()
    return taken


def _is_back(seat: Seat) -> bool:
    try:
        name = seat.find("register_name")
    except LookupError:
        return False
    return bool(name.text() == _NAME and name.hasFocus() and name.cursorPosition() == len(_NAME))


@measures(
    "drafts.save",
    "ms",
    """one changed draft of the by-hand form through perform, on disk with its row in the trail and its seal: median""",
    at_most=5,
)
def save(bench: Bench) -> tuple[float, str]:
    session = bench.office().sign_in(HANDLER, on=KEYING_DAY)
    typed = [
        SaveDraft(
            "reception",
            {"view": "register"},
            (DraftField("register_name", _NAME * (1 + turn % 9)), DraftField("register_address", f"西新宿{turn}")),
            "register_name",
            turn,
        )
        for turn in range(SAVES)
    ]
    times = [seconds(lambda message=message: perform(session, message)) * 1000 for message in typed]  # type: ignore[misc]
    return median_of(times[1:]), spread(times[1:])
