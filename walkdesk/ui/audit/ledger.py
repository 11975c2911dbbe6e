"""証跡台帳: what happened, newest first; its state for the ward's paper; the whole of it as a file."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from walkdesk.domain.problem import Problem
from walkdesk.messages.audit import (
    AuditBoard,
    CheckLedger,
    ExportLedger,
    LedgerChecks,
    LedgerPage,
    LookAtAudit,
    ReadLedger,
)
from walkdesk.messages.common import FreeFile
from walkdesk.ui.audit.checks import in_words
from walkdesk.ui.language import sentence, texts, tr
from walkdesk.ui.look.parts.buttons import OutlineButton, PrimaryButton, SmallButton
from walkdesk.ui.look.parts.edits import ComboBox, LineEdit
from walkdesk.ui.look.parts.fields import Note
from walkdesk.ui.look.parts.sheet import Inset, PageHead, Sheet, page_column
from walkdesk.ui.look.parts.table import Column, FactsTable, Row
from walkdesk.ui.look.parts.text import Label, Paragraph, detail
from walkdesk.ui.look.tokens import BODY_BOLD, DETAIL, LABEL
from walkdesk.ui.out.exits import choose_file, write_file
from walkdesk.ui.shell.page import Page, PageContext
from walkdesk.ui.words import moment

_LINES = 200
_EVENT = "ledger.event."


class LedgerPageView(Page):
    """The page. Place: ``event`` and ``offset``."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._offset, self._total = 0, 0
        self._facts: dict[int, str] = {}
        self._check = OutlineButton(tr("audit.ledger.check"), "ledger_check", key="F5", icon="shield-check")
        self._export = PrimaryButton(tr("audit.ledger.export"), "ledger_export", key="Ctrl+S", icon="download")
        self._head = PageHead(tr("audit.ledger.title"), buttons=(self._check, self._export))
        self.kind = ComboBox("ledger_event", _events())
        self.kind.setAccessibleName(tr("audit.ledger.filter"))
        self._newer = SmallButton(tr("audit.ledger.newer"), "ledger_newer", key="Alt+Up")
        self._older = SmallButton(tr("audit.ledger.older"), "ledger_older", key="Alt+Down")
        self._count = Label("", LABEL, "ink2", name="ledger_count")
        columns = (
            Column(tr("audit.ledger.sequence"), 84, "number"),
            Column(tr("audit.ledger.at"), 138, "detail"),
            Column(tr("audit.ledger.who"), 190),
            Column(tr("audit.ledger.event"), 190, "strong"),
            Column(tr("audit.ledger.contract"), 118, "detail"),
            Column(tr("audit.ledger.facts"), 0, "detail"),
        )
        self.table = FactsTable(columns, "ledger_rows", tr("audit.ledger.title"), row_height=34)
        self._all_facts = Paragraph("", DETAIL, "ink", name="ledger_facts")
        self._note = Note("ledger_note")
        self._checkpoint = Label("", BODY_BOLD, "ink", name="ledger_checkpoint")
        self.kept = LineEdit("ledger_kept", max_length=200)
        self.kept.setAccessibleName(tr("audit.ledger.kept"))
        self.kept.setPlaceholderText(tr("audit.ledger.kept_hint"))
        self.kept.setMinimumWidth(170)
        self._lay_out()
        self._check.clicked.connect(self._check_chain)
        self.kept.returnPressed.connect(self._check_chain)
        self._export.clicked.connect(self._choose_file)
        self.kind.activated.connect(lambda _index: self._go_to(0))
        self._newer.clicked.connect(lambda: self._go_to(self._offset - _LINES))
        self._older.clicked.connect(lambda: self._go_to(self._offset + _LINES))
        self.table.current_changed.connect(self._show_facts)

    def _lay_out(self) -> None:
        column = page_column(self)
        column.addWidget(self._head)
        state = Inset("surface", "ledger_state")
        state.row.addWidget(detail(tr("audit.ledger.checkpoint")))
        state.row.addWidget(self._checkpoint, 1)
        label = detail(tr("audit.ledger.kept"))
        label.setBuddy(self.kept)
        state.row.addWidget(label)
        state.row.addWidget(self.kept)
        column.addWidget(state)
        column.addWidget(self._note)
        sheet = Sheet("ledger_sheet", tight=True, spacing=0)
        head = QWidget()
        line = QHBoxLayout(head)
        line.setContentsMargins(19, 10, 14, 8)
        line.setSpacing(10)
        label = detail(tr("audit.ledger.filter"))
        label.setBuddy(self.kind)
        line.addWidget(label)
        line.addWidget(self.kind)
        line.addStretch(1)
        line.addWidget(self._count)
        line.addWidget(self._newer)
        line.addWidget(self._older)
        sheet.body.addWidget(head)
        sheet.body.addWidget(self.table, 1)
        below = QWidget()
        foot = QVBoxLayout(below)
        foot.setContentsMargins(19, 6, 19, 8)
        foot.addWidget(self._all_facts)
        sheet.body.addWidget(below)
        column.addWidget(sheet, 1)

    def enter(self, **place: Any) -> None:
        self.kind.choose(str(place.get("event") or self.kind.chosen()))
        self._offset = int(place.get("offset") or 0)
        self._load()
        self.context.room.ask(LookAtAudit(), self._show_board)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self) -> dict[str, Any]:
        return {"event": self.kind.chosen(), "offset": self._offset}

    def changed(self, changes: Any) -> None:
        if changes.areas & {"audit", "ledger"} and self.is_here():
            self._load()

    def _go_to(self, offset: int) -> None:
        self._offset = max(offset, 0)
        self._load()

    def _load(self) -> None:
        event = "" if self.kind.chosen() == "all" else self.kind.chosen()
        self.context.room.ask(ReadLedger(event, self._offset, _LINES), self._show, self._refused)

    def _show_board(self, board: AuditBoard) -> None:
        self._head.show_facts(tr("audit.ledger.facts_line", entries=board.entries, alarms=board.alarms))

    def _show(self, page: LedgerPage) -> None:
        self._total = page.total
        self._facts = {row.sequence: row.facts for row in page.rows}
        self.table.show_rows(
            Row(
                row.sequence,
                (row.sequence, moment(row.at), row.who, tr(f"{_EVENT}{row.event}"), row.contract, row.facts),
            )
            for row in page.rows
        )
        state = tr("audit.ledger.state", checkpoint=page.checkpoint, sequence=page.checkpoint_sequence)
        self._checkpoint.setText(state)
        first = self._offset + 1 if page.rows else 0
        last = self._offset + len(page.rows)
        self._count.setText(tr("audit.ledger.range", first=first, last=last, total=page.total))
        self._newer.setEnabled(self._offset > 0)
        self._older.setEnabled(last < page.total)
        self._show_facts(self.table.current())

    def _show_facts(self, sequence: object) -> None:
        """Every fact of the row under the keyboard: the table has room for the first ones only."""
        facts = self._facts.get(sequence, "") if isinstance(sequence, int) else ""
        self._all_facts.say(facts)
        self._all_facts.setVisible(bool(facts))

    def problem(self) -> str:
        """What the page says besides its lists: a problem, or the outcome of a check."""
        return self._note.text()

    def _refused(self, problem: Problem) -> None:
        self._note.say(sentence(problem))

    # The chain

    def _check_chain(self) -> None:
        self.context.room.ask(CheckLedger(self.kept.text()), self._show_check, self._refused)

    def _show_check(self, checks: LedgerChecks) -> None:
        lines = [in_words(line) for line in checks.checks if line.holds is not None]
        holds = all(line.holds for line in lines)
        words = "　".join(line.detail for line in lines)
        self._note.say(words, "ok" if holds else "danger", "check-circle" if holds else "alert")

    # Out

    def _choose_file(self) -> None:
        path = choose_file(self, tr("audit.ledger.save_title"), "ledger.jsonl", tr("audit.ledger.kind"))
        if path is None:
            return

        def write(export: FreeFile) -> None:
            try:
                write_file(path, export)
            except Problem as problem:
                self._refused(problem)
            else:
                self.context.say(tr("audit.ledger.exported", name=path.name))

        self.context.room.ask(ExportLedger(), write, self._refused)


def _events() -> list[tuple[str, str]]:
    """Every kind of entry by its word, all of them first."""
    known = sorted(key.removeprefix(_EVENT) for key in texts().keys() if key.startswith(_EVENT))  # noqa: SIM118
    return [("all", tr("audit.ledger.all")), *((key, tr(f"{_EVENT}{key}")) for key in known)]
