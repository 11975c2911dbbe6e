"""台紙: what stands on the sheet, where its boxes stand, what a scanner finds of it, what stops it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace

import pypdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageDraw

from tests.documents.card_facts import JULY, MONTHLY, NARROW, card, meta
from walkdesk.documents.points_card import BOXES, SMALLEST, card_faults, points_cards_pdf
from walkdesk.documents.sheet import MM, Mark
from walkdesk.domain.cardlayouts import CardLayout
from walkdesk.domain.codes import CardCode, card_code, read_card_code
from walkdesk.domain.dates import Month
from walkdesk.domain.layouts import A4, Box, Offset
from walkdesk.domain.problem import Problem

LONG = "アレクサンドラ・マリア・ゴンサレス・デ・ラ・クルス"
LAYOUTS = pytest.mark.parametrize("layout", [MONTHLY, NARROW], ids=["month", "narrow"])


def picture(pdf: bytes, scale: float = 3) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as document:
        return document[0].render(scale=scale, grayscale=True).to_pil()


def lines_of(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return document[0].get_textpage().get_text_bounded().splitlines()


def text_of(pdf: bytes) -> str:
    return "".join(lines_of(pdf)).replace("\ufffe", "")


def pale_boxes(pdf: bytes) -> list[Box]:
    """Every rectangle with a pale frame, as the page's content says it."""
    document = pypdf.PdfReader(io.BytesIO(pdf))
    form = next(iter(document.pages[0]["/Resources"]["/XObject"].values()))
    found, stroke = [], ()
    for line in form.get_object().get_data().decode("latin-1").splitlines():
        if line.endswith(" RG"):
            stroke = tuple(float(part) for part in line.split()[:3])
        match = re.fullmatch(r"(?:n )?([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re [BS]", line)
        if match and stroke == pytest.approx(BOXES.rgb(), abs=0.001):
            x, y, width, height = (float(part) / MM for part in match.groups())
            found.append(Box(x, A4[1] - y - height, width, height))
    return found


@LAYOUTS
def test_the_code_on_the_page_opens_this_card_and_month(layout: CardLayout) -> None:
    (code,) = zxingcpp.read_barcodes(picture(points_cards_pdf([card(118)], meta(layout=layout))))
    assert code.text == card_code("30-HP-0001", "D0118", JULY)
    assert code.ec_level == "M"
    assert read_card_code(code.text) == CardCode("30-HP-0001", "D0118", JULY)


def test_the_sheet_says_whose_it_is_when_and_where_it_goes_and_what_for() -> None:
    text = text_of(points_cards_pdf([card(118)], meta()))
    for words in (
        "平成30年7月",
        "D0118",
        "髙橋 ふみ子　様",
        "歩かなかった日は「0」",
        "16日（月・祝）",
        "平成30年8月10日（金）までに",
        "〒160-0022　東京都新宿区新宿9丁目88番7号",
        "03-0000-0123",
        "個人情報の利用目的",
        "契約に従って返還・消去します",
        "R-0003-118",
        "平成30年度 第1版",
    ):
        assert words in text
    assert "{" not in text


@pytest.mark.parametrize(("month", "days"), [("2019-02", 28), ("2020-02", 29), ("2018-09", 30), ("2018-07", 31)])
@LAYOUTS
def test_every_day_of_the_month_has_its_boxes_where_the_layout_says(month: str, days: int, layout: CardLayout) -> None:
    chosen = Month.parse(month)
    pdf = points_cards_pdf([card(month=chosen)], meta(chosen, layout))
    expected = [box for day in range(1, days + 1) for box in layout.day_digits(day)]
    boxes = pale_boxes(pdf)
    examples = 2 * layout.digits
    assert len(boxes) == examples + days * layout.digits + layout.digits + 2
    drawn = boxes[examples:]
    for box, place in zip(drawn, [*expected, *layout.total_digits()], strict=True):
        assert (box.left, box.top) == pytest.approx((place.left, place.top), abs=0.01)
    assert [line for line in lines_of(pdf) if line.startswith(f"{days}日")]
    assert f"{days + 1}日（" not in text_of(pdf).replace(f"月{days + 1}日（", "")


def test_days_outside_the_contract_have_no_boxes() -> None:
    pdf = points_cards_pdf([card()], meta(first=14))
    assert len(pale_boxes(pdf)) == (2 + 18) * 5 + 7
    assert text_of(pdf).count("事業の期間外です") == 13


def test_all_that_a_participant_reads_has_twelve_points() -> None:
    with pypdfium2.PdfDocument(points_cards_pdf([card()], meta())) as document:
        found = document[0].get_textpage()
        sizes: dict[float, str] = {}
        for place in range(found.count_chars()):
            left, bottom, _, top = found.get_charbox(place, loose=True)
            size = round(top - bottom, 1)
            sizes[size] = sizes.get(size, "") + found.get_text_range(place, 1)
    small = "".join(words for size, words in sizes.items() if size < SMALLEST - 0.1)
    assert "".join(small.split()) == "R-0003-118佐藤恵10:00平成30年度第1版"


@LAYOUTS
@pytest.mark.parametrize("name", ["髙橋 ふみ子", LONG])
def test_nothing_lies_upon_another_thing_or_beside_the_printable_sheet(
    layout: CardLayout, name: str, tool: Callable[..., str]
) -> None:
    pdf = points_cards_pdf([card(name=name)], meta(layout=layout))
    places = []
    for values in re.findall(
        r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">[^<]*<',
        tool(pdf, "pdftotext", "-bbox", "{}", "-"),
    ):
        left, top, right, bottom = (float(value) / MM for value in values)
        # A word's box is as high as the font's ascent and descent: what is seen of it is less.
        places.append(Box(left, top + (bottom - top) * 0.12, right - left, (bottom - top) * 0.7))
    assert len(places) > 90
    sheet = Box(0, 0, *A4).inset(5)
    blocked = [*layout.corner_marks(), layout.qr]
    blocked += [box for day in range(1, 32) for box in layout.day_digits(day)] + list(layout.total_digits())
    for number, place in enumerate(places):
        assert sheet.holds(place)
        for other in (*places[number + 1 :], *blocked):
            assert not place.inset(0.15).meets(other.inset(0.15))


def test_a_scanner_drops_the_boxes_and_keeps_the_handwriting_and_the_marks() -> None:
    page = picture(points_cards_pdf([card()], meta()))
    cell = MONTHLY.day_digits(9)[2]
    around = tuple(round(edge * MM * 3) for edge in (cell.left - 1, cell.top - 0.3, cell.right + 1, cell.bottom + 0.3))
    middle = (round((cell.left + cell.width / 2) * MM * 3), round((cell.top + cell.height / 2) * MM * 3))
    assert 128 < page.crop(around).getextrema()[0] < 230
    ImageDraw.Draw(page).line((middle[0], middle[1] - 15, middle[0] + 4, middle[1] + 15), fill=70, width=4)
    scanned = page.point(lambda grey: 255 * (grey > 128))
    assert scanned.crop(around).histogram()[0] == pytest.approx(4 * 31, rel=0.25)
    for mark in MONTHLY.corner_marks():
        inside = tuple(
            round(edge * MM * 3) for edge in (mark.left + 0.2, mark.top + 0.2, mark.right - 0.2, mark.bottom - 0.2)
        )
        assert scanned.crop(inside).getextrema() == (0, 0)


@pytest.mark.parametrize("name", ["𠮷田 葛\U000e0100城", "辻\U000e0100 邊\U000e0108見", LONG])
def test_hard_and_long_names_stand_there_exactly(name: str) -> None:
    assert name in text_of(points_cards_pdf([card(name=name)], meta()))


def test_cards_that_cannot_be_printed_are_listed_before_printing() -> None:
    cards = [
        card(1, LONG),
        card(2, "山\U00031350 太郎"),
        card(3, "長い名前" * 20),
        card(4, 事業名="長い事業の名前" * 20),
    ]
    faults = card_faults(cards, meta())
    assert [(fault.number, fault.problem.code) for fault in faults] == [
        ("D0002", "papers.unprintable"),
        ("D0003", "papers.too_long"),
        ("D0004", "papers.too_long"),
    ]
    with pytest.raises(Problem):
        points_cards_pdf(cards, meta())


def test_a_batch_has_a_bookmark_a_person_and_stays_small() -> None:
    pdf = points_cards_pdf([card(place) for place in range(1, 61)], meta())
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert [one.title for one in reader.outline][:2] == ["D0001 髙橋 ふみ子", "D0002 髙橋 ふみ子"]
    assert len(reader.pages) == 60
    assert reader.metadata is not None
    assert reader.metadata.title == "健康ポイント事業 台紙 60枚"
    assert len(pdf) / 60 <= 3500
    assert points_cards_pdf([card(place) for place in range(1, 61)], meta()) == pdf


@pytest.mark.parametrize(("mark", "word"), [(Mark.PRACTICE, "練習"), (Mark.SAMPLE, "見本")])
def test_practice_and_sample_cards_are_marked_and_still_read(mark: Mark, word: str) -> None:
    pdf = points_cards_pdf([card()], replace(meta(), mark=mark))
    assert f"{word}　" in text_of(pdf)
    assert [code.text for code in zxingcpp.read_barcodes(picture(pdf))] == [card_code("30-HP-0001", "D0118", JULY)]


def test_a_printers_offset_moves_the_boxes_with_the_rest() -> None:
    moved = picture(points_cards_pdf([card()], replace(meta(), offset=Offset(2.0, 3.0))))
    dark = moved.point(lambda grey: 255 * (grey < 100)).getbbox()
    assert dark is not None
    assert (dark[0] / MM / 3, dark[1] / MM / 3) == pytest.approx((12, 13), abs=0.2)
