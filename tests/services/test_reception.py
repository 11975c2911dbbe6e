"""The reception desk: finding people, masked pages, corrections with their reason, registrations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.conftest import Build, Office
from tests.services.desks import copied_office, ledger_rows, rows, with_lists
from walkdesk.domain.participants import Channel, Origin, Sex
from walkdesk.domain.problem import Problem
from walkdesk.messages.reception import (
    CorrectParticipant,
    ListParticipants,
    RegisterParticipant,
    RevealParticipant,
    SearchParticipants,
    ShowParticipant,
)
from walkdesk.services.perform import perform
from walkdesk.services.session import Session

Ask = Callable[[Session, object], Any]
NEWCOMER = RegisterParticipant(
    "D0301",
    "髙橋　ふみ子",
    "160-0022",
    "新宿区新宿１－２－３",
    "72",
    Sex.FEMALE,
    "090-0000-4412",
    Channel.CARD,
    purpose_shown_on=date(2018, 8, 1),
)


@pytest.fixture
def desk(office_after: Callable[[Build], Office]) -> Session:
    """A handler on 9 August 2018, with the ward's list and the app's people."""
    return office_after(with_lists).sign_in("S-0142")


@pytest.fixture(scope="module")
def still(made_once: Callable[[Build], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """The same desk, once for all refusals: they change nothing, and each test holds that."""
    office = copied_office(made_once(with_lists), tmp_path_factory.mktemp("still"))
    yield office.sign_in("S-0142")
    office.close()


def refused(session: Session, message: object) -> str:
    with pytest.raises(Problem) as caught:
        perform(session, message)
    return caught.value.code


def test_the_list_comes_in_pages_and_in_its_order(desk: Session, ask: Ask) -> None:
    first = ask(desk, ListParticipants(limit=100))
    second = ask(desk, ListParticipants(offset=100, limit=100))
    numbers = [row.number for row in (*first.rows, *second.rows)]
    assert numbers == sorted(numbers)
    assert len(set(numbers)) == 200
    assert first.total == 493
    ages = [row.age for row in ask(desk, ListParticipants(order="age", descending=True, limit=1000)).rows]
    assert ages == sorted(ages, reverse=True)
    assert {row.channel for row in ask(desk, ListParticipants(only="card", limit=1000)).rows} == {Channel.CARD}


def test_a_name_is_found_in_old_and_new_characters(desk: Session, ask: Ask) -> None:
    names = {row.name for row in ask(desk, ListParticipants(text="高橋", limit=1000)).rows}
    assert any("髙橋" in name for name in names)
    assert any("高橋" in name for name in names)
    assert {hit.name for hit in ask(desk, SearchParticipants("髙橋", 1000)).hits} == names
    hits = ask(desk, SearchParticipants("吉田", 1000))
    assert any(hit.name.startswith("𠮷田") for hit in hits.hits)
    assert hits.total == len(hits.hits)


def test_a_number_and_the_last_digits_of_a_phone_find_their_person(desk: Session, ask: Ask) -> None:
    assert [hit.number for hit in ask(desk, SearchParticipants("ｄ0001")).hits] == ["D0001"]
    assert "D0001" in [hit.number for hit in ask(desk, SearchParticipants("8768")).hits]
    assert ask(desk, SearchParticipants("%")).total == 0
    assert ask(desk, SearchParticipants(" ")).total == 0


def test_a_page_is_masked_until_it_is_opened_and_that_is_evidence(desk: Session, ask: Ask) -> None:
    sheet = ask(desk, ShowParticipant("D0002"))
    assert sheet.address == "東京都新宿区大京町●●●"
    assert sheet.phone.endswith("5154")
    assert "070" not in sheet.phone
    assert sheet.identity_origin is Origin.PROVIDED
    shown = ask(desk, RevealParticipant("D0002"))
    assert shown.address.startswith("東京都新宿区大京町5-21-18")
    assert shown.phone == "070-4984-5154"
    entries = ledger_rows(desk)
    assert entries[shown.ledger - 1][:2] == ("masked_data_opened", "S-0142")
    assert "D0002" not in entries[shown.ledger - 1][2]
    assert ask(desk, ShowParticipant("A0001")).mail == "u●●●@example.jp"


def test_a_lost_name_is_corrected_with_a_reason_and_is_no_longer_doubtful(desk: Session, ask: Ask) -> None:
    before = ask(desk, ShowParticipant("D0032"))
    assert [note.code for note in before.doubts] == ["reception.name_lost_characters"]
    assert before.doubts[0].values["given"] == "?田 幸子"
    assert refused(desk, CorrectParticipant("D0032", "name", "𠮷田 幸子", " ")) == "reception.reason_missing"
    assert refused(desk, CorrectParticipant("D0032", "name", "〓田 幸子", "確認")) == "reception.name_lost_characters"
    ask(desk, CorrectParticipant("D0032", "name", "𠮷田　幸子", "ご本人に電話で確認"))
    after = ask(desk, ShowParticipant("D0032"))
    assert after.name == "𠮷田 幸子"
    assert after.doubts == ()
    line = after.history[0]
    assert (line.field, line.before, line.after) == ("name", "?田 幸子", "𠮷田 幸子")
    assert (line.who, line.why) == ("佐藤 恵", "ご本人に電話で確認")
    assert "D0032" in [hit.number for hit in ask(desk, SearchParticipants("吉田 幸子")).hits]


def test_history_does_not_tell_what_the_page_masks(desk: Session, ask: Ask) -> None:
    ask(desk, CorrectParticipant("D0002", "phone", "09012345678", "番号が変わった"))
    ask(desk, CorrectParticipant("D0002", "address", "新宿区百人町1-2-3　ハイツA", "転居"))
    told = "".join(line.before + line.after for line in ask(desk, ShowParticipant("D0002")).history)
    assert "1234" not in told
    assert "5-21" not in told
    assert "ハイツ" not in told
    assert "百人町" in told


def test_a_value_is_confirmed_by_giving_it_again(desk: Session, ask: Ask) -> None:
    assert refused(desk, CorrectParticipant("D0002", "age", "50", "確認")) == "reception.nothing_changed"
    ask(desk, CorrectParticipant("A0056", "mail", "", "メールはお持ちでない"))
    assert ask(desk, ShowParticipant("A0056")).doubts == ()


@pytest.mark.parametrize(
    ("number", "field", "value", "code"),
    [
        ("D0002", "name", "　", "reception.name_missing"),
        ("D0002", "age", "17", "reception.under_age"),
        ("D0002", "age", "七十", "numbers.in_words"),
        ("D0002", "address", "中野区中野1-1-1", "reception.outside_ward"),
        ("D0041", "postcode", "160-0000", "reception.postcode_catch_all"),
        ("D0002", "phone", "12", "reception.phone_unreadable"),
        ("D0002", "sex", "さる", "reception.sex_unreadable"),
        ("D0002", "mail", "a@example.jp", "reception.item_not_permitted"),
        ("A0013", "mail", "user0013@@example", "reception.mail_unreadable"),
        ("D0002", "number", "D9999", "reception.unknown_field"),
        ("D9999", "name", "山田 花子", "reception.unknown_number"),
    ],
)
def test_a_correction_keeps_the_rules_of_the_import(
    still: Session, number: str, field: str, value: str, code: str
) -> None:
    before = rows(still, "SELECT * FROM participants ORDER BY id")
    assert refused(still, CorrectParticipant(number, field, value, "確認")) == code
    assert rows(still, "SELECT * FROM participants ORDER BY id") == before


def test_a_correction_does_not_make_one_person_of_two(desk: Session, ask: Ask) -> None:
    ask(desk, NEWCOMER)
    other = replace(NEWCOMER, number="D0302", name="髙橋 文子", age="40", phone="")
    ask(desk, other)
    ask(desk, CorrectParticipant("D0302", "age", "72", "確認"))
    assert refused(desk, CorrectParticipant("D0302", "name", "高橋 ふみ子", "確認")) == "reception.similar_person"


def test_a_paper_application_is_registered_as_collected(desk: Session, ask: Ask) -> None:
    ask(desk, NEWCOMER)
    sheet = ask(desk, ShowParticipant("D0301"))
    assert (sheet.name, sheet.age, sheet.sex) == ("髙橋 ふみ子", 72, Sex.FEMALE)
    assert sheet.identity_origin is Origin.COLLECTED
    assert rows(desk, "SELECT address, phone, mail FROM participants WHERE number = 'D0301'") == [
        ("新宿区新宿1-2-3", "090-0000-4412", None)
    ]
    assert sheet.history[-1].after == "D0301"


def test_somebody_alike_is_refused_or_looked_at_again(desk: Session, ask: Ask) -> None:
    ask(desk, NEWCOMER)
    again = replace(NEWCOMER, number="D0302", name="高橋 ふみ子")
    assert refused(desk, again) == "reception.similar_person"
    ask(desk, replace(again, age="45", phone=""))
    (note,) = ask(desk, ShowParticipant("D0302")).doubts
    assert (note.code, note.values["number"]) == ("reception.similar_person", "D0301")
    ask(desk, CorrectParticipant("D0302", "name", "高橋 ふみ子", "娘さんと確認"))
    assert ask(desk, ShowParticipant("D0302")).doubts == ()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"number": "D0001"}, "reception.number_taken"),
        ({"number": ""}, "reception.number_missing"),
        ({"age": "17"}, "reception.under_age"),
        ({"address": "中野区中野1-1-1"}, "reception.outside_ward"),
        ({"postcode": "1600000"}, "reception.postcode_catch_all"),
        ({"phone": "12345"}, "reception.phone_unreadable"),
        ({"purpose_shown_on": None}, "reception.purpose_not_shown"),
        ({"purpose_shown_on": date(2018, 8, 10)}, "reception.purpose_in_future"),
        ({"mail": "a@example.jp"}, "reception.item_not_permitted"),
    ],
)
def test_an_application_that_breaks_a_rule_is_not_registered(
    still: Session, changed: dict[str, Any], code: str
) -> None:
    assert refused(still, replace(NEWCOMER, **changed)) == code
    assert rows(still, "SELECT count(*) FROM participants") == [(493,)]


def test_nothing_is_entered_after_the_contract_ended(office: Any) -> None:
    session = office.sign_in("S-0142", on=date(2019, 4, 1))
    assert refused(session, NEWCOMER) == "contracts.no_input"


def test_an_auditor_sees_nobody_and_the_try_is_evidence(office: Any) -> None:
    session = office.sign_in("W-0001")
    for message in (ListParticipants(), SearchParticipants("田"), ShowParticipant("D0001"), RevealParticipant("D0001")):
        assert refused(session, message) == "door.not_permitted"
    refusals = [entry for entry in ledger_rows(session) if entry[0] == "refused"]
    assert len(refusals) == 4


def test_an_item_that_is_not_permitted_cannot_be_stored_by_any_way(desk: Session) -> None:
    """The guard stands in the file, below every service."""
    assert desk.vault is not None
    with desk.vault.engine.begin() as connection:
        connection.execute(text("DELETE FROM permitted_items WHERE item = 'phone'"))
    assert refused(desk, NEWCOMER) == "reception.item_not_permitted"
    assert refused(desk, CorrectParticipant("D0002", "phone", "09012345678", "変更")) == "reception.item_not_permitted"
    with pytest.raises(Problem) as caught, desk.vault.engine.begin() as connection:
        connection.execute(text("UPDATE participants SET phone = '090-1234-5678' WHERE number = 'D0002'"))
    assert caught.value.code == "reception.item_not_permitted"
    assert rows(desk, "SELECT phone FROM participants WHERE number = 'D0002'") == [("070-4984-5154",)]
