"""The seal (封印): the state of one contract's vault, signed after each commit and kept outside the vault."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from walkdesk.domain.problem import Problem
from walkdesk.ledger.canonical import Value, canonical, parse_canonical
from walkdesk.ledger.entry import parse_time, time_text
from walkdesk.ledger.keys import signature_holds

KIND = "walkdesk.seal.1"
KIND_WITH_PAGES = "walkdesk.seal.2"

_FIELDS = frozenset({"kind", "contract", "counter", "trail_sequence", "trail_head", "at", "signature"})
_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class Seal:
    """The vault's commit counter with the sequence and head of its trail, signed by the office's key.

    ``pages`` and ``root`` are the number of the vault's pages and the digest over them; a seal without them (both
    ``None``) says where the trail stands and leaves the pages to be checked one by one.
    """

    contract: str
    counter: int
    trail_sequence: int
    trail_head: bytes
    at: datetime
    signature: bytes
    pages: int | None = None
    root: bytes | None = None

    def body(self) -> bytes:
        """The bytes that the signature covers."""
        return canonical(self._told())

    def line(self) -> bytes:
        """The seal as one line of JSON."""
        return canonical({**self._told(), "signature": self.signature.hex()})

    def _told(self) -> dict[str, Any]:
        return _record(
            self.contract, self.counter, self.trail_sequence, self.trail_head, self.at, self.pages, self.root
        )

    def signed_by(self, key: Ed25519PublicKey) -> bool:
        """Whether the office signed this seal."""
        return signature_holds(key, self.signature, self.body())

    def facts(self) -> dict[str, Value]:
        """The facts of the ledger event ``seal``, which appends this state to the chain."""
        return {
            "counter": self.counter,
            "trail_sequence": self.trail_sequence,
            "trail_head": self.trail_head.hex(),
        }


def sign_seal(
    key: Ed25519PrivateKey,
    *,
    contract: str,
    counter: int,
    trail_sequence: int,
    trail_head: bytes,
    at: datetime,
    pages: int | None = None,
    root: bytes | None = None,
) -> Seal:
    """Seal a vault's state; the time is cut to its second. Numbers from 0, a head and a root of 32 bytes, else
    ``ValueError``.
    """
    second = at.replace(microsecond=0)
    if counter < 0 or trail_sequence < 0 or len(trail_head) != 32 or not contract:
        raise ValueError("a seal has a contract, numbers from 0 and a head of 32 bytes")
    if (pages is None) != (root is None) or (root is not None and (len(root) != 32 or (pages or 0) < 1)):
        raise ValueError("a seal has both a number of pages and a root of 32 bytes, or neither")
    body = canonical(_record(contract, counter, trail_sequence, trail_head, second, pages, root))
    return Seal(contract, counter, trail_sequence, trail_head, second, key.sign(body), pages, root)


def parse_seal(line: bytes) -> Seal:
    """Read a line that ``Seal.line`` wrote. Any other byte anywhere is ``ledger.malformed``."""
    record = parse_canonical(line, _LONGEST)
    fields = {KIND: _FIELDS, KIND_WITH_PAGES: _FIELDS | {"pages", "root"}}
    kind = record.get("kind") if isinstance(record, dict) else None
    if type(kind) is not str or record.keys() != fields.get(kind):
        raise Problem("ledger.malformed")
    numbers = (record["counter"], record["trail_sequence"], record.get("pages", 0))
    words = (record["contract"], record["trail_head"], record["at"], record["signature"], record.get("root", ""))
    try:
        if all(type(number) is int and number >= 0 for number in numbers) and all(type(word) is str for word in words):
            seal = Seal(
                record["contract"],
                record["counter"],
                record["trail_sequence"],
                bytes.fromhex(record["trail_head"]),
                parse_time(record["at"]),
                bytes.fromhex(record["signature"]),
                record.get("pages"),
                None if kind == KIND else bytes.fromhex(record["root"]),
            )
            lengths = (len(seal.trail_head), len(seal.signature), len(seal.root or bytes(32)))
            if lengths == (32, 64, 32) and seal.line() == line:
                return seal
    except ValueError:
        pass
    raise Problem("ledger.malformed")


def _record(
    contract: str,
    counter: int,
    trail_sequence: int,
    head: bytes,
    at: datetime,
    pages: int | None,
    root: bytes | None,
) -> dict[str, Any]:
    record: dict[str, Any] = {
        "kind": KIND,
        "contract": contract,
        "counter": counter,
        "trail_sequence": trail_sequence,
        "trail_head": head.hex(),
        "at": time_text(at),
    }
    if root is not None:
        record |= {"kind": KIND_WITH_PAGES, "pages": pages, "root": root.hex()}
    return record
