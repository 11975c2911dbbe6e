"""参加案内: one page a person, folded in three for a 長形3号 window envelope."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from walkdesk.documents.lines import break_lines, break_name
from walkdesk.documents.sheet import ACCENT, HAIR, INK2, MM, Mark, PaperMeta, Sheet, paper_pdf
from walkdesk.documents.typeface import BOLD, GOTHIC, MINCHO, typeface
from walkdesk.documents.wording import Wording, fill
from walkdesk.domain.codes import participant_code
from walkdesk.domain.dates import japanese_date
from walkdesk.domain.participants import Channel
from walkdesk.domain.problem import Problem

WINDOW = (20.0, 22.0, 90.0, 45.0)
"""The envelope's window on the folded page: left, top, width, height in mm."""

_SPARE = 4.5
"""Kept free inside the window: 2 mm that an address needs, 2 mm for a sheet that slips, and what a printer adds."""

_FOLDS = (99.0, 198.0)
_LEFT, _RIGHT = 22.0, 188.0
_BODY = 12.0
_LEADING = 1.5
_LAST_LINE = 281.0
_TIGHT = 1.28
_GAP = 1.6
_POSTCODE = 6.5
_SIZES = tuple((12 - step / 2, 16 - step) for step in range(7))
"""Sizes of address and name in an address block, from large to small."""


@dataclass(frozen=True, slots=True)
class Office:
    """Who writes: the ward's section and the contractor's desk for the programme."""

    ward: str
    section: str
    contractor: str
    desk: str
    postcode: str
    address: str
    phone: str
    hours: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What is the same for everyone in a contract: its name, number, period, how points come, what they bring."""

    contract: str
    programme: str
    period: str
    points: str
    prizes: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """One participant of a letter. ``number`` is the 受付番号 or the app's 利用者ID; ``building`` may be empty."""

    serial: str
    number: str
    name: str
    postcode: str
    address: str
    channel: Channel
    building: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter, ready to draw: the recipient and the wording filled in for them."""

    recipient: Recipient
    text: Wording


@dataclass(frozen=True, slots=True)
class LettersMeta:
    """What all letters of a batch share. ``created`` is the moment that the file's properties show."""

    contract: str
    programme: str
    issued: date
    created: datetime
    office: Office
    mark: Mark = Mark.NONE
    stamp: str = ""
    """Account and time of a batch that leaves, at the foot of every letter."""


@dataclass(frozen=True, slots=True)
class LetterFault:
    """A letter that cannot be printed as it is, and why."""

    serial: str
    number: str
    problem: Problem


def letter_values(recipient: Recipient, terms: Terms, office: Office) -> dict[str, str]:
    """The values of every placeholder that an invitation may use, by its name in the wording file."""
    return {
        "氏名": recipient.name,
        "受付番号": recipient.number,
        "利用者ID": recipient.number,
        "契約番号": terms.contract,
        "事業名": terms.programme,
        "期間": terms.period,
        "ポイントの付き方": terms.points,
        "景品のめやす": terms.prizes,
        "区名": office.ward,
        "担当課": office.section,
        "受託者": office.contractor,
        "事務局": office.desk,
        "所在地": office.address,
        "電話": office.phone,
        "受付時間": office.hours,
    }


def compose(recipient: Recipient, wording: Wording, terms: Terms, office: Office) -> Letter:
    """A letter from its wording. Raises ``Problem("papers.placeholder")`` for an unknown or empty placeholder."""
    return Letter(recipient, fill(wording, letter_values(recipient, terms, office)))


def letter_faults(letters: Sequence[Letter], meta: LettersMeta) -> tuple[LetterFault, ...]:
    """The letters that would stop the printing, person by person, found without making the file."""
    trial = Sheet(_paper_meta(letters, meta), len(letters))
    faults: list[LetterFault] = []
    for letter in letters:
        try:
            _page(trial, letter, meta)
        except Problem as problem:
            faults.append(LetterFault(letter.recipient.serial, letter.recipient.number, problem))
    return tuple(faults)


def letters_pdf(letters: Sequence[Letter], meta: LettersMeta) -> bytes:
    """All letters as one PDF, a page and a bookmark each.

    Raises ``Problem("papers.unprintable")`` for a character that no font has and ``Problem("papers.too_long")`` with
    the field that does not fit: nothing is cut and no box is printed.
    """

    def draw(sheet: Sheet) -> None:
        for letter in letters:
            _page(sheet, letter, meta)

    return paper_pdf(_paper_meta(letters, meta), draw, total=len(letters))


def _paper_meta(letters: Sequence[Letter], meta: LettersMeta) -> PaperMeta:
    return PaperMeta(
        title=f"{meta.programme} 参加案内 {len(letters)}通",
        author=meta.office.contractor,
        created=meta.created,
        subject=meta.contract,
        mark=meta.mark,
    )


def _page(sheet: Sheet, letter: Letter, meta: LettersMeta) -> None:
    recipient = letter.recipient
    sheet.new_page(f"{recipient.number} {recipient.name}", footer=lambda: _footer(sheet, letter, meta))
    for fold in _FOLDS:
        sheet.rule(5, fold, 9, fold)
    _address(sheet, recipient)
    _sender(sheet, meta)
    y = _title(sheet, letter.text.title, 104.0)
    for part in letter.text.greeting:
        y = sheet.paragraph(_LEFT, y, _RIGHT - _LEFT, part, _BODY, leading=_LEADING)
    y = _facts(sheet, letter, meta, y + 3.5)
    y = _steps(sheet, letter.text, y + 3.5)
    y = _heading(sheet, letter.text.prizes_title, y + 2.5)
    y = sheet.paragraph(_LEFT, y, _RIGHT - _LEFT, letter.text.prizes, _BODY, leading=_LEADING)
    _foot(sheet, letter.text, y + 3)


def _address(sheet: Sheet, recipient: Recipient) -> None:
    """Postcode, address and name inside the window: all shrink together until the block has room."""
    left, top, width, height = WINDOW
    x, y, room = left + _SPARE, top + _SPARE, width - 2 * _SPARE
    available = height - 2 * _SPARE - _POSTCODE
    for block in _address_blocks(recipient, room):
        used = sum(_step(size) * len(lines) for lines, size in block) + _GAP
        if used <= available:
            break
    else:
        raise Problem("papers.too_long", field="住所")
    y += (available - used) / 3
    sheet.text(x, y + 3.7, recipient.postcode, 13)
    sheet.text(x + room, y + 3.7, recipient.number, 8, align="right", colour=INK2)
    y += _POSTCODE
    *places, name = block
    for lines, size in places:
        y = sheet.lines(x, y, room, lines, size, leading=_TIGHT)
    sheet.lines(x, y + _GAP, room, name[0], name[1], MINCHO, leading=_TIGHT)


def _address_blocks(recipient: Recipient, room: float) -> Iterator[list[tuple[list[str], float]]]:
    """The lines of the address, the building and the name with their size, from large to small."""
    plain, formal = typeface(GOTHIC), typeface(MINCHO)
    places = [part for part in (recipient.address, recipient.building) if part]
    # A name on one line is worth a smaller size; an address breaks first.
    for most, sizes in ((1, _SIZES), (2, _SIZES)):
        for size, name_size in sizes:
            name = break_name(f"{recipient.name}　様", room * MM / name_size, formal)
            if len(name) <= most:
                yield [*((break_lines(part, room * MM / size, plain), size) for part in places), (name, name_size)]


def _step(size: float) -> float:
    return size * _TIGHT / MM


def _sender(sheet: Sheet, meta: LettersMeta) -> None:
    office = meta.office
    sheet.text(_RIGHT, 27, japanese_date(meta.issued), 12, align="right")
    y = 40.0
    for words in (f"{office.ward}　{office.section}", f"（受託者）{office.contractor}", office.desk):
        y = sheet.fit(120, y, _RIGHT - 120, words, 12, smallest=9, most=2, field="差出人", align="right")


def _title(sheet: Sheet, words: str, y: float) -> float:
    y = sheet.fit(_LEFT, y, _RIGHT - _LEFT, words, 18, BOLD, smallest=14, field="表題", align="centre")
    sheet.rule(_LEFT, y + 1.5, _RIGHT, y + 1.5, ACCENT, 1.2)
    return y + 4.5


def _heading(sheet: Sheet, words: str, y: float) -> float:
    return sheet.lines(_LEFT, y, _RIGHT - _LEFT, [words], 12.5, BOLD, leading=1.5, colour=ACCENT)


def _facts(sheet: Sheet, letter: Letter, meta: LettersMeta, y: float) -> float:
    """The small table, with the QR code at its right."""
    code = 24.0
    right = _RIGHT - code - 6
    top = y
    sheet.rule(_LEFT, y, right, y)
    for label, words in letter.text.rows:
        lines = break_lines(words, (right - _LEFT - 32) * MM / _BODY, typeface(GOTHIC))
        sheet.lines(_LEFT + 1, y + 1.2, 28, [label], _BODY, colour=INK2, leading=1.4)
        y = sheet.lines(_LEFT + 30, y + 1.2, right - _LEFT - 32, lines, _BODY, leading=1.4) + 1.2
        sheet.rule(_LEFT, y, right, y)
    payload = participant_code(meta.contract, letter.recipient.number)
    sheet.qr(_RIGHT - code, top, code, payload)
    sheet.text(_RIGHT - code / 2, top + code + 4, "事務局用", 9, align="centre", colour=INK2)
    return max(y, top + code + 5)


def _steps(sheet: Sheet, text: Wording, y: float) -> float:
    y = _heading(sheet, text.steps_title, y)
    for number, words in enumerate(text.steps, 1):
        sheet.lines(_LEFT, y, 8, [f"{number}"], _BODY, BOLD, leading=_LEADING, colour=ACCENT)
        y = sheet.paragraph(_LEFT + 7, y, _RIGHT - _LEFT - 7, words, _BODY, leading=_LEADING)
    return y


def _foot(sheet: Sheet, text: Wording, y: float) -> None:
    """Purpose of use and contact, at the foot of the page."""
    width = _RIGHT - _LEFT
    purpose = break_lines(text.purpose, width * MM / _BODY, typeface(GOTHIC))
    step = _BODY * 1.45 / MM
    height = (len(purpose) + len(text.contact)) * step + 13
    top = _LAST_LINE - height
    if top < y:
        raise Problem("papers.too_long", field="文面")
    sheet.rule(_LEFT, top, _RIGHT, top)
    y = sheet.lines(_LEFT, top + 1.5, width, [text.purpose_title], _BODY, BOLD, leading=1.4)
    y = sheet.lines(_LEFT, y, width, purpose, _BODY, leading=1.45, justify=True)
    sheet.rule(_LEFT, y + 2, _RIGHT, y + 2)
    sheet.lines(_LEFT, y + 3.5, 30, [text.contact_title], _BODY, BOLD, leading=1.45)
    for words in text.contact:
        y = (
            sheet.fit(
                _LEFT + 30, y + 3.5, width - 30, words, _BODY, smallest=9, most=2, field="お問い合わせ", leading=1.45
            )
            - 3.5
        )


def _footer(sheet: Sheet, letter: Letter, meta: LettersMeta) -> None:
    sheet.rule(_LEFT, 283.5, _RIGHT, 283.5, HAIR)
    sheet.text(_LEFT, 287.5, letter.recipient.serial, 8, colour=INK2)
    sheet.text((_LEFT + _RIGHT) / 2, 287.5, meta.stamp, 8, align="centre", colour=INK2)
    sheet.text(_RIGHT, 287.5, letter.text.version, 8, align="right", colour=INK2)
