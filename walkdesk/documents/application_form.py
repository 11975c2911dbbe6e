"""参加申込書 of both programmes: a blank form to fill in by hand, with the purpose of use (clauses 3 to 5).

What a form asks comes from ``PERMITTED_ITEMS`` alone: an item that the council paper does not name cannot be asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from walkdesk.documents.batches import Office
from walkdesk.documents.lines import break_lines
from walkdesk.documents.sheet import ACCENT, ASCENT, HAIR, INK, INK2, MM, PALE, Mark, PaperMeta, Sheet, paper_pdf
from walkdesk.documents.typeface import BOLD, GOTHIC, typeface
from walkdesk.domain.dates import ERAS
from walkdesk.domain.participants import (
    ADULT,
    Category,
    Channel,
    Origin,
    PermittedItem,
    Programme,
    Sex,
    is_permitted,
)
from walkdesk.domain.problem import Problem
from walkdesk.domain.wording import Wording

LEAST = 9.0
"""The least height in mm of a field that is filled in by hand."""

FOLDS = (99.0, 198.0)
"""Where the sheet is folded in three for an envelope 長形3号, in mm from the top."""

ORDER = (
    PermittedItem.NAME,
    PermittedItem.ADDRESS,
    PermittedItem.BIRTH_DATE,
    PermittedItem.AGE,
    PermittedItem.SEX,
    PermittedItem.PHONE,
    PermittedItem.EMAIL,
    PermittedItem.COURSE,
    PermittedItem.CATEGORY,
)
"""What an application may ask, in the order of the form. Steps and questionnaires come later, on other papers."""

LABELS: Mapping[PermittedItem, str] = {
    PermittedItem.NAME: "氏名",
    PermittedItem.ADDRESS: "住所",
    PermittedItem.BIRTH_DATE: "生年月日",
    PermittedItem.AGE: "年齢",
    PermittedItem.SEX: "性別",
    PermittedItem.PHONE: "電話番号",
    PermittedItem.EMAIL: "メールアドレス",
    PermittedItem.COURSE: "参加コース",
    PermittedItem.CATEGORY: "参加者区分",
}
_CHANNEL = "参加方法"
_CHANNELS = {
    Channel.CARD: "台紙（歩数を書いて郵送）",
    Channel.APP: "アプリ（スマートフォン）",
    Channel.PEDOMETER: "通信機能付き歩数計",
}
_ONLY = {Channel.APP: "アプリの方だけ", Channel.CARD: "台紙の方だけ", Channel.PEDOMETER: "歩数計の方だけ"}
_BESIDE = {PermittedItem.BIRTH_DATE: "年号を○で囲む"}
_SEXES = {Sex.MALE: "男", Sex.FEMALE: "女", Sex.OTHER: "その他", Sex.UNANSWERED: "回答しない"}
_CATEGORIES = {Category.RESIDENT: "区内在住", Category.WORKER: "区内在勤", Category.STUDENT: "区内在学"}
_ROUTES = ("窓口", "郵送", "Web")

_LEFT, _RIGHT = 18.0, 192.0
_LABEL = 33.0
_PAD = 4.0
_BODY = 11.0
_CHOICE = 12.0
_TICK = 4.6
_LAST = 281.0


@dataclass(frozen=True, slots=True)
class Asked:
    """One field of a form. ``only``: the 参加方法 for which alone the council paper allows it."""

    item: PermittedItem
    only: Channel | None = None


@dataclass(frozen=True, slots=True)
class ApplicationFacts:
    """Everything that a form prints. ``text`` is the wording with its placeholders filled in."""

    programme: Programme
    programme_name: str
    fiscal_year: str
    contract: str
    issued: date
    created: datetime
    office: Office
    text: Wording
    channels: tuple[Channel, ...] = (Channel.CARD, Channel.APP)
    mark: Mark = Mark.NONE


Draw = Callable[[Sheet, ApplicationFacts, float, float], None]
"""Draws what is printed inside a row, from its top edge and its height in mm."""


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row of the frame: its label, what stands small below it, its height in mm."""

    label: str
    beside: str
    height: float
    draw: Draw


def asked_of(programme: Programme) -> tuple[Asked, ...]:
    """The items that the form of a programme asks: those that its council paper lets us collect, and no other."""
    asked = []
    for item in ORDER:
        if is_permitted(item, programme, Origin.COLLECTED):
            asked.append(Asked(item))
            continue
        only = next((way for way in Channel if is_permitted(item, programme, Origin.COLLECTED, way)), None)
        if only is not None:
            asked.append(Asked(item, only))
    return tuple(asked)


def application_pdf(facts: ApplicationFacts) -> bytes:
    """The form as PDF, one page; a long wording takes from the fields what they have beyond ``LEAST``.

    ``Problem("papers.too_long")`` where even that is not enough.
    """
    meta = PaperMeta(
        title=facts.text["title"],
        author=facts.office.contractor,
        created=facts.created,
        subject=facts.contract,
        mark=facts.mark,
    )
    try:
        return paper_pdf(meta, lambda sheet: _draw(sheet, facts, False), total=1)
    except Problem as problem:
        if problem.code != "papers.too_long":
            raise
    return paper_pdf(meta, lambda sheet: _draw(sheet, facts, True), total=1)


def _draw(sheet: Sheet, facts: ApplicationFacts, tight: bool) -> None:
    sheet.new_page(facts.text["title"], footer=lambda: _footer(sheet, facts))
    for fold in FOLDS:
        for x in (4.0, 202.0):
            sheet.rule(x, fold, x + 4, fold)
    y = _head(sheet, facts)
    y = _fields(sheet, facts, y + 3, tight)
    y = _purpose(sheet, facts.text, y + 5)
    y = _return(sheet, facts, y + 4)
    _office_only(sheet, y + 5)


def _head(sheet: Sheet, facts: ApplicationFacts) -> float:
    text, width = facts.text, _RIGHT - _LEFT
    sheet.text(_LEFT, 20, f"{facts.office.ward}　{facts.office.section}", 10, colour=INK2)
    sheet.text(_RIGHT, 20, facts.fiscal_year, 10, align="right", colour=INK2)
    y = sheet.fit(_LEFT, 23, width, text["title"], 19, BOLD, smallest=14, field="表題", align="centre")
    sheet.rule(_LEFT, y + 1.2, _RIGHT, y + 1.2, ACCENT, 1.2)
    y += 3.5
    for part in text.lines("lead"):
        y = sheet.paragraph(_LEFT, y, width, part, _BODY, leading=1.5)
    return y


# The fields


def rows_of(facts: ApplicationFacts, tight: bool = False) -> tuple[FormRow, ...]:
    """The rows of a form: what is asked, with the 参加方法 before the item that only one way of taking part has.

    ``tight`` where the wording needs the room.
    """
    rows = []
    for asked in asked_of(facts.programme):
        room, least, draw = _DRAWN[asked.item]
        height = _choice_height(facts.text.lines("courses")) if asked.item is PermittedItem.COURSE else room
        row = FormRow(LABELS[asked.item], _BESIDE.get(asked.item, ""), least if tight and least else height, draw)
        if asked.only is None:
            rows.append(row)
        elif asked.only in facts.channels:
            rows += [_channel_row(facts), replace(row, beside=_ONLY[asked.only])]
    return tuple(rows)


def _fields(sheet: Sheet, facts: ApplicationFacts, y: float, tight: bool) -> float:
    """The frame with its rows."""
    rows, top = rows_of(facts, tight), y
    sheet.box(_LEFT, top, _LABEL, sum(row.height for row in rows), fill=PALE, stroke=None)
    for place, row in enumerate(rows):
        middle = y + row.height / 2
        if row.beside:
            sheet.text(_LEFT + _PAD, middle - 0.6, row.label, 11, BOLD)
            sheet.text(_LEFT + _PAD, middle + 4, row.beside, 9, colour=INK2)
        else:
            sheet.text(_LEFT + _PAD, _baseline(middle, 12), row.label, 12, BOLD)
        row.draw(sheet, facts, y, row.height)
        y += row.height
        if place + 1 < len(rows):
            sheet.rule(_LEFT, y, _RIGHT, y, HAIR, 0.5)
    sheet.rule(_LEFT + _LABEL, top, _LEFT + _LABEL, y, HAIR, 0.5)
    sheet.box(_LEFT, top, _RIGHT - _LEFT, y - top, stroke=INK, weight=1.4)
    return y


def _channel_row(facts: ApplicationFacts) -> FormRow:
    words = [_CHANNELS[channel] for channel in facts.channels]
    return FormRow(_CHANNEL, "", _choice_height(words), lambda sheet, _facts, y, high: _choices(sheet, words, y, high))


def _baseline(middle: float, size: float) -> float:
    """The baseline of a line of ``size`` points that stands in the middle of a row."""
    return middle + (ASCENT - 0.5) * size / MM


def _line_to_write(sheet: Sheet, facts: ApplicationFacts, y: float, height: float) -> None:
    """Nothing stands in the way of the pen."""


def _address(sheet: Sheet, facts: ApplicationFacts, y: float, height: float) -> None:
    """The postcode in seven boxes, then two lines."""
    x, box, tall = _LEFT + _LABEL + _PAD, 8.0, 9.5
    sheet.text(x, _baseline(y + 2.5 + tall / 2, 13), "〒", 13)
    x += 7
    for place in range(7):
        if place == 3:
            sheet.rule(x + 1.2, y + 2.5 + tall / 2, x + 4, y + 2.5 + tall / 2, INK, 0.8)
            x += 5.2
        sheet.box(x, y + 2.5, box, tall, stroke=INK2, weight=0.6)
        x += box
    line = (height - 2.5 - tall) / 2
    sheet.rule(_LEFT + _LABEL + _PAD, y + height - line, _RIGHT - _PAD, y + height - line, HAIR, 0.3)


def _age(sheet: Sheet, facts: ApplicationFacts, y: float, height: float) -> None:
    x, box, tall = _LEFT + _LABEL + _PAD, 8.0, 9.5
    sheet.text(x, _baseline(y + height / 2, _CHOICE), "満", _CHOICE)
    for place in range(3):
        sheet.box(x + 7 + place * box, y + (height - tall) / 2, box, tall, stroke=INK2, weight=0.6)
    sheet.text(x + 7 + 3 * box + 2, _baseline(y + height / 2, _CHOICE), "歳", _CHOICE)
    hint = f"{ADULT}歳以上の方が参加できます。"
    sheet.text(x + 7 + 3 * box + 14, _baseline(y + height / 2, 10), hint, 10, colour=INK2)


def _birth_date(sheet: Sheet, facts: ApplicationFacts, y: float, height: float) -> None:
    """The eras to ring, then year, month and day."""
    x, middle = _LEFT + _LABEL + _PAD, y + height / 2
    eras = [era.name for era in ERAS[1:] if era.first <= facts.issued]
    first, second = eras[: (len(eras) + 2) // 2], [*eras[(len(eras) + 2) // 2 :], "西暦"]
    for words, baseline in ((first, middle - 1.6), (second, middle + 4.9)):
        sheet.text(x, baseline, "・".join(words), 11)
    x += 34
    for unit, room in (("年", 30.0), ("月", 24.0), ("日", 24.0)):
        sheet.text(x + room, _baseline(middle, _CHOICE), unit, _CHOICE, align="right")
        x += room + 3


def _phone(sheet: Sheet, facts: ApplicationFacts, y: float, height: float) -> None:
    """Two dashes part the three groups of a number."""
    x, middle = _LEFT + _LABEL + _PAD, y + height / 2
    for at in (36.0, 82.0):
        sheet.rule(x + at, middle, x + at + 4, middle, INK2, 0.8)


def _email(sheet: Sheet, facts: ApplicationFacts, y: float, height: float) -> None:
    sheet.text(_LEFT + _LABEL + _PAD + 66, _baseline(y + height / 2, 13), "＠", 13, colour=INK2)


def _sex(sheet: Sheet, facts: ApplicationFacts, y: float, height: float) -> None:
    _choices(sheet, list(_SEXES.values()), y, height)


def _course(sheet: Sheet, facts: ApplicationFacts, y: float, height: float) -> None:
    _choices(sheet, facts.text.lines("courses"), y, height)


def _category(sheet: Sheet, facts: ApplicationFacts, y: float, height: float) -> None:
    _choices(sheet, list(_CATEGORIES.values()), y, height)


_DRAWN: Mapping[PermittedItem, tuple[float, float, Draw]] = {
    PermittedItem.NAME: (18, 13, _line_to_write),
    PermittedItem.ADDRESS: (40, 32, _address),
    PermittedItem.BIRTH_DATE: (16, 14, _birth_date),
    PermittedItem.AGE: (15, 12, _age),
    PermittedItem.SEX: (12, LEAST, _sex),
    PermittedItem.PHONE: (14, LEAST + 1, _phone),
    PermittedItem.EMAIL: (14, LEAST + 1, _email),
    PermittedItem.COURSE: (0, 0, _course),
    PermittedItem.CATEGORY: (12, LEAST, _category),
}
"""The height of each row in mm where there is room, and where there is not; courses take what their number needs."""


def _placed(words: Sequence[str]) -> list[tuple[float, int, str]]:
    """Where each choice stands: its place from the left in mm, its line, its words."""
    room = _RIGHT - _LEFT - _LABEL - 2 * _PAD
    placed, x, line = [], 0.0, 0
    for word in words:
        wide = _TICK + 2 + typeface(GOTHIC).width(word) * _CHOICE / MM
        if wide > room:
            raise Problem("papers.too_long", field=word)
        if x and x + wide > room:
            x, line = 0.0, line + 1
        placed.append((x, line, word))
        x += wide + 8
    return placed


def _choice_height(words: Sequence[str]) -> float:
    return max(LEAST, 3.0 + LEAST * (max((line for _, line, _ in _placed(words)), default=0) + 1))


def _choices(sheet: Sheet, words: Sequence[str], y: float, height: float) -> None:
    """Boxes to tick, each with its word."""
    placed = _placed(words)
    lines = max((line for _, line, _ in placed), default=0) + 1
    for x, line, word in placed:
        middle = y + height * (line + 0.5) / lines
        left = _LEFT + _LABEL + _PAD + x
        sheet.box(left, middle - _TICK / 2, _TICK, _TICK, stroke=INK, weight=0.7)
        sheet.text(left + _TICK + 2, _baseline(middle, _CHOICE), word, _CHOICE)


# What stands below


def _purpose(sheet: Sheet, text: Wording, y: float) -> float:
    """利用目的, which clause 4 puts before whoever writes their name."""
    width, size, leading = _RIGHT - _LEFT - 2 * _PAD, 10.5, 1.5
    lines = [line for part in text.lines("purpose") for line in break_lines(part, width * MM / size, typeface(GOTHIC))]
    height = 2 * 2.5 + 6 + len(lines) * leading * size / MM
    sheet.box(_LEFT, y, _RIGHT - _LEFT, height, stroke=ACCENT, weight=0.8)
    below = sheet.fit(
        _LEFT + _PAD, y + 2.5, width, text["purpose_title"], 11, BOLD, smallest=9, field="見出し", leading=1.5,
        colour=ACCENT,
    )  # fmt: skip
    sheet.lines(_LEFT + _PAD, below, width, lines, size, leading=leading)
    return y + height


def _return(sheet: Sheet, facts: ApplicationFacts, y: float) -> float:
    """Where the form goes, and whom to ask."""
    office, half = facts.office, (_RIGHT - _LEFT - 8) / 2
    left = sheet.lines(_LEFT, y, half, ["お申し込み先"], 11, BOLD, leading=1.5)
    postcode = (f"〒{office.postcode}",) if office.postcode else ()
    for words in (*postcode, office.address, office.contractor, f"{office.desk}　行"):
        left = sheet.fit(_LEFT, left, half, words, _BODY, smallest=9, most=2, field="お申し込み先", leading=1.45)
    x = _LEFT + half + 8
    right = sheet.fit(x, y, half, facts.text["contact_title"], 11, BOLD, smallest=9, field="見出し", leading=1.5)
    for words in facts.text.lines("contact"):
        right = sheet.fit(x, right, half, words, _BODY, smallest=9, most=2, field="お問い合わせ", leading=1.45)
    return max(left, right)


def _office_only(sheet: Sheet, y: float) -> None:
    """The row that the office fills in: number, day, way."""
    height, head = 11.0, 6.0
    if y + head + height > _LAST:
        raise Problem("papers.too_long", field="文面")
    y = _LAST - height - head
    sheet.text(_LEFT, y + 4, "事務局記入欄（ここから下は、書かないでください）", 9, colour=INK2)
    y += head
    x, middle = _LEFT, y + height / 2
    for label, room in (("受付番号", 48.0), ("受付日", 56.0), ("経路", 70.0)):
        sheet.box(x, y, 18, height, fill=PALE, stroke=None)
        sheet.text(x + 2, _baseline(middle, 10), label, 10, colour=INK2)
        if label == "受付日":
            for unit, at in (("年", 30.0), ("月", 42.0), ("日", 54.0)):
                sheet.text(x + at, _baseline(middle, 10), unit, 10, align="right", colour=INK2)
        if label == "経路":
            at = x + 21
            for word in _ROUTES:
                sheet.box(at, middle - 2, 4, 4, stroke=INK2, weight=0.6)
                at += 5.5 + sheet.text(at + 5.5, _baseline(middle, 10), word, 10, colour=INK2) + 3
        sheet.box(x, y, room, height, stroke=HAIR, weight=0.6)
        x += room


def _footer(sheet: Sheet, facts: ApplicationFacts) -> None:
    sheet.text(_LEFT, 286.5, facts.contract, 8, colour=INK2)
    sheet.text(_RIGHT, 286.5, facts.text.version, 8, align="right", colour=INK2)
