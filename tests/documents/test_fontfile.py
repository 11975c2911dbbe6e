"""The fast reader of fonts finds what two other readers find, and mends what one of them has wrong."""

from __future__ import annotations

from functools import cache

import pytest
from fontTools.ttLib import TTFont
from reportlab.pdfbase.ttfonts import TTFError, TTFontFace

from walkdesk.documents import fontfile
from walkdesk.documents.fontfile import FontFile
from walkdesk.resources.fonts import catalogue, font_face

NO_BREAK_SPACE = 0xA0


@cache
def ours(role: str) -> FontFile:
    face = font_face(role)
    return FontFile(str(face.path), subfontIndex=face.index)


@pytest.fixture(scope="module", params=catalogue())
def role(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_characters_widths_and_outlines_are_those_that_reportlab_reads(role: str) -> None:
    face = font_face(role)
    theirs = TTFontFace(str(face.path), subfontIndex=face.index)
    found = ours(role)
    known = {code: glyph for code, glyph in theirs.charToGlyph.items() if glyph and code != NO_BREAK_SPACE}
    assert {code: glyph for code, glyph in found.charToGlyph.items() if code != NO_BREAK_SPACE} == known
    assert all(found.charWidths[code] == theirs.charWidths[code] for code in known)
    assert list(found.glyphPos) == theirs.glyphPos
    assert (found.name, found.bbox, found.defaultWidth) == (theirs.name, theirs.bbox, theirs.defaultWidth)
    subset = [0, *sorted(known)[::997]]
    theirs.hmetrics = found.hmetrics  # the defect is mended: see below what fontTools says
    assert found.makeSubset(subset) == theirs.makeSubset(subset)


def test_metrics_and_sequences_are_those_that_fonttools_reads(role: str) -> None:
    face = font_face(role)
    with TTFont(face.path, fontNumber=face.index, lazy=True) as font:
        names, number, best = font.getGlyphOrder(), font.getReverseGlyphMap(), font.getBestCmap()
        metrics = font["hmtx"].metrics
        assert [advance for advance, _ in ours(role).hmetrics] == [metrics[name][0] for name in names]
        expected = {
            (base, selector): number[name or best[base]]
            for table in font["cmap"].tables
            if table.format == 14
            for selector, pairs in table.uvsDict.items()
            for base, name in pairs
        }
    assert dict(ours(role).sequences) == expected
    assert len(expected) > 10_000


def test_a_map_of_the_first_plane_alone_is_read_too(role: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = ours(role).charToGlyph
    monkeypatch.setattr(fontfile, "_GROUPS", -1)
    face = font_face(role)
    first = FontFile(str(face.path), subfontIndex=face.index).charToGlyph
    assert first == {code: glyph for code, glyph in whole.items() if code < 0x10000}
    monkeypatch.setattr(fontfile, "_SEGMENTS", -1)
    with pytest.raises(TTFError):
        FontFile(str(face.path), subfontIndex=face.index)
