"""Slots, the office's card and tokens, damaged in every way: damage with a sentence, and no byte overwritten."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.damage import HOSTILE, damaged, replaced
from walkdesk.domain.problem import Problem
from walkdesk.services.access import grant_slot, open_slot
from walkdesk.storage.accounts import new_account
from walkdesk.storage.keys import KEY_BYTES, AccountKeys, KeyCost
from walkdesk.storage.office import OfficeFolder
from walkdesk.storage.shares import TokenShare
from walkdesk.storage.slots import read_slots
from walkdesk.storage.tokens import find_tokens, write_token

T = TypeVar("T")
KEY = bytes(range(32))
HALF = 64 * 1024
CARD = {"format": 1, "office": "0123456789abcdef", "practice": True}

anyhow = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def left_alone(path: Path, read: Callable[[], T], *codes: str) -> T | None:
    """What reading gives, ``None`` for one of the named problems; the file keeps its bytes."""
    before = path.read_bytes()
    try:
        return read()
    except Problem as problem:
        assert problem.code in codes
        return None
    finally:
        assert path.read_bytes() == before


@pytest.fixture(scope="module")
def slot_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, AccountKeys]:
    """A slot file with one slot, and the keys that open it."""
    path = tmp_path_factory.mktemp("slots") / "slots.bin"
    account, keys = new_account("S-0001", "cheap", KeyCost(64, 1, 1))
    grant_slot(path, "contract-1", KEY, account, ("S-0001", keys), None)
    return path.read_bytes(), keys


def body_of(raw: bytes) -> bytes:
    return raw[20 : 20 + int.from_bytes(raw[16:20], "big")]


@anyhow
@given(data=st.data())
def test_damaged_slots_open_whole_or_not_at_all(
    tmp_path: Path, slot_file: tuple[bytes, AccountKeys], data: st.DataObject
) -> None:
    raw, keys = slot_file
    path = tmp_path / "slots.bin"
    path.write_bytes(data.draw(damaged(raw[: HALF + 100], len(body_of(raw)) + 60) | damaged(raw)))
    slots = left_alone(path, lambda: read_slots(path), "storage.slots_damaged")
    if slots is not None:
        assert open_slot(path, "contract-1", "S-0001", keys, None) == KEY


@anyhow
@given(data=st.data())
def test_slots_with_another_value_under_a_right_tag_are_a_problem_at_most(
    tmp_path: Path, slot_file: tuple[bytes, AccountKeys], data: st.DataObject
) -> None:
    raw, keys = slot_file
    path = tmp_path / "slots.bin"
    body = json.dumps(data.draw(replaced(json.loads(body_of(raw))))).encode()
    head = raw[:16] + len(body).to_bytes(4, "big")
    path.write_bytes(head + body + hashlib.sha256(head + body).digest())
    left_alone(path, lambda: read_slots(path), "storage.slots_damaged")
    codes = ("storage.slots_damaged", "storage.slot_damaged", "storage.token_wrong", "door.no_slot")
    opened = left_alone(path, lambda: open_slot(path, "contract-1", "S-0001", keys, None), *codes)
    assert opened in (None, KEY)


@anyhow
@given(raw=damaged(json.dumps(CARD).encode()) | replaced(CARD).map(lambda card: json.dumps(card).encode()))
def test_a_damaged_card_is_read_as_a_card_or_is_damage(tmp_path: Path, raw: bytes) -> None:
    folder = OfficeFolder(tmp_path)
    folder.card.write_bytes(raw)
    card = left_alone(folder.card, folder.read_card, "storage.office_damaged", "storage.newer")
    if card is not None:
        assert card["format"] == 1 and type(card["office"]) is str and type(card["practice"]) is bool


@pytest.fixture(scope="module")
def token_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write_token(tmp_path_factory.mktemp("usb"), "aa11", "K-01").path.read_bytes()


def read_token(folder: Path, raw: bytes) -> None:
    """Looks for a token on a medium; a share has its length, and a name can be shown."""
    path = folder / "walkdesk-token-aa11.json"
    path.write_bytes(raw)
    read = left_alone(path, TokenShare("aa11", "K-01", (folder,)).read, "storage.token_damaged")
    assert read is None or len(read) == KEY_BYTES
    for token in left_alone(path, lambda: find_tokens([folder])) or ():
        assert len(token.share) == KEY_BYTES
        assert f"{token.name}{token.token_id}".encode()


@anyhow
@given(data=st.data())
def test_a_damaged_token_gives_a_share_or_is_damage(tmp_path: Path, token_file: bytes, data: st.DataObject) -> None:
    used = len(token_file.rstrip())
    read_token(tmp_path, data.draw(damaged(token_file, used) | damaged(token_file)))


@anyhow
@given(data=st.data())
def test_a_token_with_another_value_gives_a_share_or_is_damage(
    tmp_path: Path, token_file: bytes, data: st.DataObject
) -> None:
    read_token(tmp_path, json.dumps(data.draw(replaced(json.loads(token_file)))).encode())


@anyhow
@given(place=st.sampled_from(["id", "name", "share"]), value=st.sampled_from(HOSTILE))
@example(place="name", value="\ud800")
def test_a_tokens_name_can_always_be_shown(tmp_path: Path, token_file: bytes, place: str, value: Any) -> None:
    read_token(tmp_path, json.dumps({**json.loads(token_file), place: value}).encode())
