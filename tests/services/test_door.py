"""The door: set-up, sign-in, refusals, lock."""

from __future__ import annotations

from datetime import date

import pytest

from tests.conftest import FIRST_DAY, PASSWORD, STAFF, Office, set_up
from tests.services.desks import ledger_rows
from walkdesk.domain.contract import ContractState
from walkdesk.domain.problem import Problem
from walkdesk.messages.door import LookAtOffice, SetPracticeDate, SignIn, SignOut
from walkdesk.messages.people import ListPeople
from walkdesk.messages.reception import ListParticipants
from walkdesk.services.perform import perform


def test_a_folder_without_an_office_says_so(empty_office: Office) -> None:
    assert not perform(empty_office.door(), LookAtOffice()).answer.exists


def test_the_first_manager_is_in_after_the_set_up(empty_office: Office) -> None:
    session = set_up(empty_office)
    assert session.member is not None and session.member.staff_number == "S-0001"
    people = perform(session, ListPeople()).answer.people
    assert [person.name for person in people] == ["田中 康夫"]


def test_a_second_set_up_is_refused(empty_office: Office) -> None:
    set_up(empty_office).close()
    with pytest.raises(Problem) as refused:
        set_up(empty_office)
    assert refused.value.code == "door.office_exists"


@pytest.mark.parametrize("number", STAFF)
def test_everybody_comes_in_with_their_own_password(office: Office, number: str) -> None:
    session = office.sign_in(number)
    assert session.member is not None and session.member.name == STAFF[number][0]


def test_staff_find_the_contract_on_the_desk_and_auditors_do_not(office: Office) -> None:
    answer = perform(office.door(), SignIn("S-0142", PASSWORD)).answer
    assert answer.entered is not None and answer.contracts[0].state is ContractState.OPEN
    assert perform(office.door(), SignIn("W-0001", PASSWORD)).answer.entered is None


def test_a_wrong_password_and_an_unknown_number_read_the_same(office: Office) -> None:
    codes = []
    for number in ("S-0142", "S-9999"):
        with pytest.raises(Problem) as refused:
            perform(office.door(), SignIn(number, "まちがったパスワード"))
        codes.append(refused.value.code)
    assert codes == ["door.wrong_password", "door.wrong_password"]


def test_five_wrong_passwords_close_the_door_for_five_minutes(office: Office) -> None:
    session = office.door()
    for _ in range(5):
        with pytest.raises(Problem):
            perform(session, SignIn("S-0142", "まちがったパスワード"))
    with pytest.raises(Problem) as refused:
        perform(session, SignIn("S-0142", PASSWORD))
    assert refused.value.code == "door.locked_out"


def test_without_the_token_the_vault_stays_closed_and_the_page_says_why(office: Office) -> None:
    for file in office.tokens.iterdir():
        file.rename(file.with_suffix(".away"))
    answer = perform(office.door(), SignIn("S-0142", PASSWORD)).answer
    assert answer.entered is None and answer.waiting == "door.token_missing"


def test_the_practice_date_goes_forward_only(office: Office) -> None:
    session = office.sign_in(on=date(2018, 8, 9))
    assert session.now.date() == date(2018, 8, 9)
    with pytest.raises(Problem) as refused:
        perform(session, SetPracticeDate(FIRST_DAY))
    assert refused.value.code == "door.practice_backwards"


def test_after_signing_out_nothing_can_be_asked(office: Office) -> None:
    session = office.sign_in()
    perform(session, SignOut("lock"))
    with pytest.raises(Problem) as refused:
        perform(session, ListPeople())
    assert refused.value.code == "door.not_signed_in"


def test_a_changed_page_of_the_vault_is_noticed_at_the_door(office: Office) -> None:
    (vault,) = office.folder.path.glob("contracts/*/vault.db")
    raw = bytearray(vault.read_bytes())
    raw[4096 * 3 + 100] ^= 1
    vault.write_bytes(raw)
    session = office.door()
    answer = perform(session, SignIn("S-0142", PASSWORD)).answer
    assert (answer.entered, answer.waiting, answer.waiting_name) == (None, "storage.database_damaged", "vault.db")
    # Who is in sees why, and no desk that needs the vault opens.
    with pytest.raises(Problem) as closed:
        perform(session, ListParticipants())
    assert (closed.value.code, closed.value.values) == ("storage.database_damaged", {"name": "vault.db"})
    (told,) = (facts for event, _, facts in ledger_rows(session) if event == "alarm")
    assert answer.waiting in told
