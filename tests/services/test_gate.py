"""Every kind on its whole way: who may ask, what leaves and to whom, and what the gate refuses."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader
from sqlalchemy import text

from tests.services.closing_desk import LAST_DAY, code_of, events, ledger_text, with_report
from tests.services.desks import AUGUST, ledger_rows, rows
from tests.services.gatedesk import (
    a_month_later,
    agreement,
    approved_by,
    city_walk,
    courier,
    desk_in_august,
    insurer,
    opened,
    prizes_wait,
    roster,
    taken,
)
from walkdesk.domain.releases import Outcome, ReleaseKind, ReleaseState
from walkdesk.messages.door import SetPracticeDate, SignOut
from walkdesk.messages.prizes import CancelRequest
from walkdesk.messages.releases import (
    CloseRelease,
    ListReleases,
    LookAtRequest,
    PlanRelease,
    RequestRelease,
    ShowManifest,
    TakeRelease,
)
from walkdesk.messages.today import LookAtToday
from walkdesk.services.perform import perform
from walkdesk.services.session import Session, working

Ask = Callable[[Session, object], Any]
COURIER = RequestRelease(ReleaseKind.COURIER, "courier_list", "景品の発送", recipient="T-0001")


@pytest.fixture
def desk(office: Any) -> Session:
    """A handler in August."""
    return desk_in_august(office)


@pytest.fixture
def walk(desk: Session) -> Session:
    """The same in a City Walk contract."""
    city_walk(desk)
    return desk


def letters(purpose: str = "参加案内") -> RequestRelease:
    return RequestRelease(ReleaseKind.TO_PERSON, "invitation", purpose)


def _tasks(session: Session) -> list[tuple[str, str, str]]:
    return [(task.kind, task.tone, task.place) for task in perform(session, LookAtToday()).answer.tasks]


# 送り状


def test_the_courier_gets_exactly_the_columns_that_a_parcel_needs_in_cp932(office: Any, desk: Session) -> None:
    courier(desk)
    prizes_wait(desk)
    plan = perform(desk, PlanRelease(ReleaseKind.COURIER, "courier_list")).answer
    # 𠮷 and a selector are not in cp932: these rows stop with their reason, and no parcel has a question mark.
    assert plan.ready == 2
    assert [(row.number, row.reason.values["character"]) for row in plan.stopped] == [("D0001", "𠮷"), ("U0001", "葛󠄀")]
    release = approved_by(office, desk, COURIER)
    released = taken(desk, release)
    page = opened(released)
    (file,) = page.files
    read = list(csv.reader(io.StringIO(file.data.decode("cp932"))))
    assert read[0] == ["印刷番号", "郵便番号", "住所", "氏名", "電話番号", "品名"]
    assert [(row[0], row[3]) for row in read[1:]] == [("R-0001-001", "髙橋 歩"), ("R-0001-002", "桜庭 実")]
    assert page.facts.recipient == "歩々運輸" and page.facts.account.startswith("S-0142") and page.facts.due
    assert "歩々運輸".encode() not in ledger_rows(desk)[-1][2].encode()
    with ledger_text(desk) as held:
        assert "髙橋" not in held


def test_without_a_receiver_with_consent_nothing_is_asked_for(desk: Session) -> None:
    prizes_wait(desk)
    assert code_of(desk, COURIER) == "releases.recipient_gone"
    nobody = RequestRelease(ReleaseKind.COURIER, "courier_list", "景品の発送")
    assert code_of(desk, nobody) == "releases.recipient_missing"
    insurer(desk)
    other = RequestRelease(ReleaseKind.COURIER, "courier_list", "景品の発送", recipient="T-0002")
    assert code_of(desk, other) == "releases.recipient_gone"
    assert events(desk)[-3:] == ["refused"] * 3


def test_a_consent_that_ran_out_stops_what_is_approved(office: Any, desk: Session, ask: Ask) -> None:
    courier(desk, until=AUGUST + timedelta(days=3))
    prizes_wait(desk)
    release = approved_by(office, desk, COURIER)
    perform(desk, SetPracticeDate(AUGUST + timedelta(days=4)))
    assert not ask(desk, LookAtRequest()).recipients
    assert code_of(desk, TakeRelease(release, "file")) == "releases.recipient_gone"
    assert events(desk)[-1] == "refused" and "released" not in events(desk)


def test_a_parcel_that_was_cancelled_after_the_approval_does_not_leave(office: Any, desk: Session) -> None:
    courier(desk)
    prizes_wait(desk)
    release = approved_by(office, desk, COURIER)
    perform(desk, CancelRequest(2, "本人の申出"))
    assert code_of(desk, TakeRelease(release, "file")) == "releases.changed"


def test_another_receiver_written_in_after_the_approval_does_not_get_it(office: Any, desk: Session) -> None:
    courier(desk)
    prizes_wait(desk)
    release = approved_by(office, desk, COURIER)
    with working(desk, "forge") as work:
        work.office.execute(text("UPDATE releases SET recipient = ''"))
    assert code_of(desk, TakeRelease(release, "file")) == "releases.approval_broken"


def test_a_courier_file_is_not_printed_and_never_leaves_plain(office: Any, desk: Session) -> None:
    courier(desk)
    prizes_wait(desk)
    release = approved_by(office, desk, COURIER)
    assert code_of(desk, TakeRelease(release, "print")) == "releases.way"
    released = taken(desk, release)
    assert "髙橋".encode("cp932") not in released.data and "髙橋".encode() not in released.data
    assert released.passphrase and released.passphrase.encode() not in released.data
    assert released.slip is not None and "髙橋" not in PdfReader(io.BytesIO(released.slip.pdf)).pages[0].extract_text()
    with ledger_text(desk) as held:
        assert released.passphrase not in held


def test_parcels_on_their_way_are_not_asked_for_twice(office: Any, desk: Session, ask: Ask) -> None:
    courier(desk)
    prizes_wait(desk)
    approved_by(office, desk, COURIER)
    plan = ask(desk, PlanRelease(ReleaseKind.COURIER, "courier_list"))
    assert (plan.ready, plan.sent) == (0, 2)
    assert code_of(desk, COURIER) == "releases.nobody"


# 傷害保険, 当日受付名簿, other removals


def test_the_insurer_gets_a_workbook_with_names_as_they_are(office: Any, walk: Session) -> None:
    insurer(walk)
    message = RequestRelease(ReleaseKind.INSURANCE, "insurance_roster", "保険の加入", recipient="T-0002")
    released = taken(walk, approved_by(office, walk, message))
    (file,) = opened(released).files
    book = openpyxl.load_workbook(io.BytesIO(file.data))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["印刷番号", "氏名", "性別"]
    assert [sheet.cell(row, 2).value for row in range(2, 8)][0] == "𠮷田 光子"
    assert "R-0001" in str([cell.value for cell in book.worksheets[1]["B"]])


def test_the_roster_of_the_day_is_carried_by_name_in_a_lock_bag_and_is_back_by_its_hour(
    office: Any, walk: Session, ask: Ask
) -> None:
    release = approved_by(office, walk, roster())
    assert code_of(walk, TakeRelease(release, "print")) == "releases.bag_missing"
    released = taken(walk, release, "print", bag=True)
    words = PdfReader(io.BytesIO(released.data)).pages[0].extract_text()
    for told in ("R-0001", "佐藤", "S-0142", "𠮷田", "23:59", "練習"):
        assert told in words
    assert "東京都" not in words and "03-0000" not in words
    (row,) = ask(walk, ListReleases()).releases
    assert (row.carrier, row.overdue, row.due) == ("佐藤 恵", False, AUGUST)
    with working(walk, "the clock goes on") as work:
        work.office.execute(text("UPDATE releases SET due_at = '2018-08-09T00:00:00+09:00'"))
    # On the same day already, and red on the page of everybody in the contract.
    assert ask(walk, ListReleases()).overdue == 1
    assert ("release_late", "danger", release) in _tasks(walk)
    perform(walk, SetPracticeDate(AUGUST + timedelta(days=1)))
    assert ("release_overdue", "danger", release) in _tasks(walk)
    assert code_of(walk, CloseRelease(release, Outcome.POSTED, AUGUST)) == "releases.wrong_outcome"
    perform(walk, CloseRelease(release, Outcome.BROUGHT_BACK, AUGUST))
    assert ask(walk, ListReleases()).releases[0].outcome is Outcome.BROUGHT_BACK


def test_health_points_has_no_roster_of_a_day(desk: Session, ask: Ask) -> None:
    assert code_of(desk, roster()) == "releases.wrong_programme"
    assert ReleaseKind.ROSTER not in [one.kind for one in ask(desk, LookAtRequest()).kinds]
    assert events(desk)[-1] == "refused"


@pytest.mark.parametrize("way", ["print", "file"])
def test_another_removal_of_the_walk_needs_the_agreement_and_a_manager(office: Any, walk: Session, way: str) -> None:
    def removal(carrier: str, basis: str) -> RequestRelease:
        return RequestRelease(
            ReleaseKind.CITY_REMOVAL, "contact_list", "説明会", basis=basis, carrier=carrier, due_at=roster().due_at
        )

    assert code_of(walk, removal("S-0001", "I-0001")) == "releases.basis_gone"
    agreement(walk)
    assert code_of(walk, removal("S-0142", "I-0001")) == "releases.wrong_carrier"
    assert code_of(walk, removal("S-0001", "")) == "releases.basis_missing"
    released = taken(walk, approved_by(office, walk, removal("S-0001", "I-0001")), way, bag=True)
    assert bool(released.passphrase) == (way == "file")


def test_health_points_leaves_the_room_on_an_instruction_alone(office: Any, desk: Session) -> None:
    removal = RequestRelease(
        ReleaseKind.HEALTH_REMOVAL, "contact_list", "区の指示", basis="I-0001", carrier="S-0001", due_at=roster().due_at
    )
    agreement(desk, "consultation")
    assert code_of(desk, removal) == "releases.basis_gone"
    with working(desk, "entry") as work:
        work.office.execute(text("UPDATE register_entries SET fields = replace(fields, 'consultation', 'instruction')"))
    assert taken(desk, approved_by(office, desk, removal), "print", bag=True).pages == 1


def test_a_roster_whose_hour_is_over_does_not_leave_any_more(office: Any, walk: Session) -> None:
    release = approved_by(office, walk, roster())
    perform(walk, SetPracticeDate(a_month_later()))
    assert code_of(walk, TakeRelease(release, "print", True)) == "releases.due_at_past"


def test_a_carrier_who_left_the_contract_carries_nothing(office: Any, walk: Session) -> None:
    release = approved_by(office, walk, roster())
    with working(walk, "left") as work:
        work.office.execute(text("DELETE FROM designations WHERE staff_number = 'S-0142'"))
    assert code_of(walk, TakeRelease(release, "print", True)) == "releases.carrier_gone"


# 区への返還


@pytest.fixture
def reported(office: Any) -> Session:
    """A manager after the report was delivered."""
    session = desk_in_august(office, "S-0001")
    perform(session, SetPracticeDate(LAST_DAY))
    with_report(session)
    return session


RETURN = RequestRelease(ReleaseKind.RETURN, "return_package", "返還")


def test_the_ward_gets_everything_with_a_list_and_gives_a_receipt(office: Any, reported: Session, ask: Ask) -> None:
    assert [one.kind for one in ask(reported, LookAtRequest()).kinds] == [ReleaseKind.RETURN]
    release = approved_by(office, reported, RETURN)
    manifest = ask(reported, ShowManifest(release, "steps", 0, 10))
    assert (manifest.parts, manifest.total, len(manifest.rows)) == (("participants", "steps", "points"), 186, 10)
    page = opened(taken(reported, release))
    listed, *tables = page.files
    words = PdfReader(io.BytesIO(listed.data)).pages[0].extract_text()
    assert len(tables) == 3 and all(file.name in words.replace("\n", "") for file in tables)
    people = list(csv.DictReader(io.StringIO(tables[0].data.decode("utf-8-sig"))))
    assert people[0]["氏名"] == "𠮷田 光子" and len(people) == 6
    steps = list(csv.DictReader(io.StringIO(tables[1].data.decode("utf-8-sig"))))
    assert (steps[0]["日付"], steps[0]["歩数"]) == ("2018-07-01", "6001")
    assert page.facts.recipient.startswith("新宿区長")
    assert code_of(reported, CloseRelease(release, Outcome.RECEIVED, LAST_DAY)) == "releases.receipt_missing"
    perform(reported, CloseRelease(release, Outcome.RECEIVED, LAST_DAY, receipt="31新健収第4号"))
    assert "31新健収第4号" in ledger_rows(reported)[-1][2]


def test_after_the_report_nothing_else_leaves_and_a_handler_returns_nothing(office: Any, reported: Session) -> None:
    assert code_of(reported, letters()) == "releases.wrong_state"
    perform(reported, SignOut())
    handler = office.sign_in("S-0160")
    assert code_of(handler, RETURN) == "releases.wrong_role"
    assert events(handler)[-1] == "refused"


def test_while_the_contract_is_open_nothing_is_returned(desk: Session) -> None:
    assert code_of(desk, RETURN) == "releases.wrong_state"


# Across the kinds


def test_letters_as_a_file_are_sealed_too(office: Any, desk: Session) -> None:
    released = taken(desk, approved_by(office, desk, letters()), "file")
    (file,) = opened(released).files
    reader = PdfReader(io.BytesIO(file.data))
    assert len(reader.pages) == 5
    # Serial, account and time stand on every sheet.
    for place, page in enumerate(reader.pages, 1):
        words = page.extract_text()
        assert f"R-0001-00{place}" in words and "S-0142 佐藤 恵" in words and "2018-08-09 " in words


def test_a_content_does_not_leave_by_a_kind_that_is_not_its_own(desk: Session) -> None:
    courier(desk)
    wrong = RequestRelease(ReleaseKind.COURIER, "return_package", "発送", recipient="T-0001")
    assert code_of(desk, wrong) == "releases.unknown_content"
    statistics = RequestRelease(ReleaseKind.STATISTICS, "return_package", "統計")
    assert code_of(desk, statistics) == "releases.free_kind"


def test_fields_that_a_kind_does_not_use_are_refused(desk: Session) -> None:
    courier(desk)
    more = RequestRelease(ReleaseKind.TO_PERSON, "invitation", "参加案内", recipient="T-0001")
    assert code_of(desk, more) == "releases.not_asked_for"


def test_the_register_keeps_what_left_and_how(office: Any, desk: Session, ask: Ask) -> None:
    released = taken(desk, approved_by(office, desk, letters()), "print")
    assert released.passphrase == "" and released.slip is None
    (row,) = ask(desk, ListReleases()).releases
    assert (row.state, row.way, row.due) == (ReleaseState.RELEASED, "print", AUGUST + timedelta(days=7))
    assert '"way":"print"' in ledger_rows(desk)[-1][2]
    assert rows(desk, "SELECT count(*) FROM release_sheets WHERE released_on IS NOT NULL") == [(5,)]


def test_a_release_of_an_older_office_is_read_and_let_out(office: Any, desk: Session, ask: Ask) -> None:
    """Rows written before recipients, carriers and hours were kept."""
    release = approved_by(office, desk, letters())
    with working(desk, "older") as work:
        work.office.execute(
            text("UPDATE releases SET recipient = '', basis = '', carrier = '', bag_checked = 0, due_at = NULL")
        )
    (row,) = ask(desk, ListReleases()).releases
    assert (row.recipient, row.carrier, row.due_at) == ("", "", None)
    assert taken(desk, release, "print").pages == 5


def test_a_day_without_an_hour_is_no_due_time(walk: Session) -> None:
    assert code_of(walk, roster(due_at=None)) == "releases.due_at_missing"
    late = roster().due_at
    assert late is not None
    assert code_of(walk, roster(due_at=late - timedelta(days=2))) == "releases.due_at_range"
    assert code_of(walk, roster("X-0001")) == "releases.unknown_carrier"
    assert date(2018, 8, 9) == AUGUST
