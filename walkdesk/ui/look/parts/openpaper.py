"""A PDF in memory that is open: its pages as pictures, and its bookmarks."""

from __future__ import annotations

import unicodedata
from collections import OrderedDict
from contextlib import closing

import pypdfium2
from PySide6.QtGui import QImage

_KEPT = 4
"""Pictures that are kept: the page before and after are looked at again more often than any other."""


class OpenPaper:
    """Opened once and read page by page: what is never looked at costs nothing. ``close`` gives the memory back."""

    def __init__(self, pdf: bytes) -> None:
        self._document = pypdfium2.PdfDocument(pdf)
        self.pages = len(self._document)
        self._images: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self._bookmarks: tuple[tuple[str, int], ...] | None = None

    def size(self, page: int) -> tuple[float, float]:
        """Width and height of a page, counted from 0, in points."""
        wide, tall = self._document.get_page_size(page)
        return float(wide), float(tall)

    def image(self, page: int, width: int) -> QImage:
        """A page, counted from 0, as a picture of a width in pixels."""
        key = (page, width)
        if key in self._images:
            self._images.move_to_end(key)
        else:
            self._images[key] = self._draw(page, width)
            while len(self._images) > _KEPT:
                self._images.popitem(last=False)
        return self._images[key]

    def _draw(self, page: int, width: int) -> QImage:
        with (
            closing(self._document[page]) as leaf,
            closing(leaf.render(scale=width / leaf.get_width(), prefer_bgrx=True)) as bitmap,
        ):
            shape = (bitmap.width, bitmap.height, bitmap.stride)
            # A copy has its own memory: the bitmap's is given back here.
            return QImage(bytes(bitmap.buffer), *shape, QImage.Format.Format_RGB32).copy()

    def find(self, text: str, after: int) -> int | None:
        """The next page behind ``after`` (counted from 0, and round again from the first) whose bookmark has a text."""
        wanted = _plain(text)
        found = [page for title, page in self._titles() if wanted and wanted in title]
        return next((page for page in found if page > after), found[0] if found else None)

    def has_bookmarks(self) -> bool:
        """Whether there is anything to find."""
        return bool(self._titles())

    def _titles(self) -> tuple[tuple[str, int], ...]:
        if self._bookmarks is None:
            titles = []
            for bookmark in self._document.get_toc():
                goal = bookmark.get_dest()
                page = None if goal is None else goal.get_index()
                if page is not None:
                    titles.append((_plain(bookmark.get_title()), page))
            self._bookmarks = tuple(titles)
        return self._bookmarks

    def close(self) -> None:
        """Forgets the paper and its pictures."""
        self._images.clear()
        self._bookmarks = ()
        self._document.close()


def _plain(text: str) -> str:
    """As it is compared: without blanks, full width like half width, small like large."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
