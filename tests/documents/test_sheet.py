"""The layout engine's promises: nothing is cut, everything has its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pypdfium2
import pytest

from walkdesk.documents.lines import break_lines
from walkdesk.documents.sheet import INK, INK2, MM, Checkpoint, PaperMeta, Sheet, fitted, paper_pdf
from walkdesk.documents.typeface import GOTHIC, typeface
from walkdesk.domain.dates import JST
from walkdesk.domain.layouts import Offset
from walkdesk.domain.problem import Problem


def fit(words: str, most: int = 2) -> tuple[float, list[str]]:
    return fitted(words, 60, 12, smallest=8, most=most, role=GOTHIC, field="住所")


def test_a_short_text_keeps_its_size() -> None:
    assert fit("東京都新宿区") == (12, ["東京都新宿区"])


def test_a_longer_text_shrinks_before_it_breaks() -> None:
    size, lines = fit("東京都新宿区西新宿九丁目一番一号")
    assert 8 <= size < 12
    assert len(lines) == 1


def test_a_long_text_breaks_and_loses_nothing() -> None:
    words = "東京都新宿区西新宿九丁目一番一号新宿緑台団地三十二号棟九〇一号室"
    size, lines = fit(words)
    assert len(lines) == 2
    assert "".join(lines) == words
    assert all(typeface(GOTHIC).width(line) * size / MM <= 60 for line in lines)


def test_what_fits_nowhere_is_named_and_not_cut() -> None:
    with pytest.raises(Problem) as stopped:
        fit("長い住所" * 40)
    assert stopped.value.code == "papers.too_long"
    assert stopped.value.values["field"] == "住所"


def test_line_feeds_are_kept_where_lines_are_allowed() -> None:
    assert fit("一行目\n二行目") == (12, break_lines("一行目\n二行目", 100, typeface(GOTHIC)))


def test_a_checkpoint_is_read_in_five_groups() -> None:
    assert Checkpoint(1, "7K2FQX310ABCDEFGHJKMNPQRST", "").grouped == "7K2FQ-X310A-BCDEF-GHJKM-NPQRST"


def test_a_printers_offset_moves_every_page_and_only_once() -> None:
    def draw(sheet: Sheet) -> None:
        for _page in range(2):
            sheet.new_page(footer=lambda: None)
            sheet.text(50, 60, "歩")

    def places(meta: PaperMeta) -> list[tuple[float, float]]:
        with pypdfium2.PdfDocument(paper_pdf(meta, draw)) as document:
            boxes = [page.get_textpage().get_charbox(0) for page in document]
        return [(box[0] / MM, box[1] / MM) for box in boxes]

    meta = PaperMeta("試し刷り", "事務局", datetime(2018, 6, 20, tzinfo=JST))
    (x, y), second = places(meta)
    moved = places(replace(meta, offset=Offset(1.5, -2.0)))
    assert second == (x, y)
    assert moved == [pytest.approx((x + 1.5, y + 2.0), abs=0.01)] * 2


def test_what_is_the_same_on_every_page_is_drawn_and_kept_once() -> None:
    drawn = []

    def draw(sheet: Sheet) -> None:
        def same() -> None:
            drawn.append(sheet.page)
            sheet.text(50, 60, "歩数の記録" * 5, 14)
            sheet.box(10, 80, 40, 8, fill=INK2)

        for page in range(1, 41):
            sheet.new_page(footer=lambda: None)
            sheet.text(20, 30, f"第{page}号")
            sheet.stencil("same", same)
            sheet.text(20, 90, "色", colour=INK)

    pdf = paper_pdf(PaperMeta("試し刷り", "事務局", datetime(2018, 6, 20, tzinfo=JST)), draw, total=40)
    assert drawn == [1]
    with pypdfium2.PdfDocument(pdf) as document:
        texts = [page.get_textpage().get_text_bounded().split() for page in document]
        last = document[39].render(scale=1, grayscale=True).to_pil()
    assert texts == [[f"第{page}号", "歩数の記録" * 5, "色"] for page in range(1, 41)]
    assert last.getpixel((round(30 * MM), round(84 * MM))) < 128
