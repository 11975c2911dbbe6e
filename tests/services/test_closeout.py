"""Close-out: delivery, return and approvals, each with what it needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import text

from tests.services.closing_desk import (
    LAST_DAY,
    NUMBER,
    code_of,
    events,
    fill,
    ready_to_erase,
    with_report,
    with_returns,
)
from tests.services.desks import AUGUST, ledger_rows
from walkdesk.domain.contract import ContractState, Requirement
from walkdesk.domain.participants import Origin
from walkdesk.domain.releases import Outcome
from walkdesk.domain.returns import Disposition, Medium
from walkdesk.messages.closeout import (
    AccountForToken,
    ApproveErasure,
    CompleteReturn,
    DeliverReport,
    EraseVault,
    LookAtCloseOut,
    MakeReturnList,
    RecordReturn,
)
from walkdesk.messages.door import SignOut
from walkdesk.messages.papers import MakeReport
from walkdesk.messages.releases import ApproveRelease, CloseRelease, RequestLetters
from walkdesk.services.perform import perform
from walkdesk.services.session import Session, working

Ask = Callable[[Session, object], Any]


@pytest.fixture
def desk(office: Any) -> Session:
    """The manager after the end of the contract, with six people in the vault."""
    session: Session = office.sign_in("S-0001", on=AUGUST)
    fill(session)
    perform(session, SignOut())
    session = office.sign_in("S-0001", on=LAST_DAY)
    assert session.vault is not None
    return session


def test_the_board_counts_what_the_vault_holds(desk: Session, ask: Ask) -> None:
    board = ask(desk, LookAtCloseOut())
    assert (board.participants, board.step_days, board.token) == (6, 186, "K-01")
    assert board.card.state is ContractState.OPEN
    counts = {(row.origin, row.medium): row.count for row in board.returns}
    assert counts[Origin.PROVIDED, Medium.ELECTRONIC] == 4
    assert counts[Origin.COLLECTED, Medium.PAPER] == 4
    assert [need.requirement for need in board.needs] == [Requirement.NO_PRIZE_WAITING, Requirement.REPORT]
    assert [need.done for need in board.needs] == [True, False]


def test_a_report_is_delivered_only_after_it_was_made(desk: Session, ask: Ask) -> None:
    assert code_of(desk, DeliverReport(LAST_DAY, "31新健健第12号")) == "contracts.needs_open"
    ask(desk, MakeReport())
    assert code_of(desk, DeliverReport(date(2019, 5, 1), "31新健健第12号")) == "closeout.delivery_day"
    ask(desk, DeliverReport(LAST_DAY, "31新健健第12号"))
    assert ask(desk, LookAtCloseOut()).card.state is ContractState.REPORTED
    assert events(desk)[-2:] == ["report_delivered", "seal"]


def test_after_the_report_no_letter_leaves(desk: Session) -> None:
    with_report(desk)
    assert code_of(desk, RequestLetters("all", "参加案内")) == "contracts.wrong_state"


def test_what_is_recorded_has_its_basis_or_its_receipt(desk: Session) -> None:
    with_report(desk)
    given = Origin.PROVIDED, Medium.ELECTRONIC
    assert code_of(desk, RecordReturn(*given, Disposition.RETURNED)) == "closeout.receipt_missing"
    assert code_of(desk, RecordReturn(*given, Disposition.DESTROYED)) == "closeout.basis_missing"
    assert code_of(desk, RecordReturn(*given, Disposition.NONE)) == "closeout.electronic_exists"
    cards = Origin.COLLECTED, Medium.PAPER
    assert code_of(desk, RecordReturn(*cards, Disposition.NONE)) == "closeout.paper_exists"
    perform(desk, RecordReturn(Origin.COLLECTED, Medium.ELECTRONIC, Disposition.DESTROYED))
    assert "審議会資料" in ledger_rows(desk)[-1][2]


def test_the_return_is_complete_when_every_cell_is_recorded(desk: Session, ask: Ask) -> None:
    with_report(desk)
    assert code_of(desk, MakeReturnList()) == "closeout.nothing_recorded"
    assert code_of(desk, CompleteReturn()) == "contracts.needs_open"
    with_returns(desk)
    board = ask(desk, LookAtCloseOut())
    assert board.card.state is ContractState.RETURNED
    assert all(row.disposition is not None for row in board.returns)
    page = PdfReader(BytesIO(ask(desk, MakeReturnList()).pdf)).pages[0].extract_text()
    assert "受31-5" in page
    assert "𠮷田" not in page


def test_an_open_release_stops_the_return(office: Any) -> None:
    session = office.sign_in("S-0142", on=AUGUST)
    fill(session)
    perform(session, RequestLetters("all", "参加の案内"))
    perform(session, SignOut())
    session = office.sign_in("S-0001", on=LAST_DAY)
    perform(session, ApproveRelease("R-0001"))
    with_report(session)
    with pytest.raises(AssertionError):
        assert code_of(session, CompleteReturn()) == ""
    perform(session, CloseRelease("R-0001", Outcome.WITHDRAWN, LAST_DAY))
    with_returns(session)


def test_the_token_is_in_hand_or_destroyed_before_a_witness(desk: Session, office: Any) -> None:
    with_report(desk)
    assert code_of(desk, AccountForToken("destroyed")) == "closeout.witness_missing"
    assert code_of(desk, AccountForToken("lost")) == "closeout.fate"
    perform(desk, AccountForToken("destroyed", "健康づくり課 森 由紀"))
    for file in office.tokens.iterdir():
        file.unlink()
    assert code_of(desk, AccountForToken("overwrite")) == "door.token_missing"
    assert perform(desk, LookAtCloseOut()).answer.token_accounted


def test_nobody_signs_twice_and_handlers_only_when_marked(desk: Session, office: Any) -> None:
    with_report(desk)
    with_returns(desk)
    perform(desk, ApproveErasure())
    assert code_of(desk, ApproveErasure()) == "closeout.already_signed"
    perform(desk, AccountForToken("overwrite"))
    assert code_of(desk, EraseVault(NUMBER)) == "contracts.needs_open"
    perform(desk, SignOut())
    handler = office.sign_in("S-0142")
    assert code_of(handler, ApproveErasure()) == "closeout.not_approver"
    perform(handler, SignOut())
    marked = office.sign_in("S-0160")
    perform(marked, ApproveErasure())
    board = perform(marked, LookAtCloseOut()).answer
    assert [one.name for one in board.approvals] == ["田中 康夫", "小林 実"]
    assert board.i_signed
    assert all(need.done for need in board.needs)


def test_a_forged_approval_counts_as_none(office: Any, ask: Ask) -> None:
    session = ready_to_erase(office)
    with working(session, "forge") as work:
        work.office.execute(
            text("UPDATE erasure_approvals SET signature = zeroblob(64) WHERE staff_number = 'S-0001'")
        )
    needs = {need.requirement: need.done for need in ask(session, LookAtCloseOut()).needs}
    assert not needs[Requirement.TWO_APPROVALS]


def test_two_handlers_are_not_enough(office: Any, ask: Ask) -> None:
    session = ready_to_erase(office)
    with working(session, "roles") as work:
        work.office.execute(text("UPDATE people SET role = 'handler' WHERE role = 'manager'"))
    needs = {need.requirement: need.done for need in ask(session, LookAtCloseOut()).needs}
    assert not needs[Requirement.TWO_APPROVALS]


def test_the_auditor_sees_the_board_without_a_vault(desk: Session, office: Any, ask: Ask) -> None:
    with_report(desk)
    with_returns(desk)
    perform(desk, SignOut())
    auditor = office.sign_in("W-0001")
    board = ask(auditor, LookAtCloseOut())
    assert (board.card.state, board.participants, board.step_days) == (ContractState.RETURNED, 6, 186)
    assert code_of(auditor, ApproveErasure()) == "door.not_permitted"
