"""The office's public key as others meet it: PEM, fingerprint, and the check of one signature."""

from __future__ import annotations

import hashlib

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from walkdesk.domain.problem import Problem
from walkdesk.ledger.readable import grouped, readable

_LONGEST_PEM = 4096


def public_pem(key: Ed25519PublicKey) -> bytes:
    """The key as ``office-key.pem`` holds it (SubjectPublicKeyInfo, RFC 8410)."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def read_public_pem(data: bytes) -> Ed25519PublicKey:
    """Read ``office-key.pem``. Anything but the PEM of one Ed25519 key is ``ledger.key_unreadable``."""
    if len(data) > _LONGEST_PEM:
        raise Problem("ledger.key_unreadable")
    try:
        key = load_pem_public_key(data)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise Problem("ledger.key_unreadable") from None
    if not isinstance(key, Ed25519PublicKey):
        raise Problem("ledger.key_unreadable")
    return key


def fingerprint(key: Ed25519PublicKey) -> str:
    """The key's SHA-256 as 26 characters in groups, as the ward's start sheet prints it."""
    return grouped(readable(hashlib.sha256(key.public_bytes_raw()).digest()))


def signature_holds(key: Ed25519PublicKey, signature: bytes, data: bytes) -> bool:
    """Whether the signature over the data is this key's."""
    try:
        key.verify(signature, data)
    except InvalidSignature:
        return False
    return True
