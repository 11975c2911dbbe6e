"""A TrueType file for the papers: reportlab's reader, its metrics mended, and the variation sequences of fontTools."""

from __future__ import annotations

import mmap
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from fontTools import ttLib
from reportlab.pdfbase import ttfonts

_SEQUENCES = 14
"""The format of a character map that holds variation sequences (OpenType 1.9, cmap)."""


class FontFile(ttfonts.TTFontFace):  # type: ignore[misc]
    """The face of one file: outlines, metrics and which glyph stands for which character."""

    def __init__(self, path: Path, index: int = 0) -> None:
        self._path, self._index = path, index
        super().__init__(str(path), subfontIndex=index)

    def readFile(self, f: str) -> None:
        """Opens the file without reading it: of 46 MB of the fallback a letter needs a few glyphs."""
        self.filename = f
        with Path(f).open("rb") as stream:
            self._ttf_data = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        self._pos = 0

    def extractInfo(self, charInfo: int = 1) -> None:  # noqa: N803 - reportlab's name
        """Reads names, metrics, characters and the places of outlines.

        reportlab keeps the advance of the glyphs behind hhea's last full entry in thousandths of an em instead of
        font units: their embedded metrics would be half as wide as the glyphs.
        """
        super().extractInfo(charInfo)
        if charInfo:
            full = int.from_bytes(self.get_table("hhea")[34:36], "big")
            last = self.hmetrics[full - 1][0]
            self.hmetrics[full:] = [(last, bearing) for _, bearing in self.hmetrics[full:]]

    @cached_property
    def sequences(self) -> Mapping[tuple[int, int], int]:
        """The variation sequences: base and selector to the glyph. Read when the first one is asked for."""
        found: dict[tuple[int, int], int] = {}
        with ttLib.TTFont(self._path, fontNumber=self._index, lazy=True) as font:
            number = font.getReverseGlyphMap()
            for table in font["cmap"].tables:
                if table.format != _SEQUENCES:
                    continue
                for selector, pairs in table.uvsDict.items():
                    for base, name in pairs:
                        glyph = self.charToGlyph.get(base, 0) if name is None else number[name]
                        if glyph:
                            found[base, selector] = glyph
        return found
