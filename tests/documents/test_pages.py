"""Some pages of a paper as a paper of its own: read by three readers, and nothing of the other pages in it."""

from __future__ import annotations

import subprocess
import zlib
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from walkdesk.documents.pages import only_pages


def _paper(pages: int, *, linked: bool = False) -> bytes:
    target = BytesIO()
    canvas = Canvas(target, pageCompression=0, lang="ja")
    for page in range(1, pages + 1):
        canvas.bookmarkPage(f"p{page}")
        canvas.addOutlineEntry(f"bookmark-of-{page}", f"p{page}")
        canvas.drawString(72, 700, f"only-on-{page}")
        if linked:
            canvas.linkRect("", f"p{page % pages + 1}", (0, 0, 50, 50))
        canvas.showPage()
    canvas.save()
    return target.getvalue()


@pytest.mark.parametrize("linked", [False, True])
def test_the_pages_come_whole_and_nothing_of_the_others(linked: bool) -> None:
    some = only_pages(_paper(30, linked=linked), (29, 3, 3))
    texts = [page.extract_text().strip() for page in PdfReader(BytesIO(some), strict=True).pages]
    assert texts == ["only-on-3", "only-on-29"]
    assert some.count(b"only-on-") == 2 and b"bookmark-of" not in some and b"/Lang (ja)" in some
    document = pypdfium2.PdfDocument(some)
    assert [document[page].get_textpage().get_text_bounded() for page in (0, 1)] == texts
    document.close()


def test_qpdf_has_nothing_to_say(tmp_path: Path) -> None:
    path = tmp_path / "some.pdf"
    path.write_bytes(only_pages(_paper(12, linked=True), (12,)))
    found = subprocess.run(["qpdf", "--check", path], capture_output=True, check=False)
    assert found.returncode == 0 and not found.stderr, found.stderr


@pytest.mark.parametrize("pages", [(), (0,), (31,), (1, 99)])
def test_a_page_that_is_not_there_is_a_fault_of_the_caller(pages: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="no such page"):
        only_pages(_paper(30), pages)


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.7", zlib.compress(b"%PDF"), _paper(1).replace(b"/Kids", b"/Kits")])
def test_a_file_that_is_not_ours_is_refused(pdf: bytes) -> None:
    with pytest.raises(ValueError, match="none of ours"):
        only_pages(pdf, (1,))
