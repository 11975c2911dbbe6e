"""Who vouches for a key: the chain of granters from an account or a slot back to the office's first manager.

HPKE seals to a public key and proves no sender. What says that a key is a colleague's, and that a slot was granted, is
the granter's signature; it is checked at sign-in and before a contract's vault is opened. Plain data goes in, so that
the rules can be tested without an office.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from walkdesk.domain.problem import Problem
from walkdesk.ledger.entry import NOBODY
from walkdesk.ledger.keys import signature_holds
from walkdesk.storage.accounts import Account, account_statement
from walkdesk.storage.slots import Slot


@dataclass(frozen=True, slots=True)
class AccountKey:
    """One pair of public keys that an account has or had, and who vouched for it."""

    staff_number: str
    generation: int
    opening_public: bytes
    signing_public: bytes
    granted_by: str
    signature: bytes

    def signed_by(self, public: bytes) -> bool:
        """Whether the holder of this key vouched for it."""
        return _holds(public, self.signature, self.statement())

    def statement(self) -> bytes:
        """What the granter signed."""
        return account_statement(self.staff_number, self.opening_public, self.signing_public)


Trusted = Mapping[str, Collection[bytes]]
"""By staff number the signing keys, of now and of before, that a chain of granters vouches for."""


def key_of(account: Account, generation: int) -> AccountKey:
    """An account's keys as they lie in the accounts file."""
    return AccountKey(
        account.staff_number,
        generation,
        account.opening_public,
        account.signing_public,
        account.granted_by,
        account.signature,
    )


def trusted_keys(keys: Iterable[AccountKey], first: str, office: bytes) -> Trusted:
    """The signing keys to which a chain leads, from the first manager, who signed for himself, or the office's own key.

    The office's key signs as ``-``: what is done with the recovery sheet has no colleague to vouch for it. A key that
    no chain reaches is ``Problem("storage.account_forged")`` with its staff number.
    """
    waiting = sorted(keys, key=lambda key: (key.staff_number, key.generation))
    trusted: dict[str, set[bytes]] = {NOBODY: {office}}
    root = next((key for key in waiting if key.staff_number == first), None)
    if root is not None and root.granted_by == first and root.signed_by(root.signing_public):
        trusted[first] = {root.signing_public}
        waiting.remove(root)
    while waiting:
        left = [key for key in waiting if not any(map(key.signed_by, trusted.get(key.granted_by, ())))]
        if len(left) == len(waiting):
            raise Problem("storage.account_forged", number=left[0].staff_number)
        for key in waiting:
            if key not in left:
                trusted.setdefault(key.staff_number, set()).add(key.signing_public)
        waiting = left
    return trusted


def check_accounts(accounts: Iterable[Account], keys: Iterable[AccountKey]) -> None:
    """Every account that the office knows has keys that it had, and its granter's signature as it was given.

    ``Problem("storage.account_forged")`` for exchanged keys, another granter or another signature.
    """
    known: dict[str, set[tuple[bytes, bytes, str, bytes]]] = {}
    for key in keys:
        known.setdefault(key.staff_number, set()).add(_told(key))
    for account in accounts:
        if account.staff_number in known and _told(key_of(account, 0)) not in known[account.staff_number]:
            raise Problem("storage.account_forged", number=account.staff_number)


def check_slot(slot: Slot, scope: str, trusted: Trusted) -> None:
    """The slot was granted for this database by somebody for whom a chain vouches; else ``storage.slot_forged``."""
    signed = slot.signed_bytes(scope)
    if not any(_holds(public, slot.signature, signed) for public in trusted.get(slot.granted_by, ())):
        raise Problem("storage.slot_forged")


def _told(key: AccountKey) -> tuple[bytes, bytes, str, bytes]:
    return key.opening_public, key.signing_public, key.granted_by, key.signature


def _holds(public: bytes, signature: bytes, signed: bytes) -> bool:
    try:
        return signature_holds(Ed25519PublicKey.from_public_bytes(public), signature, signed)
    except ValueError:  # 32 bytes are no key when they are not 32 bytes
        return False
