"""The gate: without this fiscal year's training nobody works, and a manager finds the one page that opens the rest."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import FIRST_DAY, PASSWORD, TRAINING, Office, set_up
from tests.services.desks import ledger_rows
from walkdesk.domain.people import Lack, Role, lacks_of, may_work
from walkdesk.domain.problem import Problem
from walkdesk.messages.account import LookAtSession
from walkdesk.messages.door import EnterContract, SetPracticeDate, SignIn, SignOut
from walkdesk.messages.people import (
    ChangePerson,
    ListPeople,
    PersonRow,
    RecordLawTold,
    RecordOath,
    RecordTraining,
    RegisterPerson,
)
from walkdesk.messages.today import LookAtToday
from walkdesk.services.actions import Action
from walkdesk.services.perform import ACTIONS, perform
from walkdesk.services.session import Session

NEW_YEAR = date(2019, 4, 1)
ROWS = sorted(ACTIONS.values(), key=lambda action: action.message.__name__)
OPEN = {ListPeople, RecordTraining, LookAtSession}


def code_of(session: Session, message: object) -> str:
    """The code of a refusal."""
    with pytest.raises(Problem) as problem:
        perform(session, message)
    return problem.value.code


def person(session: Session, number: str) -> PersonRow:
    """A person of the register."""
    people: tuple[PersonRow, ...] = perform(session, ListPeople()).answer.people
    return next(one for one in people if one.staff_number == number)


@pytest.fixture(scope="module")
def untrained(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[Role, Session]]:
    """One person of each role who was in when the new fiscal year began."""
    folder = tmp_path_factory.mktemp("training") / "copy"
    shutil.copytree(_template, folder)
    office = Office(folder)
    numbers = {Role.MANAGER: "S-0001", Role.HANDLER: "S-0142", Role.AUDITOR: "W-0001"}
    sessions = {role: office.sign_in(number) for role, number in numbers.items()}
    for session in sessions.values():
        session.premises.clock.today = NEW_YEAR  # type: ignore[attr-defined]
    yield sessions
    office.close()


def _name(value: Any) -> str:
    return value.message.__name__ if isinstance(value, Action) else str(value)


CELLS = [(row, role) for row in ROWS for role in (Role.MANAGER, Role.HANDLER) if role in row.roles]


@pytest.mark.parametrize(("row", "role"), CELLS, ids=_name)
def test_without_the_training_every_cell_is_closed_but_the_managers_training_page(
    untrained: dict[Role, Session], row: Action, role: Role
) -> None:
    """Its fields stay empty: what is refused is refused before anybody reads them."""
    session = untrained[role]
    if row.untrained and role is Role.MANAGER:
        return
    before = len(ledger_rows(session))
    wanted = "door.training_first" if role is Role.MANAGER else "door.not_trained"
    assert code_of(session, object.__new__(row.message)) == wanted
    event, _, facts = ledger_rows(session)[-1]
    assert len(ledger_rows(session)) == before + 1 and event == "refused"
    assert f'"action":"{row.message.__name__}"' in facts and '"reason":"training"' in facts


def test_only_what_the_training_page_needs_is_open_before_the_training() -> None:
    tolerated = {
        action.message for action in ROWS if action.untrained and not action.message.__module__.endswith("drafts")
    }
    assert tolerated == OPEN


def test_auditors_need_no_training(untrained: dict[Role, Session]) -> None:
    assert untrained[Role.AUDITOR].trained and perform(untrained[Role.AUDITOR], ListPeople()).answer.people


def test_no_other_contract_opens_before_the_training(untrained: dict[Role, Session]) -> None:
    assert code_of(untrained[Role.MANAGER], EnterContract("health-points")) == "door.training_first"


def test_the_first_manager_records_the_own_training_before_anything_else(empty_office: Office) -> None:
    session = set_up(empty_office, trained=False)
    register = RegisterPerson("S-0142", "佐藤 恵", "取扱者", Role.HANDLER, False, FIRST_DAY, PASSWORD)
    assert not perform(session, LookAtSession()).answer.trained
    assert code_of(session, register) == "door.training_first"
    perform(session, RecordTraining(("S-0001",), FIRST_DAY, TRAINING))
    assert perform(session, LookAtSession()).answer.trained
    perform(session, register)


def test_a_new_fiscal_year_brings_the_gate_back_and_the_training_opens_it_without_a_new_sign_in(
    office: Office, manager: Session
) -> None:
    perform(manager, SetPracticeDate(date(2019, 3, 31)))
    perform(manager, LookAtToday())
    assert not perform(manager, SetPracticeDate(NEW_YEAR)).answer.trained
    assert code_of(manager, LookAtToday()) == "door.training_first"
    perform(manager, RecordTraining(("S-0150",), NEW_YEAR, TRAINING))
    assert code_of(manager, LookAtToday()) == "door.training_first"
    perform(manager, RecordTraining(("S-0001",), date(2019, 3, 31), TRAINING))  # that was last year
    assert code_of(manager, LookAtToday()) == "door.training_first"
    perform(manager, RecordTraining(("S-0001",), NEW_YEAR, TRAINING))
    perform(manager, LookAtToday())
    perform(manager, SignOut())
    assert perform(office.door(), SignIn("S-0001", PASSWORD)).answer.trained


def test_a_training_that_was_not_kept_opens_nothing(manager: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    perform(manager, SetPracticeDate(NEW_YEAR))

    def fails(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as inner:
        inner.setattr("walkdesk.services.session.Work.settle", fails)
        with pytest.raises(OSError):
            perform(manager, RecordTraining(("S-0001",), NEW_YEAR, TRAINING))
    assert not manager.trained


@pytest.mark.parametrize("role", [*Role, None])
def test_what_is_missing_depends_on_nothing_else(role: Role | None) -> None:
    for oath in (True, False):
        for law in (True, False):
            for trained in (True, False):
                lacks = lacks_of(role, oath, law, trained)
                held = {Lack.OATH: oath, Lack.LAW: law, Lack.TRAINING: trained}
                assert lacks == tuple(lack for lack in Lack if role is not Role.AUDITOR and not held[lack])


def test_who_may_work_is_a_matter_of_the_fiscal_year() -> None:
    assert may_work(Role.HANDLER, {2018}, date(2019, 3, 31)) and not may_work(Role.HANDLER, {2018}, NEW_YEAR)
    assert may_work(Role.AUDITOR, (), NEW_YEAR)


def test_the_register_shows_the_training_of_every_year_and_what_is_missing(manager: Session) -> None:
    perform(manager, RegisterPerson("D-0001", "野口 葵", "当日係員", None, False, None))
    assert person(manager, "D-0001").lacks == (Lack.OATH, Lack.LAW, Lack.TRAINING)
    perform(manager, RecordTraining(("D-0001", "S-0001"), FIRST_DAY, "当日の案内", law_told=True))
    perform(manager, SetPracticeDate(NEW_YEAR))
    perform(manager, RecordTraining(("D-0001", "S-0001"), NEW_YEAR, TRAINING))
    row = person(manager, "D-0001")
    assert [(one.fiscal_year, one.content) for one in row.trainings] == [(2019, TRAINING), (2018, "当日の案内")]
    assert row.law_told_on == FIRST_DAY and row.lacks == (Lack.OATH,)
    assert {one.law for one in row.trainings} == {"個人情報の保護に関する法律"}


def test_a_pledge_that_ends_with_the_work_is_not_enough(manager: Session) -> None:
    perform(manager, RecordOath(("S-0142", "S-0150"), FIRST_DAY, after_end=False))
    assert Lack.OATH in person(manager, "S-0142").lacks
    perform(manager, RecordOath(("S-0142", "S-0150"), FIRST_DAY, after_end=True))
    assert Lack.OATH not in person(manager, "S-0142").lacks
    event, account, facts = ledger_rows(manager)[-1]
    assert (event, account) == ("oath_recorded", "S-0001")
    assert '"after_end":true' in facts and '"staff_list":["S-0142","S-0150"]' in facts


def test_the_law_is_made_known_to_several_people_at_once(manager: Session) -> None:
    perform(manager, RecordLawTold(("S-0142", "S-0150"), FIRST_DAY))
    assert person(manager, "S-0150").law_told_on == FIRST_DAY
    event, _, facts = ledger_rows(manager)[-1]
    assert event == "law_made_known" and '"law":"個人情報の保護に関する法律"' in facts


def test_a_change_of_post_and_approval_is_evidence(manager: Session) -> None:
    perform(manager, ChangePerson("S-0142", "主任取扱者", True, "4月1日付けの異動"))
    row = person(manager, "S-0142")
    assert (row.post, row.may_approve) == ("主任取扱者", True)
    event, account, facts = ledger_rows(manager)[-1]
    assert (event, account) == ("person_changed", "S-0001")
    assert '"may_approve":true' in facts and '"basis":"4月1日付けの異動"' in facts


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (ChangePerson("S-9999", "職", False, "x"), "people.unknown"),
        (ChangePerson("S-0142", " ", False, "x"), "people.name_missing"),
        (ChangePerson("S-0142", "職", False, " "), "people.reason_missing"),
        (ChangePerson("S-0142", "取扱者", False, "x"), "people.nothing_changed"),
        (ChangePerson("W-0001", "健康づくり課", True, "x"), "people.approver_role"),
        (RecordOath((), FIRST_DAY, True), "people.nobody_chosen"),
        (RecordOath(("S-0142",), NEW_YEAR, True), "people.oath_future"),
        (RecordLawTold(("S-0142", "S-9999"), FIRST_DAY), "people.unknown"),
        (RecordLawTold(("S-0142",), NEW_YEAR), "people.law_future"),
        (RegisterPerson("S-0200", "新井 望", "職", None, False, NEW_YEAR), "people.oath_future"),
    ],
)
def test_what_cannot_be_recorded_leaves_nothing(manager: Session, message: object, code: str) -> None:
    before = ledger_rows(manager), perform(manager, ListPeople()).answer
    assert code_of(manager, message) == code
    assert (ledger_rows(manager), perform(manager, ListPeople()).answer) == before


def test_nobody_lets_himself_approve_and_the_last_pair_of_approvers_ends_only_knowingly(
    office: Office, manager: Session
) -> None:
    perform(manager, ChangePerson("S-0160", "取扱者", False, "異動"))
    assert code_of(manager, ChangePerson("S-0150", "副責任者", False, "異動")) == "people.last_approver"
    perform(manager, ChangePerson("S-0150", "副責任者", False, "異動", knowing=True))
    perform(manager, SignOut())
    deputy = office.sign_in("S-0150")
    assert code_of(deputy, ChangePerson("S-0150", "副責任者", True, "異動")) == "people.own_approval"
