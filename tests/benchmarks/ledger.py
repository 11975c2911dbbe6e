"""The ledger: how fast an auditor's check goes through it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.benchmarks.bench import Bench
from tests.benchmarks.entries import in_turns, measures, seconds
from walkdesk.domain.dates import JST
from walkdesk.ledger.chain import append, verify_chain
from walkdesk.ledger.entry import Entry

ENTRIES = 5_000
ROUNDS = 5


@measures(
    "ledger.verified_per_second",
    "1/s",
    """entries a second of a whole check: every sequence, link and signature of 5,000 entries in memory. A year has
    some thousands: at this rate an auditor waits less than two seconds""",
    at_least=2_500,
)
def verified_per_second(bench: Bench) -> float:
    key, entries, _ = _chain()
    ours, _none = in_turns(lambda: seconds(lambda: verify_chain(entries, key.public_key())), lambda: 0.0, ROUNDS)
    return ENTRIES / ours


@measures(
    "ledger.check_against_signatures",
    "x",
    """the whole check against nothing but Ed25519 verifying as many signatures over as many bytes: medians in turns.
    Canonical JSON and the digest of each entry may cost as much again as the signature""",
    at_most=2,
)
def against_signatures(bench: Bench) -> tuple[float, str]:
    key, entries, signed = _chain()
    public = key.public_key()

    def bare() -> None:
        for signature, data in signed:
            public.verify(signature, data)

    ours, rival = in_turns(lambda: seconds(lambda: verify_chain(entries, public)), lambda: seconds(bare), ROUNDS)
    return ours / rival, f"{ours / ENTRIES * 1e6:.0f} µs against {rival / ENTRIES * 1e6:.0f} µs an entry"


def _chain() -> tuple[Ed25519PrivateKey, list[Entry], list[tuple[bytes, bytes]]]:
    key = Ed25519PrivateKey.generate()
    entries = list(_entries(key))
    texts = [repr(entry).encode()[:400] for entry in entries]
    return key, entries, [(key.sign(text), text) for text in texts]


def _entries(key: Ed25519PrivateKey) -> Iterator[Entry]:
    begun, entry = datetime(2018, 5, 14, 9, tzinfo=JST), None
    for number in range(ENTRIES):
        entry = append(
            entry,
            key,
            at=begun + timedelta(minutes=number),
            account="S-0142",
            event="seal",
            contract="30-HP-0001",
            facts={"counter": number, "trail_sequence": number * 3, "trail_head": f"{number:064x}"},
        )
        yield entry
