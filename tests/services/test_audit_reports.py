"""取扱状況報告書 and 監査資料: right figures from the evidence, and nobody's data in any of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader
from sqlalchemy import text

from tests.conftest import FIRST_DAY, PASSWORD, Build, Office
from tests.journeys.canary import CARD, HOUSE, NAME, OTHER, STREET, WORDS
from tests.leaks import carried, pdf_text, tells
from tests.services.closing_desk import LAST_DAY, code_of, crowd, fill, letters_out, with_report, with_returns
from tests.services.desks import AUGUST, ledger_rows
from tests.services.registerdesk import entered
from walkdesk.domain.participants import Programme
from walkdesk.domain.problem import Problem
from walkdesk.domain.registers import REGISTERS, Register
from walkdesk.messages.audit import AuditPack, MakeAuditPack, MakeStatusReport
from walkdesk.messages.closeout import AccountForToken, ApproveErasure, DeliverReport, EraseVault
from walkdesk.messages.contracts import PrepareContract
from walkdesk.messages.door import SignIn, SignOut
from walkdesk.messages.papers import MakeReport
from walkdesk.messages.reception import CommitImport, PreviewImport, RevealParticipant
from walkdesk.messages.withdrawal import EraseParticipant
from walkdesk.services.perform import perform
from walkdesk.services.session import Session, working

Ask = Callable[[Session, object], Any]
Rows = list[tuple[Any, ...]]


def sheets(pack: AuditPack) -> dict[str, Rows]:
    """Each sheet's rows below its headings."""
    book = openpyxl.load_workbook(BytesIO(pack.workbook.data))
    return {
        sheet.title: [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=3)]
        for sheet in book.worksheets
    }


def figures(pack: AuditPack) -> dict[str, Any]:
    """The first sheet, value by label."""
    return {str(row[1]): row[2] for row in sheets(pack)["概要"]}


def signed_out(session: Session) -> None:
    perform(session, SignOut())


def with_everything(office: Office) -> None:
    session = office.sign_in("S-0001")
    for register in Register:
        entered(session, register)
    signed_out(session)
    session = office.sign_in("S-0001", AUGUST)
    fill(session, crowd(12))
    signed_out(session)
    letters_out(office)


@pytest.fixture
def busy(office_after: Callable[[Build], Office]) -> Office:
    """People, a release, lines in every register; nobody is in."""
    return office_after(with_everything)


# What stands in them


def test_the_workbook_has_a_sheet_for_each_part(busy: Office, ask: Ask) -> None:
    found = sheets(ask(busy.sign_in("S-0001"), MakeAuditPack()))
    registers = [f"台帳 {rule.japanese}" for rule in REGISTERS.values()]
    assert list(found) == ["概要", "従事者", "教育", "提供・持出し", *registers, "証跡", "対策"]
    assert all(found.values()), [name for name, rows in found.items() if not rows]
    assert [row[1] for row in found["従事者"]] == ["田中 康夫", "佐藤 恵", "山口 直子", "小林 実", "森 由紀"]
    assert found["提供・持出し"][0][:4] == ("R-0001", "本人宛の文書", "本人", 12)
    (paper,) = found["台帳 紙媒体"]
    assert paper[:4] == ("P-0001", "30-HP-0001", "申込書", datetime(2018, 5, 14)) and 120 in paper  # noqa: DTZ001
    assert all(row[3] is None for row in found["対策"])


def test_paper_and_workbook_say_the_same(busy: Office, ask: Ask) -> None:
    pack = ask(busy.sign_in("S-0001"), MakeAuditPack())
    words = pdf_text(pack.paper.pdf)
    for row in sheets(pack)["対策"]:
        assert "".join(f"{row[1]}".split()) in words
    for row in sheets(pack)["証跡"]:
        assert "".join(f"{row[3]}".split()) in words
    assert figures(pack)["つながりの検査"].replace(" ", "") in words


def test_desk_figures_come_from_the_ledger_and_the_door(busy: Office, ask: Ask) -> None:
    door = busy.door()
    for _ in range(2):
        assert code_of(door, SignIn("S-0142", "ちがうパスワードです")) == "door.wrong_password"
    handler = busy.sign_in("S-0142")
    perform(handler, RevealParticipant("D0003"))
    assert code_of(handler, MakeAuditPack()) == "door.not_permitted"
    signed_out(handler)
    manager = busy.sign_in("S-0001")
    found = figures(ask(manager, MakeAuditPack()))
    signed = [event for event, *_ in ledger_rows(manager)].count("signed_in")
    assert found["サインイン　回数"] == signed
    assert found["サインインの拒否（番号かパスワードが違うなど）　回数"] == 2
    assert (found["非表示情報の閲覧　回数"], found["操作の拒否（権限がない）　回数"]) == (1, 1)
    assert (found["本人宛の文書　回数"], found["本人宛の文書　枚数・件数"]) == (1, 12)
    assert (found["紙媒体　継続中"], found["持出し　うち期限超過"], found["立入り調査　終了"]) == (1, 1, 1)


def test_a_small_count_is_hidden_everywhere(office: Office, ask: Ask) -> None:
    session = office.sign_in("S-0001", AUGUST)
    fill(session, crowd(4))
    signed_out(session)
    letters_out(office)
    session = office.sign_in("S-0001")
    pack = ask(session, MakeAuditPack())
    found = figures(pack)
    assert found["提供　電子の記録（件）"] == "＊" and found["収集　電子の記録（件）"] == 8
    assert found["本人宛の文書　枚数・件数"] == "＊"
    assert sheets(pack)["提供・持出し"][0][3] == "＊"
    for row in sheets(pack)["証跡"]:
        if row[3] in ("封印", "提供・持出し", "提供・持出しの申請", "提供・持出しの完了"):
            told = dict(part.split("=", 1) for part in str(row[4]).split() if "=" in part)
            assert told.get("count", "＊") == "＊"
            counts = dict(one.split(":") for one in told.get("counts", "").split(",") if one)
            assert all(number == "＊" or int(number) not in range(1, 5) for number in counts.values()), row


def test_only_the_period_and_only_this_contract_are_in_it(busy: Office, ask: Ask) -> None:
    session = busy.sign_in("S-0001")
    here = perform(session, MakeAuditPack()).answer
    contract = session.contract
    assert contract is not None
    early = ask(session, MakeAuditPack(contract, date(2018, 4, 1), FIRST_DAY))
    days = {row[1].date() for row in sheets(early)["証跡"]}
    assert days == {FIRST_DAY} and len(sheets(early)["証跡"]) < len(sheets(here)["証跡"])
    assert not sheets(early)["提供・持出し"] and figures(early)["サインイン　回数"] < figures(here)["サインイン　回数"]
    walk = PrepareContract(
        Programme.CITY_WALK, "30-CW-0007", date(2018, 8, 9), date(2018, 12, 28), "新宿区長", "健康部健康づくり課", ""
    )
    perform(session, walk)
    entered(session, Register.COPIES, what="会場図の写し")
    again = ask(session, MakeAuditPack(contract))
    assert "手順書の写し" in pdf_text(again.paper.pdf)
    assert "30-CW-0007" not in pdf_text(again.paper.pdf) and "会場図" not in pdf_text(again.paper.pdf)
    other = ask(session, MakeAuditPack())
    assert "会場図" in pdf_text(other.paper.pdf) and "手順書の写し" not in pdf_text(other.paper.pdf)
    # The other programme has its own measures.
    assert "受付名簿" in str(sheets(other)["対策"]) and "受付名簿" not in str(sheets(again)["対策"])


def test_days_that_make_no_period_are_refused(manager: Session) -> None:
    contract = manager.contract or ""
    for start, end, code in (
        (date(2018, 5, 14), date(2018, 5, 13), "audit.period_backwards"),
        (date(2018, 4, 1), date(2018, 5, 15), "audit.period_future"),
    ):
        with pytest.raises(Problem, match=code.replace(".", r"\.")):
            perform(manager, MakeStatusReport(contract, start, end))
    assert code_of(manager, MakeStatusReport("nobody")) == "closeout.unknown_contract"


def test_without_days_it_is_the_fiscal_year_up_to_today(office: Office, ask: Ask) -> None:
    pack = ask(office.sign_in("S-0001", AUGUST), MakeAuditPack())
    assert figures(pack)["対象の期間"] == "平成30年4月1日から平成30年8月9日まで"
    pack = ask(office.sign_in("W-0001", date(2019, 6, 3)), MakeAuditPack())
    assert figures(pack)["対象の期間"] == "平成30年4月1日から平成31年3月31日まで"


# Evidence of the evidence


def test_the_ledger_keeps_what_was_made_and_the_paper_its_checkpoint(manager: Session, ask: Ask) -> None:
    report = ask(manager, MakeStatusReport())
    pack = ask(manager, MakeAuditPack())
    rows = {event: facts for event, _, facts in ledger_rows(manager)}
    assert hashlib.sha256(report.pdf).hexdigest() in rows["status_report_made"]
    assert hashlib.sha256(pack.paper.pdf).hexdigest() in rows["audit_pack_made"]
    assert hashlib.sha256(pack.workbook.data).hexdigest() in rows["audit_pack_made"]
    checkpoint = figures(pack)["照合値"]
    assert checkpoint in pdf_text(pack.paper.pdf) and checkpoint.replace("-", "") in rows["audit_pack_made"]
    assert report.file_name.endswith("-TJ01.pdf") and ask(manager, MakeStatusReport()).file_name.endswith("-TJ02.pdf")


def test_a_status_report_is_not_the_report_of_the_year(office: Office) -> None:
    session = office.sign_in("S-0001", LAST_DAY)
    perform(session, MakeStatusReport())
    perform(session, MakeAuditPack())
    assert code_of(session, DeliverReport(LAST_DAY, "31新健健第12号")) == "contracts.needs_open"
    number = perform(session, MakeReport()).answer.file_name
    assert "RP01" in number


def test_a_ledger_that_was_rewritten_shows(busy: Office, ask: Ask) -> None:
    session = busy.sign_in("S-0001")
    with working(session, "forge") as work:
        work.office.execute(text("UPDATE ledger SET account = 'S-0142' WHERE event = 'released'"))
    assert "合いません" in figures(ask(session, MakeAuditPack()))["つながりの検査"]


def test_what_the_auditor_makes_is_signed_by_nobody_of_the_contractor(busy: Office, ask: Ask) -> None:
    auditor = busy.sign_in("W-0001")
    pdf = ask(auditor, MakeStatusReport()).pdf
    first = "".join(PdfReader(BytesIO(pdf)).pages[0].extract_text().split())
    assert "健康づくり課森由紀（区監査員）" in first
    head = first.partition("取扱状況報告書")[0]
    assert "森由紀" not in head and "田中康夫" not in head


# Nobody's data


def canaries(folder: Path, office: Office) -> Session:
    """The canary and her child in everything that the office does; the manager is at the desk."""
    address = f"東京都新宿区新宿{STREET}\u3000{HOUSE}"
    her: tuple[Any, ...] = (CARD, NAME, "160-0022", address, 71, "female", "card", [])
    child: tuple[Any, ...] = ("D9002", OTHER, "160-0022", address, 45, "other", "card", [])
    session = office.sign_in("S-0001", AUGUST)
    fill(session, [her, *crowd(8), child])
    lines = ["受付番号,氏名,郵便番号,住所,年齢,性別,電話番号", f"D9003,鵺塚 三花,1600022,{address},30,女,070-0777-0888"]
    (folder / "鵺塚.csv").write_bytes("\r\n".join(lines).encode("cp932"))
    preview = perform(session, PreviewImport("ward_list", str(folder / "鵺塚.csv"), "")).answer
    perform(session, CommitImport(preview.ticket, "鵺塚の名簿"))
    perform(session, RevealParticipant(CARD))
    perform(session, EraseParticipant("D9002", AUGUST, "withdrawal", "D9002"))
    for register in Register:
        entered(session, register)
    assert code_of(session, MakeStatusReport(NAME)) == "closeout.unknown_contract"
    signed_out(session)
    letters_out(office)
    return office.sign_in("S-0001")


def names_nobody(answer: Any) -> None:
    """No word of hers in text, cells, properties or raw bytes; nor the number that she has here."""
    parts = list(carried(answer))
    assert parts
    for _, data in parts:
        assert tells(data, WORDS | {"鵺塚"}) == set()
    if isinstance(answer, AuditPack):
        book = openpyxl.load_workbook(BytesIO(answer.workbook.data))
        cells = [str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
        assert len(cells) > 500
        assert not [cell for cell in cells for word in (*WORDS, CARD, "D9002", "D9003") if word in cell]
        assert not [word for word in (CARD, "D9002", "D9003") if word in pdf_text(answer.paper.pdf)]


def test_nobody_is_in_the_papers_from_the_first_entry_to_the_erasure(office: Office, tmp_path: Path, ask: Ask) -> None:
    session = canaries(tmp_path, office)
    names_nobody(ask(session, MakeStatusReport()))
    names_nobody(ask(session, MakeAuditPack()))
    signed_out(session)
    auditor = office.sign_in("W-0001")
    names_nobody(ask(auditor, MakeAuditPack()))
    signed_out(auditor)
    session = office.sign_in("S-0001", LAST_DAY)
    with_report(session)
    with_returns(session)
    perform(session, AccountForToken("overwrite"))
    perform(session, ApproveErasure())
    signed_out(session)
    second = office.sign_in("S-0150")
    perform(second, ApproveErasure())
    perform(second, EraseVault("30-HP-0001"))
    signed_out(second)
    auditor = office.sign_in("W-0001")
    pack = ask(auditor, MakeAuditPack())
    names_nobody(pack)
    assert "消去しました" in figures(pack)["いまの状態"] and figures(pack)["参加者（人）"] == "10"


def test_the_search_would_find_her(busy: Office, ask: Ask) -> None:
    session = busy.sign_in("S-0001")
    with working(session, "plant") as work:
        work.office.execute(text("UPDATE people SET name = :name WHERE staff_number = 'S-0160'"), {"name": NAME})
    pack = ask(session, MakeAuditPack())
    assert [NAME in tells(data, {NAME}) for _, data in carried(pack)] == [True, True]
    assert PASSWORD not in pdf_text(pack.paper.pdf)
