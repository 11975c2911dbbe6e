"""返還・引渡し 電子データ目録: what lies in the package for the ward, file by file, and its receipt (clause 11)."""

from __future__ import annotations

from dataclasses import dataclass

from walkdesk.documents.flow import Column
from walkdesk.documents.formal import ProgrammeFacts, begin_paper, checkpoint_block, signature_boxes, ward_meta
from walkdesk.documents.sheet import INK2, Checkpoint, Sheet, paper_pdf

_TITLE = "返還・引渡し電子データ目録"


@dataclass(frozen=True, slots=True)
class PackageFile:
    """One file of the package."""

    name: str
    content: str
    rows: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PackageFacts(ProgrammeFacts):
    """Everything that the list prints; no participant is named in it."""

    stamp: str
    files: tuple[PackageFile, ...]
    checkpoint: Checkpoint


def package_list_pdf(facts: PackageFacts) -> bytes:
    """The list as PDF. The same facts give the same bytes."""
    meta = ward_meta(facts, f"{_TITLE} {facts.programme} {facts.fiscal_year}", facts.checkpoint)
    return paper_pdf(meta, lambda sheet: _draw(sheet, facts))


def _draw(sheet: Sheet, facts: PackageFacts) -> None:
    flow = begin_paper(
        sheet,
        facts,
        _TITLE,
        "特記事項11に基づき、電子計算機に記録された個人情報を、下記の電子データにより返還し、又は引き渡します。",
    )
    flow.fields(
        (
            ("委託契約", facts.contract_line),
            ("持出し番号等", facts.stamp),
        )
    )
    flow.space(5)
    flow.heading("電子データ")
    columns = (
        Column("番号", 12, "right"),
        Column("ファイル名", 54),
        Column("内容", 52),
        Column("件数", 24, "right"),
        Column("バイト数", 28, "right"),
    )
    rows = [(place, file.name, file.content, file.rows, file.size) for place, file in enumerate(facts.files, 1)]
    flow.table(columns, rows, size=9.5)
    flow.space(4)
    flow.heading("各ファイルの照合値（SHA-256）")
    flow.table(
        (Column("番号", 12, "right"), Column("照合値", 158)),
        [(place, _grouped(file.sha256)) for place, file in enumerate(facts.files, 1)],
        size=8.5,
    )
    flow.space(1.5)
    flow.paragraph(
        "電子データは、合言葉で開く一つのHTMLファイルに入れて渡します。合言葉は、別の方法でお伝えします。"
        "CSVファイルの文字コードはUTF-8（BOM付き）です。",
        8.5,
        colour=INK2,
        leading=1.5,
    )
    flow.space(6)
    flow.need(66)
    signature_boxes(flow, ("引き渡した者（受託者）", "受け取った者（区）"))
    flow.space(5)
    checkpoint_block(flow, facts.checkpoint)


def _grouped(digest: str) -> str:
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))
