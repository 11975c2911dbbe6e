"""The fonts of the papers: every character of a name is drawn right, or the paper stops.

reportlab alone draws a box for a character that the font lacks, a second box for a variation selector, and writes a
wrong text layer for everything beyond U+FFFF. Here a text is cut into clusters (a base character with its selector or
its combining mark); each cluster gets a glyph of the role's own font or of the fallback; clusters that are more than
one code point are drawn through private codes of plane 15 that never reach the reader, because the text layer
(``ToUnicode``) says what stood in the original.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby
from typing import Any
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfmetrics, ttfonts

from walkdesk.documents.fontfile import FontFile
from walkdesk.domain.names import clusters
from walkdesk.domain.problem import Problem
from walkdesk.resources.fonts import fallback_order, font_face

GOTHIC = "gothic"
BOLD = "gothic_bold"
MINCHO = "mincho"

_FIRST_PRIVATE = 0xF0000
_NO_GLYPH_OF_THEIR_OWN = {"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp", "Mn", "Me"}
_SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_NO_BREAK_SPACE = "\u00a0"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that one font draws: reportlab's font name, the codes to draw, the width in em."""

    font: str
    codes: str
    width: float


class Typeface:
    """One role of the font catalogue with its fallbacks, as ``fonts.toml`` orders them."""

    def __init__(self, role: str) -> None:
        self.role = role
        self._faces = fallback_order(role)
        self._main = _face(role)
        self._plain: Mapping[str, float] = self._main.plain_widths

    def width(self, text: str) -> float:
        """The width of a text in em. Raises ``Problem("papers.unprintable")``."""
        try:
            return sum(map(self._plain.__getitem__, text))
        except KeyError:
            return sum(run.width for run in self.runs(text))

    def runs(self, text: str) -> tuple[Run, ...]:
        """The text, cut where the font changes. Raises ``Problem("papers.unprintable")`` for what no font has."""
        try:
            return (Run(self._main.fontName, text, sum(map(self._plain.__getitem__, text))),)
        except KeyError:
            pass
        drawn: list[tuple[_ExactFont, int]] = []
        for cluster in clusters(text):
            found = self._find(cluster)
            if found is None:
                raise unprintable_problem(cluster)
            drawn.append(found)
        return tuple(
            Run(font.fontName, "".join(chr(code) for _, code in pairs), sum(font.em(code) for _, code in pairs))
            for font, pairs in ((font, list(group)) for font, group in groupby(drawn, key=lambda pair: pair[0]))
        )

    def missing(self, text: str) -> tuple[str, ...]:
        """The clusters that no font of this role has, each once, in the order of the text; line feeds are none."""
        if all(map(self._plain.__contains__, text)):
            return ()
        return tuple(dict.fromkeys(part for part in clusters(text) if part != "\n" and self._find(part) is None))

    def _find(self, cluster: str) -> tuple[_ExactFont, int] | None:
        if cluster in self._plain:
            return self._main, ord(cluster)
        for role in self._faces:
            font = _face(role)
            code = font.code_of(cluster)
            if code is not None:
                return font, code
        return None


@cache
def typeface(role: str) -> Typeface:
    """The typeface of a role: ``gothic``, ``gothic_bold``, ``mincho``. Fonts are read at the first use."""
    return Typeface(role)


def coded(run: Run, document: Any) -> tuple[tuple[str, str], ...]:
    """A run as a content stream shows it: in each font resource of the document its codes in hexadecimal."""
    font = pdfmetrics.getFont(run.font)
    parts = font.splitString(run.codes, document)
    return tuple((font.getSubsetInternalName(subset, document), codes.hex()) for subset, codes in parts)


def unprintable(text: str, role: str = GOTHIC) -> tuple[str, ...]:
    """The clusters of a text that cannot be drawn in a role, each once; empty when the text prints right."""
    return typeface(role).missing(text)


def unprintable_problem(cluster: str) -> Problem:
    """The problem of one character that no font has, with its code points."""
    return Problem("papers.unprintable", character=cluster, points=" ".join(f"U+{ord(part):04X}" for part in cluster))


def to_unicode_map(name: str, meanings: Iterable[tuple[int, str]]) -> str:
    """The ToUnicode CMap (PDF 32000-1, 9.10.3) of one subset: code to text in UTF-16BE, at most 100 in a block."""
    lines = [f"<{code:02X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in meanings]
    blocks: list[str] = []
    for start in range(0, len(lines), 100):
        block = lines[start : start + 100]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *blocks,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


class _ExactFont(ttfonts.TTFont):  # type: ignore[misc]
    """A reportlab font that also knows clusters, and whose text layer gives back what was written."""

    def __init__(self, role: str) -> None:
        source = font_face(role)
        # What reportlab's own __init__ does, on a file that is read faster.
        self.fontName = f"walkdesk-{role}"
        self.face = FontFile(str(source.path), subfontIndex=source.index)
        self.encoding = ttfonts.TTEncoding()
        self.state: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()
        # A fallback draws a few characters of a few names: it need not carry ASCII into every file.
        self._asciiReadable = role != "fallback"
        self.shapable = False
        self._codes: dict[str, int] = {}
        self._texts: dict[int, str] = {}

    @cached_property
    def plain_widths(self) -> Mapping[str, float]:
        """Every character that is drawn as itself, with its width in em."""
        widths = self.face.charWidths.items()
        return {chr(code): width / 1000 for code, width in widths if code < _FIRST_PRIVATE and _is_plain(code)}

    def em(self, code: int) -> float:
        """The width of a code in em."""
        return float(self.face.charWidths[code]) / 1000

    def code_of(self, cluster: str) -> int | None:
        """The code that draws a cluster in this font, or ``None``."""
        if self._has(cluster):
            return ord(cluster)
        if cluster not in self._codes:
            glyph = self._glyph_of(cluster)
            if glyph is None:
                return None
            self._add(cluster, glyph)
        return self._codes[cluster]

    def _glyph_of(self, cluster: str) -> int | None:
        if cluster == _NO_BREAK_SPACE:
            # reportlab turns U+00A0 into a space, and the text layer with it.
            return self._plain_glyph(" ")
        if len(cluster) == 2 and _SELECTOR.match(cluster[1]):
            return self.face.sequences.get((ord(cluster[0]), ord(cluster[1])))
        # A letter with a combining mark is drawn by its composed form. Ideographs never come here: NFC would
        # replace compatibility ideographs, which are other characters in a name.
        composed = unicodedata.normalize("NFC", cluster)
        return self._plain_glyph(composed) if len(cluster) > 1 and not _SELECTOR.search(cluster) else None

    def _plain_glyph(self, character: str) -> int | None:
        return int(self.face.charToGlyph[ord(character)]) if self._has(character) else None

    def _has(self, cluster: str) -> bool:
        """Whether a cluster is one character that is drawn as itself."""
        if len(cluster) != 1:
            return False
        code = ord(cluster)
        return code < _FIRST_PRIVATE and code in self.face.charToGlyph and _is_plain(code)

    def _add(self, cluster: str, glyph: int) -> None:
        code = _FIRST_PRIVATE + len(self._codes)
        advance, _ = self.face.hmetrics[glyph]
        self.face.charToGlyph[code] = glyph
        self.face.charWidths[code] = self.pdfScale(advance)
        self._texts[code] = cluster
        self._codes[cluster] = code

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's name
        """Writes the font's subsets, then sets each one's text layer right."""
        subsets = [
            (self.getSubsetInternalName(number, doc)[1:], tuple(codes))
            for number, codes in enumerate(self.state[doc].subsets)
        ]
        super().addObjects(doc)
        for name, codes in subsets:
            font = doc.idToObject["BasicFonts"].dict[name]
            texts = ((code, self._texts.get(char) or chr(char)) for code, char in enumerate(codes) if char)
            doc.idToObject[font.ToUnicode.name].content = to_unicode_map(font.BaseFont, texts)


@cache
def _face(role: str) -> _ExactFont:
    font = _ExactFont(role)
    pdfmetrics.registerFont(font)
    return font


def _is_plain(code: int) -> bool:
    if 0x3400 <= code < 0xA000 or 0x20000 <= code < 0xE0000:
        return True  # ideographs, nearly all of a font
    return code != 0xA0 and unicodedata.category(chr(code)) not in _NO_GLYPH_OF_THEIR_OWN
