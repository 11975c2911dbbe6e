"""取扱状況報告書: how a contract's personal data is handled, for the ward (clause 14). It tells of no participant."""

from __future__ import annotations

from dataclasses import dataclass

from walkdesk.documents.flow import Flow
from walkdesk.documents.formal import ProgrammeFacts, checkpoint_block, letterhead, ward_meta
from walkdesk.documents.grids import Grid, draw_grid, layout
from walkdesk.documents.sheet import INK2, Checkpoint, Sheet, paper_pdf
from walkdesk.documents.typeface import BOLD

TITLE = "取扱状況報告書"

HELD = layout(
    "保有する情報の数",
    "由来:60 電子の記録（件）:55> 紙（枚）:55>",
    "この期間の終わりまでに、数の記録がありません。",
)
ITEMS = layout("取り扱う情報項目", "情報項目:90 区から提供:40= 本人から収集:40=")
STAFF = layout(
    "指定した従事者",
    "区分:27 職:27 氏名:32 指定した日:24 誓約の日:24 教育の日:24 承認:12=",
    note="教育は、期間が始まる年度のものです。承認の○は、提供や消去を承認できる者です。",
)
ACCESS = layout("利用権限の付与と終了", "日時:34 できごと:32 対象:26 対象の者:39 行った者:39")
DESK = layout("利用の記録", "内容:130 回数:40>")
OPENED = layout("非表示情報の閲覧", "従事者:85 回数:40> 最後の日時:45")
IMPORTS = layout(
    "取込み", "日時:34 種類:52 参加方法:24 由来:20 受入れ（件）:22> 断り（件）:22>",
    note="「＊」は5未満の数です。",
)  # fmt: skip
RELEASES = layout(
    "提供・持出し", "種類:66 回数:22> 枚数・件数:30> 未完了:26> 期限超過:26>", note="「＊」は5未満の数です。"
)
OUTSIDE = layout("完了していないもの", "番号:20 種類:58 相手・運ぶ者:46 期限:24 状態:22")
REGISTERS = layout("台帳の状態", "台帳:62 継続中:27> うち期限超過:27> 終了:27> 期間の記入:27>")
LINES = layout("台帳の内容", "番号:26 件名:76 日付:23 期限:23 状態:22", "まだ記入がありません。")
SHEETS = layout("復旧用紙", "範囲:32 世代:14> 作成した日:26 保管場所:50 試験した日:26 状態:22")
REKEYED = layout("鍵の更新", "日時:40 世代:20> 行った者:60 使った人数:50>", "鍵の更新はありませんでした。")
ALARMS = layout("異常の検知", "号:16> 日時:44 種類:110", "異常の検知はありませんでした。")


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of the report: labelled values, then lists. A list's own title is shown where it has one more."""

    title: str
    fields: tuple[tuple[str, str], ...] = ()
    grids: tuple[Grid, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class StatusFacts(ProgrammeFacts):
    """Everything that the report prints."""

    period: str
    head: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    checkpoint: Checkpoint


def status_report_pdf(facts: StatusFacts) -> bytes:
    """The report as PDF. The same facts give the same bytes."""
    meta = ward_meta(facts, f"{TITLE} {facts.programme} {facts.period}", facts.checkpoint)
    return paper_pdf(meta, lambda sheet: _draw(sheet, facts))


def _draw(sheet: Sheet, facts: StatusFacts) -> None:
    flow = Flow(sheet)
    flow.page(TITLE)
    draw_status(flow, facts)
    flow.space(4)
    checkpoint_block(flow, facts.checkpoint)


def draw_status(flow: Flow, facts: StatusFacts) -> None:
    """The report from where the flow stands; the audit pack has it as a part."""
    letterhead(flow, facts, TITLE, "特記事項14に基づき、業務に関する個人情報の取扱い状況を、下記のとおり報告します。")
    flow.fields(
        (
            ("委託契約", facts.contract_line),
            ("対象の期間", facts.period),
            *facts.head,
        ),
        size=10,
        pad=1.2,
    )
    for number, section in enumerate(facts.sections, 1):
        flow.space(5)
        flow.heading(f"{number}　{section.title}")
        draw_section(flow, section)


def draw_section(flow: Flow, section: Section, size: float = 9) -> None:
    """Labelled values, then each list; the first list of a part without values needs no title of its own."""
    if section.note:
        flow.paragraph(section.note, 9, colour=INK2, leading=1.5)
        flow.space(1)
    if section.fields:
        flow.fields(section.fields, label=48, size=9.5, pad=1.0)
    for place, grid in enumerate(section.grids):
        if place or section.fields:
            flow.space(3)
            flow.need(22)
            flow.paragraph(grid.title, 9.5, BOLD)
            flow.space(0.5)
        draw_grid(flow, grid, size)
