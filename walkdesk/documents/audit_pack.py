"""監査資料: what the ward looks at in an inspection, in one paper (clauses 15 to 17). It tells of no participant."""

from __future__ import annotations

from dataclasses import dataclass

from walkdesk.documents.flow import Flow
from walkdesk.documents.formal import ProgrammeFacts, checkpoint_block, letterhead, signature_boxes, ward_meta
from walkdesk.documents.grids import Grid, draw_grid, layout
from walkdesk.documents.registers import RegisterFacts, draw_entry, draw_list
from walkdesk.documents.sheet import INK2, Checkpoint, Sheet, paper_pdf
from walkdesk.documents.status_report import Section, StatusFacts, draw_section, draw_status
from walkdesk.documents.typeface import BOLD

TITLE = "監査資料"

CONTENTS = layout("内容", "部:16= 内容:104 頁:18> 件数:32>")
CHECKLIST = layout(
    "情報保護対策の点検表",
    "根拠:28 求められている対策:50 プログラムの記録から言えること:60 区の所見:32",
    note="「区の所見」は、立入り調査をする方が書き入れる欄です。記録から言えないことは、現地で確かめてください。",
)
LEDGER = layout(
    "証跡台帳の抜粋",
    "号:11> 日時:28 誰が:28 できごと:32 内容:71",
    note="5未満の件数は＊にしています。元の記録は、事務所の証跡台帳で読めます。",
)
PEOPLE = layout("従事者", "番号:16 氏名:18 職:18 区分:18 指定:20 誓約:20 法の周知:20 最後のサインイン:20 退職等:20")
TRAININGS = layout("教育", "実施日:22 氏名:30 内容:68 周知した法:50")
RELEASE_LINES = layout(
    "提供・持出し",
    "番号:16 種類:24 相手・運ぶ者:20 数:10> 申請／承認／出した者:24 出た日時:20 期限:20 終わった日:20 状態:16",
    note="数は枚数・件数で、5未満は＊にしています。",
)
CHAIN = layout("つながりの検査", "確かめたこと:60 結果:110")


@dataclass(frozen=True, slots=True)
class PackFacts(ProgrammeFacts):
    """Everything that the paper prints: the report, the checklist, the registers, the ledger of the period."""

    period: str
    status: StatusFacts
    checklist: Grid
    parts: tuple[Section, ...]
    registers: tuple[RegisterFacts, ...]
    chain: Grid
    ledger: Grid
    checkpoint: Checkpoint


def audit_pack_pdf(facts: PackFacts) -> bytes:
    """The paper. It is drawn first to learn on which page each part begins. The same facts give the same bytes."""
    meta = ward_meta(facts, f"{TITLE} {facts.programme} {facts.period}", facts.checkpoint)
    trial = Sheet(meta, 0)
    starts = _draw(trial, facts, (0, 0, 0, 0))

    def draw(sheet: Sheet) -> None:
        _draw(sheet, facts, starts)

    return paper_pdf(meta, draw, trial.page)


def _draw(sheet: Sheet, facts: PackFacts, starts: tuple[int, ...]) -> tuple[int, ...]:
    """Draws everything; gives back on which page each part begins."""
    flow = Flow(sheet)
    flow.page(TITLE)
    _cover(flow, facts, starts)
    found = [_part(flow, "1　取扱状況報告書")]
    draw_status(flow, facts.status)
    found.append(_part(flow, f"2　{facts.checklist.title}"))
    _title(flow, f"2　{facts.checklist.title}", "特記事項15〜17")
    draw_grid(flow, facts.checklist, 8.5)
    flow.space(5)
    signature_boxes(flow, ("調査した区の職員", "立ち会った者"), height=28)
    found.append(_part(flow, "3　台帳"))
    _title(flow, "3　台帳", "特記事項5〜11、13、18〜20")
    for section in facts.parts:
        flow.heading(section.title, 11)
        draw_section(flow, section, 8)
        flow.space(5)
    for register in facts.registers:
        flow.heading(f"{register.title}（{register.clauses}）", 11)
        draw_list(flow, register)
        for entry in register.entries:
            draw_entry(flow, entry)
        flow.space(5)
    found.append(_part(flow, f"4　{facts.ledger.title}"))
    _title(flow, f"4　{facts.ledger.title}", facts.period)
    draw_grid(flow, facts.chain)
    flow.space(4)
    draw_grid(flow, facts.ledger, 8)
    return tuple(found)


def _cover(flow: Flow, facts: PackFacts, starts: tuple[int, ...]) -> None:
    letterhead(
        flow,
        facts,
        TITLE,
        "特記事項15から17に基づく確認のため、業務の実施状況と個人情報の管理状況を明らかにする資料を提出します。",
    )
    flow.fields(
        (
            ("委託契約", facts.contract_line),
            ("対象の期間", facts.period),
            ("参加者の情報", "この資料に、参加者の氏名・住所・電話番号などは入っていません。"),
            ("同じ内容の表", "Excelの監査資料に、シートごとに入っています。"),
        )
    )
    flow.space(6)
    flow.heading("内容")
    entries = sum(len(grid.rows) for section in facts.parts for grid in section.grids)
    entries += sum(len(register.entries) for register in facts.registers)
    counts = (None, len(facts.checklist.rows), entries, len(facts.ledger.rows))
    names = (
        "取扱状況報告書（特記事項14）",
        facts.checklist.title,
        "台帳（従事者・教育・提供・各台帳）",
        facts.ledger.title,
    )
    rows = tuple((str(place), name, starts[place - 1], counts[place - 1]) for place, name in enumerate(names, 1))
    draw_grid(flow, Grid(CONTENTS.title, CONTENTS.columns, rows), 10.5)
    flow.space(8)
    checkpoint_block(flow, facts.checkpoint)


def _part(flow: Flow, bookmark: str) -> int:
    """Begins a part on a page of its own."""
    flow.page(bookmark)
    return flow.sheet.page


def _title(flow: Flow, words: str, beside: str) -> None:
    sheet = flow.sheet
    sheet.text(flow.left, flow.y + 6, words, 14, BOLD)
    sheet.text(flow.right, flow.y + 6, beside, 9.5, align="right", colour=INK2)
    flow.space(11)
