"""新しい鍵: after somebody left, nothing that they could have kept opens the vault any more."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Office
from tests.services.desks import rows
from tests.services.keyring import board_of, into_the_safe, made, refused, tasks_of, told
from tests.ui.desks import register
from walkdesk.domain.problem import Problem
from walkdesk.messages.door import SignOut
from walkdesk.messages.keys import RekeyContract, TrySheet
from walkdesk.messages.people import CloseAccount
from walkdesk.services import rekeying
from walkdesk.services.access import open_slot_of
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.storage.slots import read_slots
from walkdesk.storage.tokens import find_tokens
from walkdesk.storage.vault import Vault


def key_in(session: Session) -> bytes:
    assert session.vault_key is not None
    return session.vault_key


def test_everything_is_new_and_everybody_still_comes_in(office: Office) -> None:
    manager = office.sign_in("S-0001")
    register(manager)
    contract = board_of(manager).contract
    sheet = made(manager, contract)
    old_key, old_share, (old_token,) = key_in(manager), manager.share, find_tokens([office.tokens])
    before = read_slots(office.folder.vault_slots(contract))
    perform(manager, CloseAccount("S-0142", "退職"))
    assert board_of(manager).rekey_due == "left" and ("rekey_due", "warn") in tasks_of(manager)
    perform(manager, RekeyContract("left"))
    board = board_of(manager)
    assert (board.generation, board.token_name, board.rekey_due) == (2, "K-01-2", "")
    assert [slot.staff_number for slot in board.slots] == ["S-0001", "S-0150", "S-0160"]
    (token,) = find_tokens([office.tokens])
    assert token.token_id != old_token.token_id and not old_token.path.exists()
    assert key_in(manager) != old_key and manager.share not in (None, old_share)
    assert refused(manager, TrySheet(contract, sheet)).code == "keys.no_sheet"
    assert ("sheet_due", "warn") in tasks_of(manager)
    assert [(row.generation, row.disposal) for row in board.sheets] == [(1, "superseded")]
    events = [event for event, _ in told(manager, "rekey")]
    assert events == ["rekey_begun", "rekeyed"]
    assert len(rows(manager, "SELECT number FROM participants")) == 3
    keys = manager.keys
    assert keys is not None
    # Whoever kept the old slots and the old share still has the old key, and it opens nothing.
    assert open_slot_of(before, contract, "S-0001", keys, old_share) == old_key
    perform(manager, SignOut())
    with pytest.raises(Problem):
        Vault.look(office.folder.vault(contract), contract, old_key)
    for number in ("S-0001", "S-0150", "S-0160"):
        session = office.sign_in(number)
        assert session.contract == contract
        assert not told(session, "alarm")
        perform(session, SignOut())


def test_no_page_under_the_old_key_is_left_in_the_contracts_folder(office: Office) -> None:
    manager = office.sign_in("S-0001")
    register(manager)
    contract, old_key = board_of(manager).contract, key_in(manager)
    kept = office.folder.vault(contract).read_bytes()
    perform(manager, RekeyContract("precaution"))
    pages = {kept[at : at + 4096] for at in range(4096, len(kept), 4096)}
    for path in office.folder.contract(contract).iterdir():
        raw = path.read_bytes()
        assert not any(raw[at : at + 4096] in pages for at in range(0, len(raw), 4096)), path.name
    assert old_key != key_in(manager)


def test_a_contract_can_be_given_a_token_on_another_medium(office: Office, tmp_path: Path) -> None:
    other = tmp_path / "stick"
    other.mkdir()
    manager = office.sign_in("S-0001")
    manager.premises.token_roots = [office.tokens, other]
    perform(manager, RekeyContract("precaution", str(other)))
    assert [token.path.parent for token in find_tokens([office.tokens, other])] == [other]


def test_a_medium_that_takes_no_token_changes_nothing(office: Office) -> None:
    manager = office.sign_in("S-0001")
    key = key_in(manager)
    refusal = refused(manager, RekeyContract("precaution", str(office.tokens / "no such folder")))
    assert refusal.code == "storage.token_not_written"
    assert key_in(manager) == key and board_of(manager).generation == 1
    perform(manager, SignOut())
    assert office.sign_in("S-0142").contract is not None


def power_fails(*_: Any, **__: Any) -> None:
    raise SystemExit


def interrupted(office: Office, monkeypatch: pytest.MonkeyPatch, stage: str) -> str:
    """The power fails where a stage of the rekeying begins."""
    manager = office.sign_in("S-0001")
    register(manager)
    contract = board_of(manager).contract
    place: object = Vault if stage == "rekey" else rekeying
    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(place, stage, power_fails)
        perform(manager, RekeyContract("precaution"))
    manager.close()
    return contract


STAGES = ["_change_keys", "write_slots", "rekey", "finish", "_destroy"]


@pytest.mark.parametrize("stage", STAGES)
def test_whoever_opens_next_ends_what_the_power_cut(
    office: Office, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    contract = interrupted(office, monkeypatch, stage)
    finished = stage in ("finish", "_destroy")
    handler = office.sign_in("S-0142")
    assert handler.contract == contract and not told(handler, "alarm")
    assert told(handler, "rekey")[-1][0] == ("rekeyed" if finished else "rekey_taken_back")
    board = board_of(handler)
    assert (board.generation, board.token_name) == ((2, "K-01-2") if finished else (1, "K-01"))
    assert len(find_tokens([office.tokens])) == 1
    assert read_slots(office.folder.vault_slots(contract)).next is None
    assert len(rows(handler, "SELECT number FROM participants")) == 3
    perform(handler, SignOut())
    manager = office.sign_in("S-0001")
    perform(manager, RekeyContract("precaution"))
    assert board_of(manager).generation == (3 if finished else 2)


@pytest.mark.parametrize("stage", STAGES)
def test_the_token_that_is_missing_is_named_and_nothing_is_an_alarm(
    office: Office, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    contract = interrupted(office, monkeypatch, stage)
    away = office.tokens.parent / "away"
    shutil.move(office.tokens, away)
    office.tokens.mkdir()
    handler = office.sign_in("S-0142")
    assert (handler.contract, handler.waiting) == (None, "door.token_missing")
    assert not told(handler, "alarm")
    perform(handler, SignOut())
    for token in list(away.iterdir()):
        shutil.move(token, office.tokens)
    assert office.sign_in("S-0142").contract == contract


def test_the_old_token_alone_does_not_open_a_vault_that_has_its_new_key(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    contract = interrupted(office, monkeypatch, "finish")
    new = next(token for token in find_tokens([office.tokens]) if token.name == "K-01-2")
    aside = office.tokens.parent / new.path.name
    shutil.move(new.path, aside)
    handler = office.sign_in("S-0142")
    assert (handler.contract, handler.waiting_name) == (None, "K-01-2")
    assert not told(handler, "alarm")
    perform(handler, SignOut())
    shutil.move(aside, new.path)
    assert office.sign_in("S-0142").contract == contract


def test_pages_that_lie_in_the_log_alone_under_the_new_key_are_no_damage(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The power fails after the log has every page under the new key, before the file has any."""
    manager = office.sign_in("S-0001")
    register(manager)
    contract = board_of(manager).contract
    path = office.folder.vault(contract)
    kept = [tmp_path / path.name, tmp_path / f"{path.name}-wal"]

    def rekey(vault: Vault, key: bytes) -> None:
        with vault.engine.connect() as connection:
            raw: Any = connection.connection.dbapi_connection
            raw.execute(f"PRAGMA rekey = \"x'{key.hex()}'\"")
            for file in kept:
                shutil.copy(path.parent / file.name, file)
        raise SystemExit

    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(Vault, "rekey", rekey)
        perform(manager, RekeyContract("precaution"))
    manager.close()
    for file in kept:
        shutil.copy(file, path.parent / file.name)
    handler = office.sign_in("S-0142")
    assert (handler.contract, board_of(handler).generation) == (contract, 2)
    assert not told(handler, "alarm") and len(rows(handler, "SELECT number FROM participants")) == 3


def test_a_token_in_the_safe_is_not_needed_to_go_on_where_it_was_lost(office: Office) -> None:
    into_the_safe(office)
    manager = office.sign_in("S-0001")
    assert refused(manager, RekeyContract("token_lost", str(office.tokens))).code == "door.token_missing"
