"""The certificate of deletion (消去証明書, clause 12): its facts, its bytes, its signature."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from walkdesk.domain.problem import Problem
from walkdesk.ledger.canonical import canonical, parse_canonical
from walkdesk.ledger.entry import parse_time
from walkdesk.ledger.judgement import Judgement, judge
from walkdesk.ledger.keys import fingerprint, public_pem

KIND = "walkdesk.certificate.1"
JSON_NAME = "certificate.json"
SIGNATURE_NAME = "certificate.json.sig"
KEY_NAME = "office-key.pem"

STEPS: Final = (
    "contract_returned",
    "erasure_approved",
    "erasure_intent",
    "keys_destroyed",
    "files_removed",
    "erasure_verified",
)
"""The ledger entries that a certificate stands on, in this order."""

_LONGEST = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Certificate:
    """Everything the certificate says, taken from ledger entries alone.

    ``evidence`` names the entry of each step by sequence and digest; ``checkpoint`` is the ledger's state
    before the entry ``certificate_issued``; ``office_key`` is the fingerprint that the ward's start sheet
    prints. Codes are spelled out by whoever shows them (``ledger.toml``).
    """

    number: str
    revision: int
    issued_at: str
    office: str
    office_key: str
    program: str
    clauses: list[str]
    contract: dict[str, Any]
    counts: dict[str, int]
    returns: list[dict[str, Any]]
    vault: dict[str, Any]
    device: dict[str, Any]
    started_at: str
    ended_at: str
    keys: dict[str, Any]
    files: dict[str, Any]
    hunt: dict[str, Any]
    copies: list[dict[str, Any]]
    releases: dict[str, int]
    operator: dict[str, str]
    verifier: dict[str, str]
    approvers: list[dict[str, str]]
    result: str
    grade: str
    failures: list[str]
    exceptions: list[str]
    statement: str
    not_covered: list[str]
    evidence: list[dict[str, Any]]
    checkpoint: dict[str, Any]

    def document(self) -> dict[str, Any]:
        """The certificate as plain values, as the paper is drawn from it."""
        return {"kind": KIND, **{field.name: getattr(self, field.name) for field in fields(self)}}

    def encode(self) -> bytes:
        """The bytes of ``certificate.json``: the truth that is signed."""
        return canonical(self.document())

    def judgement(self) -> Judgement:
        """Result and grade computed anew from the facts. Facts of another form are
        ``ledger.certificate_form``.
        """
        return judge(
            keys=self.keys,
            files=self.files,
            hunt=self.hunt,
            device=self.device,
            operator=self.operator.get("account", ""),
            verifier=self.verifier.get("account", ""),
        )

    def judged(self) -> bool:
        """Whether what the certificate says follows from its facts."""
        found = self.judgement()
        return (self.result, self.grade, self.statement) == (found.result, found.grade, found.statement) and (
            self.failures,
            self.exceptions,
            self.not_covered,
        ) == (list(found.failures), list(found.exceptions), list(found.not_covered))

    def in_order(self) -> bool:
        """Whether the entries it stands on are all there, one after the other, before the checkpoint."""
        steps = [(item.get("step"), item.get("sequence")) for item in self.evidence]
        sequences = [sequence for _, sequence in steps if type(sequence) is int]
        names = [name for place, (name, _) in enumerate(steps) if not place or steps[place - 1][0] != name]
        last = self.checkpoint.get("sequence")
        return (
            len(sequences) == len(steps)
            and names == list(STEPS)
            and all(one < two for one, two in zip(sequences, sequences[1:], strict=False))
            and type(last) is int
            and sequences[-1] <= last
        )


@dataclass(frozen=True, slots=True)
class SignedCertificate:
    """The three files that an outsider needs: the JSON, its raw signature, the office's public key."""

    document: bytes
    signature: bytes
    key: bytes


def sign_certificate(certificate: Certificate, key: Ed25519PrivateKey) -> SignedCertificate:
    """Sign the bytes of ``certificate.json``; ``openssl pkeyutl -verify -rawin`` accepts the signature as
    it is.
    """
    if certificate.office_key != fingerprint(key.public_key()):
        raise ValueError("the certificate names another key")
    document = certificate.encode()
    return SignedCertificate(document, key.sign(document), public_pem(key.public_key()))


def parse_certificate(data: bytes) -> Certificate:
    """Read ``certificate.json`` strictly. Another form is ``ledger.malformed`` or
    ``ledger.certificate_form``.
    """
    document = parse_canonical(data, _LONGEST)
    if not isinstance(document, dict) or document.get("kind") != KIND:
        raise Problem("ledger.malformed")
    names = {field.name: str(field.type) for field in fields(Certificate)}
    if document.keys() - {"kind"} != names.keys():
        raise Problem("ledger.malformed")
    for name, kind in names.items():
        if not _is_of(document[name], kind):
            raise Problem("ledger.certificate_form", field=name)
    try:
        for name in ("issued_at", "started_at", "ended_at"):
            parse_time(document[name])
    except ValueError:
        raise Problem("ledger.certificate_form", field="issued_at") from None
    return Certificate(**{name: document[name] for name in names})


def _is_of(value: Any, kind: str) -> bool:
    """Whether a value has the type that the field's annotation spells."""
    outer, _, inner = kind.partition("[")
    inner = inner.removesuffix("]")
    if outer == "list":
        return isinstance(value, list) and all(_is_of(item, inner) for item in value)
    if outer == "dict":
        of = inner.partition(", ")[2]
        return isinstance(value, Mapping) and all(_is_of(item, of) for item in value.values())
    return outer == "Any" or type(value) is {"str": str, "int": int}[outer]
