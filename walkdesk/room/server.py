"""The room's side: one worker that owns session and databases, and a reader that only takes questions and cancels."""

from __future__ import annotations

import logging
import queue
import threading
from typing import IO

from walkdesk.domain.problem import Problem
from walkdesk.messages.common import Progress
from walkdesk.messages.door import SignOut
from walkdesk.room import wire
from walkdesk.services.perform import perform
from walkdesk.services.session import Premises, Session

LOG = logging.getLogger(__name__)


class Room:
    """Serves questions, one after the other, until the pipe closes; then everything is closed in good order."""

    def __init__(self, premises: Premises, incoming: IO[bytes], outgoing: IO[bytes]) -> None:
        self._session = Session(premises)
        self._incoming = incoming
        self._outgoing = outgoing
        self._asked: queue.Queue[wire.Asked | None] = queue.Queue()
        self._cancels: dict[int, threading.Event] = {}
        self._writing = threading.Lock()

    def serve(self) -> None:
        """Until the window is gone or asked to end."""
        reader = threading.Thread(target=self._read, name="reader", daemon=True)
        reader.start()
        while (asked := self._asked.get()) is not None:
            self._answer(asked)
        self._end()

    def _read(self) -> None:
        while True:
            try:
                frame = wire.read_frame(self._incoming)
            except (wire.Closed, OSError):
                break
            try:
                asked = wire.decode_question(frame)
            except Problem as problem:
                self._write(wire.problem(_number(frame), problem))
                continue
            if asked.message is not None:
                self._cancels[asked.number] = threading.Event()
                self._asked.put(asked)
            elif (wish := self._cancels.get(asked.number)) is not None:
                wish.set()  # what is answered already cannot be cancelled any more
        self._asked.put(None)

    def _answer(self, asked: wire.Asked) -> None:
        cancelled = self._cancels[asked.number]

        def progress(value: Progress) -> None:
            self._write(wire.progress(asked.number, value))

        try:
            if cancelled.is_set():
                raise Problem("shell.cancelled")
            outcome = perform(self._session, asked.message, progress, cancelled)
            frame = wire.answer(asked.number, outcome.answer, outcome.changes)
        except Problem as problem:
            frame = wire.problem(asked.number, problem)
        except Exception as fault:  # noqa: BLE001 - the last stop: a fault of the program must reach the person
            # The class and the place only: a message or a value could carry a participant's data.
            place = _place(fault)
            LOG.error("fault %s at %s in %s", type(fault).__name__, place, type(asked.message).__name__)
            frame = wire.problem(asked.number, Problem("shell.fault", code=f"{type(fault).__name__} {place}"))
        finally:
            self._cancels.pop(asked.number, None)
        self._write(frame)
        if isinstance(asked.message, SignOut) and self._session.member is None:
            self._asked.put(None)  # the keys go with the process

    def _write(self, frame: bytes) -> None:
        with self._writing:
            try:
                wire.write_frame(self._outgoing, frame)
            except OSError:  # the window is gone; the reader sees the closed pipe and ends the room
                self._asked.put(None)

    def _end(self) -> None:
        try:
            perform(self._session, SignOut("window_gone"))
        except Problem as problem:
            LOG.error("ended without sealing: %s", problem.code)
        finally:
            self._session.close()


def _number(frame: bytes) -> int:
    try:
        return wire.number_of(frame)
    except Problem:
        return 0


def _place(fault: BaseException) -> str:
    trace = fault.__traceback__
    place = ""
    while trace is not None:
        code = trace.tb_frame.f_code
        if "walkdesk" in code.co_filename:
            place = f"{code.co_name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
