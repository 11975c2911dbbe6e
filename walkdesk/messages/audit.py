"""The auditor's desk: evidence, certificates, confirmation of the erasure. No participant's data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from walkdesk.messages.common import Done, FreeFile, FreePaper
from walkdesk.messages.door import ContractCard
from walkdesk.messages.registry import asks


@dataclass(frozen=True, slots=True)
class LedgerRow:
    sequence: int
    at: datetime
    who: str
    event: str
    contract: str
    facts: str


@dataclass(frozen=True, slots=True)
class LedgerPage:
    rows: tuple[LedgerRow, ...]
    total: int
    checkpoint: str
    """Grouped, as on paper."""
    checkpoint_sequence: int


@asks(LedgerPage)
@dataclass(frozen=True, slots=True)
class ReadLedger:
    """Newest first; ``event`` "" for all."""

    event: str = ""
    offset: int = 0
    limit: int = 200


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check: holds, does not hold, or (``None``) cannot be said yet."""

    code: str
    holds: bool | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class CertificateChecks:
    checks: tuple[CheckLine, ...]
    number: str
    grade: str
    result: str
    not_covered: tuple[str, ...]


@asks(CertificateChecks)
@dataclass(frozen=True, slots=True)
class CheckCertificate:
    """Verifies signature, ledger chain and, when given, the ward's own checkpoint (26 characters)."""

    contract: str
    checkpoint: str = ""


@dataclass(frozen=True, slots=True)
class LedgerChecks:
    """What the check of the whole ledger found: ``chain`` and ``state``."""

    checks: tuple[CheckLine, ...]


@asks(LedgerChecks)
@dataclass(frozen=True, slots=True)
class CheckLedger:
    """Verifies every link and signature of the ledger and, when given, a checkpoint from paper (26 characters)."""

    checkpoint: str = ""


@dataclass(frozen=True, slots=True)
class AuditBoard:
    contracts: tuple[ContractCard, ...]
    certificates: tuple[str, ...]
    """Contract ids with an issued certificate."""
    entries: int
    alarms: int
    fingerprint: str
    today: date


@asks(AuditBoard)
@dataclass(frozen=True, slots=True)
class LookAtAudit:
    """What the auditor's desk begins with."""


@asks(Done)
@dataclass(frozen=True, slots=True)
class AcknowledgeErasure:
    """The ward confirms the erasure (clause 12): post, name and what was looked at."""

    contract: str
    post: str
    name: str
    remark: str = ""


@asks(FreeFile)
@dataclass(frozen=True, slots=True)
class ExportLedger:
    """The whole ledger as a file that ``walkdesk verify`` checks."""


@asks(FreePaper)
@dataclass(frozen=True, slots=True)
class MakeStatusReport:
    """取扱状況報告書 of a contract in a period (clause 14); without days its fiscal year up to today."""

    contract: str = ""
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class AuditPack:
    """監査資料: the same facts as a paper and as a workbook. Neither tells of a participant."""

    paper: FreePaper
    workbook: FreeFile


@asks(AuditPack)
@dataclass(frozen=True, slots=True)
class MakeAuditPack:
    """Asks for both in one action (clauses 15 to 17); without days the contract's fiscal year up to today."""

    contract: str = ""
    start: date | None = None
    end: date | None = None
