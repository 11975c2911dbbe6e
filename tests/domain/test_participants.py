from __future__ import annotations

import pytest

from walkdesk.domain.participants import (
    PERMITTED_ITEMS,
    Category,
    Channel,
    Origin,
    PermittedItem,
    Programme,
    Sex,
    eligible,
    is_permitted,
    parse_category,
    parse_sex,
    reason_not_eligible,
    require_permitted,
    tidy_number,
)
from walkdesk.domain.problem import Problem

HEALTH = {"name", "address", "age", "sex", "phone", "questionnaire", "steps"}
WALK = {"name", "address", "birth-date", "phone", "sex", "course", "category"}


def values(items: frozenset[PermittedItem]) -> set[str]:
    return {item.value for item in items}


def test_the_lists_are_those_of_the_two_council_papers() -> None:
    health, walk = PERMITTED_ITEMS[Programme.HEALTH_POINTS], PERMITTED_ITEMS[Programme.CITY_WALK]
    assert values(health[Origin.PROVIDED]) == HEALTH
    assert values(health[Origin.COLLECTED]) == HEALTH | {"email"}
    assert values(walk[Origin.PROVIDED]) == values(walk[Origin.COLLECTED]) == WALK


def test_an_email_address_is_for_app_users_only() -> None:
    wanted = (PermittedItem.EMAIL, Programme.HEALTH_POINTS, Origin.COLLECTED)
    assert is_permitted(*wanted, Channel.APP)
    assert not is_permitted(*wanted, Channel.CARD)
    assert not is_permitted(*wanted)
    assert not is_permitted(PermittedItem.EMAIL, Programme.HEALTH_POINTS, Origin.PROVIDED, Channel.APP)


def test_an_item_that_the_paper_does_not_name_is_refused() -> None:
    require_permitted(PermittedItem.AGE, Programme.HEALTH_POINTS, Origin.PROVIDED)
    with pytest.raises(Problem) as caught:
        require_permitted(PermittedItem.BIRTH_DATE, Programme.HEALTH_POINTS, Origin.PROVIDED)
    assert caught.value.code == "reception.item_not_permitted"
    with pytest.raises(Problem):
        require_permitted(PermittedItem.STEPS, Programme.HEALTH_POINTS, Origin.PRODUCED)


@pytest.mark.parametrize(
    ("age", "in_ward", "code"),
    [
        (18, True, None),
        (120, True, None),
        (17, True, "reception.under_age"),
        (121, True, "reception.age_too_high"),
        (None, True, "reception.age_missing"),
        (40, False, "reception.outside_ward"),
    ],
)
def test_health_points_are_for_residents_of_18_and_over(age: int | None, in_ward: bool, code: str | None) -> None:
    reason = reason_not_eligible(Programme.HEALTH_POINTS, age=age, in_ward=in_ward)
    assert (reason.code if reason else None) == code
    assert eligible(Programme.HEALTH_POINTS, age=age, in_ward=in_ward) is (code is None)


def test_the_city_walk_is_for_who_lives_works_or_studies_in_the_ward() -> None:
    assert eligible(Programme.CITY_WALK, age=6, in_ward=True, category=Category.RESIDENT)
    assert eligible(Programme.CITY_WALK, in_ward=False, category=Category.WORKER)
    assert not eligible(Programme.CITY_WALK, in_ward=False, category=Category.RESIDENT)
    assert not eligible(Programme.CITY_WALK, in_ward=True)


def test_words_of_lists_are_read() -> None:
    assert [parse_sex(text) for text in ("男", "女性", " その他 ", "")] == list(Sex)
    assert parse_category("区内在勤") is Category.WORKER
    assert tidy_number(" ｄ０００１ ") == "D0001"
    with pytest.raises(Problem):
        parse_sex("M?")
    with pytest.raises(Problem):
        parse_category("在宅")
