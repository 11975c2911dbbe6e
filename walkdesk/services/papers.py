"""The papers desk: who gets a 参加案内, one letter to look at, and the start sheet for the ward."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from walkdesk.documents.letters import letters_pdf
from walkdesk.documents.sheet import Mark
from walkdesk.documents.start_sheet import SigningKey, StaffRow, StartSheetFacts, start_sheet_pdf
from walkdesk.domain.contract import WITH_VAULT, ContractState
from walkdesk.domain.dates import fiscal_year, fiscal_year_name, japanese_date
from walkdesk.domain.people import MANAGERS, STAFF, Role
from walkdesk.ledger.keys import fingerprint
from walkdesk.messages.common import FreePaper, ScreenPaper
from walkdesk.messages.contracts import MakeStartSheet
from walkdesk.messages.papers import LetterPlan, PlanLetters, PreviewLetter
from walkdesk.services.actions import Action, table
from walkdesk.services.letters import compose_letters, letters_meta, look_through
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
from walkdesk.services.participants import participant
from walkdesk.services.people import person_name
from walkdesk.services.session import Work
from walkdesk.storage.office_tables import ContractRecord, Designation, PersonRecord, TrainingRecord


def plan_letters(work: Work, message: PlanLetters) -> LetterPlan:
    """Who would get a letter now, and which letters stop, each with its reason."""
    found = look_through(work, message.audience)
    first = found.ready[0].number if found.ready else ""
    return LetterPlan(message.audience, len(found.ready), found.sent, found.stopped, first)


def preview_letter(work: Work, message: PreviewLetter) -> ScreenPaper:
    """One letter marked 見本, without a serial: it is for the screen and reaches nobody."""
    person = participant(work, message.number)
    meta = letters_meta(work, Mark.SAMPLE)
    pdf = letters_pdf(compose_letters(work, [("", person)], meta), meta)
    return screen_paper(JAPANESE.say("papers.paper_title.preview"), "sanka-annai-mihon.pdf", pdf)


def make_start_sheet(work: Work, message: MakeStartSheet) -> FreePaper:
    """取扱責任者・取扱者 and the fingerprint of the office's key (clause 13); no participant stands in it."""
    contract = work.contract
    setting = work.book.setting
    kind = setting(work.office, "certification")
    public = work.book.key.public_key()
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
        checkpoint=on_paper(ledger_checkpoint(work)),
        mark=mark_of(work),
    )
    return paper(JAPANESE.say("papers.paper_title.start_sheet"), "kaishi-todoke.pdf", start_sheet_pdf(facts))


def _staff(work: Work, contract: ContractRecord) -> tuple[StaffRow, ...]:
    year = fiscal_year(work.today)
    trained = {
        row.staff_number: row.held_on
        for row in work.office.scalars(select(TrainingRecord).where(TrainingRecord.fiscal_year == year))
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
    Action(PlanLetters, plan_letters, STAFF, frozenset({ContractState.OPEN})),
    Action(PreviewLetter, preview_letter, STAFF, frozenset({ContractState.OPEN})),
    Action(MakeStartSheet, make_start_sheet, MANAGERS, WITH_VAULT),
)
