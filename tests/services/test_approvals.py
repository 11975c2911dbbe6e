"""Approval at the same PC: another person's password, one signature, and every try counted as at the door."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import PASSWORD, Office
from tests.services.closing_desk import AUGUST, fill
from tests.services.desks import ledger_rows
from walkdesk.domain.problem import Problem
from walkdesk.domain.releases import ReleaseState
from walkdesk.messages.countersign import AskToSign, Countersign, SignOnce, Statement
from walkdesk.messages.door import SignIn
from walkdesk.messages.releases import ListReleases, RequestLetters
from walkdesk.services.countersign import sign_once
from walkdesk.services.perform import perform
from walkdesk.services.session import Session

Ask = Callable[[Session, object], Any]
APPROVER = "S-0160"


@pytest.fixture
def desk(office: Office) -> Session:
    """A handler who asked to let letters out."""
    session = office.sign_in("S-0142", AUGUST)
    fill(session)
    perform(session, RequestLetters("all", "参加案内の送付"))
    return session


def _statement(session: Session, number: str = APPROVER) -> Statement:
    answer = perform(session, AskToSign("R-0001", number)).answer
    assert isinstance(answer, Statement)
    return answer


def _state(session: Session) -> ReleaseState:
    return perform(session, ListReleases()).answer.releases[0].state  # type: ignore[no-any-return]


def test_the_approver_signs_and_the_requester_stays_in(office: Office, desk: Session) -> None:
    asked = _statement(desk)
    assert asked.name == "小林 実"
    signed = sign_once(office.folder, SignOnce(APPROVER, PASSWORD, asked.body))
    perform(desk, Countersign("R-0001", APPROVER, signed.signature))
    assert _state(desk) is ReleaseState.APPROVED
    assert desk.member is not None and desk.member.staff_number == "S-0142"
    (approved,) = (facts for event, _, facts in ledger_rows(desk) if event == "release_approved")
    assert APPROVER in approved
    row = perform(desk, ListReleases()).answer.releases[0]
    assert row.approved_by == "小林 実"


@pytest.mark.parametrize(
    ("number", "code"),
    [("S-0142", "releases.own_request"), ("W-0001", "releases.not_approver"), ("S-9999", "releases.not_approver")],
    ids=["the requester", "an auditor", "nobody"],
)
def test_who_may_not_approve_is_refused_before_a_password_is_asked(desk: Session, number: str, code: str) -> None:
    with pytest.raises(Problem) as refused:
        perform(desk, AskToSign("R-0001", number))
    assert refused.value.code == code
    assert _state(desk) is ReleaseState.REQUESTED


def test_another_persons_signature_is_no_approval(office: Office, desk: Session) -> None:
    asked = _statement(desk)
    with pytest.raises(Problem, match=r"releases\.not_asked"):
        perform(desk, Countersign("R-0001", "S-0150", bytes(64)))
    forged = sign_once(office.folder, SignOnce("S-0150", PASSWORD, asked.body.replace(b"S-0160", b"S-0150")))
    for signature in (forged.signature, bytes(64)):
        _statement(desk)
        with pytest.raises(Problem, match=r"releases\.approval_broken"):
            perform(desk, Countersign("R-0001", APPROVER, signature))
    assert _state(desk) is ReleaseState.REQUESTED


def test_wrong_passwords_count_at_the_door(office: Office, desk: Session) -> None:
    for _ in range(5):
        _statement(desk)
        with pytest.raises(Problem, match=r"door\.wrong_password"):
            perform(desk, Countersign("R-0001", APPROVER, b""))
    with pytest.raises(Problem, match=r"door\.locked_out"):
        perform(desk, AskToSign("R-0001", APPROVER))
    desk.close()
    with pytest.raises(Problem, match=r"door\.locked_out"):
        perform(office.door(), SignIn(APPROVER, PASSWORD))
