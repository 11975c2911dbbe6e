"""手紙: one page a person for a window envelope; its parts are those of its wording (参加案内, お知らせ, 景品案内)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from walkdesk.documents.batches import BatchMeta, SheetFault, batch_faults, batch_pdf
from walkdesk.documents.lines import break_lines
from walkdesk.documents.mail import Addressee, draw_address
from walkdesk.documents.sheet import ACCENT, HAIR, INK2, MM, PaperMeta, Sheet
from walkdesk.documents.typeface import BOLD, GOTHIC, typeface
from walkdesk.domain.codes import participant_code
from walkdesk.domain.dates import japanese_date
from walkdesk.domain.layouts import WindowLayout
from walkdesk.domain.problem import Problem
from walkdesk.domain.wording import Wording, fill

_LEFT, _RIGHT = 22.0, 188.0
_WIDTH = _RIGHT - _LEFT
_TOP = 104.0
"""Below the first fold, and below every window."""
_BODY = 12.0
_SMALLEST = 10.0
_HEADING = "見出し"
"""What a heading is called when it is too long for its line."""
_LEADING = 1.5
_LAST_LINE = 281.0
_CODE = 24.0
"""The QR code's width in mm."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter, ready to draw: its serial, whom it goes to, the wording filled in for them."""

    serial: str
    to: Addressee
    text: Wording
    goods: tuple[tuple[str, str], ...] = ()
    """Rows of a list: a prize and its points."""

    @property
    def number(self) -> str:
        """The 受付番号 or 利用者ID of its person."""
        return self.to.number


@dataclass(frozen=True, slots=True, kw_only=True)
class LettersMeta(BatchMeta):
    """What all letters of a batch share."""

    issued: date
    window: WindowLayout


def compose(
    serial: str, to: Addressee, wording: Wording, values: Mapping[str, str], goods: tuple[tuple[str, str], ...] = ()
) -> Letter:
    """A letter from its wording. Raises ``Problem("papers.placeholder")`` for an unknown or empty placeholder."""
    return Letter(serial, to, fill(wording, values), goods)


def letter_faults(letters: Sequence[Letter], meta: LettersMeta) -> tuple[SheetFault, ...]:
    """The letters that would stop the printing, person by person, found without making the file."""
    return batch_faults(_paper(letters, meta), letters, lambda sheet, letter: _page(sheet, letter, meta))


def letters_pdf(letters: Sequence[Letter], meta: LettersMeta) -> bytes:
    """All letters as one PDF, a page and a bookmark each.

    Raises ``Problem("papers.unprintable")`` for a character that no font has and ``Problem("papers.too_long")`` with
    the field that does not fit: nothing is cut and no box is printed.
    """
    return batch_pdf(_paper(letters, meta), letters, lambda sheet, letter: _page(sheet, letter, meta))


def _paper(letters: Sequence[Letter], meta: LettersMeta) -> PaperMeta:
    return meta.paper(f"{len(letters)}通")


def _page(sheet: Sheet, letter: Letter, meta: LettersMeta) -> None:
    sheet.new_page(f"{letter.to.number} {letter.to.name}", footer=lambda: _footer(sheet, letter, meta))
    for fold in meta.window.folds:
        sheet.rule(5, fold, 9, fold)
    draw_address(sheet, meta.window.address, letter.to)
    _sender(sheet, meta)
    text = letter.text
    y = _title(sheet, text["title"], _TOP)
    for part in text.lines("greeting"):
        y = sheet.paragraph(_LEFT, y, _WIDTH, part, _BODY, leading=_LEADING)
    y = _facts(sheet, letter, meta, y + 3.5)
    if letter.goods:
        y = _goods(sheet, text["list_title"], letter.goods, y + 3)
    y = _steps(sheet, text, y + 3.5)
    if text["note"]:
        y = _heading(sheet, text["note_title"], y + 2.5)
        for part in text.lines("note"):
            y = sheet.paragraph(_LEFT, y, _WIDTH, part, _BODY, leading=_LEADING)
    _foot(sheet, text, y + 3)


def _sender(sheet: Sheet, meta: LettersMeta) -> None:
    office = meta.office
    sheet.text(_RIGHT, 27, japanese_date(meta.issued), 12, align="right")
    y = 40.0
    for words in (f"{office.ward}　{office.section}", f"（受託者）{office.contractor}", office.desk):
        y = sheet.fit(120, y, _RIGHT - 120, words, 12, smallest=9, most=2, field="差出人", align="right")


def _title(sheet: Sheet, words: str, y: float) -> float:
    y = sheet.fit(_LEFT, y, _WIDTH, words, 18, BOLD, smallest=14, field="表題", align="centre")
    sheet.rule(_LEFT, y + 1.5, _RIGHT, y + 1.5, ACCENT, 1.2)
    return y + 4.5


def _heading(sheet: Sheet, words: str, y: float) -> float:
    return sheet.fit(
        _LEFT, y, _WIDTH, words, 12.5, BOLD, smallest=_SMALLEST, field=_HEADING, leading=1.5, colour=ACCENT
    )


def _facts(sheet: Sheet, letter: Letter, meta: LettersMeta, y: float) -> float:
    """The small table, with the QR code at its right."""
    right = _RIGHT - _CODE - 6
    top = y
    sheet.rule(_LEFT, y, right, y)
    for label, words in letter.text.rows("rows"):
        lines = break_lines(words, (right - _LEFT - 40) * MM / _BODY, typeface(GOTHIC))
        labels = break_lines(label, 36 * MM / _BODY, typeface(GOTHIC))
        below = sheet.lines(_LEFT + 1, y + 1.2, 36, labels, _BODY, colour=INK2, leading=1.4)
        y = max(below, sheet.lines(_LEFT + 38, y + 1.2, right - _LEFT - 40, lines, _BODY, leading=1.4)) + 1.2
        sheet.rule(_LEFT, y, right, y)
    sheet.qr(_RIGHT - _CODE, top, _CODE, participant_code(meta.contract, letter.to.number))
    sheet.text(_RIGHT - _CODE / 2, top + _CODE + 4, "事務局用", 9, align="centre", colour=INK2)
    return max(y, top + _CODE + 5)


def _goods(sheet: Sheet, title: str, rows: Sequence[tuple[str, str]], y: float) -> float:
    """A list of things with a figure at the right."""
    y = _heading(sheet, title, y)
    for name, figure in rows:
        lines = break_lines(name, (_WIDTH - 42) * MM / _BODY, typeface(GOTHIC))
        sheet.lines(_RIGHT - 40, y + 0.8, 39, [figure], _BODY, leading=1.4, align="right")
        y = sheet.lines(_LEFT + 1, y + 0.8, _WIDTH - 42, lines, _BODY, leading=1.4) + 0.8
        sheet.rule(_LEFT, y, _RIGHT, y)
    return y


def _steps(sheet: Sheet, text: Wording, y: float) -> float:
    steps = text.lines("steps")
    if not steps:
        return y
    y = _heading(sheet, text["steps_title"], y)
    for number, words in enumerate(steps, 1):
        sheet.lines(_LEFT, y, 8, [f"{number}"], _BODY, BOLD, leading=_LEADING, colour=ACCENT)
        y = sheet.paragraph(_LEFT + 7, y, _WIDTH - 7, words, _BODY, leading=_LEADING)
    return y


def _foot(sheet: Sheet, text: Wording, y: float) -> None:
    """Purpose of use (clause 4) and contact, at the foot of the page."""
    contact = text.lines("contact")
    purpose = break_lines(text["purpose"], _WIDTH * MM / _BODY, typeface(GOTHIC))
    step = _BODY * 1.45 / MM
    height = (len(purpose) + len(contact)) * step + 13
    top = _LAST_LINE - height
    if top < y:
        raise Problem("papers.too_long", field="文面")
    sheet.rule(_LEFT, top, _RIGHT, top)
    y = sheet.fit(
        _LEFT, top + 1.5, _WIDTH, text["purpose_title"], _BODY, BOLD, smallest=_SMALLEST, field=_HEADING, leading=1.4
    )
    y = sheet.lines(_LEFT, y, _WIDTH, purpose, _BODY, leading=1.45, justify=True)
    sheet.rule(_LEFT, y + 2, _RIGHT, y + 2)
    sheet.fit(_LEFT, y + 3.5, 28, text["contact_title"], _BODY, BOLD, smallest=8, field=_HEADING, leading=1.45)
    y += 3.5
    for words in contact:
        y = sheet.fit(_LEFT + 30, y, _WIDTH - 30, words, _BODY, smallest=9, most=2, field="お問い合わせ", leading=1.45)


def _footer(sheet: Sheet, letter: Letter, meta: LettersMeta) -> None:
    sheet.rule(_LEFT, 283.5, _RIGHT, 283.5, HAIR)
    sheet.text(_LEFT, 287.5, letter.serial, 8, colour=INK2)
    sheet.text((_LEFT + _RIGHT) / 2, 287.5, meta.stamp, 8, align="centre", colour=INK2)
    sheet.text(_RIGHT, 287.5, letter.text.version, 8, align="right", colour=INK2)
