"""Who vouches for a key: every forgery of an account or a slot is refused with its own sentence, and is evidence."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete
from sqlalchemy.orm import Session as OrmSession

from tests.conftest import CHEAP, FIRST_DAY, PASSWORD, STAFF, Office
from walkdesk.domain.people import Role
from walkdesk.domain.problem import Problem
from walkdesk.ledger.doorlog import DoorLog
from walkdesk.ledger.entry import NOBODY
from walkdesk.messages.door import SignIn, SignOut
from walkdesk.messages.people import CloseAccount, RegisterPerson
from walkdesk.services.keyhistory import known_keys, trusted
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.services.signatures import AccountKey, check_accounts, check_slot, key_of, trusted_keys
from walkdesk.storage.accounts import Account, AccountsFile, account_statement, new_account
from walkdesk.storage.keys import AccountKeys
from walkdesk.storage.office_tables import AccountKeyRecord
from walkdesk.storage.slots import Slot, SlotFile, read_slots, write_slots

OFFICE_KEY = AccountKeys.fresh()
OFFICE = OFFICE_KEY.signing_public()
FIRST, SECOND, THIRD, THIEF = (AccountKeys.fresh() for _ in range(4))


def granted(number: str, keys: AccountKeys, granter: str, by: AccountKeys, generation: int = 1) -> AccountKey:
    """Keys for which ``by`` vouches in the name of ``granter``."""
    public = keys.opening_public(), keys.signing_public()
    return AccountKey(number, generation, *public, granter, by.signing.sign(account_statement(number, *public)))


CHAIN = (
    granted("S-1", FIRST, "S-1", FIRST),
    granted("S-2", SECOND, "S-1", FIRST),
    granted("S-3", THIRD, "S-2", SECOND),
)


def slot_of(keys: AccountKeys, granter: str, scope: str = "office") -> Slot:
    slot = Slot("S-3", 1, b"sealed", granter, b"")
    return replace(slot, signature=keys.signing.sign(slot.signed_bytes(scope)))


@given(st.permutations(CHAIN))
def test_a_chain_holds_in_whatever_order_it_lies(keys: list[AccountKey]) -> None:
    assert trusted_keys(keys, "S-1", OFFICE)["S-3"] == {THIRD.signing_public()}


def test_what_an_old_key_signed_still_holds() -> None:
    newer = AccountKeys.fresh()
    keys = trusted_keys([*CHAIN, granted("S-2", newer, "S-1", FIRST, 2)], "S-1", OFFICE)
    check_slot(slot_of(SECOND, "S-2"), "office", keys)
    check_slot(slot_of(newer, "S-2"), "office", keys)


def test_what_the_office_itself_vouches_for_holds() -> None:
    keys = trusted_keys([*CHAIN, granted("S-1", THIEF, NOBODY, OFFICE_KEY, 2)], "S-1", OFFICE)
    check_slot(slot_of(THIEF, "S-1"), "office", keys)


@pytest.mark.parametrize(
    "forged",
    [
        granted("S-4", THIEF, "S-4", THIEF),
        granted("S-4", THIEF, "S-1", THIEF),
        granted("S-4", THIEF, "S-9", FIRST),
        granted("S-4", THIEF, "S-2", FIRST),
        granted("S-1", THIEF, "S-1", THIEF, 2),
        replace(granted("S-4", THIEF, "S-1", FIRST), staff_number="S-5"),
        replace(granted("S-4", THIEF, "S-1", FIRST), opening_public=FIRST.opening_public()),
        replace(granted("S-4", THIEF, "S-1", FIRST), signature=bytes(64)),
        replace(granted("S-4", THIEF, "S-1", FIRST), signature=b""),
    ],
)
def test_a_key_that_no_chain_reaches_is_refused(forged: AccountKey) -> None:
    with pytest.raises(Problem) as refused:
        trusted_keys([*CHAIN, forged], "S-1", OFFICE)
    assert refused.value.code == "storage.account_forged"
    assert refused.value.values == {"number": forged.staff_number}


def test_two_who_vouch_for_each_other_are_refused() -> None:
    ring = [granted("S-8", THIEF, "S-9", THIRD), granted("S-9", THIRD, "S-8", THIEF)]
    with pytest.raises(Problem):
        trusted_keys([*CHAIN, *ring], "S-1", OFFICE)


def test_without_the_first_manager_nobody_is_vouched_for() -> None:
    with pytest.raises(Problem):
        trusted_keys(CHAIN[1:], "S-1", OFFICE)
    with pytest.raises(Problem):
        trusted_keys(CHAIN, "S-2", OFFICE)


@pytest.mark.parametrize(
    "forged",
    [
        slot_of(THIEF, "S-2"),
        slot_of(THIEF, "S-9"),
        slot_of(SECOND, "S-1"),
        slot_of(SECOND, "S-2", "another-contract"),
        replace(slot_of(SECOND, "S-2"), staff_number="S-1"),
        replace(slot_of(SECOND, "S-2"), generation=2),
        replace(slot_of(SECOND, "S-2"), sealed=b"another"),
        replace(slot_of(SECOND, "S-2"), signature=b""),
    ],
)
def test_a_forged_or_moved_slot_is_refused(forged: Slot) -> None:
    keys = trusted_keys(CHAIN, "S-1", OFFICE)
    check_slot(slot_of(SECOND, "S-2"), "office", keys)
    with pytest.raises(Problem) as refused:
        check_slot(forged, "office", keys)
    assert refused.value.code == "storage.slot_forged"


def test_an_account_with_other_keys_than_it_ever_had_is_refused() -> None:
    account, _ = new_account("S-1", PASSWORD, CHEAP)
    other, _ = new_account("S-1", PASSWORD, CHEAP)
    check_accounts([account], [key_of(account, 1)])
    for forged in (
        other,
        replace(account, opening_public=other.opening_public),
        replace(account, signing_public=other.signing_public),
        replace(account, granted_by="S-2"),
        replace(account, signature=other.signature),
    ):
        with pytest.raises(Problem) as refused:
            check_accounts([forged], [key_of(account, 1)])
        assert refused.value.code == "storage.account_forged"


# In an office on disk


def alarms(office: Office) -> list[str]:
    """What the ledger holds of alarms, read by somebody who can still come in."""
    session = office.sign_in("S-0001")
    assert session.book is not None
    with session.book.engine.connect() as connection:
        facts = connection.exec_driver_sql("SELECT facts FROM ledger WHERE event = 'alarm'").scalars().all()
    session.close()
    return [json.loads(text)["kind"] for text in facts]


def refused_at_the_door(office: Office, number: str = "S-0142") -> Problem:
    with pytest.raises(Problem) as refused:
        perform(office.door(), SignIn(number, PASSWORD))
    return refused.value


@contextmanager
def changed(office: Office, number: str, change: Callable[[Account], Account]) -> Iterator[None]:
    """The accounts file with one account changed, and as it was again."""
    accounts = AccountsFile(office.folder.accounts)
    account = accounts.find(number)
    assert account is not None
    accounts.put(change(account))
    yield
    accounts.put(account)
    accounts.close()


OTHER, _ = new_account("S-0150", PASSWORD, CHEAP)


@pytest.mark.parametrize(
    "change",
    [
        lambda account: replace(account, opening_public=OTHER.opening_public),
        lambda account: replace(account, signing_public=OTHER.signing_public),
        lambda account: replace(account, granted_by="S-0142"),
        lambda account: replace(account, signature=bytes(64)),
        lambda account: OTHER,
    ],
)
def test_an_exchanged_account_is_noticed_by_the_next_who_comes(
    office: Office, change: Callable[[Account], Account]
) -> None:
    with changed(office, "S-0150", change):
        problem = refused_at_the_door(office)
        assert problem.code == "storage.account_forged" and problem.values == {"number": "S-0150"}
        assert [entry.event for entry in DoorLog(office.folder.door_log).read().entries] == ["office_damaged"]
    assert alarms(office) == ["storage.account_forged"]


def forge_slot(office: Office, change: Callable[[Slot, SlotFile], Slot]) -> None:
    slots = read_slots(office.folder.slots)
    write_slots(office.folder.slots, slots.with_slot(change(slots.slots["S-0142"], slots)))


@pytest.mark.parametrize(
    "change",
    [
        lambda slot, _: replace(slot, granted_by="S-0150"),
        lambda slot, _: replace(slot, signature=bytes(64)),
        lambda slot, _: replace(slot, signature=THIEF.signing.sign(slot.signed_bytes("office"))),
        lambda slot, slots: replace(slot, signature=slots.slots["S-0001"].signature),
    ],
)
def test_a_forged_slot_of_the_office_is_noticed(office: Office, change: Callable[[Slot, SlotFile], Slot]) -> None:
    forge_slot(office, change)
    assert refused_at_the_door(office).code == "storage.slot_forged"
    assert [entry.event for entry in DoorLog(office.folder.door_log).read().entries] == ["slot_damaged"]
    assert alarms(office) == ["storage.slot_forged"]


def test_a_colleagues_slot_in_ones_own_place_does_not_open(office: Office) -> None:
    forge_slot(office, lambda _, slots: replace(slots.slots["S-0001"], staff_number="S-0142"))
    assert refused_at_the_door(office).code == "storage.slot_damaged"
    assert [entry.event for entry in DoorLog(office.folder.door_log).read().entries] == ["slot_damaged"]


@pytest.mark.parametrize(
    "change",
    [
        lambda slot: replace(slot, signature=bytes(64)),
        lambda slot: replace(slot, granted_by="S-0150"),
        lambda slot: replace(slot, granted_by="S-0142", signature=THIEF.signing.sign(slot.signed_bytes("office"))),
        lambda slot: replace(slot, generation=slot.generation + 1),
        lambda slot: replace(slot, sealed=slot.sealed[::-1]),
    ],
)
def test_a_forged_slot_of_a_contract_is_noticed_before_it_is_opened(
    office: Office, change: Callable[[Slot], Slot]
) -> None:
    (path,) = office.folder.path.glob("contracts/*/slots.bin")
    slots = read_slots(path)
    write_slots(path, slots.with_slot(change(slots.slots["S-0142"])))
    assert refused_at_the_door(office).code == "storage.slot_forged"
    assert alarms(office) == ["storage.slot_forged"]


def test_a_slot_of_one_contract_moved_into_a_colleagues_place_is_noticed(office: Office) -> None:
    (path,) = office.folder.path.glob("contracts/*/slots.bin")
    slots = read_slots(path)
    write_slots(path, slots.with_slot(replace(slots.slots["S-0001"], staff_number="S-0142")))
    assert refused_at_the_door(office).code == "storage.slot_forged"


def test_every_account_has_its_keys_in_the_book(office: Office) -> None:
    session = office.sign_in()
    assert session.book is not None and session.accounts is not None
    with OrmSession(session.book.engine) as book:
        assert known_keys(book) == [key_of(account, 1) for account in session.accounts.all()]
        assert set(trusted(session.book, book)) == {*STAFF, NOBODY}


def test_an_office_without_the_table_fills_it_once_its_accounts_agree(office: Office) -> None:
    session = office.sign_in()
    assert session.book is not None
    with OrmSession(session.book.engine) as book:
        book.execute(delete(AccountKeyRecord))
        book.commit()
    session.close()
    with changed(office, "S-0150", lambda _: OTHER):
        assert refused_at_the_door(office).code == "storage.accounts_old"
    again = office.sign_in()
    assert again.book is not None
    with OrmSession(again.book.engine) as book:
        assert {key.staff_number for key in known_keys(book)} == set(STAFF)


def test_what_a_leaver_granted_still_holds(office: Office) -> None:
    """A manager registers somebody and leaves: the chain goes through keys that are out of use."""
    second = office.sign_in("S-0150")
    perform(
        second, RegisterPerson("S-0200", "高木 一", "監査", Role.AUDITOR, False, FIRST_DAY, PASSWORD, "30新健健第1号")
    )
    perform(second, SignOut())
    first: Session = office.sign_in("S-0001")
    perform(first, CloseAccount("S-0150", "退職"))
    assert first.book is not None
    with OrmSession(first.book.engine) as book:
        ended = book.get_one(AccountKeyRecord, ("S-0150", 1))
        assert ended.valid_until is not None
    perform(first, SignOut())
    assert office.sign_in("S-0200").member is not None
