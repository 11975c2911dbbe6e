"""The contract on the desk: its life, what is missing, its facts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from walkdesk.domain.contract import Requirement
from walkdesk.messages.contracts import ContractBoard
from walkdesk.ui.contracts.needs import NeedsSheet
from walkdesk.ui.facts import Fact
from walkdesk.ui.language import tr
from walkdesk.ui.life import show_life
from walkdesk.ui.look.parts import Chip, LifeLine, Sheet, SheetHead, scrolling
from walkdesk.ui.look.tokens import BODY, DETAIL, SHEET_GAP
from walkdesk.ui.shell.standing import STATE_LOOKS
from walkdesk.ui.words import fiscal_year, full_day, programme_word, state_word

_ROWS = (("number", "token"), ("programme",), ("period",), ("rule",), ("items", "reported"), ("fingerprint",))
"""The facts, as they stand on the sheet."""


class BoardView(QWidget):
    """The board."""

    def __init__(self, do: Callable[[Requirement], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SHEET_GAP)
        life = Sheet("contract_life_sheet")
        life.body.setContentsMargins(20, 10, 20, 2)
        self._life = LifeLine("contract_life")
        life.body.addWidget(self._life)
        column.addWidget(life)
        row = QHBoxLayout()
        row.setSpacing(SHEET_GAP + 2)
        self.needs = NeedsSheet(do)
        row.addWidget(self.needs, 1)
        row.addWidget(self._lay_out_facts())
        column.addLayout(row, 1)

    def _lay_out_facts(self) -> QWidget:
        sheet = Sheet("contract_facts", spacing=8)
        sheet.setFixedWidth(366)
        self._state = Chip("circle", "", "accent", "contract_state")
        sheet.body.addWidget(SheetHead(tr("contracts.facts_title"), right=[self._state]))
        inside = QWidget()
        inside.setObjectName("scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._facts = {
            key: Fact(tr(f"contracts.fact_{key}"), f"contract_{key}", kind=DETAIL if key == "fingerprint" else BODY)
            for keys in _ROWS
            for key in keys
        }
        for keys in _ROWS:
            line = QHBoxLayout()
            line.setSpacing(12)
            for key in keys:
                line.addWidget(self._facts[key], 1)
            column.addLayout(line)
        column.addStretch(1)
        sheet.body.addWidget(scrolling(inside, "contract_facts_scroll"), 1)
        return sheet

    def show_board(self, board: ContractBoard, may: bool) -> None:
        """Shows a board; ``may`` whether this person may settle anything."""
        card = board.card
        icon, kind = STATE_LOOKS[card.state]
        self._state.show_state(icon, state_word(card.state), kind)
        show_life(self._life, board.life, card.state, board.today)
        self.needs.show_board(board, may)
        period = tr("contracts.period", start=full_day(card.start), end=full_day(card.end))
        words = {
            "number": card.number,
            "programme": f"{programme_word(card)}　{fiscal_year(card.year)}",
            "period": period,
            "rule": board.point_rule or tr("contracts.no_rule"),
            "token": board.token or tr("contracts.no_token"),
            "items": _day(board.items_confirmed_on, "contracts.not_confirmed"),
            "reported": _day(board.designation_reported_on, "contracts.not_reported"),
            "fingerprint": board.fingerprint,
        }
        for key, text in words.items():
            self._facts[key].say(text)


def _day(day: object, otherwise: str) -> str:
    return tr(otherwise) if day is None else full_day(day)  # type: ignore[arg-type]
