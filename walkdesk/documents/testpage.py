"""テストページ: what a printer can do, before a batch is printed on it: greys, thin lines, small text, codes, measures.

It tells of nobody. A person looks at it and ticks what they see.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reportlab.lib.colors import Color

from walkdesk.documents.rulers import date_words, foot_lines, printer_words, ruler_sides, write_in
from walkdesk.documents.sheet import ACCENT, BAR, INK, INK2, MM, PALE, PaperMeta, Sheet, paper_pdf
from walkdesk.documents.typeface import BOLD, GOTHIC, MINCHO, typeface
from walkdesk.domain.layouts import Offset

GREYS = (0, 5, 10, 15, 20, 30, 40, 50, 60, 70, 80, 90, 100)
"""Steps of black in percent."""
HAIRLINES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0)
"""Weights in points."""
SIZES = (7.0, 8.0, 9.0, 10.0, 10.5, 12.0, 14.0, 16.0)
CODE = "WALKDESK TEST PAGE"

_LEFT, _RIGHT = 22.0, 188.0
_WORDS = "歩数 12,345歩　髙橋 𠮷田　東京都新宿区 様"


@dataclass(frozen=True, slots=True)
class TestPageFacts:
    """Which printer prints the page, and the correction that is set for it."""

    __test__ = False

    printer: str
    offset: Offset
    office: str
    created: datetime


def test_page_pdf(facts: TestPageFacts) -> bytes:
    """One page A4. Raises ``Problem("papers.unprintable")`` for a printer's name with a character that no font has."""
    meta = PaperMeta("テストページ", facts.office, facts.created, offset=facts.offset)
    return paper_pdf(meta, lambda sheet: _page(sheet, facts), 1)


test_page_pdf.__test__ = False  # type: ignore[attr-defined]


def _page(sheet: Sheet, facts: TestPageFacts) -> None:
    words = (printer_words(facts.printer, facts.offset), date_words(facts.created.date()))
    sheet.new_page(footer=lambda: foot_lines(sheet, *words, above=15))
    ruler_sides(sheet, "tlbr")
    y = sheet.lines(_LEFT, 17, _RIGHT - _LEFT, ["テストページ"], 18, BOLD, leading=1.4)
    look = (
        "明るい所で、腕を伸ばして見ます。五つの項目を順に見て、見えるとおりに印を付けてください。"
        "一つでも「いいえ」があるプリンターでは、その下に書いたことに気を付けて使います。"
    )
    y = sheet.paragraph(_LEFT, y, _RIGHT - _LEFT, look, 10.5, leading=1.5)
    for part in (_greys, _hairlines, _letters, _code, _measures):
        y = part(sheet, y + 3.6)
    _verdict(sheet, y + 3.6)


def _question(sheet: Sheet, y: float, number: int, asked: str, advice: str) -> float:
    """A part's heading: what to look at with はい / いいえ, and what no means. Returns the bottom edge."""
    sheet.rule(_LEFT, y, _RIGHT, y)
    sheet.lines(_LEFT, y + 1.2, 8, [f"{number}"], 11, BOLD, colour=ACCENT, leading=1.5)
    sheet.lines(_LEFT + 7, y + 1.2, 125, [asked], 11, BOLD, leading=1.5)
    for left, answer in ((154.0, "はい"), (170.0, "いいえ")):
        sheet.box(left, y + 2, 3.8, 3.8, stroke=INK2, weight=0.6)
        sheet.lines(left + 5, y + 1.2, 14, [answer], 10.5, leading=1.57)
    return sheet.paragraph(_LEFT + 7, y + 7.2, _RIGHT - _LEFT - 7, advice, 9, leading=1.45, colour=INK2) + 1.5


def _greys(sheet: Sheet, y: float) -> float:
    y = _question(
        sheet,
        y,
        1,
        "となりどうしの濃さの違いが、全部見える",
        "いいえのとき: 台紙の薄い枠が消えるか、つぶれます。「トナー節約」や「下書き」を切り、写真や画質優先の設定で"
        "もう一度試します。それでも見えなければ、台紙は別のプリンターで印刷します。",
    )
    width = (_RIGHT - _LEFT) / len(GREYS)
    for place, percent in enumerate(GREYS):
        x = _LEFT + place * width
        level = 1 - percent / 100
        sheet.box(x, y, width, 11, fill=Color(level, level, level), stroke=None)
        sheet.text(x + width / 2, y + 14.2, f"{percent}", 8, align="centre", colour=INK2)
    sheet.box(_LEFT, y, _RIGHT - _LEFT, 11, weight=0.3)
    y += 17
    sheet.text(_LEFT, y + 5.6, "台紙の枠と同じ薄さ", 9, colour=INK2)
    for place in range(15):
        pale = place < 10
        x = (58 if pale else 61) + place * 8.5
        sheet.box(x, y, 7, 8.5, fill=PALE if pale else None, stroke=None if pale else BAR, weight=0.9)
    return y + 8.5


def _hairlines(sheet: Sheet, y: float) -> float:
    y = _question(
        sheet,
        y,
        2,
        "線が 0.2 から先、全部つながって見える",
        "いいえのとき: 表の線が切れます。印刷の品質を「ふつう」か「高い」にします。数はポイントです。",
    )
    width = (_RIGHT - _LEFT) / len(HAIRLINES)
    for place, weight in enumerate(HAIRLINES):
        x = _LEFT + place * width
        sheet.rule(x, y + 1, x + width - 4, y + 1, INK, weight)
        sheet.rule(x, y + 8, x + width - 9, y + 3, INK, weight)
        sheet.text(x + width - 4, y + 7.5, f"{weight:g}", 8, align="right", colour=INK2)
    return y + 8


def _letters(sheet: Sheet, y: float) -> float:
    y = _question(
        sheet,
        y,
        3,
        "8 から先の文字が、つぶれずに読める",
        "いいえのとき: 封筒やラベルの小さな字が読めません。印刷の品質を上げ、トナーやインクの残りを確かめます。",
    )
    for role, left in ((GOTHIC, _LEFT), (MINCHO, (_LEFT + _RIGHT) / 2 + 2)):
        below = y
        for size in SIZES:
            room = ((_RIGHT - _LEFT) / 2 - 12) * MM
            words = _WORDS
            while typeface(role).width(words) * size > room:
                words = words[:-1].rstrip("　 ")
            step = max(size, 8.5) * 1.3 / MM
            sheet.text(left + 6, below + step * 0.75, f"{size:g}", 7, align="right", colour=INK2)
            sheet.text(left + 8, below + step * 0.75, words, size, role)
            below += step
    return below


def _code(sheet: Sheet, y: float) -> float:
    y = _question(
        sheet,
        y,
        4,
        "QRコードが三つとも読める",
        f"読み取り機で「{CODE}」と出ます。いいえのとき: 用紙が汚れるか、黒が薄くなっています。お手入れの印刷をします。",
    )
    x = _LEFT + 8
    for size in (24.0, 18.0, 12.0):
        sheet.qr(x, y, size, CODE)
        sheet.text(x + size / 2, y + size + 4, f"{size:g} mm", 8, align="centre", colour=INK2)
        x += size + 14
    return y + 28


def _measures(sheet: Sheet, y: float) -> float:
    return _question(
        sheet,
        y,
        5,
        "上の目盛りの 10 から 110 までが 100 mm ある",
        "定規で測ります。四方の目盛りが切れずに見えることも確かめます。いいえのとき: 印刷の設定で拡大や縮小を切ります。"
        "位置のずれは、調整シートで測って直します。",
    )


def _verdict(sheet: Sheet, y: float) -> None:
    sheet.rule(_LEFT, y, _RIGHT, y)
    y = sheet.lines(_LEFT, y + 1.5, 60, ["使い方"], 11, BOLD, leading=1.5) + 1
    for left, words in (
        (_LEFT, "どの文書も印刷する"),
        (72.0, "手紙と宛名だけを印刷する"),
        (134.0, "参加者の文書には使わない"),
    ):
        sheet.box(left, y, 3.8, 3.8, stroke=INK2, weight=0.6)
        sheet.lines(left + 5, y - 0.8, 60, [words], 10.5, leading=1.5)
    y += 12
    for left, words in ((_LEFT, "見た人"), (120.0, "見た日")):
        sheet.text(left, y, words, 10.5, colour=INK2)
        write_in(sheet, left + 15, y, 50)
