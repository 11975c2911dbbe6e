"""復旧用紙: the paper that opens the office book or one contract when passwords or the token are lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from walkdesk.documents.flow import Flow
from walkdesk.documents.sheet import ACCENT, INK2, Mark, PaperMeta, Sheet, paper_pdf
from walkdesk.documents.typeface import BOLD
from walkdesk.domain.dates import japanese_date

_QR = 40.0
"""Width of the code in mm: a phone or a scanner reads it from a creased sheet."""
_IN_A_ROW = 4


@dataclass(frozen=True, slots=True)
class RecoverySheetFacts:
    """Everything that the sheet prints. ``groups`` is the secret itself: it is nowhere but on the paper."""

    number: str
    """Such as ``R-office-2``: what the register calls it."""
    opens: str
    """「事務所台帳」 or the contract with its number."""
    for_office: bool
    generation: int
    issued: date
    created: datetime
    office: str
    made_by: str
    kept_at: str
    groups: Sequence[str]
    qr_text: str
    replaces: int = 0
    """The generation that this one replaces, which is to be shredded; 0 for the first."""
    mark: Mark = Mark.NONE


def recovery_sheet_pdf(facts: RecoverySheetFacts) -> bytes:
    """The sheet as PDF, one page. The same facts give the same bytes."""
    meta = PaperMeta(
        title=f"復旧用紙 第{facts.generation}世代",
        author=facts.office,
        created=facts.created,
        subject=facts.number,
        mark=facts.mark,
        serial=facts.number,
    )
    return paper_pdf(meta, lambda sheet: _draw(sheet, facts))


def _draw(sheet: Sheet, facts: RecoverySheetFacts) -> None:
    flow = Flow(sheet, top=18)
    flow.page("復旧用紙")
    _head(flow, facts)
    flow.fields(
        (
            ("開けるもの", facts.opens),
            ("世代・作成日", f"第{facts.generation}世代　{japanese_date(facts.issued)}"),
            ("作成者", facts.made_by),
            ("保管場所", facts.kept_at),
        ),
        strong=frozenset({"開けるもの"}),
    )
    flow.space(5)
    _code(flow, facts)
    _words(flow, facts)
    _signatures(flow)


def _head(flow: Flow, facts: RecoverySheetFacts) -> None:
    sheet = flow.sheet
    sheet.text(flow.left, flow.y + 8, "復旧用紙", 22, BOLD)
    sheet.text(flow.right, flow.y + 3.5, facts.number, 10, align="right", colour=INK2)
    right = flow.right - 95
    sheet.fit(
        right, flow.y + 4.5, 95, facts.office, 10.5, smallest=7, most=2, field="受託者", align="right", leading=1.2
    )
    sheet.rule(flow.left, flow.y + 12, flow.right, flow.y + 12, ACCENT, 1.2)
    flow.y += 14
    words = "複写・撮影・入力しての保存をしないでください。封筒に入れて封をし、金庫に保管します。"
    sheet.text(flow.left, flow.y + 4, words, 10.5, BOLD)
    flow.y += 8


def _code(flow: Flow, facts: RecoverySheetFacts) -> None:
    """The groups in two rows, each with its number above, and the QR code beside them."""
    sheet, top = flow.sheet, flow.y
    height = _QR + 8
    sheet.box(flow.left, top, flow.width, height, weight=1.0)
    sheet.qr(flow.right - _QR - 4, top + 4, _QR, facts.qr_text)
    step = (flow.width - _QR - 12) / _IN_A_ROW
    rows = (len(facts.groups) + _IN_A_ROW - 1) // _IN_A_ROW
    for place, group in enumerate(facts.groups):
        x = flow.left + 4 + step * (place % _IN_A_ROW)
        y = top + 4 + (height - 14) / rows * (place // _IN_A_ROW)
        sheet.text(x, y + 4, f"{place + 1}", 9, colour=INK2)
        sheet.text(x, y + 12, group, 15.5, BOLD, spacing=0.04)
    words = "各組の5文字目は確かめ用です。英字の I・L・O・U は使っていません。"
    sheet.text(flow.left + 4, top + height - 3.5, words, 8.5, colour=INK2)
    flow.y = top + height + 5


def _words(flow: Flow, facts: RecoverySheetFacts) -> None:
    if facts.for_office:
        purpose = (
            "取扱責任者がパスワードを忘れ、再設定できる取扱責任者がほかにいないときに使います。"
            "事務所台帳が開き、その人の新しいパスワードを決められます。契約の保管庫は、これだけでは開きません。"
        )
        use = (
            "サインインの画面で「復旧用紙を使う」を選び、職員番号、上の符号、新しいパスワードを入れます。"
            "使った用紙はその場で無効になります。新しい復旧用紙を作ってください。"
        )
    else:
        purpose = (
            "この契約の契約鍵トークンをなくしたとき、または保管庫を開けられる人がいなくなったときに使います。"
            "この用紙だけで、参加者の個人情報が開きます。"
        )
        use = (
            "取扱責任者がサインインし、「鍵の管理」の「復旧用紙で開ける」に上の符号を入れます。"
            "開けた後は、新しい鍵に替えます。使った用紙は無効になります。"
        )
    destroy = (
        "使った後、新しい用紙に替えた後、または契約の消去の前に、立会人の前で裁断し、"
        "「鍵の管理」で記録します。裁断した紙は、QRコードを読めない大きさにします。"
    )
    keep = (
        "封をした封筒の封じ目に署名し、金庫に入れます。契約鍵トークンとは別の封筒にします。"
        "年に1回、封を替えて試します。"
    )
    sections = [("何のための紙か", purpose), ("使い方", use), ("しまい方", keep), ("捨て方", destroy)]
    if facts.replaces:
        old = f"第{facts.replaces}世代の用紙は、この用紙を作ったときに無効になりました。裁断してください。"
        sections.append(("前の用紙", old))
    flow.fields(sections, label=30, size=9.5, pad=1.5)
    flow.space(6)


def _signatures(flow: Flow) -> None:
    """Where it lies and who sealed the envelope; later who destroyed it, before whom."""
    titles = ("封をした人", "立ち会った人", "裁断した人", "裁断に立ち会った人")
    flow.need(30)
    sheet, gap = flow.sheet, 4.0
    width = (flow.width - gap * (len(titles) - 1)) / len(titles)
    for place, title in enumerate(titles):
        x = flow.left + place * (width + gap)
        sheet.box(x, flow.y, width, 26, weight=0.6)
        sheet.text(x + 2.5, flow.y + 5, title, 8.5, BOLD)
        for row, ending in enumerate(("年　　月　　日", "印")):
            baseline = flow.y + 13.5 + row * 9
            sheet.text(x + width - 2.5, baseline, ending, 8.5, align="right", colour=INK2)
            sheet.rule(x + 2.5, baseline + 1.6, x + width - 2.5, baseline + 1.6)
    flow.y += 26
