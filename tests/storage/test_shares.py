"""One interface for every kind of share: one that nobody has heard of serves a contract until its erasure."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pytest

from tests.conftest import Office
from tests.services.closing_desk import NUMBER, ready_to_erase
from walkdesk.domain.problem import Problem
from walkdesk.ledger.certificate import parse_certificate
from walkdesk.messages.closeout import EraseVault, TakeCertificate
from walkdesk.messages.door import SignOut
from walkdesk.services.perform import perform
from walkdesk.storage.shares import KINDS, NONE, NoShare, TokenShare, find_share
from walkdesk.storage.tokens import find_tokens


@dataclass(frozen=True, slots=True)
class DrawerShare:
    """A share in a drawer: what a TPM or a smart card would be, in the memory of the test."""

    mark: str
    name: str
    media: Sequence[Path]
    kind: ClassVar[str] = "drawer"
    drawer: ClassVar[dict[str, bytes]] = {}
    notes: ClassVar[dict[str, bytes]] = {}

    @classmethod
    def made_from(cls, mark: str, share: bytes) -> None:
        cls.drawer[mark] = share

    @classmethod
    def make(cls, place: str, name: str) -> tuple[str, bytes | None]:
        cls.drawer[name] = os.urandom(32)
        return name, cls.drawer[name]

    def read(self) -> bytes | None:
        if not self.here():
            raise Problem("door.token_missing", name=self.name)
        return self.drawer[self.mark]

    def here(self) -> bool:
        return self.mark in self.drawer

    def overwrite(self) -> bool:
        if self.drawer.pop(self.mark, None) is None:
            raise Problem("erasure.token_needed", name=self.name)
        return True

    def remove(self) -> None:
        self.notes.pop(self.mark, None)

    def keep(self, note: bytes) -> bool:
        self.notes[self.mark] = note
        return True

    def kept(self) -> bytes | None:
        return self.notes.get(self.mark)


@pytest.fixture
def drawer_office(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The office, with its contract's share taken from the token into a drawer."""
    monkeypatch.setitem(KINDS, "drawer", DrawerShare)
    session = office.sign_in("S-0001")
    assert session.book is not None and session.share is not None
    DrawerShare.made_from("K-01", session.share)
    with session.book.engine.begin() as book:
        book.exec_driver_sql("UPDATE contracts SET share_kind = 'drawer', token_id = 'K-01'")
    session.close()
    for token in find_tokens((office.tokens,)):
        token.path.unlink()
    return office


def test_another_kind_of_share_serves_a_contract_without_a_caller_that_knows_it(drawer_office: Office) -> None:
    session = drawer_office.sign_in("S-0142")
    assert session.contract is not None
    perform(session, SignOut())
    assert DrawerShare.notes["K-01"]
    ready: Any = ready_to_erase(drawer_office)
    contract = ready.contract
    perform(ready, EraseVault(NUMBER))
    assert DrawerShare.drawer == {} and DrawerShare.notes == {}
    certificate = parse_certificate(perform(ready, TakeCertificate(contract)).answer.json)
    assert (certificate.keys["share"], certificate.keys["share_disposal"]) == ("drawer", "overwritten")


def test_every_kind_is_found_by_its_word_and_a_foreign_one_is_named(tmp_path: Path) -> None:
    assert isinstance(find_share(NONE, "", "", ()), NoShare)
    assert isinstance(find_share("token", "aa11", "K-01", (tmp_path,)), TokenShare)
    with pytest.raises(Problem) as foreign:
        find_share("tpm", "1", "K-09", ())
    assert (foreign.value.code, foreign.value.values) == ("storage.share_unknown", {"name": "K-09"})


def test_a_note_is_overwritten_in_place_and_a_protected_medium_keeps_the_one_it_had(tmp_path: Path) -> None:
    mark, share = TokenShare.make(str(tmp_path), "K-01")
    token = TokenShare(mark, "K-01", (tmp_path,))
    assert token.read() == share and token.kept() is None
    assert token.keep(b"first") and token.keep(b"second") and token.kept() == b"second"
    note = next(tmp_path.glob("*.checkpoint"))
    assert note.stat().st_size == 4096
    note.unlink()
    note.mkdir()
    assert not token.keep(b"third") and token.kept() is None and token.read() == share
