"""調整シート: where a printer puts a window, labels or an envelope's places, and how it is told to put them right.

No participant stands on it: the address is a sample.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from walkdesk.documents.envelopes import FRAME, FRAME_BOX, FRAME_WIDTH, draw_digits
from walkdesk.documents.labels import address_area, label_area
from walkdesk.documents.mail import ENVELOPE_STYLE, LABEL_STYLE, WINDOW_STYLE, Addressee, draw_address
from walkdesk.documents.rulers import crosshair, date_words, foot_lines, printer_words, ruler_sides, signed, write_in
from walkdesk.documents.sheet import A4, ACCENT, HAIR, INK2, MM, PaperMeta, Sheet, paper_pdf
from walkdesk.documents.typeface import BOLD, GOTHIC, typeface
from walkdesk.domain.layouts import Box, EnvelopeFormat, LabelFormat, Offset, WindowLayout

SAMPLE = Addressee("160-0022", "東京都新宿区新宿9丁目88番7号", "見本ビル 301号室", "見本 花子", "見本")
"""Nobody: 新宿9丁目 does not exist."""

_SCALE = "上の目盛りの 10 から 110 までを定規で測ります。100 mm でなければ、印刷の設定で拡大や縮小を切ります。"
_SUM = "下の式で新しい補正を求めます。式の初めの数は、今の補正です。"
_AGAIN = "求めた値をプリンターの設定に入れ、このシートをもう一度印刷して確かめます。"


@dataclass(frozen=True, slots=True)
class CalibrationFacts:
    """What is calibrated: a layout by its name on one printer, with the correction that is set now."""

    layout: WindowLayout | LabelFormat | EnvelopeFormat
    name: str
    printer: str
    offset: Offset
    office: str
    created: datetime


@dataclass(frozen=True, slots=True)
class _Advice:
    """The instruction: its place, its size, the steps before the sum, the point to measure, the steps after it."""

    place: Box
    size: float
    before: tuple[str, ...]
    point: tuple[float, float]
    after: tuple[str, ...]


def calibration_pdf(facts: CalibrationFacts) -> bytes:
    """The sheet for one layout on one printer: one page of the layout's size, for labels a second page to read.

    Raises ``Problem("papers.unprintable")`` for a printer's name with a character that no font has.
    """
    layout = facts.layout
    meta = PaperMeta(f"調整シート {facts.name}", facts.office, facts.created, offset=facts.offset)
    if isinstance(layout, WindowLayout):
        return paper_pdf(meta, lambda sheet: _window(sheet, layout, facts), 1)
    if isinstance(layout, LabelFormat):
        return paper_pdf(meta, lambda sheet: _labels(sheet, layout, facts), 2)
    return paper_pdf(meta, lambda sheet: _envelope(sheet, layout, facts), 1, (layout.width, layout.height))


def _window(sheet: Sheet, layout: WindowLayout, facts: CalibrationFacts) -> None:
    sheet.new_page(footer=lambda: _foot(sheet, facts))
    ruler_sides(sheet, "tl")
    window = layout.window
    sheet.box(window.left, window.top, window.width, window.height, stroke=ACCENT, weight=0.8)
    _free(sheet, layout.address)
    for x in (window.left, window.right):
        for y in (window.top, window.bottom):
            crosshair(sheet, x, y)
    draw_address(sheet, layout.address, SAMPLE, WINDOW_STYLE)
    for fold in layout.folds:
        sheet.rule(15, fold, 30, fold, HAIR, 0.5)
        sheet.rule(A4[0] - 30, fold, A4[0] - 5, fold, HAIR, 0.5)
        sheet.text(A4[0] - 5, fold - 1, "折り目", 8, align="right", colour=INK2)
    below = max(window.bottom, *layout.folds[:1], 0.0) + 8
    _advise(sheet, facts, _window_advice(layout, Box(25, below if below < 130 else 18, 160, 150)))


def _window_advice(layout: WindowLayout, place: Box) -> _Advice:
    window = layout.window
    put = "折り目で三つに折って" if layout.folds else "折らずに"
    return _Advice(
        place,
        11,
        (
            "拡大も縮小もしない設定（実際のサイズ、100%）で、ふつうの紙に印刷します。",
            _SCALE,
            f"太い実線が窓です。窓の左上の十字までを定規で測ります。紙の左端から {window.left:.1f} mm、"
            f"上端から {window.top:.1f} mm が正しい位置です。違うときは、{_SUM}",
        ),
        (window.left, window.top),
        (
            _AGAIN,
            f"{put}封筒に入れ、上下左右に動かします。どこに寄せても、見本の宛名が窓から全部見え、"
            "ほかの文字が見えなければ終わりです。破線の内側に宛名が入ります。",
            "宛名が隠れるときは、封筒の窓の位置と大きさを測り、封筒の設定を直します。",
        ),
    )


def _labels(sheet: Sheet, layout: LabelFormat, facts: CalibrationFacts) -> None:
    sheet.new_page("ラベルの位置", footer=lambda: _foot(sheet, facts))
    sample = layout.columns + 2
    for number, place in enumerate(layout.places(), 1):
        sheet.box(place.left, place.top, place.width, place.height, stroke=ACCENT, weight=0.5)
        _free(sheet, label_area(layout, number))
        x, y = place.left + place.width / 2, place.top + place.height / 2
        if number == sample:
            draw_address(sheet, address_area(layout, number), SAMPLE, LABEL_STYLE)
            sheet.text(place.right - 4, place.bottom - 4, f"{number}", 14, BOLD, align="right", colour=HAIR)
        else:
            crosshair(sheet, x, y)
            sheet.text(x + 10, y + 3, f"{number}", 22, BOLD, colour=HAIR)
    sheet.new_page("調整のしかた", footer=lambda: _foot(sheet, facts))
    ruler_sides(sheet, "tl")
    _advise(sheet, facts, _label_advice(layout))


def _label_advice(layout: LabelFormat) -> _Advice:
    first = layout.place(1)
    point = (first.left + first.width / 2, first.top + first.height / 2)
    return _Advice(
        Box(25, 25, 160, 240),
        11,
        (
            "拡大も縮小もしない設定（実際のサイズ、100%）で、2枚ともふつうの紙に印刷します。ラベル用紙は使いません。",
            f"この紙の{_SCALE}",
            "1枚目をラベル用紙に重ね、角を合わせて、明るい方に透かします。実線がラベルの切れ目に重なれば終わりです。",
            "ずれているときは、1枚目の左上（1番）のラベルの十字までを定規で測ります。"
            f"紙の左端から {point[0]:.1f} mm、上端から {point[1]:.1f} mm が正しい位置です。{_SUM}",
        ),
        point,
        (
            _AGAIN,
            "使いかけの用紙は、「最初の空いているラベル」に番号を入れて使います。番号は1枚目のとおりです。",
        ),
    )


def _envelope(sheet: Sheet, layout: EnvelopeFormat, facts: CalibrationFacts) -> None:
    sheet.new_page(footer=lambda: _foot(sheet, facts))
    ruler_sides(sheet, "tl")
    frame = layout.postcode
    scale = frame.width / FRAME_WIDTH
    for left in FRAME:
        sheet.box(frame.left + left * scale, frame.top, FRAME_BOX * scale, frame.height, stroke=ACCENT, weight=0.5)
    draw_digits(sheet, frame, SAMPLE.postcode)
    area = layout.address
    _free(sheet, area)
    draw_address(sheet, area, replace(SAMPLE, postcode="", number=""), ENVELOPE_STYLE)
    _free(sheet, layout.sender)
    sheet.text(layout.sender.left + 2, layout.sender.top + 5, "差出人", 8, colour=INK2)
    crosshair(sheet, area.left, area.top)
    small = layout.width < A4[0]
    left, top = (area.left + 3, area.bottom + 2) if small else (30.0, area.bottom + 8)
    place = Box(left, top, layout.width - 2 * left, layout.sender.top - top)
    _advise(sheet, facts, _envelope_advice(area, place, 8 if small else 11))


def _envelope_advice(area: Box, place: Box, size: float) -> _Advice:
    return _Advice(
        place,
        size,
        (
            "拡大も縮小もしない設定（100%）で、使う封筒に印刷します。用紙の大きさは封筒と同じものを選びます。",
            "郵便番号の数字が封筒の枠に入り、破線の範囲が封筒からはみ出さなければ終わりです。",
            f"ずれているときは、十字までを測ります。左端から {area.left:.1f} mm、上端から {area.top:.1f} mm が"
            f"正しい位置です。{_SUM}",
        ),
        (area.left, area.top),
        ("求めた値をプリンターの設定に入れ、もう一度印刷します。",),
    )


def _free(sheet: Sheet, area: Box) -> None:
    sheet.box(area.left, area.top, area.width, area.height, weight=0.4, dash=(2, 2))


def _advise(sheet: Sheet, facts: CalibrationFacts, advice: _Advice) -> None:
    """How to read from the sheet how far the print is off, and the sum that gives the new correction."""
    place, size = advice.place, advice.size
    title = f"調整シート　{facts.name}"
    y = sheet.fit(place.left, place.top, place.width, title, size + 3, BOLD, smallest=8, most=2, field="表題") + 1
    y = _steps(sheet, place, y, size, advice.before, 1)
    for direction, right, now in (("左右", advice.point[0], facts.offset.x), ("上下", advice.point[1], facts.offset.y)):
        y = _sum(sheet, place, y, size, (direction, f"{right:.1f}", signed(now)))
    _steps(sheet, place, y + 1.5, size, advice.after, len(advice.before) + 1)


def _steps(sheet: Sheet, place: Box, y: float, size: float, steps: Sequence[str], first: int) -> float:
    indent = size * 1.6 / MM
    for number, words in enumerate(steps, first):
        sheet.lines(place.left, y, indent, [f"{number}"], size, BOLD, leading=1.5, colour=ACCENT)
        y = sheet.paragraph(place.left + indent, y, place.width - indent, words, size, leading=1.5) + size * 0.1
    return y


def _sum(sheet: Sheet, place: Box, y: float, size: float, words: tuple[str, str, str]) -> float:
    """The correction now ＋（正しい位置 － 測った値）＝ 新しい補正, with places for the two figures."""
    direction, right, now = words
    em = size / MM
    baseline = y + 1.6 * em
    parts = (f"{direction}　{now} ＋（{right} － 測った値", "）＝ 新しい補正")
    widths = [typeface(GOTHIC).width(part) * em for part in parts]
    left = place.left + 1.6 * em
    blank = min(4 * em, (place.right - left - sum(widths)) / 2 - 1.6)
    for part, width in zip(parts, widths, strict=True):
        sheet.text(left, baseline, part, size)
        left = write_in(sheet, left + width + 0.8, baseline, blank) + 0.8
    return baseline + 0.5 * em


def _foot(sheet: Sheet, facts: CalibrationFacts) -> None:
    foot_lines(sheet, f"{facts.name}　{printer_words(facts.printer, facts.offset)}", date_words(facts.created.date()))
