"""What every PDF of the office is: whole by four readers, readable in order, embedded, quiet, always the same bytes."""

from __future__ import annotations

import io
import re
import subprocess
from functools import cache
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from tests.documents.papers import ORDER, PAPERS, PEOPLE

FORBIDDEN = {"/JavaScript", "/JS", "/OpenAction", "/AA", "/Launch", "/SubmitForm", "/URI", "/RichMedia", "/Movie"}
TOOLS = (
    ("qpdf", "--check", "{}"),
    ("pdfinfo", "{}"),
    ("pdftotext", "{}", "-"),
    ("pdftoppm", "-r", "20", "-gray", "{}", "{}-page"),
)


@cache
def paper(name: str) -> bytes:
    return PAPERS[name]()


@pytest.fixture(params=PAPERS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_no_reader_has_anything_to_say_against_it(name: str, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(paper(name))
    running = {
        tool: subprocess.Popen(
            [tool, *(word.replace("{}", str(path)) for word in rest)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for tool, *rest in TOOLS
    }
    said = {}
    for tool, process in running.items():
        out, faults = process.communicate(timeout=60)
        assert (process.returncode, faults) == (0, b""), tool
        said[tool] = out.decode()
    assert "No syntax or stream encoding errors found" in said["qpdf"]
    facts = dict(re.findall(r"(?m)^([\w ]+): +(.+)$", said["pdfinfo"]))
    assert facts["Title"] and facts["Author"]
    assert (facts["JavaScript"], facts["Encrypted"], facts["Form"]) == ("no", "no", "none")
    _reads_in_order(name, said["pdftotext"])


def _reads_in_order(name: str, text: str) -> None:
    """By poppler's own idea of columns, and as the page was drawn."""
    document = pypdfium2.PdfDocument(paper(name))
    drawn = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    for found in ("".join(text.split()), "".join(drawn.split())):
        assert len(found) > 100
        at = -1
        for words in ORDER.get(name, ()):
            words = "".join(words.split())
            assert words in found[at + 1 :], f"{words} is not read after what stands before it"
            at = found.index(words, at + 1)


def test_the_file_says_what_it_is_and_does_nothing(name: str) -> None:
    reader = pypdf.PdfReader(io.BytesIO(paper(name)), strict=True)
    catalogue = reader.trailer["/Root"]
    assert catalogue["/Lang"] == "ja-JP"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"] in (True, "/true")
    assert reader.metadata is not None and reader.metadata.title
    for number in range(1, len(reader.xref[0]) + 1):
        found = reader.get_object(pypdf.generic.IndirectObject(number, 0, reader))
        if isinstance(found, pypdf.generic.DictionaryObject):
            assert not set(found) & FORBIDDEN
            assert found.get("/S") not in ("/JavaScript", "/Launch", "/URI", "/SubmitForm")
    assert all(page.get("/Annots") is None for page in reader.pages)


def test_every_font_is_embedded_as_a_subset_and_none_is_of_the_reader(name: str) -> None:
    assert b"Helvetica" not in paper(name)
    fonts = [
        font.get_object()
        for page in pypdf.PdfReader(io.BytesIO(paper(name))).pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    ]
    assert fonts
    for font in fonts:
        assert re.match(r"/[A-Z]{6}\+", font["/BaseFont"])
        assert "/FontFile2" in font["/FontDescriptor"]
        assert "/ToUnicode" in font


def test_the_same_data_gives_the_same_bytes(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = paper(name)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    assert PAPERS[name]() == first


@pytest.mark.parametrize("name", [name for name in PAPERS if len(pypdf.PdfReader(io.BytesIO(paper(name))).pages) > 2])
def test_a_long_file_has_bookmarks(name: str) -> None:
    assert pypdf.PdfReader(io.BytesIO(paper(name))).outline


@pytest.mark.parametrize("name", PEOPLE)
def test_a_file_for_several_people_has_a_bookmark_for_each_on_their_page(name: str) -> None:
    make, people = PEOPLE[name]
    reader = pypdf.PdfReader(io.BytesIO(make()))
    marks = [mark for mark in reader.outline if not isinstance(mark, list)]
    assert len(marks) == len(people) > 1
    for mark, person in zip(marks, people, strict=True):
        assert person in str(mark.title)
        page = reader.get_destination_page_number(mark)
        assert page is not None
        assert person.replace(" ", "") in "".join(reader.pages[page].extract_text().split())
