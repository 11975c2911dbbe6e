"""The reader of fonts mends what reportlab has wrong, and knows every variation sequence."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont
from reportlab.pdfbase.ttfonts import TTFontFace

from walkdesk.documents.fontfile import FontFile
from walkdesk.resources.fonts import catalogue, font_face


@pytest.mark.parametrize("role", ["gothic", "fallback"])
def test_metrics_and_sequences_are_those_of_the_font(role: str) -> None:
    assert role in catalogue()
    face = font_face(role)
    ours = FontFile(face.path, face.index)
    with TTFont(face.path, fontNumber=face.index, lazy=True) as font:
        names, best = font.getGlyphOrder(), font.getBestCmap()
        advances = [font["hmtx"].metrics[name][0] for name in names]
        tables = [table for table in font["cmap"].tables if table.format == 14]
        expected = {
            (base, selector): font.getGlyphID(name or best[base])
            for table in tables
            for selector, pairs in table.uvsDict.items()
            for base, name in pairs[::97]
        }
    assert [advance for advance, _ in ours.hmetrics] == advances
    assert len(ours.sequences) > 10_000
    assert {key: ours.sequences[key] for key in expected} == expected


def test_reportlab_alone_has_the_metrics_wrong() -> None:
    """When this fails the mending can go."""
    face = font_face("fallback")
    theirs = TTFontFace(str(face.path), subfontIndex=face.index)
    assert theirs.hmetrics != FontFile(face.path, face.index).hmetrics
