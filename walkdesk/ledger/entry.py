"""One line of the ledger (証跡台帳): what happened, signed, bound to everything before it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from walkdesk.domain.problem import Problem
from walkdesk.ledger.canonical import Value, canonical, parse_canonical
from walkdesk.ledger.events import check_event
from walkdesk.ledger.keys import signature_holds

KIND = "walkdesk.entry.1"
"""Stands in every signed body: a signature over an entry can never pass for one over a seal or certificate.
"""

NOBODY = "-"
"""The account of what the program itself did."""

GENESIS = bytes(32)
"""The previous digest of the first entry."""

LONGEST_LINE = 256 * 1024

_ACCOUNT = re.compile(r"-|[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_CONTRACT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_EVENT = re.compile(r"[a-z][a-z0-9_]{0,63}")
_FIELDS = frozenset(
    {"account", "at", "contract", "event", "facts", "kind", "previous", "sequence", "signature"}
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One event: sequence from 1, local time to the second with its offset, account code, event and facts.

    ``facts`` hold counts, codes and references, never a participant's data. A value outside these forms
    raises ``ValueError`` without repeating it.
    """

    sequence: int
    at: datetime
    account: str
    event: str
    contract: str | None
    facts: Mapping[str, Value]
    previous: bytes
    signature: bytes

    def __post_init__(self) -> None:
        if isinstance(self.sequence, bool) or self.sequence < 1:
            raise ValueError("a sequence counts from 1")
        time_text(self.at)
        if not _ACCOUNT.fullmatch(self.account):
            raise ValueError("the account is no code")
        if not _EVENT.fullmatch(self.event):
            raise ValueError("the event is no code")
        if self.contract is not None and not _CONTRACT.fullmatch(self.contract):
            raise ValueError("the contract is no code")
        if len(self.previous) != 32 or len(self.signature) != 64:
            raise ValueError("a digest has 32 bytes and a signature 64")

    def body(self) -> bytes:
        """The bytes that the signature covers: everything but the signature."""
        return _body(
            self.sequence, self.at, self.account, self.event, self.contract, self.facts, self.previous
        )

    def digest(self) -> bytes:
        """SHA-256 over body and signature: what the next entry holds as ``previous``."""
        return hashlib.sha256(self.body() + self.signature).digest()

    def line(self) -> bytes:
        """The entry as one line of JSON without line end, as the office book and exports keep it."""
        record: dict[str, Any] = _record(
            self.sequence, self.at, self.account, self.event, self.contract, self.facts, self.previous
        )
        return canonical({**record, "signature": self.signature.hex()})

    def signed_by(self, key: Ed25519PublicKey) -> bool:
        """Whether the signature is this key's over this body."""
        return signature_holds(key, self.signature, self.body())


def sign_entry(
    key: Ed25519PrivateKey,
    *,
    sequence: int,
    at: datetime,
    account: str,
    event: str,
    contract: str | None,
    facts: Mapping[str, Value],
    previous: bytes,
) -> Entry:
    """Make and sign an entry; the time is cut to its second.

    An event or fact that ``events`` does not list raises ``ValueError``: it is a fault of the program.
    """
    check_event(event, contract, facts)
    second = at.replace(microsecond=0)
    body = _body(sequence, second, account, event, contract, facts, previous)
    return Entry(sequence, second, account, event, contract, dict(facts), previous, key.sign(body))


def parse_entry(line: bytes) -> Entry:
    """Read a line that ``Entry.line`` wrote. Any other byte anywhere is ``ledger.malformed``.

    The event need not be in today's list: a ledger made by another version stays readable.
    """
    record = parse_canonical(line, LONGEST_LINE)
    if not isinstance(record, dict) or record.keys() != _FIELDS or record["kind"] != KIND:
        raise Problem("ledger.malformed")
    try:
        entry = Entry(
            sequence=_typed(record["sequence"], int),
            at=parse_time(_typed(record["at"], str)),
            account=_typed(record["account"], str),
            event=_typed(record["event"], str),
            contract=None if record["contract"] is None else _typed(record["contract"], str),
            facts=_typed(record["facts"], dict),
            previous=bytes.fromhex(_typed(record["previous"], str)),
            signature=bytes.fromhex(_typed(record["signature"], str)),
        )
        if entry.line() == line:
            return entry
    except ValueError:
        pass
    raise Problem("ledger.malformed")


def time_text(at: datetime) -> str:
    """A time as evidence writes it: ISO 8601 with offset, whole seconds."""
    offset = at.utcoffset()
    if offset is None or at.microsecond or offset.seconds % 60 or offset.microseconds:
        raise ValueError("a time in evidence has an offset and whole seconds")
    return at.isoformat(timespec="seconds")


def parse_time(text: str) -> datetime:
    """Read what ``time_text`` wrote; anything else raises ``ValueError``."""
    at = datetime.fromisoformat(text)
    if time_text(at) != text:
        raise ValueError("the time is written in another way")
    return at


def _typed(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise ValueError("a field has another type")
    return value


def _record(
    sequence: int,
    at: datetime,
    account: str,
    event: str,
    contract: str | None,
    facts: Mapping[str, Value],
    previous: bytes,
) -> dict[str, Any]:
    return {
        "kind": KIND,
        "sequence": sequence,
        "at": time_text(at),
        "account": account,
        "event": event,
        "contract": contract,
        "facts": facts,
        "previous": previous.hex(),
    }


def _body(
    sequence: int,
    at: datetime,
    account: str,
    event: str,
    contract: str | None,
    facts: Mapping[str, Value],
    previous: bytes,
) -> bytes:
    return canonical(_record(sequence, at, account, event, contract, facts, previous))
