"""The address block: measured inside both windows, shrinking before it breaks, never cut."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.facts import MOMENT
from tests.documents.measure import around, drawn, words
from walkdesk.documents.mail import (
    ENVELOPE_STYLE,
    LABEL_STYLE,
    SMALLEST,
    SMALLEST_ON_LABEL,
    WINDOW_STYLE,
    Addressee,
    BlockStyle,
    check_address,
    draw_address,
)
from walkdesk.documents.sheet import PaperMeta, Sheet, paper_pdf
from walkdesk.domain.layouts import NO_OFFSET, SLIP, SPARE, Box, Offset
from walkdesk.domain.problem import Problem
from walkdesk.resources.layouts import window_layouts

PLAIN = Addressee("160-0023", "東京都新宿区西新宿9丁目7番1号", "グリーンタワー新宿 2301号室", "見本 花子", "D0118")
HARD = {
    "plain": PLAIN,
    "no building": replace(PLAIN, building=""),
    "long building": replace(
        PLAIN, building="コーポラティブハウス新大久保ヒルズガーデンレジデンス壱番館 サウスウィング 1234号室"
    ),
    "long name": replace(PLAIN, name="アレクサンドラ・マリア・ゴンサレス・デ・ラ・クルス"),
    "latin name": replace(PLAIN, name="Wolfeschlegelsteinhausenbergerdorff Hubert Blaine"),
    "forty": replace(PLAIN, address="東京都新宿区" + "高田馬場" * 8 + "9番", building=""),
    "both long": replace(
        PLAIN,
        building="コーポラティブハウス新大久保ヒルズガーデンレジデンス壱番館",
        name="アレクサンドラ・マリア・ゴンサレス・デ・ラ・クルス",
    ),
    "rare": replace(PLAIN, name="𠮷田 葛\U000e0100城", address="東京都新宿区𡈽田9丁目"),
    "no number": replace(PLAIN, number="", postcode=""),
    "long number": replace(PLAIN, number="A-2018-000123456789-0001"),
}


def block(box: Box, *people: Addressee, style: BlockStyle = WINDOW_STYLE, offset: Offset = NO_OFFSET) -> bytes:
    """A page for each person."""

    def draw(sheet: Sheet) -> None:
        for person in people:
            sheet.new_page(footer=lambda: None)
            draw_address(sheet, box, person, style)

    return paper_pdf(PaperMeta("宛名", "歩楽", MOMENT, offset=offset), draw, total=len(people))


@pytest.mark.parametrize("key", ["naga3", "kaku2"])
def test_every_character_is_seen_with_room_around_it_even_when_the_sheet_slips(key: str) -> None:
    window = window_layouts()[key]
    pdf = block(window.address, *HARD.values())
    for page, (case, person) in enumerate(HARD.items()):
        characters = drawn(pdf, page)
        assert window.window.inset(SPARE + SLIP).holds(around(characters)), case
        said = words(characters).replace("　", "")
        for part in (person.postcode, person.number, person.address, person.building, f"{person.name}様"):
            assert part.replace(" ", "") in said, case


def test_the_printers_offset_moves_the_block() -> None:
    box = window_layouts()["naga3"].address
    before, after = (around(drawn(block(box, PLAIN, offset=offset))) for offset in (Offset(), Offset(-1.5, 2)))
    assert (after.left - before.left, after.top - before.top) == pytest.approx((-1.5, 2), abs=0.001)


def test_an_ordinary_address_has_twelve_points_and_a_long_one_shrinks_and_then_breaks() -> None:
    box = window_layouts()["naga3"].address

    def sizes(person: Addressee) -> dict[str, float]:
        found: dict[str, float] = {}
        trial = Sheet(PaperMeta("宛名", "歩楽", MOMENT), 1)
        trial.lines = lambda x, y, width, lines, size, *more, **named: found.setdefault("".join(lines), size)  # type: ignore[method-assign, assignment]
        draw_address(trial, box, person)
        return found

    assert sizes(PLAIN)[PLAIN.address] == 12
    assert sizes(PLAIN)["見本 花子　様"] == 16
    assert SMALLEST <= sizes(HARD["both long"])[PLAIN.address] < 12


@pytest.mark.parametrize("style", [WINDOW_STYLE, LABEL_STYLE, ENVELOPE_STYLE])
def test_no_style_goes_below_the_sizes_that_are_promised(style: BlockStyle) -> None:
    smallest, name = style.sizes[-1]
    assert smallest == (SMALLEST_ON_LABEL if style is LABEL_STYLE else SMALLEST)
    assert name == smallest + 1
    assert list(style.sizes) == sorted(style.sizes, reverse=True)
    assert 2.4 <= style.postcode * 0.73 / 72 * 25.4 <= 6.0


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"building": "とても長い建物の名前" * 30}, "papers.too_long", "住所"),
        ({"name": "とても長い名前" * 20}, "papers.too_long", "住所"),
        ({"number": "9" * 60}, "papers.too_long", "番号"),
        ({"name": "山\U00031350 太郎"}, "papers.unprintable", None),
        ({"postcode": "160\U00031350"}, "papers.unprintable", None),
    ],
)
def test_what_does_not_fit_or_cannot_be_drawn_stops_before_and_while_drawing(
    changed: dict[str, str], code: str, field: str | None
) -> None:
    box = window_layouts()["naga3"].address
    for way in (check_address, block):
        with pytest.raises(Problem) as stopped:
            way(box, replace(PLAIN, **changed))  # type: ignore[operator]
        assert stopped.value.code == code
        assert stopped.value.values.get("field") == field


@settings(max_examples=40, deadline=None)
@given(
    st.text("東京都新宿区百人町コーポ・ 1-9West", min_size=1, max_size=60),
    st.text("東京ヒルズ館 1234号室", max_size=60),
    st.text("髙橋アレクサンドラ・ Maria", min_size=1, max_size=45),
)
def test_whatever_is_drawn_is_whole_and_inside(address: str, building: str, name: str) -> None:
    window = window_layouts()["naga3"]
    person = Addressee("160-0023", address.strip(), building.strip(), name.strip(), "D0001")
    try:
        check_address(window.address, person)
    except Problem:
        return
    characters = drawn(block(window.address, person))
    assert window.address.holds(around(characters))
    expected = "".join([person.postcode, person.number, person.address, person.building, person.name, "様"])
    assert sorted(words(characters).replace("　", "")) == sorted(expected.replace(" ", "").replace("　", ""))
