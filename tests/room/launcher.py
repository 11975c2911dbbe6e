"""Starts the room as the program does, with what a test must see of it: its sockets, or its memory.

``python -m tests.room.launcher [--watch] [--readable] --office DIR [--tokens DIR ...]``. The room forbids that its
memory is read, and stays so in the program: ``--readable`` allows it again from outside of ``walkdesk``, just before
the room serves its first question, so that a test without privileges can search it.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Sequence

WATCH, READABLE = "--watch", "--readable"
_SET_DUMPABLE = 4
_SET_PTRACER = 0x59616D61
_ANYBODY = ctypes.c_ulong(-1)


def launched(command: Sequence[str], flags: Sequence[str]) -> list[str]:
    """The room's command, started through here."""
    place = command.index("--office")
    return [sys.executable, "-m", "tests.room.launcher", *flags, *command[place:]]


def watch(process: str) -> None:
    """Tells every socket of this process on stderr: ``socket <process> <family>``, and where it connects to."""

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event == "socket.__new__":
            os.write(2, f"socket {process} {arguments[1]:d}\n".encode())
        elif event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname"):
            os.write(2, f"{event} {process}\n".encode())

    sys.addaudithook(hook)


def make_readable() -> None:
    """Lets a process of the same user read this one's memory (Linux)."""
    libc = ctypes.CDLL(None)
    libc.prctl(_SET_DUMPABLE, 1, 0, 0, 0)
    libc.prctl(_SET_PTRACER, _ANYBODY, 0, 0, 0)


def main() -> int:
    """The room."""
    arguments = sys.argv[1:]
    if WATCH in arguments:
        watch("room")

    from walkdesk.room import __main__ as program
    from walkdesk.room.server import Room

    if READABLE in arguments:
        serve = Room.serve

        def readable(room: Room) -> None:
            make_readable()
            serve(room)

        Room.serve = readable  # type: ignore[method-assign,assignment]
    return program.main([word for word in arguments if word not in (WATCH, READABLE)])


if __name__ == "__main__":
    sys.exit(main())
