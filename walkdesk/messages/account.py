"""The own account, and what only another person can do for it."""

from __future__ import annotations

from dataclasses import dataclass

from walkdesk.messages.common import Done
from walkdesk.messages.door import SignedIn
from walkdesk.messages.registry import asks


@asks(SignedIn)
@dataclass(frozen=True, slots=True)
class LookAtSession:
    """Asks who is in, as the door told it: after something changed that the window must know."""


@asks(Done)
@dataclass(frozen=True, slots=True)
class ChangePassword:
    """Replaces the own password. The keys stay the same, so that every slot stays."""

    old: str
    new: str


@asks(Done)
@dataclass(frozen=True, slots=True)
class RenewAccess:
    """Gives somebody who forgot the password a new one, which they type themselves, and new keys.

    The answer's ``elsewhere`` counts the other contracts for which the person must be designated again: their vaults
    are not open here, so nothing can be sealed to the new keys.
    """

    staff_number: str
    password: str
    reason: str
