"""Erasure on real files: every step survives a crash, and the certificate says no more than what was done."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.conftest import Office
from tests.services.closing_desk import (
    NUMBER,
    PEOPLE,
    code_of,
    erased,
    events,
    ledger_text,
    office_of,
    ready_to_erase,
)
from tests.services.desks import ledger_rows
from walkdesk.domain.contract import ContractState
from walkdesk.ledger.certificate import parse_certificate
from walkdesk.ledger.verification import hold, verify_certificate, verify_pdf
from walkdesk.messages.closeout import (
    AccountForToken,
    EraseVault,
    LookAtCloseOut,
    MakeCertificate,
    ResumeErasure,
    TakeCertificate,
)
from walkdesk.messages.door import EnterContract, SignOut
from walkdesk.services import erasure
from walkdesk.services.perform import perform
from walkdesk.services.session import Session, Work
from walkdesk.storage import shares

Ask = Callable[[Session, object], Any]
STEPS = ["erasure_intent", "keys_destroyed", "files_removed", "erasure_verified", "certificate_issued"]


class PowerCut(BaseException):
    """The PC stops: nobody tidies up after this."""


@pytest.fixture(scope="module")
def approved(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office on the evening before its erasure, made once; nobody is in."""
    folder = tmp_path_factory.mktemp("approved") / "office"
    office = office_of(folder, _template)
    perform(ready_to_erase(office), SignOut())
    return folder


@pytest.fixture
def evening(approved: Path, tmp_path: Path) -> Any:
    """A copy of that office."""
    office = office_of(tmp_path / "evening", approved)
    yield office
    office.close()


def contract_of(session: Session) -> str:
    return str(perform(session, LookAtCloseOut()).answer.card.contract)


def files_of(office: Office) -> list[str]:
    return sorted(path.name for path in (office.folder.path / "contracts").rglob("*"))


def steps_in(session: Session) -> list[str]:
    return [event for event in events(session) if event in STEPS]


def test_nothing_is_left_and_the_certificate_says_so(evening: Office, ask: Ask) -> None:
    session = evening.sign_in("S-0150")
    contract = contract_of(session)
    vault = evening.folder.vault(contract)
    assert vault.exists()
    done = ask(session, EraseVault(NUMBER))
    assert done.facts["number"] == "DC-2018-001"
    assert files_of(evening) == []
    assert list(evening.tokens.iterdir()) == []
    assert session.vault is None and session.vault_key is None and session.share is None
    assert steps_in(session) == STEPS
    board = ask(session, LookAtCloseOut(contract))
    assert (board.card.state, board.participants, board.certificate) == (ContractState.ERASED, 6, "DC-2018-001")
    taken = ask(session, TakeCertificate(contract))
    assert hold(verify_certificate(taken.json, taken.signature, taken.public_key))
    certificate = parse_certificate(taken.json)
    assert certificate.keys["unlock_refused"] is True
    assert certificate.keys["slots_readable"] == 0
    assert certificate.keys["slots"] == 4
    assert certificate.keys["share_disposal"] == "overwritten"
    assert certificate.files["files_left"] == 0
    assert certificate.files["files"] >= 2
    assert (certificate.result, certificate.grade) == ("with_exceptions", "C")
    assert set(certificate.exceptions) == {"hunt_not_performed", "verifier_is_operator"}
    assert certificate.counts["participants"] == 6


def test_the_paper_carries_the_truth_and_does_not_promise_more(evening: Office, ask: Ask) -> None:
    session = evening.sign_in("S-0150")
    contract = contract_of(session)
    ask(session, EraseVault(NUMBER))
    paper = ask(session, MakeCertificate(contract))
    assert hold(verify_pdf(paper.pdf))
    facts = json.loads(ledger_rows(session)[-1][2])
    assert facts["pdf_digest"] == erasure.make_certificate.__globals__["digest"](paper.pdf)
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(paper.pdf)).pages)
    assert paper.pages == 2
    assert "復元不可能" not in text
    assert "例外あり" in text
    assert ask(session, MakeCertificate(contract)).pdf == paper.pdf
    with ledger_text(session) as held:
        for number, name, _, address, *_ in PEOPLE:
            assert name not in held and name not in text
            assert address not in held
            assert number not in text


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", range(5), ids=STEPS)
def test_a_power_cut_at_any_commit_is_made_good(
    evening: Office, monkeypatch: pytest.MonkeyPatch, step: int, after: bool
) -> None:
    session = evening.sign_in("S-0150")
    contract = contract_of(session)
    settle = Work.settle
    commits = 0

    def cut(work: Work) -> None:
        nonlocal commits
        if commits == step:
            if after:
                settle(work)
            raise PowerCut
        commits += 1
        settle(work)

    monkeypatch.setattr(Work, "settle", cut)
    with pytest.raises(PowerCut):
        perform(session, EraseVault(NUMBER))
    monkeypatch.undo()
    session.close()
    again = evening.sign_in("S-0001")
    if step == 0 and not after:
        assert steps_in(again) == []
        perform(again, EraseVault(NUMBER))
    elif step == 4 and after:
        assert code_of(again, ResumeErasure(contract)) == "contracts.wrong_state"
    else:
        assert again.vault is None
        perform(again, ResumeErasure(contract))
    assert steps_in(again) == STEPS
    assert files_of(evening) == []
    assert list(evening.tokens.iterdir()) == []
    taken = perform(again, TakeCertificate(contract)).answer
    assert hold(verify_certificate(taken.json, taken.signature, taken.public_key))
    certificate = parse_certificate(taken.json)
    assert certificate.keys["slots"] == 4
    assert certificate.keys["share_disposal"] == "overwritten"
    assert certificate.files["bytes"] > 100_000
    assert certificate.failures == []


@pytest.mark.parametrize(
    "place", ["overwrite", "destroy_slots", "_unlock_refused", "overwrite_and_remove", "remove_folder"]
)
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_power_cut_inside_a_step_is_made_good(
    evening: Office, monkeypatch: pytest.MonkeyPatch, place: str, after: bool
) -> None:
    session = evening.sign_in("S-0150")
    contract = contract_of(session)
    module = shares if place == "overwrite" else erasure
    real = getattr(module, place)

    def cut(*given: Any) -> None:
        if after:
            real(*given)
        raise PowerCut

    monkeypatch.setattr(module, place, cut)
    with pytest.raises(PowerCut):
        perform(session, EraseVault(NUMBER))
    monkeypatch.undo()
    session.close()
    again = evening.sign_in("S-0150")
    perform(again, ResumeErasure(contract))
    assert steps_in(again) == STEPS
    assert files_of(evening) == []
    assert list(evening.tokens.iterdir()) == []
    certificate = parse_certificate(perform(again, TakeCertificate(contract)).answer.json)
    assert (certificate.keys["slots"], certificate.keys["share_disposal"]) == (4, "overwritten")
    assert certificate.files["files"] >= 2


def test_another_person_who_finishes_is_the_verifier(evening: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    session = evening.sign_in("S-0150")
    contract = contract_of(session)
    monkeypatch.setattr(erasure, "remove_folder", lambda folder: (_ for _ in ()).throw(PowerCut))
    with pytest.raises(PowerCut):
        perform(session, EraseVault(NUMBER))
    monkeypatch.undo()
    session.close()
    again = evening.sign_in("S-0001")
    perform(again, ResumeErasure(contract))
    certificate = parse_certificate(perform(again, TakeCertificate(contract)).answer.json)
    assert (certificate.operator["account"], certificate.verifier["account"]) == ("S-0150", "S-0001")
    assert certificate.exceptions == ["hunt_not_performed"]


def test_the_number_is_typed_by_hand_and_a_slip_is_evidence(evening: Office) -> None:
    session = evening.sign_in("S-0150")
    assert code_of(session, EraseVault("30-HP-0002")) == "erasure.number_differs"
    assert events(session)[-1] == "refused"
    assert session.vault is not None
    perform(session, EraseVault(f" {NUMBER} "))


def test_a_token_that_is_not_here_stops_before_anything_begins(evening: Office) -> None:
    session = evening.sign_in("S-0150")
    (token,) = evening.tokens.glob("*.json")
    kept = token.read_bytes()
    token.unlink()
    assert code_of(session, EraseVault(NUMBER)) == "erasure.token_needed"
    assert steps_in(session) == []
    token.write_bytes(kept)
    perform(session, EraseVault(NUMBER))


def test_a_destroyed_token_makes_grade_a(evening: Office, ask: Ask) -> None:
    session = evening.sign_in("S-0150")
    contract = contract_of(session)
    ask(session, AccountForToken("destroyed", "健康づくり課 森 由紀"))
    assert code_of(session, EraseVault(NUMBER)) == "erasure.token_still_here"
    for file in evening.tokens.iterdir():
        file.unlink()
    ask(session, EraseVault(NUMBER))
    certificate = parse_certificate(ask(session, TakeCertificate(contract)).json)
    assert (certificate.keys["share_disposal"], certificate.grade) == ("physical", "A")
    assert certificate.statement == "procedure_only"
    assert hold(verify_pdf(ask(session, MakeCertificate(contract)).pdf))


def test_a_vault_that_changed_after_the_return_is_not_erased(evening: Office) -> None:
    session = evening.sign_in("S-0150")
    assert session.vault is not None
    with session.vault.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM point_months WHERE participant_id = 1")
    assert code_of(session, EraseVault(NUMBER)) == "closeout.counts_changed"
    assert steps_in(session) == []


def test_once_erased_nobody_opens_it_again(evening: Office) -> None:
    session = evening.sign_in("S-0150")
    contract = contract_of(session)
    perform(session, EraseVault(NUMBER))
    assert code_of(session, EnterContract(contract)) == "contracts.vault_gone"
    assert code_of(session, EraseVault(NUMBER)) == "door.no_vault"
    perform(session, SignOut())
    again = evening.sign_in("S-0142")
    assert again.vault is None
    assert code_of(again, ResumeErasure(contract)) == "door.not_permitted"


def test_no_certificate_before_the_erasure(evening: Office) -> None:
    session = evening.sign_in("S-0150")
    assert code_of(session, TakeCertificate(contract_of(session))) == "erasure.no_certificate"


def test_the_helper_of_the_other_tests_erases(office: Any) -> None:
    assert steps_in(erased(office)) == STEPS
