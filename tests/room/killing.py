"""Rooms that die: at each write boundary of one action, or at any moment of it; and what must hold afterwards.

For one more action make a ``Case`` and run ``crash``::

    case = Case(
        fresh=lambda: copy_of(prepared_office),       # an office for each kill, in which nobody is
        ask=lambda room: RekeyVault(...),             # signs in, prepares, and returns what is asked then
        holds=lambda office, answered: ...,           # opens the office as the next person and looks
    )
    told(crash(case, KILLS))

A write boundary is a statement that changes a database, each side of a commit, and each side of an ``fsync``, of a
file's removal and of its new name. The room kills itself there with SIGKILL, so that nothing is put in order. Some of
the kills come at any moment instead, inside SQLite's own writes too, and some as soon as the answer is heard.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import random
import select
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, Any

from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect

from tests.conftest import Office
from walkdesk.room import server, wire
from walkdesk.services.session import Premises

PATIENCE = 60.0
AT_ANY_MOMENT = 4
"""Of so many kills one comes at any moment."""
ANSWERED = 5
"""And of so many one as soon as the answer is heard."""
_READS = ("SELECT", "PRAGMA", "BEGIN")


@dataclass(slots=True)
class Doom:
    """Where in an action the room dies: at a boundary (0: at none), or so many seconds after its beginning."""

    boundary: int = 0
    after_seconds: float = 0.0
    _shared: mmap.mmap = field(default_factory=lambda: mmap.mmap(-1, 16))
    """Of both processes: whether the action has come, and how many boundaries it came to."""

    @property
    def met(self) -> int:
        """The boundaries that the room came to."""
        return int.from_bytes(self._shared[:8], "little")

    def comes(self) -> None:
        """The next question is the one."""
        self._shared[8] = 1

    def arm(self) -> None:
        """In the room's process: from the action's beginning to its end the boundaries are counted."""
        rooms: Any = server
        real = rooms.perform
        inside = False

        def meet() -> None:
            if not inside:
                return
            number = self.met + 1
            self._shared[:8] = number.to_bytes(8, "little")
            if number == self.boundary:
                os.kill(os.getpid(), signal.SIGKILL)

        def perform(*given: Any) -> Any:
            nonlocal inside
            inside = bool(self._shared[8])
            if inside and self.after_seconds:
                signal.setitimer(signal.ITIMER_REAL, self.after_seconds)
            try:
                return real(*given)
            finally:
                inside = False
                signal.setitimer(signal.ITIMER_REAL, 0)

        # The default of SIGALRM ends the process wherever it is, inside SQLite's own write too.
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        rooms.perform = perform
        _watch_databases(meet)
        _watch_files(meet)


def _watch_databases(meet: Callable[[], None]) -> None:
    def statement_comes(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.lstrip().upper().startswith(_READS):
            meet()

    event.listen(Engine, "before_cursor_execute", statement_comes)  # type: ignore[no-untyped-call]
    real = DefaultDialect.do_commit

    def commit(dialect: DefaultDialect, connection: Any) -> None:
        meet()
        real(dialect, connection)
        meet()

    DefaultDialect.do_commit = commit  # type: ignore[method-assign]


def _watch_files(meet: Callable[[], None]) -> None:
    def both_sides(name: str) -> None:
        real = getattr(os, name)

        def watched(*given: Any, **more: Any) -> Any:
            meet()
            done = real(*given, **more)
            meet()
            return done

        setattr(os, name, watched)

    for name in ("fsync", "replace", "rename", "unlink", "remove"):
        both_sides(name)


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
        assert select.select([self.back], [], [], PATIENCE)[0], "the room says nothing"
        return wire.decode_answer(wire.read_frame(self.back), name)

    def call(self, message: object) -> Any:
        """Asks and waits; a ``Problem`` that comes back fails the test."""
        self.send(message)
        told = self.hear(type(message).__name__)
        while told.progress is not None:
            told = self.hear(type(message).__name__)
        assert told.problem is None, told.problem
        return told.answer

    def kill(self) -> None:
        """As the power fails: no chance to put anything in order."""
        os.kill(self.pid, signal.SIGKILL)


@contextmanager
def forked(office: Office, doom: Doom | None = None) -> Iterator[ForkedRoom]:
    """A room that ends with the block, however it ended before."""
    (room_in, to), (back, room_out) = os.pipe(), os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(to)
            os.close(back)
            if doom is not None:
                doom.arm()
            server.Room(
                Premises(office.folder, token_roots=[office.tokens]),
                os.fdopen(room_in, "rb"),
                os.fdopen(room_out, "wb"),
            ).serve()
        finally:
            os._exit(0)
    os.close(room_in)
    os.close(room_out)
    # Unbuffered on the way back: whether something is there to be read must be seen by ``select``.
    room = ForkedRoom(pid, os.fdopen(to, "wb"), os.fdopen(back, "rb", buffering=0))
    try:
        yield room
    finally:
        room.kill()
        os.waitpid(pid, 0)
        with contextlib.suppress(BrokenPipeError):
            room.to.close()
        room.back.close()


@dataclass(frozen=True, slots=True)
class Case:
    """One action whose interruption must do no harm."""

    fresh: Callable[[], Office]
    """An office of its own for each kill; nobody is in."""
    ask: Callable[[ForkedRoom], object]
    """Signs in, prepares, and returns the message in whose action the room dies."""
    holds: Callable[[Office, bool], None]
    """Opens the office as the next person does and looks; told whether the room had answered."""


@dataclass(frozen=True, slots=True)
class Crashes:
    """What a series came to: kills, and the write boundaries that the action has."""

    kills: int
    boundaries: int


def crash(case: Case, kills: int) -> Crashes:
    """Kills the room ``kills`` times in the action: at its boundaries, at any moment, and after its answer."""
    whole = Doom()
    taken, _ = _once(case, whole)
    boundaries = whole.met
    assert boundaries, "the action writes nothing"
    chance = random.Random(boundaries)
    at_moment = [Doom(after_seconds=chance.uniform(0.0002, taken)) for _ in range(kills // AT_ANY_MOMENT)]
    at_answer = [Doom() for _ in range(kills // ANSWERED)]
    at_boundary = [Doom(number) for number in _spread(boundaries, kills - len(at_moment) - len(at_answer))]
    for doom in (*at_boundary, *at_answer):
        _, answered = _once(case, doom)
        assert answered == (not doom.boundary), f"the room lived on past boundary {doom.boundary} of {boundaries}"
    for doom in at_moment:
        _, answered = _once(case, doom)
        if answered:  # the moment came too late: that was a kill after the answer, and here comes an early one
            _once(case, Doom(chance.randint(1, boundaries)))
    return Crashes(kills, boundaries)


def _spread(boundaries: int, kills: int) -> list[int]:
    """All boundaries in turn where there are kills enough, else evenly over the whole action."""
    if kills >= boundaries:
        return [place % boundaries + 1 for place in range(kills)]
    return [place * boundaries // kills + 1 for place in range(kills)]


def _once(case: Case, doom: Doom) -> tuple[float, bool]:
    """One room that dies: how long the action took, and whether its answer came."""
    office = case.fresh()
    with forked(office, doom) as room:
        message = case.ask(room)
        doom.comes()
        begun = time.perf_counter()
        room.send(message)
        answered = False
        with contextlib.suppress(wire.Closed):
            while not answered:
                told = room.hear(type(message).__name__)
                assert told.problem is None, told.problem
                answered = told.progress is None
        taken = time.perf_counter() - begun
        room.kill()
    case.holds(office, answered)
    office.close()
    return taken, answered
