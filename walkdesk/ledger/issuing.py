"""Building a certificate of deletion from the ledger, or refusing to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from walkdesk.domain.problem import Problem
from walkdesk.ledger.canonical import Value
from walkdesk.ledger.certificate import STEPS, Certificate
from walkdesk.ledger.chain import verify_chain
from walkdesk.ledger.checkpoint import checkpoint
from walkdesk.ledger.entry import Entry, time_text
from walkdesk.ledger.judgement import judge
from walkdesk.ledger.keys import fingerprint

CLAUSES: Final = ("special_clause_11", "special_clause_12")
"""特記事項 11 (return and erasure) and 12 (record and certificate of the erasure)."""

_NEEDS_DATA: Final = frozenset(
    {
        "import_committed",
        "masked_data_opened",
        "release_requested",
        "released",
        "contract_opened",
        "items_confirmed",
    }
)
_CONTRACT_FACTS: Final = ("number", "name", "programme", "year", "start", "end", "ward", "contractor")


def build_certificate(
    entries: Iterable[Entry],
    contract: str,
    *,
    office: str,
    public_key: Ed25519PublicKey,
    number: str,
    issued_at: datetime,
    revision: int = 1,
) -> Certificate:
    """The certificate of one contract's erasure, from the office's whole ledger.

    After a crash the same number and time give the same bytes: entries from ``certificate_issued`` on do
    not count, and another number is then ``ledger.already_issued``. Refused, each with its own problem: a
    ledger that does not hold (``chain_broken``), an unknown contract, a missing step (``missing_<step>``)
    or one before its turn (``out_of_order``), fewer than two approvers (``approvals_missing``), a release
    still out (``release_open``), a vault used after the erasure began (``used_after_intent``), a fact that
    an entry should hold (``fact_missing``).
    """
    chain = _until_issued(tuple(entries), contract, number)
    if not chain or not verify_chain(chain, public_key, every_signature=False).holds:
        raise Problem("ledger.chain_broken")
    own = [entry for entry in chain if entry.contract == contract]
    prepared = next((entry for entry in own if entry.event == "contract_prepared"), None)
    if prepared is None:
        raise Problem("ledger.contract_unknown")
    steps = _steps(own)
    _nothing_since(own, steps["erasure_intent"])
    approvals = _approvals(own, steps["contract_returned"], steps["erasure_intent"])
    facts = _facts(chain, own, prepared, steps)
    verdict = judge(
        keys=facts["keys"],
        files=facts["files"],
        hunt=facts["hunt"],
        device=facts["device"],
        operator=facts["operator"]["account"],
        verifier=facts["verifier"]["account"],
    )
    state = checkpoint(office, chain[-1])
    return Certificate(
        number=number,
        revision=revision,
        issued_at=time_text(issued_at.replace(microsecond=0)),
        office=office,
        office_key=fingerprint(public_key),
        clauses=list(CLAUSES),
        approvers=[_person(chain, _approver(entry)) for entry in approvals],
        result=verdict.result,
        grade=verdict.grade,
        failures=list(verdict.failures),
        exceptions=list(verdict.exceptions),
        statement=verdict.statement,
        not_covered=list(verdict.not_covered),
        evidence=_evidence(steps, approvals),
        checkpoint={"sequence": state.sequence, "text": state.text},
        **facts,
    )


def _until_issued(chain: tuple[Entry, ...], contract: str, number: str) -> tuple[Entry, ...]:
    for place, entry in enumerate(chain):
        if entry.event == "certificate_issued" and entry.contract == contract:
            if entry.facts.get("number") != number:
                raise Problem("ledger.already_issued", number=str(entry.facts.get("number", "")))
            return chain[:place]
    return chain


def _steps(own: list[Entry]) -> dict[str, Entry]:
    """The entry of each step: the first that comes after the step before it."""
    found: dict[str, Entry] = {}
    after = 0
    for step in STEPS:
        all_of_step = [entry for entry in own if entry.event == step]
        if not all_of_step:
            raise Problem(f"ledger.missing_{step}")
        later = [entry for entry in all_of_step if entry.sequence > after]
        if not later:
            raise Problem("ledger.out_of_order", sequence=all_of_step[-1].sequence)
        found[step] = later[0]
        after = later[0].sequence
    return found


def _approvals(own: list[Entry], returned: Entry, intent: Entry) -> list[Entry]:
    """One approval of each approver between return and intent; two different people at least."""
    by_person: dict[str, Entry] = {}
    for entry in own:
        if entry.event == "erasure_approved" and returned.sequence < entry.sequence < intent.sequence:
            by_person.setdefault(_approver(entry), entry)
    if len(by_person) < 2:
        raise Problem("ledger.approvals_missing", count=len(by_person))
    return list(by_person.values())


def _approver(entry: Entry) -> str:
    return str(entry.facts.get("approver", entry.account))


def _nothing_since(own: list[Entry], intent: Entry) -> None:
    for entry in own:
        if entry.sequence > intent.sequence and entry.event in _NEEDS_DATA:
            raise Problem("ledger.used_after_intent", sequence=entry.sequence)


def _releases(own: list[Entry]) -> dict[str, int]:
    out = {
        str(e.facts.get("release")): e for e in own if e.event == "released" and e.facts.get("must_return")
    }
    closed = {str(e.facts.get("release")) for e in own if e.event == "release_closed"}
    still = sorted(entry.sequence for release, entry in out.items() if release not in closed)
    if still:
        raise Problem("ledger.release_open", count=len(still), sequence=still[0])
    return {"released": sum(entry.event == "released" for entry in own), "closed": len(closed), "open": 0}


def _facts(
    chain: tuple[Entry, ...], own: list[Entry], prepared: Entry, steps: dict[str, Entry]
) -> dict[str, Any]:
    intent, keys = steps["erasure_intent"], steps["keys_destroyed"]
    files, verified = steps["files_removed"], steps["erasure_verified"]
    hits = _need(verified, "hits") if _need(verified, "hunt") == "performed" else 0
    return {
        "program": f"walkdesk {_need(intent, 'version')}",
        "contract": {"id": prepared.contract, **{name: _need(prepared, name) for name in _CONTRACT_FACTS}},
        "counts": dict(_need(intent, "counts")),
        "returns": [
            {"sequence": entry.sequence, **entry.facts} for entry in own if entry.event == "return_recorded"
        ],
        "vault": {
            "vault": _need(intent, "vault"),
            "digest": _need(intent, "vault_digest"),
            "size": _need(intent, "vault_size"),
        },
        "device": {
            "device": _need(intent, "device"),
            "device_serial": intent.facts.get("device_serial", ""),
            "storage": _need(intent, "storage"),
            "disk_encrypted": _need(intent, "disk_encrypted"),
            "place": _need(intent, "place"),
        },
        "started_at": time_text(intent.at),
        "ended_at": time_text(verified.at),
        "keys": {
            **{name: _need(keys, name) for name in ("share", "share_disposal", "slots", "slots_readable")},
            "unlock_refused": _need(keys, "unlock_refused"),
            "witness": keys.facts.get("witness", ""),
            "copies": _tables(keys.facts.get("keys", ())),
        },
        "files": {name: _need(files, name) for name in ("files", "bytes", "files_left")},
        "hunt": {
            "hunt": _need(verified, "hunt"),
            "watchwords": verified.facts.get("watchwords", 0),
            "places": _tables(verified.facts.get("places", ())),
            "unread": _need(verified, "unread") if _need(verified, "hunt") == "performed" else 0,
            "hits": hits,
            # A find that nobody recorded as removed is still there.
            "hits_left": verified.facts.get("hits_left", hits),
        },
        "copies": _tables(intent.facts.get("copies", ())),
        "releases": _releases(own),
        "operator": _person(chain, keys.account),
        "verifier": _person(chain, str(verified.facts.get("verifier", verified.account))),
    }


def _tables(records: Any) -> list[dict[str, Value]]:
    return [dict(record) for record in records]


def _need(entry: Entry, key: str) -> Any:
    if key not in entry.facts:
        raise Problem("ledger.fact_missing", sequence=entry.sequence, fact=key)
    return entry.facts[key]


def _person(chain: tuple[Entry, ...], account: str) -> dict[str, str]:
    """A staff member's code with name and post, where the ledger's grants tell them."""
    known: dict[str, Any] = {}
    people: dict[Any, dict[str, Any]] = {}
    for entry in chain:
        if entry.event == "person_registered":
            people[entry.facts.get("person")] = dict(entry.facts)
        elif entry.event == "account_granted" and entry.facts.get("staff") == account:
            known = {**people.get(entry.facts.get("person"), {}), **entry.facts}
    return {"account": account, "name": str(known.get("name", "")), "post": str(known.get("post", ""))}


def _evidence(steps: dict[str, Entry], approvals: list[Entry]) -> list[dict[str, Any]]:
    used = {entry.sequence: entry for entry in (*steps.values(), *approvals)}
    ordered = [used[sequence] for sequence in sorted(used)]
    return [
        {"step": entry.event, "sequence": entry.sequence, "digest": entry.digest().hex()} for entry in ordered
    ]
