"""The ledger as a file for auditors: JSON lines, a signed header and then the entries as they stand in the
office book.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from walkdesk.domain.problem import Problem
from walkdesk.ledger.canonical import LARGEST_INTEGER, canonical, parse_canonical
from walkdesk.ledger.chain import Start
from walkdesk.ledger.checkpoint import is_office_id
from walkdesk.ledger.entry import GENESIS, LONGEST_LINE, Entry, parse_entry
from walkdesk.ledger.keys import public_pem, read_public_pem, signature_holds

KIND = "walkdesk.export.1"
LARGEST = 512 * 1024 * 1024

_FIELDS = frozenset({"kind", "office", "public_key", "first", "previous", "count", "head", "signature"})
_LONGEST_HEADER = 8192


@dataclass(frozen=True, slots=True)
class ExportHeader:
    """Whose ledger it is and how far it goes; signed, so that a cut file shows even without a checkpoint."""

    office: str
    public_key: Ed25519PublicKey
    first: int
    previous: bytes
    count: int
    head: bytes
    signature: bytes

    def body(self) -> bytes:
        """The bytes that the signature covers."""
        return canonical(self._record())

    def line(self) -> bytes:
        """The first line of the file, without line end."""
        return canonical({**self._record(), "signature": self.signature.hex()})

    def signed(self) -> bool:
        """Whether the header is signed by the key that it names. Whose key that is, its fingerprint tells."""
        return signature_holds(self.public_key, self.signature, self.body())

    def start(self) -> Start:
        """Where the exported part of the chain begins."""
        return Start(self.first - 1, self.previous)

    def _record(self) -> dict[str, Any]:
        return {
            "kind": KIND,
            "office": self.office,
            "public_key": public_pem(self.public_key).decode("ascii"),
            "first": self.first,
            "previous": self.previous.hex(),
            "count": self.count,
            "head": self.head.hex(),
        }


@dataclass(frozen=True, slots=True)
class LedgerExport:
    """A file as read: its header and its entries in the file's order. Nothing is checked yet but the form."""

    header: ExportHeader
    entries: tuple[Entry, ...]


def export_ledger(entries: Iterable[Entry], office: str, key: Ed25519PrivateKey) -> bytes:
    """The bytes of an exported ledger, whole or from some entry on. No entries at all is
    ``ledger.nothing_to_export``.
    """
    chosen = tuple(entries)
    if not chosen:
        raise Problem("ledger.nothing_to_export")
    if not is_office_id(office):
        raise ValueError("the office id is letters, digits and hyphens")
    blank = ExportHeader(
        office,
        key.public_key(),
        chosen[0].sequence,
        chosen[0].previous,
        len(chosen),
        chosen[-1].digest(),
        bytes(64),
    )
    header = canonical({**blank._record(), "signature": key.sign(blank.body()).hex()})
    return b"".join(line + b"\n" for line in (header, *(entry.line() for entry in chosen)))


def parse_export(data: bytes) -> LedgerExport:
    """Read an exported ledger strictly. The first line that is not as written is
    ``verify.line_unreadable``.
    """
    header, rest = parse_header(data)
    if rest and not rest.endswith(b"\n"):
        raise Problem("verify.line_unreadable", line=rest.count(b"\n") + 2)
    entries = []
    for number, line in enumerate(rest.split(b"\n")[:-1], 2):
        try:
            entries.append(parse_entry(line))
        except Problem:
            raise Problem("verify.line_unreadable", line=number) from None
    return LedgerExport(header, tuple(entries))


def parse_header(data: bytes) -> tuple[ExportHeader, bytes]:
    """The header and what follows it. A file that does not begin with a header is ``verify.unreadable``."""
    if len(data) > LARGEST:
        raise Problem("verify.too_large")
    line, newline, rest = data.partition(b"\n")
    try:
        record = parse_canonical(line, _LONGEST_HEADER)
        if newline and isinstance(record, dict) and record.keys() == _FIELDS and record["kind"] == KIND:
            header = ExportHeader(
                _string(record, "office"),
                read_public_pem(_string(record, "public_key").encode("ascii")),
                _number(record, "first"),
                bytes.fromhex(_string(record, "previous")),
                _number(record, "count"),
                bytes.fromhex(_string(record, "head")),
                bytes.fromhex(_string(record, "signature")),
            )
            lengths = (len(header.previous), len(header.head), len(header.signature))
            genesis = (header.first == 1) == (header.previous == GENESIS)
            numbered = genesis and header.first + header.count - 1 <= LARGEST_INTEGER
            if lengths == (32, 32, 64) and numbered and is_office_id(header.office) and header.line() == line:
                return header, rest
    except (Problem, ValueError):
        pass
    raise Problem("verify.unreadable")


def _string(record: dict[str, Any], key: str) -> str:
    value = record[key]
    if not isinstance(value, str) or len(value) > LONGEST_LINE:
        raise ValueError("a field of the header has another type")
    return value


def _number(record: dict[str, Any], key: str) -> int:
    value = record[key]
    if type(value) is not int or value < 1:
        raise ValueError("a field of the header has another type")
    return value
