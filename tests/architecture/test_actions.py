"""The table of actions: nothing can be asked that stands in no row, and every cell of it is enforced."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Office
from walkdesk.domain.contract import ContractState
from walkdesk.domain.people import Role
from walkdesk.domain.problem import Problem
from walkdesk.ledger.events import EVENTS
from walkdesk.messages.catalogue import QUESTIONS
from walkdesk.messages.countersign import SignOnce
from walkdesk.services.actions import Action, table
from walkdesk.services.perform import ACTIONS, AT_DOOR, DESKS, perform
from walkdesk.services.session import Session

WHO = {Role.HANDLER: "S-0142", Role.MANAGER: "S-0001", Role.AUDITOR: "W-0001"}
ROWS = sorted(ACTIONS.values(), key=lambda action: action.message.__name__)
REFUSED_ROLES = [(row, role) for row in ROWS for role in Role if role not in row.roles]
REFUSED_STATES = [
    (row, state) for row in ROWS for state in ContractState if row.states is not None and state not in row.states
]


def _name(value: Any) -> str:
    return value.message.__name__ if isinstance(value, Action) else str(value)


@pytest.fixture(scope="module")
def house(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One office for all cells: what is refused changes nothing but the ledger."""
    folder = tmp_path_factory.mktemp("actions") / "copy"
    shutil.copytree(_template, folder)
    office = Office(folder)
    yield office
    office.close()


@pytest.fixture(scope="module")
def sessions(house: Office) -> Iterator[dict[Role, Session]]:
    """One person of each role, at a desk of their own (each in turn: the office knows one program)."""
    yield {role: house.sign_in(number) for role, number in WHO.items()}


def _ask(session: Session, row: Action) -> Problem:
    """The refusal of a message. Its fields stay empty: who may not ask is refused before anybody reads them."""
    with pytest.raises(Problem) as refused:
        perform(session, row.message.__new__(row.message))
    return refused.value


def _last_entry(session: Session) -> tuple[str, str, str, int]:
    assert session.book is not None
    with session.book.engine.connect() as connection:
        row = connection.exec_driver_sql(
            "SELECT event, account, facts, sequence FROM ledger ORDER BY sequence DESC LIMIT 1"
        ).one()
    return row[0], row[1], row[2], row[3]


def test_every_question_stands_in_a_table_and_every_table_answers_a_question() -> None:
    told = {message.__name__ for message in ACTIONS} | {message.__name__ for message in AT_DOOR}
    # The one question that the desk's room never answers: an approver's own room does.
    assert told | {SignOnce.__name__} == set(QUESTIONS) and SignOnce.__name__ not in told
    assert not ACTIONS.keys() & AT_DOOR.keys()
    assert sum(len(desk) for desk in DESKS) == len(ACTIONS)


@pytest.mark.parametrize("row", ROWS, ids=_name)
def test_the_event_of_a_row_is_one_that_the_ledger_knows(row: Action) -> None:
    assert row.event == "" or row.event in EVENTS
    assert row.roles and (row.states is None or row.states)


def test_a_message_that_stands_twice_is_refused_at_the_start() -> None:
    with pytest.raises(ValueError, match="twice"):
        table(ROWS[0], ROWS[0])


@pytest.mark.parametrize(("row", "role"), REFUSED_ROLES, ids=_name)
def test_who_may_not_is_refused_and_it_is_written_down(sessions: dict[Role, Session], row: Action, role: Role) -> None:
    session = sessions[role]
    before = _last_entry(session)[3]
    assert _ask(session, row).code == "door.not_permitted"
    event, account, facts, sequence = _last_entry(session)
    assert (event, account, sequence) == ("refused", WHO[role], before + 1)
    assert f'"action":"{row.message.__name__}"' in facts and '"reason":"role"' in facts


@pytest.mark.parametrize(("row", "state"), REFUSED_STATES, ids=_name)
def test_in_another_state_of_the_contract_it_is_refused_and_written_down(
    sessions: dict[Role, Session], row: Action, state: ContractState
) -> None:
    role = Role.MANAGER if Role.MANAGER in row.roles else Role.HANDLER
    session = sessions[role]
    assert session.book is not None
    with session.book.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE contracts SET state = ?", (state.value,))
    before = _last_entry(session)[3]
    refusal = _ask(session, row)
    assert (refusal.code, refusal.values) == ("contracts.wrong_state", {"state": state.value})
    event, account, facts, sequence = _last_entry(session)
    assert (event, account, sequence) == ("refused", WHO[role], before + 1)
    assert f'"action":"{row.message.__name__}"' in facts and '"reason":"state"' in facts


@pytest.mark.parametrize("row", ROWS, ids=_name)
def test_nobody_gets_anything_before_signing_in(house: Office, row: Action) -> None:
    assert _ask(house.door(), row).code == "door.not_signed_in"


def test_a_message_that_nobody_knows_is_refused(house: Office) -> None:
    with pytest.raises(Problem, match=r"shell\.unknown_message"):
        perform(house.door(), object())


def test_auditors_have_no_action_that_opens_a_vault() -> None:
    """They read evidence, certificates and reports: no row of theirs needs the contract's vault."""
    assert all(row.states is None for row in ROWS if Role.AUDITOR in row.roles)
