"""教育実施記録 (clause 18) and 立入り調査票 (clauses 15 to 17), filled from the office book and the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import select

from walkdesk.documents.audit_evidence import EvidenceFacts, evidence
from walkdesk.documents.inspection_sheet import CheckGroup, CheckLine, InspectionFacts, inspection_sheet_pdf
from walkdesk.documents.training_record import Attendant, TrainingHeld, TrainingRecordFacts, training_record_pdf
from walkdesk.domain.dates import fiscal_year, fiscal_year_name, japanese_date
from walkdesk.domain.measures import MEASURES, Measure, Source, evidence_field, status_field
from walkdesk.domain.participants import Programme
from walkdesk.domain.people import Role
from walkdesk.domain.problem import Problem
from walkdesk.domain.registers import EntryState, Register
from walkdesk.domain.wardpapers import WardPaper
from walkdesk.messages.common import FreePaper
from walkdesk.messages.wardpapers import MakeInspectionSheet, MakeTrainingRecord
from walkdesk.services.audit_facts import View, evidence_facts, view_of
from walkdesk.services.closing import contract_in_hand
from walkdesk.services.paperwork import (
    JAPANESE,
    ledger_checkpoint,
    mark_of,
    on_paper,
    paper,
    parties_of,
    programme_name,
)
from walkdesk.services.refusals import evidenced
from walkdesk.services.registerlists import entry_of, values_of
from walkdesk.services.session import Work
from walkdesk.services.wardlog import paper_number, record_made
from walkdesk.storage.office_tables import (
    ContractRecord,
    Designation,
    LedgerRecord,
    PersonRecord,
    RegisterEntry,
    TrainingRecord,
)

_NOTHING = "–"


@evidenced
def make_training_record(work: Work, message: MakeTrainingRecord) -> FreePaper:
    """Every training of the year with who was there, and who works here and has none."""
    year = message.year or fiscal_year(work.today)
    if year not in training_years(work):
        raise Problem("wardpapers.no_such_year", year=year)
    contract = contract_in_hand(work)
    rows = _trainings(work, year)
    people = _people_of(work, contract, year)
    attended = {row.staff_number for row in rows}
    state = ledger_checkpoint(work)
    facts = TrainingRecordFacts(
        number=paper_number(work, contract, WardPaper.TRAINING_RECORD, "KK"),
        issued=work.today,
        created=work.now,
        parties=parties_of(work, contract),
        contract=contract.number,
        programme=programme_name(contract),
        fiscal_year=fiscal_year_name(contract.year),
        taught_year=fiscal_year_name(year),
        trainings=_held(work, rows, people, contract),
        missing=tuple(one for number, one in people.items() if number not in attended and one.left_on is None),
        people=len(people),
        trained=len(attended & people.keys()),
        checkpoint=on_paper(state),
        mark=mark_of(work),
    )
    pdf = training_record_pdf(facts)
    title = JAPANESE.say("wardpapers.title.training_record", year=facts.taught_year)
    answer = paper(title, f"kyoiku-kiroku-{facts.number}.pdf", pdf)
    record_made(work, contract, WardPaper.TRAINING_RECORD, facts.number, pdf, answer.pages, state.text, year=year)
    return answer


def training_years(work: Work) -> dict[int, int]:
    """The fiscal years of which a record can be made, newest first, with their trainings; this year always."""
    held = select(TrainingRecord.fiscal_year, TrainingRecord.held_on, TrainingRecord.content).distinct()
    years = {fiscal_year(work.today): 0}
    for year, _day, _content in work.office.execute(held):
        years[year] = years.get(year, 0) + 1
    return dict(sorted(years.items(), reverse=True))


def _trainings(work: Work, year: int) -> list[TrainingRecord]:
    query = select(TrainingRecord).where(TrainingRecord.fiscal_year == year)
    return list(work.office.scalars(query.order_by(TrainingRecord.held_on, TrainingRecord.id)))


def _held(
    work: Work, rows: Iterable[TrainingRecord], people: Mapping[str, Attendant], contract: ContractRecord
) -> tuple[TrainingHeld, ...]:
    """One training is what was recorded with the same day, content and law."""
    found: dict[tuple[date, str, str], dict[str, Attendant]] = {}
    for row in rows:
        there = found.setdefault((row.held_on, row.content, row.law), {})
        person = people.get(row.staff_number) or _attendant(work, contract, row.staff_number)
        there[row.staff_number] = person
    return tuple(
        TrainingHeld(day, content, law, tuple(there[number] for number in sorted(there)))
        for (day, content, law), there in found.items()
    )


def _people_of(work: Work, contract: ContractRecord, year: int) -> dict[str, Attendant]:
    """業務従事者 of a fiscal year: registered before its end, not gone before its start; no auditors."""
    first, after = date(year, 4, 1), date(year + 1, 4, 1)
    registered = {
        str(facts.get("person")): at.date()
        for at, facts in work.office.execute(
            select(LedgerRecord.at, LedgerRecord.facts).where(LedgerRecord.event == "person_registered")
        )
    }
    people = {}
    for person in work.office.scalars(select(PersonRecord).order_by(PersonRecord.staff_number)):
        came = registered.get(person.staff_number, first)
        gone = person.left_on is not None and person.left_on < first
        if person.role != Role.AUDITOR.value and came < after and not gone:
            people[person.staff_number] = _attendant(work, contract, person.staff_number)
    return people


def _attendant(work: Work, contract: ContractRecord, number: str) -> Attendant:
    person = work.office.get(PersonRecord, number)
    mark = work.office.get(Designation, (contract.contract, number))
    if person is None:
        return Attendant(number, "", number, "")
    role = mark.role if mark is not None else person.role
    word = JAPANESE.say(f"papers.role.{role}") if role else ""
    return Attendant(number, person.post, person.name, word, person.law_told_on, person.left_on)


@evidenced
def make_inspection_sheet(work: Work, message: MakeInspectionSheet) -> FreePaper:
    """The checklist with what the records say of each line. A blank sheet is for the day, a filled one for the file."""
    entry = _inspection(work, message.entry) if message.entry else None
    contract = contract_in_hand(work, "" if entry is None else entry.contract)
    view = view_of(work, contract.contract, *_days(work, entry))
    values = {} if entry is None else values_of(entry)
    facts = InspectionFacts(
        number=paper_number(work, contract, WardPaper.INSPECTION_SHEET, "TC"),
        issued=work.today,
        created=work.now,
        parties=parties_of(work, contract),
        contract=contract.number,
        programme=programme_name(contract),
        fiscal_year=fiscal_year_name(fiscal_year(view.end)),
        entry=message.entry,
        period=f"{japanese_date(view.start)}から{japanese_date(view.end)}まで",
        held=_told(entry, values, ("held_on", "place", "officers", "reference")),
        figures=_figures(view, evidence_facts(view)),
        groups=_groups(Programme(contract.programme), evidence_facts(view), values),
        remarks=_told(entry, values, ("findings", "follow_up", "improved", "confirmed")),
        checkpoint=on_paper(ledger_checkpoint(work)),
        mark=mark_of(work),
    )
    pdf = inspection_sheet_pdf(facts)
    answer = paper(JAPANESE.say("wardpapers.title.inspection_sheet"), f"tachiiri-chosa-{facts.number}.pdf", pdf)
    record_made(
        work,
        contract,
        WardPaper.INSPECTION_SHEET,
        facts.number,
        pdf,
        answer.pages,
        facts.checkpoint.text,
        entry=message.entry,
    )
    return answer


def _inspection(work: Work, number: str) -> RegisterEntry:
    entry = entry_of(work, number)
    if entry.register != Register.INSPECTIONS.value:
        raise Problem("registers.unknown", entry=number)
    return entry


def _days(work: Work, entry: RegisterEntry | None) -> tuple[date, date]:
    """The fiscal year up to the day that is looked at."""
    day = work.today if entry is None else entry.opened_on
    return date(fiscal_year(day), 4, 1), day


def _told(entry: RegisterEntry | None, values: Mapping[str, str], fields: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """What was recorded; room to write on a blank sheet, and while an inspection is not closed."""
    empty = "" if entry is None or entry.closed_on is None else _NOTHING
    told = []
    for field in fields:
        words = values.get(field, "")
        if words and field in ("held_on", "follow_up"):
            words = japanese_date(date.fromisoformat(words))
        told.append((JAPANESE.say(f"registers.inspections.{field}"), words or empty))
    return tuple(told)


def _figures(view: View, facts: EvidenceFacts) -> tuple[tuple[str, str], ...]:
    say = JAPANESE.say
    rows = [row for lines in view.registers.values() for row in lines]
    counts = {
        "managers": facts.managers,
        "handlers": facts.handlers,
        "accounts": sum(one.person.active and one.person.role is not None for one in view.staff),
        "trained": facts.trained,
        "sign_ins": facts.sign_ins,
        "opened": facts.opened,
        "releases": facts.releases,
        "waiting": len(view.waiting()),
        "copies": facts.copies_open,
        "papers": facts.papers_open,
        "overdue": sum(row.state is EntryState.OVERDUE for row in rows),
        "incidents": facts.incidents,
    }
    return tuple((say(f"wardpapers.figure.{key}"), say(f"wardpapers.unit.{key}", count=n)) for key, n in counts.items())


def _groups(programme: Programme, facts: EvidenceFacts, values: Mapping[str, str]) -> tuple[CheckGroup, ...]:
    def line(measure: Measure) -> CheckLine:
        found = values.get(status_field(measure), "")
        return CheckLine(
            str(measure.number),
            JAPANESE.say(f"registers.measure.{measure.key}"),
            evidence(measure.key, facts),
            JAPANESE.say(f"registers.choice.{found}") if found else "",
            values.get(evidence_field(measure), ""),
        )

    return tuple(
        CheckGroup(
            JAPANESE.say(f"wardpapers.source.{source.value}"),
            tuple(line(measure) for measure in MEASURES[programme] if measure.source is source),
        )
        for source in Source
    )
