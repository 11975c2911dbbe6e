"""An account for somebody who was registered without one: who may have it, what it opens, and what stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import FIRST_DAY, PASSWORD, TRAINING, Office
from tests.services.desks import ledger_rows
from tests.services.test_account import CUTS, at_door, code_of, power_cut
from walkdesk.domain.people import Role
from walkdesk.messages.door import SignIn, SignOut
from walkdesk.messages.people import (
    CloseAccount,
    DesignatePerson,
    GiveAccount,
    ListPeople,
    PersonRow,
    RecordTraining,
    RegisterPerson,
)
from walkdesk.services.accounts import accounts_of
from walkdesk.services.perform import perform
from walkdesk.services.session import Session, working
from walkdesk.storage.office_tables import PersonRecord

NUMBER = "D-0001"
NEW = "かさと長ぐつの置き場所-77"


def gift(**changes: Any) -> GiveAccount:
    """A handler's account for the day worker."""
    values: dict[str, Any] = {"staff_number": NUMBER, "role": Role.HANDLER, "may_approve": False, "password": NEW}
    return GiveAccount(**{**values, **changes})


def row_of(session: Session, number: str = NUMBER) -> PersonRow:
    """A person of the register."""
    people: tuple[PersonRow, ...] = perform(session, ListPeople()).answer.people
    return next(one for one in people if one.staff_number == number)


@pytest.fixture
def desk(manager: Session) -> Session:
    """A manager, and a day worker without an account in the register."""
    perform(manager, RegisterPerson(NUMBER, "野口 葵", "当日係員", None, False, FIRST_DAY, sworn_after_end=True))
    return manager


def test_a_day_worker_becomes_a_handler_who_is_trained_and_designated_like_the_others(
    office: Office, desk: Session
) -> None:
    before = row_of(desk)
    done = perform(desk, gift(may_approve=True)).answer
    row = row_of(desk)
    assert (row.role, row.may_approve, row.has_account) == (Role.HANDLER, True, True)
    assert (row.name, row.post, row.sworn_on, row.trainings) == (before.name, before.post, before.sworn_on, ())
    assert done.facts == {"name": "野口 葵"}
    event, account, facts = ledger_rows(desk)[done.ledger - 1]
    assert (event, account) == ("account_granted", "S-0001")
    for fact in ('"staff":"D-0001"', '"role":"handler"', '"may_approve":true', '"name":"野口 葵"'):
        assert fact in facts
    perform(desk, SignOut())
    assert at_door(office, NUMBER, NEW) == "door.not_trained"
    manager = office.sign_in()
    perform(manager, RecordTraining((NUMBER,), FIRST_DAY, TRAINING))
    perform(manager, DesignatePerson(NUMBER))
    perform(manager, SignOut())
    assert at_door(office, NUMBER, NEW) == "in"


def test_a_new_manager_acts_as_one_and_is_vouched_for_by_the_giver(office: Office, desk: Session) -> None:
    perform(desk, gift(role=Role.MANAGER))
    account = accounts_of(desk).find(NUMBER)
    assert account is not None and account.granted_by == "S-0001"
    perform(desk, RecordTraining((NUMBER,), FIRST_DAY, TRAINING))
    perform(desk, SignOut())
    session = office.door()
    perform(session, SignIn(NUMBER, NEW))
    assert session.member is not None and session.member.role is Role.MANAGER
    perform(session, RegisterPerson("D-0002", "井上 空", "当日係員", None, False, None))
    perform(session, gift(staff_number="D-0002"))
    assert row_of(session, "D-0002").has_account


def test_an_auditor_comes_with_the_wards_designation_and_needs_no_training(office: Office, desk: Session) -> None:
    done = perform(desk, gift(role=Role.AUDITOR, reference=" 30新健健第101号 ")).answer
    assert '"basis":"30新健健第101号"' in ledger_rows(desk)[done.ledger - 1][2]
    assert row_of(desk).lacks == () and code_of(desk, DesignatePerson(NUMBER)) == "people.not_designable"
    with working(desk, "look") as work:
        assert work.office.get_one(PersonRecord, NUMBER).reference == "30新健健第101号"
    perform(desk, SignOut())
    assert at_door(office, NUMBER, NEW) == "in without vault"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"staff_number": "D-9999"}, "people.unknown"),
        ({"staff_number": "S-0142"}, "people.account_exists"),
        ({"staff_number": "S-0001"}, "people.account_exists"),
        ({"role": Role.AUDITOR}, "people.auditor_reference"),
        ({"role": Role.AUDITOR, "reference": "  "}, "people.auditor_reference"),
        ({"role": Role.AUDITOR, "reference": "1号", "may_approve": True}, "people.approver_role"),
        ({"role": Role.AUDITOR, "reference": "1\n号"}, "people.text_form"),
        ({"password": ""}, "people.password_short"),
        ({"password": "みじかい"}, "people.password_short"),
        ({"password": "野口葵の長い長い合言葉です"}, "people.password_own_word"),
        ({"password": "長い合言葉ですよd-0001です"}, "people.password_own_word"),
        ({"password": "kenkou-walk-2018"}, "people.password_work"),
    ],
)
def test_an_account_that_cannot_be_given_leaves_nothing(desk: Session, changes: dict[str, Any], code: str) -> None:
    before = ledger_rows(desk), accounts_of(desk).all(), perform(desk, ListPeople()).answer
    assert code_of(desk, gift(**changes)) == code
    assert (ledger_rows(desk), accounts_of(desk).all(), perform(desk, ListPeople()).answer) == before


@pytest.mark.parametrize("number", [NUMBER, "S-0142"])
def test_who_has_left_gets_no_account(desk: Session, number: str) -> None:
    perform(desk, CloseAccount(number, "退職"))
    assert code_of(desk, gift(staff_number=number)) == "people.has_left"
    assert accounts_of(desk).find(number) is None


@pytest.mark.parametrize("other", [Role.HANDLER, Role.MANAGER, Role.AUDITOR])
def test_a_role_given_at_registration_stays_as_it_is(office: Office, desk: Session, other: Role) -> None:
    perform(desk, RegisterPerson("S-0200", "新井 望", "取扱者", Role.HANDLER, False, FIRST_DAY, PASSWORD))
    before = row_of(desk, "S-0200"), accounts_of(desk).find("S-0200")
    again = gift(staff_number="S-0200", role=other, reference="30新健健第101号")
    assert code_of(desk, again) == "people.account_exists"
    assert (row_of(desk, "S-0200"), accounts_of(desk).find("S-0200")) == before
    perform(desk, SignOut())
    assert at_door(office, "S-0200", NEW) == "door.wrong_password"


def test_a_role_of_the_register_without_an_account_is_no_other_one_afterwards(desk: Session) -> None:
    """No action leaves a person like this; who comes to be so keeps the role that the evidence names."""
    with working(desk, "look") as work:
        work.office.get_one(PersonRecord, NUMBER).role = Role.HANDLER.value
    assert code_of(desk, gift(role=Role.MANAGER)) == "people.role_stands"
    perform(desk, gift())
    assert (row_of(desk).role, row_of(desk).has_account) == (Role.HANDLER, True)


@pytest.mark.parametrize("number", ["S-0142", "W-0001"])
def test_only_a_manager_gives_accounts(office: Office, desk: Session, number: str) -> None:
    perform(desk, SignOut())
    session = office.sign_in(number)
    assert code_of(session, gift()) == "door.not_permitted"
    event, account, facts = ledger_rows(session)[-1]
    assert (event, account) == ("refused", number) and '"action":"GiveAccount"' in facts


@pytest.mark.parametrize("after", CUTS)
def test_an_account_that_the_power_cut_is_finished_at_the_next_sign_in(
    office: Office, desk: Session, monkeypatch: pytest.MonkeyPatch, after: str
) -> None:
    perform(desk, RecordTraining((NUMBER,), FIRST_DAY, TRAINING))
    power_cut(desk, gift(), after, monkeypatch)
    assert at_door(office, "S-0150", PASSWORD) == "in"
    assert at_door(office, NUMBER, NEW) == "in without vault"


def test_the_password_lies_nowhere_afterwards(office: Office, desk: Session) -> None:
    answer = perform(desk, gift()).answer
    assert desk.book is not None
    with desk.book.engine.connect() as connection:
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        kept = "".join(str(connection.exec_driver_sql(f"SELECT * FROM {table}").all()) for table in tables)
    assert NUMBER in kept and NEW not in kept + repr(answer)
    perform(desk, SignOut())
    files = [path.read_bytes() for path in Path(office.folder.path).rglob("*") if path.is_file()]
    assert files and not any(NEW.encode() in file or NEW.encode("utf-16-le") in file for file in files)
