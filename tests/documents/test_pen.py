"""What is written into a page by hand is what reportlab would have written, and nothing lasts longer than it may."""

from __future__ import annotations

import io

import pypdf
import pypdfium2
import pytest

from tests.documents.facts import MOMENT
from walkdesk.documents import pen
from walkdesk.documents.pen import Pen
from walkdesk.documents.sheet import ACCENT, INK, INK2, PaperMeta, Sheet, paper_pdf
from walkdesk.documents.typeface import GOTHIC, MINCHO, typeface, unprintable

META = PaperMeta("見本", "歩楽", MOMENT)


def darkest(pdf: bytes, page: int) -> tuple[int, ...]:
    """The colour of the darkest pixel of a page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        picture = document[page].render(scale=2).to_pil().convert("RGB")
        return min((colour for _, colour in picture.getcolors(1 << 16) or ()), key=sum)
    finally:
        document.close()


def rgb(colour: object) -> tuple[int, ...]:
    return tuple(round(255 * part) for part in (colour.red, colour.green, colour.blue))  # type: ignore[attr-defined]


def test_each_page_and_each_form_begins_with_its_own_colours() -> None:
    def draw(sheet: Sheet) -> None:
        for _ in range(2):
            sheet.new_page(footer=lambda: None)
            sheet.stencil("frame", lambda: sheet.box(20, 100, 50, 20, fill=ACCENT, stroke=None))
            sheet.text(20, 50, "■■■", 30, colour=ACCENT)
        sheet.new_page(footer=lambda: None)
        sheet.stencil("frame", lambda: None)
        sheet.rule(20, 50, 120, 50, INK2, 6)
        sheet.new_page(footer=lambda: None)
        sheet.rule(20, 50, 120, 50, INK2, 6)
        sheet.box(20, 100, 50, 20, fill=INK, stroke=INK2, weight=6)

    pdf = paper_pdf(META, draw, total=4)
    assert [darkest(pdf, page) for page in range(4)] == [rgb(colour) for colour in (ACCENT, ACCENT, ACCENT, INK)]
    operators = pypdf.PdfReader(io.BytesIO(pdf)).pages[3].get_contents()
    assert operators is not None and operators.get_data().count(b" w") == 1


def test_a_spaced_line_ends_where_it_says_and_leaves_no_space_behind() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.new_page(footer=lambda: None)
        wide = sheet.text(20, 50, "あいう", 10, spacing=0.5)
        plain = sheet.text(20, 70, "あいう", 10)
        assert wide - plain == pytest.approx(2 * 0.5 * 10 * 25.4 / 72)

    document = pypdfium2.PdfDocument(paper_pdf(META, draw, total=1))
    first, second = (one.get_bounds() for one in document[0].get_objects())
    assert first[2] - second[2] == pytest.approx(10, abs=0.1)
    document.close()


def test_lines_are_coded_once_for_a_file_and_not_kept_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pen, "_KEPT", 3)
    sheet = Sheet(META, 1)
    sheet.new_page()
    writer: Pen = sheet._pen
    first = writer.line_of(GOTHIC, "見本 花子")
    assert writer.line_of(GOTHIC, "見本 花子") is first
    assert writer.line_of(MINCHO, "見本 花子").shown != first.shown
    assert first.width == typeface(GOTHIC).width("見本 花子")
    for number in range(10):
        writer.line_of(GOTHIC, f"見本 {number}")
    assert len(writer._lines) <= 3
    assert writer.line_of(GOTHIC, "見本 花子") == first


def test_every_code_of_a_font_can_be_shown() -> None:
    kanji = [chr(code) for code in range(0x4E00, 0x5400) if not unprintable(chr(code))]
    signs = "".join(map(chr, range(33, 127))) + "（）＼" + "".join(kanji[:300])

    def draw(sheet: Sheet) -> None:
        sheet.new_page(footer=lambda: None)
        for row in range(0, len(signs), 30):
            sheet.text(20, 20 + row / 2, signs[row : row + 30], 12)

    document = pypdfium2.PdfDocument(paper_pdf(META, draw, total=1))
    assert "".join(document[0].get_textpage().get_text_range().split()) == signs
    document.close()
