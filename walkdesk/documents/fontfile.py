"""A TrueType file for the papers: reportlab's reader, with the large tables read at once instead of cell by cell.

Reading the three fonts of a letter took a quarter of a second, for which whoever asked for a preview waited; the
fallback alone has sixty thousand glyphs. reportlab also keeps the advance of the glyphs behind hhea's last full entry
in thousandths of an em instead of font units: their embedded metrics would be half as wide as the glyphs.
"""

from __future__ import annotations

import mmap
import sys
from array import array
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import count, repeat
from pathlib import Path
from struct import iter_unpack, unpack
from typing import Any

from reportlab.pdfbase import ttfonts

_SEGMENTS, _GROUPS, _SEQUENCES = 4, 12, 14
"""Formats of a character map (OpenType 1.9, cmap)."""


class FontFile(ttfonts.TTFontFace):  # type: ignore[misc]
    """The face of one file: outlines, metrics and which glyph stands for which character."""

    def readFile(self, f: str) -> None:
        """Opens the file without reading it: of 46 MB of the fallback a letter needs a few glyphs."""
        self.filename = f
        with Path(f).open("rb") as stream:
            self._ttf_data = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        self._pos = 0

    def get_table(self, tag: str) -> Any:
        """The bytes of a table; of the outlines only those that are asked for."""
        return _Outlines(self) if tag == "glyf" else super().get_table(tag)

    def extractInfo(self, charInfo: int = 1) -> None:  # noqa: N803 - reportlab's name
        """Names and metrics by reportlab; then, in its own fields, characters, widths and the places of outlines."""
        super().extractInfo(0)
        if not charInfo:
            return
        self.charToGlyph = self._characters()
        full = self._shorts("hhea", 34, 1)[0]
        pairs = self._shorts("hmtx", 0, 2 * full)
        rest = self._shorts("hmtx", 4 * full, self.numGlyphs - full)
        advances = pairs[0::2]
        self.hmetrics = [*zip(advances, pairs[1::2], strict=True), *zip(repeat(advances[-1]), rest)]
        scale = 1000 / self.unitsPerEm
        widths = [advance * scale for advance, _ in self.hmetrics]
        self.defaultWidth = widths[0]
        self.charWidths = {code: widths[glyph] for code, glyph in self.charToGlyph.items()}
        self.glyphToChar: dict[int, list[int]] = {}
        short = self._shorts("head", 50, 1)[0] == 0
        places = self._cells("H" if short else "I", "loca", 0, self.numGlyphs + 1)
        self.glyphPos = array("I", (2 * place for place in places)) if short else places

    def _characters(self) -> dict[int, int]:
        """The map of all of Unicode where the file has one, else that of its first plane."""
        maps = self._maps()
        if _GROUPS in maps:
            return self._groups(maps[_GROUPS])
        if _SEGMENTS in maps:
            return self._segments(maps[_SEGMENTS])
        raise ttfonts.TTFError(f"{self.filename}: no map of Unicode")

    def _maps(self) -> dict[int, int]:
        """Where in the table the maps of Unicode are, by their format."""
        maps: dict[int, int] = {}
        for number in range(self._shorts("cmap", 2, 1)[0]):
            platform, _, high, low = self._shorts("cmap", 4 + 8 * number, 4)
            place = high << 16 | low
            if platform in (0, 3):
                maps[self._shorts("cmap", place, 1)[0]] = place
        return maps

    @cached_property
    def sequences(self) -> Mapping[tuple[int, int], int]:
        """The variation sequences: base and selector to the glyph."""
        place = self._maps().get(_SEQUENCES)
        if place is None:
            return {}
        found: dict[tuple[int, int], int] = {}
        records = self._cells("I", "cmap", place + 6, 1)[0]
        for high, low, usual, other in iter_unpack(">HBII", self._bytes("cmap", place + 10, 11 * records)):
            selector = high << 8 | low
            for start, more in self._records(place, usual, ">HBB", 4):
                for base in range(start, start + more + 1):
                    if base in self.charToGlyph:
                        found[base, selector] = self.charToGlyph[base]
            found.update(((base, selector), glyph) for base, glyph in self._records(place, other, ">HBH", 5))
        return found

    def _records(self, place: int, offset: int, form: str, size: int) -> Iterable[tuple[int, int]]:
        """The code and the number beside it of each record of a list in the map of sequences; 0 is no list."""
        if not offset:
            return
        (length,) = unpack(">I", self._bytes("cmap", place + offset, 4))
        for high, low, number in iter_unpack(form, self._bytes("cmap", place + offset + 4, size * length)):
            yield high << 8 | low, number

    def _groups(self, place: int) -> dict[int, int]:
        size = self._cells("I", "cmap", place + 12, 1)[0]
        cells = iter(self._cells("I", "cmap", place + 16, 3 * size))
        found: dict[int, int] = {}
        for start, end, glyph in zip(cells, cells, cells, strict=True):
            if start == end:
                found[start] = glyph
            else:
                found.update(zip(range(start, end + 1), count(glyph)))
        return found

    def _segments(self, place: int) -> dict[int, int]:
        size = self._shorts("cmap", place + 6, 1)[0] // 2
        cells = self._shorts("cmap", place + 14, (self._shorts("cmap", place + 2, 1)[0] - 14) // 2)
        ends, starts, deltas, offsets = (cells[at : at + size] for at in (0, size + 1, 2 * size + 1, 3 * size + 1))
        found: dict[int, int] = {}
        for number, (start, end, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
            codes = range(start, end + 1)
            if offset == 0:
                found.update((code, code + delta & 0xFFFF) for code in codes)
                continue
            first = 3 * size + 1 + number + offset // 2
            glyphs = cells[first : first + len(codes)]
            found.update((code, glyph + delta & 0xFFFF) for code, glyph in zip(codes, glyphs, strict=False) if glyph)
        return {code: glyph for code, glyph in found.items() if glyph}

    def _shorts(self, table: str, offset: int, size: int) -> array[int]:
        return self._cells("H", table, offset, size)

    def _cells(self, kind: str, table: str, offset: int, size: int) -> array[int]:
        """Numbers of a table from an offset in bytes on; ``kind`` is array's letter."""
        cells = array(kind)
        cells.frombytes(self._bytes(table, offset, size * cells.itemsize))
        if sys.byteorder == "little":
            cells.byteswap()
        return cells

    def _bytes(self, table: str, offset: int, size: int) -> bytes:
        return bytes(self.get_chunk(self.get_table_pos(table)[0] + offset, size))


class _Outlines:
    """The table of outlines, of which a subset copies some."""

    def __init__(self, font: FontFile) -> None:
        self._font = font
        self._start: int = font.get_table_pos("glyf")[0]

    def __getitem__(self, part: slice) -> bytes:
        return bytes(self._font.get_chunk(self._start + part.start, part.stop - part.start))
