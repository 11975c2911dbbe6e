"""Two thousand hard names: each is drawn with its own glyphs and comes back exactly, or the paper stops and says which.

The names carry every kanji of JIS X 0213 (from Python's codec ``shift_jis_2004``), variation sequences and characters
beyond U+FFFF that the fonts have (from the fonts' own tables, read here without the engine), and what foreign and old
lists bring besides.
"""

from __future__ import annotations

import io
import random
import re
import struct
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import pypdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from tests.benchmarks.counts import count
from walkdesk.documents.sheet import PaperMeta, Sheet, paper_pdf
from walkdesk.documents.typeface import BOLD, GOTHIC, MINCHO, unprintable
from walkdesk.domain.dates import JST
from walkdesk.domain.names import clusters
from walkdesk.domain.problem import Problem
from walkdesk.resources.fonts import font_face

META = PaperMeta("氏名", "歩楽", datetime(2018, 6, 20, 10, 0, tzinfo=JST))
NAMES, SEQUENCES, BEYOND = 2000, 200, 50
FALLBACK = "fallback"
_FIRST_SELECTOR = "\U000e0100"

FOREIGN = (
    "アレクサンドラ・マリア・ゴンサレス・デ・ラ・クルス", "ﾏﾘｱ ｸﾞｱﾀﾞﾙｰﾍﾟ ﾊﾟｯﾁｰﾆ", "NGUYEN THI MINH KHAI",
    "José Ángel Ñuñez Güemes", "Jose\u0301 A\u0301ngel Nun\u0303ez", "Zoe\u0308 Bronte\u0308", "François Lefèvre",
    "Łukasz Wałęsa", "Žižek Škvorecký", "O'Brien-d’Arc", "か\u3099く\u3099ら ハ\u309aウロ", "①㈱〜−—～ ㈲",
    "ｱｲｳ ガギグ", "Ⅳ世 №5", "ヴァ ヷヸ ゔぁ", "々〆ヶ 仝〇", "Mary-Jane W. 佐藤",
)  # fmt: skip
"""What is no kanji: long foreign names, combining marks, half-width kana, signs. A kept name has no wide blank."""


@cache
def jis_kanji() -> tuple[str, ...]:
    """The kanji of JIS X 0213:2004: rows 14 and up of plane 1 and all of plane 2; the rows before hold signs."""
    leads = (*range(0x81, 0xA0), *range(0xE0, 0xFD))
    pairs = (bytes((lead, trail)) for lead in leads for trail in range(0x40, 0xFD))
    found = dict.fromkeys(text for text in map(_decoded, pairs) if len(text) == 1 and _is_ideograph(text))
    return tuple(character for character in found if character != "仝")


def _decoded(pair: bytes) -> str:
    try:
        return pair.decode("shift_jis_2004")
    except UnicodeDecodeError:
        return ""


def _is_ideograph(character: str) -> bool:
    return unicodedata.name(character, "").startswith(("CJK UNIFIED IDEOGRAPH", "CJK COMPATIBILITY IDEOGRAPH"))


@dataclass(frozen=True)
class Source:
    """A font of the system as fontTools reads it: which glyph stands for what, and each glyph's outline."""

    glyphs: dict[str, int]
    table: bytes
    offsets: tuple[int, ...]

    def outline(self, glyph: int) -> bytes:
        return self.table[self.offsets[glyph] : self.offsets[glyph + 1]]


@cache
def source(role: str) -> Source:
    face = font_face(role)
    with TTFont(face.path, fontNumber=face.index, lazy=True) as font:
        number = font.getReverseGlyphMap()
        glyphs = {chr(code): number[name] for code, name in font.getBestCmap().items()}
        for table in font["cmap"].tables:
            if table.format == 14:
                for selector, pairs in table.uvsDict.items():
                    for base, name in pairs:
                        glyphs[chr(base) + chr(selector)] = number[name] if name else glyphs[chr(base)]
        return Source(glyphs, font.reader["glyf"], tuple(font["loca"]))


def expected(cluster: str, role: str) -> bytes:
    """The outline that a cluster should be drawn with: the role's own, else the fallback's."""
    composed = unicodedata.normalize("NFC", cluster)
    for font in (source(role), source(FALLBACK)):
        for form in (cluster, composed if unicodedata.combining(cluster[-1]) else cluster):
            if form in font.glyphs:
                return font.outline(font.glyphs[form])
    raise LookupError(cluster)


@cache
def hard_names() -> tuple[str, ...]:
    """2,000 names, always the same."""
    chance = random.Random(213)
    kanji = list(jis_kanji())
    chance.shuffle(kanji)
    names = ["".join(kanji[at : at + 3]) + " " + "".join(kanji[at + 3 : at + 6]) for at in range(0, len(kanji), 6)]
    own, lent = ({text for text in source(role).glyphs if text[1:] >= _FIRST_SELECTOR} for role in (MINCHO, FALLBACK))
    sequences = chance.sample(sorted(own), SEQUENCES // 2) + chance.sample(sorted(lent - own), SEQUENCES // 2)
    names += [f"{family}田 花{given}子" for family, given in zip(sequences, reversed(sequences), strict=True)]
    rare = sorted(text for text in source(FALLBACK).glyphs if "\U00010000" <= text < "\U000f0000" and len(text) == 1)
    beyond = ["𠮷", *chance.sample(sorted(set(rare) - set(kanji) - {"𠮷"}), BEYOND - 1)]
    names += [f"{one}田 {other}{one}" for one, other in zip(beyond, reversed(beyond), strict=True)]
    old = [text for text in source(FALLBACK).glyphs if len(text) == 1 and "\uf900" <= text <= "\ufaff"]
    names += FOREIGN
    spare = NAMES - len(names)
    return (*names, *(f"{one}田 ﾀﾅｶ {one}" for one in chance.sample(sorted(old), spare)))


def names_pdf(names: tuple[str, ...], role: str, step: float = 12, size: float = 14) -> bytes:
    """Names one below the other, as large as they stand on a letter."""
    rows = int(250 / step)

    def draw(sheet: Sheet) -> None:
        for place, name in enumerate(names):
            if place % rows == 0:
                sheet.new_page(footer=lambda: None)
            sheet.text(20, 20 + step * (place % rows), name, size, role)

    return paper_pdf(META, draw, total=0)


def pdfium_lines(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [line for page in document for line in page.get_textpage().get_text_range().split("\r\n")]
    finally:
        document.close()


def drawn(pdf: bytes) -> Iterator[tuple[str, int, bytes]]:
    """What is in the file's fonts: the text of each code as readers see it, its glyph there, the outline."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    fonts = {reference.idnum: reference.get_object() for reference in _fonts(reader)}
    for font in fonts.values():
        layer = font["/ToUnicode"].get_data().partition(b"endcodespacerange")[2]
        pairs = re.findall(rb"<([0-9A-F]{2})> <([0-9A-F]+)>\n", layer)
        program = TTFont(io.BytesIO(font["/FontDescriptor"]["/FontFile2"].get_data()), lazy=True)
        (codes,) = (table.cmap for table in program["cmap"].tables if table.platformID == 1)
        table, offsets = program.reader["glyf"], program["loca"]
        for code, text in pairs:
            glyph = program.getGlyphID(codes.get(int(code, 16), ".notdef"))
            yield bytes.fromhex(text.decode()).decode("utf-16-be"), glyph, table[offsets[glyph] : offsets[glyph + 1]]


def _fonts(reader: pypdf.PdfReader) -> Iterator[pypdf.generic.IndirectObject]:
    for page in reader.pages:
        resources = page["/Resources"]
        yield from (resources["/Font"].raw_get(name) for name in resources["/Font"])  # type: ignore[index]


def same_outline(here: bytes, there: bytes) -> bool:
    """A compound glyph names its parts by number, which a subset counts anew: flags and places still agree."""
    if not here or struct.unpack(">h", here[:2])[0] >= 0:
        return here.rstrip(b"\0") == there.rstrip(b"\0")
    return here[:12] == there[:12] and len(here) == len(there)


def test_the_names_hold_all_that_they_promise(record_property: Callable[[str, object], None]) -> None:
    names = hard_names()
    parts = {cluster for name in names for cluster in clusters(name)}
    sequences = {part for part in parts if part[1:] >= _FIRST_SELECTOR}
    beyond = {part for part in parts if len(part) == 1 and part > "\uffff"} - set(jis_kanji())
    assert len(jis_kanji()) == 10_050
    assert set(jis_kanji()) <= parts
    assert len(set(names)) == NAMES
    how = (
        "different names of the test of hard names: drawn in two typefaces, given back exactly by pdftotext and pdfium"
    )
    count(record_property, "papers.hard_names", len(set(names)), "names", how, at_least=NAMES)
    for name, found, least, what in (
        ("kanji", parts & set(jis_kanji()), 10_050, "kanji of JIS X 0213 in these names"),
        ("sequences", sequences, SEQUENCES, "ideographic variation sequences in these names"),
        ("beyond_ffff", beyond, BEYOND, "characters beyond U+FFFF in these names that JIS X 0213 does not have"),
    ):
        count(record_property, f"papers.hard_{name}", len(found), "characters", what, at_least=least)
        assert len(found) >= least, name


@pytest.mark.parametrize("role", [MINCHO, GOTHIC])
def test_every_hard_name_is_drawn_with_its_own_glyphs_and_comes_back_exactly(
    role: str, tool: Callable[..., str]
) -> None:
    names = hard_names()
    pdf = names_pdf(names, role)
    assert _wrong(names, tool(pdf, "pdftotext", "-raw", "{}", "-").replace("\f", "").split("\n")[:-1]) == []
    assert _wrong(names, pdfium_lines(pdf)) == []
    found: set[str] = set()
    for text, glyph, outline in drawn(pdf):
        found.add(text)
        # The first subset of a font holds all of ASCII, and with it U+007F, which nothing draws.
        if text.isprintable():
            assert glyph, text
            assert same_outline(outline, expected(text, role)), text
    assert {cluster for name in names for cluster in clusters(name)} <= found


def _wrong(names: tuple[str, ...], lines: list[str]) -> list[tuple[str, str]]:
    assert len(lines) == len(names)
    return [(name, line) for name, line in zip(names, lines, strict=True) if name != line]


def test_in_a_dense_list_every_character_still_comes_back() -> None:
    # Where lines stand close, pdfium may take the page for vertical writing and break a line at a change of font; what
    # it reads is whole all the same.
    names = hard_names()[::4]
    assert "".join(pdfium_lines(names_pdf(names, GOTHIC, step=5, size=9))) == "".join(names)


@pytest.mark.parametrize("role", [GOTHIC, BOLD, MINCHO])
def test_an_ideograph_prints_if_and_only_if_one_of_the_fonts_has_it(role: str) -> None:
    known = source(role).glyphs.keys() | source(FALLBACK).glyphs.keys()
    blocks = (range(0x3400, 0xA000, 7), range(0xF900, 0xFB00), range(0x20000, 0x323B0, 7), range(0x2F800, 0x2FA20))
    for character in (chr(code) for block in blocks for code in block):
        assert (unprintable(character, role) == ()) == (character in known), f"U+{ord(character):04X}"


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("山\U00031350 太郎", "\U00031350"),
        ("Nguy\u1ec5n", "\u1ec5"),
        ("Nguye\u0302\u0303n", "e\u0302\u0303"),
        ("葛\U000e01ef城", "葛\U000e01ef"),
        ("김 민수", "김"),
        ("محمد", "\u0645"),
        ("花\U0001f600子", "\U0001f600"),
        ("外\ue000字", "\ue000"),
        ("半\ud842", "\ud842"),
    ],
)
@pytest.mark.parametrize("role", [GOTHIC, MINCHO])
def test_a_name_outside_the_fonts_stops_the_paper_and_its_character_is_named(
    role: str, name: str, missing: str
) -> None:
    with pytest.raises(Problem) as stopped:
        names_pdf(("見本 花子", name), role)
    assert stopped.value.code == "papers.unprintable"
    assert stopped.value.values["character"] == missing
    points = " ".join(f"U+{ord(part):04X}" for part in missing)
    assert stopped.value.values["points"] == points
    assert unprintable(name, role)[0] == missing


def test_no_name_is_normalised_on_its_way() -> None:
    names = (
        "\ufa19山 神山",
        "Jose\u0301 José",
        "ﾀﾅｶ タナカ",
        "か\u3099 が",
        "\ufa46 渚",
        "神\ufe00 神",
        "全角\u3000空白",
    )
    assert pdfium_lines(names_pdf(names, MINCHO)) == list(names)
