"""委託一覧: every contract of the office with its stage, and what the evidence amounts to."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from walkdesk.messages.audit import AuditBoard, LookAtAudit
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts.buttons import OutlineButton, PrimaryButton
from walkdesk.ui.look.parts.sheet import PageHead, Sheet, SheetHead, page_column
from walkdesk.ui.look.parts.sums import FigureTile
from walkdesk.ui.look.parts.table import Cell, Column, FactsTable, Mark, Row
from walkdesk.ui.look.parts.text import Paragraph
from walkdesk.ui.look.tokens import LABEL
from walkdesk.ui.shell.page import Page, PageContext
from walkdesk.ui.shell.standing import STATE_LOOKS
from walkdesk.ui.words import fiscal_year, full_day, programme_word, state_word

_AREAS = frozenset({"audit", "contracts", "closeout"})


class AuditPage(Page):
    """The auditor's first page."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._board: AuditBoard | None = None
        self._ledger = OutlineButton(tr("audit.to_ledger"), "audit_to_ledger", key="F6", icon="book")
        self._open = PrimaryButton(tr("audit.to_certificate"), "audit_open", key="F4", icon="medal")
        self._head = PageHead(tr("audit.title"), tr("audit.facts"), buttons=(self._ledger, self._open))
        columns = (
            Column(tr("audit.table.number"), 150, "strong"),
            Column(tr("audit.table.programme")),
            Column(tr("audit.table.year"), 130),
            Column(tr("audit.table.period"), 270, "detail"),
            Column(tr("audit.table.state"), 160),
            Column(tr("audit.table.certificate"), 130),
        )
        self.table = FactsTable(columns, "audit_contracts", tr("audit.title"))
        self._entries = FigureTile(tr("audit.entries"), "audit_entries", tr("audit.unit_entries"))
        self._alarms = FigureTile(tr("audit.alarms"), "audit_alarms", tr("audit.unit_entries"))
        self._print = Paragraph("", LABEL, "ink", name="audit_fingerprint")
        self._lay_out()
        self._ledger.clicked.connect(lambda: self.context.go("ledger"))
        self._open.clicked.connect(lambda: self._open_certificate(self.table.current()))
        self.table.opened.connect(self._open_certificate)
        self.table.current_changed.connect(lambda _key: self._show_button())

    def _lay_out(self) -> None:
        column = page_column(self)
        column.addWidget(self._head)
        sheet = Sheet("audit_contracts_sheet", tight=True, spacing=0)
        sheet.body.addWidget(self.table)
        column.addWidget(sheet, 1)
        row = QHBoxLayout()
        row.setSpacing(14)
        figures = Sheet("audit_figures", spacing=4)
        tiles = QHBoxLayout()
        tiles.setSpacing(48)
        tiles.addWidget(self._entries)
        tiles.addWidget(self._alarms)
        tiles.addStretch(1)
        figures.body.addWidget(SheetHead(tr("audit.evidence")))
        figures.body.addLayout(tiles)
        row.addWidget(figures, 1)
        keys = Sheet("audit_keys", spacing=4)
        keys.body.addWidget(SheetHead(tr("audit.fingerprint")))
        keys.body.addWidget(self._print)
        keys.body.addWidget(Paragraph(tr("audit.fingerprint_text"), LABEL, "ink2"))
        keys.body.addStretch(1)
        row.addWidget(keys, 1)
        ground = QWidget()
        below = QVBoxLayout(ground)
        below.setContentsMargins(0, 0, 0, 0)
        below.addLayout(row)
        column.addWidget(ground)

    def enter(self, **place: Any) -> None:
        self._load()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def changed(self, changes: Any) -> None:
        if changes.areas & _AREAS and self.is_here():
            self._load()

    def _load(self) -> None:
        self.context.room.ask(LookAtAudit(), self._show)

    def _show(self, board: AuditBoard) -> None:
        self._board = board
        self.table.show_rows(Row(card.contract, self._cells(card.contract)) for card in board.contracts)
        if self.table.current() is None and board.contracts:
            self.table.select(board.contracts[0].contract)
        self._entries.show_figure(f"{board.entries:,}", tr("audit.entries_note"))
        words = tr("audit.alarms_some" if board.alarms else "audit.alarms_none")
        self._alarms.show_figure(f"{board.alarms:,}", words)
        self._print.say(board.fingerprint)
        self._show_button()

    def _cells(self, contract: str) -> tuple[Cell, ...]:
        assert self._board is not None
        card = next(one for one in self._board.contracts if one.contract == contract)
        icon, kind = STATE_LOOKS[card.state]
        issued = contract in self._board.certificates
        mark = Mark("medal", tr("audit.issued"), "ok") if issued else Mark("minus", tr("audit.not_issued"), "neutral")
        period = tr("contracts.period", start=full_day(card.start), end=full_day(card.end))
        return (
            card.number,
            programme_word(card),
            fiscal_year(card.year),
            period,
            Mark(icon, state_word(card.state), kind, chip=True),
            mark,
        )

    def _show_button(self) -> None:
        issued = self._board is not None and self.table.current() in self._board.certificates
        self._open.setEnabled(issued)
        self._open.setAccessibleDescription("" if issued else tr("audit.no_certificate"))

    def _open_certificate(self, contract: object) -> None:
        if self._board is None or contract not in self._board.certificates:
            self.context.say(tr("audit.no_certificate"), "ink2", "info")
            return
        self.context.go("certificate", contract=str(contract))
