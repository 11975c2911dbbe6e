"""The slot file: a database key, sealed once for each permitted account, overwritten in place.

Two halves, each with a generation and a tag. A change is written to the half that is not in force, synced, and then
the old half is overwritten: whichever byte the power failed at, one half opens. The file is never under 4 KiB, since
small files may lie inside a directory record where overwriting does not reach them.
"""

from __future__ import annotations

import hashlib
import json
import os
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any, TypeVar

from walkdesk.domain.problem import Problem
from walkdesk.storage.engine import disk_problems
from walkdesk.storage.wiping import sync_folder

T = TypeVar("T")

_MAGIC = b"WDSLOTS1"
_HALF = 64 * 1024
_HEADER = len(_MAGIC) + 8 + 4
_TAG = 32


@dataclass(frozen=True, slots=True)
class Slot:
    """One sealed key: for whom, by whom it was granted, and the granter's signature over it."""

    staff_number: str
    generation: int
    sealed: bytes
    granted_by: str
    signature: bytes

    def signed_bytes(self, scope: str) -> bytes:
        """What the granting manager signs; HPKE proves no sender, this does."""
        return b"|".join(
            [
                b"walkdesk slot 1",
                scope.encode(),
                self.staff_number.encode(),
                str(self.generation).encode(),
                hashlib.sha256(self.sealed).digest(),
            ]
        )


@dataclass(frozen=True, slots=True)
class SlotFile:
    """All slots of one database, in one generation."""

    scope: str
    """``office`` or the contract's id: bound into every slot."""
    generation: int
    slots: Mapping[str, Slot]
    next: SlotFile | None = None
    """While a contract gets new keys: the slots of the next generation, which open the vault once it has them."""

    def with_slot(self, slot: Slot) -> SlotFile:
        """The file with one slot more or replaced."""
        return replace(self, slots={**self.slots, slot.staff_number: slot})

    def without(self, staff_number: str) -> SlotFile:
        """The file without one account's slot, in this generation and the next."""
        left = {k: v for k, v in self.slots.items() if k != staff_number}
        return replace(self, slots=left, next=None if self.next is None else self.next.without(staff_number))


def slot_info(scope: str, staff_number: str, generation: int) -> bytes:
    """What a slot is bound to."""
    return f"walkdesk slot 1|{scope}|{staff_number}|{generation}".encode()


def read_slots(path: Path) -> SlotFile:
    """The slots in force: the readable half with the higher write number."""
    try:
        with path.open("rb") as file:
            raw = file.read(2 * _HALF)
    except FileNotFoundError:
        raise Problem("storage.slots_missing", name=path.name) from None
    except OSError:
        raise Problem("storage.slots_damaged", name=path.name) from None
    halves = [half for half in (_read_half(raw[:_HALF]), _read_half(raw[_HALF:])) if half is not None]
    if not halves:
        raise Problem("storage.slots_damaged", name=path.name)
    return max(halves, key=lambda half: half[0])[1]


def write_slots(path: Path, slots: SlotFile) -> None:
    """Puts new slots in force and overwrites the old ones in place."""
    with disk_problems(path.name):
        if not path.exists():
            descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
            with os.fdopen(descriptor, "r+b", buffering=0) as file:
                _put(file, 0, _half(1, slots) + os.urandom(_HALF))
            sync_folder(path.parent)
            return
        with path.open("r+b", buffering=0) as file:
            raw = file.read(2 * _HALF)
            halves = [_read_half(raw[:_HALF]), _read_half(raw[_HALF:])]
            numbers = [half[0] if half is not None else 0 for half in halves]
            old = 0 if numbers[0] >= numbers[1] else 1
            _put(file, (1 - old) * _HALF, _half(max(numbers) + 1, slots))
            _put(file, old * _HALF, os.urandom(_HALF))


def destroy_slots(path: Path) -> None:
    """Overwrites the whole file in place and reads it back; the file itself stays for the next step."""
    if not path.exists():
        return
    with path.open("r+b", buffering=0) as file:
        noise = os.urandom(max(path.stat().st_size, 2 * _HALF))
        file.write(noise)
        os.fsync(file.fileno())
        file.seek(0)
        if file.read() != noise:
            raise Problem("storage.overwrite_failed", name=path.name)


def _put(file: IO[bytes], place: int, data: bytes) -> None:
    """Writes all of it and has it on disk before returning."""
    file.seek(place)
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]
    os.fsync(file.fileno())


def _half(number: int, slots: SlotFile) -> bytes:
    data = _data(slots)
    if slots.next is not None:
        data["next"] = _data(slots.next)
    body = json.dumps(data).encode()
    head = _MAGIC + number.to_bytes(8, "big") + len(body).to_bytes(4, "big")
    filled = head + body + hashlib.sha256(head + body).digest()
    if len(filled) > _HALF:
        raise Problem("storage.slots_full")
    return filled + os.urandom(_HALF - len(filled))


def _data(slots: SlotFile) -> dict[str, Any]:
    return {
        "scope": slots.scope,
        "generation": slots.generation,
        "slots": [
            {
                "staff_number": slot.staff_number,
                "generation": slot.generation,
                "sealed": b64encode(slot.sealed).decode(),
                "granted_by": slot.granted_by,
                "signature": b64encode(slot.signature).decode(),
            }
            for slot in slots.slots.values()
        ],
    }


def _read_half(raw: bytes) -> tuple[int, SlotFile] | None:
    if len(raw) < _HEADER + _TAG or raw[: len(_MAGIC)] != _MAGIC:
        return None
    number = int.from_bytes(raw[8:16], "big")
    length = int.from_bytes(raw[16:20], "big")
    body, tag = raw[_HEADER : _HEADER + length], raw[_HEADER + length : _HEADER + length + _TAG]
    if hashlib.sha256(raw[:_HEADER] + body).digest() != tag:
        return None
    try:
        data = json.loads(body)
        slots = _parse(data)
        return number, replace(slots, next=_parse(data["next"])) if "next" in data else slots
    except (ValueError, KeyError, TypeError, RecursionError):
        return None  # the tag is no secret: whoever made it, this half is no slot file of ours


def _parse(data: Mapping[str, Any]) -> SlotFile:
    slots = [
        Slot(
            _of(str, item["staff_number"]),
            _of(int, item["generation"]),
            b64decode(item["sealed"], validate=True),
            _of(str, item["granted_by"]),
            b64decode(item["signature"], validate=True),
        )
        for item in _of(list, data["slots"])
    ]
    if not slots:
        raise ValueError("a file that opens for nobody is never written")
    return SlotFile(_of(str, data["scope"]), _of(int, data["generation"]), {one.staff_number: one for one in slots})


def _of(kind: type[T], value: Any) -> T:
    if type(value) is not kind:
        raise ValueError("a value of another kind")
    return value
