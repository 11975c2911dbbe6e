"""The room killed while a contract gets new keys: whoever opens it next comes in, and nothing is an alarm."""

from __future__ import annotations

import itertools
import os
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session as OrmSession

from tests.conftest import PASSWORD, Office
from tests.room.killing import Case, ForkedRoom, crash
from tests.room.test_crash import Told, copies, july, opens, told
from tests.services.desks import rows
from tests.services.keyring import told as in_ledger
from walkdesk.messages.door import SignIn
from walkdesk.messages.keys import RekeyContract
from walkdesk.storage.office_tables import ContractRecord
from walkdesk.storage.slots import read_slots
from walkdesk.storage.tokens import find_tokens

__all__ = ["july", "told"]

KILLS = 90 if os.environ.get("WALKDESK_LONG") else 5
NEXT = itertools.cycle(("S-0142", "S-0001", "S-0160", "S-0150"))

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the room is forked here, so that a kill costs nothing")


def ask(room: ForkedRoom) -> RekeyContract:
    """The manager at the desk."""
    room.call(SignIn("S-0001", PASSWORD))
    return RekeyContract("precaution")


def holds(office: Office, answered: bool) -> None:
    """Somebody else opens the contract: with one set of keys, one token, the people, and evidence for what is so."""

    def look(session: Any) -> tuple[int, str]:
        (count,) = rows(session, "SELECT count(*) FROM participants")
        assert count[0] == 493
        with OrmSession(session.book.engine) as book:
            record = book.get_one(ContractRecord, session.contract)
            assert record.rekey_plan == ""
        slots = read_slots(office.folder.vault_slots(session.contract))
        (token,) = find_tokens([office.tokens])
        assert slots.next is None and slots.generation == record.generation and token.token_id == record.token_id
        events = [event for event, _ in in_ledger(session, "rekey")]
        assert events.count("rekeyed") == record.generation - 1
        assert len(events) % 2 == 0, "what was begun is told to have ended"
        return record.generation, record.token_name

    found = opens(office, look, next(NEXT))
    assert found in ((1, "K-01"), (2, "K-01-2"))
    assert found[0] == 2 or not answered


def test_the_room_killed_while_keys_are_made_anew(july: Path, tmp_path: Path, told: Told) -> None:  # noqa: F811
    told(crash(Case(copies(july, tmp_path), ask, holds), KILLS))
