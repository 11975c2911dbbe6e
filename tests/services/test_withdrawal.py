"""個別消去 at the desk: what blocks it, what goes, what the ledger keeps, what the certificate says."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy.orm import Session as OrmSession

from tests.conftest import Build, Office
from tests.services.desks import AUGUST, WARD_LIST, ledger_rows, rows, take
from tests.storage.plain_pages import holds
from tests.ui.desks import walk
from walkdesk.domain.problem import Problem
from walkdesk.domain.releases import Outcome
from walkdesk.messages.prizes import CancelRequest, LookAtPrizes, RequestPrize, SetPrize, ShipPrizes
from walkdesk.messages.reception import CorrectParticipant, ListParticipants, RevealParticipant, ShowParticipant
from walkdesk.messages.releases import ApproveRelease, CloseRelease, RequestLetters, TakeRelease
from walkdesk.messages.withdrawal import EraseParticipant, ListErasures, MakeErasurePaper, PlanErasure
from walkdesk.services import withdrawal
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.storage.trail import verify_trail

Ask = Callable[[Session, object], Any]
WHO = "D0002"
ERASE = EraseParticipant(WHO, date(2018, 8, 8), "withdrawal", "ｄ0002")


def with_list(office: Office) -> None:
    take(office.sign_in("S-0001", on=AUGUST), "ward_list", WARD_LIST)


@pytest.fixture
def office(office_after: Callable[[Build], Office]) -> Office:
    """9 August 2018, with the ward's list."""
    return office_after(with_list)


@pytest.fixture
def desk(office: Office) -> Session:
    """The manager there."""
    return office.sign_in("S-0001")


def refused(session: Session, message: object) -> str:
    with pytest.raises(Problem) as caught:
        perform(session, message)
    return caught.value.code


def walked(session: Session) -> None:
    """The person has a month, points, a prize that was sent, and corrections."""
    walk(session, WHO)
    perform(session, SetPrize("P-1", "水筒", 10, 20))
    perform(session, RequestPrize(WHO, "P-1"))
    request = perform(session, LookAtPrizes()).answer.requests[0].request
    perform(session, ShipPrizes((request,), AUGUST, "運送", ("9988-7766",)))
    perform(session, CorrectParticipant(WHO, "address", "新宿区百人町1-2-3", "転居"))


def test_the_plan_says_what_goes_and_changes_nothing(desk: Session, ask: Ask) -> None:
    walked(desk)
    before = ledger_rows(desk)
    plan = ask(desk, PlanErasure("ｄ0002"))
    assert {line.kind: line.count for line in plan.lines} == {
        "participants": 1, "step_months": 1, "points_cards": 1, "point_months": 1, "prize_requests": 1,
    }  # fmt: skip
    assert (plan.number, plan.sheets, plan.blocked) == (WHO, 1, None)
    assert ledger_rows(desk) == before


def test_the_person_goes_and_the_ledger_names_nobody(desk: Session, ask: Ask) -> None:
    walked(desk)
    shown = ask(desk, RevealParticipant(WHO))
    name, total = ask(desk, ShowParticipant(WHO)).name, ask(desk, ListParticipants()).total
    stock = rows(desk, "SELECT stock FROM prizes")
    done = ask(desk, ERASE)
    assert refused(desk, ShowParticipant(WHO)) == "reception.unknown_number"
    assert ask(desk, ListParticipants()).total == total - 1
    assert rows(desk, "SELECT stock FROM prizes") == [(stock[0][0] - 1,)]
    event, account, facts = ledger_rows(desk)[done.ledger - 1]
    kept = json.loads(facts)
    assert (event, account, kept["reason"], kept["day"]) == ("individual_erasure", "S-0001", "withdrawal", "2018-08-08")
    assert kept["counts"] == {"provided": 1, "collected": 3, "produced": 1, "paper": 1}
    assert kept["changed"] == done.facts["changed"] > 35
    told = "".join(row[2] for row in ledger_rows(desk))
    assert not any(secret in told for secret in (WHO, name, shown.phone, shown.address))
    assert desk.vault is not None
    with desk.vault.reading() as connection:
        verify_trail(connection, desk.vault.trail_key)
    vault, key = desk.vault.path, desk.vault_key
    assert key is not None
    assert not any(
        holds(vault, key, secret) for secret in (WHO, name, shown.phone, shown.address, "9988-7766", "百人町1")
    )


def test_the_office_opens_afterwards_without_an_alarm(desk: Session, office: Any, ask: Ask) -> None:
    walked(desk)
    ask(desk, ERASE)
    desk.close()
    session = office.sign_in("S-0001")
    assert session.vault is not None and session.book is not None
    seal = last_seal(session)
    session.vault.check_whole(seal)
    assert not [event for event, *_ in ledger_rows(session) if event == "alarm"]


def last_seal(session: Session) -> Any:
    """What the office book sealed last."""
    assert session.book is not None and session.contract is not None
    with OrmSession(session.book.engine) as book:
        return session.book.sealed_point(book, session.contract)


def test_letters_on_the_way_and_a_prize_that_was_not_sent_come_first(desk: Session, office: Any, ask: Ask) -> None:
    walk(desk, WHO)
    ask(desk, SetPrize("P-1", "水筒", 10, 20))
    ask(desk, RequestPrize(WHO, "P-1"))
    assert refused(desk, ERASE) == "withdrawal.prize_waiting"
    plan = ask(desk, PlanErasure(WHO))
    assert plan.blocked is not None and plan.blocked.code == "withdrawal.prize_waiting"
    ask(desk, CancelRequest(ask(desk, LookAtPrizes()).requests[0].request, "取りやめ"))
    release = ask(desk, RequestLetters("all", "参加案内の送付")).facts["release"]
    assert refused(desk, ERASE) == "withdrawal.release_open"
    assert ledger_rows(desk)[-1][0] == "refused"
    desk.close()
    second = office.sign_in("S-0150", on=AUGUST)
    ask(second, ApproveRelease(release))
    assert refused(second, ERASE) == "withdrawal.release_open"
    ask(second, TakeRelease(release, "print"))
    assert refused(second, ERASE) == "withdrawal.release_open"
    ask(second, CloseRelease(release, Outcome.POSTED, AUGUST))
    assert ask(second, ERASE).ledger


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (EraseParticipant("D9999", AUGUST, "withdrawal", "D9999"), "reception.unknown_number"),
        (EraseParticipant(WHO, AUGUST, "withdrawal", "D0003"), "withdrawal.confirm_differs"),
        (EraseParticipant(WHO, AUGUST, "", WHO), "withdrawal.reason_unknown"),
        (EraseParticipant(WHO, AUGUST, "田中様の依頼", WHO), "withdrawal.reason_unknown"),
        (EraseParticipant(WHO, date(2018, 8, 10), "request", WHO), "withdrawal.requested_on"),
        (EraseParticipant(WHO, date(2018, 5, 13), "request", WHO), "withdrawal.requested_on"),
    ],
)
def test_what_is_not_sure_is_not_erased(desk: Session, message: EraseParticipant, code: str) -> None:
    before = rows(desk, "SELECT count(*) FROM participants")
    assert refused(desk, message) == code
    assert rows(desk, "SELECT count(*) FROM participants") == before
    event, _, facts = ledger_rows(desk)[-1]
    assert event == "refused" and WHO not in facts


def test_others_who_looked_like_the_person_do_not_any_more(desk: Session, ask: Ask) -> None:
    assert desk.vault is not None
    with desk.vault.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE participants SET doubts = ? WHERE number = 'D0003'",
            (json.dumps([f"reception.similar_person {WHO}", "reception.age_missing"]),),
        )
        desk.vault.step(connection)
    ask(desk, ERASE)
    assert rows(desk, "SELECT doubts FROM participants WHERE number = 'D0003'") == [('["reception.age_missing"]',)]
    history = ask(desk, ShowParticipant("D0003")).history
    assert [line.field for line in history].count("erased") == 2
    assert not rows(desk, "SELECT 1 FROM trail_values WHERE before LIKE :n OR after LIKE :n", n=f"%{WHO}%")


def test_the_certificate_is_of_grade_c_and_names_nobody(desk: Session, ask: Ask) -> None:
    walked(desk)
    name = ask(desk, ShowParticipant(WHO)).name
    done = ask(desk, ERASE)
    row = ask(desk, ListErasures()).rows[0]
    assert (row.number, row.ledger, row.records) == (done.facts["number"], done.ledger, 5)
    paper = ask(desk, MakeErasurePaper(row.number))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.pdf)).pages)
    plain = "".join(text.split())
    assert paper.pages == 1
    for words in (
        row.number,
        "個別消去証明書",
        "C消去しましたが",
        "契約鍵の破棄",
        "参加の取りやめ",
        f"第{done.ledger}号",
    ):
        assert words in plain
    assert "復元" not in plain and WHO not in plain and "".join(name.split()) not in plain
    assert ledger_rows(desk)[-1][0] == "individual_certificate_made"
    assert refused(desk, MakeErasurePaper("PE-1999-001")) == "withdrawal.unknown_erasure"


def test_an_erasure_that_was_cut_before_its_completion_is_completed_from_the_trail(
    desk: Session, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*_: object) -> int:
        raise OSError(5, "the power failed")

    # The vault has the erasure, the ledger only its intent.
    real = withdrawal._record_done
    monkeypatch.setattr(withdrawal, "_record_done", lambda work, *rest: (work.settle(), cut())[1])
    with pytest.raises(OSError):
        perform(desk, ERASE)
    monkeypatch.setattr(withdrawal, "_record_done", real)
    assert [event for event, *_ in ledger_rows(desk)][-1] == "individual_erasure_begun"
    (row,) = ask(desk, ListErasures()).rows
    assert row.records == 1
    assert len(ask(desk, ListErasures()).rows) == 1

    # And one of which nothing came.
    monkeypatch.setattr(withdrawal, "_erase", cut)
    with pytest.raises(OSError):
        perform(desk, EraseParticipant("D0003", AUGUST, "request", "D0003"))
    assert len(ask(desk, ListErasures()).rows) == 1
    event, _, facts = ledger_rows(desk)[-1]
    assert event == "effect_missing" and json.loads(facts)["action"] == "EraseParticipant"
    assert ask(desk, ShowParticipant("D0003")).number == "D0003"
