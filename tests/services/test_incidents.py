"""事故 and 立入り調査: notice and counters, persons by query, the written report, the checklist, what is missing."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

from pypdf import PdfReader

from tests.conftest import FIRST_DAY, Office
from tests.services.desks import APP_USERS, WARD_LIST, take
from tests.services.registerdesk import CHECKED, ENTRIES, NINE, board, entered, events, line, refusal, tasks
from tests.ui.desks import register as people
from walkdesk.domain.incidents import Step, Urgency
from walkdesk.domain.registers import EntryState, Register
from walkdesk.messages.door import SetPracticeDate
from walkdesk.messages.papers import MakeReport
from walkdesk.messages.registers import (
    ChangeEntry,
    CloseEntry,
    CountConcerned,
    EnterEntry,
    ListConcerned,
    MakeIncidentReport,
    PrintRegister,
)
from walkdesk.messages.releases import RequestLetters
from walkdesk.messages.today import LookAtToday
from walkdesk.services.perform import perform
from walkdesk.services.session import Session

NOTICE = {"notice_on": "2018-05-14", "notice_time": "11:00", "notice_to": "健康づくり課 係長"}


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).replace("\n", "")


def test_a_handler_enters_what_was_noticed_and_tells_the_ward_the_same_day(office: Office) -> None:
    handler = office.sign_in("S-0142")
    entry = entered(handler, Register.INCIDENTS)
    (task,) = tasks(handler, "incident_open")
    assert (task.tone, task.count, task.detail, task.place) == ("danger", 1, "notice", f"incidents:{entry}")
    perform(handler, ChangeEntry(entry, NOTICE))
    assert tasks(handler, "incident_open")[0].detail == "preliminary"
    ((_, facts),) = events(handler, "incident_reported")
    assert '"step":"notice"' in facts and '"day":"2018-05-14"' in facts and "係長" in facts
    refused = refusal(handler, ChangeEntry(entry, {"cause": "確認の不足"}))
    assert refused.code == "registers.managers_only"
    assert refusal(handler, CloseEntry(entry, FIRST_DAY, {"outcome": "終わり"})).code == "registers.managers_only"


def test_the_counters_run_and_an_incident_that_waits_is_overdue(manager: Session) -> None:
    entry = entered(manager, Register.INCIDENTS)
    perform(manager, SetPracticeDate(FIRST_DAY + timedelta(days=1)))
    row = line(manager, Register.INCIDENTS, entry)
    assert row.state is EntryState.OVERDUE and tasks(manager, "incident_open")[0].detail == "notice_late"
    perform(manager, ChangeEntry(entry, NOTICE))
    assert line(manager, Register.INCIDENTS, entry).state is EntryState.OPEN
    perform(manager, SetPracticeDate(FIRST_DAY + timedelta(days=5)))
    row = line(manager, Register.INCIDENTS, entry)
    assert [(one.step, one.urgency) for one in row.counters] == [
        (Step.NOTICE, Urgency.DONE),
        (Step.PRELIMINARY, Urgency.OVERDUE),
        (Step.FINAL, Urgency.WAITING),
    ]
    assert row.counters[2].last == date(2018, 6, 12)


def test_an_incident_ends_with_notice_final_report_and_nine_items(manager: Session) -> None:
    entry = entered(manager, Register.INCIDENTS, **NOTICE)
    end = CloseEntry(entry, FIRST_DAY, {"outcome": "再発なし"})
    assert refusal(manager, end).values["field"] == "final_on"
    perform(manager, ChangeEntry(entry, {"final_on": "2018-05-14", "receipt": "新健収 第12号"}))
    assert refusal(manager, end).values["field"] == "items"
    perform(manager, ChangeEntry(entry, NINE))
    assert line(manager, Register.INCIDENTS, entry).duties == ("over_100",)
    perform(manager, end)
    assert [task.kind for task in tasks(manager, "incident_open")] == []
    steps = [facts for _, facts in events(manager, "incident_reported")]
    assert len(steps) == 2 and '"step":"final"' in steps[1] and "第12号" in steps[1]


def test_the_persons_are_counted_in_the_vault_and_only_the_number_is_kept(office: Office) -> None:
    manager = office.sign_in("S-0001", on=date(2018, 8, 9))
    take(manager, "ward_list", WARD_LIST)
    take(manager, "app_users", APP_USERS)
    people(manager, (("X0001", "鈴木 花"),))
    perform(manager, RequestLetters("card", "参加案内の送付"))
    entry = entered(manager, Register.INCIDENTS, noticed_on="2018-08-09")
    ways = {(way.by, way.value): way.count for way in perform(manager, ListConcerned()).answer.ways}
    assert ways["all", ""] == ways["channel", "card"] + ways["channel", "app"]
    assert ways["batch", "1"] == 244 and ways["batch", "2"] == 249
    assert 200 < ways["release", "R-0001"] <= ways["channel", "card"]
    assert (
        perform(manager, CountConcerned(entry, "release", "R-0001")).answer.facts["count"] == ways["release", "R-0001"]
    )
    perform(manager, CountConcerned(entry, "batch", "2"))
    row = line(manager, Register.INCIDENTS, entry)
    assert row.values["persons"] == "249" and row.duties == ("over_100",)
    assert [(one.field, one.reason) for one in row.history] == [("persons", "query batch:2")]
    (_, first), (_, second) = events(manager, "register_changed")
    assert '"source":"release:R-0001"' in first and '"persons":249' in second
    assert refusal(manager, CountConcerned(entry, "town", "新宿")).code == "registers.way_unknown"
    assert refusal(manager, CountConcerned("C-0001", "all")).code == "registers.unknown"


def test_the_written_report_prints_the_nine_items_and_what_is_still_looked_into(manager: Session) -> None:
    entry = entered(manager, Register.INCIDENTS, **NOTICE, malicious="unknown")
    perform(manager, ChangeEntry(entry, {"persons": "1200", "items": "氏名、住所"}))
    answer = perform(manager, MakeIncidentReport(entry)).answer
    text = text_of(answer.pdf)
    for words in (
        "事故報告書",
        "新宿区長",
        "(9) その他",
        "調査中",
        "1,200人",
        "不正の目的",
        "1,000人を超える",
        "照合値",
    ):
        assert words in text
    ((_, facts),) = events(manager, "incident_report_made")
    assert f'"entry":"{entry}"' in facts and '"persons":1200' in facts


def test_the_yearly_report_names_the_incidents_of_its_contract(manager: Session) -> None:
    assert "封筒の宛名" not in text_of(perform(manager, MakeReport()).answer.pdf)
    entry = entered(manager, Register.INCIDENTS)
    perform(manager, ChangeEntry(entry, {"prevention": "二人で確かめる"}))
    text = text_of(perform(manager, MakeReport()).answer.pdf)
    assert "J-0001" in text and "封筒の宛名の取り違え" in text and "二人で確かめる" in text


def test_an_inspection_without_findings_ends_at_once_and_shows_on_the_page(manager: Session) -> None:
    assert not perform(manager, LookAtToday()).answer.inspected
    entry = entered(manager, Register.INSPECTIONS, evidence_cabinet="鍵は取扱責任者が持っていた")
    row = line(manager, Register.INSPECTIONS, entry)
    assert row.state is EntryState.CLOSED and row.programme is not None
    ((_, facts),) = events(manager, "inspection_recorded")
    assert f'"fits":{len(CHECKED)}' in facts and '"year":2018' in facts
    assert perform(manager, LookAtToday()).answer.inspected and board(manager, Register.INSPECTIONS).inspected


def test_what_is_to_be_improved_waits_until_its_day(manager: Session) -> None:
    entry = entered(manager, Register.INSPECTIONS, status_firewall="improve", follow_up="2018-05-31")
    assert line(manager, Register.INSPECTIONS, entry).state is EntryState.OPEN
    perform(manager, SetPracticeDate(date(2018, 6, 2)))
    assert tasks(manager, "register_overdue")[0].count == 2
    change = ChangeEntry(entry, {"status_firewall": "not_applicable"}, "区の指示による")
    perform(manager, change)
    text = text_of(perform(manager, PrintRegister(Register.INSPECTIONS)).answer.pdf)
    assert "「improve」でした" not in text and "「要改善」でした" in text
    closing = {"improved": "設定を直した。", "confirmed": "6月1日 健康づくり課 主査"}
    perform(manager, CloseEntry(entry, date(2018, 6, 1), closing))
    assert not tasks(manager, "register_overdue")


def test_an_inspection_is_about_a_contract(manager: Session) -> None:
    message = EnterEntry(Register.INSPECTIONS, ENTRIES[Register.INSPECTIONS], of_office=True)
    assert refusal(manager, message).code == "registers.no_contract"


def test_an_inspection_that_is_missing_becomes_a_task_before_the_year_ends(office: Office) -> None:
    session = office.sign_in("S-0001", on=date(2018, 12, 28))
    assert not tasks(session, "inspection_missing")
    perform(session, SetPracticeDate(date(2019, 1, 10)))
    (task,) = tasks(session, "inspection_missing")
    assert (task.count, task.place) == (80, "inspections:")
    entered(session, Register.INSPECTIONS, held_on="2019-01-10")
    assert not tasks(session, "inspection_missing")
