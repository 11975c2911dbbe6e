"""The chain: each entry holds the digest of the one before, so that nothing can be cut out, edited or
reordered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from walkdesk.ledger.canonical import Value
from walkdesk.ledger.entry import GENESIS, Entry, sign_entry


@dataclass(frozen=True, slots=True)
class Start:
    """Where a chain goes on: the sequence and digest of the last entry that is already known to be good."""

    sequence: int = 0
    head: bytes = GENESIS


@dataclass(frozen=True, slots=True)
class Fault:
    """One finding at one sequence.

    ``gap``: the sequence does not follow the one before. ``link``: the digest of the entry before does not
    match. ``signature``: the entry is not signed by the office. ``clock``, a note only: earlier than the
    entry before.
    """

    sequence: int
    kind: str


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What was found: the number of entries, the last sequence, its digest, the faults, and mere notes."""

    count: int
    last_sequence: int
    head: bytes
    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing was cut out, edited or reordered. A cut end is only seen against a checkpoint."""
        return not self.faults


def append(
    previous: Entry | None,
    key: Ed25519PrivateKey,
    *,
    at: datetime,
    account: str,
    event: str,
    contract: str | None = None,
    facts: Mapping[str, Value] | None = None,
) -> Entry:
    """The next signed entry after ``previous`` (``None``: the ledger's first). Storing it is the caller's."""
    return sign_entry(
        key,
        sequence=1 if previous is None else previous.sequence + 1,
        at=at,
        account=account,
        event=event,
        contract=contract,
        facts=facts or {},
        previous=GENESIS if previous is None else previous.digest(),
    )


def verify_chain(
    entries: Iterable[Entry],
    public_key: Ed25519PublicKey,
    start: Start | None = None,
    *,
    every_signature: bool = True,
) -> ChainReport:
    """Check links, sequences and signatures in the order given.

    ``every_signature=False`` checks only the last entry's: it covers, through the links, everything before
    it, and opening a ledger of 200,000 entries stays a matter of seconds. Full checks are for auditors.
    """
    start = start or Start()
    sequence, head = start.sequence, start.head
    faults: list[Fault] = []
    notes: list[Fault] = []
    count = 0
    before: Entry | None = None
    for entry in entries:
        count += 1
        if entry.sequence != sequence + 1:
            faults.append(Fault(entry.sequence, "gap"))
        if entry.previous != head:
            faults.append(Fault(entry.sequence, "link"))
        if every_signature and not entry.signed_by(public_key):
            faults.append(Fault(entry.sequence, "signature"))
        if before is not None and entry.at < before.at:
            notes.append(Fault(entry.sequence, "clock"))
        sequence, head, before = entry.sequence, entry.digest(), entry
    if not every_signature and before is not None and not before.signed_by(public_key):
        faults.append(Fault(before.sequence, "signature"))
    return ChainReport(count, sequence, head, tuple(faults), tuple(notes))
