"""May: the office is set up, its people are registered and trained, the contract is prepared and opened."""

from __future__ import annotations

from datetime import date

from walkdesk.commands.demo.office import AUDITOR, DEPUTY, EVERYBODY, MANAGER, PASSWORD, PRINTER, STAFF
from walkdesk.commands.demo.stage import CONTRACT_NUMBER, END, START, Stage
from walkdesk.domain.participants import Programme
from walkdesk.domain.people import Role
from walkdesk.messages.contracts import ConfirmItems, MakeStartSheet, OpenContract, PrepareContract
from walkdesk.messages.door import LookAtOffice, SetUpOffice
from walkdesk.messages.people import DesignatePerson, RecordOath, RecordTraining, RegisterPerson, ReportDesignation
from walkdesk.messages.printing import LookAtPrinting, MakeCalibrationSheet, MakeTestPage, SetPrinter
from walkdesk.messages.prizes import SetPrize
from walkdesk.messages.wardpapers import MakeApplicationForm

OFFICE = "株式会社 歩楽事務センター"
ADDRESS = "160-0023 東京都新宿区西新宿一丁目1番1号"
PHONE = "03-0000-0000"
CERTIFICATION, EXPIRY = "10829999", date(2020, 3, 31)

_TRAINING = "個人情報の取扱い、特記事項、事故のときの連絡"
WARD = "新宿区長"
DEPARTMENT = "健康部健康づくり課"

_PRIZES = (
    ("P-01", "速乾タオル", 1_500, 120),
    ("P-02", "商店街お買物券 500円分", 3_000, 90),
    ("P-03", "通気ウォーキング帽", 5_000, 40),
    ("P-04", "膝に軽い歩行靴 引換券", 9_000, 12),
)


def begin(stage: Stage) -> None:
    """From the empty folder to the open contract."""
    stage.camera.take_door(
        "01-set-up",
        fill={
            "office_name": OFFICE,
            "office_address": ADDRESS,
            "office_phone": PHONE,
            "certification_number": CERTIFICATION,
            "certification_expires": EXPIRY.isoformat(),
        },
    )
    _set_up(stage)
    stage.office.make_ready()
    _register(stage)
    _prepare(stage)
    stage.camera.take_door("02-sign-in", token=stage.ask(LookAtOffice()).tokens[0])
    stage.camera.take("03-people", "people")
    stage.camera.take("04-contracts", "contracts")
    stage.camera.take("20-account", "account")
    stage.camera.take("21-keys", "keys")
    stage.ask(OpenContract())
    stage.tell("opened", number=CONTRACT_NUMBER)
    for prize, name, points, stock in _PRIZES:
        stage.ask(SetPrize(prize, name, points, stock))
    stage.tell("stock", count=len(_PRIZES))
    _set_printing(stage)
    stage.office.leave()


def _set_up(stage: Stage) -> None:
    stage.ask(
        SetUpOffice(
            office=OFFICE,
            address=ADDRESS,
            phone=PHONE,
            certification="privacy_mark",
            certification_number=CERTIFICATION,
            certification_expiry=EXPIRY,
            staff_number=MANAGER.number,
            name=MANAGER.name,
            post=MANAGER.post,
            password=PASSWORD,
            attested_by="代表取締役 白石 均",
            practice=True,
            practice_date=START,
        )
    )
    stage.tell("set_up")


def _register(stage: Stage) -> None:
    """The first manager records the own training: before that, no other desk opens. Then the others come."""
    stage.ask(RecordTraining((MANAGER.number,), START, _TRAINING, law_told=True))
    for member in EVERYBODY:
        if member is MANAGER:
            continue
        reference = "30新健健第101号" if member.role is Role.AUDITOR else ""
        stage.ask(
            RegisterPerson(
                member.number, member.name, member.post, member.role, member.may_approve, START, PASSWORD, reference
            )
        )
    others = tuple(member.number for member in STAFF if member is not MANAGER)
    stage.ask(RecordTraining(others, START, _TRAINING, law_told=True))
    stage.ask(RecordOath(tuple(member.number for member in STAFF), START, after_end=True))
    stage.tell("registered", count=len(STAFF), auditor=AUDITOR.post, deputy=DEPUTY.name)


def training_of(day: date) -> RecordTraining:
    """教育 of a new fiscal year, of everybody."""
    return RecordTraining(tuple(member.number for member in STAFF), day, _TRAINING)


def _set_printing(stage: Stage) -> None:
    """The printer prints a little too far to the left; the sheets that show it, and the form for whoever applies."""
    stage.ask(SetPrinter(PRINTER, 1.0, 0.5))
    window = stage.ask(LookAtPrinting()).window.key
    stage.keep("調整シート", stage.ask(MakeCalibrationSheet("window", window, PRINTER)))
    stage.keep("テストページ", stage.ask(MakeTestPage(PRINTER)))
    stage.keep("参加申込書", stage.ask(MakeApplicationForm()))
    stage.camera.take("28-printing", "papers", {"tab": "printing"})
    stage.tell("printing", printer=PRINTER)


def _prepare(stage: Stage) -> None:
    answer = stage.ask(
        PrepareContract(Programme.HEALTH_POINTS, CONTRACT_NUMBER, START, END, WARD, DEPARTMENT, str(stage.folder.usb))
    )
    stage.facts.contract = answer.entered
    for member in STAFF:
        stage.ask(DesignatePerson(member.number))
    stage.ask(ReportDesignation(START, "歩楽第1号"))
    stage.ask(ConfirmItems())
    stage.keep("開始届", stage.ask(MakeStartSheet()))
    stage.tell("prepared", count=len(STAFF))
