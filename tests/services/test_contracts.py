"""Contracts: prepared whole or not at all, opened when nothing is missing, one on the desk at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.conftest import FIRST_DAY, PASSWORD, Office, set_up, staffed, trained_again
from tests.services.desks import ledger_rows
from walkdesk.domain.contract import ContractState, Requirement
from walkdesk.domain.participants import PermittedItem, Programme
from walkdesk.domain.problem import Problem
from walkdesk.messages.contracts import ConfirmItems, ListContracts, LookAtContract, OpenContract, PrepareContract
from walkdesk.messages.door import EnterContract, SetPracticeDate, SignIn, SignOut
from walkdesk.messages.people import DesignatePerson, ReportDesignation
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.storage.office import OfficeBook
from walkdesk.storage.vault import Vault

SECOND = PrepareContract(
    Programme.HEALTH_POINTS, "30-HP-0002", FIRST_DAY, date(2019, 3, 31), "新宿区長", "健康部健康づくり課"
)


def refused(session: Session, message: object) -> str:
    """The code of a refusal."""
    with pytest.raises(Problem) as problem:
        perform(session, message)
    return problem.value.code


def needs(session: Session) -> list[Requirement]:
    """What the board still asks for, in its order."""
    return [need.requirement for need in perform(session, LookAtContract()).answer.needs if not need.done]


def files(office: Office) -> set[str]:
    """Every file and folder of the office and of the token's drive."""
    return {
        str(path)
        for root in (office.folder.path, office.tokens)
        for path in root.rglob("*")
        if not path.name.endswith(("-wal", "-shm"))
    }


def test_the_way_from_nothing_to_an_open_contract(empty_office: Office) -> None:
    session = set_up(empty_office)
    assert refused(session, LookAtContract()) == "door.no_vault"
    staffed(session)
    perform(session, replace(SECOND, start=date(2018, 6, 1)))
    R = Requirement  # noqa: N806
    waiting = [R.MANAGER, R.HANDLER, R.SECOND_APPROVER, R.TRAINING, R.DESIGNATION_REPORTED, R.ITEMS, R.STARTED]
    steps: list[tuple[list[object], list[Requirement]]] = [
        ([], []),
        ([DesignatePerson("S-0142")], [R.HANDLER, R.TRAINING]),
        ([DesignatePerson("S-0001")], [R.MANAGER]),
        ([DesignatePerson("S-0150")], [R.SECOND_APPROVER]),
        ([ReportDesignation(FIRST_DAY, "歩楽第1号")], [R.DESIGNATION_REPORTED]),
        ([ConfirmItems()], [R.ITEMS]),
        ([SetPracticeDate(date(2018, 6, 1))], [R.STARTED]),
    ]
    for messages, done in steps:
        for message in messages:
            perform(session, message)
        waiting = [need for need in waiting if need not in done]
        assert needs(session) == waiting
        if waiting:
            with pytest.raises(Problem) as problem:
                perform(session, OpenContract())
            assert problem.value.values == {"count": len(waiting), "first": waiting[0].value}
    perform(session, OpenContract())
    board = perform(session, LookAtContract()).answer
    assert board.card.state is ContractState.OPEN
    assert [point.reached_on for point in board.life[:2]] == [FIRST_DAY, date(2018, 6, 1)]
    assert [event for event, *_ in ledger_rows(session)[-2:]] == ["contract_opened", "seal"]
    assert refused(session, OpenContract()) == "contracts.wrong_state"


def test_an_expired_certification_keeps_a_contract_closed(empty_office: Office) -> None:
    session = set_up(empty_office)
    perform(session, SECOND)
    assert Requirement.CERTIFICATION not in needs(session)
    perform(session, SetPracticeDate(date(2020, 4, 1)))
    trained_again(session)
    assert Requirement.CERTIFICATION in needs(session)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": " "}, "contracts.field_missing"),
        ({"ward": ""}, "contracts.field_missing"),
        ({"number": "30-HP-0001"}, "contracts.number_used"),
        ({"number": "30\n01"}, "people.text_form"),
        ({"ward_department": "課\x07"}, "people.text_form"),
        ({"end": date(2018, 5, 13)}, "contracts.period_backwards"),
        ({"end": date(2019, 4, 1)}, "contracts.period_over_year"),
        ({"token_folder": "/nowhere/at/all"}, "storage.token_not_written"),
    ],
)
def test_a_contract_that_cannot_stand_leaves_nothing(
    office: Office, manager: Session, changes: dict[str, Any], code: str
) -> None:
    before = files(office), ledger_rows(manager)
    assert refused(manager, replace(SECOND, **changes)) == code
    assert (files(office), ledger_rows(manager)) == before
    assert manager.vault is not None


@pytest.mark.parametrize("place", ["vault", "book"])
def test_a_full_disk_while_preparing_leaves_neither_folder_nor_token(
    office: Office, manager: Session, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise Problem("storage.disk_full")

    before = files(office), ledger_rows(manager), perform(manager, ListContracts()).answer
    with monkeypatch.context() as broken:
        broken.setattr(*((Vault, "point") if place == "vault" else (OfficeBook, "seal")), full)
        assert refused(manager, replace(SECOND, token_folder=str(office.tokens))) == "storage.disk_full"
    assert (files(office), ledger_rows(manager), perform(manager, ListContracts()).answer) == before
    answer = perform(manager, replace(SECOND, token_folder=str(office.tokens))).answer
    assert len(answer.contracts) == 2 and len(list(office.tokens.glob("*.json"))) == 2


def test_a_new_contract_lies_on_the_desk_and_the_old_one_is_sealed(office: Office, manager: Session) -> None:
    first = manager.contract
    perform(manager, replace(SECOND, token_folder=str(office.tokens)))
    assert manager.contract not in (None, first)
    board = perform(manager, LookAtContract()).answer
    assert (board.token, board.card.state, board.point_rule != "") == ("K-02", ContractState.PREPARING, True)
    assert [event for event, *_ in ledger_rows(manager)[-4:]] == [
        "seal",
        "contract_prepared",
        "token_out",
        "token_read",
    ]
    perform(manager, EnterContract(str(first)))
    assert manager.contract == first
    assert ledger_rows(manager)[-1][0] == "seal"
    before = len(ledger_rows(manager))
    perform(manager, EnterContract(str(first)))
    assert len(ledger_rows(manager)) == before
    assert (office.folder.path / "contracts" / str(first) / "vault.db").stat().st_mode & 0o077 == 0


def test_the_desk_keeps_its_contract_when_another_does_not_open(office: Office, manager: Session) -> None:
    first = manager.contract
    perform(manager, replace(SECOND, token_folder=str(office.tokens)))
    second = manager.contract
    perform(manager, EnterContract(str(first)))
    for token in office.tokens.glob("*.json"):
        token.unlink()
    assert refused(manager, EnterContract(str(second))) == "door.token_missing"
    assert refused(manager, EnterContract("nothing")) == "door.no_such_contract"
    assert manager.contract == first
    assert perform(manager, LookAtContract()).answer.card.contract == first


def test_only_who_is_designated_enters_and_an_auditor_never(office: Office, manager: Session) -> None:
    perform(manager, SECOND)
    second = str(manager.contract)
    perform(manager, SignOut())
    handler = office.sign_in("S-0142")
    assert handler.vault is not None and handler.contract != second
    assert refused(handler, EnterContract(second)) == "door.no_slot"
    perform(handler, SignOut())
    auditor = office.sign_in("W-0001")
    assert refused(auditor, EnterContract(second)) == "door.not_permitted"
    assert ledger_rows(auditor)[-1][0] == "refused"
    assert auditor.vault is None


def test_a_contract_in_erasure_is_not_opened_any_more(office: Office, manager: Session) -> None:
    contract = str(manager.contract)
    assert manager.book is not None
    with manager.book.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE contracts SET state = 'erasing'")
    perform(manager, SignOut())
    session = office.sign_in()
    assert session.vault is None
    assert refused(session, EnterContract(contract)) == "contracts.vault_gone"


@pytest.mark.parametrize("how", ["missing", "damaged", "wrong"])
def test_with_a_token_that_is_not_right_one_waits_at_the_desk_and_goes_on_with_the_right_one(
    office: Office, how: str
) -> None:
    (token,) = office.tokens.glob("*.json")
    right = token.read_bytes()
    if how == "missing":
        token.unlink()
    elif how == "damaged":
        token.write_bytes(b"{")
    else:
        place = right.index(b'"share": "') + 12
        other = b"B" if right[place : place + 1] == b"A" else b"A"
        token.write_bytes(right[:place] + other + right[place + 1 :])
    session = office.door()
    answer = perform(session, SignIn("S-0142", PASSWORD)).answer
    expected = {
        "missing": "door.token_missing",
        "damaged": "storage.token_damaged",
        "wrong": "storage.token_wrong",
    }[how]
    assert (answer.entered, answer.waiting) == (None, expected)
    with pytest.raises(Problem) as waits:
        perform(session, LookAtContract())
    assert waits.value.code == expected
    assert how == "wrong" or waits.value.values == {"name": "K-01"}
    token.write_bytes(right)
    assert perform(session, EnterContract(answer.contracts[0].contract)).answer.waiting is None
    assert perform(session, LookAtContract()).answer.card.contract == answer.contracts[0].contract


def test_the_permitted_items_are_those_of_the_council_paper(manager: Session) -> None:
    items = perform(manager, LookAtContract()).answer.items
    assert PermittedItem.STEPS in {row.item for row in items}
    assert all(row.given or row.collected for row in items)
