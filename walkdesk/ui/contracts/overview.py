"""All contracts of the office, and the certification that they stand on."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from walkdesk.messages.contracts import ContractList
from walkdesk.messages.door import ContractCard
from walkdesk.ui.facts import Fact
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts import Column, EmptyState, FactsTable, Mark, Row, Sheet, SheetHead
from walkdesk.ui.look.tokens import SHEET_GAP
from walkdesk.ui.shell.standing import STATE_LOOKS
from walkdesk.ui.words import fiscal_year, full_day, programme_word, state_word


class OverviewView(QWidget):
    """The list of contracts. ``opened`` tells the id of one that is wanted on the desk."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SHEET_GAP)
        column.addWidget(self._lay_out_certification())
        sheet = Sheet("contract_list", tight=True)
        columns = [
            Column(tr("contracts.fact_number"), 200, "strong"),
            Column(tr("contracts.fact_programme")),
            Column(tr("contracts.fact_year"), 150),
            Column(tr("contracts.fact_period"), 330),
            Column(tr("contracts.fact_state"), 190),
        ]
        self.table = FactsTable(columns, "contract_table", tr("contracts.list_title"))
        self.table.opened.connect(lambda contract: self.opened.emit(contract))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(EmptyState("contract", tr("contracts.none_yet"), name="contract_none"))
        sheet.body.addWidget(self._stack)
        column.addWidget(sheet, 1)

    def _lay_out_certification(self) -> QWidget:
        sheet = Sheet("contract_certification")
        sheet.body.addWidget(SheetHead(tr("contracts.certification_title"), note=tr("contracts.certification_note")))
        row = QHBoxLayout()
        row.setSpacing(32)
        self._kind = Fact(tr("contracts.certification_kind"), "certification_kind")
        self._number = Fact(tr("contracts.certification_number"), "certification_number")
        self._expiry = Fact(tr("contracts.certification_expiry"), "certification_expiry")
        for fact in (self._kind, self._number, self._expiry):
            row.addWidget(fact, 1)
        sheet.body.addLayout(row)
        return sheet

    def show_list(self, contracts: ContractList, here: str, today: date | None) -> None:
        """Shows all contracts; ``here`` is the one on the desk."""
        self._kind.say(tr(f"contracts.certification_{contracts.certification}"))
        self._number.say(contracts.certification_number)
        late = today is not None and contracts.certification_expiry < today
        expiry = full_day(contracts.certification_expiry)
        words = tr("contracts.certification_over", day=expiry) if late else expiry
        self._expiry.say(words, "danger" if late else "ink")
        self.table.show_rows([_row(card) for card in contracts.contracts])
        if contracts.contracts and not self.table.select(here):
            self.table.selectRow(0)
        self._stack.setCurrentIndex(0 if contracts.contracts else 1)


def _row(card: ContractCard) -> Row:
    icon, kind = STATE_LOOKS[card.state]
    period = tr("contracts.period", start=full_day(card.start), end=full_day(card.end))
    mark = Mark(icon, state_word(card.state), kind, chip=True)
    return Row(card.contract, (card.number, programme_word(card), fiscal_year(card.year), period, mark))
