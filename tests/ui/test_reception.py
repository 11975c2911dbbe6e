"""The reception desk: finding, looking, correcting, registering, by keyboard, on the ward's real list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Build, Office
from tests.services.desks import with_lists
from tests.ui.keyboard import cells, press, write
from tests.ui.reach import nameless, unreached
from walkdesk.messages.reception import (
    RevealParticipant,
    ShowParticipant,
)
from walkdesk.services.perform import perform
from walkdesk.services.session import Session
from walkdesk.ui.reception.page import ReceptionPage

DATA = Path(__file__).resolve().parents[1] / "data"


@pytest.fixture
def desk(office_after: Callable[[Build], Office]) -> Session:
    """A handler with the ward's list and the app's people registered."""
    return office_after(with_lists).sign_in("S-0142")


@pytest.fixture
def reception(desk: Session, context_for: Callable[..., Any], visit: Callable[..., Any]) -> Any:
    """The page with its list."""
    return visit(ReceptionPage, context_for(desk))


def numbers(page: Any) -> list[str]:
    """The numbers of the list."""
    return [row[0] for row in cells(page.list.table)]


def test_the_list_turns_its_pages_and_comes_back(reception: Any, settle: Callable[..., None]) -> None:
    first = numbers(reception)
    assert len(first) == 200 and first == sorted(first)
    press(reception, "Ctrl+PgDown")
    settle(reception.context)
    second = numbers(reception)
    assert second[0] > first[-1]
    press(reception, "Ctrl+PgUp")
    settle(reception.context)
    assert numbers(reception) == first


def test_the_filter_of_doubtful_people_shows_only_them_and_their_number_is_the_badge(
    reception: Any, settle: Callable[..., None], part: Callable[..., Any]
) -> None:
    reception.enter(only="doubtful")
    settle(reception.context)
    rows = cells(part(reception, "reception_table"))
    assert rows and {row[-1] for row in rows} == {"要確認"}
    assert reception.context.room.badges["reception"] == len(rows)


def test_old_forms_of_kanji_are_found_by_the_new_ones(
    reception: Any, settle: Callable[..., None], part: Callable[..., Any]
) -> None:
    write(part(reception, "reception_text"), "斉藤")
    press(reception, "Return")
    settle(reception.context)
    assert {row[1].split()[0] for row in cells(part(reception, "reception_table"))} >= {"齋藤"}


def test_the_order_is_the_rooms_and_can_be_reversed(
    reception: Any, settle: Callable[..., None], part: Callable[..., Any]
) -> None:
    part(reception, "reception_order").choose("age")
    part(reception, "reception_descending").click()
    settle(reception.context)
    ages = [int(row[3]) for row in cells(part(reception, "reception_table"))]
    assert ages == sorted(ages, reverse=True)


def test_enter_opens_a_person_masked_and_escape_comes_back(
    reception: Any, settle: Callable[..., None], part: Callable[..., Any], desk: Session
) -> None:
    reception.list.table.select("A0002")
    press(reception, "Return")
    settle(reception.context)
    assert part(reception, "person_number").text() == "A0002"
    whole = perform(desk, RevealParticipant("A0002")).answer
    shown = part(reception, "person_identity")
    words = " ".join(child.accessibleName() for child in shown.children() if hasattr(child, "accessibleName"))
    assert whole.address not in words and whole.phone not in words
    assert reception.place() == {"number": "A0002"}
    press(reception, "Esc")
    settle(reception.context)
    assert part(reception, "reception_table").isVisible()


def test_looking_opens_the_values_says_so_and_hides_them_again(
    reception: Any, settle: Callable[..., None], part: Callable[..., Any]
) -> None:
    reception.enter(number="D0002")
    settle(reception.context)
    press(reception, "Alt+V")
    settle(reception.context)
    assert part(reception, "person_phone").accessibleName().endswith("070-4984-5154")
    assert "証跡台帳 第" in reception.context.room.said[-1]
    identity = reception.person.identity
    for _ in range(30):
        identity._count_down()
    assert part(reception, "person_phone").accessibleName().endswith("5154")
    assert "070-4984" not in part(reception, "person_phone").accessibleName()


def test_what_is_open_is_hidden_when_the_page_is_left(
    reception: Any, settle: Callable[..., None], part: Callable[..., Any]
) -> None:
    reception.enter(number="D0002")
    settle(reception.context)
    press(reception, "Alt+V")
    settle(reception.context)
    reception.hide()
    assert "070-4984" not in part(reception, "person_phone").accessibleName()


def test_a_lost_character_is_corrected_with_its_reason_and_the_doubt_is_gone(
    reception: Any, settle: Callable[..., None], part: Callable[..., Any], desk: Session
) -> None:
    reception.enter(number="D0032")
    settle(reception.context)
    part(reception, "person_doubt_0_button").click()
    assert part(reception, "correct_field").chosen() == "name"
    write(part(reception, "correct_value"), "𠮷田 幸子")
    press(reception, "Ctrl+S")
    assert part(reception, "correct_reason_problem").text() == "空欄です。入れてください。"
    write(part(reception, "correct_reason"), "本人から電話で届出")
    press(reception, "Ctrl+S")
    settle(reception.context)
    sheet = perform(desk, ShowParticipant("D0032")).answer
    assert (sheet.name, sheet.doubts) == ("𠮷田 幸子", ())
    assert part(reception, "person_name").text() == "𠮷田 幸子"
    history = cells(part(reception, "person_history"))
    assert history[0][2:] == ["氏名", "?田 幸子 → 𠮷田 幸子", "本人から電話で届出"]
    assert reception.context.room.said[-1] == "D0032 の氏名を訂正しました。"


def test_a_value_that_cannot_be_is_told_beside_its_field(
    reception: Any, settle: Callable[..., None], part: Callable[..., Any]
) -> None:
    reception.enter(number="D0002")
    settle(reception.context)
    press(reception, "Alt+J")
    part(reception, "correct_field").choose("postcode")
    write(part(reception, "correct_value"), "123")
    write(part(reception, "correct_reason"), "本人の届出")
    press(reception, "Ctrl+S")
    settle(reception.context)
    assert "郵便番号の「123」を読めません" in part(reception, "correct_value_problem").text()


def test_an_application_is_registered_by_hand(
    reception: Any, settle: Callable[..., None], part: Callable[..., Any]
) -> None:
    press(reception, "Alt+N")
    write(part(reception, "register_number"), "D0901")
    write(part(reception, "register_purpose"), "H30.8.1")
    write(part(reception, "register_name"), "架空 梅子")
    write(part(reception, "register_age"), "17")
    write(part(reception, "register_postcode"), "1600022")
    write(part(reception, "register_address"), "新宿区新宿一丁目1番1号")
    press(reception, "Ctrl+S")
    settle(reception.context)
    assert "18歳以上" in part(reception, "register_age_problem").text()
    write(part(reception, "register_age"), "71")
    press(reception, "Ctrl+S")
    settle(reception.context)
    assert part(reception, "person_number").text() == "D0901"
    assert reception.context.room.said[-1] == "架空 梅子さん（D0901）を登録しました。"


def test_the_mail_address_is_asked_of_app_people_only(reception: Any, part: Callable[..., Any]) -> None:
    press(reception, "Alt+N")
    assert not part(reception, "register_mail").isEnabled()
    part(reception, "register_way").choose("app")
    assert part(reception, "register_mail").isEnabled()


@pytest.mark.parametrize(
    "place", [{"view": "list"}, {"number": "D0032"}, {"view": "register"}], ids=["list", "person", "register"]
)
def test_everything_has_a_name_and_tab_comes_everywhere(
    desk: Session, context_for: Callable[..., Any], visit: Callable[..., Any], place: dict[str, str]
) -> None:
    page = visit(ReceptionPage, context_for(desk), **place)
    assert nameless(page) == []
    assert unreached(page) == []
