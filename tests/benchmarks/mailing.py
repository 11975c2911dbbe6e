"""Five hundred letters for the figures, and the same content for two rivals: bare reportlab and an office suite.

``python -m tests.benchmarks.mailing JOB PEOPLE`` does one job in a process of its own and tells what it took.
"""

from __future__ import annotations

import base64
import functools
import io
import json
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch
from xml.sax.saxutils import escape

import pypdfium2
import segno
from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.documents.letter_facts import letter, meta
from walkdesk.documents.letters import Letter, letters_pdf
from walkdesk.documents.sheet import INK, Sheet
from walkdesk.documents.typeface import GOTHIC
from walkdesk.domain.codes import participant_code
from walkdesk.resources.fonts import font_face

FAMILIES = (
    "佐藤", "髙橋", "渡邊", "山﨑", "中村", "小林", "加藤", "吉田", "齋藤", "松本",
    "井上", "木村", "清水", "長谷川", "五十嵐", "大久保", "神﨑", "濵田", "德永", "黒澤",
)  # fmt: skip
GIVEN = (
    "花子", "太郎", "ふみ子", "健一", "美代子", "三郎", "マリア", "千鶴子", "義男", "和枝", "正", "悦子", "博",
    "節子", "清", "弘子", "勇", "恵美子", "隆", "幸子", "進", "洋子", "茂", "久美子", "学",
)  # fmt: skip
SCALE = 1.5
"""Points to pixels of a preview at about its usual size."""
MASK = 3


def letters(count: int) -> list[Letter]:
    """Letters to that many different invented people."""
    return [_letter(place) for place in range(1, count + 1)]


def hard_letter() -> Letter:
    """A letter to somebody whose name needs the fallback and a variation sequence."""
    return letter(1, name="𠮷田 葛\U000e0100乃")


def _letter(place: int) -> Letter:
    family, given = FAMILIES[place % len(FAMILIES)], GIVEN[place // len(FAMILIES) % len(GIVEN)]
    building = f"新宿ハイツ{place % 7 + 1}号棟 {place}号室" if place % 3 else ""
    return letter(place, "card" if place % 2 else "app", name=f"{family} {given}", building=building)


# What was drawn, stroke by stroke, so that a plain canvas can draw the same.


@dataclass(slots=True)
class Strokes:
    """One page: its bookmark, and every call with its place in millimetres from the top left corner."""

    bookmark: str
    texts: list[tuple[float, float, str, float, str, str, Color, float]]
    rules: list[tuple[float, float, float, float, Color, float]]
    codes: list[tuple[float, float, float, str]]


def strokes(made: Sequence[Letter]) -> list[Strokes]:
    """What the engine draws for these letters."""
    pages: list[Strokes] = []
    new_page, text, rule, code = Sheet.new_page, Sheet.text, Sheet.rule, Sheet.qr

    def begin(sheet: Sheet, bookmark: str = "", footer: Callable[[], None] | None = None) -> None:
        new_page(sheet, bookmark, footer)
        pages.append(Strokes(bookmark, [], [], []))

    def write(sheet: Sheet, x: float, y: float, words: str, *how: Any, **more: Any) -> float:
        size, role, *_ = (*how, *(10.5, GOTHIC)[len(how) :])
        place = (more.get("align", "left"), more.get("colour", INK), more.get("spacing", 0.0))
        pages[-1].texts.append((x, y, words, size, role, *place))
        return text(sheet, x, y, words, *how, **more)

    def line(sheet: Sheet, x1: float, y1: float, x2: float, y2: float, *how: Any) -> None:
        drawn = dict(zip(("colour", "weight"), how, strict=False))
        colour, weight = rule.__defaults__ or ()
        pages[-1].rules.append((x1, y1, x2, y2, drawn.get("colour", colour), drawn.get("weight", weight)))
        rule(sheet, x1, y1, x2, y2, *how)

    def squares(sheet: Sheet, x: float, y: float, size: float, payload: str) -> None:
        pages[-1].codes.append((x, y, size, payload))
        code(sheet, x, y, size, payload)

    with (
        patch.object(Sheet, "new_page", begin),
        patch.object(Sheet, "text", write),
        patch.object(Sheet, "rule", line),
        patch.object(Sheet, "qr", squares),
    ):
        letters_pdf(made, meta())
    return pages


def bare_pdf(pages: Sequence[Strokes]) -> bytes:
    """The same pages by a canvas of reportlab, as anybody would write it who knows its manual."""
    stream = io.BytesIO()
    top = 297
    canvas = Canvas(stream, pagesize=(210 * mm, top * mm), pageCompression=1, invariant=1)
    canvas.setTitle("健康ポイント事業 参加案内")
    for number, page in enumerate(pages):
        canvas.bookmarkPage(str(number))
        canvas.addOutlineEntry(page.bookmark, str(number))
        font: tuple[str, float] | None = None
        ink: Color | None = None
        for x1, y1, x2, y2, colour, weight in page.rules:
            canvas.setStrokeColor(colour)
            canvas.setLineWidth(weight)
            canvas.line(x1 * mm, (top - y1) * mm, x2 * mm, (top - y2) * mm)
        for x, y, words, size, role, align, colour, spacing in page.texts:
            if colour is not ink:
                canvas.setFillColor(colour)
                ink = colour
            if font != (role, size):
                canvas.setFont(_plain_font(role), size)
                font = (role, size)
            draw = {"left": canvas.drawString, "right": canvas.drawRightString, "centre": canvas.drawCentredString}
            draw[align](x * mm, (top - y) * mm, words, charSpace=spacing * size)
        for x, y, size, payload in page.codes:
            _plain_code(canvas, x * mm, (top - y) * mm, size * mm, payload)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


@functools.cache
def _plain_font(role: str) -> str:
    face = font_face(role)
    pdfmetrics.registerFont(TTFont(f"plain-{role}", str(face.path), subfontIndex=face.index))
    return f"plain-{role}"


def _plain_code(canvas: Canvas, x: float, y: float, size: float, payload: str) -> None:
    matrix = segno.make_qr(payload, error="m", mask=MASK, boost_error=False).matrix
    side = size / len(matrix)
    path = canvas.beginPath()
    for row, modules in enumerate(matrix, 1):
        start = 0
        while (start := modules.find(1, start)) >= 0:
            end = modules.find(0, start)
            end = len(modules) if end < 0 else end
            path.rect(x + start * side, y - row * side, (end - start) * side, side)
            start = end
    canvas.drawPath(path, stroke=0, fill=1)


_ODT_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls>
<style:font-face style:name="G" svg:font-family="'BIZ UDPGothic'"/>
<style:font-face style:name="M" svg:font-family="'BIZ UDMincho'"/>
</office:font-face-decls>
<office:automatic-styles>
<style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm"
 fo:margin-top="12mm" fo:margin-bottom="10mm" fo:margin-left="25mm" fo:margin-right="20mm"/></style:page-layout>
<style:style style:name="Begin" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/>
<style:text-properties style:font-name="G" style:font-name-asian="G" fo:font-size="13pt" style:font-size-asian="13pt"/>
</style:style>%s<style:style style:name="Key" style:family="table-column">
<style:table-column-properties style:column-width="38mm"/></style:style>
<style:style style:name="Value" style:family="table-column">
<style:table-column-properties style:column-width="100mm"/></style:style>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4"/></office:master-styles>
<office:body><office:text>
"""
_ODT_STYLES = (("Body", "G", 10.5, "start"), ("Name", "M", 16, "start"), ("Right", "G", 12, "end"))
_ODT_STYLES += (("Title", "G", 18, "center"), ("Head", "G", 12.5, "start"), ("Small", "G", 8, "start"))


def flat_odt(made: Sequence[Letter]) -> str:
    """The letters as one flat OpenDocument text, merged already."""
    styles = "".join(
        f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties '
        f'fo:text-align="{align}"/><style:text-properties style:font-name="{font}" style:font-name-asian="{font}" '
        f'fo:font-size="{size}pt" style:font-size-asian="{size}pt"/></style:style>'
        for name, font, size, align in _ODT_STYLES
    )
    body = "".join(part for one in made for part in _odt_letter(one))
    return f"{_ODT_HEAD % styles}{body}</office:text></office:body></office:document>"


def _odt_letter(one: Letter) -> Iterator[str]:
    shared, text = meta(), one.text
    yield _odt("Begin", one.to.postcode)
    yield from (_odt("Body", words) for words in (one.to.address, one.to.building) if words)
    yield _odt("Name", f"{one.to.name}　様")
    office = shared.office
    yield _odt("Right", "平成30年6月20日")
    for words in (f"{office.ward}　{office.section}", f"（受託者）{office.contractor}", office.desk):
        yield _odt("Right", words)
    yield _odt("Title", text["title"])
    yield from (_odt("Body", words) for words in text.lines("greeting"))
    yield '<table:table><table:table-column table:style-name="Key"/><table:table-column table:style-name="Value"/>'
    for label, words in text.rows("rows"):
        cells = (f'<table:table-cell office:value-type="string">{_odt("Body", cell)}' for cell in (label, words))
        yield f"<table:table-row>{'</table:table-cell>'.join(cells)}</table:table-cell></table:table-row>"
    yield "</table:table>"
    code = segno.make_qr(participant_code(shared.contract, one.to.number), error="m", mask=MASK, boost_error=False)
    picture = io.BytesIO()
    code.save(picture, kind="png", scale=4)
    data = base64.b64encode(picture.getvalue()).decode()
    yield (
        '<text:p text:style-name="Body"><draw:frame text:anchor-type="as-char" svg:width="24mm" svg:height="24mm">'
        f"<draw:image><office:binary-data>{data}</office:binary-data></draw:image></draw:frame></text:p>"
    )
    yield _odt("Head", text["steps_title"])
    yield from (_odt("Body", f"{number}　{words}") for number, words in enumerate(text.lines("steps"), 1))
    yield _odt("Head", text["note_title"])
    yield from (_odt("Body", words) for words in text.lines("note"))
    yield _odt("Head", text["purpose_title"])
    yield _odt("Body", text["purpose"])
    yield _odt("Head", text["contact_title"])
    yield from (_odt("Body", words) for words in text.lines("contact"))
    yield _odt("Small", f"{one.serial}　{text.version}")


def _odt(style: str, words: str) -> str:
    return f'<text:p text:style-name="{style}">{escape(words)}</text:p>'


# What is done in a process of its own.


def main(job: str, people: int) -> None:
    """Does the job, and writes what it took as JSON."""
    found = {"pdf": _pdf, "preview": _preview}[job](people)
    sys.stdout.write(json.dumps(found))


def _pdf(people: int) -> dict[str, float]:
    """All the letters; what they take by themselves in seconds, and the most memory that the process had."""
    made = [hard_letter(), *letters(people - 1)]
    begun = time.perf_counter()
    pdf = letters_pdf(made, meta())
    took = time.perf_counter() - begun
    return {"seconds": took, "bytes": len(pdf), "peak": peak()}


def peak() -> float:
    """The most memory of this process in MB. On Linux ``ru_maxrss`` also knows the parent, from before the ``exec``."""
    status = Path("/proc/self/status")
    if status.is_file():
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _preview(_people: int) -> dict[str, float]:
    """The first page of a preview, fonts and all."""
    one = hard_letter()
    begun = time.perf_counter()
    first_page([one])
    return {"seconds": time.perf_counter() - begun}


def first_page(made: Sequence[Letter]) -> tuple[bytes, int, int, int]:
    """A letter as the picture that a window shows: its pixels, width, height and the bytes of a row."""
    document = pypdfium2.PdfDocument(letters_pdf(made, meta()))
    try:
        picture = document[0].render(scale=SCALE)
        return bytes(picture.buffer), picture.width, picture.height, picture.stride
    finally:
        document.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
