"""区への文書・用紙: what the papers say, who may make them, and what the ledger keeps of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from tests.services.closing_desk import code_of, fill
from tests.services.desks import AUGUST
from tests.services.registerdesk import entered, events
from walkdesk.domain.measures import MEASURES
from walkdesk.domain.participants import Programme
from walkdesk.domain.registers import Register
from walkdesk.domain.wardpapers import WardPaper
from walkdesk.messages.contracts import MakeStartSheet
from walkdesk.messages.people import CloseAccount, RecordTraining, RegisterPerson
from walkdesk.messages.registers import PrintRegister
from walkdesk.messages.wardpapers import (
    LookAtWardPapers,
    MakeApplicationForm,
    MakeInspectionSheet,
    MakeTrainingRecord,
    Stop,
    WardPaperRow,
)
from walkdesk.services.session import Session

Ask = Callable[[Session, object], Any]


@pytest.fixture
def desk(office: Any) -> Session:
    """The manager in August, with six participants in the vault."""
    session: Session = office.sign_in("S-0001", on=AUGUST)
    fill(session)
    return session


def rows(session: Session, ask: Ask) -> dict[WardPaper, WardPaperRow]:
    return {row.paper: row for row in ask(session, LookAtWardPapers()).rows}


def words(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).replace("\n", "")


def test_the_record_of_trainings_names_staff_only(desk: Session, ask: Ask) -> None:
    ask(desk, RegisterPerson("S-0201", "葛城 三郎", "当日スタッフ", None, False, None))
    ask(desk, RecordTraining(("S-0142",), date(2018, 7, 2), "封入の手順"))
    text = words(ask(desk, MakeTrainingRecord()).pdf)
    first, missing = text.split("まだ受けていない者")
    assert "封入の手順" in first and "平成30年7月2日" in first and first.count("佐藤 恵") == 2
    assert "葛城 三郎" in missing and "佐藤 恵" not in missing
    assert "4人（従事者 5人のうち）" in text
    assert "森 由紀" not in text  # the ward's auditor is no 従事者
    assert "𠮷田" not in text and "D0001" not in text


def test_who_left_stays_among_the_attendants_and_is_not_missing(desk: Session, ask: Ask) -> None:
    ask(desk, RegisterPerson("S-0201", "葛城 三郎", "当日スタッフ", None, False, None))
    ask(desk, CloseAccount("S-0142", "退職", knowing=True))
    ask(desk, CloseAccount("S-0201", "退職", knowing=True))
    first, missing = words(ask(desk, MakeTrainingRecord()).pdf).split("まだ受けていない者")
    assert "佐藤 恵" in first and "退職等" in first
    assert "いません" in missing and "葛城 三郎" not in missing


def test_a_record_is_made_of_years_that_are_there(desk: Session, ask: Ask) -> None:
    (choice,) = rows(desk, ask)[WardPaper.TRAINING_RECORD].choices
    assert (choice.value, choice.count) == ("2018", 1)
    assert code_of(desk, MakeTrainingRecord(2017)) == "wardpapers.no_such_year"


def test_the_blank_sheet_has_every_measure_and_no_finding(desk: Session, ask: Ask) -> None:
    text = words(ask(desk, MakeInspectionSheet()).pdf)
    assert text.count("□ 対象外") == len(MEASURES[Programme.HEALTH_POINTS])
    assert "■" not in text and "𠮷田" not in text
    assert "システム上の対策" in text and "立ち会った受託者" in text


def test_a_recorded_inspection_fills_the_sheet(desk: Session, ask: Ask) -> None:
    entry = entered(
        desk, Register.INSPECTIONS, held_on="2018-08-08", status_cabinet="improve", follow_up="2018-08-31",
        evidence_cabinet="鍵の管理簿に記入がない", findings="毎日つけること",
    )  # fmt: skip
    text = words(ask(desk, MakeInspectionSheet(entry)).pdf)
    assert text.count("■ 要改善") == 1 and text.count("■") == len(MEASURES[Programme.HEALTH_POINTS])
    for told in ("平成30年8月8日", "健康づくり課 主査", "鍵の管理簿に記入がない", "毎日つけること", "平成30年8月31日"):
        assert told in text
    blank, filled = rows(desk, ask)[WardPaper.INSPECTION_SHEET].choices
    assert (blank.value, filled.value, filled.day) == ("", entry, date(2018, 8, 8))
    incident = entered(desk, Register.INCIDENTS, noticed_on="2018-08-08")
    assert code_of(desk, MakeInspectionSheet(incident)) == "registers.unknown"


def test_the_form_is_of_the_programme_on_the_desk_and_keeps_its_wording_in_the_ledger(office: Any, ask: Ask) -> None:
    session = office.sign_in("S-0142")
    paper = ask(session, MakeApplicationForm())
    text = words(paper.pdf)
    assert paper.pages == 1 and "健康ポイント事業" in text and "個人情報の利用目的" in text
    ((_, facts),) = events(session, "form_made")
    assert '"paper":"health_application"' in facts and '"name":"第1版"' in facts


def test_every_paper_leaves_its_entry_and_the_list_knows_when(desk: Session, ask: Ask) -> None:
    assert all(row.made_at is None for row in rows(desk, ask).values())
    for message in (MakeStartSheet(), MakeTrainingRecord(), MakeInspectionSheet(), MakeApplicationForm()):
        ask(desk, message)
    ask(desk, PrintRegister(Register.PAPER))
    made = {paper for paper, row in rows(desk, ask).items() if row.made_at is not None}
    assert made == {
        WardPaper.START_SHEET,
        WardPaper.TRAINING_RECORD,
        WardPaper.INSPECTION_SHEET,
        WardPaper.APPLICATION,
        WardPaper.REGISTER,
    }
    assert {row.made_by for row in rows(desk, ask).values() if row.made_at} == {"田中 康夫"}
    numbers = [facts for _, facts in events(desk, "ward_paper_made")]
    assert len(numbers) == 3 and any("30-HP-0001-KK01" in facts for facts in numbers)
    ask(desk, MakeTrainingRecord())
    assert any("30-HP-0001-KK02" in facts for _, facts in events(desk, "ward_paper_made"))


def test_the_list_says_what_a_handler_leaves_to_the_manager(office: Any, ask: Ask) -> None:
    session = office.sign_in("S-0142")
    found = rows(session, ask)
    may = {paper for paper, row in found.items() if row.stop is Stop.NONE}
    assert may == {WardPaper.REGISTER, WardPaper.APPLICATION}
    assert found[WardPaper.START_SHEET].stop is Stop.ROLE and not found[WardPaper.INSPECTION_SHEET].choices
    for message in (MakeTrainingRecord(), MakeInspectionSheet(), MakeStartSheet()):
        assert code_of(session, message) == "door.not_permitted"


def test_a_paper_about_nothing_says_so(desk: Session, ask: Ask) -> None:
    found = rows(desk, ask)
    assert found[WardPaper.INCIDENT_REPORT].stop is Stop.NOTHING
    assert found[WardPaper.CERTIFICATE].stop is Stop.NOTHING
    entry = entered(desk, Register.INCIDENTS, noticed_on="2018-08-08")
    (choice,) = rows(desk, ask)[WardPaper.INCIDENT_REPORT].choices
    assert choice.value == entry


def test_the_start_sheet_shows_the_first_training_of_the_year(desk: Session, ask: Ask) -> None:
    ask(desk, RecordTraining(("S-0142",), date(2018, 7, 2), "封入の手順"))
    text = words(ask(desk, MakeStartSheet()).pdf)
    assert "平成30年7月2日" not in text and text.count("平成30年5月14日") >= 8
