"""The auditor's desk: the ledger as it is, certificates checked, the erasure confirmed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.conftest import Office
from tests.services.closing_desk import LAST_DAY, PEOPLE, code_of, erased, events, office_of
from walkdesk.domain.contract import ContractState
from walkdesk.ledger.verification import hold, verify_ledger_export
from walkdesk.messages.audit import (
    AcknowledgeErasure,
    CheckCertificate,
    CheckLedger,
    ExportLedger,
    LookAtAudit,
    ReadLedger,
)
from walkdesk.messages.door import SignOut
from walkdesk.services.perform import perform
from walkdesk.services.session import Session, working

Ask = Callable[[Session, object], Any]


@pytest.fixture(scope="module")
def finished(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office whose contract is erased, made once; nobody is in."""
    folder = tmp_path_factory.mktemp("finished") / "office"
    office = office_of(folder, _template)
    perform(erased(office), SignOut())
    return folder


@pytest.fixture
def auditor(finished: Path, tmp_path: Path) -> Any:
    """The ward's auditor at the desk of that office."""
    office = office_of(tmp_path / "finished", finished)
    yield office.sign_in("W-0001")
    office.close()


def contract_of(session: Session) -> str:
    return str(perform(session, LookAtAudit()).answer.certificates[0])


def checks(answer: Any) -> dict[str, bool | None]:
    return {line.code: line.holds for line in answer.checks}


def test_the_board_shows_what_there_is(auditor: Session, ask: Ask) -> None:
    board = ask(auditor, LookAtAudit())
    assert len(board.contracts) == len(board.certificates) == 1
    assert board.entries == len(events(auditor))
    assert board.alarms == 0
    assert len(board.fingerprint) > 26


def test_the_ledger_reads_newest_first_by_page_and_event(auditor: Session, ask: Ask) -> None:
    page = ask(auditor, ReadLedger(limit=10))
    assert len(page.rows) == 10
    assert page.total == page.rows[0].sequence == page.checkpoint_sequence
    assert page.rows[0].sequence > page.rows[-1].sequence
    rest = ask(auditor, ReadLedger(offset=10, limit=10))
    assert rest.rows[0].sequence == page.rows[-1].sequence - 1
    (released,) = ask(auditor, ReadLedger(event="released")).rows
    assert released.who == "副責任者　山口 直子"
    assert released.contract == "30-HP-0001"
    assert "release=R-0001" in released.facts
    everything = ask(auditor, ReadLedger(limit=1000))
    for number, name, _, address, *_ in PEOPLE:
        for row in everything.rows:
            assert name not in row.facts and number not in row.facts and address not in row.facts


def test_a_certificate_holds_against_its_ledger(auditor: Session, ask: Ask) -> None:
    page = ask(auditor, ReadLedger())
    answer = ask(auditor, CheckCertificate(contract_of(auditor), page.checkpoint))
    found = checks(answer)
    assert all(holds is not False for holds in found.values()), found
    for code in ("signature", "judgement", "order", "chain", "evidence", "checkpoint", "state", "paper"):
        assert found[code] is True, code
    assert found["key"] is None
    assert (answer.number, answer.grade, answer.result) == ("DC-2018-001", "C", "with_exceptions")
    assert "clock_of_the_pc" in answer.not_covered


def test_a_checkpoint_of_another_ledger_does_not_hold(auditor: Session, ask: Ask) -> None:
    page = ask(auditor, ReadLedger())
    foreign = page.checkpoint.replace(" ", "").replace("-", "")
    foreign = ("A" if foreign[0] != "A" else "B") + foreign[1:]
    assert checks(ask(auditor, CheckCertificate(contract_of(auditor), foreign)))["state"] is False
    assert checks(ask(auditor, CheckCertificate(contract_of(auditor))))["state"] is None


def test_a_ledger_that_was_rewritten_shows(auditor: Session, ask: Ask) -> None:
    contract = contract_of(auditor)
    with working(auditor, "forge") as work:
        work.office.execute(text("UPDATE ledger SET account = 'S-0142' WHERE event = 'keys_destroyed'"))
    found = checks(ask(auditor, CheckCertificate(contract)))
    assert found["chain"] is False
    assert found["evidence"] is False


def test_a_certificate_that_was_changed_shows(auditor: Session, ask: Ask) -> None:
    contract = contract_of(auditor)
    with working(auditor, "forge") as work:
        work.office.execute(text("UPDATE certificates SET signature = zeroblob(64)"))
    assert checks(ask(auditor, CheckCertificate(contract)))["signature"] is False


def test_the_ward_confirms_once(auditor: Session, ask: Ask) -> None:
    contract = contract_of(auditor)
    assert code_of(auditor, AcknowledgeErasure(contract, "", "森 由紀")) == "audit.officer_form"
    ask(auditor, AcknowledgeErasure(contract, "健康づくり課 主任", "森 由紀", "証明書とPCを確認"))
    (card,) = ask(auditor, LookAtAudit()).contracts
    assert card.state is ContractState.ACKNOWLEDGED
    assert events(auditor)[-1] == "erasure_acknowledged"
    again = AcknowledgeErasure(contract, "健康づくり課 主任", "森 由紀")
    assert code_of(auditor, again) == "contracts.no_such_step"


def test_only_the_ward_confirms_and_handlers_read_no_ledger(finished: Path, tmp_path: Path) -> None:
    office = office_of(tmp_path / "staff", finished)
    manager = office.sign_in("S-0001")
    contract = contract_of(manager)
    assert code_of(manager, AcknowledgeErasure(contract, "取扱責任者", "田中 康夫")) == "door.not_permitted"
    perform(manager, SignOut())
    handler = office.sign_in("S-0142")
    for message in (LookAtAudit(), ReadLedger(), CheckLedger(), CheckCertificate(contract), ExportLedger()):
        assert code_of(handler, message) == "door.not_permitted"
    office.close()


def test_the_exported_ledger_verifies_without_the_office(auditor: Session, ask: Ask) -> None:
    export = ask(auditor, ExportLedger())
    assert export.file_name.startswith("ledger-2019-03-31")
    assert hold(verify_ledger_export(export.data))
    assert events(auditor)[-1] == "ledger_exported"
    broken = export.data.replace(b'"S-0142"', b'"S-0143"', 1)
    assert not hold(verify_ledger_export(broken))


def test_before_the_erasure_there_is_nothing_to_confirm(office: Office) -> None:
    session = office.sign_in("W-0001", on=LAST_DAY)
    (card,) = perform(session, LookAtAudit()).answer.contracts
    message = AcknowledgeErasure(card.contract, "主任", "森 由紀")
    assert code_of(session, message) == "contracts.no_such_step"
