"""The real lists of the first year, row by row, and what each reader refuses or asks about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkdesk.domain.dates import Month
from walkdesk.domain.participants import Channel, Origin, Sex
from walkdesk.domain.problem import Problem
from walkdesk.domain.steps import Day, DayState, summary
from walkdesk.exchange import app_steps, app_users, paper_cards, ward_list
from walkdesk.exchange.people_rows import KnownPeople, KnownPerson, PersonRow
from walkdesk.exchange.plan import Doubtful, ImportPlan, Refused
from walkdesk.exchange.tables import Table, read_table

DATA = Path(__file__).parents[1] / "data"
START, END = date(2018, 5, 14), date(2019, 3, 31)
JULY = Month(2018, 7)

WARD = "受付番号,氏名,郵便番号,住所,年齢,性別,電話番号"
APP = "利用者ID,申込日時,氏名,郵便番号,住所,年齢,性別,電話番号,メールアドレス"
PERSON = "山田　葵,1600022,東京都新宿区新宿1-2-3,40,女,090-1111-2222"


def table(*lines: str) -> Table:
    return read_table("".join(f"{line}\n" for line in lines).encode())


def read_file(name: str) -> Table:
    return read_table((DATA / name).read_bytes())


def known(people: Sequence[PersonRow]) -> KnownPeople:
    return KnownPeople.of(KnownPerson(one.number, one.name, one.address, one.age, one.phone) for one in people)


def codes(rows: Sequence[Refused | Doubtful]) -> list[tuple[str, str]]:
    return [(row.number, row.reason.code.partition(".")[2]) for row in rows]


def ward(*lines: str) -> ImportPlan[PersonRow]:
    return ward_list.read(table(WARD, *lines), KnownPeople())


def test_the_wards_list() -> None:
    listed = read_file("health-ward-list-h30.csv")
    plan = ward_list.read(listed, KnownPeople())
    assert listed.encoding == "cp932"
    assert (len(plan.accepted), len(plan.refused), plan.doubtful_rows) == (244, 6, 9)
    assert codes(plan.refused) == [
        ("D0018", "under_age"),
        ("D0100", "name_missing"),
        ("D0120", "number_twice"),
        ("D0181", "age_in_words"),
        ("D0201", "outside_ward"),
        ("D0231", "similar_person"),
    ]
    assert codes(plan.doubtful) == [
        ("D0032", "name_lost_characters"),
        ("D0041", "postcode_catch_all"),
        ("D0049", "name_lost_characters"),
        ("D0081", "name_lost_characters"),
        ("D0086", "name_lost_characters"),
        ("D0122", "name_lost_characters"),
        ("D0157", "name_lost_characters"),
        ("D0194", "name_lost_characters"),
        ("D0197", "name_lost_characters"),
    ]
    assert plan.refused[0].cells[1] == "吉田　眞理子"
    assert plan.refused[2].line == 122
    assert plan.refused[3].reason.values == {"given": "六十五", "hint": 65}
    assert plan.refused[5].reason.values["number"] == "D0061"


def test_a_person_of_the_wards_list_is_tidied() -> None:
    people = {one.number: one for one in ward_list.read(read_file("health-ward-list-h30.csv"), KnownPeople()).accepted}
    first, rare = people["D0065"], people["D0005"]
    assert (first.name, first.postcode) == ("神﨑 博", "162-0812")
    assert first.address == "東京都新宿区西五軒町2丁目12番3号"
    assert (first.age, first.sex, first.phone) == (90, Sex.MALE, "03-4343-5719")
    assert (first.channel, first.origin) == (Channel.CARD, Origin.PROVIDED)
    assert rare.phone == ""


def test_the_apps_list() -> None:
    cards = ward_list.read(read_file("health-ward-list-h30.csv"), KnownPeople()).accepted
    plan = app_users.read(read_file("health-app-users-h30.csv"), known(cards), START, END)
    assert (len(plan.accepted), len(plan.refused), plan.doubtful_rows) == (249, 1, 2)
    assert codes(plan.refused) == [("A0078", "under_age")]
    assert codes(plan.doubtful) == [("A0013", "mail_unreadable"), ("A0056", "mail_missing")]
    people = {one.number: one for one in plan.accepted}
    assert people["A0150"].name == "𠮷田 さくら"
    assert people["A0011"].name == "辻\U000e0100 龍之介"
    assert people["A0001"].mail == "user0001@example.jp"
    assert people["A0001"].received is not None
    assert people["A0001"].received.isoformat() == "2018-06-27T17:10:00+09:00"
    assert {one.origin for one in plan.accepted} == {Origin.COLLECTED}


def test_the_apps_july() -> None:
    users = {f"A{number:04d}" for number in range(1, 251)}
    plan = app_steps.read(read_file("health-app-steps-2018-07.csv"), JULY, users, START, END)
    assert (len(plan.accepted), len(plan.refused), len(plan.doubtful)) == (940, 0, 0)
    months = app_steps.months(plan.accepted, JULY)
    assert len(months) == 33
    assert {len(days) for days in months.values()} == {31}
    first = summary(months["A0001"])
    assert (first.total, first.counted_days, first.not_keyed) == (375_619, 31, 0)
    assert months["A0001"][0] == Day(13_162, DayState.KEYED, Channel.APP)
    assert sum(summary(days).counted_days for days in months.values()) == 940


def test_the_cards_of_july() -> None:
    plan = paper_cards.read(read_file("health-paper-cards-2018-07.csv"), JULY)
    assert (len(plan.accepted), len(plan.refused)) == (33, 0)
    assert codes(plan.doubtful) == [
        ("D0004", "total_differs"),
        ("D0009", "total_differs"),
        ("D0012", "total_differs"),
        ("D0014", "total_differs_day"),
        ("D0016", "total_differs"),
        ("D0028", "total_differs"),
    ]
    cards = {card.number: card for card in plan.accepted}
    assert cards["D0001"].written_total == 375_619
    assert cards["D0002"].written_total is None
    assert cards["D0014"].days[3:5] == (3_984, None)
    assert summary(cards["D0014"].keyed()).blank == 27
    assert sum(summary(card.keyed()).counted_days for card in plan.accepted) == 940


def test_a_card_of_somebody_who_was_refused_waits_for_them() -> None:
    numbers = {one.number for one in ward_list.read(read_file("health-ward-list-h30.csv"), KnownPeople()).accepted}
    plan = paper_cards.read(read_file("health-paper-cards-2018-07.csv"), JULY, numbers)
    assert codes(plan.refused) == [("D0018", "unknown_number")]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (f",{PERSON}", "number_missing"),
        (f"D-髙,{PERSON}", "number_unreadable"),
        ("D1,　,1600022,東京都新宿区新宿1-2-3,40,女,", "name_missing"),
        ("D1,山田 葵,1600022,,40,女,", "address_missing"),
        ("D1,山田 葵,1600022,東京都新宿区新宿1-2-3,,女,", "age_missing"),
        ("D1,山田 葵,1600022,東京都新宿区新宿1-2-3,四十,女,", "age_in_words"),
        ("D1,山田 葵,1600022,東京都新宿区新宿1-2-3,４O,女,", "age_unreadable"),
        ("D1,山田 葵,1600022,東京都新宿区新宿1-2-3,140,女,", "age_too_high"),
        ("D1,山田 葵,1600022,東京都新宿区新宿1-2-3,17歳,女,", "under_age"),
        ("D1,山田 葵,1640001,東京都中野区中野4-8-1,40,女,", "outside_ward"),
        ("D1,山田 葵,1600022,東京都新宿区新宿1-2-3,40,F,", "sex_unreadable"),
        ("D1,山田 葵,1600022,東京都新宿区新宿1-2-3,ハイツA,40,女,", "cells_differ"),
        ("D1,山田 葵,1600022", "cells_differ"),
    ],
)
def test_a_row_with_a_fault_is_refused_and_the_next_is_taken(line: str, code: str) -> None:
    plan = ward(line, f"D9,{PERSON}")
    assert [refused.reason.code.partition(".")[2] for refused in plan.refused] == [code]
    assert [one.number for one in plan.accepted] == ["D9"]


@pytest.mark.parametrize(
    ("line", "codes_"),
    [
        (f"D1,{PERSON}", []),
        ("D1,山田 葵,,新宿区新宿1-2-3,40歳,,", ["postcode_missing"]),
        ("D1,山田 葵,16000,新宿区新宿1-2-3,４０,女,", ["postcode_unreadable"]),
        (
            "D1,〓田 葵,1600000,新宿区新宿1-2-3,40,女,12",
            ["name_lost_characters", "postcode_catch_all", "phone_unreadable"],
        ),
        ("D1,山田 葵,1600022,新宿区?町1-2-3,40,女,", ["address_lost_characters"]),
    ],
)
def test_a_row_to_be_looked_at_is_taken_with_its_doubts(line: str, codes_: list[str]) -> None:
    plan = ward(line)
    assert len(plan.accepted) == 1
    assert [code for _, code in codes(plan.doubtful)] == codes_


def test_a_number_that_the_contract_has_is_refused() -> None:
    people = KnownPeople.of([KnownPerson("D1", "鈴木 一", "新宿区若葉1", 50, "")])
    plan = ward_list.read(table(WARD, f"Ｄ１,{PERSON}"), people)
    assert codes(plan.refused) == [("Ｄ１", "number_taken")]


def test_the_same_person_is_recognised_behind_other_characters() -> None:
    people = KnownPeople.of([KnownPerson("A1", "髙橋 キヨ", "東京都新宿区若葉1-2　ハイツA", 80, "090-1111-2222")])
    same = "D1,高橋　きよ,1600011,東京都新宿区若葉１－２　ハイツＡ,{age},女,{phone}"
    twice = ward_list.read(table(WARD, same.format(age=80, phone="")), people)
    assert codes(twice.refused) == [("D1", "similar_person")]
    assert twice.refused[0].reason.values == {"name": "髙橋 キヨ", "number": "A1"}
    moved_on = ward_list.read(table(WARD, same.format(age=81, phone="０９０１１１１２２２２")), people)
    assert codes(moved_on.refused) == [("D1", "similar_person")]


def test_father_and_son_of_one_name_are_taken_and_looked_at() -> None:
    home = "1600011,東京都新宿区若葉1-2"
    plan = ward(f"D1,斉藤 一,{home},80,男,090-1111-2222", f"D2,斎藤 一,{home},52,男,090-1111-3333")
    assert [one.number for one in plan.accepted] == ["D1", "D2"]
    assert codes(plan.doubtful) == [("D2", "similar_person")]


def test_reading_a_list_leaves_the_known_people_as_they_were() -> None:
    people = KnownPeople()
    first = ward_list.read(table(WARD, f"D1,{PERSON}"), people)
    assert ward_list.read(table(WARD, f"D1,{PERSON}"), people) == first


def test_a_column_that_is_no_permitted_item_is_named_and_not_read() -> None:
    plan = ward_list.read(table(f"{WARD},フリガナ", f"D1,{PERSON},ヤマダアオイ"), KnownPeople())
    assert [(note.code, note.values) for note in plan.notes] == [("exchange.column_ignored", {"column": "フリガナ"})]
    assert "ヤマダ" not in repr(plan.accepted)


def test_another_kind_of_list_is_refused_as_a_whole() -> None:
    cards = read_file("health-paper-cards-2018-07.csv")
    for read in (
        lambda: ward_list.read(cards, KnownPeople()),
        lambda: app_users.read(cards, KnownPeople(), START, END),
        lambda: app_steps.read(cards, JULY, (), START, END),
        lambda: paper_cards.read(read_file("health-ward-list-h30.csv"), JULY),
    ):
        with pytest.raises(Problem) as caught:
            read()
        assert caught.value.code == "exchange.columns_missing"


def test_an_open_last_line_is_looked_at() -> None:
    text = f"{WARD}\nD1,{PERSON}\nD2,鈴木 一,1600011,新宿区若葉1,50,男,090"
    plan = ward_list.read(read_table(text.encode()), KnownPeople())
    assert codes(plan.doubtful) == [("D2", "phone_unreadable"), ("D2", "last_line_open")]


@pytest.mark.parametrize(
    ("received", "mail", "codes_"),
    [
        ("2018-06-01 10:00:00", "a@example.jp", []),
        ("2018-05-13 23:59:00", "a@example.jp", ["received_outside_contract"]),
        ("", "a@example", ["mail_unreadable"]),
        ("2018/6/1", "", ["mail_missing"]),
    ],
)
def test_an_application_is_taken_with_its_doubts(received: str, mail: str, codes_: list[str]) -> None:
    plan = app_users.read(table(APP, f"A1,{received},{PERSON},{mail}"), KnownPeople(), START, END)
    assert len(plan.accepted) == 1
    assert [code for _, code in codes(plan.doubtful)] == codes_


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("A9,2018/07/01,100", "cards.unknown_number"),
        ("A1,2018/06/30,100", "cards.outside_month"),
        ("A1,2018/07/32,100", "dates.no_such_day"),
        ("A1,2018/07/01,-1", "cards.negative"),
        ("A1,2018/07/01,100000", "cards.over_limit"),
        ("A1,2018/07/01,", "cards.steps_missing"),
        ("A1,2018/07/01,12.5", "numbers.unreadable"),
        ("A1,2018/07/01,八千", "numbers.in_words"),
        ("A1,2018/07/02,5", "cards.day_twice"),
    ],
)
def test_a_days_steps_with_a_fault_are_refused(line: str, code: str) -> None:
    rows = table("利用者ID,日付,歩数", "A1,H30.7.2,\u0038\u0033", "ａ１,2018-07-03,９９９９９", line)
    plan = app_steps.read(rows, JULY, {"A1"}, START, END)
    assert [refused.reason.code for refused in plan.refused] == [code]
    assert [row.steps for row in plan.accepted] == [83, 99_999]


def test_days_outside_the_contract_are_refused() -> None:
    rows = table("利用者ID,日付,歩数", "A1,2018/05/13,1", "A1,2018/05/14,2")
    plan = app_steps.read(rows, Month(2018, 5), {"A1"}, START, END)
    assert [refused.reason.code for refused in plan.refused] == ["cards.outside_contract"]
    assert app_steps.months(plan.accepted, Month(2018, 5))["A1"][12].state is DayState.NOT_KEYED


def cards_table(*rows: str) -> Table:
    header = ",".join(["受付番号", *(f"{day}日" for day in range(1, 32)), "記入された合計"])
    return table(header, *rows)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("D1" + ",5" * 30 + ",5,155", "cards.day_after_month"),
        ("D1" + ",x" * 30 + ",,155", "numbers.unreadable"),
        ("D1" + ",100000" * 30 + ",,", "cards.over_limit"),
        ("D2" + ",5" * 30 + ",,150", "cards.card_twice"),
        (",5" * 30 + ",,150", "cards.unknown_number"),
    ],
)
def test_a_card_with_a_fault_is_refused(row: str, code: str) -> None:
    plan = paper_cards.read(cards_table("D2" + ",5" * 30 + ",,150", row), Month(2018, 6))
    assert [refused.reason.code for refused in plan.refused] == [code]
    assert [card.number for card in plan.accepted] == ["D2"]


cells = st.text(st.sampled_from("髙田?〓 　0189０１-/.:,東京都新宿区D男女@六十"), max_size=12)


@given(st.lists(st.lists(cells, min_size=9, max_size=9), max_size=5))
def test_every_row_is_taken_or_refused_and_nothing_breaks(rows: list[list[str]]) -> None:
    header = APP.split(",")
    body = [row for row in rows if any(cell.strip() for cell in row)]
    text = "\t".join(header) + "\n" + "".join("\t".join(row) + "\n" for row in body)
    plan = app_users.read(read_table(text.encode()), KnownPeople(), START, END)
    assert len(plan.accepted) + len(plan.refused) == len(body)
