"""The note on the token: the ledger's newest checkpoint, signed, outside this PC.

Vault and office book replaced together by older ones agree with each other. What lies on the token does not: the
ledger must hold the entry that the note names. The ward's paper with the checkpoint says the same to a person.
"""

from __future__ import annotations

from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from walkdesk.domain.problem import Problem
from walkdesk.ledger.canonical import Value, canonical, parse_canonical
from walkdesk.ledger.entry import Entry
from walkdesk.ledger.keys import signature_holds

_KIND = "walkdesk.witness.1"
_FIELDS = frozenset({"kind", "office", "sequence", "digest", "signature"})
_LONGEST = 1024


def note_of(key: Ed25519PrivateKey, office: str, last: Entry) -> bytes:
    """What is laid beside the share when the vault closes: under 4 KiB, without anybody's data."""
    body: dict[str, Value] = {"kind": _KIND, "office": office, "sequence": last.sequence, "digest": last.digest().hex()}
    return canonical({**body, "signature": key.sign(canonical(body)).hex()})


def hold_against(note: bytes, key: Ed25519PublicKey, office: str, entry: Callable[[int], Entry | None]) -> bool:
    """Holds the ledger against a note; ``entry`` finds an entry by its sequence.

    ``False`` where the note proves nothing: torn while it was written, of another office, or signed by nobody we know.
    ``Problem("storage.ledger_old")`` where the ledger does not reach as far as the note, ``storage.ledger_replaced``
    where another entry stands there.
    """
    try:
        told = parse_canonical(note, _LONGEST)
        if told.keys() != _FIELDS or told["kind"] != _KIND or told["office"] != office:
            return False
        sequence, digest, signature = int(told["sequence"]), bytes.fromhex(told["digest"]), told.pop("signature")
        if not signature_holds(key, bytes.fromhex(signature), canonical(told)):
            return False
    except (Problem, AttributeError, KeyError, TypeError, ValueError):
        return False
    found = entry(sequence)
    if found is None:
        raise Problem("storage.ledger_old", sequence=sequence)
    if found.digest() != digest:
        raise Problem("storage.ledger_replaced", sequence=sequence)
    return True
