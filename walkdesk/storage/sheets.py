"""復旧用紙: the keys that come out of a sheet's code, and its slot beside those of the people.

``code → HKDF-SHA256 → X25519 private key``; the office book keeps the public half, and the slot file the database key
sealed to it. The contract's share is not in between: the sheet is for the day on which the token is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from walkdesk.domain.problem import Problem
from walkdesk.storage.keys import KEY_BYTES, AccountKeys, open_key, seal_key
from walkdesk.storage.slots import Slot, SlotFile, slot_info

_NAME = re.compile(r"recovery-([1-9][0-9]{0,5})")


def sheet_name(generation: int) -> str:
    """The name of a sheet's slot; no staff number has this form."""
    return f"recovery-{generation}"


def sheet_key(secret: bytes, scope: str, generation: int) -> X25519PrivateKey:
    """The private key of a sheet, bound to what it opens and to its generation."""
    info = f"walkdesk recovery 1|{scope}|{generation}".encode()
    raw = HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=info).derive(secret)
    return X25519PrivateKey.from_private_bytes(raw)


def sheet_public(secret: bytes, scope: str, generation: int) -> bytes:
    """The half that the office book keeps."""
    return sheet_key(secret, scope, generation).public_key().public_bytes_raw()


def sheet_slot(slots: SlotFile, key: bytes, generation: int, public: bytes, granter: tuple[str, AccountKeys]) -> Slot:
    """A database key sealed to a sheet, signed by the manager who makes it."""
    name = sheet_name(generation)
    sealed = seal_key(key, public, None, slot_info(slots.scope, name, slots.generation))
    slot = Slot(name, slots.generation, sealed, granter[0], b"")
    return replace(slot, signature=granter[1].signing.sign(slot.signed_bytes(slots.scope)))


def sheets_in(slots: SlotFile) -> tuple[int, ...]:
    """The generations of the sheets that open this database now."""
    return tuple(sorted(generation for generation, _ in _sheets(slots)))


def people_in(slots: SlotFile) -> tuple[Slot, ...]:
    """The slots of people, by staff number."""
    sheets = {slot.staff_number for _, slot in _sheets(slots)}
    return tuple(slots.slots[name] for name in sorted(slots.slots) if name not in sheets)


def without_sheets(slots: SlotFile, but: int = 0) -> SlotFile:
    """The file without the slots of sheets; that of the generation ``but`` stays."""
    gone = {slot.staff_number for generation, slot in _sheets(slots) if generation != but}
    return replace(slots, slots={name: slot for name, slot in slots.slots.items() if name not in gone})


def open_by_sheet(slots: SlotFile, scope: str, secret: bytes) -> tuple[int, bytes]:
    """The generation of the sheet with this secret, and the database key in its slot.

    ``Problem("keys.sheet_unknown")`` where it is no sheet of this database, or no longer one.
    """
    if slots.scope != scope:
        raise Problem("storage.slot_damaged")
    for generation, slot in _sheets(slots):
        info = slot_info(scope, slot.staff_number, slot.generation)
        try:
            return generation, open_key(slot.sealed, sheet_key(secret, scope, generation), None, info)
        except Problem:
            continue  # another sheet's slot
    raise Problem("keys.sheet_unknown")


def _sheets(slots: SlotFile) -> Iterator[tuple[int, Slot]]:
    for name, slot in slots.slots.items():
        found = _NAME.fullmatch(name)
        if found:
            yield int(found[1]), slot
