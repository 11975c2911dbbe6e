"""教育実施記録: what was taught, when, by which law, who attended and who is missing (clause 18). Staff only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from walkdesk.documents.flow import Column, Flow
from walkdesk.documents.formal import ProgrammeFacts, begin_paper, checkpoint_block, signature_boxes, ward_meta
from walkdesk.documents.sheet import INK2, Checkpoint, Sheet, paper_pdf
from walkdesk.documents.typeface import BOLD
from walkdesk.domain.dates import japanese_date

TITLE = "教育実施記録"
_NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Attendant:
    """Somebody of the register of 業務従事者: number, post, name, the part in the contract, the day of the oath."""

    staff_number: str
    post: str
    name: str
    role: str
    """取扱責任者, 取扱者, or "" for one who works without an account."""
    law_told_on: date | None = None
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class TrainingHeld:
    """One training: its day, what was taught, the law that was made known, who was there."""

    held_on: date
    content: str
    law: str
    attendants: tuple[Attendant, ...]


@dataclass(frozen=True, slots=True)
class TrainingRecordFacts(ProgrammeFacts):
    """Everything that the record prints."""

    taught_year: str
    """The fiscal year that the record is of."""
    trainings: tuple[TrainingHeld, ...]
    missing: tuple[Attendant, ...]
    """Who works here and has no training of that year."""
    people: int
    """How many work here, with those who left during the year."""
    trained: int
    checkpoint: Checkpoint


def training_record_pdf(facts: TrainingRecordFacts) -> bytes:
    """The record as PDF. The same facts give the same bytes."""
    meta = ward_meta(facts, f"{TITLE} {facts.taught_year}", facts.checkpoint)
    return paper_pdf(meta, lambda sheet: _draw(sheet, facts))


def _draw(sheet: Sheet, facts: TrainingRecordFacts) -> None:
    flow = begin_paper(
        sheet,
        facts,
        TITLE,
        "特記事項18に基づき、従事者に対して、個人情報の適正な管理及び情報セキュリティに関する教育を実施し、"
        "個人情報の保護に関する法令を周知しましたので、下記のとおり記録します。",
    )
    flow.fields(
        (
            ("委託契約", facts.contract_line),
            ("実施した回数", f"{facts.taught_year}　{len(facts.trainings):,}回"),
            ("教育を受けた者", f"{facts.trained:,}人（従事者 {facts.people:,}人のうち）"),
        ),
        label=34,
    )
    flow.space(5)
    flow.heading("1　実施した教育")
    if not facts.trainings:
        flow.paragraph("この年度に、教育の記録はありません。")
    for place, held in enumerate(facts.trainings, start=1):
        _training(flow, place, held)
    _missing(flow, facts.missing)
    flow.space(5)
    flow.need(26 + 3 + 28)
    signature_boxes(flow, ("教育を実施した者", "取扱責任者"), height=26)
    flow.space(3)
    checkpoint_block(flow, facts.checkpoint)


def _training(flow: Flow, place: int, held: TrainingHeld) -> None:
    flow.need(44)
    flow.paragraph(f"({place})　{japanese_date(held.held_on)}", 11, BOLD)
    flow.fields((("内容", held.content), ("周知した法令", held.law or _NOTHING)), label=34, size=10, pad=1.2)
    flow.space(2)
    columns = (
        Column("", 9, "right"),
        Column("番号", 21),
        Column("職", 40),
        Column("氏名", 42),
        Column("区分", 28),
        Column("備考", 30),
    )
    rows = [
        (
            str(number),
            one.staff_number,
            one.post,
            one.name,
            one.role or _NOTHING,
            f"{_short(one.left_on)} 退職等" if one.left_on else "",
        )
        for number, one in enumerate(held.attendants, start=1)
    ]
    flow.table(columns, rows, size=9.5, pad=1.2)
    flow.space(5)


def _missing(flow: Flow, missing: tuple[Attendant, ...]) -> None:
    flow.heading("2　まだ受けていない者")
    if not missing:
        flow.paragraph("いません。従事者の全員が、この年度の教育を受けています。")
        return
    columns = (Column("番号", 21), Column("職", 44), Column("氏名", 46), Column("区分", 29), Column("受けた日", 30))
    flow.table(columns, [(m.staff_number, m.post, m.name, m.role or _NOTHING, "") for m in missing], pad=2.2)
    flow.space(1)
    flow.paragraph("「受けた日」は、後から実施したときに書き入れる欄です。", 8.5, colour=INK2)


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"
