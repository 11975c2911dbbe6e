"""合言葉の紙: the slip with the passphrase of a file that left. It goes to the receiver another way than the file.

An A4 sheet in two halves: the upper one is cut off and handed over, the lower one helps whoever reads the passphrase
out by telephone and is shredded afterwards: the register keeps who handed it over, never the passphrase. No
participant is on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from walkdesk.documents.flow import Flow
from walkdesk.documents.sheet import ACCENT, HAIR, INK2, Mark, PaperMeta, Sheet, paper_pdf
from walkdesk.documents.typeface import BOLD
from walkdesk.domain.dates import japanese_date
from walkdesk.domain.passphrases import normal_passphrase, spoken

_FOLD = 148.5
"""The middle of an A4 sheet, where it is cut, in mm from its top."""


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """Everything that the slip prints. ``passphrase`` is the secret itself: it is nowhere but on the paper."""

    serial: str
    recipient: str
    office: str
    contact: str
    created: datetime
    due: date | None
    passphrase: str
    mark: Mark = Mark.NONE


def passphrase_slip_pdf(facts: SlipFacts) -> bytes:
    """The sheet as PDF, one page. The same facts give the same bytes.

    Raises ``Problem("sealed.group")`` or ``sealed.length`` for a passphrase that no page can have.
    """
    groups = normal_passphrase(facts.passphrase).split("-")
    meta = PaperMeta(
        title=f"合言葉の紙 {facts.serial}",
        author=facts.office,
        created=facts.created,
        subject=facts.serial,
        mark=facts.mark,
    )

    def draw(sheet: Sheet) -> None:
        flow = Flow(sheet, top=16)
        sheet.new_page("合言葉の紙", footer=lambda: None)
        flow.y = flow.top
        _for_receiver(flow, facts, groups)
        sheet.rule(0, _FOLD, sheet.width, _FOLD, HAIR, 0.3)
        sheet.text(sheet.width / 2, _FOLD + 4, "切り取って、上の半分だけを渡します", 8, align="centre", colour=INK2)
        flow.y = _FOLD + 10
        _for_sender(flow, facts, groups)

    return paper_pdf(meta, draw, total=1)


def _for_receiver(flow: Flow, facts: SlipFacts, groups: list[str]) -> None:
    sheet = flow.sheet
    sheet.text(flow.left, flow.y + 8, "合言葉の紙", 22, BOLD)
    sheet.text(flow.right, flow.y + 3.5, facts.serial, 12, BOLD, align="right")
    right = flow.right - 95
    sheet.fit(
        right, flow.y + 4.5, 95, facts.office, 10.5, smallest=7, most=2, field="差出人", align="right", leading=1.2
    )
    sheet.rule(flow.left, flow.y + 12, flow.right, flow.y + 12, ACCENT, 1.2)
    flow.y += 17
    sheet.text(flow.left, flow.y + 2.5, "宛先", 9.5, colour=INK2)
    flow.y = sheet.fit(
        flow.left + 22, flow.y - 2, flow.width - 22, facts.recipient, 14, BOLD, smallest=9, most=2, field="宛先"
    )
    flow.y += 4
    _groups(flow, groups)
    steps = (
        f"ファイル（管理番号 {facts.serial}）をPCに保存し、ダブルクリックしてブラウザで開きます。"
        "インターネットは要りません。",
        "画面の管理番号が、この紙と同じか確かめます。",
        "上の4組を左から順に入れ、「開く」を押します。大文字と小文字、ハイフンのあるなしは、どちらでもかまいません。",
        "ファイルの名前の右の「保存する」を押します。",
    )
    for number, words in enumerate(steps, 1):
        sheet.text(flow.left, flow.y + 4.2, f"{number}", 10.5, BOLD)
        flow.y = sheet.paragraph(flow.left + 6, flow.y, flow.width - 6, words, 10.5, leading=1.5, justify=False)
    flow.y += 3
    due = (
        f"期限は{japanese_date(facts.due)}です。それまでにファイルを返却または消去し、知らせてください。"
        if facts.due
        else ""
    )
    contact = f"開かないときの連絡先　{facts.contact}" if facts.contact else ""
    warning = (
        "この紙を、ファイルと同じ封筒や同じメールに入れないでください。写真に撮らず、使い終わったら裁断してください。"
    )
    for words in (due, contact):
        if words:
            flow.y = sheet.paragraph(flow.left, flow.y, flow.width, words, 10.5, leading=1.5, justify=False)
    sheet.paragraph(flow.left, flow.y + 1, flow.width, warning, 10.5, BOLD, leading=1.5, justify=False)


def _groups(flow: Flow, groups: list[str]) -> None:
    """The groups in one row, as large as the sheet allows, each with its number."""
    sheet, top, height, gap = flow.sheet, flow.y, 23.0, 3.0
    width = (flow.width - gap * (len(groups) - 1)) / len(groups)
    for place, group in enumerate(groups):
        x = flow.left + place * (width + gap)
        sheet.box(x, top, width, height, weight=1.0)
        sheet.text(x + 2.5, top + 5, f"{place + 1}組目", 8.5, colour=INK2)
        sheet.text(x + width / 2, top + 16.5, group, 22, BOLD, align="centre", spacing=0.06)
    flow.y = top + height + 1.5
    words = "数字の 0 と 1 は使いますが、英字の I・L・O・U は使っていません。"
    sheet.text(flow.left, flow.y + 3, words, 8.5, colour=INK2)
    flow.y += 7


def _for_sender(flow: Flow, facts: SlipFacts, groups: list[str]) -> None:
    sheet = flow.sheet
    flow.heading(f"渡す人の控え　{facts.serial}", keep=20)
    flow.paragraph(
        "合言葉は、ファイルとは別の方法で渡します。手渡し、別の便の郵送、または相手の番号を名簿で確かめてかける電話です。"
        "メールやファクスでは送りません。電話では、次のように1文字ずつ読み、相手に繰り返してもらいます。",
        9.5,
    )
    flow.space(2)
    flow.fields(
        [(f"{number}組目", spoken(group)) for number, group in enumerate(groups, 1)], label=18, size=11, pad=1.6
    )
    flow.space(4)
    titles = ("渡した日", "方法（手渡し・郵送・電話）", "渡した人", "この控えを裁断した人")
    gap = 4.0
    width = (flow.width - gap * (len(titles) - 1)) / len(titles)
    for place, title in enumerate(titles):
        x = flow.left + place * (width + gap)
        sheet.box(x, flow.y, width, 21, weight=0.6)
        sheet.fit(x + 2, flow.y + 1.5, width - 4, title, 8.5, BOLD, smallest=6.5, field=title)
    flow.y += 24
    flow.paragraph(
        "渡し終えたら、この控えも裁断します。合言葉はプログラムに残りません。紙をなくしたときは、ファイルを作り直します。",
        9.5,
    )
