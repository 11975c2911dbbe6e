"""The register: who may be entered, what an account needs, who may come in, and what is left of who has gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import FIRST_DAY, PASSWORD, STAFF, Office
from tests.services.desks import copied_office, ledger_rows
from walkdesk.domain.contract import Requirement
from walkdesk.domain.people import Role
from walkdesk.domain.problem import Problem
from walkdesk.messages.contracts import LookAtContract
from walkdesk.messages.door import SetPracticeDate, SignIn, SignOut
from walkdesk.messages.people import (
    CloseAccount,
    DesignatePerson,
    ListPeople,
    PersonRow,
    RecordTraining,
    RegisterPerson,
    ReportDesignation,
)
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.storage.slots import read_slots


def person(number: str = "S-0200", **changes: Any) -> RegisterPerson:
    """A new handler."""
    values = {
        "staff_number": number,
        "name": "新井 望",
        "post": "取扱者",
        "role": Role.HANDLER,
        "may_approve": False,
        "sworn_on": FIRST_DAY,
        "password": PASSWORD,
        "reference": "",
    }
    return RegisterPerson(**{**values, **changes})


def row_of(session: Session, number: str) -> PersonRow:
    """A person of the register."""
    people = perform(session, ListPeople()).answer.people
    return next(one for one in people if one.staff_number == number)


def refused(session: Session, message: object) -> str:
    """The code of a refusal."""
    with pytest.raises(Problem) as problem:
        perform(session, message)
    return problem.value.code


def at_door(office: Office, number: str) -> str:
    """How the door answers with the right password: a code, or ``in``."""
    session = office.door()
    try:
        perform(session, SignIn(number, PASSWORD))
    except Problem as problem:
        return problem.code
    perform(session, SignOut())
    return "in"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"staff_number": ""}, "people.staff_number_form"),
        ({"staff_number": "職員1"}, "people.staff_number_form"),
        ({"staff_number": "S 1"}, "people.staff_number_form"),
        ({"staff_number": "S" * 21}, "people.staff_number_form"),
        ({"staff_number": "S-0142"}, "people.number_used"),
        ({"name": "  "}, "people.name_missing"),
        ({"post": ""}, "people.name_missing"),
        ({"name": "新井\n望"}, "people.text_form"),
        ({"name": "新" * 101}, "people.text_form"),
        ({"role": Role.AUDITOR}, "people.auditor_reference"),
        ({"role": Role.AUDITOR, "reference": "1号", "may_approve": True}, "people.approver_role"),
        ({"role": None, "may_approve": True}, "people.approver_role"),
        ({"password": None}, "people.password_short"),
        ({"password": "あるく-2018"}, "people.password_short"),
        ({"password": "ああああああああああああああ"}, "people.password_monotone"),
        ({"password": "新井望さんの合言葉です"}, "people.password_short"),
        ({"password": "新井望さんの長い合言葉です"}, "people.password_own_word"),
        ({"password": "長い合言葉ですよs-0200です"}, "people.password_own_word"),
        ({"password": "歩楽事務センター0000"}, "people.password_own_part"),
        ({"password": "kenkou-walk-2018"}, "people.password_work"),
    ],
)
def test_an_entry_that_cannot_stand_is_refused_and_leaves_nothing(
    manager: Session, changes: dict[str, Any], code: str
) -> None:
    before = len(ledger_rows(manager)), perform(manager, ListPeople()).answer
    assert refused(manager, person(**changes)) == code
    assert (len(ledger_rows(manager)), perform(manager, ListPeople()).answer) == before


@pytest.fixture(scope="module")
def desk(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A manager in an office of this module's own."""
    office = copied_office(_template, tmp_path_factory.mktemp("people") / "copy")
    yield office.sign_in()
    office.close()


WORDS = st.text(max_size=120)
NUMBERS = st.integers(0, 10**9).map(lambda number: f"T-{number}")


@settings(max_examples=40, deadline=None)
@given(number=NUMBERS, name=WORDS, post=WORDS, reference=WORDS)
def test_whatever_is_typed_is_taken_or_refused_with_a_sentence(
    desk: Session, number: str, name: str, post: str, reference: str
) -> None:
    try:
        perform(desk, person(number, name=name, post=post, role=None, password=None, reference=reference))
    except Problem as problem:
        assert problem.code.startswith("people.")
    else:
        row = row_of(desk, number)
        assert (row.name, row.post, row.has_account) == (name.strip(), post.strip(), False)


@settings(max_examples=25, deadline=None)
@given(content=st.text(max_size=220), reference=WORDS)
def test_training_and_report_take_any_line_or_refuse_it(desk: Session, content: str, reference: str) -> None:
    for message in (RecordTraining(("S-0142",), FIRST_DAY, content), ReportDesignation(FIRST_DAY, reference)):
        try:
            perform(desk, message)
        except Problem as problem:
            assert problem.code in ("people.training_content", "people.text_form")


def test_a_day_worker_stands_in_the_register_without_an_account(office: Office, manager: Session) -> None:
    perform(manager, person("D-0001", name="野口 葵", role=None, password=None))
    row = row_of(manager, "D-0001")
    assert (row.role, row.has_account, row.active, row.designated) == (None, False, True, False)
    assert refused(manager, DesignatePerson("D-0001")) == "people.not_designable"
    perform(manager, SignOut())
    assert at_door(office, "D-0001") == "door.wrong_password"


def test_a_handler_comes_in_only_after_this_years_training(office: Office, manager: Session) -> None:
    perform(manager, person())
    perform(manager, person("S-0201", role=Role.MANAGER))
    perform(manager, SignOut())
    assert at_door(office, "S-0200") == "door.not_trained"
    assert at_door(office, "S-0201") == "in"
    manager = office.sign_in()
    perform(manager, RecordTraining(("S-0200",), FIRST_DAY, "個人情報の取扱い"))
    assert row_of(manager, "S-0200").trained_on == FIRST_DAY
    perform(manager, SignOut())
    assert at_door(office, "S-0200") == "in"


def test_the_training_of_last_fiscal_year_does_not_count(office: Office, manager: Session) -> None:
    perform(manager, SetPracticeDate(date(2019, 3, 31)))
    assert row_of(manager, "S-0142").trained_on == FIRST_DAY
    perform(manager, SetPracticeDate(date(2019, 4, 1)))
    assert row_of(manager, "S-0142").trained_on is None
    perform(manager, SignOut())
    assert at_door(office, "S-0142") == "door.not_trained"
    assert at_door(office, "W-0001") == "in"


def test_training_names_the_law_and_counts_each_person_once(manager: Session) -> None:
    perform(manager, RecordTraining(("S-0142", "S-0150", "S-0142"), FIRST_DAY, " 情報セキュリティ "))
    event, account, facts = ledger_rows(manager)[-1]
    assert (event, account) == ("training_recorded", "S-0001")
    assert '"count":2' in facts and '"law":"個人情報の保護に関する法律"' in facts
    assert '"content":"情報セキュリティ"' in facts


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (RecordTraining((), FIRST_DAY, "x"), "people.nobody_chosen"),
        (RecordTraining(("S-0142",), FIRST_DAY, " "), "people.training_content"),
        (RecordTraining(("S-0142",), date(2018, 5, 15), "x"), "people.training_future"),
        (RecordTraining(("S-0142", "S-9999"), FIRST_DAY, "x"), "people.unknown"),
        (ReportDesignation(date(2018, 5, 15), "x"), "people.report_future"),
        (DesignatePerson("S-9999"), "people.unknown"),
        (DesignatePerson("W-0001"), "people.not_designable"),
        (CloseAccount("S-9999", "退職"), "people.unknown"),
        (CloseAccount("S-0001", "退職"), "people.own_account"),
        (CloseAccount("S-0142", "退\n職"), "people.text_form"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(manager: Session, message: object, code: str) -> None:
    before = ledger_rows(manager), perform(manager, ListPeople()).answer
    assert refused(manager, message) == code
    assert (ledger_rows(manager), perform(manager, ListPeople()).answer) == before


def test_a_designation_opens_the_vault_without_anybodys_password(office: Office, manager: Session) -> None:
    perform(manager, person())
    perform(manager, RecordTraining(("S-0200",), FIRST_DAY, "個人情報の取扱い"))
    perform(manager, SignOut())
    session = office.sign_in("S-0200")
    assert session.vault is None and session.waiting is None
    perform(session, SignOut())
    manager = office.sign_in()
    perform(manager, DesignatePerson("S-0200"))
    assert row_of(manager, "S-0200").designated
    (slots,) = office.folder.path.glob("contracts/*/slots.bin")
    assert read_slots(slots).slots["S-0200"].granted_by == "S-0001"
    perform(manager, SignOut())
    assert office.sign_in("S-0200").vault is not None


def test_one_more_designation_makes_a_new_report_necessary(manager: Session) -> None:
    perform(manager, person())
    assert perform(manager, LookAtContract()).answer.designation_reported_on == FIRST_DAY
    perform(manager, DesignatePerson("S-0142"))  # again: nothing new to report
    assert perform(manager, LookAtContract()).answer.designation_reported_on == FIRST_DAY
    perform(manager, DesignatePerson("S-0200"))
    assert perform(manager, LookAtContract()).answer.designation_reported_on is None
    perform(manager, ReportDesignation(FIRST_DAY, "歩楽第2号"))
    assert perform(manager, LookAtContract()).answer.designation_reported_on == FIRST_DAY
    assert '"count":5' in ledger_rows(manager)[-1][2]


def test_who_has_gone_cannot_come_in_and_stays_in_the_register(office: Office, manager: Session) -> None:
    perform(manager, CloseAccount("S-0142", "退職"))
    row = row_of(manager, "S-0142")
    assert (row.active, row.has_account, row.name) == (False, False, STAFF["S-0142"][0])
    for path in (office.folder.slots, *office.folder.path.glob("contracts/*/slots.bin")):
        assert "S-0142" not in read_slots(path).slots
    event, _, facts = ledger_rows(manager)[-1]
    assert event == "account_closed" and '"basis":"退職"' in facts
    assert refused(manager, CloseAccount("S-0142", "退職")) == "people.account_closed"
    assert refused(manager, DesignatePerson("S-0142")) == "people.unknown"
    perform(manager, SignOut())
    assert at_door(office, "S-0142") == "door.wrong_password"
    assert at_door(office, "S-0150") == "in"


def test_an_account_that_still_lies_in_an_old_copy_is_closed_at_the_door(office: Office, manager: Session) -> None:
    """The old accounts file brings the keys back, and the book knows better."""
    old, slots = office.folder.accounts.read_bytes(), office.folder.slots.read_bytes()
    perform(manager, CloseAccount("S-0142", "退職"))
    perform(manager, SignOut())
    office.folder.accounts.write_bytes(old)
    office.folder.slots.write_bytes(slots)
    assert at_door(office, "S-0142") == "door.account_closed"
    assert at_door(office, "S-0150") == "storage.accounts_old"


def test_readiness_counts_only_who_works_here(manager: Session) -> None:
    def needs() -> set[Requirement]:
        with_session = perform(manager, LookAtContract()).answer
        return {need.requirement for need in with_session.needs if not need.done}

    assert manager.book is not None
    with manager.book.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE contracts SET state = 'preparing'")
    assert needs() == set()
    perform(manager, CloseAccount("S-0142", "退職"))
    assert needs() == set()
    perform(manager, CloseAccount("S-0160", "退職"))
    assert needs() == {Requirement.HANDLER}
    perform(manager, CloseAccount("S-0150", "退職"))
    assert needs() == {Requirement.HANDLER, Requirement.SECOND_APPROVER}
