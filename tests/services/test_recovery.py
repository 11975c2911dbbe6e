"""復旧: coming in with the office's sheet, and opening a contract with its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session as OrmSession

from tests.conftest import PASSWORD, Build, Office
from tests.services.keyring import SAFE, board_of, code_on, into_the_safe, made, refused, tasks_of, told
from walkdesk.domain.problem import Problem
from walkdesk.domain.recovery import OFFICE_SCOPE, code_text
from walkdesk.messages.door import SignedIn, SignIn, SignOut
from walkdesk.messages.keys import CloseSheet, MakeSheet, OpenWithSheet, RecoverManager, RekeyContract
from walkdesk.messages.people import DesignatePerson
from walkdesk.services import recovery
from walkdesk.services.lockout import TRIES
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.storage.office_tables import AccountKeyRecord
from walkdesk.storage.sheets import sheets_in
from walkdesk.storage.slots import read_slots

NEW = "夕焼けの坂道を上る-31"


CODES: dict[str, str] = {}


def with_sheets(office: Office) -> None:
    session = office.sign_in("S-0001")
    contract = board_of(session).contract
    CODES.update({OFFICE_SCOPE: made(session, OFFICE_SCOPE), "contract": made(session, contract), "id": contract})


@pytest.fixture
def office(request: pytest.FixtureRequest, office: Office, office_after: Callable[[Build], Office]) -> Office:
    """The office of a test; where the test asks for ``codes``, it has the sheets to them."""
    return office_after(with_sheets) if "codes" in request.fixturenames else office


@pytest.fixture
def codes(office: Office) -> dict[str, str]:
    """The codes of an office's sheet and of the contract's; nobody is in."""
    return dict(CODES)


def recovered(office: Office, codes: dict[str, str]) -> tuple[Session, SignedIn]:
    session = office.door()
    answer: SignedIn = perform(session, RecoverManager("S-0001", codes[OFFICE_SCOPE], NEW)).answer
    return session, answer


def test_a_manager_comes_in_with_the_sheet_and_it_is_used_up(office: Office, codes: dict[str, str]) -> None:
    session, answer = recovered(office, codes)
    assert answer.staff_number == "S-0001" and answer.entered is None
    assert sheets_in(read_slots(office.folder.slots)) == ()
    assert told(session, "recovered_with_sheet")[0][1] == {"generation": 1, "person": "S-0001", "staff": "S-0001"}
    with OrmSession(session.book.engine) as book:  # type: ignore[union-attr]
        keys = [book.get_one(AccountKeyRecord, ("S-0001", generation)) for generation in (1, 2)]
        assert [key.valid_until is None for key in keys] == [False, True]
        assert [key.granted_by for key in keys] == ["S-0001", "-"]
    perform(session, SignOut())
    assert refused(office.door(), SignIn("S-0001", PASSWORD)).code == "door.wrong_password"
    assert perform(office.door(), SignIn("S-0001", NEW)).answer.staff_number == "S-0001"
    assert refused(office.door(), RecoverManager("S-0001", codes[OFFICE_SCOPE], NEW)).code == "keys.sheet_unknown"


def test_who_came_in_opens_the_contract_with_its_sheet_and_makes_new_keys(
    office: Office, codes: dict[str, str]
) -> None:
    session, _ = recovered(office, codes)
    assert not board_of(session).can_open
    answer = perform(session, OpenWithSheet(codes["id"], codes["contract"])).answer
    assert answer.entered == codes["id"]
    board = board_of(session)
    assert (board.rekey_due, board.open, board.can_open) == ("sheet_used", True, False)
    assert ("rekey_due", "warn") in tasks_of(session)
    perform(session, RekeyContract("sheet_used"))
    board = board_of(session)
    assert (board.rekey_due, board.can_open, board.generation) == ("", True, 2)
    assert [(row.scope == OFFICE_SCOPE, row.disposal) for row in board.sheets] == [(False, "used"), (True, "used")]
    perform(session, SignOut())
    assert perform(office.door(), SignIn("S-0001", NEW)).answer.entered == codes["id"]
    assert office.sign_in("S-0142").contract == codes["id"]


def test_another_manager_designates_again(office: Office, codes: dict[str, str]) -> None:
    session, _ = recovered(office, codes)
    perform(session, SignOut())
    other = office.sign_in("S-0150")
    perform(other, DesignatePerson("S-0001"))
    perform(other, SignOut())
    assert perform(office.door(), SignIn("S-0001", NEW)).answer.entered == codes["id"]


def test_wrong_codes_lock_the_account_as_wrong_passwords_do(office: Office, codes: dict[str, str]) -> None:
    wrong = code_text(bytes(range(20)))
    for _ in range(TRIES):
        assert refused(office.door(), RecoverManager("S-0001", wrong, NEW)).code == "keys.sheet_unknown"
    assert refused(office.door(), RecoverManager("S-0001", codes[OFFICE_SCOPE], NEW)).code == "door.locked_out"
    assert refused(office.door(), SignIn("S-0001", PASSWORD)).code == "door.locked_out"


def test_a_mistyped_group_is_named_and_counts_as_no_try(office: Office, codes: dict[str, str]) -> None:
    text = codes[OFFICE_SCOPE]
    for _ in range(TRIES + 1):
        assert refused(office.door(), RecoverManager("S-0001", text[:-1] + "*", NEW)).code == "keys.code_group"
    assert recovered(office, codes)[1].staff_number == "S-0001"


@pytest.mark.parametrize("number", ["S-0142", "W-0001", "S-9999", ""])
def test_only_a_manager_of_the_register_comes_in(office: Office, codes: dict[str, str], number: str) -> None:
    code = refused(office.door(), RecoverManager(number, codes[OFFICE_SCOPE], NEW)).code
    assert code == ("keys.recover_manager_only" if number in ("S-0142", "W-0001") else "keys.sheet_unknown")
    assert sheets_in(read_slots(office.folder.slots)) == (1,)


def test_a_weak_password_changes_nothing(office: Office, codes: dict[str, str]) -> None:
    session = office.door()
    with pytest.raises(Problem, match=r"people\.password"):
        perform(session, RecoverManager("S-0001", codes[OFFICE_SCOPE], "short"))
    assert session.member is None and session.book is None
    assert office.sign_in("S-0001").contract == codes["id"]
    assert recovered(office, codes)[1].staff_number == "S-0001"


def test_the_contracts_sheet_does_not_open_the_office(office: Office, codes: dict[str, str]) -> None:
    assert refused(office.door(), RecoverManager("S-0001", codes["contract"], NEW)).code == "keys.sheet_unknown"


@pytest.mark.parametrize("stage", ["renew_account", "write_slots"])
def test_a_recovery_that_the_power_cut_is_finished_or_can_be_done_again(
    office: Office, codes: dict[str, str], monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    def power_fails(*_: object) -> None:
        raise SystemExit

    session = office.door()
    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(recovery, stage, power_fails)
        perform(session, RecoverManager("S-0001", codes[OFFICE_SCOPE], NEW))
    if stage == "renew_account":
        assert recovered(office, codes)[1].staff_number == "S-0001"
    else:
        assert perform(office.door(), SignIn("S-0001", NEW)).answer.staff_number == "S-0001"
        assert sheets_in(read_slots(office.folder.slots)) == ()


def test_a_lost_token_is_replaced_with_the_sheet(office: Office, codes: dict[str, str]) -> None:
    into_the_safe(office)
    session = office.door()
    assert perform(session, SignIn("S-0001", PASSWORD)).answer.waiting == "door.token_missing"
    perform(session, OpenWithSheet(codes["id"], codes["contract"], "token_lost"))
    assert refused(session, RekeyContract("token_lost")).code == "keys.token_folder_missing"
    perform(session, RekeyContract("token_lost", str(office.tokens)))
    board = board_of(session)
    assert (board.token_name, board.token_here, board.rekey_due) == ("K-01-2", True, "")
    perform(session, SignOut())
    for number in ("S-0001", "S-0142", "S-0150", "S-0160"):
        assert office.sign_in(number).contract == codes["id"]


def test_a_handler_opens_nothing_with_a_sheet(office: Office, codes: dict[str, str]) -> None:
    handler = office.sign_in("S-0142")
    assert refused(handler, OpenWithSheet(codes["id"], codes["contract"])).code == "door.not_permitted"


def test_a_closed_sheet_opens_no_contract(office: Office, codes: dict[str, str]) -> None:
    manager = office.sign_in("S-0001")
    perform(manager, CloseSheet(codes["id"], 1, "総務課 山本 三郎"))
    assert refused(manager, OpenWithSheet(codes["id"], codes["contract"])).code == "keys.sheet_unknown"
    assert told(manager, "refused")[-1][1]["reason"] == "keys.sheet_unknown"
    new = code_on(perform(manager, MakeSheet(codes["id"], SAFE)).answer)
    assert perform(manager, OpenWithSheet(codes["id"], new)).answer.entered == codes["id"]
    assert timedelta(0) <= manager.now - board_of(manager).sheets[0].made_at
