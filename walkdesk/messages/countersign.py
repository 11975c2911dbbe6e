"""A second person signs at the same PC: the requester keeps the place, the approver's key is open for one signature."""

from __future__ import annotations

from dataclasses import dataclass

from walkdesk.messages.registry import asks


@dataclass(frozen=True, slots=True)
class Signature:
    """64 bytes of Ed25519."""

    signature: bytes


@asks(Signature)
@dataclass(frozen=True, slots=True)
class SignOnce:
    """Asks the approver's own short-lived room: opens this account's key, signs the one statement, and ends."""

    staff_number: str
    password: str
    body: bytes
