"""The close-out desk: report delivered, return, two approvals, erasure, certificate (clauses 11 and 12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from walkdesk.domain.participants import Origin
from walkdesk.domain.returns import Disposition, Medium
from walkdesk.messages.common import Done, FreeFile, FreePaper
from walkdesk.messages.contracts import LifePoint, Need
from walkdesk.messages.door import ContractCard
from walkdesk.messages.registry import asks

DATA_FILE, KEY_FILE = "certificate.json", "office-key.pem"
"""The names that the data has inside the PDF too, and that the check of a certificate asks for."""


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """One class on one medium. ``count`` counts records (electronic) or sheets (paper)."""

    origin: Origin
    medium: Medium
    count: int
    disposition: Disposition | None
    basis: str = ""
    receipt: str = ""
    recorded_on: date | None = None


@dataclass(frozen=True, slots=True)
class Approval:
    """One signature under the erasure."""

    name: str
    post: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class DoneLine:
    """Something that is through: a ledger event's key and its day."""

    event: str
    on: date
    detail: str = ""


@dataclass(frozen=True, slots=True)
class CloseOutBoard:
    card: ContractCard
    today: date
    life: tuple[LifePoint, ...]
    needs: tuple[Need, ...]
    returns: tuple[ReturnRow, ...]
    approvals: tuple[Approval, ...]
    i_signed: bool
    done: tuple[DoneLine, ...]
    participants: int
    step_days: int
    releases_open: int
    token: str
    token_accounted: bool
    certificate: str
    """The certificate's number once it is issued."""
    sheets_left: int = 0
    """Recovery sheets of this contract that are not recorded as shredded."""


@asks(CloseOutBoard)
@dataclass(frozen=True, slots=True)
class LookAtCloseOut:
    """Asks for the board; it works without a vault too."""

    contract: str = ""


@asks(Done)
@dataclass(frozen=True, slots=True)
class DeliverReport:
    """事業実施報告書 handed to the ward: ``open → reported``; from here nothing new is entered."""

    delivered_on: date
    reference: str


@asks(Done)
@dataclass(frozen=True, slots=True)
class RecordReturn:
    """What became of one class on one medium."""

    origin: Origin
    medium: Medium
    disposition: Disposition
    basis: str = ""
    receipt: str = ""


@asks(FreePaper)
@dataclass(frozen=True, slots=True)
class MakeReturnList:
    """返還・引渡し目録: classes and counts, no participants."""


@asks(Done)
@dataclass(frozen=True, slots=True)
class CompleteReturn:
    """``reported → returned``."""


@asks(Done)
@dataclass(frozen=True, slots=True)
class AccountForToken:
    """The token is in hand for its destruction; ``fate`` is ``overwrite`` or ``destroyed`` (physically, witnessed)."""

    fate: str
    witness: str = ""


@asks(Done)
@dataclass(frozen=True, slots=True)
class ApproveErasure:
    """Signs the erasure; two different people, one of them a manager."""


@asks(Done)
@dataclass(frozen=True, slots=True)
class EraseVault:
    """Destroys keys and files, verifies, issues the certificate. ``number`` is the contract's, typed by hand."""

    number: str


@asks(Done)
@dataclass(frozen=True, slots=True)
class ResumeErasure:
    """Goes on with an erasure that was interrupted; each step is done at most once."""

    contract: str


@asks(FreePaper)
@dataclass(frozen=True, slots=True)
class MakeCertificate:
    """消去証明書 as PDF with its signed data attached."""

    contract: str


@dataclass(frozen=True, slots=True)
class CertificateFiles:
    """The signed truth and what is needed to check it."""

    number: str
    json: bytes
    signature: bytes
    public_key: bytes
    paper_signature: bytes
    """Over the whole PDF that ``MakeCertificate`` gives: it covers the printed pages too."""

    def beside(self, paper: FreePaper) -> tuple[FreePaper | FreeFile, ...]:
        """The paper and the files that lie beside it, under the names that a check of the certificate asks for."""
        return (
            paper,
            FreeFile(f"{paper.file_name}.sig", self.paper_signature),
            FreeFile(DATA_FILE, self.json),
            FreeFile(f"{DATA_FILE}.sig", self.signature),
            FreeFile(KEY_FILE, self.public_key),
        )


@asks(CertificateFiles)
@dataclass(frozen=True, slots=True)
class TakeCertificate:
    contract: str
