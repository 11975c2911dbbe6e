"""One PDF being drawn: pages in millimetres from the top left corner, text in points, everything in memory.

A paper is a function that draws on a ``Sheet``; ``paper_pdf`` runs it. The same data gives the same bytes.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from io import BytesIO
from typing import Any, Literal

from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from walkdesk.documents.attachments import Attachment, attach
from walkdesk.documents.codes import qr_modules
from walkdesk.documents.lines import break_lines
from walkdesk.documents.pen import Pen
from walkdesk.documents.typeface import BOLD, GOTHIC, typeface
from walkdesk.domain.dates import JST
from walkdesk.domain.layouts import NO_OFFSET, Offset
from walkdesk.domain.problem import Problem

# ASCII85 makes every stream a quarter larger and is half of the time of a plain page.
rl_config.useA85 = 0

Align = Literal["left", "right", "centre"]

MM = 72 / 25.4
A4 = (210.0, 297.0)
"""Width and height in millimetres."""

INK = HexColor("#1E2427")
INK2 = HexColor("#4D5457")
ACCENT = HexColor("#0F5B6C")
HAIR = HexColor("#857F70")
PALE = HexColor("#EFECE5")
BAR = HexColor("#9CBFC6")
_RIBBON = HexColor("#FBEDCB")
_RIBBON_INK = HexColor("#744700")
_WATERMARK = HexColor("#F9F3E6")

ASCENT = 0.88
"""From the top of a line of BIZ UD to its baseline, in em."""

_LOOSEST = 0.06
"""The widest extra gap of a justified line in em; a text layer reads a space from 0.1 em on."""


class Mark(Enum):
    """What stands across a page that is no paper of the real office: its word and the sentence of its band."""

    NONE = ("", "")
    PRACTICE = ("練習", "練習　操作の練習で作った文書です。実際の事業では使えません。")
    SAMPLE = ("見本", "見本　画面で確かめるための文書です。発送や提出には使えません。")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The ledger's 照合値 that a paper prints: the sequence, its 26 base32 characters, what the QR code says."""

    sequence: int
    text: str
    qr_text: str

    @property
    def grouped(self) -> str:
        """The characters in groups of 5-5-5-5-6, as a person reads them aloud."""
        return "-".join([*(self.text[start : start + 5] for start in range(0, 20, 5)), self.text[20:]])


@dataclass(frozen=True, slots=True)
class PaperMeta:
    """What a paper says of itself in its file: title, author and the moment that it shows."""

    title: str
    author: str
    created: datetime
    subject: str = ""
    mark: Mark = Mark.NONE
    serial: str = ""
    """The number at the foot of every page; empty when each page has its own."""
    checkpoint: Checkpoint | None = None
    offset: Offset = NO_OFFSET
    """How far everything is moved on the sheet, because the printer prints beside the place."""


class Sheet:
    """The pages of one PDF: lengths in mm from the top left, font sizes in points, the ``y`` of a text its baseline."""

    def __init__(self, meta: PaperMeta, total: int, size: tuple[float, float] = A4) -> None:
        self.meta = meta
        self.width, self.height = size
        self.total = total
        self.page = 0
        self._stream = BytesIO()
        self._canvas = _canvas(self._stream, meta, size)
        self._pen = Pen(self._canvas)
        self._footer: Callable[[], None] | None = None
        self._stencils: set[str] = set()

    def new_page(self, bookmark: str = "", footer: Callable[[], None] | None = None) -> None:
        """Begins a page. ``footer`` draws at its end; without one: the paper's serial, the page, the checkpoint."""
        self._close_page()
        self.page += 1
        self._footer = footer
        self._pen.forget()
        if self.meta.offset != NO_OFFSET:
            # Lasts until the page is shown: a new page begins unmoved.
            self._canvas.translate(self.meta.offset.x * MM, -self.meta.offset.y * MM)
        if self.meta.mark is not Mark.NONE:
            self._draw_mark(*self.meta.mark.value)
        if bookmark:
            key = f"page{self.page}"
            self._canvas.bookmarkPage(key)
            self._canvas.addOutlineEntry(bookmark, key, 0, closed=True)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float = 10.5,
        role: str = GOTHIC,
        *,
        align: Align = "left",
        colour: Color = INK,
        spacing: float = 0.0,
    ) -> float:
        """Draws one line and returns its width in millimetres. ``spacing`` is extra space between characters in em.

        Raises ``Problem("papers.unprintable")``: nothing is ever printed as a box.
        """
        if not words:
            return 0.0
        line = self._pen.line_of(role, words)
        width = (line.width + spacing * (line.codes - 1)) * size / MM
        left = x - width if align == "right" else x - width / 2 if align == "centre" else x
        self._pen.fill(colour)
        self._pen.text(left * MM, (self.height - y) * MM, line, size, spacing * size)
        return width

    def lines(
        self,
        x: float,
        y: float,
        width: float,
        lines: Sequence[str],
        size: float,
        role: str = GOTHIC,
        *,
        leading: float = 1.6,
        align: Align = "left",
        colour: Color = INK,
        justify: bool = False,
    ) -> float:
        """Draws lines from the top edge ``y`` down and returns the bottom edge. ``leading`` is in em."""
        step = leading * size / MM
        anchor = x + width if align == "right" else x + width / 2 if align == "centre" else x
        baseline = y + (step - size / MM) / 2 + ASCENT * size / MM
        for number, line in enumerate(lines):
            spacing = 0.0
            if justify and number < len(lines) - 1 and len(line) > 1:
                drawn = self._pen.line_of(role, line)
                gaps = drawn.codes - 1
                slack = width * MM / size - drawn.width
                spacing = slack / gaps if 0 < slack <= _LOOSEST * gaps else 0.0
            self.text(anchor, baseline + number * step, line, size, role, align=align, colour=colour, spacing=spacing)
        return y + len(lines) * step

    def paragraph(
        self,
        x: float,
        y: float,
        width: float,
        words: str,
        size: float = 10.5,
        role: str = GOTHIC,
        *,
        leading: float = 1.6,
        colour: Color = INK,
        justify: bool = True,
    ) -> float:
        """Breaks a text by the Japanese rules and draws it from the top edge ``y``; returns the bottom edge."""
        broken = break_lines(words, width * MM / size, typeface(role))
        return self.lines(x, y, width, broken, size, role, leading=leading, colour=colour, justify=justify)

    def fit(
        self,
        x: float,
        y: float,
        width: float,
        words: str,
        size: float,
        role: str = GOTHIC,
        *,
        smallest: float,
        most: int = 1,
        field: str,
        align: Align = "left",
        leading: float = 1.35,
        colour: Color = INK,
    ) -> float:
        """Draws a text that shrinks, then breaks, and is never cut; returns the bottom edge. See ``fitted``."""
        used, lines = fitted(words, width, size, smallest=smallest, most=most, role=role, field=field)
        return self.lines(x, y, width, lines, used, role, leading=leading, align=align, colour=colour)

    def rule(self, x1: float, y1: float, x2: float, y2: float, colour: Color = HAIR, weight: float = 0.4) -> None:
        """A straight line; ``weight`` in points."""
        self._pen.stroke(colour, weight)
        self._pen.rule(x1 * MM, (self.height - y1) * MM, x2 * MM, (self.height - y2) * MM)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: Color | None = None,
        stroke: Color | None = HAIR,
        weight: float = 0.4,
        dash: tuple[float, float] | None = None,
    ) -> None:
        """A rectangle from its top left corner; ``weight`` and ``dash`` in points."""
        if fill is not None:
            self._pen.fill(fill)
        if stroke is not None:
            self._pen.stroke(stroke, weight)
        if dash:
            self._canvas.setDash(*dash)
        paint = "n" if fill is stroke is None else "f" if stroke is None else "S" if fill is None else "B"
        self._pen.box(x * MM, (self.height - y - height) * MM, width * MM, height * MM, paint)
        if dash:
            self._canvas.setDash()

    def qr(self, x: float, y: float, size: float, payload: str) -> None:
        """A QR code ``size`` mm wide from its top left corner; the caller leaves four modules of quiet around it."""
        modules, rectangles = qr_modules(payload)
        self._pen.fill(INK)
        self._pen.modules(x * MM, (self.height - y) * MM, size * MM / modules, rectangles)

    def stencil(self, name: str, draw: Callable[[], None]) -> None:
        """Draws what is the same on many pages: ``draw`` runs once for each name, and the file holds it once."""
        if name not in self._stencils:
            self._stencils.add(name)
            self._canvas.beginForm(name)
            self._pen.forget()
            draw()
            self._canvas.endForm()
            self._pen.forget()
        self._canvas.doForm(name)

    def attach(self, attachments: Sequence[Attachment]) -> None:
        """Embeds files in the PDF (PDF 32000-1, 7.11.4), dated as the paper."""
        attach(self._canvas._doc, attachments, japan_time(self.meta.created))

    def finish(self) -> bytes:
        """The PDF's bytes."""
        self._close_page()
        self._canvas.save()
        return self._stream.getvalue()

    def _close_page(self) -> None:
        if self.page:
            (self._footer or self._standard_footer)()
            self._canvas.showPage()

    def _standard_footer(self) -> None:
        baseline = self.height - 11
        if self.meta.serial:
            self.text(20, baseline, self.meta.serial, 8, colour=INK2)
        self.text(self.width / 2, baseline, f"{self.page} / {self.total}", 8, align="centre", colour=INK2)
        if self.meta.checkpoint is not None:
            words = f"照合値 {self.meta.checkpoint.grouped}"
            self.text(self.width - 20, baseline, words, 8, align="right", colour=INK2)

    def _draw_mark(self, word: str, sentence: str) -> None:
        canvas = self._canvas
        size = 150.0
        canvas.saveState()
        canvas.translate(self.width / 2 * MM, self.height / 2 * MM)
        canvas.rotate(35)
        canvas.setFillColor(_WATERMARK)
        (run,) = typeface(BOLD).runs(word)
        canvas.setFont(run.font, size)
        canvas.drawCentredString(0, -size * 0.35, run.codes)
        canvas.restoreState()
        self.box(0, 0, self.width, 9, fill=_RIBBON, stroke=None)
        self.text(self.width / 2, 6, sentence, 9, BOLD, align="centre", colour=_RIBBON_INK)


def paper_pdf(
    meta: PaperMeta, draw: Callable[[Sheet], None], total: int | None = None, size: tuple[float, float] = A4
) -> bytes:
    """The PDF of a paper. Where the number of pages is not known before, the paper is drawn once to count them."""
    if total is None:
        trial = Sheet(meta, 0, size)
        draw(trial)
        total = trial.page
    sheet = Sheet(meta, total, size)
    draw(sheet)
    return sheet.finish()


def fitted(
    words: str, width: float, size: float, *, smallest: float, most: int, role: str, field: str
) -> tuple[float, list[str]]:
    """The size and the lines with which a text fits a width in millimetres.

    It shrinks from ``size`` to ``smallest`` on one line, then breaks into at most ``most`` lines of the largest size
    that does. Raises ``Problem("papers.too_long")`` with the field's name when nothing fits.
    """
    face = typeface(role)
    needed = face.width(words) if "\n" not in words else math.inf
    for lines_allowed in range(1, most + 1):
        tried = size
        while tried >= smallest:
            room = width * MM / tried
            if needed <= room:
                return tried, [words]
            if lines_allowed > 1:
                lines = break_lines(words, room, face)
                if len(lines) <= lines_allowed:
                    return tried, lines
            tried -= 0.5
    raise Problem("papers.too_long", field=field)


def japan_time(moment: datetime) -> datetime:
    """A moment by the clocks in Japan; one without a zone is taken to be that already."""
    return moment.astimezone(JST) if moment.tzinfo else moment


class _PlainCanvas(Canvas):  # type: ignore[misc]
    """A canvas without the opening line that would name Helvetica, a font that no paper embeds."""

    def _make_preamble(self) -> None:
        self._preamble = ""


class _Shown:
    """The date of a paper in the form that reportlab asks of its time stamp: given, never the PC's clock."""

    def __init__(self, moment: datetime) -> None:
        self.t = 0.0
        self.YMDhms = japan_time(moment).timetuple()[:6]
        self.dhh, self.dmm = 9, 0
        self.tzname = "JST"


def _canvas(stream: BytesIO, meta: PaperMeta, size: tuple[float, float]) -> Any:
    canvas = _PlainCanvas(
        stream, pagesize=(size[0] * MM, size[1] * MM), pageCompression=1, invariant=1, lang="ja-JP", pdfVersion=(1, 7)
    )
    canvas.setTitle(meta.title)
    canvas.setAuthor(meta.author)
    canvas.setSubject(meta.subject)
    canvas.setCreator("walkdesk")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    document = canvas._doc
    document._timeStamp = _Shown(meta.created)
    document.signature = hashlib.md5(repr((meta.created, meta.serial)).encode(), usedforsecurity=False)
    document.info.producer = pdfdoc._default_producer
    return canvas
