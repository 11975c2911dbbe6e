"""The window: how long it stands still while the room makes many letters and the printer gets them."""

from __future__ import annotations

import json
import os
import subprocess
import time
from datetime import date
from pathlib import Path
from typing import Any

from tests.benchmarks.bench import HANDLER, KEYING_DAY, Bench
from tests.benchmarks.entries import measures
from tests.conftest import PASSWORD, Office
from tests.journeys.seat import Seat, command, surroundings, write
from walkdesk.messages.door import SetPracticeDate, SignOut
from walkdesk.messages.releases import ApproveRelease, RequestLetters
from walkdesk.services.perform import perform

PROJECT = Path(__file__).resolve().parents[2]
APPROVER = "S-0150"
TICK = 5
"""Milliseconds between two looks at the clock."""


@measures(
    "window.longest_pause",
    "s",
    """the longest time in which the window's event loop did not turn, while the plan and the sample of the letters to
    everybody are shown, the letters are made by the room and read by a printer (lp, which keeps what it reads); the
    program and its room are the real ones, offscreen, every page was seen once before""",
    at_most=0.25,
)
def longest_pause(bench: Bench) -> tuple[float, str]:
    office = bench.office()
    sheets = _approved(office, KEYING_DAY)
    tray = _printer(bench.folder("printer"))
    variables = surroundings(office.folder.path, office.tokens)
    variables["PATH"] = f"{tray.parent}{os.pathsep}{variables['PATH']}"
    done = subprocess.run(
        command("tests.benchmarks.window:print_letters", str(tray)),
        cwd=PROJECT,
        env=variables,
        capture_output=True,
        check=True,
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return float(told["longest"]), f"{sheets} letters, from the key to the printer {told['whole']:.2f} s"


def _approved(office: Office, on: date) -> int:
    """Letters to everybody, asked for by one and approved by another; nobody is in afterwards."""
    session = office.sign_in(HANDLER)
    perform(session, SetPracticeDate(on))
    done = perform(session, RequestLetters("all", "参加案内の送付")).answer
    perform(session, SignOut())
    session = office.sign_in(APPROVER)
    perform(session, ApproveRelease("R-0001"))
    perform(session, SignOut())
    return int(done.facts["count"])


def _printer(folder: Path) -> Path:
    """A printer that keeps what it is given; where it keeps it."""
    tray = folder / "tray"
    for name, script in (("lpstat", "echo Office"), ("lp", f"cat > {tray}.part; mv {tray}.part {tray}")):
        program = folder / name
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
    return tray


def print_letters(seat: Seat, tray: str) -> None:
    """The journey: the plan on the papers desk, then the approved letters onto paper."""
    from PySide6.QtCore import QTimer

    seat.come_in(HANDLER, lambda field: write(field, PASSWORD))
    for desk in ("papers", "releases", "today"):
        seat.go(desk)
    turns = [time.perf_counter()]
    clock = QTimer()
    clock.timeout.connect(lambda: turns.append(time.perf_counter()))
    clock.start(TICK)
    begun = time.perf_counter()
    seat.go("papers", tab="letters")
    seat.go("releases", release="R-0001")
    seat.press("releases_print")
    seat.press("releases_printing_save")
    seat.until(Path(tray).exists, "the printed letters")
    seat.settled()
    pauses = [later - earlier for earlier, later in zip(turns, turns[1:], strict=False)]
    seat.tell(longest=max(pauses), whole=time.perf_counter() - begun)
