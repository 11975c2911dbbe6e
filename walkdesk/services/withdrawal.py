"""個別消去: one participant's data go while the contract is open (clause 12, design chapter 8).

The intent is on disk before anything is deleted; the vault's trail names the erasure's number in the same transaction
as the deletion; the completion follows. An erasure that a loss of power cut between the two is completed from the trail
when the next one is looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select

from walkdesk.documents.individual_erasure import IndividualErasureFacts, individual_erasure_pdf
from walkdesk.domain.contract import WITH_VAULT, ContractState
from walkdesk.domain.dates import fiscal_year_name
from walkdesk.domain.participants import tidy_number
from walkdesk.domain.people import MANAGERS
from walkdesk.domain.problem import Problem
from walkdesk.domain.releases import OPEN_RELEASES
from walkdesk.messages.common import Done, FreePaper, ProblemNote
from walkdesk.messages.withdrawal import (
    REASONS,
    EraseParticipant,
    ErasureLine,
    ErasurePlan,
    ErasureRegister,
    ErasureRow,
    ListErasures,
    MakeErasurePaper,
    PlanErasure,
)
from walkdesk.services.actions import Action, areas, table
from walkdesk.services.closing import ledger_entries
from walkdesk.services.paperwork import (
    JAPANESE,
    digest,
    ledger_checkpoint,
    mark_of,
    on_paper,
    paper,
    parties_of,
    programme_name,
)
from walkdesk.services.participants import SIMILAR, participant
from walkdesk.services.people import person_name
from walkdesk.services.points import SHIPPED, WAITING
from walkdesk.services.refusals import evidenced
from walkdesk.services.session import Work
from walkdesk.storage.blanking import PersonRows, PersonTables, erase_person, person_rows, truncate_log
from walkdesk.storage.office_tables import LedgerRecord, ReleaseRecord
from walkdesk.storage.vault_tables import (
    ParticipantRecord,
    PrizeRecord,
    PrizeRequestRecord,
    ReleaseSheet,
    TrailRow,
    VaultBase,
)

_TABLES = PersonTables(VaultBase.metadata, VaultBase.metadata.tables["participants"])
BEGUN, DONE, MISSING = "individual_erasure_begun", "individual_erasure", "effect_missing"


def plan_erasure(work: Work, message: PlanErasure) -> ErasurePlan:
    """What would go, kind by kind, and what must be closed before."""
    record = participant(work, message.number)
    found = person_rows(work.vault_connection, _TABLES, record.id)
    problem = _blocked(work, record)
    return ErasurePlan(
        record.number,
        tuple(ErasureLine(one.table, one.count) for one in found),
        sum(one.count for one in found if one.paper),
        None if problem is None else ProblemNote.of(problem),
    )


@evidenced
def erase_participant(work: Work, message: EraseParticipant) -> Done:
    """Erases one participant for good; the ledger keeps that it was done, and nobody's name or number."""
    _complete_interrupted(work)
    record = participant(work, message.number)
    if tidy_number(message.confirm) != record.number:
        raise Problem("withdrawal.confirm_differs")
    if message.reason not in REASONS:
        raise Problem("withdrawal.reason_unknown")
    if not work.contract.start <= message.requested_on <= work.today:
        raise Problem("withdrawal.requested_on", start=work.contract.start, today=work.today)
    problem = _blocked(work, record)
    if problem is not None:
        raise problem
    facts: dict[str, Any] = {
        "number": _next_number(work),
        "day": message.requested_on.isoformat(),
        "reason": message.reason,
        "counts": _counts(person_rows(work.vault_connection, _TABLES, record.id)),
    }
    work.record(BEGUN, **facts)
    work.settle()
    changed = _erase(work, record.id, str(facts["number"]))
    entry = _record_done(work, work.ledger, facts, changed)
    work.settle()
    vault = work.session.vault
    assert vault is not None  # the record came out of it
    truncate_log(vault)
    work.session.imports.clear()
    work.session.undo.clear()
    return Done({"number": str(facts["number"]), "changed": changed}, entry)


def list_erasures(work: Work, message: ListErasures) -> ErasureRegister:
    """The individual erasures of the contract, newest first."""
    _complete_interrupted(work)
    rows = [
        ErasureRow(
            str(one.facts["number"]),
            one.at,
            date.fromisoformat(one.facts["day"]),
            str(one.facts["reason"]),
            _records(one.facts["counts"]),
            one.sequence,
        )
        for one in ledger_entries(work, work.contract, DONE)
    ]
    return ErasureRegister(tuple(reversed(rows)))


def make_erasure_paper(work: Work, message: MakeErasurePaper) -> FreePaper:
    """The certificate of one individual erasure, from its ledger entry alone."""
    contract = work.contract
    entry = next((one for one in ledger_entries(work, contract, DONE) if one.facts["number"] == message.number), None)
    if entry is None:
        raise Problem("withdrawal.unknown_erasure", number=message.number)
    counts: Mapping[str, int] = entry.facts["counts"]
    state = ledger_checkpoint(work)
    pdf = individual_erasure_pdf(
        IndividualErasureFacts(
            number=message.number,
            issued=work.today,
            created=work.now,
            parties=parties_of(work, contract),
            contract=contract.number,
            programme=programme_name(contract),
            fiscal_year=fiscal_year_name(contract.year),
            requested_on=date.fromisoformat(entry.facts["day"]),
            reason=JAPANESE.say(f"withdrawal.reason.{entry.facts['reason']}"),
            performed=entry.at,
            operator="　".join(part for part in reversed(person_name(work, entry.account)) if part),
            entry=entry.sequence,
            counts=tuple(
                (JAPANESE.say(f"reception.origin.{origin}"), counts[origin])
                for origin in ("provided", "collected", "produced")
                if origin in counts
            ),
            sheets=counts.get("paper", 0),
            changed=int(entry.facts["changed"]),
            checkpoint=on_paper(state),
            mark=mark_of(work),
        )
    )
    answer = paper(JAPANESE.say("withdrawal.paper_title", number=message.number), f"kobetsu-{message.number}.pdf", pdf)
    work.record(
        "individual_certificate_made",
        number=message.number,
        digest=digest(pdf),
        checkpoint=state.text,
        pages=answer.pages,
    )
    return answer


def _blocked(work: Work, record: ParticipantRecord) -> Problem | None:
    """What still needs the person's data: letters on the way, a prize that was not sent."""
    releases = set(work.vault.scalars(select(ReleaseSheet.release).where(ReleaseSheet.participant_id == record.id)))
    open_ones = work.office.scalars(
        select(ReleaseRecord.release)
        .where(ReleaseRecord.release.in_(releases), ReleaseRecord.state.in_([one.value for one in OPEN_RELEASES]))
        .order_by(ReleaseRecord.release)
    ).first()
    if open_ones is not None:
        return Problem("withdrawal.release_open", release=open_ones)
    waiting = work.vault.scalars(
        select(PrizeRecord.name)
        .join(PrizeRequestRecord, PrizeRequestRecord.prize == PrizeRecord.prize)
        .where(PrizeRequestRecord.participant_id == record.id, PrizeRequestRecord.state == WAITING)
    ).first()
    return None if waiting is None else Problem("withdrawal.prize_waiting", prize=waiting)


def _erase(work: Work, person: int, number: str) -> int:
    """Deletes and blanks; returns how many changes of the trail have no values any more."""
    work.because("", number)
    record = work.vault.get_one(ParticipantRecord, person)
    said = [text for text in (record.name, record.address, record.phone, record.mail) if text]
    own = record.number
    _forget_likeness(work, own)
    _keep_stock(work, person)
    work.vault.flush()
    work.vault.expunge_all()
    return erase_person(work.vault_connection, _TABLES, person, [own], said).changes


def _forget_likeness(work: Work, number: str) -> None:
    """Others who were thought to be this person are not any more; the doubt held the number."""
    doubt = f"{SIMILAR} {number}"
    for other in work.vault.scalars(select(ParticipantRecord).where(ParticipantRecord.doubts != [])):
        if doubt in other.doubts:
            other.doubts = [one for one in other.doubts if one != doubt]


def _keep_stock(work: Work, person: int) -> None:
    """What was sent to the person is not in stock again because nobody knows any more to whom it went."""
    sent = work.vault.execute(
        select(PrizeRequestRecord.prize, func.count())
        .where(PrizeRequestRecord.participant_id == person, PrizeRequestRecord.state == SHIPPED)
        .group_by(PrizeRequestRecord.prize)
    ).all()
    for prize, count in sent:
        work.vault.get_one(PrizeRecord, prize).stock -= int(count)


def _counts(found: tuple[PersonRows, ...]) -> dict[str, int]:
    """Records by origin, and ``paper`` for the sheets among them; nothing of whose they were."""
    counts: dict[str, int] = {}
    for one in found:
        for origin, count in one.by_origin.items():
            counts[origin or "other"] = counts.get(origin or "other", 0) + count
        if one.paper:
            counts["paper"] = counts.get("paper", 0) + one.count
    return counts


def _records(counts: Mapping[str, int]) -> int:
    return sum(count for origin, count in counts.items() if origin != "paper")


def _next_number(work: Work) -> str:
    begun = work.office.execute(
        select(func.count()).select_from(LedgerRecord).where(LedgerRecord.event == BEGUN)
    ).scalar_one()
    return f"PE-{work.contract.year}-{begun + 1:03d}"


def _record_done(work: Work, begun: int, facts: Mapping[str, Any], changed: int) -> int:
    last = work.vault.execute(select(func.max(TrailRow.seq))).scalar_one()
    return work.record(DONE, **facts, sequence=begun, changed=changed, trail_sequence=last)


def _complete_interrupted(work: Work) -> None:
    """An intent without completion: the trail says whether the erasure came, and the ledger gets to know it."""
    contract = work.contract
    closed = {str(one.facts["number"]) for one in ledger_entries(work, contract, DONE)}
    missing = {int(one.facts["sequence"]) for one in ledger_entries(work, contract, MISSING)}
    for entry in ledger_entries(work, contract, BEGUN):
        number = str(entry.facts["number"])
        if number in closed or entry.sequence in missing:
            continue
        why = f"{EraseParticipant.__name__}: {number}"
        told = dict(
            work.vault.execute(select(TrailRow.op, func.count()).where(TrailRow.why == why).group_by(TrailRow.op)).all()
        )
        if told.get("delete"):
            facts = {name: entry.facts[name] for name in ("number", "day", "reason", "counts")}
            _record_done(work, entry.sequence, facts, int(told.get("blank", 0)))
        else:
            work.record(MISSING, sequence=entry.sequence, action=EraseParticipant.__name__)


_STATES = frozenset({ContractState.OPEN, ContractState.REPORTED})

ACTIONS = table(
    Action(PlanErasure, plan_erasure, MANAGERS, _STATES),
    Action(
        EraseParticipant,
        erase_participant,
        MANAGERS,
        _STATES,
        DONE,
        areas("reception", "cards", "prizes", "papers", "releases", "closeout", "today", "ledger"),
    ),
    Action(ListErasures, list_erasures, MANAGERS, WITH_VAULT),
    Action(MakeErasurePaper, make_erasure_paper, MANAGERS, WITH_VAULT, "individual_certificate_made", areas("ledger")),
)
