"""個別消去証明書: that one participant's data were erased while the contract is open (clause 12).

It names nobody: the ward knows from its own letter whom the number means. Its grade is always C, since the key of the
contract is still in use: what storage keeps of old pages is unreadable only when that key is destroyed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from walkdesk.documents.flow import Column
from walkdesk.documents.formal import ProgrammeFacts, begin_paper, checkpoint_block, signature_boxes, ward_meta
from walkdesk.documents.sheet import INK2, Checkpoint, Sheet, japan_time, paper_pdf
from walkdesk.domain.dates import japanese_date

GRADE = "C　消去しましたが、記憶装置に残り得る暗号文の残りは、契約終了時の契約鍵の破棄によって読めなくなります"
_METHOD = (
    "保管庫の記録を削除して上書きし、変更の記録の中の値と理由を空にし、書込み記録（WAL）を空にしました。"
    "変更があったことの記録と、そのつながりは残ります。"
)
_NOT_COVERED = (
    "紙の資料、発送済みの文書と景品、区の名簿、消去前に作成した報告書の集計、記憶装置に残り得る暗号文の残り。"
)


@dataclass(frozen=True, slots=True)
class IndividualErasureFacts(ProgrammeFacts):
    """Everything that the certificate shows; all of it comes from the ledger entry of the erasure."""

    requested_on: date
    reason: str
    performed: datetime
    operator: str
    entry: int
    counts: tuple[tuple[str, int], ...]
    """由来 and how many records of it."""
    sheets: int
    """台紙 that exist on paper."""
    changed: int
    """Changes in the trail whose values were blanked."""
    checkpoint: Checkpoint


def individual_erasure_pdf(facts: IndividualErasureFacts) -> bytes:
    """The certificate as PDF. The same facts give the same bytes."""
    meta = ward_meta(facts, f"個別消去証明書 {facts.number}", facts.checkpoint, serial=f"証明書番号 {facts.number}")
    return paper_pdf(meta, lambda sheet: _draw(sheet, facts))


def _draw(sheet: Sheet, facts: IndividualErasureFacts) -> None:
    flow = begin_paper(
        sheet,
        facts,
        "個別消去証明書",
        "特記事項12に基づき、参加者1人の個人情報の消去の手続を、下記のとおり行ったことを証明します。",
        number=f"証明書番号　{facts.number}",
    )
    performed = japan_time(facts.performed)
    flow.fields(
        (
            ("委託契約", facts.contract_line),
            ("申出", f"{japanese_date(facts.requested_on)}　{facts.reason}"),
            ("実施", f"{japanese_date(performed.date())}　{performed:%H:%M:%S}　（証跡台帳 第{facts.entry:,}号）"),
            ("実施者", facts.operator),
            ("方法", _METHOD),
            ("保証区分", GRADE),
        ),
        strong=frozenset({"保証区分"}),
    )
    flow.space(4)
    flow.heading("消去したもの")
    rows = [(origin, "電子データの記録", f"{count:,} 件") for origin, count in facts.counts]
    rows.append(("", "変更の記録の中の値", f"{facts.changed:,} 件"))
    flow.table((Column("由来", 32), Column("内容", 98), Column("数量", 40, "right")), rows, size=10)
    flow.space(3)
    flow.heading("この証明の対象外")
    paper = f"台紙は {facts.sheets:,} 枚あり、別に返還又は廃棄します。" if facts.sheets else ""
    flow.paragraph(
        f"{_NOT_COVERED}{paper}消去した方のお名前や番号は、この証明書にも証跡台帳にも載せません。", 9.5, colour=INK2
    )
    flow.space(5)
    flow.need(62)
    signature_boxes(flow, ("区の確認（特記事項12）",))
    flow.space(4)
    checkpoint_block(flow, facts.checkpoint)
