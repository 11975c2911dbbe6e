"""The slot file: whatever byte the power failed at, it opens with the old slots or with the new ones."""

from __future__ import annotations

import hashlib
import json
import os
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from walkdesk.domain.problem import Problem
from walkdesk.services.access import grant_slot, open_slot
from walkdesk.storage import slots as module
from walkdesk.storage.accounts import Account, new_account
from walkdesk.storage.keys import AccountKeys, KeyCost
from walkdesk.storage.slots import Slot, SlotFile, destroy_slots, read_slots, write_slots

CHEAP = KeyCost(64, 1, 1)
HALF = 64 * 1024
KEY = bytes(range(32))


def _slots(generation: int, *numbers: str) -> SlotFile:
    made = {number: Slot(number, generation, os.urandom(92), "S-0001", os.urandom(64)) for number in numbers}
    return SlotFile("contract-1", generation, made)


@pytest.fixture
def people() -> dict[str, tuple[Account, AccountKeys]]:
    """Two accounts with cheap passwords."""
    return {number: new_account(number, "長い合言葉です-2018", CHEAP) for number in ("S-0001", "S-0142")}


def test_what_was_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "slots.bin"
    first, second = _slots(1, "S-0001"), _slots(1, "S-0001", "S-0142")
    write_slots(path, first)
    assert read_slots(path) == first
    write_slots(path, second)
    assert read_slots(path) == second
    assert path.stat().st_size == 2 * HALF and path.stat().st_mode & 0o077 == 0


def test_the_old_slots_are_overwritten_in_place(tmp_path: Path) -> None:
    path = tmp_path / "slots.bin"
    write_slots(path, _slots(1, "S-0001"))
    old = path.read_bytes()[:HALF]
    inode = path.stat().st_ino
    write_slots(path, _slots(2, "S-0001"))
    raw = path.read_bytes()
    assert path.stat().st_ino == inode
    assert b"S-0001" in old and old[:200] not in raw and raw.count(b"S-0001") == 2  # staff number and granter


def test_the_next_generation_lies_beside_the_one_in_force(tmp_path: Path) -> None:
    path = tmp_path / "slots.bin"
    both = replace(_slots(1, "S-0001", "S-0142"), next=_slots(2, "S-0001", "S-0142"))
    write_slots(path, both)
    assert read_slots(path) == both
    left = both.without("S-0142")
    assert left.next is not None and set(left.slots) == set(left.next.slots) == {"S-0001"}
    write_slots(path, _slots(2, "S-0001"))
    assert read_slots(path).next is None and b'"next"' not in path.read_bytes()


class _PowerFailure(Exception):
    """The disk stops taking bytes."""


@pytest.mark.parametrize("turn", range(2))
def test_the_power_may_fail_at_any_byte_of_a_change(tmp_path: Path, turn: int, monkeypatch: Any) -> None:
    """Both directions: from the first half to the second, and back. Torn bytes are cut or garbled."""
    path = tmp_path / "slots.bin"
    old, new = _slots(1, "S-0001"), _slots(2, "S-0001", "S-0142")
    write_slots(path, old)
    for _ in range(turn):
        write_slots(path, old)
    start = path.read_bytes()
    steps: list[tuple[int, bytes]] = []
    with monkeypatch.context() as watched:
        watched.setattr(module, "_put", lambda file, place, data: steps.append((place, data)))
        write_slots(path, new)
    assert [len(data) for _, data in steps] == [HALF, HALF]
    dice = random.Random(7)
    body = len(steps[0][1].rstrip(b"\0"))
    offsets = sorted({*range(0, 700, 7), *(dice.randrange(body) for _ in range(60)), HALF - 1, HALF})
    seen = set()
    for step, (place, data) in enumerate(steps):
        for offset in offsets:
            for noise in (b"", os.urandom(min(512, HALF - offset))):
                raw = bytearray(start)
                for before_place, before in steps[:step]:
                    raw[before_place : before_place + HALF] = before
                raw[place : place + offset] = data[:offset]
                raw[place + offset : place + offset + len(noise)] = noise
                path.write_bytes(raw)
                held = read_slots(path)
                assert held in (old, new)
                assert step == 0 or held == new
                seen.add(held.generation)
    assert seen == {1, 2}


def test_after_a_torn_change_the_next_change_works(tmp_path: Path) -> None:
    path = tmp_path / "slots.bin"
    old = _slots(1, "S-0001")
    write_slots(path, old)
    raw = bytearray(path.read_bytes())
    raw[HALF : HALF + 400] = b"WDSLOTS1" + os.urandom(392)
    path.write_bytes(raw)
    new = read_slots(path).with_slot(_slots(1, "S-0142").slots["S-0142"])
    write_slots(path, new)
    assert read_slots(path) == new


@pytest.mark.parametrize("size", [0, 1, 8, 51, 4096, HALF - 1, HALF, HALF + 1, 2 * HALF - 1])
def test_a_cut_file_opens_or_says_that_it_is_damaged(tmp_path: Path, size: int) -> None:
    path = tmp_path / "slots.bin"
    slots = _slots(1, "S-0001")
    write_slots(path, slots)
    path.write_bytes(path.read_bytes()[:size])
    if size > 1000:
        assert read_slots(path) == slots
    else:
        with pytest.raises(Problem, match=r"storage\.slots_damaged"):
            read_slots(path)


def test_both_halves_damaged_and_no_file_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "slots.bin"
    with pytest.raises(Problem, match=r"storage\.slots_missing"):
        read_slots(path)
    path.write_bytes(os.urandom(2 * HALF))
    with pytest.raises(Problem, match=r"storage\.slots_damaged"):
        read_slots(path)


def _tagged(body: bytes) -> bytes:
    head = b"WDSLOTS1" + (5).to_bytes(8, "big") + len(body).to_bytes(4, "big")
    return head + body + hashlib.sha256(head + body).digest()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["scope", "generation", "slots", "staff_number", "sealed", "granted_by", "signature"]),
            inner,
        )
    ),
    max_leaves=20,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()))
@example(body=b'{"slots": "", "generation": 0, "scope": ""}')
@example(body=b'{"slots": [], "generation": 1, "scope": "office"}')
def test_a_foreign_body_under_a_right_tag_is_damage_and_no_fault(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "slots.bin"
    path.write_bytes(_tagged(body))
    with pytest.raises(Problem, match=r"storage\.slots_damaged"):
        read_slots(path)


def test_a_body_nested_without_end_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "slots.bin"
    path.write_bytes(_tagged(b"[" * 60_000))
    with pytest.raises(Problem, match=r"storage\.slots_damaged"):
        read_slots(path)


def test_a_slot_opens_for_its_account_alone(tmp_path: Path, people: dict[str, tuple[Account, AccountKeys]]) -> None:
    path = tmp_path / "slots.bin"
    manager, keys = people["S-0001"]
    grant_slot(path, "contract-1", KEY, manager, ("S-0001", keys), b"s" * 32)
    grant_slot(path, "contract-1", KEY, people["S-0142"][0], ("S-0001", keys), b"s" * 32)
    assert open_slot(path, "contract-1", "S-0142", people["S-0142"][1], b"s" * 32) == KEY
    codes = []
    tries: list[tuple[str, str, AccountKeys, bytes | None]] = [
        ("contract-1", "S-0142", keys, b"s" * 32),
        ("contract-1", "S-9999", keys, b"s" * 32),
        ("contract-2", "S-0001", keys, b"s" * 32),
        ("contract-1", "S-0001", keys, b"x" * 32),
        ("contract-1", "S-0001", keys, None),
    ]
    for scope, number, private, share in tries:
        with pytest.raises(Problem) as refused:
            open_slot(path, scope, number, private, share)
        codes.append(refused.value.code)
    assert codes == [
        "storage.slot_damaged",
        "door.no_slot",
        "door.no_slot",
        "storage.token_wrong",
        "storage.slot_damaged",
    ]


def test_a_slot_moved_to_another_contract_generation_or_number_does_not_open(
    tmp_path: Path, people: dict[str, tuple[Account, AccountKeys]]
) -> None:
    path = tmp_path / "slots.bin"
    account, keys = people["S-0001"]
    grant_slot(path, "contract-1", KEY, account, ("S-0001", keys), None)
    slot = read_slots(path).slots["S-0001"]
    moved = [
        SlotFile("contract-2", 1, {"S-0001": slot}),
        SlotFile("contract-1", 1, {"S-0001": Slot("S-0001", 2, slot.sealed, slot.granted_by, slot.signature)}),
        SlotFile("contract-1", 1, {"S-0142": Slot("S-0142", 1, slot.sealed, slot.granted_by, slot.signature)}),
    ]
    for place, file in enumerate(moved):
        elsewhere = tmp_path / f"moved-{place}.bin"
        write_slots(elsewhere, file)
        (number,) = file.slots
        with pytest.raises(Problem, match=r"storage\.slot_damaged"):
            open_slot(elsewhere, file.scope, number, keys, None)


def test_no_key_is_left_in_destroyed_slots(tmp_path: Path) -> None:
    path = tmp_path / "slots.bin"
    write_slots(path, _slots(1, "S-0001"))
    before = path.read_bytes()
    destroy_slots(path)
    after = path.read_bytes()
    assert len(after) == len(before) and after[:HALF] != before[:HALF] and b"S-0001" not in after
    with pytest.raises(Problem, match=r"storage\.slots_damaged"):
        read_slots(path)


def test_more_accounts_than_fit_are_refused_and_the_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "slots.bin"
    few = _slots(1, "S-0001")
    write_slots(path, few)
    with pytest.raises(Problem, match=r"storage\.slots_full"):
        write_slots(path, _slots(1, *(f"S-{number:04d}" for number in range(400))))
    assert read_slots(path) == few
