"""The pipe: what is registered goes through whole, and nothing that comes out of it can end the room."""

from __future__ import annotations

import io
import os
import struct
import types
import typing
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta, timezone
from enum import Enum
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from walkdesk.domain.problem import Problem
from walkdesk.messages.common import Progress
from walkdesk.room import wire

JAPAN = timezone(timedelta(hours=9))
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=8),
    int: st.integers(-(2**63), 2**63 - 1),
    bool: st.booleans(),
    float: st.floats(allow_nan=False),
    bytes: st.binary(max_size=8),
    date: st.dates(),
    datetime: st.datetimes(timezones=st.just(JAPAN)),
    type(None): st.none(),
}


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Values of a type, built from its annotations."""
    if kind in PLAIN:
        return PLAIN[kind]
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return st.one_of(*map(values, arguments))
    if origin is tuple:
        if arguments[-1] is Ellipsis:
            return st.lists(values(arguments[0]), max_size=3).map(tuple)
        return st.tuples(*map(values, arguments))
    if origin in (list, frozenset):
        return st.lists(values(arguments[0]), max_size=3).map(origin)
    if origin is dict:
        return st.dictionaries(values(arguments[0]), values(arguments[1]), max_size=3)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(kind)
    assert is_dataclass(kind) and isinstance(kind, type), kind
    hints = typing.get_type_hints(kind)
    return st.builds(kind, **{field.name: st.deferred(lambda t=hints[field.name]: values(t)) for field in fields(kind)})


NAMES = sorted(wire.QUESTIONS)
# All kinds go through one coder, and each kind through it in every run: a few examples of each are some thousand.
EACH = settings(max_examples=200 if os.environ.get("WALKDESK_LONG") else 6, deadline=None)


@pytest.mark.parametrize("name", NAMES)
@EACH
@given(data=st.data(), number=st.integers(0, 2**40))
def test_every_question_goes_through_the_pipe_whole(name: str, data: st.DataObject, number: int) -> None:
    message = data.draw(values(wire.QUESTIONS[name].message))
    asked = wire.decode_question(wire.question(number, message))
    assert (asked.number, asked.message) == (number, message)
    assert type(asked.message) is type(message)


@pytest.mark.parametrize("name", NAMES)
@EACH
@given(data=st.data(), number=st.integers(0, 2**40), areas=st.frozensets(st.text(max_size=5), max_size=3))
def test_every_answer_goes_through_the_pipe_whole(
    name: str, data: st.DataObject, number: int, areas: frozenset[str]
) -> None:
    answer = data.draw(values(wire.QUESTIONS[name].answer))
    told = wire.decode_answer(wire.answer(number, answer, areas), name)
    assert told.number == number and told.answer == answer and told.problem is None
    assert told.changes is not None and told.changes.areas == areas


VALUES = st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), st.text() | PLAIN[int] | st.dates(), max_size=4)


@given(code=st.text(max_size=20), given_values=VALUES)
def test_a_problem_arrives_with_its_values_and_their_types(code: str, given_values: dict[str, Any]) -> None:
    told = wire.decode_answer(wire.problem(3, Problem(code, **given_values)), "SignIn")
    assert told.problem is not None
    assert (told.problem.code, told.problem.values) == (code, given_values)
    assert {key: type(value) for key, value in told.problem.values.items()} == {
        key: type(value) for key, value in given_values.items()
    }


@given(done=PLAIN[int], total=PLAIN[int], stage=st.text())
def test_progress_arrives(done: int, total: int, stage: str) -> None:
    told = wire.decode_answer(wire.progress(3, Progress(done, total, stage)), "SignIn")
    assert told.progress == Progress(done, total, stage)


def test_a_cancel_arrives_as_a_wish() -> None:
    assert wire.decode_question(wire.cancel(7)) == wire.Asked(7, None)


PACKED = st.recursive(
    st.none() | st.booleans() | PLAIN[int] | st.floats() | st.text(max_size=8) | st.binary(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FRAMES = (
    st.binary(max_size=120)
    | PACKED.map(msgspec.msgpack.encode)
    | st.tuples(PLAIN[int], st.sampled_from([*NAMES, "cancel", "answer", "problem", "progress"]), PACKED).map(
        msgspec.msgpack.encode
    )
)


@settings(max_examples=400, deadline=None)
@given(frame=FRAMES, name=st.sampled_from(NAMES))
def test_anything_else_is_a_problem_and_never_a_fault(frame: bytes, name: str) -> None:
    for decode in (wire.decode_question, lambda raw: wire.decode_answer(raw, name), wire.number_of):
        try:
            decode(frame)
        except Problem as problem:
            assert problem.code in ("shell.unreadable_message", "shell.unknown_message")


@pytest.mark.parametrize(
    "body", [b"\x91" * 200_000, b"\x81\xa1a" * 100_000, b"\xdd\xff\xff\xff\xff", b"\xc6\xff\xff\xff\xff"]
)
def test_frames_that_break_decoders_are_a_problem(body: bytes) -> None:
    for start in (b"\x93\x01\xa6SignIn", b"\x93\x01\xa6cancel", b""):
        with pytest.raises(Problem, match=r"shell\.unreadable_message"):
            wire.decode_question(start + body)


def test_a_name_that_is_not_registered_is_refused() -> None:
    frame = msgspec.msgpack.encode([1, "Problem", {}])
    with pytest.raises(Problem, match=r"shell\.unknown_message"):
        wire.decode_question(frame)


@given(frames=st.lists(st.binary(max_size=60), max_size=5), cut=st.integers(0, 100))
def test_frames_come_one_after_the_other_until_the_pipe_closes(frames: list[bytes], cut: int) -> None:
    pipe = io.BytesIO()
    for frame in frames:
        wire.write_frame(pipe, frame)
    raw = pipe.getvalue()
    whole = io.BytesIO(raw)
    assert [wire.read_frame(whole) for _ in frames] == frames
    with pytest.raises(wire.Closed):
        wire.read_frame(whole)
    torn = io.BytesIO(raw[: max(0, len(raw) - cut)])
    read = []
    with pytest.raises(wire.Closed):
        while True:
            read.append(wire.read_frame(torn))
    assert read == frames[: len(read)]


def test_a_length_that_no_frame_has_closes_the_pipe_and_takes_no_memory() -> None:
    with pytest.raises(wire.Closed):
        wire.read_frame(io.BytesIO(struct.pack(">I", wire.LONGEST + 1)))
