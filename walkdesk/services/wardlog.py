"""What the ledger keeps of papers for the ward: their numbers, their making, and when each was made last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from walkdesk.domain.wardpapers import WARD_PAPERS, WardPaper
from walkdesk.services.paperwork import digest
from walkdesk.services.session import Work
from walkdesk.storage.office_tables import ContractRecord, LedgerRecord

EVENT = "ward_paper_made"


def record_made(
    work: Work,
    contract: ContractRecord,
    which: WardPaper,
    number: str,
    pdf: bytes,
    pages: int,
    checkpoint: str,
    **more: str | int,
) -> None:
    """The ledger's entry of a paper for the ward; it is on disk before the bytes go."""
    work.record(
        EVENT,
        contract.contract,
        paper=which.value,
        number=number,
        digest=digest(pdf),
        pages=pages,
        checkpoint=checkpoint,
        **more,
    )


def paper_number(work: Work, contract: ContractRecord, which: WardPaper, letters: str) -> str:
    """The next number of a paper in a contract: ``30-HP-0001-KK01``."""
    query = select(LedgerRecord.facts).where(LedgerRecord.event == EVENT, LedgerRecord.contract == contract.contract)
    made = sum(facts.get("paper") == which.value for facts in work.office.scalars(query))
    return f"{contract.number}-{letters}{made + 1:02d}"


def last_made(work: Work, contract: str) -> dict[WardPaper, tuple[datetime, str]]:
    """When each paper was made last and by whose account, for a contract or for the whole office."""
    events = {kind.event for kind in WARD_PAPERS.values()}
    query = select(LedgerRecord.event, LedgerRecord.facts, LedgerRecord.at, LedgerRecord.account).where(
        LedgerRecord.event.in_(events), or_(LedgerRecord.contract == contract, LedgerRecord.contract.is_(None))
    )
    found: dict[WardPaper, tuple[datetime, str]] = {}
    for event, facts, at, account in work.office.execute(query.order_by(LedgerRecord.sequence)):
        for paper in _papers(event, facts):
            found[paper] = (at, account)
    return found


def _papers(event: str, facts: Mapping[str, Any]) -> Iterator[WardPaper]:
    for kind in WARD_PAPERS.values():
        if kind.event == event and (event != EVENT or facts.get("paper") == kind.paper.value):
            yield kind.paper
