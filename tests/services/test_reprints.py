"""A sheet that jammed comes out once more: the same sheet, with its evidence, and no release of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import text

from tests.services.desks import ledger_rows
from tests.services.gatedesk import approved_by, desk_in_august
from walkdesk.domain.layouts import PrintOn
from walkdesk.domain.problem import Problem
from walkdesk.domain.releases import Outcome, ReleaseKind, Way
from walkdesk.messages.door import SignOut
from walkdesk.messages.printing import LookAtPrint, ReprintSheets, SetPrinter
from walkdesk.messages.releases import (
    CloseRelease,
    ListReleases,
    Released,
    RequestRelease,
    TakeRelease,
)
from walkdesk.services.perform import perform
from walkdesk.services.session import Session, working

AGAIN = ReprintSheets("R-0001", "2", "jam", "shredded")


@pytest.fixture
def desk(office: Any) -> Session:
    """A handler whose letters were approved."""
    session = desk_in_august(office)
    approved_by(office, session, RequestRelease(ReleaseKind.TO_PERSON, "invitation", "参加案内"))
    return session


@pytest.fixture
def printed(desk: Session) -> Released:
    """They left for a printer that must be corrected."""
    perform(desk, SetPrinter("Office", 1.5, -0.5, True))
    answer: Released = perform(desk, TakeRelease("R-0001", "print", on=PrintOn("Office"))).answer
    return answer


def pages(pdf: bytes) -> list[str]:
    """The words of each page; without the moment in the stamp."""
    return [re.sub(r"\d\d:\d\d", "", page.extract_text()) for page in PdfReader(BytesIO(pdf), strict=True).pages]


def facts(session: Session, event: str) -> list[dict[str, Any]]:
    """What the ledger holds of an event, in its order."""
    return [json.loads(told) for name, _, told in ledger_rows(session) if name == event]


def refusal(session: Session, message: object) -> str:
    with pytest.raises(Problem) as refused:
        perform(session, message)
    return refused.value.code


def test_only_the_sheets_that_are_meant_leave_and_they_are_the_same(desk: Session, printed: Released) -> None:
    again = perform(desk, ReprintSheets("R-0001", "2, R-0001-005", "jam", "shredded")).answer
    assert type(again) is Released and (again.way, again.pages, again.release) == (Way.PRINT, 2, "R-0001")
    whole = pages(printed.data)
    assert pages(again.data) == [whole[1], whole[4]] and "R-0001-005" in whole[4]
    assert perform(desk, LookAtPrint("R-0001")).answer.on == PrintOn("Office")


def test_the_ledger_has_it_before_the_bytes_and_the_register_counts_it_as_no_release(
    desk: Session, printed: Released
) -> None:
    perform(desk, ReprintSheets("R-0001", "1-2, 4", "other", "kept", "給紙ローラーの跡"))
    told = facts(desk, "sheets_reprinted")[-1]
    assert told["release"] == "R-0001" and told["count"] == 3 and told["sheet_list"] == ["1-2", "4"]
    assert (told["reason"], told["disposition"], told["content"]) == ("other", "kept", "給紙ローラーの跡")
    perform(desk, AGAIN)
    (row,) = perform(desk, ListReleases()).answer.releases
    assert row.reprinted == 4 and len(facts(desk, "released")) == 1


def test_it_works_after_the_window_was_locked_and_for_another_person(
    office: Any, desk: Session, printed: Released
) -> None:
    perform(desk, SignOut())
    again = perform(office.sign_in("S-0160"), AGAIN).answer
    assert pages(again.data)[0].replace("小林 実", "佐藤 恵").replace("S-0160", "S-0142") == pages(printed.data)[1]


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (ReprintSheets("R-0001", "", "jam", "kept"), "printing.reprint_sheets"),
        (ReprintSheets("R-0001", "999", "jam", "kept"), "printing.pages_beyond"),
        (ReprintSheets("R-0001", "1", "because", "kept"), "printing.reprint_reason"),
        (ReprintSheets("R-0001", "1", "jam", "lost"), "printing.reprint_spoiled"),
        (ReprintSheets("R-0001", "1", "other", "kept"), "printing.reprint_words"),
        (ReprintSheets("R-0009", "1", "jam", "kept"), "releases.unknown"),
    ],
)
def test_without_pages_reason_and_the_fate_of_the_sheet_nothing_leaves(
    desk: Session, printed: Released, message: object, code: str
) -> None:
    assert refusal(desk, message) == code
    assert not facts(desk, "sheets_reprinted") and facts(desk, "refused")[-1]["reason"] == code


def test_a_participant_is_not_named_in_the_reason(desk: Session, printed: Released) -> None:
    with working(desk, "who") as work:
        name = str(work.vault.execute(text("SELECT name FROM participants LIMIT 1")).scalar())
    assert refusal(desk, ReprintSheets("R-0001", "1", "other", "kept", f"{name}様の分")) == "releases.names_somebody"


def test_what_never_was_printed_is_not_printed_again(desk: Session) -> None:
    assert refusal(desk, AGAIN) == "printing.reprint_state"
    perform(desk, TakeRelease("R-0001", "file"))
    assert refusal(desk, AGAIN) == "printing.reprint_state"


def test_what_is_closed_stays_closed(desk: Session, printed: Released) -> None:
    perform(desk, CloseRelease("R-0001", Outcome.POSTED, desk.now.date()))
    assert refusal(desk, AGAIN) == "printing.reprint_state"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("UPDATE participants SET name = '別人' WHERE id = 1", "printing.reprint_changed"),
        ("UPDATE releases SET decision_signature = zeroblob(64)", "releases.approval_broken"),
    ],
)
def test_what_was_approved_must_still_hold(desk: Session, printed: Released, change: str, code: str) -> None:
    with working(desk, "change") as work:
        (work.vault if "participants" in change else work.office).execute(text(change))
    assert refusal(desk, AGAIN) == code


def test_a_spoiled_label_brings_its_whole_sheet_with_the_used_places_free(office: Any) -> None:
    session = desk_in_august(office)
    release = approved_by(office, session, RequestRelease(ReleaseKind.TO_PERSON, "address_labels", "宛名"))
    assert perform(session, LookAtPrint(release)).answer.layouts == "labels"
    on = PrintOn("Office", "a4-12", 9)
    whole = perform(session, TakeRelease(release, "print", on=on)).answer
    serials = [f"{release}-{place:03}" for place in (4, 5)]
    assert [serials[0] in pages(whole.data)[0], serials[1] in pages(whole.data)[1]] == [True, True]
    again = perform(session, ReprintSheets(release, serials[1], "shift", "shredded")).answer
    assert pages(again.data) == [pages(whole.data)[1]]


def test_an_answer_is_read_from_the_room_only_by_who_may(ask: Callable[..., Any], office: Any) -> None:
    assert refusal(office.sign_in("W-0001"), AGAIN) == "door.not_permitted"
