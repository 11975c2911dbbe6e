"""文面: which wording a paper has in the contract on the desk. Versions are added and never changed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, select

from walkdesk.documents.wording import shipped_wording
from walkdesk.domain.papers import paper_kind
from walkdesk.domain.problem import Problem
from walkdesk.domain.wording import Wording
from walkdesk.services.session import Work
from walkdesk.storage.office_tables import WordingRecord

SHIPPED = 0
"""The number of the version that comes with the program."""


def wording_of(work: Work, paper: str, variant: str) -> Wording:
    """The wording that this contract uses now: its newest version, or the shipped one where none was saved."""
    paper_kind(paper, variant)
    newest = work.office.scalars(_versions(work, paper, variant).limit(1)).one_or_none()
    return shipped_wording(paper, variant) if newest is None else wording_in(newest)


def wording_version(work: Work, paper: str, variant: str, version: str) -> Wording:
    """A version by its name, for a paper that was sent with it.

    ``Problem("wordings.unknown_version")`` where this contract never had one of that name.
    """
    paper_kind(paper, variant)
    for record in saved_versions(work, paper, variant):
        if record.version == version:
            return wording_in(record)
    shipped = shipped_wording(paper, variant)
    if shipped.version != version:
        raise Problem("wordings.unknown_version", version=version)
    return shipped


def wording_numbered(work: Work, paper: str, variant: str, number: int) -> Wording:
    """A version by its number; 0 is the shipped one. ``Problem("wordings.unknown_version")`` for any other."""
    paper_kind(paper, variant)
    if number == SHIPPED:
        return shipped_wording(paper, variant)
    record = work.office.get(WordingRecord, (work.contract.contract, paper, variant, number))
    if record is None:
        raise Problem("wordings.unknown_version", version=str(number))
    return wording_in(record)


def saved_versions(work: Work, paper: str, variant: str) -> Sequence[WordingRecord]:
    """What was saved in the contract on the desk, newest first."""
    return work.office.scalars(_versions(work, paper, variant)).all()


def wording_in(record: WordingRecord) -> Wording:
    """The wording of a record, with every part that its paper has today.

    A part that a later program added takes its shipped text; what was saved stands as it was saved.
    """
    saved = {str(key): str(text) for key, text in record.parts}
    shipped = shipped_wording(record.paper, record.variant)
    parts = tuple((key, saved.get(key, text)) for key, text in shipped.parts)
    return Wording(record.paper, record.variant, record.version, parts)


def _versions(work: Work, paper: str, variant: str) -> Select[WordingRecord]:
    return (
        select(WordingRecord)
        .where(
            WordingRecord.contract == work.contract.contract,
            WordingRecord.paper == paper,
            WordingRecord.variant == variant,
        )
        .order_by(WordingRecord.number.desc())
    )
