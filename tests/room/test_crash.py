"""The room killed while it saves: nothing that was answered is lost, and the office opens without a false alarm."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pytest

from tests.conftest import PASSWORD, Office
from tests.services.desks import APP_STEPS, APP_USERS, AUGUST, WARD_LIST, ledger_rows, rows, take
from walkdesk.domain.steps import DayState
from walkdesk.messages.cards import OpenCard, SaveDay
from walkdesk.messages.door import SignIn, SignOut
from walkdesk.messages.reception import CommitImport, PreviewImport
from walkdesk.room import wire
from walkdesk.room.server import Room
from walkdesk.services.perform import perform
from walkdesk.services.session import Premises
from walkdesk.storage.trail import verify_trail

KILLS = 10
"""Of each kind; ``--long`` has its own runs with hundreds."""
JULY = "2018-07"

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the room is forked here, so that a kill costs nothing")


@dataclass
class ForkedRoom:
    """A room in a process of its own, without the start of an interpreter."""

    pid: int
    to: IO[bytes]
    back: IO[bytes]
    asked: int = 0

    def send(self, message: object) -> None:
        """Asks and does not wait."""
        self.asked += 1
        wire.write_frame(self.to, wire.question(self.asked, message))

    def hear(self, name: str) -> wire.Told:
        """The next thing that the room says to a question of this name."""
        return wire.decode_answer(wire.read_frame(self.back), name)

    def call(self, message: object) -> Any:
        """Asks and waits."""
        self.send(message)
        told = self.hear(type(message).__name__)
        assert told.problem is None, told.problem
        return told.answer

    def kill(self) -> None:
        """As the power fails: no chance to put anything in order."""
        os.kill(self.pid, signal.SIGKILL)


@contextmanager
def forked(office: Office) -> Iterator[ForkedRoom]:
    """A room that ends with the block, however it ended before."""
    (room_in, to), (back, room_out) = os.pipe(), os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(to)
            os.close(back)
            Room(
                Premises(office.folder, token_roots=[office.tokens]),
                os.fdopen(room_in, "rb"),
                os.fdopen(room_out, "wb"),
            ).serve()
        finally:
            os._exit(0)
    os.close(room_in)
    os.close(room_out)
    room = ForkedRoom(pid, os.fdopen(to, "wb"), os.fdopen(back, "rb"))
    try:
        yield room
    finally:
        room.kill()
        os.waitpid(pid, 0)
        room.to.close()
        room.back.close()


@pytest.fixture(scope="module")
def july(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office in August 2018 with the ward's and the app's people, and no steps yet."""
    folder = tmp_path_factory.mktemp("july") / "office"
    shutil.copytree(_template, folder)
    office = Office(folder)
    session = office.sign_in("S-0142", on=AUGUST)
    take(session, "ward_list", WARD_LIST)
    take(session, "app_users", APP_USERS)
    perform(session, SignOut())
    return folder


def _fresh(july: Path, tmp_path: Path) -> Office:
    shutil.copytree(july, tmp_path / "office", dirs_exist_ok=True)
    return Office(tmp_path / "office")


def _opens(office: Office, look: Callable[[Any], Any]) -> Any:
    """Signs in after a crash: no help, no alarm, the whole trail verified; what ``look`` finds."""
    session = office.sign_in("S-0142")
    assert session.vault is not None
    with session.vault.reading() as connection:
        verify_trail(connection, session.vault.trail_key)
    assert not [event for event, *_ in ledger_rows(session) if event == "alarm"]
    found = look(session)
    perform(session, SignOut())
    return found


def test_the_room_killed_while_cards_are_keyed_loses_no_answered_day(july: Path, tmp_path: Path) -> None:
    office = _fresh(july, tmp_path)
    kept: dict[int, int] = {}
    for turn in range(KILLS):
        with forked(office) as room:
            room.call(SignIn("S-0142", PASSWORD))
            room.call(OpenCard("D0001", JULY))
            sent = [(day, 3000 + turn * 100 + day) for day in range(1, 32)]
            for day, steps in sent:
                room.send(SaveDay("D0001", JULY, day, DayState.KEYED, steps, confirmed=True))
            for day, steps in sent[: 1 + turn * 3]:
                assert room.hear("SaveDay").problem is None
                kept[day] = steps
            room.kill()
        days = {
            day.day: day.steps
            for day in _opens(office, lambda session: perform(session, OpenCard("D0001", JULY)).answer.days)
        }
        lost = {day: steps for day, steps in kept.items() if days[day] not in (steps, 3000 + turn * 100 + day)}
        assert not lost
        kept = {day: steps for day, steps in days.items() if steps is not None}


def test_the_room_killed_while_a_file_is_taken_keeps_all_of_it_or_nothing(july: Path, tmp_path: Path) -> None:
    def counts(session: Any) -> tuple[int, int, int]:
        imports = [facts for event, _, facts in ledger_rows(session) if event == "import_committed"]
        (months,) = rows(session, "SELECT count(*) FROM step_months")
        (batches,) = rows(session, "SELECT count(*) FROM import_batches WHERE kind = 'app_steps'")
        return months[0], batches[0], len(imports)

    seen = set()
    for turn in range(KILLS):
        office = _fresh(july, tmp_path / str(turn))
        with forked(office) as room:
            room.call(SignIn("S-0142", PASSWORD))
            preview = room.call(PreviewImport("app_steps", str(APP_STEPS), JULY))
            room.send(CommitImport(preview.ticket, "平成30年8月8日 受領"))
            answered = False
            for _ in range(turn % 5):
                told = room.hear("CommitImport")
                answered = told.progress is None
                assert told.problem is None
                if answered:
                    break
            room.kill()
        months, batches, imports = _opens(office, counts)
        assert (months > 0) == (batches == 1)
        assert not answered or months > 0
        # The vault's own evidence is its trail; the entry of the book may be missing for the last commit alone.
        assert imports in (2 + batches, 2) and (not answered or imports == 3)
        seen.add((months > 0, answered))
    assert (True, True) in seen and len(seen) > 1


def test_a_room_that_is_not_killed_answers_and_ends(july: Path, tmp_path: Path) -> None:
    """The other tests would pass with a room that does nothing: this one would not."""
    office = _fresh(july, tmp_path)
    with forked(office) as room:
        room.call(SignIn("S-0142", PASSWORD))
        room.call(OpenCard("D0001", JULY))
        assert room.call(SaveDay("D0001", JULY, 1, DayState.KEYED, 4321)).total == 4321
        room.to.close()
        with pytest.raises(wire.Closed):
            wire.read_frame(room.back)
    days = _opens(office, lambda session: perform(session, OpenCard("D0001", JULY)).answer.days)
    assert days[0].steps == 4321
