"""The window's side: starts the room as its own program, asks, and hears the answers on a reader thread.

This module never imports the server: a window that did would hold services and database in its own memory.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import walkdesk
from walkdesk.domain.problem import Problem
from walkdesk.messages.common import Changes, Progress
from walkdesk.room import wire


def _nothing(_: Any) -> None:
    """Nobody listens."""


@dataclass(slots=True)
class _Waiting:
    name: str
    on_answer: Callable[[Any | Problem], None]
    on_progress: Callable[[Progress], None]


def room_command(office: Path, tokens: Sequence[Path] = ()) -> list[str]:
    """How the room is started: this program frozen, or this interpreter with the module."""
    start = [sys.executable, "--room"] if getattr(sys, "frozen", False) else [sys.executable, "-m", "walkdesk.room"]
    command = [*start, "--office", str(office)]
    for token in tokens:
        command += ["--tokens", str(token)]
    return command


def signing_command(office: Path) -> list[str]:
    """How an approver's room is started."""
    frozen = getattr(sys, "frozen", False)
    start = [sys.executable, "--signing"] if frozen else [sys.executable, "-m", "walkdesk.room.signing"]
    return [*start, "--office", str(office)]


class Client:
    """One room. ``ask`` returns at once; what comes back is told from the reader thread."""

    def __init__(
        self,
        office: Path,
        tokens: Sequence[Path] = (),
        on_changes: Callable[[Changes], None] = _nothing,
        on_end: Callable[[], None] | None = None,
        *,
        signing: bool = False,
    ) -> None:
        """``signing`` starts an approver's room beside the one that has the office: it answers one question."""
        self._on_changes = on_changes
        self._on_end = on_end
        self._numbers = itertools.count(1)
        self._waiting: dict[int, _Waiting] = {}
        self._lock = threading.Lock()
        self._sending = threading.Lock()
        self._ended = False
        environment = {key: value for key, value in os.environ.items() if not key.startswith("QT_")}
        # The room finds this very program and nothing that happens to lie in the folder where it was started.
        environment |= {"PYTHONPATH": str(Path(walkdesk.__file__).parents[1]), "PYTHONSAFEPATH": "1"}
        self._process = subprocess.Popen(
            signing_command(office) if signing else room_command(office, tokens),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )
        self._reader = threading.Thread(target=self._read, name="room", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        """The room's process id."""
        return self._process.pid

    def ask(
        self,
        message: object,
        on_answer: Callable[[Any | Problem], None],
        on_progress: Callable[[Progress], None] = _nothing,
    ) -> int:
        """Sends a question and returns its number; ``on_answer`` gets the answer or a ``Problem``."""
        number = next(self._numbers)
        with self._lock:
            if self._ended:
                gone = True
            else:
                gone = False
                self._waiting[number] = _Waiting(type(message).__name__, on_answer, on_progress)
        if gone:
            on_answer(Problem("shell.room_gone"))
            return number
        self._send(wire.question(number, message))
        return number

    def call(self, message: object, on_progress: Callable[[Progress], None] = _nothing) -> Any:
        """Asks and waits: for commands without a window. Raises the ``Problem`` that came back."""
        future: Future[Any] = Future()
        self.ask(message, future.set_result, on_progress)
        answer = future.result()
        if isinstance(answer, Problem):
            raise answer
        return answer

    def cancel(self, number: int) -> None:
        """Asks the room to give up a question; it answers with ``shell.cancelled`` if it still can."""
        self._send(wire.cancel(number))

    def close(self, patience: float = 5.0) -> None:
        """Closes the pipe and waits for the room to end; a room that does not is killed, its keys with it."""
        stdin = self._process.stdin
        if stdin is not None:
            with self._sending, contextlib.suppress(OSError):  # the room has gone before us: nothing is left to close
                stdin.close()
        self._reader.join(patience)  # it hears at once that the room ended; waiting for the process would poll it
        try:
            self._process.wait(0 if self._reader.is_alive() else patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            self._reader.join(patience)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _send(self, frame: bytes) -> None:
        stdin = self._process.stdin
        if stdin is None:
            return
        try:
            with self._sending:
                wire.write_frame(stdin, frame)
        except (OSError, ValueError):
            self._end()

    def _read(self) -> None:
        stdout = self._process.stdout
        try:
            while stdout is not None:
                self._hear(wire.read_frame(stdout))
        except (wire.Closed, OSError, ValueError, Problem):
            return  # gone, or it speaks what nobody understands: the room is over
        finally:
            self._end()

    def _hear(self, frame: bytes) -> None:
        number = wire.number_of(frame)
        with self._lock:
            waiting = self._waiting.get(number)
        if waiting is None:
            return
        try:
            told = wire.decode_answer(frame, waiting.name)
        except Problem as problem:
            told = wire.Told(number, problem=problem)
        if told.progress is not None:
            waiting.on_progress(told.progress)
            return
        with self._lock:
            self._waiting.pop(number, None)
        if told.problem is not None:
            waiting.on_answer(told.problem)
            return
        waiting.on_answer(told.answer)
        if told.changes is not None and told.changes.areas:
            self._on_changes(told.changes)

    def _end(self) -> None:
        with self._lock:
            first, self._ended = not self._ended, True
            waiting, self._waiting = list(self._waiting.values()), {}
        for one in waiting:
            one.on_answer(Problem("shell.room_gone"))
        if first and self._on_end is not None:
            self._on_end()
