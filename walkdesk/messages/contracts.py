"""The contracts desk: prepare, check what is missing, open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from walkdesk.domain.contract import ContractState, Requirement
from walkdesk.domain.participants import PermittedItem, Programme
from walkdesk.messages.common import Done, FreePaper
from walkdesk.messages.door import ContractCard, SignedIn
from walkdesk.messages.registry import asks


@dataclass(frozen=True, slots=True)
class ContractList:
    contracts: tuple[ContractCard, ...]
    certification: str
    certification_number: str
    certification_expiry: date
    token_folders: tuple[str, ...]
    """Removable media that could take a new contract token."""


@asks(ContractList)
@dataclass(frozen=True, slots=True)
class ListContracts:
    """Asks for all contracts of the office."""


@asks(SignedIn)
@dataclass(frozen=True, slots=True)
class PrepareContract:
    """Makes a contract with its own vault and enters it. ``token_folder`` "" makes one without a token."""

    programme: Programme
    number: str
    start: date
    end: date
    ward: str
    """The addressee of reports and certificates: 「新宿区長」."""
    ward_department: str
    token_folder: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """One row of the readiness list."""

    requirement: Requirement
    done: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class LifePoint:
    """One point of the life line: when it was reached, or when it is planned, or neither."""

    state: ContractState
    reached_on: date | None
    planned_on: date | None


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One permitted item and who it may come from (clauses 3 to 5)."""

    item: PermittedItem
    given: bool
    collected: bool
    app_only: bool = False


@dataclass(frozen=True, slots=True)
class ContractBoard:
    """Everything about the contract on the desk."""

    card: ContractCard
    today: date
    life: tuple[LifePoint, ...]
    needs: tuple[Need, ...]
    """Of the next step."""
    items: tuple[ItemRow, ...]
    items_confirmed_on: date | None
    designation_reported_on: date | None
    point_rule: str
    """The name of the rule in force."""
    token: str
    """The token's name, or ""."""
    fingerprint: str
    """Of the office's signing key, as the start sheet prints it."""


@asks(ContractBoard)
@dataclass(frozen=True, slots=True)
class LookAtContract:
    """Asks for the board of the contract on the desk."""


@asks(Done)
@dataclass(frozen=True, slots=True)
class ConfirmItems:
    """The manager confirms the permitted items against the council paper."""


@asks(Done)
@dataclass(frozen=True, slots=True)
class OpenContract:
    """``preparing → open``, when nothing is missing any more."""


@asks(FreePaper)
@dataclass(frozen=True, slots=True)
class MakeStartSheet:
    """The sheet for the ward: 取扱責任者・取扱者 and the key's fingerprint (clause 13)."""
