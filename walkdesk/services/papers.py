"""The papers desk: who gets a 参加案内, one letter to look at, and the start sheet for the ward."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from walkdesk.documents.start_sheet import SigningKey, StaffRow, StartSheetFacts, start_sheet_pdf
from walkdesk.domain.contract import WITH_VAULT, ContractState
from walkdesk.domain.dates import fiscal_year, fiscal_year_name, japanese_date
from walkdesk.domain.people import MANAGERS, STAFF, Role
from walkdesk.domain.problem import Problem
from walkdesk.domain.releases import ReleaseKind
from walkdesk.domain.wardpapers import WardPaper
from walkdesk.ledger.keys import fingerprint
from walkdesk.messages.common import FreePaper, ScreenPaper
from walkdesk.messages.contracts import MakeStartSheet
from walkdesk.messages.papers import LetterPlan, LookAtPapers, PaperChoices, PlanLetters, PreviewLetter
from walkdesk.messages.releases import ContentChoice
from walkdesk.services.actions import Action, areas, table
from walkdesk.services.contents import content_of, contents_for, plan_of
from walkdesk.services.paperwork import (
    JAPANESE,
    ledger_checkpoint,
    mark_of,
    on_paper,
    paper,
    parties_of,
    programme_name,
    screen_paper,
    sender_of,
)
from walkdesk.services.people import person_name
from walkdesk.services.session import Work, programme_of
from walkdesk.services.wardlog import record_made
from walkdesk.storage.office_tables import ContractRecord, Designation, PersonRecord, TrainingRecord
from walkdesk.storage.vault_tables import ParticipantRecord


def look_at_papers(work: Work, message: LookAtPapers) -> PaperChoices:
    """What can be sent to participants in this programme, and to whom."""
    found = contents_for(ReleaseKind.TO_PERSON, programme_of(work.contract))
    return PaperChoices(tuple(ContentChoice(one.key, one.audiences(work)) for one in found))


def plan_letters(work: Work, message: PlanLetters) -> LetterPlan:
    """Who would get a paper now, and which sheets stop, each with its reason."""
    content = content_of(message.paper, ReleaseKind.TO_PERSON)
    plan = plan_of(work, content, message.audience, message.number)
    first = work.vault.get(ParticipantRecord, plan.ready[0].participant_id) if plan.ready else None
    number = "" if first is None else first.number
    return LetterPlan(message.paper, message.audience, len(plan.ready), plan.sent, plan.stopped, number)


def preview_letter(work: Work, message: PreviewLetter) -> ScreenPaper:
    """One sheet marked 見本, without a serial: it is for the screen and reaches nobody."""
    content = content_of(message.paper, ReleaseKind.TO_PERSON)
    if content.sample is None:
        raise Problem("papers.no_sample")
    pdf = content.sample(work, message.audience, message.number)
    title = JAPANESE.say("papers.paper_title.preview", paper=JAPANESE.say(f"releases.paper.{message.paper}"))
    return screen_paper(title, f"{message.paper.replace('_', '-')}-mihon.pdf", pdf)


def make_start_sheet(work: Work, message: MakeStartSheet) -> FreePaper:
    """取扱責任者・取扱者 and the fingerprint of the office's key (clause 13); no participant stands in it."""
    contract = work.contract
    setting = work.book.setting
    kind = setting(work.office, "certification")
    public, state = work.book.key.public_key(), ledger_checkpoint(work)
    facts = StartSheetFacts(
        number=f"{contract.number}-ST",
        issued=work.today,
        created=work.now,
        parties=parties_of(work, contract),
        contract=contract.number,
        programme=programme_name(contract),
        fiscal_year=fiscal_year_name(contract.year),
        certification=JAPANESE.say(
            f"papers.certification.{kind}",
            number=setting(work.office, "certification_number"),
            expiry=japanese_date(date.fromisoformat(setting(work.office, "certification_expiry"))),
        ),
        place=sender_of(work).address,
        law=setting(work.office, "law"),
        staff=_staff(work, contract),
        keys=(
            SigningKey(
                JAPANESE.say("papers.key.purpose"),
                "Ed25519",
                fingerprint(public),
                f"walkdesk:key:{work.book.office_id}:{fingerprint(public).replace(' ', '')}",
            ),
        ),
        checkpoint=on_paper(state),
        mark=mark_of(work),
    )
    pdf = start_sheet_pdf(facts)
    answer = paper(JAPANESE.say("papers.paper_title.start_sheet"), "kaishi-todoke.pdf", pdf)
    record_made(
        work,
        contract,
        WardPaper.START_SHEET,
        facts.number,
        pdf,
        answer.pages,
        state.text,
        fingerprint=fingerprint(public).replace(" ", ""),
    )
    return answer


def _staff(work: Work, contract: ContractRecord) -> tuple[StaffRow, ...]:
    year = fiscal_year(work.today)
    trained = {
        row.staff_number: row.held_on
        for row in work.office.scalars(
            # The first of the year is kept: it is the one that says whether it came before the work.
            select(TrainingRecord).where(TrainingRecord.fiscal_year == year).order_by(TrainingRecord.held_on.desc())
        )
    }
    chosen = select(Designation).where(Designation.contract == contract.contract)
    rows = work.office.scalars(chosen.order_by(Designation.role.desc(), Designation.staff_number)).all()
    staff = []
    for row in rows:
        name, post = person_name(work, row.staff_number)
        person = work.office.get(PersonRecord, row.staff_number)
        may = person is not None and person.may_approve
        role = JAPANESE.say(f"papers.role.{Role(row.role).value}")
        staff.append(StaffRow(role, post, name, row.on, trained.get(row.staff_number), may))
    return tuple(staff)


ACTIONS = table(
    Action(LookAtPapers, look_at_papers, STAFF, frozenset({ContractState.OPEN})),
    Action(PlanLetters, plan_letters, STAFF, frozenset({ContractState.OPEN})),
    Action(PreviewLetter, preview_letter, STAFF, frozenset({ContractState.OPEN})),
    Action(MakeStartSheet, make_start_sheet, MANAGERS, WITH_VAULT, "ward_paper_made", areas("papers", "ledger")),
)
