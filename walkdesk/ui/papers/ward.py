"""区への文書・用紙: every paper that tells of no participant; one is chosen, made, looked at, printed and saved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from walkdesk.domain.problem import Problem
from walkdesk.domain.registers import Register
from walkdesk.domain.wardpapers import WARD_PAPERS, Choice, WardPaper, clause_words
from walkdesk.messages.audit import MakeStatusReport
from walkdesk.messages.common import FreePaper
from walkdesk.messages.contracts import MakeStartSheet
from walkdesk.messages.papers import MakeReport
from walkdesk.messages.registers import MakeIncidentReport, PrintRegister
from walkdesk.messages.wardpapers import (
    LookAtWardPapers,
    MakeApplicationForm,
    MakeInspectionSheet,
    MakeTrainingRecord,
    PaperChoice,
    Stop,
    WardPaperBoard,
    WardPaperRow,
)
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts.buttons import SmallButton
from walkdesk.ui.look.parts.edits import ComboBox
from walkdesk.ui.look.parts.fields import Field
from walkdesk.ui.look.parts.preview import PdfPreview
from walkdesk.ui.look.parts.sheet import Sheet, SheetHead
from walkdesk.ui.look.parts.table import Column, FactsTable, Row
from walkdesk.ui.look.parts.text import Paragraph
from walkdesk.ui.look.tokens import LABEL
from walkdesk.ui.out.panel import PaperColumn
from walkdesk.ui.papers.part import Primary
from walkdesk.ui.shell.page import PageContext
from walkdesk.ui.words import fiscal_year, japanese, short_day

_MAKING: dict[WardPaper, Callable[[str], object]] = {
    WardPaper.START_SHEET: lambda _value: MakeStartSheet(),
    WardPaper.TRAINING_RECORD: lambda value: MakeTrainingRecord(int(value)),
    WardPaper.STATUS_REPORT: lambda _value: MakeStatusReport(),
    WardPaper.INSPECTION_SHEET: MakeInspectionSheet,
    WardPaper.INCIDENT_REPORT: MakeIncidentReport,
    WardPaper.REGISTER: lambda value: PrintRegister(Register(value)),
    WardPaper.YEAR_REPORT: lambda _value: MakeReport(),
    WardPaper.APPLICATION: lambda _value: MakeApplicationForm(),
}
"""The question that makes each paper, from what was chosen beside it."""

_PLACES: dict[WardPaper, dict[str, str]] = {
    WardPaper.STATUS_REPORT: {"kind": "status"},
    WardPaper.AUDIT_PACK: {"kind": "pack"},
    WardPaper.INSPECTION_SHEET: {"register": Register.INSPECTIONS.value},
    WardPaper.INCIDENT_REPORT: {"register": Register.INCIDENTS.value},
    WardPaper.YEAR_REPORT: {"tab": "report"},
}
_WIDE = 1080
"""Below this width of the page the paper gives way."""
_PAPER = (430, 330)


class WardPart(PaperColumn):
    """The tab. Arrows choose, Enter makes, Ctrl+P prints, Ctrl+S saves."""

    def __init__(self, context: PageContext, changed: Callable[[], None]) -> None:
        super().__init__(context, "papers_ward", PdfPreview("papers_ward_preview", tr("wardpapers.empty")))
        self._changed = changed
        self._board: WardPaperBoard | None = None
        self._making = False
        self._chosen: dict[WardPaper, str] = {}
        self._wide = True
        self.table = FactsTable(_columns(self._wide), "papers_ward_list", tr("wardpapers.list"), row_height=34)
        self._title = SheetHead("")
        self._about = Paragraph("", LABEL, "ink2", name="papers_ward_about")
        self.which = ComboBox("papers_ward_choice")
        self._field = Field(tr("wardpapers.choice.year"), self.which)
        self.go = SmallButton("", "papers_ward_go", icon="arrow-right")
        self._beside = QWidget()
        self._lay_out()
        self._offer()
        self.table.current_changed.connect(lambda _key: self._show_current())
        self.table.opened.connect(lambda _key: self.act())
        self.which.activated.connect(lambda _index: self._keep_choice())
        self.go.clicked.connect(self._go)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        left = QVBoxLayout()
        left.setSpacing(12)
        sheet = Sheet("papers_ward_sheet", tight=True, spacing=0)
        sheet.body.addWidget(self.table)
        left.addWidget(sheet, 1)
        about = Sheet("papers_ward_current", spacing=8)
        about.body.addWidget(self._title)
        about.body.addWidget(self._about)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._field, 1)
        line.addStretch(0)
        line.addWidget(self.go, 0, Qt.AlignmentFlag.AlignBottom)
        about.body.addLayout(line)
        left.addWidget(about)
        row.addLayout(left, 1)
        self._beside.setLayout(self._column())
        row.addWidget(self._beside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        wide = event.size().width() >= _WIDE
        self._beside.setFixedWidth(_PAPER[not wide])
        if wide is not self._wide:
            self._wide = wide
            current = self.table.current()
            self.table.show_table(_columns(wide), self._rows())
            self.table.select(current)
        super().resizeEvent(event)

    # What the desk asks of a part

    def begin(self) -> None:
        """Puts the keyboard into the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def load(self) -> None:
        """Asks for the list."""
        self._context.room.ask(LookAtWardPapers(), self._show, self._refused)

    def primary(self) -> Primary:
        """The paper under the keyboard is made, here or at its own desk; without the right to, nothing is."""
        row, words = self._row(), tr("wardpapers.making" if self._making else "wardpapers.make")
        if row is not None and not WARD_PAPERS[row.paper].here:
            words = _to_desk(row)
        ready = row is not None and row.stop is Stop.NONE and not self._making
        return Primary(words, ready, tr("wardpapers.facts"))

    def act(self) -> None:
        """Makes the paper, or goes to the desk that does."""
        row = self._row()
        if row is None or self._making:
            return
        if row.stop is not Stop.NONE:
            self._note.say(self._stop_words(row), "ink2", "info")
            return
        if not WARD_PAPERS[row.paper].here:
            self._go()
            return
        self._note.say("")
        self._making = True
        self._changed()
        self._context.room.ask(_MAKING[row.paper](self.which.chosen()), self._made, self._not_made)

    def problem(self) -> str:
        """What stands above the paper."""
        return self._note.text()

    def about(self) -> str:
        """What stands below the list about the paper under the keyboard."""
        return self._about.accessibleName()

    # What is shown

    def _row(self) -> WardPaperRow | None:
        rows = () if self._board is None else self._board.rows
        return next((row for row in rows if row.paper == self.table.current()), None)

    def _show(self, board: WardPaperBoard) -> None:
        self._board = board
        self.table.show_rows(self._rows())
        if self.table.current() is None and board.rows:
            self.table.select(board.rows[0].paper)
        self._show_current()

    def _rows(self) -> list[Row]:
        """The rows of the table; the first of a group says which group it is."""
        groups: set[str] = set()
        rows = []
        for row in () if self._board is None else self._board.rows:
            kind = WARD_PAPERS[row.paper]
            group = "" if kind.group in groups else tr(f"wardpapers.group.{kind.group.value}")
            groups.add(kind.group)
            basis = (_basis(row),) if self._wide else ()
            rows.append(Row(row.paper, (group, self._name(row), *basis, _last(row))))
        return rows

    def _name(self, row: WardPaperRow) -> str:
        programme = "" if self._board is None else self._board.programme
        if row.paper is WardPaper.APPLICATION and programme:
            return tr(f"wardpapers.name.application_{programme}")
        return tr(f"wardpapers.name.{row.paper.value}")

    def _show_current(self) -> None:
        row = self._row()
        self._title.show_facts("" if row is None else _basis(row), "" if row is None else self._name(row))
        self._title.show_note("" if row is None else self._stop_words(row))
        self._about.say("" if row is None else tr(f"wardpapers.about.{row.paper.value}"))
        kind = None if row is None else WARD_PAPERS[row.paper]
        choices = () if row is None or kind is None or kind.choice is Choice.NONE else row.choices
        self._field.setVisible(bool(choices))
        if row is not None and kind is not None and choices:
            label = tr(f"wardpapers.choice.{kind.choice.value}")
            self._field.label.setText(label)
            self.which.setAccessibleName(label)
            self.which.offer((one.value, _choice_words(kind.choice, one)) for one in choices)
            self.which.choose(self._chosen.get(row.paper, choices[0].value))
        reachable = kind is not None and bool(kind.desk) and kind.here and row is not None and row.stop is not Stop.ROLE
        self.go.setVisible(reachable)
        if row is not None and reachable:
            self.go.say(_to_desk(row))
        self._changed()

    def _stop_words(self, row: WardPaperRow) -> str:
        return "" if row.stop is Stop.NONE else tr(f"wardpapers.stop.{row.stop.value}")

    def _keep_choice(self) -> None:
        row = self._row()
        if row is not None:
            self._chosen[row.paper] = self.which.chosen()

    # What happens

    def _made(self, paper: FreePaper) -> None:
        self._making = False
        self._keep(paper)
        self._offer()
        self._context.say(tr("wardpapers.made", title=paper.title, pages=paper.pages))
        self.load()

    def _not_made(self, problem: Problem) -> None:
        self._making = False
        self._changed()
        self._refused(problem)

    def _go(self) -> None:
        row = self._row()
        kind = None if row is None else WARD_PAPERS[row.paper]
        if row is None or kind is None or not kind.desk:
            return
        place = dict(_PLACES.get(row.paper, {}))
        if row.paper is WardPaper.REGISTER:
            place["register"] = self.which.chosen()
        elif kind.choice in (Choice.INSPECTION, Choice.INCIDENT) and self.which.chosen():
            place["entry"] = self.which.chosen()
        self._context.go(kind.desk, **place)


def _columns(wide: bool) -> tuple[Column, ...]:
    """In a small window the basis stands below the list only."""
    basis = (Column(tr("wardpapers.table.basis"), 150, "detail"),) if wide else ()
    return (
        Column(tr("wardpapers.table.group"), 112, "detail"),
        Column(tr("wardpapers.table.name"), 0, "strong"),
        *basis,
        Column(tr("wardpapers.table.last"), 172, "detail"),
    )


def _to_desk(row: WardPaperRow) -> str:
    return tr("wardpapers.to_desk", desk=tr(f"wardpapers.desk.{WARD_PAPERS[row.paper].desk}"))


def _basis(row: WardPaperRow) -> str:
    clauses = clause_words(WARD_PAPERS[row.paper].clauses)
    if not japanese():
        clauses = clauses.replace("〜", "–").replace("・", ", ")
    return tr("wardpapers.clauses", clauses=clauses) if clauses else tr("wardpapers.no_clause")


def _last(row: WardPaperRow) -> str:
    if row.stop is Stop.ROLE:
        return tr("wardpapers.stop.role")
    if row.made_at is None:
        return tr("wardpapers.never")
    return tr("wardpapers.last", when=short_day(row.made_at.date()), who=row.made_by)


def _choice_words(choice: Choice, one: PaperChoice) -> str:
    if choice is Choice.YEAR:
        return tr("wardpapers.year_count", year=fiscal_year(int(one.value)), count=one.count)
    if choice is Choice.REGISTER:
        return tr(f"registers.name.{one.value}")
    if not one.value or one.day is None:
        return tr("wardpapers.blank")
    return tr("wardpapers.entry", day=short_day(one.day), title=one.title, entry=one.value)
