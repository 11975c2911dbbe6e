"""The approver's room: ``python -m walkdesk.room.signing --office DIR``. It answers one question and ends.

The desk's room has the office and its lock; this one opens one account's key, signs the one statement, and takes the
key with it when it goes.
"""

from __future__ import annotations

import gc

# Nothing that is imported is thrown away again: looking for it would take a third of the start.
gc.disable()

import argparse
import contextlib
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from walkdesk.domain.problem import Problem
from walkdesk.messages.countersign import SignOnce
from walkdesk.room import wire
from walkdesk.room.hardening import harden
from walkdesk.services.countersign import sign_once
from walkdesk.storage.office import OfficeFolder


def main(arguments: Sequence[str] | None = None) -> int:
    """Hears one question on stdin and answers it on stdout."""
    parser = argparse.ArgumentParser(prog="walkdesk signing room")
    parser.add_argument("--office", type=Path, required=True)
    options = parser.parse_args(arguments)
    gc.freeze()
    gc.enable()
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="signing room: %(message)s")
    harden()
    incoming = os.fdopen(os.dup(0), "rb")
    outgoing = os.fdopen(os.dup(1), "wb")
    # Whatever prints from now on cannot get between the frames.
    os.dup2(2, 1)
    with contextlib.suppress(wire.Closed, OSError):  # a window that left before it asked: nobody to tell
        wire.write_frame(outgoing, _answer(wire.read_frame(incoming), OfficeFolder(options.office.absolute())))
    return 0


def _answer(frame: bytes, folder: OfficeFolder) -> bytes:
    number = wire.number_of(frame)
    try:
        asked = wire.decode_question(frame)
        if not isinstance(asked.message, SignOnce):
            raise Problem("shell.unknown_message", name=type(asked.message).__name__)
        return wire.answer(number, sign_once(folder, asked.message), frozenset())
    except Problem as problem:
        return wire.problem(number, problem)
    except Exception as fault:  # noqa: BLE001 - the last stop: its class alone, a message could carry the password
        logging.getLogger(__name__).error("fault %s", type(fault).__name__)
        return wire.problem(number, Problem("shell.fault", code=type(fault).__name__))


if __name__ == "__main__":
    sys.exit(main())
