"""事業実施報告書: the figures of the year for the ward, without any participant's data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from walkdesk.documents.chart import Bars, bar_chart
from walkdesk.documents.flow import Cell, Column, Flow
from walkdesk.documents.formal import ProgrammeFacts, begin_paper, checkpoint_block, ward_meta
from walkdesk.documents.sheet import INK2, Checkpoint, Sheet, paper_pdf
from walkdesk.domain.dates import japanese_date


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """One 参加方法: registered, withdrawn, and how many sent steps at least once."""

    channel: str
    registered: Cell
    withdrawn: Cell
    active: Cell


@dataclass(frozen=True, slots=True)
class AgeRow:
    """One age band: men, women, those without an answer, and the sum. Suppressed cells come as texts."""

    band: str
    men: Cell
    women: Cell
    other: Cell
    total: Cell


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month. The means are steps a day and person; ``None`` where nothing is keyed, a text where suppressed."""

    month: str
    cards_received: Cell
    cards_keyed: Cell
    cards_verified: Cell
    card_mean: Cell | None
    app_mean: Cell | None
    points: Cell


@dataclass(frozen=True, slots=True)
class PrizeRow:
    """One prize: its points, how often it was asked for and sent."""

    prize: str
    points: Cell
    requested: Cell
    shipped: Cell


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """提供・持出し of one kind: number of releases, sheets or records, what is still out."""

    kind: str
    releases: Cell
    pieces: Cell
    open: Cell


@dataclass(frozen=True, slots=True)
class TrainingRow:
    """One training (clause 18)."""

    day: date
    subject: str
    people: Cell


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One incident (clause 19)."""

    day: date
    what: str
    measure: str


@dataclass(frozen=True, slots=True)
class ReportFacts(ProgrammeFacts):
    """Everything that the report prints. Lists end with their row of sums where they have one."""

    period: str
    channels: tuple[ChannelRow, ...]
    ages: tuple[AgeRow, ...]
    months: tuple[MonthRow, ...]
    prizes: tuple[PrizeRow, ...]
    releases: tuple[ReleaseRow, ...]
    trainings: tuple[TrainingRow, ...]
    incidents: tuple[IncidentRow, ...]
    checkpoint: Checkpoint


def report_pdf(facts: ReportFacts) -> bytes:
    """The report as PDF. The same facts give the same bytes."""
    meta = ward_meta(facts, f"事業実施報告書 {facts.programme} {facts.fiscal_year}", facts.checkpoint)
    return paper_pdf(meta, lambda sheet: _draw(sheet, facts))


def _draw(sheet: Sheet, facts: ReportFacts) -> None:
    flow = begin_paper(
        sheet, facts, "事業実施報告書", f"{facts.programme}の委託業務を下記のとおり実施しましたので、報告します。"
    )
    flow.fields(
        (
            ("委託契約", facts.contract_line),
            ("実施期間", facts.period),
        )
    )
    flow.space(5)
    _people(flow, facts)
    _months(flow, facts)
    _prizes(flow, facts)
    _care(flow, facts)
    flow.space(4)
    checkpoint_block(flow, facts.checkpoint)


def _people(flow: Flow, facts: ReportFacts) -> None:
    flow.heading("1　参加者")
    columns = (
        Column("参加方法", 62),
        Column("登録者（人）", 36, "right"),
        Column("辞退（人）", 36, "right"),
        Column("歩数の記録あり（人）", 36, "right"),
    )
    rows = [(row.channel, row.registered, row.withdrawn, row.active) for row in facts.channels]
    flow.table(columns, rows, total=True)
    flow.space(4)
    bands = (
        Column("年齢", 50),
        Column("男（人）", 30, "right"),
        Column("女（人）", 30, "right"),
        Column("その他等（人）", 30, "right"),
        Column("計（人）", 30, "right"),
    )
    ages = [(row.band, row.men, row.women, row.other, row.total) for row in facts.ages]
    flow.table(bands, ages, total=True)
    _note(flow, "「＊」は5人未満の数と、計から逆算できる数です。「その他等」は、その他と回答なしの方です。")


def _months(flow: Flow, facts: ReportFacts) -> None:
    flow.space(4)
    flow.heading("2　歩数と台紙、ポイント", keep=63)
    bars = [Bars(row.month.rpartition("年")[2], (row.card_mean, row.app_mean)) for row in facts.months]
    bar_chart(flow, bars, ("台紙", "アプリ"), "1人1日あたりの平均歩数（歩）")
    flow.space(3)
    columns = (
        Column("月", 30),
        Column("受領（枚）", 22, "right"),
        Column("入力（枚）", 22, "right"),
        Column("照合（枚）", 22, "right"),
        Column("平均 台紙", 25, "right"),
        Column("平均 アプリ", 25, "right"),
        Column("付与ポイント", 24, "right"),
    )
    rows = [
        (
            row.month,
            row.cards_received,
            row.cards_keyed,
            row.cards_verified,
            "–" if row.card_mean is None else row.card_mean,
            "–" if row.app_mean is None else row.app_mean,
            row.points,
        )
        for row in facts.months
    ]
    flow.table(columns, rows)
    _note(flow, "枚数は台紙の数です。平均は1人1日あたりの歩数で、歩数の記録がある日だけで計算しています。")


def _prizes(flow: Flow, facts: ReportFacts) -> None:
    flow.space(4)
    flow.heading("3　景品")
    columns = (
        Column("景品", 80),
        Column("必要ポイント", 30, "right"),
        Column("申込み（件）", 30, "right"),
        Column("発送（件）", 30, "right"),
    )
    rows = [(row.prize, row.points, row.requested, row.shipped) for row in facts.prizes]
    if rows:
        flow.table(columns, rows)
    else:
        flow.paragraph("景品の申込みはありませんでした。")


def _care(flow: Flow, facts: ReportFacts) -> None:
    flow.space(4)
    flow.heading("4　個人情報の取扱い")
    columns = (
        Column("提供・持出しの種類", 80),
        Column("回数", 30, "right"),
        Column("枚数・件数", 30, "right"),
        Column("未回収（件）", 30, "right"),
    )
    rows = [(row.kind, row.releases, row.pieces, row.open) for row in facts.releases]
    if rows:
        flow.table(columns, rows)
    else:
        flow.paragraph("個人情報の提供・持出しはありませんでした。")
    flow.space(3)
    trainings = [(japanese_date(row.day), row.subject, row.people) for row in facts.trainings]
    if trainings:
        flow.table(
            (Column("教育の実施日", 40), Column("内容（特記事項18）", 100), Column("受講（人）", 30, "right")),
            trainings,
        )
    flow.space(3)
    incidents = [(japanese_date(row.day), row.what, row.measure) for row in facts.incidents]
    if incidents:
        flow.table((Column("事故等の日", 40), Column("内容（特記事項19）", 70), Column("措置", 60)), incidents)
    else:
        flow.paragraph("個人情報の取扱いに関する事故、特記事項に反する取扱いはありませんでした（特記事項19）。")


def _note(flow: Flow, words: str) -> None:
    flow.space(1)
    flow.paragraph(words, 8.5, colour=INK2, leading=1.5)
