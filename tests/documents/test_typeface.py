"""Names are drawn right and come back out of the PDF as they were written."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime

import pypdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from walkdesk.documents.sheet import PaperMeta, Sheet, paper_pdf
from walkdesk.documents.typeface import BOLD, GOTHIC, MINCHO, to_unicode_map, typeface, unprintable
from walkdesk.domain.dates import JST
from walkdesk.domain.problem import Problem

META = PaperMeta(title="氏名の見本", author="歩楽", created=datetime(2018, 6, 20, 10, 0, tzinfo=JST))

HARD_NAMES = (
    "𠮷田 花子",
    "髙橋 ふみ子",
    "辻\U000e0100 一郎",
    "葛\U000e0100城 三郎",
    "邊\U000e0108見 四郎",
    "神\ufe00田 五月",
    "\ufa19山 﨑子",
    "か\u3099く\u3099 ミラ",
    "①㈱〜−—～",
    "𠮷𠮷 吉𠮷",
)


def names_pdf(names: tuple[str, ...], role: str) -> bytes:
    def draw(sheet: Sheet) -> None:
        sheet.new_page()
        for place, name in enumerate(names):
            sheet.text(20, 20 + 12 * place, name, 14, role)

    return paper_pdf(META, draw)


def fonts_of(pdf: bytes) -> dict[str, TTFont]:
    """The font programs inside a PDF by the name that they have there."""
    page = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
    found = {}
    for font in page["/Resources"]["/Font"].values():
        font = font.get_object()
        program = font["/FontDescriptor"]["/FontFile2"].get_data()
        found[font["/BaseFont"]] = TTFont(io.BytesIO(program))
    return found


@pytest.mark.parametrize("role", [GOTHIC, BOLD, MINCHO])
def test_hard_names_come_back_exactly_from_three_readers(role: str, tool: Callable[..., str]) -> None:
    pdf = names_pdf(HARD_NAMES, role)
    assert tuple(tool(pdf, "pdftotext", "-raw", "{}", "-").split("\n")[: len(HARD_NAMES)]) == HARD_NAMES
    page = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    document = pypdfium2.PdfDocument(pdf)
    pdfium = document[0].get_textpage().get_text_range()
    document.close()
    for name in HARD_NAMES:
        assert name in page
        assert name in pdfium


def test_a_full_width_space_stays_in_the_text_layer() -> None:
    pdf = names_pdf(("全角　空白",), GOTHIC)
    assert "全角　空白" in pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def test_no_glyph_drawn_is_the_box_of_a_missing_character() -> None:
    for name in HARD_NAMES:
        for run in typeface(GOTHIC).runs(name):
            assert run.codes
            assert run.width > 0
    for program in fonts_of(names_pdf(HARD_NAMES, GOTHIC)).values():
        codes = next(table for table in program["cmap"].tables if table.platformID == 1).cmap
        assert all(glyph != ".notdef" for code, glyph in codes.items() if code > 32)


def test_a_variation_sequence_draws_another_glyph_than_its_base() -> None:
    face = typeface(GOTHIC)
    (base,), (varied,) = face.runs("葛"), face.runs("葛\U000e0100")
    assert base.font == varied.font
    assert base.codes != varied.codes
    assert face.width("葛\U000e0100城") == face.width("葛城")


def test_a_sequence_of_the_other_collection_is_drawn_by_the_fallback() -> None:
    fonts = [run.font for run in typeface(GOTHIC).runs("邊\U000e0108見")]
    assert fonts == ["walkdesk-fallback", "walkdesk-gothic"]
    assert typeface(GOTHIC).width("邊\U000e0108") == pytest.approx(1.0)


def test_embedded_glyphs_are_as_wide_as_the_paper_says() -> None:
    for program in fonts_of(names_pdf(("𠮷田邊\U000e0108辻\U000e0100",), MINCHO)).values():
        units = program["head"].unitsPerEm
        advances = [program["hmtx"][name][0] for name in program.getGlyphOrder()]
        assert set(advances) <= {units, units // 2, *advances[:200]}
        assert units in advances


@pytest.mark.parametrize("text", ["山\U00031350", "Nguy\u1ec5n", "葛\U000e01ef", "a\u200bb", "あ\u0302", "葛\ud842"])
def test_what_no_font_has_is_named_and_stops_the_paper(text: str) -> None:
    (missing,) = unprintable(text)
    assert missing in text
    with pytest.raises(Problem) as stopped:
        names_pdf((text,), GOTHIC)
    assert stopped.value.code == "papers.unprintable"
    assert stopped.value.values["character"] == missing


def test_printable_names_have_nothing_missing() -> None:
    assert [name for name in HARD_NAMES if unprintable(name, MINCHO)] == []
    assert unprintable("一行目\n二行目") == ()


def test_fonts_are_embedded_and_subset_and_there_is_no_other(tool: Callable[..., str]) -> None:
    lines = tool(names_pdf(HARD_NAMES, GOTHIC), "pdffonts", "{}").splitlines()[2:]
    assert lines
    for line in lines:
        assert "+" in line.split()[0]
        assert line.split()[-5:-2] == ["yes", "yes", "yes"]


def test_the_text_layer_writes_surrogates_and_sequences_in_utf_16() -> None:
    layer = to_unicode_map("x", [(1, "𠮷"), (2, "葛\U000e0100"), *((code, "a") for code in range(3, 150))])
    assert "<01> <D842DFB7>" in layer
    assert "<02> <845BDB40DD00>" in layer
    assert layer.count("beginbfchar") == 2
    assert "100 beginbfchar" in layer
