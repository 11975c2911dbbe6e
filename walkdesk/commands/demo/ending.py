"""Spring: report, return, two approvals, erasure, certificate, and the ward's confirmation."""

from __future__ import annotations

from datetime import date

from walkdesk.commands.demo.beginning import DEPARTMENT, training_of
from walkdesk.commands.demo.folder import CERTIFICATE, LEDGER, PAPER_SIGNATURE
from walkdesk.commands.demo.giving import ship_prizes
from walkdesk.commands.demo.office import AUDITOR, DEPUTY, MANAGER, STAFF
from walkdesk.commands.demo.posting import Asked, approve, look_at_register, post
from walkdesk.commands.demo.search import patterns_of, search_files, words_of
from walkdesk.commands.demo.stage import CONTRACT_NUMBER, START, Stage
from walkdesk.domain.measures import MEASURES, Finding, status_field
from walkdesk.domain.participants import Origin, Programme
from walkdesk.domain.registers import Register
from walkdesk.domain.returns import Disposition, Medium
from walkdesk.ledger.certificate import JSON_NAME, KEY_NAME, SIGNATURE_NAME, parse_certificate
from walkdesk.messages.audit import AcknowledgeErasure, CheckCertificate, ExportLedger, LookAtAudit
from walkdesk.messages.closeout import (
    AccountForToken,
    ApproveErasure,
    CertificateFiles,
    CloseOutBoard,
    CompleteReturn,
    DeliverReport,
    EraseVault,
    LookAtCloseOut,
    MakeCertificate,
    MakeReturnList,
    RecordReturn,
    TakeCertificate,
)
from walkdesk.messages.papers import MakeReport
from walkdesk.messages.registers import EnterEntry, PrintRegister
from walkdesk.messages.wardpapers import MakeInspectionSheet, MakeTrainingRecord

AFTER_THE_END = date(2019, 4, 2)
"""The last prizes leave after the contract's last day: nothing new about a person is entered then."""
INSPECTION_DAY = date(2019, 3, 20)
REPORT_DAY, RETURN_DAY = date(2019, 4, 3), date(2019, 4, 8)
ERASURE_DAY, CONFIRMATION_DAY = date(2019, 4, 10), date(2019, 4, 15)

_RECEIPT = "30新健健第412号 受領書"


def close(stage: Stage, asked: Asked) -> None:
    """From the new fiscal year's training and the last prizes to the ward's confirmation.

    ``asked`` are the papers of the last prizes.
    """
    # 1 April closed every desk but that of the training.
    with stage.office.at_desk(MANAGER, AFTER_THE_END, first=[training_of(AFTER_THE_END)]):
        stage.tell("trained", count=len(STAFF))
        approve(stage, asked)
        for batch, release in asked:
            post(stage, batch, release, AFTER_THE_END)
        ship_prizes(stage, AFTER_THE_END)
        stage.keep("教育実施記録", stage.ask(MakeTrainingRecord(START.year)))
        stage.office.move_to(REPORT_DAY)
        _report(stage)
        stage.office.move_to(RETURN_DAY)
        _give_back(stage)
        stage.office.move_to(ERASURE_DAY)
        _sign(stage)
    with stage.office.at_desk(DEPUTY):
        _erase(stage)
    with stage.office.at_desk(AUDITOR, CONFIRMATION_DAY, goes_on=False):
        _confirm(stage)


def _inspect(stage: Stage) -> None:
    """The ward's inspection of the year goes into its register, line by line of the checklist (clauses 15 to 17)."""
    values = {"held_on": INSPECTION_DAY.isoformat(), "officers": f"{DEPARTMENT}　主査", "place": "事務センター"}
    for measure in MEASURES[Programme.HEALTH_POINTS]:
        values[status_field(measure)] = Finding.FITS.value
    entry = str(stage.ask(EnterEntry(Register.INSPECTIONS, values)).facts["entry"])
    stage.camera.take("22-registers", "registers", {"register": Register.INSPECTIONS.value})
    stage.keep("立入り調査票", stage.ask(MakeInspectionSheet(entry)))
    stage.keep("立入り調査台帳", stage.ask(PrintRegister(Register.INSPECTIONS)))


def _report(stage: Stage) -> None:
    """事業実施報告書 is made and delivered."""
    _inspect(stage)
    stage.camera.take("13-report", "papers", {"tab": "report"})
    stage.camera.take("27-ward-papers", "papers", {"tab": "ward"})
    stage.keep("事業実施報告書", stage.ask(MakeReport()))
    stage.ask(DeliverReport(REPORT_DAY, "歩楽第31号"))
    stage.tell("reported")


def _give_back(stage: Stage) -> None:
    """Return and handing over, class by class and medium by medium; the delivered files go back too."""
    stage.facts.seen = _people_seen(stage)
    stage.folder.hand_back_deliveries()
    board: CloseOutBoard = stage.ask(LookAtCloseOut(stage.facts.contract))
    for row in board.returns:
        disposition, basis, receipt = _disposition(row.origin, row.medium, row.count)
        stage.ask(RecordReturn(row.origin, row.medium, disposition, basis, receipt))
    stage.camera.take("14-return", "closeout", {"view": "returns"})
    stage.keep("返還・引渡し目録", stage.ask(MakeReturnList()))
    stage.ask(CompleteReturn())
    stage.tell("returned")


def _sign(stage: Stage) -> None:
    """The token is in hand, and the first of two people signs."""
    stage.ask(AccountForToken("overwrite", DEPUTY.name))
    stage.ask(ApproveErasure())


def _erase(stage: Stage) -> None:
    """The second signature, the erasure of keys and files, the certificate."""
    stage.ask(ApproveErasure())
    stage.camera.take("15-close-out", "closeout", more=True)
    stage.ask(EraseVault(CONTRACT_NUMBER))
    _keep_certificate(stage)
    stage.camera.take("16-certificate", "closeout", {"view": "certificate", "contract": stage.facts.contract})
    stage.tell("erased")


def _confirm(stage: Stage) -> None:
    """The ward's auditor holds the certificate against its checkpoint and confirms the erasure."""
    contract = stage.facts.contract
    certificate = parse_certificate((stage.folder.path / JSON_NAME).read_bytes())
    checkpoint = str(certificate.checkpoint["text"])
    stage.facts.checks = stage.ask(CheckCertificate(contract, checkpoint))
    stage.camera.take("17-audit", "audit")
    stage.camera.take("18-auditor-certificate", "certificate", {"contract": contract})
    stage.camera.take("19-ledger", "ledger")
    stage.camera.take("23-audit-reports", "audit_reports")
    stage.ask(AcknowledgeErasure(contract, f"{DEPARTMENT}長", "青柳 健", "証明書と照合値を確かめた"))
    board = stage.ask(LookAtAudit())
    look_at_register(stage)
    stage.facts.state = next(card.state.value for card in board.contracts if card.contract == contract)
    export = stage.ask(ExportLedger())
    (stage.folder.path / LEDGER).write_bytes(export.data)
    stage.tell("acknowledged")


def _people_seen(stage: Stage) -> int:
    """In how many delivered files the search for names sees somebody: what cannot find proves nothing at the end."""
    files = [*stage.folder.from_ward.iterdir(), *stage.folder.from_app.iterdir()]
    return len(search_files(patterns_of(words_of(stage.population.named)), files).found)


def _disposition(origin: Origin, medium: Medium, count: int) -> tuple[Disposition, str, str]:
    if medium is Medium.PAPER and count == 0:
        return Disposition.NONE, "", ""
    if origin is Origin.PROVIDED:
        return Disposition.RETURNED, "", _RECEIPT
    if medium is Medium.ELECTRONIC and origin is Origin.COLLECTED:
        return Disposition.DESTROYED, "審議会報告 措置3", ""
    return Disposition.HANDED_OVER, "", _RECEIPT


def _keep_certificate(stage: Stage) -> None:
    folder, contract = stage.folder.path, stage.facts.contract
    paper = stage.ask(MakeCertificate(contract))
    (folder / CERTIFICATE).write_bytes(paper.pdf)
    files: CertificateFiles = stage.ask(TakeCertificate(contract))
    (folder / JSON_NAME).write_bytes(files.json)
    (folder / SIGNATURE_NAME).write_bytes(files.signature)
    (folder / KEY_NAME).write_bytes(files.public_key)
    (folder / PAPER_SIGNATURE).write_bytes(files.paper_signature)
