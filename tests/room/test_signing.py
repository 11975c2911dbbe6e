"""The approver's room: one account's key, one signature, beside a room that has the office."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tests.conftest import PASSWORD, Office
from tests.room.test_room import answer_of, room
from walkdesk.domain.problem import Problem
from walkdesk.ledger.canonical import canonical
from walkdesk.ledger.keys import signature_holds
from walkdesk.messages.countersign import Signature, SignOnce
from walkdesk.messages.door import LookAtOffice, SignIn
from walkdesk.room.client import Client
from walkdesk.services.countersign import sign_once
from walkdesk.storage.accounts import AccountsFile

APPROVER = "S-0150"
BODY = canonical({"kind": "walkdesk.release.1", "release": "R-0001", "approver": APPROVER, "manifest": "00"})


def _asked(office: Office, message: object) -> object:
    """What a signing room of its own answers; it has ended by itself afterwards."""
    ended: list[bool] = []
    client = Client(office.folder.path, on_end=lambda: ended.append(True), signing=True)
    try:
        return answer_of(client, message).result(60)
    finally:
        client.close()
        assert ended


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file() and "-shm" not in path.name}


def test_the_approver_signs_beside_the_room_that_has_the_office(office: Office) -> None:
    with room(office) as desk:
        desk.call(SignIn("S-0142", PASSWORD))
        before = _files(office.folder.path)
        answer = _asked(office, SignOnce(APPROVER, PASSWORD, BODY))
        assert _files(office.folder.path) == before
    assert isinstance(answer, Signature)
    accounts = AccountsFile(office.folder.accounts)
    account = accounts.find(APPROVER)
    accounts.close()
    assert account is not None
    assert signature_holds(Ed25519PublicKey.from_public_bytes(account.signing_public), answer.signature, BODY)


def test_a_room_that_signs_answers_nothing_else(office: Office) -> None:
    answer = _asked(office, LookAtOffice())
    assert isinstance(answer, Problem) and answer.code == "shell.unknown_message"


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (SignOnce(APPROVER, "まちがった合言葉です", BODY), "door.wrong_password"),
        (SignOnce("S-9999", PASSWORD, BODY.replace(b"S-0150", b"S-9999")), "door.wrong_password"),
        (SignOnce("S-0001", PASSWORD, BODY), "releases.statement_foreign"),
        (SignOnce(APPROVER, PASSWORD, b"anything"), "releases.statement_foreign"),
        (SignOnce(APPROVER, PASSWORD, canonical({"kind": "x", "approver": APPROVER})), "releases.statement_foreign"),
        (SignOnce(APPROVER, PASSWORD, canonical(["walkdesk.release.1"])), "releases.statement_foreign"),
    ],
    ids=["password", "nobody", "another", "no-statement", "other-statement", "list"],
)
def test_nothing_else_is_signed(office: Office, message: SignOnce, code: str) -> None:
    with pytest.raises(Problem) as refused:
        sign_once(office.folder, message)
    assert refused.value.code == code


def test_an_accounts_file_that_is_gone_is_named(office: Office) -> None:
    office.folder.accounts.unlink()
    with pytest.raises(Problem, match=r"storage\.office_damaged"):
        sign_once(office.folder, SignOnce(APPROVER, PASSWORD, BODY))
