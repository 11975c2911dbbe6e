"""A second person signs at the same PC: the requester keeps the place, the approver's key is open for one signature."""

from __future__ import annotations

from dataclasses import dataclass

from walkdesk.messages.common import Done
from walkdesk.messages.registry import asks


@dataclass(frozen=True, slots=True)
class Approver:
    """Somebody who may approve a release."""

    staff_number: str
    name: str
    post: str


@dataclass(frozen=True, slots=True)
class Approvers:
    people: tuple[Approver, ...]


@asks(Approvers)
@dataclass(frozen=True, slots=True)
class ListApprovers:
    """Asks who may approve this release: never who asked for it."""

    release: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What the approver is about to sign, byte by byte, and who that is."""

    body: bytes
    staff_number: str
    name: str
    post: str


@asks(Statement)
@dataclass(frozen=True, slots=True)
class AskToSign:
    """Asks the desk's room whether this person may sign this release now; the try counts at the door until it ends."""

    release: str
    staff_number: str


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


@asks(Done)
@dataclass(frozen=True, slots=True)
class Countersign:
    """Brings the signature to the desk's room; empty where the password was wrong, which counts at the door."""

    release: str
    staff_number: str
    signature: bytes
