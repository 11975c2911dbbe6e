"""参加申込書: it asks what the council paper permits and nothing else, and a pen has room in every field."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from types import MappingProxyType

import pytest
from pypdf import PdfReader

from tests.documents.ward_facts import WORDINGS, form_facts
from walkdesk.documents.application_form import (
    FOLDS,
    LABELS,
    LEAST,
    ORDER,
    application_pdf,
    asked_of,
    rows_of,
)
from walkdesk.documents.wording import shipped_wording
from walkdesk.domain import participants
from walkdesk.domain.participants import PERMITTED_ITEMS, Channel, Origin, PermittedItem, Programme, is_permitted
from walkdesk.domain.problem import Problem

PROGRAMMES = tuple(Programme)


def words(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).replace("\n", "")


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_every_field_is_permitted(programme: Programme) -> None:
    for asked in asked_of(programme):
        assert is_permitted(asked.item, programme, Origin.COLLECTED, asked.only)
    permitted = PERMITTED_ITEMS[programme][Origin.COLLECTED]
    later = {PermittedItem.STEPS, PermittedItem.QUESTIONNAIRE}
    assert {asked.item for asked in asked_of(programme)} == permitted - later


def test_the_mail_address_is_asked_of_app_users_only() -> None:
    (mail,) = [asked for asked in asked_of(Programme.HEALTH_POINTS) if asked.item is PermittedItem.EMAIL]
    assert mail.only is Channel.APP
    labels = [row.label for row in rows_of(form_facts(Programme.HEALTH_POINTS))]
    assert labels == ["氏名", "住所", "年齢", "性別", "電話番号", "参加方法", "メールアドレス"]
    without_app = replace(form_facts(Programme.HEALTH_POINTS), channels=(Channel.CARD,))
    assert "メールアドレス" not in [row.label for row in rows_of(without_app)]


def test_the_walk_asks_its_own_items() -> None:
    labels = [row.label for row in rows_of(form_facts(Programme.CITY_WALK))]
    assert labels == ["氏名", "住所", "生年月日", "性別", "電話番号", "参加コース", "参加者区分"]


@pytest.mark.parametrize("item", ORDER)
@pytest.mark.parametrize("programme", PROGRAMMES)
def test_an_item_that_is_no_longer_permitted_leaves_the_form(
    monkeypatch: pytest.MonkeyPatch, programme: Programme, item: PermittedItem
) -> None:
    kept = {origin: items - {item} for origin, items in PERMITTED_ITEMS[programme].items()}
    monkeypatch.setattr(
        participants, "PERMITTED_ITEMS", MappingProxyType({**PERMITTED_ITEMS, programme: MappingProxyType(kept)})
    )
    assert item not in {asked.item for asked in asked_of(programme)}
    assert LABELS[item] not in {row.label for row in rows_of(form_facts(programme))}


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_no_label_of_another_item_stands_on_the_page(programme: Programme) -> None:
    text = words(application_pdf(form_facts(programme)))
    others = set(LABELS) - {asked.item for asked in asked_of(programme)}
    assert others and not [LABELS[item] for item in others if LABELS[item] in text]
    assert "ふりがな" not in text and "保護者" not in text


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_the_purpose_stands_on_the_page_and_the_office_has_its_row(programme: Programme) -> None:
    facts = form_facts(programme)
    text = words(application_pdf(facts))
    assert all(part[:20] in text for part in facts.text.lines("purpose"))
    for word in ("個人情報の利用目的", "だけに使います", "お問い合わせ", "受付番号", "受付日", "経路", "窓口", "Web"):
        assert word in text


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_every_field_has_room_for_a_pen(programme: Programme) -> None:
    assert LEAST >= 9
    for tight in (False, True):
        assert all(row.height >= LEAST for row in rows_of(form_facts(programme), tight))
    assert (FOLDS[0], FOLDS[1] - FOLDS[0], 297 - FOLDS[1]) == (99.0, 99.0, 99.0)


def test_many_courses_take_more_lines() -> None:
    wording = shipped_wording(WORDINGS[Programme.CITY_WALK], "form")
    many = "\n".join(f"{number}番目の長い名前のコース" for number in range(1, 7))
    parts = tuple((key, many if key == "courses" else text) for key, text in wording.parts)
    facts = form_facts(Programme.CITY_WALK, replace(wording, parts=parts))
    heights = {row.label: row.height for row in rows_of(facts)}
    assert heights["参加コース"] > 2 * LEAST
    assert "6番目の長い名前のコース" in words(application_pdf(facts))


def test_a_wording_that_leaves_no_room_is_refused() -> None:
    wording = shipped_wording(WORDINGS[Programme.HEALTH_POINTS], "form")
    parts = tuple((key, text * 12 if key == "purpose" else text) for key, text in wording.parts)
    with pytest.raises(Problem) as caught:
        application_pdf(form_facts(Programme.HEALTH_POINTS, replace(wording, parts=parts)))
    assert caught.value.code == "papers.too_long"
