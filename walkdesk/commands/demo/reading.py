"""Reads a paper back as any reader of PDF would: its text, page by page, and whether it carries its own fonts."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from pypdfium2 import raw


@dataclass(frozen=True, slots=True)
class ReadPaper:
    """What a reader finds."""

    pages: tuple[str, ...]
    """The text of each page without its blanks: a name may stand on two lines."""
    embedded: bool
    """Every font of the first and of the last page lies in the file."""


def read_paper(path: Path) -> ReadPaper:
    """Reads a PDF; one that cannot be read has no page."""
    try:
        paper = pypdfium2.PdfDocument(path.read_bytes())
    except (OSError, pypdfium2.PdfiumError):
        return ReadPaper((), embedded=False)
    with closing(paper):
        texts, fonts = [], []
        for place in range(len(paper)):
            with closing(paper[place]) as page:
                with closing(page.get_textpage()) as text:
                    texts.append("".join(text.get_text_range().split()))
                if place in (0, len(paper) - 1):
                    fonts += list(_embedded(page))
    return ReadPaper(tuple(texts), bool(fonts) and all(fonts))


def _embedded(page: pypdfium2.PdfPage) -> Iterator[bool]:
    """Of each font that draws text on the page whether it is embedded."""
    seen: set[int] = set()
    for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        font = raw.FPDFTextObj_GetFont(thing.raw)
        place = ctypes.addressof(font.contents)
        if place not in seen:
            seen.add(place)
            yield raw.FPDFFont_GetIsEmbedded(font) == 1
