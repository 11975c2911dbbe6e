"""The keys of a contract and of the office: the token's day, recovery sheets, new keys after somebody left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from walkdesk.domain.token_day import TokenPlace, TokenReminder
from walkdesk.messages.common import Done, FreePaper
from walkdesk.messages.door import SignedIn
from walkdesk.messages.registry import asks


@dataclass(frozen=True, slots=True)
class SheetRow:
    """復旧用紙: one line of the register."""

    scope: str
    """``office`` or the contract's id."""
    generation: int
    made_at: datetime
    made_by: str
    """The name of the manager who made it."""
    kept_at: str
    tested_on: date | None
    closed_on: date | None
    disposal: str
    """``shredded``, ``used``, ``superseded``, ``not_shown``; empty while it is in force."""
    shredded: bool
    """Nothing of the paper is left to be destroyed."""


@dataclass(frozen=True, slots=True)
class SlotRow:
    """One person who can open the contract's vault."""

    staff_number: str
    name: str
    post: str
    granted_by: str
    """The name of who granted it; ``-`` for the office's own key, after a recovery."""


@dataclass(frozen=True, slots=True)
class KeyBoard:
    """The keys of the contract in hand, and of the office."""

    contract: str
    number: str
    now: datetime
    open: bool
    """Whether this contract's vault is open."""
    can_open: bool
    """Whether who is in has a slot for it."""
    generation: int
    share_kind: str
    """``token`` or ``none``."""
    token_name: str
    token_place: TokenPlace
    token_since: datetime | None
    token_by: str
    token_reminder: TokenReminder
    token_here: bool
    """Whether the token is in a reader now."""
    slots: tuple[SlotRow, ...]
    sheets: tuple[SheetRow, ...]
    """Those of the office and of this contract, the newest first."""
    rekey_due: str
    """Why new keys are due: ``left``, ``sheet_used``, ``token_lost``; or empty."""
    rekey_open: bool
    """Whether this person may make new keys here and now."""
    media: tuple[str, ...]
    """Folders of the removable media that are here now."""


@asks(KeyBoard)
@dataclass(frozen=True, slots=True)
class LookAtKeys:
    """Asks for the keys of a contract; without one, of that on the desk, or the newest."""

    contract: str = ""


@asks(Done)
@dataclass(frozen=True, slots=True)
class TellToken:
    """Tells where the contract's token goes: ``out`` of the safe in the morning, ``back`` in the evening."""

    step: str
    contract: str = ""


@asks(FreePaper)
@dataclass(frozen=True, slots=True)
class MakeSheet:
    """Makes a new recovery sheet for ``office`` or the contract on the desk; the one before no longer opens anything.

    The paper is shown once: its code is nowhere else.
    """

    scope: str
    kept_at: str


@asks(Done)
@dataclass(frozen=True, slots=True)
class TrySheet:
    """Tries a sheet's code without using it: whether it would open what it is for."""

    scope: str
    code: str


@asks(Done)
@dataclass(frozen=True, slots=True)
class CloseSheet:
    """The sheet was shredded before a witness; one that was in force no longer opens anything."""

    scope: str
    generation: int
    witness: str


@asks(SignedIn)
@dataclass(frozen=True, slots=True)
class RekeyContract:
    """New share, new slots, new key of the vault: after somebody left, a sheet was used or a token was lost.

    ``reason`` is ``left``, ``sheet_used``, ``token_lost`` or ``precaution``. ``token_folder`` is the medium of the new
    token; empty keeps the medium of the old one, or none.
    """

    reason: str
    token_folder: str = ""


@asks(SignedIn)
@dataclass(frozen=True, slots=True)
class OpenWithSheet:
    """Opens a contract whose token is lost or whose slot this manager does not have, with the contract's sheet.

    ``reason`` is ``no_slot`` or ``token_lost``.
    """

    contract: str
    code: str
    reason: str = "no_slot"


@asks(SignedIn)
@dataclass(frozen=True, slots=True)
class RecoverManager:
    """At the door: a manager who forgot the password gets new keys with the office's recovery sheet."""

    staff_number: str
    code: str
    password: str
