"""Keys: from a password to an account's keys, and from there to a slot that holds a database key.

``password → Argon2id → account key → AES-GCM → X25519 and Ed25519 private keys``; a database key is sealed to the
X25519 key with HPKE, and, where a contract has a token, first encrypted under the share that lies on the token.
Everything is from ``cryptography``; nothing here is a scheme of our own.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from walkdesk.domain.problem import Problem

KEY_BYTES = 32
_NONCE_BYTES = 12
_HPKE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


@dataclass(frozen=True, slots=True)
class KeyCost:
    """What one guess at a password costs: memory in KiB, passes, lanes (Argon2id)."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


FLOOR = KeyCost()
"""Never less than this in an office that holds participants."""


def raise_cost(target_seconds: float = 0.5, most_kib: int = 1024 * 1024) -> KeyCost:
    """The cost that takes about ``target_seconds`` on this PC: memory doubled from the floor, never below it."""
    cost = FLOOR
    while cost.memory_kib < most_kib:
        begun = time.perf_counter()
        account_key("walkdesk", bytes(16), cost)
        if time.perf_counter() - begun > target_seconds * 0.7:
            break
        cost = KeyCost(cost.memory_kib * 2, cost.passes, cost.lanes)
    return cost


def account_key(password: str, salt: bytes, cost: KeyCost) -> bytes:
    """The 32-byte key of a password under a salt and a cost."""
    return Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib
    ).derive(password.encode("utf-8"))


@dataclass(frozen=True, slots=True)
class AccountKeys:
    """An account's private keys, in the memory of the room only: one opens slots, the other signs."""

    opening: X25519PrivateKey
    signing: Ed25519PrivateKey

    @classmethod
    def fresh(cls) -> AccountKeys:
        """New random keys."""
        return cls(X25519PrivateKey.generate(), Ed25519PrivateKey.generate())

    def opening_public(self) -> bytes:
        """32 raw bytes of the key that slots are sealed to."""
        return self.opening.public_key().public_bytes_raw()

    def signing_public(self) -> bytes:
        """32 raw bytes of the key that checks this account's signatures."""
        return self.signing.public_key().public_bytes_raw()

    def wrap(self, key: bytes, staff_number: str) -> bytes:
        """Both private keys under an account key, bound to the staff number."""
        return encrypt(
            key,
            self.opening.private_bytes_raw() + self.signing.private_bytes_raw(),
            _account_info(staff_number),
        )

    @classmethod
    def unwrap(cls, key: bytes, wrapped: bytes, staff_number: str) -> AccountKeys:
        """The private keys again; ``Problem("door.wrong_password")`` where the key does not fit."""
        try:
            raw = decrypt(key, wrapped, _account_info(staff_number))
        except (InvalidTag, ValueError):
            raise Problem("door.wrong_password") from None
        return cls(
            X25519PrivateKey.from_private_bytes(raw[:KEY_BYTES]),
            Ed25519PrivateKey.from_private_bytes(raw[KEY_BYTES:]),
        )


def _account_info(staff_number: str) -> bytes:
    return b"walkdesk account 1 " + staff_number.encode("utf-8")


def encrypt(key: bytes, plain: bytes, info: bytes) -> bytes:
    """AES-256-GCM with a random nonce in front."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, info)


def decrypt(key: bytes, sealed: bytes, info: bytes) -> bytes:
    """The plain text again; ``InvalidTag`` where key, text or ``info`` differ."""
    return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], info)


def derive(key: bytes, purpose: bytes) -> bytes:
    """A 32-byte key for one purpose (HKDF-SHA256)."""
    return HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=purpose).derive(key)


def seal_key(key: bytes, public: bytes, share: bytes | None, info: bytes) -> bytes:
    """A database key sealed to an account, under the contract's share where there is one.

    ``info`` binds contract, account and generation: a slot moved elsewhere does not open.
    """
    inner = encrypt(derive(share, b"walkdesk share 1"), key, info) if share is not None else key
    return _HPKE.encrypt(inner, X25519PublicKey.from_public_bytes(public), info=info)


def open_key(sealed: bytes, private: X25519PrivateKey, share: bytes | None, info: bytes) -> bytes:
    """The database key; ``Problem`` for a slot that is not for this account, or a share that does not fit."""
    try:
        inner = _HPKE.decrypt(sealed, private, info=info)
    except (InvalidTag, ValueError):
        raise Problem("storage.slot_damaged") from None
    if share is None:
        if len(inner) != KEY_BYTES:  # sealed under a share that the office book does not know of
            raise Problem("storage.slot_damaged")
        return inner
    try:
        return decrypt(derive(share, b"walkdesk share 1"), inner, info)
    except InvalidTag:
        raise Problem("storage.token_wrong") from None
