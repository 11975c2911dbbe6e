"""台紙: the sheet on which a participant writes a month's steps by hand and which comes back by post.

Where everything stands is ``domain.cardlayouts``. The boxes are pale and the handwriting is dark: the digits stand out
for the eye, and a scanner drops the boxes. Everything that a participant reads is 12 points or larger.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.lib.colors import Color, HexColor

from walkdesk.documents.batches import BatchMeta, Office, SheetFault, batch_faults, batch_pdf
from walkdesk.documents.lines import break_lines, break_name
from walkdesk.documents.sheet import ACCENT, ASCENT, BAR, HAIR, INK, INK2, MM, PALE, PaperMeta, Sheet
from walkdesk.documents.typeface import BOLD, GOTHIC, MINCHO, typeface
from walkdesk.domain.cardlayouts import CardLayout
from walkdesk.domain.codes import card_code
from walkdesk.domain.dates import Month
from walkdesk.domain.layouts import Box
from walkdesk.domain.problem import Problem
from walkdesk.domain.wording import Wording, fill

SMALLEST = 12.0
"""Points of the smallest text that a participant reads."""
BOXES = BAR
"""The frames of the digits: lighter than any ink."""

_MADE = 8.0
"""Points of what only the office reads."""
_LARGE = 14.0
_NUMERAL = 15.0
_WEEKDAYS = "月火水木金土日"
_SUNDAY = 6
_DIGITS = ("一", "十", "百", "千", "万", "十万", "百万")
_EXAMPLES = (("例　5,230歩", "5230"), ("歩かない日", "0"))
_NOT_COUNTED = "事業の期間外です"
_PAPER = HexColor("#FFFFFF")


@dataclass(frozen=True, slots=True)
class CardDate:
    """One day of the month: whether it is a holiday (祝日), and whether steps of it count."""

    on: date
    holiday: bool = False
    counted: bool = True
    """Lies between the first and the last day of the contract; other days have no boxes."""


@dataclass(frozen=True, slots=True)
class Card:
    """One person's card, ready to draw: the wording is filled in."""

    serial: str
    number: str
    name: str
    text: Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class CardsMeta(BatchMeta):
    """What all cards of a batch share."""

    month: Month
    days: tuple[CardDate, ...]
    layout: CardLayout


def compose_card(serial: str, number: str, name: str, wording: Wording, values: Mapping[str, str]) -> Card:
    """A card from its wording. Raises ``Problem("papers.placeholder")`` for an unknown or empty placeholder."""
    return Card(serial, number, name, fill(wording, values))


def card_faults(cards: Sequence[Card], meta: CardsMeta) -> tuple[SheetFault, ...]:
    """The cards that would stop the printing, person by person, found without making the file."""
    return batch_faults(_paper(cards, meta), cards, lambda sheet, card: _page(sheet, card, meta))


def points_cards_pdf(cards: Sequence[Card], meta: CardsMeta) -> bytes:
    """All cards as one PDF, a page and a bookmark each.

    Raises ``Problem("papers.unprintable")`` for a character that no font has and ``Problem("papers.too_long")`` with
    the field that does not fit: nothing is cut and no box is printed.
    """
    return batch_pdf(_paper(cards, meta), cards, lambda sheet, card: _page(sheet, card, meta))


def _paper(cards: Sequence[Card], meta: CardsMeta) -> PaperMeta:
    return meta.paper(f"{len(cards)}枚")


def _page(sheet: Sheet, card: Card, meta: CardsMeta) -> None:
    layout, text = meta.layout, card.text
    sheet.new_page(f"{card.number} {card.name}", footer=lambda: _footer(sheet, card, meta))
    _title(sheet, layout.title, text)
    _number(sheet, layout.number, card.number)
    sheet.qr(layout.qr.left, layout.qr.top, layout.qr.width, card_code(meta.contract, card.number, meta.month))
    _person(sheet, layout.person, card.name)
    _rules(sheet, layout, text)
    sheet.stencil("month", lambda: _month(sheet, layout, meta.days))
    _total(sheet, layout, text)
    _send(sheet, layout.send, text, meta.office)
    _purpose(sheet, layout.purpose, text)


def _title(sheet: Sheet, box: Box, text: Wording) -> None:
    y = sheet.fit(box.left, box.top, box.width, text["programme"], SMALLEST, smallest=SMALLEST, most=2, field="表題")
    y = sheet.fit(box.left, y, box.width, text["title"], 26, BOLD, smallest=18, field="表題", leading=1.3)
    _check_foot(y, box, "表題")


def _number(sheet: Sheet, box: Box, number: str) -> None:
    y = sheet.lines(box.left, box.top, box.width, ["受付番号"], SMALLEST, leading=1.35, align="right", colour=INK2)
    sheet.fit(box.left, y, box.width, number, 26, BOLD, smallest=_LARGE, field="受付番号", align="right", leading=1.3)


def _person(sheet: Sheet, box: Box, name: str) -> None:
    """The name on a line of its own, large; a long one on two lines."""
    label = 20.0
    face, words, room = typeface(MINCHO), f"{name}　様", box.width - label
    for size, most in (*((size, 1) for size in (20.0, 18.0, 16.0, _LARGE, 13.0, SMALLEST)), (SMALLEST, 2)):
        lines = [words] if face.width(words) * size / MM <= room else break_name(words, room * MM / size, face)
        if len(lines) <= most:
            break
    else:
        raise Problem("papers.too_long", field="氏名")
    height = len(lines) * size * 1.2 / MM
    base = box.bottom - 1.5
    sheet.text(box.left, base - 1.2, "お名前", SMALLEST, colour=INK2)
    sheet.lines(box.left + label, base - height, room, lines, size, MINCHO, leading=1.2)
    sheet.rule(box.left, base + 0.6, box.right, base + 0.6, HAIR, 0.6)


def _rules(sheet: Sheet, layout: CardLayout, text: Wording) -> None:
    """How to write, in as many columns as the days."""
    box, rules = layout.rules, text.lines("rules")
    width = (box.width - (layout.columns - 1) * layout.gap) / layout.columns
    each = -(-len(rules) // layout.columns)
    for column in range(layout.columns):
        left, y = box.left + column * (width + layout.gap), box.top
        for number, words in enumerate(rules[column * each : (column + 1) * each], column * each + 1):
            sheet.lines(left, y, 6, [f"{number}"], SMALLEST, BOLD, colour=ACCENT, leading=1.45)
            y = sheet.paragraph(left + 6, y, width - 6, words, SMALLEST, leading=1.45)
        _check_foot(y, box, "書き方")


def _month(sheet: Sheet, layout: CardLayout, days: Sequence[CardDate]) -> None:
    """What nobody's card has different: corner marks, examples, the days with their boxes, the boxes of the total."""
    for mark in layout.corner_marks():
        sheet.box(mark.left, mark.top, mark.width, mark.height, fill=INK, stroke=None)
    _examples(sheet, layout)
    for column in range(layout.columns):
        for cell, name in zip(layout.head(column), reversed(_DIGITS[: layout.digits]), strict=True):
            sheet.text(cell.left + cell.width / 2, cell.bottom - 1.6, name, SMALLEST, align="centre", colour=INK2)
    for day in days:
        _day(sheet, layout, day)
    _cells(sheet, layout.total_digits())


def _examples(sheet: Sheet, layout: CardLayout) -> None:
    """Two rows that are filled in, in boxes that stand like those of the days."""
    box = layout.example
    sheet.box(box.left, box.top, box.width, box.height, fill=PALE, stroke=None)
    for place, (words, digits) in enumerate(_EXAMPLES):
        row = layout.example_row(place, len(_EXAMPLES))
        cells = layout.digits_in(row)
        sheet.text(row.left + 3, _middle(row, SMALLEST), words, SMALLEST)
        _cells(sheet, cells, ground=_PAPER)
        for cell, digit in zip(cells[-len(digits) :], digits, strict=True):
            sheet.text(cell.left + cell.width / 2, _middle(cell, 17), digit, 17, align="centre", colour=INK2)


def _day(sheet: Sheet, layout: CardLayout, day: CardDate) -> None:
    row = layout.day(day.on.day)
    free = day.holiday or day.on.weekday() == _SUNDAY
    if free:
        sheet.box(row.left, row.top, layout.label - 1.5, row.height, fill=PALE, stroke=None)
    week = f"{_WEEKDAYS[day.on.weekday()]}{'・祝' if day.holiday else ''}"
    sheet.text(row.left + 9, _middle(row, _NUMERAL), f"{day.on.day}", _NUMERAL, BOLD, align="right")
    sheet.text(row.left + 9.6, _middle(row, SMALLEST), f"日（{week}）", SMALLEST, BOLD if free else GOTHIC)
    cells = layout.day_digits(day.on.day)
    if day.counted:
        _cells(sheet, cells)
    else:
        sheet.text(cells[0].left, _middle(row, SMALLEST), _NOT_COUNTED, SMALLEST, colour=INK2)


def _total(sheet: Sheet, layout: CardLayout, text: Wording) -> None:
    box = layout.total
    used = sheet.text(box.left, _middle(box, _LARGE), text["total_title"], _LARGE, BOLD) + 4
    room = layout.total_digits()[0].left - box.left - used - 3
    words = break_lines(text["total_note"], max(room, 1) * MM / SMALLEST, typeface(GOTHIC))
    height = len(words) * SMALLEST * 1.25 / MM
    if height > box.height + 1.2:
        raise Problem("papers.too_long", field="合計")
    sheet.lines(box.left + used, box.top + (box.height - height) / 2, room, words, SMALLEST, leading=1.25)


def _send(sheet: Sheet, box: Box, text: Wording, office: Office) -> None:
    """Until when, and where to."""
    sheet.box(box.left, box.top, box.width, box.height, fill=PALE, stroke=None)
    left, width, label = box.left + 4, box.width - 8, 30.0
    y = box.top + 1.8
    y = sheet.fit(left, y, width, text["deadline"], 15, BOLD, smallest=SMALLEST, most=3, field="締切", leading=1.35)
    sheet.rule(left, y + 0.5, left + width, y + 0.5, HAIR)
    y += 1.2
    place = f"〒{office.postcode}　{office.address}" if office.postcode else office.address
    rows = (
        (text["send_title"], (place, f"{office.contractor}　{office.desk}"), "送り先"),
        (text["contact_title"], text.lines("contact"), "お問い合わせ"),
    )
    for title, lines, field in rows:
        sheet.fit(left, y, label - 2, title, SMALLEST, BOLD, smallest=8, field="見出し", leading=1.45)
        for words in lines:
            y = sheet.fit(
                left + label, y, width - label, words, 13, smallest=SMALLEST, most=3, field=field, leading=1.35
            )
    _check_foot(y, box, "送り先")


def _purpose(sheet: Sheet, box: Box, text: Wording) -> None:
    """利用目的 (clause 4): what is asked for here, and what for."""
    y = sheet.fit(
        box.left, box.top, box.width, text["purpose_title"], SMALLEST, BOLD, smallest=8, field="見出し", leading=1.35
    )
    y = sheet.paragraph(box.left, y, box.width, text["purpose"], SMALLEST, leading=1.35)
    _check_foot(y, box, "利用目的")


def _footer(sheet: Sheet, card: Card, meta: CardsMeta) -> None:
    left, right = meta.layout.marks + meta.layout.mark + 3, sheet.width - meta.layout.marks - meta.layout.mark - 3
    baseline = sheet.height - meta.layout.marks - 1
    sheet.text(left, baseline, card.serial, _MADE, colour=INK2)
    sheet.text(sheet.width / 2, baseline, meta.stamp, _MADE, align="centre", colour=INK2)
    sheet.text(right, baseline, card.text.version, _MADE, align="right", colour=INK2)


def _cells(sheet: Sheet, cells: Sequence[Box], ground: Color | None = None) -> None:
    """Boxes for digits, and the unit behind the last."""
    for cell in cells:
        sheet.box(cell.left, cell.top, cell.width, cell.height, fill=ground, stroke=BOXES, weight=0.9)
    sheet.text(cells[-1].right + 1, _middle(cells[-1], SMALLEST), "歩", SMALLEST)


def _middle(box: Box, size: float) -> float:
    """The baseline of a text that stands in the middle of a row."""
    return box.top + box.height / 2 + (ASCENT - 0.5) * size / MM


def _check_foot(y: float, box: Box, field: str) -> None:
    if y > box.bottom + 0.3:
        raise Problem("papers.too_long", field=field)
