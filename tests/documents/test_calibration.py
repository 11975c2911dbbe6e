"""Calibration sheets and the test page: rulers that measure right, the sum with its figures, the correction applied."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdf
import pypdfium2
import pytest
import zxingcpp

from tests.documents.facts import MOMENT
from tests.documents.measure import around, drawn, words
from walkdesk.documents.calibration import CalibrationFacts, calibration_pdf
from walkdesk.documents.rulers import signed
from walkdesk.documents.sheet import MM
from walkdesk.documents.testpage import CODE, TestPageFacts, test_page_pdf
from walkdesk.domain.layouts import A4, Box, EnvelopeFormat, LabelFormat, Offset, WindowLayout
from walkdesk.resources.layouts import envelope_formats, label_formats, window_layouts

LAYOUTS: dict[str, WindowLayout | LabelFormat | EnvelopeFormat] = {
    **{f"window {key}": one for key, one in window_layouts().items()},
    **{f"labels {key}": one for key, one in label_formats().items()},
    **{f"envelope {key}": one for key, one in envelope_formats().items()},
}
OFFSET = Offset(1.5, -0.5)


def facts(layout: WindowLayout | LabelFormat | EnvelopeFormat, offset: Offset = OFFSET) -> CalibrationFacts:
    return CalibrationFacts(layout, "見本の用紙", "RICOH IM C3000", offset, "歩楽", MOMENT)


def lines_of(pdf: bytes, page: int) -> set[tuple[float, ...]]:
    """The straight strokes of a page: its drawing rounded to a tenth of a millimetre."""
    with pypdfium2.PdfDocument(pdf) as document:
        sheet = document[page]
        height = sheet.get_height()
        return {
            tuple(round(value / MM, 1) for value in (left, height - top, right, height - bottom))
            for left, bottom, right, top in (one.get_bounds() for one in sheet.get_objects(filter=[2]))
        }


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_sheet_says_where_the_point_must_be_and_which_correction_is_set(name: str) -> None:
    layout = LAYOUTS[name]
    pdf = calibration_pdf(facts(layout))
    pages = len(pypdf.PdfReader(io.BytesIO(pdf)).pages)
    assert pages == (2 if isinstance(layout, LabelFormat) else 1)
    said = words(drawn(pdf, pages - 1))
    if isinstance(layout, WindowLayout):
        point = (layout.window.left, layout.window.top)
    elif isinstance(layout, LabelFormat):
        first = layout.place(1)
        point = (first.left + first.width / 2, first.top + first.height / 2)
    else:
        point = (layout.address.left, layout.address.top)
    assert f"左右+1.5＋（{point[0]:.1f}－測った値" in said.replace("　", "")
    assert f"上下-0.5＋（{point[1]:.1f}－測った値" in said.replace("　", "")
    for page in range(pages):
        assert "RICOHIMC3000" in words(drawn(pdf, page))
        assert "補正左右+1.5mm、上下-0.5mm" in words(drawn(pdf, page)).replace("　", "")
    sample = words(drawn(pdf)).replace("　", "")
    assert "見本花子様" in sample
    assert "新宿9丁目88番7号" in sample


@pytest.mark.parametrize("name", LAYOUTS)
def test_nothing_runs_over_the_edges_and_the_words_stay_apart(name: str) -> None:
    layout = LAYOUTS[name]
    pdf = calibration_pdf(facts(layout, Offset()))
    size = (layout.width, layout.height) if isinstance(layout, EnvelopeFormat) else A4
    for page in range(len(pypdf.PdfReader(io.BytesIO(pdf)).pages)):
        characters = drawn(pdf, page)
        assert Box(0, 0, *size).inset(4.5).holds(around(characters))
        boxes = sorted((one.box for one in characters), key=lambda box: box.left)
        for place, one in enumerate(boxes):
            for other in boxes[place + 1 :]:
                if other.left >= one.right:
                    break
                assert not one.inset(0.25).meets(other.inset(0.25))


def test_the_outlines_are_drawn_where_the_layout_has_them_moved_by_the_correction() -> None:
    window = window_layouts()["naga3"]
    for outlines, pdf in (
        ([window.window, window.address], calibration_pdf(facts(window))),
        (list(label_formats()["a4-24"].places()), calibration_pdf(facts(label_formats()["a4-24"]))),
    ):
        strokes = lines_of(pdf, 0)
        for box in outlines:
            moved = (box.left + 1.5, box.top - 0.5, box.right + 1.5, box.bottom - 0.5)
            assert any(stroke == pytest.approx(moved, abs=0.35) for stroke in strokes)


def test_all_labels_have_their_number() -> None:
    said = words(drawn(calibration_pdf(facts(label_formats()["a4-12"]))))
    assert all(str(number) in said for number in range(1, 13))


@pytest.mark.parametrize(("figure", "words"), [(0.0, "0.0"), (-0.04, "0.0"), (1.5, "+1.5"), (-0.5, "-0.5")])
def test_a_correction_is_said_with_its_sign(figure: float, words: str) -> None:
    assert signed(figure) == words


def test_the_test_page_holds_greys_lines_letters_rulers_and_a_code_that_is_read() -> None:
    pdf = test_page_pdf(TestPageFacts("RICOH IM C3000", Offset(), "歩楽", MOMENT))
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert len(reader.pages) == 1
    text = reader.pages[0].extract_text()
    for asked in ("濃さの違い", "つながって見える", "つぶれずに読める", "QRコードが三つ", "100 mm"):
        assert asked in text
    assert text.count("いいえ") >= 5
    with pypdfium2.PdfDocument(pdf) as document:
        picture = document[0].render(scale=3, grayscale=True).to_pil()
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [CODE] * 3
    row = [picture.getpixel((round(x * MM * 3), round(62 * MM * 3))) for x in range(24, 188, 2)]
    assert row == sorted(row, reverse=True)
    assert len(set(row)) >= 13
    strokes = lines_of(pdf, 0)
    assert any(stroke[0] == pytest.approx(110, abs=0.15) and stroke[1] < 6 for stroke in strokes)
    assert any(stroke[1] == pytest.approx(200, abs=0.15) and stroke[2] > 204 for stroke in strokes)


def test_the_test_page_is_moved_and_says_so() -> None:
    page = TestPageFacts("RICOH IM C3000", Offset(), "歩楽", MOMENT)
    plain, moved = (around(drawn(test_page_pdf(replace(page, offset=offset)))) for offset in (Offset(), OFFSET))
    assert (moved.left - plain.left, moved.top - plain.top) == pytest.approx((1.5, -0.5), abs=0.01)
    assert "左右+1.5mm" in words(drawn(test_page_pdf(replace(page, offset=OFFSET)))).replace("　", "")
