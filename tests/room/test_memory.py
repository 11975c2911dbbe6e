"""Keys are in the memory of the room, and nowhere any more after the lock.

The real window with a real room, in processes of their own. Neither pytest nor the seat ever gets a key: the office is
made by a process that has ended, the password is typed letter by letter, and ``tests.room.seeker`` searches for keys
that only it knows. The room does not let its memory be read; ``tests.room.launcher`` allows it again for this search,
so that the test needs no privileges and is never left out.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest

from tests.journeys.seat import Seat, command, surroundings
from tests.room.launcher import READABLE, make_readable

HANDLER = "S-0142"
PROJECT = Path(__file__).resolve().parents[2]
KEYS = ("contract key", "contract share", "opening key", "signing key")
PATIENCE = 60

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the memory is read through /proc")


def come_in_and_lock(seat: Seat, password_file: str) -> None:
    """The journey: in with the keyboard, a desk or two, and the lock; the test searches in between."""

    def type_password(field: Any) -> None:
        # Letter by letter from the file: this journey never holds the password, only the program under test does.
        field.setFocus()
        file = os.open(password_file, os.O_RDONLY)
        while letter := os.read(file, 1):
            QTest.keyClicks(field, letter.decode("ascii"))
        os.close(file)

    seat.come_in(HANDLER, type_password)
    seat.go("reception")
    seat.go("cards")
    seat.tell(window=os.getpid(), room=seat.program.room.pid)
    seat.wait_for_test()
    seat.lock()
    seat.tell(room=seat.program.room.pid)
    seat.wait_for_test()  # the end of the line: the test has searched


@pytest.fixture
def secret_office(tmp_path: Path) -> Iterator[Path]:
    """An office of which this process knows no secret."""
    folder = tmp_path / "secret"
    subprocess.run([sys.executable, "-m", "tests.room.secret_office", str(folder)], cwd=PROJECT, check=True)
    yield folder
    shutil.rmtree(folder)


def family_of(pid: int) -> list[int]:
    """A process and everything that descends from it."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                stat = entry.joinpath("stat").read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue  # ended while we looked
            parents[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])
    family = [pid]
    for one in family:
        family += [child for child, parent in parents.items() if parent == one]
    return family


@dataclass(frozen=True, slots=True)
class Talk:
    """A process that says lines of JSON."""

    process: subprocess.Popen[str]

    def heard(self) -> Any:
        """The next thing that it says."""
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())

    def asked(self, line: str) -> Any:
        """What it says to a line."""
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.heard()


@contextmanager
def talking(arguments: list[str], **more: Any) -> Iterator[Talk]:
    """A process that ends when nobody asks any more, and in good order."""
    process = subprocess.Popen(arguments, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, **more)
    with process:
        try:
            yield Talk(process)
            assert process.stdin is not None
            process.stdin.close()
            assert process.wait(PATIENCE) == 0
        finally:
            process.kill()


def test_keys_are_in_the_room_before_the_lock_and_in_no_process_after_it(secret_office: Path) -> None:
    make_readable()
    copy, password = secret_office / "copy", str(secret_office / "password")
    seeking = ["-m", "tests.room.seeker", str(copy / "office"), str(copy / "usb"), HANDLER, password]
    journey = command("tests.room.test_memory:come_in_and_lock", READABLE, password)
    place = surroundings(secret_office / "office", secret_office / "usb")
    with talking([sys.executable, *seeking]) as seeker, talking(journey, env=place) as seat:

        def search(pids: list[int]) -> dict[int, dict[str, int]]:
            return {int(pid): places for pid, places in seeker.asked(" ".join(map(str, pids))).items()}

        at_work = seat.heard()
        before = search([at_work["room"]])
        locked = seat.asked("lock")
        # All of the test's processes but the seeker, which is the one that may know.
        after = search([pid for pid in family_of(os.getpid()) if pid != seeker.process.pid])
    room, window, door = at_work["room"], at_work["window"], locked["room"]
    # The search can find: before the lock the room held every key. Of the password nothing need be left by then.
    assert all(before[room][key] for key in KEYS), before[room]
    # After it that room is gone, and no process holds any: neither the window nor the room that waits at the door.
    assert room not in after
    assert all(after[pid]["bytes"] > 10_000_000 for pid in (window, door, os.getpid()))
    gone = (*KEYS, "password")
    assert not [(pid, secret) for pid in after for secret in gone if after[pid][secret]]
