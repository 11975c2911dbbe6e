"""Frames on the pipe: a length, then one msgpack record; decoded only into registered message types.

A question is ``[id, name, body]``, an answer ``[id, kind, body]`` with ``kind`` one of ``answer``, ``progress`` and
``problem``. msgspec decodes each body strictly into the one dataclass that its name is registered for.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import IO, Any, TypeVar

import msgspec

from walkdesk.domain.problem import Problem
from walkdesk.messages.catalogue import QUESTIONS
from walkdesk.messages.common import Changes, ProblemNote, Progress

T = TypeVar("T")

LONGEST = 512 * 1024 * 1024
"""A longer frame is no frame: a paper of 100,000 labels is far below."""
CANCEL = "cancel"

_LENGTH = struct.Struct(">I")


def _encoded(parts: list[object]) -> bytes:
    """msgpack with times as text: its own time stamp would lose the offset, and Japan's evening become another day."""
    return msgspec.msgpack.encode(msgspec.to_builtins(parts, builtin_types=(bytes,)))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it came: its number, and its message, or ``None`` for a wish to cancel that number."""

    number: int
    message: object | None


@dataclass(frozen=True, slots=True)
class Told:
    """What came back for a question: progress, or the end: an answer with its changes, or a problem."""

    number: int
    progress: Progress | None = None
    answer: Any = None
    changes: Changes | None = None
    problem: Problem | None = None


class Closed(Exception):
    """The other side is gone."""


def write_frame(stream: IO[bytes], frame: bytes) -> None:
    """Writes one frame and flushes it."""
    stream.write(_LENGTH.pack(len(frame)) + frame)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes:
    """The next frame; ``Closed`` at the end of the pipe."""
    length = _LENGTH.unpack(_exactly(stream, _LENGTH.size))[0]
    if length > LONGEST:
        raise Closed
    return _exactly(stream, length)


def question(number: int, message: object) -> bytes:
    """The frame of a question."""
    return _encoded([number, type(message).__name__, message])


def cancel(number: int) -> bytes:
    """The frame of a wish to cancel."""
    return _encoded([number, CANCEL, None])


def answer(number: int, value: Any, changes: frozenset[str]) -> bytes:
    """The frame of an answer."""
    return _encoded([number, "answer", [value, sorted(changes)]])


def progress(number: int, value: Progress) -> bytes:
    """The frame of a progress."""
    return _encoded([number, "progress", value])


def problem(number: int, value: Problem) -> bytes:
    """The frame of a problem."""
    return _encoded([number, "problem", ProblemNote.of(value)])


def decode_question(frame: bytes) -> Asked:
    """A question; a name that is not registered, or a body that does not fit, is a ``Problem``."""
    number, name, body = _parts(frame)
    if name == CANCEL:
        return Asked(number, None)
    asked = QUESTIONS.get(name)
    if asked is None:
        raise Problem("shell.unknown_message", name=name)
    return Asked(number, _decoded(body, asked.message))


def decode_answer(frame: bytes, name: str) -> Told:
    """What the room said to a question of this name."""
    number, kind, body = _parts(frame)
    if kind == "progress":
        return Told(number, progress=_decoded(body, Progress))
    if kind == "problem":
        return Told(number, problem=_decoded(body, ProblemNote).problem())
    if kind != "answer":
        raise Problem("shell.unreadable_message")
    value, areas = _decoded(body, tuple[msgspec.Raw, list[str]])
    return Told(number, answer=_decoded(value, QUESTIONS[name].answer), changes=Changes(frozenset(areas)))


def number_of(frame: bytes) -> int:
    """The question's number of a frame."""
    return _parts(frame)[0]


def _parts(frame: bytes) -> tuple[int, str, msgspec.Raw]:
    return _decoded(frame, tuple[int, str, msgspec.Raw])


def _decoded(body: bytes | msgspec.Raw, kind: type[T]) -> T:
    try:
        return msgspec.msgpack.decode(body, type=kind)
    except (msgspec.ValidationError, msgspec.DecodeError, RecursionError):
        raise Problem("shell.unreadable_message") from None


def _exactly(stream: IO[bytes], length: int) -> bytes:
    data = b""
    while len(data) < length:
        piece = stream.read(length - len(data))
        if not piece:
            raise Closed
        data = piece if not data else data + piece
    return data
