"""The registers: entered, corrected with evidence, closed, overdue, on paper, and on 今日."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.conftest import FIRST_DAY, PASSWORD, Office
from tests.services.registerdesk import ENTRIES, board, entered, events, line, refusal, tasks
from tests.ui.desks import register as people
from walkdesk.domain.people import Role
from walkdesk.domain.registers import REGISTERS, EntryState, Register
from walkdesk.messages.door import SetPracticeDate, SignIn, SignOut
from walkdesk.messages.keys import MakeSheet
from walkdesk.messages.registers import ChangeEntry, CloseEntry, EnterEntry, PrintRegister
from walkdesk.messages.releases import ApproveRelease, RequestLetters, TakeRelease
from walkdesk.services.perform import perform
from walkdesk.services.session import Session

CLOSINGS: dict[Register, dict[str, str]] = {
    Register.COPIES: {"disposition": "shredded", "witness": "総務課 山本"},
    Register.PAPER: {"disposition": "returned", "sheets_closed": "120", "witness": "総務課 山本", "receipt": "第9号"},
    Register.RECIPIENTS: {"ending": "契約の終わり"},
    Register.CARRIES: {"back_time": "16:40", "condition": "complete", "checked_by": "S-0142"},
    Register.INSTRUCTIONS: {"ending": "期間の終わり"},
    Register.GUIDANCE: {"improved": "施錠の点検表を作った。"},
}


@pytest.mark.parametrize("register", list(Register))
def test_a_line_is_entered_with_its_number_and_its_evidence(manager: Session, register: Register) -> None:
    entry = entered(manager, register)
    assert entry == f"{REGISTERS[register].prefix}-0001"
    row = line(manager, register, entry)
    assert row.contract == "30-HP-0001" and row.recorded_by == "田中 康夫" and row.title
    ((_, facts),) = events(manager, "register_entered")
    assert f'"entry":"{entry}"' in facts and f'"register":"{register.value}"' in facts
    assert entered(manager, register) == f"{REGISTERS[register].prefix}-0002"


@pytest.mark.parametrize("register", list(CLOSINGS))
def test_a_line_ends_once_and_the_ledger_says_when(manager: Session, register: Register) -> None:
    entry = entered(manager, register)
    perform(manager, CloseEntry(entry, FIRST_DAY, CLOSINGS[register]))
    row = line(manager, register, entry)
    assert (row.state, row.closed_on, row.closed_by) == (EntryState.CLOSED, FIRST_DAY, "田中 康夫")
    ((_, facts),) = events(manager, "register_closed")
    assert '"day":"2018-05-14"' in facts
    assert refusal(manager, CloseEntry(entry, FIRST_DAY, CLOSINGS[register])).code == "registers.closed_already"


@pytest.mark.parametrize("register", list(Register))
@pytest.mark.parametrize("number", ["S-0142", "S-0001", "W-0001"])
def test_only_who_may_writes_a_register_and_a_refusal_is_evidence(
    office: Office, register: Register, number: str
) -> None:
    session = office.sign_in(number)
    assert session.member is not None
    rule = REGISTERS[register]
    seen = board(session, register)
    assert (seen.may_write, seen.may_close) == (
        session.member.role in rule.writers,
        session.member.role in rule.closers,
    )
    if session.member.role in rule.writers:
        entered(session, register)
        return
    code = refusal(session, EnterEntry(register, ENTRIES[register])).code
    assert code == ("door.not_permitted" if session.member.role is Role.AUDITOR else "registers.managers_only")
    assert events(session, "refused")


def test_what_is_typed_is_kept_in_one_form(manager: Session) -> None:
    row = line(manager, Register.PAPER, entered(manager, Register.PAPER))
    assert (row.values["sheets"], row.values["received_on"]) == ("120", "2018-05-14")
    assert row.names == {"S-0001": "田中 康夫"} and row.due == date(2019, 3, 31)
    assert line(manager, Register.CARRIES, entered(manager, Register.CARRIES)).values["due_time"] == "17:30"


@pytest.mark.parametrize(
    ("register", "field", "typed", "code"),
    [
        (Register.COPIES, "what", "", "field_missing"),
        (Register.COPIES, "made_on", "きのう", "date_form"),
        (Register.COPIES, "made_on", "2018-05-15", "day_future"),
        (Register.COPIES, "due", "2018-05-13", "due_before"),
        (Register.COPIES, "count", "二", "number_form"),
        (Register.COPIES, "kind", "shredded", "choice_unknown"),
        (Register.COPIES, "what", "写" * 201, "text_form"),
        (Register.COPIES, "keeper", "S-9999", "staff_unknown"),
        (Register.PAPER, "key_holder", "S-0142", "manager_wanted"),
        (Register.CARRIES, "bag", "no", "bag_first"),
        (Register.CARRIES, "due_time", "8:00", "due_before"),
        (Register.CARRIES, "left_time", "25:00", "time_form"),
        (Register.CARRIES, "consulted_on", "2018-05-15", "consulted_after"),
        (Register.INCIDENTS, "kind", "breach", "breach_missing"),
        (Register.INSPECTIONS, "status_cabinet", "improve", "follow_up_missing"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(
    manager: Session, register: Register, field: str, typed: str, code: str
) -> None:
    values = {key: value for key, value in {**ENTRIES[register], field: typed}.items() if value}
    problem = refusal(manager, EnterEntry(register, values))
    assert problem.code == f"registers.{code}"
    assert problem.values["field"] == {"breach_missing": "breach", "follow_up_missing": "follow_up"}.get(code, field)
    assert board(manager, register).entries == () or register is Register.COPIES


def test_a_correction_needs_a_reason_and_leaves_what_stood_there(manager: Session) -> None:
    entry = entered(manager, Register.COPIES)
    assert refusal(manager, ChangeEntry(entry, {"place": "棚 4"})).values["field"] == "reason"
    assert refusal(manager, ChangeEntry(entry, {"place": "棚 3"}, "同じ")).code == "registers.nothing_changed"
    perform(manager, ChangeEntry(entry, {"basis": "30新健健第5号"}))
    perform(manager, ChangeEntry(entry, {"place": "棚 4", "count": "3"}, "数え直した"))
    row = line(manager, Register.COPIES, entry)
    assert (row.values["place"], row.values["basis"]) == ("棚 4", "30新健健第5号")
    assert [(one.field, one.before, one.reason, one.by) for one in row.history] == [
        ("count", "2", "数え直した", "田中 康夫"),
        ("place", "棚 3", "数え直した", "田中 康夫"),
    ]
    first, second = (facts for _, facts in events(manager, "register_changed"))
    assert '"columns":["basis"]' in first and '"columns":["count","place"]' in second
    assert "棚" not in second


def test_sheets_are_counted_again_before_paper_ends(manager: Session) -> None:
    entry = entered(manager, Register.PAPER)
    closing = {**CLOSINGS[Register.PAPER], "sheets_closed": "119"}
    assert refusal(manager, CloseEntry(entry, FIRST_DAY, closing)).code == "registers.sheets_differ"
    early = CloseEntry(entry, FIRST_DAY - timedelta(days=1), CLOSINGS[Register.PAPER])
    assert refusal(manager, early).code == "registers.closing_day"


def test_no_register_takes_the_name_of_a_participant(manager: Session) -> None:
    people(manager)
    entry = entered(manager, Register.COPIES)
    for message in (
        EnterEntry(Register.COPIES, {**ENTRIES[Register.COPIES], "what": "高橋ふみ子の手紙"}),
        ChangeEntry(entry, {"place": "棚 4"}, "髙橋 ふみ子さんに聞いた"),
        CloseEntry(entry, FIRST_DAY, {"disposition": "shredded", "witness": "髙橋 ふみ子"}),
    ):
        assert refusal(manager, message).code == "releases.names_somebody"
    assert line(manager, Register.COPIES, entry).state is EntryState.OPEN


def test_a_handler_sees_the_contract_on_the_desk_and_the_office_and_no_other(office: Office) -> None:
    manager = office.sign_in("S-0001")
    entered(manager, Register.COPIES)
    perform(manager, EnterEntry(Register.COPIES, ENTRIES[Register.COPIES], of_office=True))
    assert manager.book is not None
    with manager.book.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE register_entries SET contract = 'another' WHERE entry = 'C-0001'")
    handler = office.sign_in("S-0142")
    seen = [row.entry for row in board(handler, Register.COPIES).entries if not row.source]
    assert seen == ["C-0002"]
    assert refusal(handler, ChangeEntry("C-0001", {"place": "棚 9"}, "直す")).code == "registers.unknown"
    assert refusal(handler, ChangeEntry("X-1", {})).code == "registers.unknown"
    auditor = office.sign_in("W-0001")
    assert len([row for row in board(auditor, Register.COPIES).entries if not row.source]) == 2


def test_prints_tokens_and_recovery_sheets_stand_among_the_copies(office: Office) -> None:
    manager = office.sign_in("S-0001")
    people(manager)
    perform(manager, RequestLetters("all", "参加案内の送付"))
    perform(office.sign_in("S-0150"), ApproveRelease("R-0001"))
    perform(manager, TakeRelease("R-0001", "print"))
    perform(manager, MakeSheet("office", "金庫"))
    sources = {row.source: row for row in board(manager, Register.COPIES).entries}
    assert set(sources) == {"release", "token", "sheet"}
    assert sources["token"].entry == "K-01" and sources["release"].facts["sheets"] == 3
    assert refusal(manager, CloseEntry("R-0001", FIRST_DAY, {})).code == "registers.unknown"
    assert not board(manager, Register.CARRIES).entries
    perform(manager, SetPracticeDate(FIRST_DAY + timedelta(days=8)))
    assert {row.source: row.state for row in board(manager, Register.COPIES).entries}["release"] is EntryState.OVERDUE


def test_what_is_overdue_or_runs_out_is_on_everyones_page(office: Office) -> None:
    manager = office.sign_in("S-0001")
    entered(manager, Register.CARRIES, due_on="2018-05-15")
    entered(manager, Register.INSTRUCTIONS)
    entered(manager, Register.RECIPIENTS)
    assert [task.kind for task in tasks(manager, "register_overdue")] == []
    (soon,) = tasks(manager, "register_runs_out")
    assert (soon.count, soon.place, soon.tone) == (47, "instructions:I-0001", "warn")
    handler = office.sign_in("S-0142", on=date(2018, 7, 1))
    late = tasks(handler, "register_overdue")
    assert [(task.place, task.count, task.tone) for task in late] == [
        ("carries:M-0001", 47, "danger"),
        ("instructions:I-0001", 1, "danger"),
    ]
    counts = {one.register: one for one in board(handler, Register.CARRIES).counts}
    assert (counts[Register.CARRIES].overdue, counts[Register.RECIPIENTS].overdue) == (1, 0)


def test_a_carry_out_is_overdue_by_the_hour(manager: Session) -> None:
    entry = entered(manager, Register.CARRIES, left_time="0:00", due_time="0:00")
    now = manager.now
    state = line(manager, Register.CARRIES, entry).state
    assert state is (EntryState.OVERDUE if (now.hour, now.minute, now.second) > (0, 0, 0) else EntryState.OPEN)
    later = entered(manager, Register.CARRIES, left_time="0:00", due_time="23:59")
    if (now.hour, now.minute) < (23, 58):
        assert line(manager, Register.CARRIES, later).state is EntryState.OPEN


def test_the_certification_is_called_to_mind_before_it_runs_out(manager: Session) -> None:
    assert not tasks(manager, "certification_runs_out", "certification_over")
    assert manager.book is not None
    for day, kind in (("2018-07-13", "certification_runs_out"), ("2018-05-13", "certification_over")):
        with manager.book.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE settings SET value = ? WHERE key = 'certification_expiry'", (day,))
        (task,) = tasks(manager, "certification_runs_out", "certification_over")
        assert (task.kind, task.desk) == (kind, "contracts")


@pytest.mark.parametrize("register", list(Register))
def test_a_register_is_a_paper_that_everyone_may_print(office: Office, register: Register) -> None:
    entered(office.sign_in("S-0001"), register)
    auditor = office.sign_in("W-0001")
    answer = perform(auditor, PrintRegister(register)).answer
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.pdf)).pages)
    assert REGISTERS[register].japanese in answer.title
    assert f"{REGISTERS[register].prefix}-0001" in text and "照合値" in text and "30-HP-0001" in text
    ((_, facts),) = events(auditor, "register_printed")
    assert f'"register":"{register.value}"' in facts and '"count":' in facts


def test_a_closed_contract_leaves_its_registers_readable_without_a_vault(office: Office) -> None:
    manager = office.sign_in("S-0001")
    entry = entered(manager, Register.INSTRUCTIONS)
    perform(manager, SignOut())
    (office.tokens).rename(office.tokens.parent / "safe")
    manager = office.door()
    perform(manager, SignIn("S-0001", PASSWORD))
    assert manager.vault is None
    assert line(manager, Register.INSTRUCTIONS, entry).contract == "30-HP-0001"
    perform(manager, CloseEntry(entry, FIRST_DAY, CLOSINGS[Register.INSTRUCTIONS]))
