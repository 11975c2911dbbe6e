"""The release register: two people, one manifest, evidence before the bytes, and a way to close."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import text

from tests.services.closing_desk import PEOPLE, code_of, events, fill, ledger_text
from tests.services.desks import AUGUST, ledger_rows, rows
from walkdesk.domain.releases import Outcome, ReleaseState
from walkdesk.messages.door import SetPracticeDate, SignOut
from walkdesk.messages.papers import PlanLetters
from walkdesk.messages.people import CloseAccount
from walkdesk.messages.reception import CorrectParticipant
from walkdesk.messages.releases import (
    ApproveRelease,
    CloseRelease,
    ListReleases,
    RefuseRelease,
    RequestLetters,
    ShowManifest,
    TakeRelease,
)
from walkdesk.services.perform import perform
from walkdesk.services.session import Session, Work, working

Ask = Callable[[Session, object], Any]


@pytest.fixture
def asked(office: Any) -> Any:
    """An office in which a handler asked for the letters of five people."""
    session = office.sign_in("S-0142", on=AUGUST)
    fill(session)
    perform(session, RequestLetters("all", "7月の参加案内"))
    perform(session, SignOut())
    return office


def approved(office: Any) -> Session:
    session: Session = office.sign_in("S-0150")
    perform(session, ApproveRelease("R-0001"))
    return session


def test_a_request_stands_in_the_register_and_names_nobody_there(asked: Any, ask: Ask) -> None:
    session = asked.sign_in("S-0142")
    (row,) = ask(session, ListReleases()).releases
    assert (row.release, row.sheets, row.state, row.mine) == ("R-0001", 5, ReleaseState.REQUESTED, True)
    assert row.requested_by == "佐藤 恵"
    manifest = ask(session, ShowManifest("R-0001"))
    assert [row[0] for row in manifest.rows] == [f"R-0001-00{place}" for place in range(1, 6)]
    assert manifest.rows[0][2] == "𠮷田 光子"
    with ledger_text(session) as held:
        for number, name, _, address, *_ in PEOPLE:
            assert name not in held
            assert address not in held
            assert number not in held


def test_nobody_approves_the_own_request_and_the_attempt_is_evidence(asked: Any) -> None:
    session = asked.sign_in("S-0142")
    assert code_of(session, ApproveRelease("R-0001")) == "releases.own_request"
    assert ledger_rows(session)[-1][0] == "refused"
    assert "releases.own_request" in ledger_rows(session)[-1][2]


def test_a_manager_who_asked_does_not_approve_either(office: Any) -> None:
    session = office.sign_in("S-0001", on=AUGUST)
    fill(session)
    perform(session, RequestLetters("card", "参加案内"))
    assert code_of(session, ApproveRelease("R-0001")) == "releases.own_request"


def test_a_handler_marked_as_approver_approves(asked: Any, ask: Ask) -> None:
    session = asked.sign_in("S-0160")
    ask(session, ApproveRelease("R-0001"))
    (row,) = ask(session, ListReleases()).releases
    assert (row.state, row.approved_by) == (ReleaseState.APPROVED, "小林 実")


def test_nothing_leaves_without_an_approval(asked: Any) -> None:
    session = asked.sign_in("S-0142")
    assert code_of(session, TakeRelease("R-0001", "print")) == "releases.no_such_step"
    assert "released" not in events(session)


def test_the_letters_leave_once_with_their_names_right(asked: Any, ask: Ask) -> None:
    session = approved(asked)
    answer = ask(session, TakeRelease("R-0001", "print"))
    assert answer.pages == 5
    pages = [page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages]
    for page, name in zip(pages, ("𠮷田", "髙橋", "辻󠄀", "葛󠄀城", "桜庭"), strict=True):
        assert name in page
    assert "R-0001-001" in pages[0]
    assert code_of(session, TakeRelease("R-0001", "print")) == "releases.no_such_step"
    assert rows(session, "SELECT count(*) FROM release_sheets WHERE released_on = '2018-08-09'") == [(5,)]
    assert ask(session, PlanLetters("all")).already_sent == 5


def test_no_bytes_go_out_while_the_entry_is_not_on_disk(asked: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    session = approved(asked)

    def power_fails(work: Work) -> None:
        raise OSError("the power failed")

    monkeypatch.setattr(Work, "finish", power_fails)
    with pytest.raises(OSError, match="power"):
        perform(session, TakeRelease("R-0001", "print"))
    monkeypatch.undo()
    assert "released" not in events(session)


def test_data_that_changed_after_the_approval_does_not_leave(asked: Any) -> None:
    session = approved(asked)
    perform(
        session,
        CorrectParticipant("D0001", "address", "東京都新宿区新宿三丁目1番1号", "転居の届出"),
    )
    assert code_of(session, TakeRelease("R-0001", "file")) == "releases.changed"
    assert "released" not in events(session)
    perform(session, CloseRelease("R-0001", Outcome.WITHDRAWN, AUGUST))
    assert perform(session, PlanLetters("all")).answer.ready == 5


def test_a_forged_approval_does_not_open_the_door(asked: Any) -> None:
    session = approved(asked)
    with working(session, "forge") as work:
        work.office.execute(text("UPDATE releases SET decided_by = 'S-0001'"))
    assert code_of(session, TakeRelease("R-0001", "print")) == "releases.approval_broken"
    assert events(session)[-1] == "refused"


def test_an_approval_outlives_the_approvers_account(asked: Any, ask: Ask) -> None:
    perform(approved(asked), SignOut())
    session = asked.sign_in("S-0001")
    perform(session, CloseAccount("S-0150", "退職"))
    assert ask(session, TakeRelease("R-0001", "print")).pages


def test_a_key_that_was_ended_before_the_approval_vouches_for_nothing(asked: Any) -> None:
    perform(approved(asked), SignOut())
    session = asked.sign_in("S-0001")
    with working(session, "forge") as work:
        work.office.execute(text("UPDATE account_keys SET valid_until = valid_from WHERE staff_number = 'S-0150'"))
    assert code_of(session, TakeRelease("R-0001", "print")) == "releases.approver_gone"


def test_a_refusal_says_why_and_frees_the_people(asked: Any, ask: Ask) -> None:
    session = asked.sign_in("S-0150")
    assert code_of(session, RefuseRelease("R-0001", "  ")) == "releases.reason_form"
    ask(session, RefuseRelease("R-0001", "封筒がまだ届いていないため"))
    (row,) = ask(session, ListReleases()).releases
    assert row.state is ReleaseState.REFUSED
    assert ask(session, PlanLetters("all")).ready == 5


def test_what_left_is_closed_as_posted_or_destroyed(asked: Any, ask: Ask) -> None:
    session = approved(asked)
    ask(session, TakeRelease("R-0001", "print"))
    register = ask(session, ListReleases())
    assert (register.out, register.overdue) == (1, 0)
    assert code_of(session, CloseRelease("R-0001", Outcome.WITHDRAWN, AUGUST)) == "releases.wrong_outcome"
    tomorrow = AUGUST + timedelta(days=1)
    assert code_of(session, CloseRelease("R-0001", Outcome.POSTED, tomorrow)) == "releases.closing_day"
    perform(session, SetPracticeDate(AUGUST + timedelta(days=8)))
    assert ask(session, ListReleases()).overdue == 1
    ask(session, CloseRelease("R-0001", Outcome.DESTROYED, AUGUST, "印字がかすれたため"))
    assert ask(session, PlanLetters("all")).ready == 5


def test_a_name_in_the_purpose_is_not_taken_out_of_the_vault(office: Any) -> None:
    session = office.sign_in("S-0142", on=AUGUST)
    fill(session)
    assert code_of(session, RequestLetters("all", "高橋歩さんへの案内")) == "releases.names_somebody"
    with ledger_text(session) as held:
        assert "高橋" not in held


def test_the_auditor_reads_the_register_and_no_manifest(asked: Any, ask: Ask) -> None:
    session = asked.sign_in("W-0001")
    assert len(ask(session, ListReleases()).releases) == 1
    assert code_of(session, ShowManifest("R-0001")) == "door.not_permitted"
