"""The room as a program of its own: ``python -m walkdesk.room --office DIR``. Nobody starts it by hand."""

from __future__ import annotations

import gc

# Nothing that is imported is thrown away again: looking for it would take a third of the room's start.
gc.disable()

import argparse
import contextlib
import logging
import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from walkdesk.domain.problem import Problem
from walkdesk.room import wire
from walkdesk.room.hardening import harden
from walkdesk.room.server import Room
from walkdesk.services.session import Premises
from walkdesk.storage.office import OfficeFolder, OfficeLock


def main(arguments: Sequence[str] | None = None) -> int:
    """Serves one window over stdin and stdout, until the pipe closes.

    The office is taken with the first question: until then a room stands ready, and another one may end.
    """
    parser = argparse.ArgumentParser(prog="walkdesk room")
    parser.add_argument("--office", type=Path, required=True)
    parser.add_argument("--tokens", type=Path, action="append", default=None)
    options = parser.parse_args(arguments)
    gc.freeze()
    gc.enable()
    threading.excepthook = _silence
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="room: %(message)s")
    harden()
    incoming = os.fdopen(os.dup(0), "rb")
    outgoing = os.fdopen(os.dup(1), "wb")
    # Whatever prints from now on cannot get between the frames.
    os.dup2(2, 1)
    folder = OfficeFolder(options.office.absolute())
    if not incoming.peek(1):
        return 0  # nobody asked
    try:
        lock = OfficeLock(folder)
    except Problem as problem:
        _refuse_all(incoming, outgoing, problem)
        return 1
    try:
        Room(Premises(folder, token_roots=options.tokens), incoming, outgoing).serve()
    finally:
        lock.release()
    return 0


def _silence(fault: threading.ExceptHookArgs) -> None:
    """A fault in a thread is told by its class: its message could carry a participant's data."""
    logging.getLogger(__name__).error("fault %s", fault.exc_type.__name__)


def _refuse_all(incoming: IO[bytes], outgoing: IO[bytes], problem: Problem) -> None:
    """Answers every question with the one problem that keeps this room from working."""
    while True:
        try:
            frame = wire.read_frame(incoming)
        except (wire.Closed, OSError):
            return
        with contextlib.suppress(OSError, Problem):  # a window that left, or no question: nobody to tell
            wire.write_frame(outgoing, wire.problem(wire.number_of(frame), problem))


if __name__ == "__main__":
    sys.exit(main())
