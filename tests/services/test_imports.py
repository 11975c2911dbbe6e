"""The real lists through the import: what is taken, what is refused, and that nothing is half done."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from tests.services.desks import (
    APP_STEPS,
    APP_USERS,
    AUGUST,
    DATA,
    PAPER_CARDS,
    WARD_LIST,
    ledger_rows,
    rows,
    take,
)
from walkdesk.domain.problem import Problem
from walkdesk.domain.steps import DayState
from walkdesk.messages.cards import SaveDay
from walkdesk.messages.reception import CommitImport, ListParticipants, PreviewImport, ShowParticipant
from walkdesk.services.perform import perform
from walkdesk.services.session import Session

Ask = Callable[[Session, object], Any]


@pytest.fixture
def desk(office: Any) -> Session:
    """A handler on 9 August 2018."""
    session: Session = office.sign_in("S-0142", on=AUGUST)
    return session


def refused(session: Session, message: object) -> str:
    with pytest.raises(Problem) as caught:
        perform(session, message)
    return caught.value.code


def test_the_wards_list_is_previewed_with_a_reason_for_each_bad_row(desk: Session, ask: Ask) -> None:
    preview = ask(desk, PreviewImport("ward_list", str(WARD_LIST)))
    assert (preview.accepted, preview.doubtful, preview.refused) == (235, 9, 6)
    assert preview.encoding == "cp932"
    assert preview.sha256 == hashlib.sha256(WARD_LIST.read_bytes()).hexdigest()
    reasons = {row.line: row.note.code for row in preview.rows if row.verdict == "refused"}
    assert reasons == {
        19: "reception.under_age",
        101: "reception.name_missing",
        122: "reception.number_twice",
        182: "reception.age_in_words",
        202: "reception.outside_ward",
        232: "reception.similar_person",
    }
    doubts = [row.note.code for row in preview.rows if row.verdict == "doubtful"]
    assert doubts.count("reception.name_lost_characters") == 8
    assert doubts.count("reception.postcode_catch_all") == 1
    assert rows(desk, "SELECT count(*) FROM participants") == [(0,)]


def test_the_wards_list_is_taken_with_its_doubts_and_its_evidence(desk: Session, ask: Ask) -> None:
    preview = take(desk, "ward_list", WARD_LIST)
    page = ask(desk, ListParticipants(only="doubtful"))
    assert (page.total, page.doubtful, page.card, page.app) == (9, 9, 244, 0)
    assert rows(desk, "SELECT DISTINCT identity_origin, channel FROM participants") == [("provided", "card")]
    assert rows(desk, "SELECT doubts FROM participants WHERE number = 'D0041'") == [
        ('["reception.postcode_catch_all"]',)
    ]
    event, account, facts = ledger_rows(desk)[-1]
    kept = json.loads(facts)
    assert (event, account) == ("import_committed", "S-0142")
    assert kept["digest"] == preview.sha256
    assert (kept["accepted"], kept["refused"], kept["origin"]) == (244, 6, "provided")
    trail = rows(
        desk,
        "SELECT t.who, t.why, v.reason, count(*) FROM trail t JOIN trail_values v ON v.seq = t.seq"
        " WHERE t.tbl = 'participants' GROUP BY t.who, t.why, v.reason",
    )
    assert trail == [("S-0142", "CommitImport", "平成30年7月2日 受領", 244)]


def test_app_people_are_collected_and_keep_their_mail(desk: Session, ask: Ask) -> None:
    take(desk, "ward_list", WARD_LIST)
    preview = take(desk, "app_users", APP_USERS)
    assert (preview.accepted, preview.doubtful, preview.refused) == (247, 2, 1)
    page = ask(desk, ListParticipants())
    assert (page.card, page.app, page.doubtful, page.total) == (244, 249, 11, 493)
    assert rows(desk, "SELECT DISTINCT identity_origin FROM participants WHERE channel = 'app'") == [("collected",)]
    assert rows(desk, "SELECT mail FROM participants WHERE number = 'A0001'") == [("user0001@example.jp",)]
    assert rows(desk, "SELECT count(*) FROM participants WHERE channel = 'card' AND mail IS NOT NULL") == [(0,)]


def test_the_apps_month_becomes_packed_months_and_points(desk: Session, ask: Ask) -> None:
    take(desk, "app_users", APP_USERS)
    preview = take(desk, "app_steps", APP_STEPS, "2018-07")
    assert (preview.accepted, preview.refused) == (940, 0)
    assert rows(desk, "SELECT count(*), sum(counted_days), min(length(days)) FROM step_months") == [(33, 940, 124)]
    sheet = ask(desk, ShowParticipant("A0001"))
    month = sheet.months[0]
    assert (month.month, month.total, month.state) == ("2018-07", 375_619, "imported")
    # 27 days of 10,000 or more, three of 8,000 or more, one day of 0.
    assert month.points == sheet.points == 27 * 50 + 3 * 40
    assert rows(desk, "SELECT DISTINCT rule FROM point_months") == [("2018-1",)]


def test_a_second_file_of_a_month_completes_it_and_counts_again(desk: Session, ask: Ask, tmp_path: Path) -> None:
    take(desk, "app_users", APP_USERS)
    take(desk, "app_steps", APP_STEPS, "2018-07")
    late = tmp_path / "late.csv"
    late.write_text("利用者ID,日付,歩数\nA0001,2018/07/31,12000\n", "utf-8")
    before = ask(desk, ShowParticipant("A0001")).months[0]
    take(desk, "app_steps", late, "2018-07")
    after = ask(desk, ShowParticipant("A0001")).months[0]
    assert after.counted_days == 31
    assert after.total == before.total + 12_000
    assert after.points == before.points + 50
    line = ask(desk, ShowParticipant("A0001")).history[1]
    assert (line.field, line.after) == ("7月31日", "12000")


def test_months_of_cards_keyed_elsewhere_are_taken_but_never_over_a_card_keyed_here(
    desk: Session, ask: Ask, tmp_path: Path
) -> None:
    take(desk, "ward_list", WARD_LIST)
    preview = ask(desk, PreviewImport("paper_cards", str(PAPER_CARDS), "2018-07"))
    assert (preview.accepted, preview.doubtful, preview.refused) == (26, 6, 1)
    ask(desk, SaveDay("D0001", "2018-07", 1, DayState.KEYED, 13162))
    assert refused(desk, CommitImport(preview.ticket, "前の事務所から")) == "cards.month_keyed"
    assert rows(desk, "SELECT count(*) FROM step_months") == [(1,)]
    others = tmp_path / "others.csv"
    lines = PAPER_CARDS.read_text("utf-8-sig").splitlines(keepends=True)
    others.write_text("".join(line for line in lines if not line.startswith("D0001")), "utf-8")
    take(desk, "paper_cards", others, "2018-07")
    assert rows(desk, "SELECT count(*) FROM points_cards WHERE month = 201807 AND state = 'done'") == [(31,)]
    assert rows(
        desk,
        "SELECT written_total FROM points_cards c JOIN participants p ON p.id = c.participant_id"
        " WHERE p.number = 'D0003'",
    ) == [(218489,)]


def test_a_card_with_steps_before_the_contract_is_refused(desk: Session, ask: Ask) -> None:
    take(desk, "ward_list", WARD_LIST)
    preview = ask(desk, PreviewImport("paper_cards", str(PAPER_CARDS), "2018-05"))
    codes = {row.note.code for row in preview.rows if row.verdict == "refused"}
    assert codes == {"cards.outside_contract", "cards.unknown_number"}


def test_a_preview_that_would_end_otherwise_now_is_not_taken(desk: Session, ask: Ask) -> None:
    preview = ask(desk, PreviewImport("ward_list", str(WARD_LIST)))
    take(desk, "ward_list", WARD_LIST)
    assert refused(desk, CommitImport(preview.ticket, "同じ名簿")) == "reception.preview_outdated"
    assert ask(desk, ListParticipants()).total == 244


def test_cancelling_keeps_nothing(desk: Session) -> None:
    preview = perform(desk, PreviewImport("ward_list", str(WARD_LIST))).answer
    cancelled = Event()
    entries = len(ledger_rows(desk))

    def watch(progress: object) -> None:
        cancelled.set()

    with pytest.raises(Problem) as caught:
        perform(desk, CommitImport(preview.ticket, "区から"), watch, cancelled)
    assert caught.value.code == "shell.cancelled"
    assert rows(desk, "SELECT (SELECT count(*) FROM participants), (SELECT count(*) FROM import_batches)") == [(0, 0)]
    assert len(ledger_rows(desk)) == entries


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (PreviewImport("ward_list", str(DATA / "nobody.csv")), "reception.file_unreadable"),
        (PreviewImport("ward_list", str(DATA)), "reception.file_unreadable"),
        (PreviewImport("ward_list", str(APP_STEPS)), "exchange.columns_missing"),
        (PreviewImport("horoscopes", str(WARD_LIST)), "reception.unknown_kind"),
        (PreviewImport("app_steps", str(APP_STEPS), "2018-09"), "cards.month_closed"),
        (PreviewImport("app_steps", str(APP_STEPS), ""), "dates.no_such_month"),
        (CommitImport("0000", "区から"), "reception.preview_gone"),
        (CommitImport("0000", " "), "reception.source_missing"),
    ],
)
def test_what_cannot_be_taken_is_refused(desk: Session, message: object, code: str) -> None:
    assert refused(desk, message) == code


def test_a_file_over_fifty_megabytes_is_not_even_read(desk: Session, tmp_path: Path) -> None:
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(50_000_001)
    assert refused(desk, PreviewImport("ward_list", str(large))) == "exchange.too_large"


def test_steps_of_days_to_come_are_refused(office: Any) -> None:
    session = office.sign_in("S-0142", on=date(2018, 7, 20))
    take(session, "app_users", APP_USERS)
    preview = perform(session, PreviewImport("app_steps", str(APP_STEPS), "2018-07")).answer
    codes = {row.note.code for row in preview.rows if row.verdict == "refused"}
    assert codes == {"cards.in_future"}
    assert preview.accepted + preview.refused == 940


def test_an_auditor_imports_nothing(office: Any) -> None:
    session = office.sign_in("W-0001")
    assert refused(session, PreviewImport("ward_list", str(WARD_LIST))) == "door.not_permitted"
