"""区への文書・用紙: the list of every paper that tells of no participant, and the making of those without a desk."""

from __future__ import annotations

from sqlalchemy import func, select

from walkdesk.domain.contract import WITH_VAULT, ContractState
from walkdesk.domain.people import MANAGERS, STAFF
from walkdesk.domain.registers import REGISTERS, Register
from walkdesk.domain.wardpapers import WARD_PAPERS, Choice, WardPaper
from walkdesk.messages.audit import MakeAuditPack, MakeStatusReport
from walkdesk.messages.closeout import MakeCertificate
from walkdesk.messages.contracts import MakeStartSheet
from walkdesk.messages.papers import MakeReport
from walkdesk.messages.registers import MakeIncidentReport, PrintRegister
from walkdesk.messages.wardpapers import (
    LookAtWardPapers,
    MakeApplicationForm,
    MakeInspectionSheet,
    MakeTrainingRecord,
    PaperChoice,
    Stop,
    WardPaperBoard,
    WardPaperRow,
)
from walkdesk.services import audit_reports, erasure, incidents, papers, registers, reports
from walkdesk.services.actions import Action, areas, table
from walkdesk.services.applications import make_application_form
from walkdesk.services.people import person_name
from walkdesk.services.registerlists import entries_of, values_of
from walkdesk.services.session import Work
from walkdesk.services.wardlog import last_made
from walkdesk.services.wardsheets import make_inspection_sheet, make_training_record, training_years
from walkdesk.storage.office_tables import CertificateRecord

_AREAS = areas("papers", "ledger")


def look_at_ward_papers(work: Work, message: LookAtWardPapers) -> WardPaperBoard:
    """Every paper: whether this person may make it now, what it can be about, when it was made last."""
    contract = work.session.contract or ""
    made = last_made(work, contract)
    rows = []
    for paper in WARD_PAPERS:
        stop = _stop(work, paper)
        choices = () if stop is Stop.ROLE else _choices(work, paper)
        if stop is Stop.NONE and WARD_PAPERS[paper].choice is not Choice.NONE and not choices:
            stop = Stop.NOTHING
        at, account = made.get(paper, (None, ""))
        rows.append(WardPaperRow(paper, stop, choices, at, person_name(work, account)[0] if account else ""))
    return WardPaperBoard(tuple(rows), work.contract.programme if work.session.vault is not None else "")


def _stop(work: Work, paper: WardPaper) -> Stop:
    """The same rows that ``perform`` reads decide here."""
    action = _MAKING[paper]
    if work.member.role not in action.roles:
        return Stop.ROLE
    if action.states is not None:
        open_here = work.session.vault is not None
        if not open_here or ContractState(work.contract.state) not in action.states:
            return Stop.STATE
    if paper is WardPaper.CERTIFICATE and not _certificates(work):
        return Stop.NOTHING
    return Stop.NONE


def _certificates(work: Work) -> int:
    return work.office.execute(select(func.count()).select_from(CertificateRecord)).scalar_one()


def _choices(work: Work, paper: WardPaper) -> tuple[PaperChoice, ...]:
    choice = WARD_PAPERS[paper].choice
    if choice is Choice.YEAR:
        return tuple(PaperChoice(str(year), count=count) for year, count in training_years(work).items())
    if choice is Choice.INSPECTION:
        return (PaperChoice(""), *_entries(work, Register.INSPECTIONS))
    if choice is Choice.INCIDENT:
        return _entries(work, Register.INCIDENTS)
    if choice is Choice.REGISTER:
        return tuple(PaperChoice(register.value) for register in REGISTERS)
    return ()


def _entries(work: Work, register: Register) -> tuple[PaperChoice, ...]:
    """The entries of a register, newest first; of the contract on the desk, or of the whole office."""
    here = ("", work.session.contract or "")
    title = REGISTERS[register].title
    return tuple(
        PaperChoice(entry.entry, entry.opened_on, values_of(entry).get(title, ""))
        for entry in entries_of(work, register)
        if entry.contract in here
    )


ACTIONS = table(
    Action(LookAtWardPapers, look_at_ward_papers, STAFF),
    Action(MakeTrainingRecord, make_training_record, MANAGERS, None, "ward_paper_made", _AREAS),
    Action(MakeInspectionSheet, make_inspection_sheet, MANAGERS, None, "ward_paper_made", _AREAS),
    Action(MakeApplicationForm, make_application_form, STAFF, WITH_VAULT, "form_made", _AREAS),
)

_MAKING: dict[WardPaper, Action] = {
    WardPaper.START_SHEET: papers.ACTIONS[MakeStartSheet],
    WardPaper.TRAINING_RECORD: ACTIONS[MakeTrainingRecord],
    WardPaper.STATUS_REPORT: audit_reports.ACTIONS[MakeStatusReport],
    WardPaper.INSPECTION_SHEET: ACTIONS[MakeInspectionSheet],
    WardPaper.AUDIT_PACK: audit_reports.ACTIONS[MakeAuditPack],
    WardPaper.INCIDENT_REPORT: incidents.ACTIONS[MakeIncidentReport],
    WardPaper.REGISTER: registers.ACTIONS[PrintRegister],
    WardPaper.YEAR_REPORT: reports.ACTIONS[MakeReport],
    WardPaper.CERTIFICATE: erasure.ACTIONS[MakeCertificate],
    WardPaper.APPLICATION: ACTIONS[MakeApplicationForm],
}
"""The action that makes each paper: its roles and states are those of the list."""
