"""事故 (clause 19): what the ward was told and when, the persons concerned by query, the written report as paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Select, distinct, func, or_, select

from walkdesk.documents.incident import IncidentFacts, ReportStep, incident_pdf
from walkdesk.documents.report import IncidentRow
from walkdesk.domain.contract import WITH_VAULT
from walkdesk.domain.dates import japanese_date
from walkdesk.domain.incidents import NINE_ITEMS, Step, counters, duties, missing_items
from walkdesk.domain.people import MANAGERS
from walkdesk.domain.problem import Problem
from walkdesk.domain.registers import HISTORY, Register
from walkdesk.messages.common import Done, FreePaper
from walkdesk.messages.registers import ConcernedWay, ConcernedWays, CountConcerned, ListConcerned, MakeIncidentReport
from walkdesk.services.actions import Action, areas, table
from walkdesk.services.closing import contract_in_hand
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
from walkdesk.services.people import person_name
from walkdesk.services.refusals import evidenced
from walkdesk.services.registerlists import entry_of, values_of
from walkdesk.services.session import Work
from walkdesk.storage.office_tables import ContractRecord, RegisterEntry
from walkdesk.storage.vault_tables import ImportBatch, ParticipantRecord, ReleaseSheet, StepMonth

AREAS = areas("registers", "today", "releases")
_STEPS = {Step.NOTICE: "notice_on", Step.PRELIMINARY: "preliminary_on", Step.FINAL: "final_on"}


def record_steps(work: Work, entry: RegisterEntry, before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """The ledger keeps each time when the ward was told: notice, 速報 and 確報."""
    for step, field in _STEPS.items():
        if after.get(field) and after[field] != before.get(field):
            work.record(
                "incident_reported",
                entry.contract,
                entry=entry.entry,
                step=step.value,
                day=after[field],
                receiver=after.get("notice_to"),
                receipt=after.get("receipt"),
                counts=_persons(after),
            )


def check_end(values: Mapping[str, str]) -> None:
    """An incident ends when the ward was told, has the written report, and every item of it is written."""
    for field in ("notice_on", "final_on"):
        if not values.get(field):
            raise Problem("registers.report_first", field=field)
    missing = missing_items(values)
    if missing:
        raise Problem("registers.report_first", field=missing[0])


def incidents_of(work: Work, contract: ContractRecord) -> tuple[IncidentRow, ...]:
    """The incidents about a contract, for its yearly report."""
    query = select(RegisterEntry).where(
        RegisterEntry.register == Register.INCIDENTS.value, RegisterEntry.contract == contract.contract
    )
    rows = []
    for entry in work.office.scalars(query.order_by(RegisterEntry.opened_on, RegisterEntry.entry)):
        values = values_of(entry)
        what = f"{entry.entry}　{_kind(values)}　{values['title']}"
        rows.append(IncidentRow(entry.opened_on, what, _item(values, "prevention")))
    return tuple(rows)


def list_concerned(work: Work, message: ListConcerned) -> ConcernedWays:
    """Every way to count, with its number of persons; no release or import without persons."""
    ways = [ConcernedWay("all", "", _count(work, _query("all", "")))]
    channels = work.vault.scalars(select(ParticipantRecord.channel).distinct().order_by(ParticipantRecord.channel))
    releases = work.vault.scalars(select(ReleaseSheet.release).distinct().order_by(ReleaseSheet.release))
    batches = work.vault.scalars(select(ImportBatch.id).order_by(ImportBatch.id))
    for by, values in (("channel", channels), ("release", releases), ("batch", batches)):
        for value in map(str, values):
            ways.append(ConcernedWay(by, value, _count(work, _query(by, value))))
    return ConcernedWays(tuple(way for way in ways if way.count or way.by == "all"))


@evidenced
def count_concerned(work: Work, message: CountConcerned) -> Done:
    """Counts in the vault on the desk. The number is kept, with the query that it came from; nobody's data is."""
    entry = _incident(work, message.entry)
    if entry.contract not in ("", work.session.contract):
        raise Problem("registers.other_vault", entry=entry.entry)
    number = _count(work, _query(message.by, message.value))
    before = values_of(entry).get("persons", "")
    query = f"{message.by}:{message.value}" if message.value else message.by
    history = list(entry.fields.get(HISTORY, ()))
    if before:
        history.append(
            {
                "at": work.now.isoformat(timespec="seconds"),
                "by": work.member.staff_number,
                "field": "persons",
                "before": before,
                "reason": f"query {query}",
            }
        )
    entry.fields = {**entry.fields, "persons": str(number), HISTORY: history}
    work.record(
        "register_changed",
        entry.contract,
        register=Register.INCIDENTS.value,
        entry=entry.entry,
        columns=["persons"],
        source=query,
        counts={"persons": number},
    )
    return Done({"entry": entry.entry, "count": number}, work.ledger)


@evidenced
def make_incident_report(work: Work, message: MakeIncidentReport) -> FreePaper:
    """The written report with its nine items. Items that nobody wrote yet are printed as 調査中."""
    entry = _incident(work, message.entry)
    values = values_of(entry)
    contract = contract_in_hand(work, entry.contract)
    if work.session.vault is not None:
        work.seal_to_ledger()
    state = ledger_checkpoint(work)
    facts = IncidentFacts(
        number=f"{contract.number}-{entry.entry}",
        issued=work.today,
        created=work.now,
        parties=parties_of(work, contract),
        contract=f"{contract.number}　{programme_name(contract)}",
        title=values["title"],
        kind=_kind(values),
        noticed=f"{japanese_date(entry.opened_on)}　{values['noticed_time']}",
        noticed_by="　".join(reversed(person_name(work, values["noticed_by"]))).strip(),
        steps=tuple(
            ReportStep(
                JAPANESE.say(f"registers.step.{one.step.value}"),
                japanese_date(one.last),
                _done(values, one.step, one.done_on is not None),
            )
            for one in counters(values, work.today)
        ),
        duties=tuple(JAPANESE.say(f"registers.duty.{duty}") for duty in duties(values)),
        items=tuple((JAPANESE.say(f"registers.incidents.{item}"), _item(values, item)) for item in NINE_ITEMS),
        instruction=values.get("instruction", ""),
        checkpoint=on_paper(state),
        mark=mark_of(work),
    )
    pdf = incident_pdf(facts)
    answer = paper(JAPANESE.say("registers.report_title", entry=entry.entry), f"jiko-hokoku-{entry.entry}.pdf", pdf)
    work.record(
        "incident_report_made",
        entry.contract,
        entry=entry.entry,
        digest=digest(pdf),
        checkpoint=state.text,
        pages=answer.pages,
        counts=_persons(values),
    )
    return answer


def _incident(work: Work, number: str) -> RegisterEntry:
    entry = entry_of(work, number)
    if entry.register != Register.INCIDENTS.value:
        raise Problem("registers.unknown", entry=number)
    return entry


def _query(by: str, value: str) -> Select[int]:
    """The persons of a way to count: everyone once."""
    if by == "all" and not value:
        return select(func.count()).select_from(ParticipantRecord)
    if by == "channel":
        return select(func.count()).select_from(ParticipantRecord).where(ParticipantRecord.channel == value)
    if by == "release":
        return select(func.count(distinct(ReleaseSheet.participant_id))).where(ReleaseSheet.release == value)
    if by == "batch" and value.isdecimal():
        walked = select(StepMonth.participant_id).where(StepMonth.batch == int(value))
        came = or_(ParticipantRecord.source == f"import-{value}", ParticipantRecord.id.in_(walked))
        return select(func.count()).select_from(ParticipantRecord).where(came)
    raise Problem("registers.way_unknown")


def _count(work: Work, query: Select[int]) -> int:
    return work.vault.execute(query).scalar_one()


def _persons(values: Mapping[str, str]) -> dict[str, int] | None:
    return {"persons": int(values["persons"])} if values.get("persons") else None


def _kind(values: Mapping[str, str]) -> str:
    word = JAPANESE.say(f"registers.choice.{values['kind']}")
    return f"{word}（{values['breach']}）" if values.get("breach") else word


def _done(values: Mapping[str, str], step: Step, done: bool) -> str:
    if not done:
        return JAPANESE.say("registers.step_open")
    day = japanese_date(date.fromisoformat(values[_STEPS[step]]))
    if step is Step.NOTICE:
        return "　".join(part for part in (day, values.get("notice_time", ""), values.get("notice_to", "")) if part)
    return day


def _item(values: Mapping[str, str], item: str) -> str:
    words = values.get(item, "")
    if item == "persons" and words:
        return JAPANESE.say("registers.persons_count", count=int(words))
    return words or JAPANESE.say("registers.being_looked_into")


ACTIONS = table(
    Action(ListConcerned, list_concerned, MANAGERS, WITH_VAULT),
    Action(CountConcerned, count_concerned, MANAGERS, WITH_VAULT, "register_changed", AREAS),
    Action(MakeIncidentReport, make_incident_report, MANAGERS, None, "incident_report_made"),
)
