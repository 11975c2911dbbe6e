"""The one way in which evidence is written as bytes: canonical JSON after RFC 8785, without floats."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, Union

from walkdesk.domain.problem import Problem

Value: TypeAlias = Union[None, bool, int, str, Sequence["Value"], Mapping[str, "Value"]]

LARGEST_INTEGER = 2**53 - 1
"""RFC 8785 builds on I-JSON: beyond this a browser would read another number than we wrote."""

_DEEPEST = 12
_LONGEST = 8 * 1024 * 1024


def canonical(value: Value) -> bytes:
    """The bytes of a value: keys sorted by UTF-16 code units, no spaces, UTF-8.

    Anything that RFC 8785 could write in two ways or not at all (floats, integers beyond 2**53 - 1, unpaired
    surrogates, keys that are no strings) is a fault of the program and raises ``ValueError``.
    """
    plain = _plain(value, 0)
    return json.dumps(plain, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")


def parse_canonical(data: bytes, longest: int = _LONGEST) -> Any:
    """Read bytes that ``canonical`` wrote; anything else, one added space included, is
    ``ledger.malformed``.
    """
    if len(data) > longest:
        raise Problem("ledger.malformed")
    try:
        value = json.loads(
            data.decode("utf-8"), parse_float=_refuse, parse_constant=_refuse, object_pairs_hook=_no_repeats
        )
        if canonical(value) == data:
            return value
    except (ValueError, RecursionError):
        pass
    raise Problem("ledger.malformed")


def _plain(value: Value, depth: int) -> Any:
    if depth > _DEEPEST:
        raise ValueError("the value is nested too deeply for evidence")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        _utf16(value)
        return str(value)
    if isinstance(value, int):
        if abs(value) > LARGEST_INTEGER:
            raise ValueError("the integer is too large for evidence")
        return int(value)
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise ValueError("a key in evidence is a string")
        return {key: _plain(value[key], depth + 1) for key in sorted(value, key=_utf16)}
    if isinstance(value, (list, tuple)):
        return [_plain(item, depth + 1) for item in value]
    raise ValueError(f"evidence cannot hold a {type(value).__name__}")


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-be")  # an unpaired surrogate raises UnicodeEncodeError, a ValueError


def _refuse(text: str) -> Any:
    raise ValueError("evidence has no floats")


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        raise ValueError("a key stands twice")
    return table
