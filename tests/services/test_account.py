"""Accounts: the own password changed, a forgotten one made anew, what old keys signed, and no password anywhere."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import CHEAP, FIRST_DAY, PASSWORD, STAFF, Office
from tests.services.desks import ledger_rows
from walkdesk.domain.participants import Programme
from walkdesk.domain.problem import Problem
from walkdesk.messages.account import ChangePassword, LookAtSession, RenewAccess
from walkdesk.messages.catalogue import QUESTIONS
from walkdesk.messages.contracts import PrepareContract
from walkdesk.messages.door import EnterContract, SignIn, SignOut
from walkdesk.messages.people import CloseAccount, DesignatePerson, ListPeople
from walkdesk.messages.today import LookAtToday
from walkdesk.services import accounts
from walkdesk.services.accounts import accounts_of, signing_keys
from walkdesk.services.perform import perform
from walkdesk.services.session import Session, working
from walkdesk.storage.accounts import Account
from walkdesk.storage.keys import KeyCost
from walkdesk.storage.office_tables import AccountKeyRecord, ContractRecord
from walkdesk.storage.slots import read_slots

NEW = "かさと長ぐつの置き場所-77"
OTHER = "ふとんを干すベランダ-31"


def code_of(session: Session, message: object) -> str:
    """The code of a refusal."""
    with pytest.raises(Problem) as problem:
        perform(session, message)
    return problem.value.code


def at_door(office: Office, number: str, password: str) -> str:
    """How the door answers: a code, or ``in``; with the vault, or ``in without vault``."""
    session = office.door()
    try:
        perform(session, SignIn(number, password))
    except Problem as problem:
        return problem.code
    opened = session.vault is not None
    perform(session, SignOut())
    return "in" if opened else "in without vault"


def account_of(session: Session, number: str) -> Account:
    """An account as it lies in the file."""
    found = accounts_of(session).find(number)
    assert found is not None
    return found


def keys_of(session: Session, number: str) -> list[AccountKeyRecord]:
    """The history of an account's keys."""
    with working(session, "look") as work:
        rows = work.office.query(AccountKeyRecord).filter_by(staff_number=number).order_by(AccountKeyRecord.generation)
        found = list(rows)
        work.office.expunge_all()
    return found


@pytest.mark.parametrize("number", STAFF)
def test_everybody_changes_the_own_password_and_keeps_every_key(office: Office, number: str) -> None:
    session = office.sign_in(number)
    before = account_of(session, number)
    done = perform(session, ChangePassword(PASSWORD, NEW)).answer
    after = account_of(session, number)
    assert (after.opening_public, after.signature, after.granted_by) == (
        before.opening_public,
        before.signature,
        before.granted_by,
    )
    assert after.salt != before.salt and after.wrapped != before.wrapped
    assert ledger_rows(session)[done.ledger - 1][:2] == ("password_changed", number)
    perform(session, SignOut())
    vault = "in without vault" if number == "W-0001" else "in"
    assert at_door(office, number, NEW) == vault
    assert at_door(office, number, PASSWORD) == "door.wrong_password"


def test_a_new_password_costs_what_the_office_costs(office: Office, handler: Session) -> None:
    assert account_of(handler, "S-0142").cost == CHEAP
    handler.premises.cost = KeyCost(memory_kib=128, passes=2, lanes=1)
    perform(handler, ChangePassword(PASSWORD, NEW))
    assert account_of(handler, "S-0142").cost == handler.premises.cost
    handler.premises.cost = None
    perform(handler, ChangePassword(NEW, OTHER))
    assert account_of(handler, "S-0142").cost == KeyCost(memory_kib=128, passes=2, lanes=1)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("まちがったパスワード", NEW, "account.wrong_password"),
        (PASSWORD, PASSWORD, "account.same_password"),
        (PASSWORD, "みじかい", "people.password_short"),
        (PASSWORD, "佐藤恵の長い合言葉です", "people.password_short"),
        (PASSWORD, "佐藤恵の長い長い合言葉です", "people.password_own_word"),
    ],
)
def test_a_change_that_cannot_be_leaves_everything(handler: Session, old: str, new: str, code: str) -> None:
    before = account_of(handler, "S-0142"), ledger_rows(handler)
    assert code_of(handler, ChangePassword(old, new)) == code
    assert (account_of(handler, "S-0142"), ledger_rows(handler)) == before


def test_the_old_password_is_guessed_no_oftener_than_at_the_door(office: Office, handler: Session) -> None:
    for _ in range(5):
        assert code_of(handler, ChangePassword("まちがったパスワード", NEW)) == "account.wrong_password"
    assert code_of(handler, ChangePassword(PASSWORD, NEW)) == "door.locked_out"
    perform(handler, SignOut())
    assert at_door(office, "S-0142", PASSWORD) == "door.locked_out"
    assert at_door(office, "S-0150", PASSWORD) == "in"


def test_a_forgotten_password_gets_new_keys_that_open_the_same(office: Office, manager: Session) -> None:
    before = account_of(manager, "S-0142")
    done = perform(manager, RenewAccess("S-0142", NEW, "パスワードを忘れた")).answer
    after = account_of(manager, "S-0142")
    assert done.facts == {"name": "佐藤 恵", "elsewhere": 0}
    assert after.opening_public != before.opening_public and after.granted_by == "S-0001"
    event, account, facts = ledger_rows(manager)[done.ledger - 1]
    assert (event, account) == ("access_renewed", "S-0001") and '"staff":"S-0142"' in facts and NEW not in facts
    perform(manager, SignOut())
    assert at_door(office, "S-0142", PASSWORD) == "door.wrong_password"
    assert at_door(office, "S-0142", NEW) == "in"


def test_who_was_locked_out_comes_in_with_the_new_password_at_once(office: Office) -> None:
    for _ in range(5):
        assert at_door(office, "S-0142", "まちがったパスワード") == "door.wrong_password"
    assert at_door(office, "S-0142", PASSWORD) == "door.locked_out"
    manager = office.sign_in()
    perform(manager, RenewAccess("S-0142", NEW, "忘れた"))
    perform(manager, SignOut())
    assert at_door(office, "S-0142", NEW) == "in"


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (RenewAccess("S-0001", NEW, "忘れた"), "account.own_access"),
        (RenewAccess("S-9999", NEW, "忘れた"), "people.unknown"),
        (RenewAccess("S-0142", NEW, " "), "account.reason_missing"),
        (RenewAccess("S-0142", "みじかい", "忘れた"), "people.password_short"),
    ],
)
def test_what_cannot_be_renewed_stays(manager: Session, message: RenewAccess, code: str) -> None:
    before = accounts_of(manager).all(), ledger_rows(manager)
    assert code_of(manager, message) == code
    assert (accounts_of(manager).all(), ledger_rows(manager)) == before


def test_another_contract_opens_only_after_a_new_designation(office: Office, manager: Session) -> None:
    """The vault that is not on the desk cannot be sealed to new keys: the slot goes, and every page says so."""
    first = manager.contract
    second = PrepareContract(
        Programme.CITY_WALK, "30-CW-0001", FIRST_DAY, FIRST_DAY.replace(month=12), "新宿区長", "健康部", ""
    )
    perform(manager, second)
    for number in ("S-0001", "S-0142"):
        perform(manager, DesignatePerson(number))
    there = manager.contract
    assert there not in (None, first)
    perform(manager, EnterContract(str(first)))
    done = perform(manager, RenewAccess("S-0142", NEW, "忘れた")).answer
    assert done.facts["elsewhere"] == 1
    assert "S-0142" not in read_slots(office.folder.vault_slots(str(there))).slots
    rows = {one.staff_number: one for one in perform(manager, ListPeople()).answer.people}
    assert rows["S-0142"].designated and rows["S-0142"].opens
    perform(manager, EnterContract(str(there)))
    rows = {one.staff_number: one for one in perform(manager, ListPeople()).answer.people}
    assert rows["S-0142"].designated and not rows["S-0142"].opens
    tasks = {task.kind: task for task in perform(manager, LookAtToday()).answer.tasks}
    assert (tasks["designate_again"].desk, tasks["designate_again"].place) == ("people", "S-0142")
    perform(manager, DesignatePerson("S-0142"))
    assert "designate_again" not in {task.kind for task in perform(manager, LookAtToday()).answer.tasks}
    rows = {one.staff_number: one for one in perform(manager, ListPeople()).answer.people}
    assert rows["S-0142"].opens


def test_what_the_old_keys_signed_stays_checkable_and_they_sign_nothing_more(manager: Session) -> None:
    (first,) = keys_of(manager, "S-0150")
    perform(manager, RenewAccess("S-0150", NEW, "忘れた"))
    old, new = keys_of(manager, "S-0150")
    assert old.signing_public == first.signing_public and old.valid_until is not None and new.valid_until is None
    with working(manager, "look") as work:
        then = {key.public_bytes_raw() for key in signing_keys(work, "S-0150", old.valid_from)}
        later = {key.public_bytes_raw() for key in signing_keys(work, "S-0150", old.valid_until.replace(year=2019))}
    assert then == {old.signing_public, new.signing_public} and later == {new.signing_public}


class PowerFailure(BaseException):
    """Everything ends here."""


def power_cut(session: Session, message: object, after: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The power fails before anything is done, after the accounts file, or after the office's slots."""
    real = accounts._carry_out

    def fails(session: Session, change: dict[str, Any], paths: Any) -> None:
        if after == "accounts":
            accounts_of(session).put(accounts._account_from(change["account"]))
        elif after == "office slots":
            real(session, change, [])
        raise PowerFailure

    with monkeypatch.context() as inner:
        inner.setattr(accounts, "_carry_out", fails)
        with pytest.raises(PowerFailure):
            perform(session, message)
    session.close()


CUTS = ("nothing", "accounts", "office slots")


@pytest.mark.parametrize("after", CUTS)
def test_a_change_that_the_power_cut_is_finished_at_the_next_sign_in(
    office: Office, handler: Session, monkeypatch: pytest.MonkeyPatch, after: str
) -> None:
    power_cut(handler, ChangePassword(PASSWORD, NEW), after, monkeypatch)
    assert at_door(office, "S-0150", PASSWORD) == "in"
    assert at_door(office, "S-0142", NEW) == "in"


@pytest.mark.parametrize("after", CUTS)
def test_new_keys_that_the_power_cut_are_finished_at_the_next_sign_in(
    office: Office, manager: Session, monkeypatch: pytest.MonkeyPatch, after: str
) -> None:
    power_cut(manager, RenewAccess("S-0142", NEW, "忘れた"), after, monkeypatch)
    assert at_door(office, "S-0001", PASSWORD) == "in"
    assert at_door(office, "S-0142", PASSWORD) == "door.wrong_password"
    assert at_door(office, "S-0142", NEW) == "in"


def test_a_leaver_makes_new_keys_due_where_the_vault_could_be_opened(manager: Session) -> None:
    done = perform(manager, CloseAccount("S-0142", "退職")).answer
    assert done.facts["rekey"] == 1
    with working(manager, "look") as work:
        assert work.office.get_one(ContractRecord, manager.contract).rekey_due == "left"
    row = next(one for one in perform(manager, ListPeople()).answer.people if one.staff_number == "S-0142")
    assert row.left_on == FIRST_DAY and row.lacks == ()


def test_an_auditor_who_leaves_makes_no_new_keys_due(manager: Session) -> None:
    assert perform(manager, CloseAccount("W-0001", "異動")).answer.facts["rekey"] == 0
    with working(manager, "look") as work:
        assert work.office.get_one(ContractRecord, manager.contract).rekey_due == ""


def test_the_second_last_approver_leaves_only_knowingly(manager: Session) -> None:
    perform(manager, CloseAccount("S-0160", "退職"))
    assert code_of(manager, CloseAccount("S-0150", "退職")) == "people.last_approver"
    perform(manager, CloseAccount("S-0150", "退職", knowing=True))


def test_there_is_always_a_manager_left(office: Office, manager: Session) -> None:
    perform(manager, CloseAccount("S-0150", "退職"))
    assert code_of(manager, CloseAccount("S-0001", "退職", knowing=True)) == "people.own_account"


def test_the_session_is_told_again(manager: Session) -> None:
    answer = perform(manager, LookAtSession()).answer
    assert (answer.staff_number, answer.trained, answer.entered) == ("S-0001", True, manager.contract)


SECRETS = ("password", "wrapped", "salt", "private", "share", "secret", "vault_key", "sealed")


def _fields(kind: Any, seen: set[type]) -> Iterator[tuple[type, str]]:
    """Every field that an answer can hold, through lists, unions and nested tables."""
    for inner in typing.get_args(kind):
        yield from _fields(inner, seen)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type) and kind not in seen:
        seen.add(kind)
        hints = typing.get_type_hints(kind)
        for field in dataclasses.fields(kind):
            yield kind, field.name
            yield from _fields(hints[field.name], seen)


ALLOWED = {"share_kind", "share_name"}
"""What kind of 契約鍵 a contract has is no secret."""


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_no_answer_has_a_place_for_a_password_or_a_key(name: str) -> None:
    told = {field for _, field in _fields(QUESTIONS[name].answer, set())} - ALLOWED
    assert not [field for field in told if any(word in field for word in SECRETS)]


def test_no_password_lies_anywhere_after_it_was_used(office: Office, manager: Session) -> None:
    answers: list[object] = []
    ask: Callable[[object], None] = lambda message: answers.append(perform(manager, message))  # noqa: E731
    ask(RenewAccess("S-0142", NEW, "忘れた"))
    ask(ChangePassword(PASSWORD, OTHER))
    ask(ListPeople())
    ask(LookAtSession())
    assert manager.book is not None
    with manager.book.engine.connect() as connection:
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        kept = [str(connection.exec_driver_sql(f"SELECT * FROM {table}").all()) for table in tables]
    perform(manager, SignOut())
    texts = [repr(answers), repr(manager), *kept]
    files = [path.read_bytes() for path in Path(office.folder.path).rglob("*") if path.is_file()]
    for password in (NEW, OTHER, PASSWORD):
        assert not any(password in text for text in texts)
        assert not any(password.encode() in file or password.encode("utf-16-le") in file for file in files)
