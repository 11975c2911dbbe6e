"""鍵の管理: the board, the token's day, and the recovery sheets' register."""

from __future__ import annotations

import io
from datetime import time, timedelta
from typing import Any

import pypdf
import pytest

from tests.conftest import FIRST_DAY, PASSWORD, Office
from tests.services.keyring import SAFE, board_of, into_the_safe, made, refused, tasks_of, told
from tests.ui.desks import NUMBER, returned
from walkdesk.domain import token_day
from walkdesk.domain.base32 import ALPHABET
from walkdesk.domain.people import Role
from walkdesk.domain.recovery import OFFICE_SCOPE, parse_code
from walkdesk.domain.token_day import TokenPlace, TokenReminder
from walkdesk.messages.closeout import AccountForToken, ApproveErasure, EraseVault, LookAtCloseOut, MakeCertificate
from walkdesk.messages.door import SignOut
from walkdesk.messages.keys import CloseSheet, MakeSheet, TellToken, TrySheet
from walkdesk.messages.people import RegisterPerson
from walkdesk.services import sheets
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.storage.sheets import sheets_in
from walkdesk.storage.slots import read_slots, write_slots

NEXT_DAY = FIRST_DAY + timedelta(days=1)


def test_the_board_says_who_can_open_and_where_the_token_is(manager: Session) -> None:
    board = board_of(manager)
    assert [slot.staff_number for slot in board.slots] == ["S-0001", "S-0142", "S-0150", "S-0160"]
    assert board.slots[1].granted_by == "田中 康夫" and board.slots[1].name == "佐藤 恵"
    assert (board.token_name, board.token_place, board.token_here) == ("K-01", TokenPlace.READER, True)
    assert board.open and board.can_open and board.generation == 1 and board.sheets == ()


def test_a_handler_tells_the_tokens_day_and_changes_nothing_else(office: Office) -> None:
    handler = office.sign_in("S-0142", NEXT_DAY)
    assert board_of(handler).token_reminder is TokenReminder.NOT_BACK
    assert tasks_of(handler) == [("token_not_back", "danger")]
    assert refused(handler, TellToken("back")).code == "keys.token_still_here"
    put_in = into_the_safe(office)
    perform(handler, TellToken("back"))
    assert board_of(handler).token_place is TokenPlace.SAFE and tasks_of(handler) == []
    assert refused(handler, TellToken("back")).code == "keys.token_back_already"
    perform(handler, TellToken("out"))
    put_in()
    assert board_of(handler).token_place is TokenPlace.OUT
    assert refused(handler, TellToken("out")).code == "keys.token_out_already"
    assert refused(handler, MakeSheet(OFFICE_SCOPE, SAFE)).code == "door.not_permitted"


def test_a_token_that_nobody_took_out_and_that_is_in_the_reader_is_a_task(office: Office) -> None:
    handler = office.sign_in("S-0142", NEXT_DAY)
    put_in = into_the_safe(office)
    perform(handler, TellToken("back"))
    perform(handler, SignOut())
    put_in()
    handler = office.sign_in("S-0142")
    assert tasks_of(handler) == [("token_not_taken", "warn")]
    perform(handler, TellToken("out"))
    assert tasks_of(handler) == []
    assert len(told(handler, "token_read")) == 3  # prepared, and two sessions since


def test_a_sheet_is_shown_once_tried_and_in_force_alone(manager: Session, office: Office) -> None:
    contract = board_of(manager).contract
    first = made(manager, contract)
    assert perform(manager, TrySheet(contract, first)).answer.facts == {"generation": 1}
    second = made(manager, contract)
    assert refused(manager, TrySheet(contract, first)).code == "keys.sheet_unknown"
    perform(manager, TrySheet(contract, second))
    rows = board_of(manager).sheets
    assert [(row.generation, row.disposal, row.tested_on is not None) for row in rows] == [
        (2, "", True),
        (1, "superseded", True),
    ]
    assert sheets_in(read_slots(office.folder.vault_slots(contract))) == (2,)
    assert [(event, facts.get("disposition")) for event, facts in told(manager, "sheet")] == [
        ("recovery_sheet_made", None),
        ("recovery_sheet_tested", None),
        ("recovery_sheet_closed", "superseded"),
        ("recovery_sheet_made", None),
        ("recovery_sheet_tested", None),
    ]


def test_the_code_lies_in_no_file(manager: Session, office: Office) -> None:
    contract = board_of(manager).contract
    texts = [made(manager, scope) for scope in (OFFICE_SCOPE, contract)]
    perform(manager, SignOut())
    wanted = [parse_code(text) for text in texts] + [text.rpartition("/")[2].encode() for text in texts]
    files = [path for path in office.folder.path.rglob("*") if path.is_file()]
    assert files and not [path.name for path in files if any(part in path.read_bytes() for part in wanted)]


def test_a_mistyped_group_is_named_and_another_sheet_does_not_fit(manager: Session) -> None:
    contract = board_of(manager).contract
    office_code, code = made(manager, OFFICE_SCOPE), made(manager, contract)
    typed = list(code.rpartition("/")[2])
    typed[13] = ALPHABET[(ALPHABET.index(typed[13]) + 1) % 32]
    wrong = refused(manager, TrySheet(contract, "".join(typed)))
    assert (wrong.code, wrong.values) == ("keys.code_group", {"group": 3})
    assert refused(manager, TrySheet(contract, office_code)).code == "keys.sheet_unknown"
    assert perform(manager, TrySheet(OFFICE_SCOPE, office_code)).answer.facts == {"generation": 1}


def test_a_shredded_sheet_opens_nothing_and_its_witness_is_in_the_ledger(manager: Session, office: Office) -> None:
    contract = board_of(manager).contract
    code = made(manager, contract)
    assert refused(manager, CloseSheet(contract, 1, " ")).code == "keys.witness_missing"
    perform(manager, CloseSheet(contract, 1, "総務課 山本 三郎"))
    assert refused(manager, CloseSheet(contract, 1, "総務課 山本 三郎")).code == "keys.sheet_closed"
    assert refused(manager, TrySheet(contract, code)).code == "keys.no_sheet"
    assert sheets_in(read_slots(office.folder.vault_slots(contract))) == ()
    assert told(manager, "sheet_closed")[-1][1]["witness"] == "総務課 山本 三郎"
    assert tasks_of(manager) == [("sheet_due", "warn")]


def test_a_sheet_whose_slot_was_never_written_is_closed_at_the_next_sign_in(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    manager = office.sign_in("S-0001")
    contract = board_of(manager).contract
    made(manager, contract)

    def power_fails(*_: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(sheets, "write_slots", power_fails)
        perform(manager, MakeSheet(contract, SAFE))
    manager.close()
    manager = office.sign_in("S-0001")
    assert [(row.generation, row.disposal) for row in board_of(manager).sheets] == [(2, "not_shown"), (1, "superseded")]
    assert sheets_in(read_slots(office.folder.vault_slots(contract))) == ()


def test_an_old_slot_file_with_a_closed_sheet_loses_it_again(office: Office) -> None:
    manager = office.sign_in("S-0001")
    contract = board_of(manager).contract
    made(manager, contract)
    path = office.folder.vault_slots(contract)
    old = read_slots(path)
    perform(manager, CloseSheet(contract, 1, "総務課 山本 三郎"))
    perform(manager, SignOut())
    write_slots(path, old)
    office.sign_in("S-0001")
    assert sheets_in(read_slots(path)) == ()


def test_nobody_is_registered_under_the_name_of_a_sheet(manager: Session) -> None:
    message = RegisterPerson("recovery-1", "山田 花子", "取扱者", Role.HANDLER, False, FIRST_DAY, PASSWORD, "")
    assert refused(manager, message).code == "people.staff_number_form"


def test_whoever_leaves_in_the_evening_is_asked_about_the_token(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(token_day, "EVENING", time(0))
    handler = office.sign_in("S-0142")
    assert board_of(handler).token_reminder is TokenReminder.EVENING and tasks_of(handler) == []
    assert perform(handler, SignOut()).answer.facts == {"token": "K-01"}
    handler = office.sign_in("S-0142")
    into_the_safe(office)
    perform(handler, TellToken("back"))
    assert perform(handler, SignOut("lock")).answer.facts == {}


def test_by_day_nobody_is_asked(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(token_day, "EVENING", time(23, 59, 59))
    assert perform(office.sign_in("S-0142"), SignOut()).answer.facts == {}


def test_a_contract_is_not_erased_while_a_sheet_of_it_may_exist(office: Office) -> None:
    manager = returned(office)
    contract = board_of(manager).contract
    made(manager, contract)
    perform(manager, AccountForToken("overwrite"))
    perform(manager, ApproveErasure())
    perform(manager, SignOut())
    second = office.sign_in("S-0150")
    perform(second, ApproveErasure())
    assert perform(second, LookAtCloseOut()).answer.sheets_left == 1
    assert refused(second, EraseVault(NUMBER)).code == "contracts.needs_open"
    perform(second, CloseSheet(contract, 1, "総務課 山本 三郎"))
    perform(second, EraseVault(NUMBER))
    copies = told(second, "keys_destroyed")[0][1]["keys"]
    assert copies == [{"kind": "recovery_sheet", "generation": 1, "disposal": "shredded"}]
    paper = perform(second, MakeCertificate(contract)).answer
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper.pdf)).pages)
    assert "復旧用紙" in text and "裁断" in text
