"""A paper on the screen: one page at a time out of an open file, and the ways to another page."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from reportlab.pdfgen.canvas import Canvas

from walkdesk.ui.look.parts import openpaper
from walkdesk.ui.look.parts.openpaper import OpenPaper
from walkdesk.ui.look.parts.preview import PdfPreview

PAGES = 500


def paper(pages: int) -> bytes:
    """So many pages, each with its bookmark; every fifth one lies on its side."""
    target = BytesIO()
    canvas = Canvas(target)
    for page in range(1, pages + 1):
        canvas.setPageSize((842, 595) if page % 5 == 0 else (595, 842))
        canvas.drawString(72, 400, f"page {page}")
        canvas.bookmarkPage(f"p{page}")
        canvas.addOutlineEntry(f"D{page:04d} 髙橋 {page}", f"p{page}", 0)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


@pytest.fixture(scope="module")
def long_paper() -> bytes:
    return paper(PAGES)


@pytest.fixture
def preview(qtbot: Any, long_paper: bytes) -> PdfPreview:
    """500 pages on the screen."""
    shown = PdfPreview("long")
    qtbot.addWidget(shown)
    shown.resize(420, 600)
    shown.show()
    shown.activateWindow()
    shown.show_paper(long_paper, "名簿")
    return shown


def test_only_the_page_that_is_seen_is_drawn_and_the_file_is_opened_once(
    preview: PdfPreview, long_paper: bytes, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    drawn: list[int] = []
    opened: list[int] = []
    draw, read = OpenPaper._draw, openpaper.pypdfium2.PdfDocument.__init__

    def watched(self: OpenPaper, page: int, width: int) -> Any:
        drawn.append(page)
        return draw(self, page, width)

    def reads(self: Any, *given: Any, **named: Any) -> None:
        opened.append(1)
        read(self, *given, **named)

    monkeypatch.setattr(OpenPaper, "_draw", watched)
    monkeypatch.setattr(openpaper.pypdfium2.PdfDocument, "__init__", reads)
    preview.show_paper(long_paper, "名簿")
    preview.grab()
    for page in (250, 251, 250):
        preview.go_to(page)
        preview.grab()
    assert drawn == [0, 250, 251] and len(opened) == 1
    preview.clear()
    assert preview.pages() == 0 and preview.page() == 0


def test_home_end_and_the_page_keys_turn_the_pages(preview: PdfPreview) -> None:
    preview.zoom.setFocus()
    for key, page in ((Qt.Key.Key_End, PAGES), (Qt.Key.Key_PageUp, PAGES - 1), (Qt.Key.Key_Home, 1)):
        QTest.keyClick(preview.zoom, key)
        assert preview.page() == page
    assert preview.count.text() == "1／500 頁"


def test_a_page_is_gone_to_by_its_number_and_a_person_by_the_bookmark(preview: PdfPreview) -> None:
    QTest.keyClick(preview, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    edit = preview.search.edit
    assert edit.isVisible() and edit.hasFocus()
    for typed, page in (("250", 250), ("２５１", 251), ("d0037", 37), ("髙橋499", 499), ("D04", 400), ("D04", 401)):
        edit.setText(typed)
        QTest.keyClick(edit, Qt.Key.Key_Return)
        assert preview.page() == page, typed
    for typed, said in (("501", "その頁はありません"), ("0", "その頁はありません"), ("中村", "見つかりません")):
        edit.setText(typed)
        QTest.keyClick(edit, Qt.Key.Key_Return)
        assert (preview.page(), preview.search.problem()) == (401, said)
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert not edit.isVisible() and preview.count.hasFocus()


def test_one_page_needs_no_way_to_another(qtbot: Any) -> None:
    shown = PdfPreview("short")
    qtbot.addWidget(shown)
    shown.show_paper(paper(1), "手紙")
    assert not shown.count.isEnabled() and not shown.next.isEnabled() and shown.pages() == 1


def test_a_page_on_its_side_keeps_its_shape(preview: PdfPreview) -> None:
    preview.go_to(4)
    assert preview._leaf.width() > preview._leaf.height()
    preview.go_to(5)
    assert preview._leaf.width() < preview._leaf.height()


def test_a_paper_is_closed_with_the_place_where_it_was_shown(
    long_paper: bytes, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    closed: list[OpenPaper] = []
    close = OpenPaper.close
    monkeypatch.setattr(OpenPaper, "close", lambda self: (closed.append(self), close(self)))
    shown = PdfPreview("gone")
    shown.show_paper(long_paper, "名簿")
    assert closed == []
    shiboken6.delete(shown)
    assert len(closed) == 1
