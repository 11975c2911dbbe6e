"""The permitted items (情報項目), to be held against the council paper and confirmed (特記事項 3 to 5)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from walkdesk.messages.contracts import ContractBoard, ItemRow
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts import Column, FactsTable, Mark, OutlineButton, Paragraph, Row, Sheet, SheetHead
from walkdesk.ui.look.tokens import BODY
from walkdesk.ui.words import full_day


class ItemsView(QWidget):
    """The list. ``confirmed`` when the manager found paper and list the same."""

    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        sheet = Sheet("contract_items", tight=True, spacing=0)
        head = QVBoxLayout()
        head.setContentsMargins(20, 14, 20, 12)
        head.setSpacing(6)
        self._head = SheetHead(tr("contracts.items_title"))
        head.addWidget(self._head)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(Paragraph(tr("contracts.items_text"), BODY), 1)
        self._confirm = OutlineButton(tr("contracts.items_confirm"), "contract_items_confirm", key="Ctrl+S")
        self._confirm.clicked.connect(self.confirmed)
        row.addWidget(self._confirm)
        head.addLayout(row)
        sheet.body.addLayout(head)
        columns = [
            Column(tr("contracts.items_item"), 0, "strong"),
            Column(tr("contracts.items_given"), 190),
            Column(tr("contracts.items_collected"), 190),
            Column(tr("contracts.items_remark"), 240, "detail"),
        ]
        self.table = FactsTable(columns, "contract_items_table", tr("contracts.items_title"))
        sheet.body.addWidget(self.table, 1)
        column.addWidget(sheet)

    def show_board(self, board: ContractBoard, may: bool) -> None:
        """Shows the items of a contract."""
        self.table.show_rows([_row(item) for item in board.items])
        on = board.items_confirmed_on
        self._head.show_facts("" if on is None else tr("contracts.items_confirmed", day=full_day(on)))
        self._confirm.setVisible(may and on is None)


def _row(item: ItemRow) -> Row:
    def mark(yes: bool) -> Mark:
        return Mark("check-circle", tr("contracts.items_yes"), "ok") if yes else Mark("minus", tr("contracts.items_no"))

    remark = tr("contracts.items_app_only") if item.app_only else ""
    return Row(
        item.item.value,
        (tr(f"reception.item.{item.item.value}"), mark(item.given), mark(item.collected), remark),
    )
