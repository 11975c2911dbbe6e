"""The page: choose a file, look at what it would do, take it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from walkdesk.domain.problem import Problem
from walkdesk.messages.cards import CardBoard, LookAtCards
from walkdesk.messages.common import Done, Progress
from walkdesk.messages.reception import CommitImport, ImportPreview, PreviewImport
from walkdesk.ui.forms import Form
from walkdesk.ui.imports.preview import PreviewView
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts import (
    ComboBox,
    EmptyState,
    LineEdit,
    OutlineButton,
    PageHead,
    PrimaryButton,
    ProgressLine,
    Sheet,
    page_column,
    scrolling,
)
from walkdesk.ui.shell.page import Page, PageContext
from walkdesk.ui.words import full_month

_KINDS = ("ward_list", "app_users", "app_steps", "paper_cards")
_OF_MONTH = frozenset({"app_steps", "paper_cards"})
_CODES = {
    "reception.file_": "imports_path",
    "reception.unknown_kind": "imports_kind",
    "exchange.": "imports_path",
    "cards.month_": "imports_month",
    "dates.": "imports_month",
}


class ImportsPage(Page):
    """取込み. Place: ``kind`` of file."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.setAcceptDrops(True)
        self._preview: ImportPreview | None = None
        self._ticket = 0
        column = page_column(self)
        self._back = OutlineButton(tr("imports.back"), "imports_back", key="Esc")
        self._again = OutlineButton(tr("imports.again"), "imports_again", key="Alt+R")
        self._look = PrimaryButton(tr("imports.look"), "imports_look", key="Enter")
        self._take = PrimaryButton("", "imports_take", key="Ctrl+S")
        self._head = PageHead(
            tr("imports.title"), tr("imports.facts"), [self._back, self._again, self._look, self._take]
        )
        column.addWidget(self._head)
        self._choice = self._lay_out_choice()
        column.addWidget(self._choice)
        self._progress = ProgressLine("imports_progress")
        self._progress.cancelled.connect(self._cancel)
        column.addWidget(self._progress)
        self.preview = PreviewView()
        self._stack = QStackedWidget()
        empty = Sheet("imports_empty_sheet")
        empty.body.addWidget(EmptyState("inbox", tr("imports.empty"), name="imports_empty"))
        self._stack.addWidget(empty)
        self._stack.addWidget(scrolling(self.preview, "imports_scroll"))
        column.addWidget(self._stack, 1)
        self._back.clicked.connect(lambda: self.context.go("reception"))
        self._again.clicked.connect(self._begin_again)
        self._look.clicked.connect(self._ask_preview)
        self._take.clicked.connect(self._commit)
        self._show_step()

    def _lay_out_choice(self) -> QWidget:
        sheet = Sheet("imports_choice")
        self.form = Form("imports_form", _CODES)
        self._kind = ComboBox("imports_kind", [(kind, tr(f"imports.kind_{kind}")) for kind in _KINDS])
        self._kind.currentIndexChanged.connect(lambda _index: self._show_month())
        self._path = LineEdit("imports_path", tr("imports.path_hint"), max_length=1000)
        self._choose = OutlineButton(tr("imports.choose"), "imports_choose", key="Ctrl+O")
        self._choose.clicked.connect(self._choose_file)
        beside = QWidget()
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        path = self.form.field(tr("imports.path"), self._path, True)
        row.addWidget(path, 1, Qt.AlignmentFlag.AlignTop)
        # The button stands beside the line, below the height of its label.
        below = QVBoxLayout()
        below.setSpacing(0)
        below.addSpacing(path.label.sizeHint().height() + 4)
        below.addWidget(self._choose)
        below.addStretch(1)
        row.addLayout(below)
        self._month = ComboBox("imports_month")
        self._month_field = self.form.field(tr("imports.month"), self._month, True)
        which = QWidget()
        pair = QHBoxLayout(which)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(16)
        pair.addWidget(self.form.field(tr("imports.kind"), self._kind), 3, Qt.AlignmentFlag.AlignTop)
        pair.addWidget(self._month_field, 2, Qt.AlignmentFlag.AlignTop)
        self.form.row(which, beside, spans=(5, 7))
        self.form.finish()
        sheet.body.addWidget(self.form)
        return sheet

    def enter(self, **place: Any) -> None:
        if place.get("kind") in _KINDS:
            self._kind.choose(str(place["kind"]))
        self.context.room.ask(LookAtCards(), self._offer_months, lambda _problem: None)
        self._show_month()
        if self._preview is None:
            self._path.setFocus()

    def place(self) -> dict[str, Any]:
        return {"kind": self._kind.chosen()}

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self._path.setText(url.toLocalFile())
                event.acceptProposedAction()
                return

    # Choosing

    def _offer_months(self, board: CardBoard) -> None:
        before = self._month.chosen()
        self._month.offer((month, full_month(month)) for month in reversed(board.months))
        self._month.choose(before or board.month)

    def _show_month(self) -> None:
        self._month_field.setVisible(self._kind.chosen() in _OF_MONTH)

    def _choose_file(self) -> None:
        path, _filter = QFileDialog.getOpenFileName(self, tr("imports.choose"), "", tr("imports.files"))
        if path:
            self._path.setText(path)
            self._look.setFocus()

    def _ask_preview(self) -> None:
        self.form.clear_problems()
        if not self.form.filled("imports_path"):
            return
        kind = self._kind.chosen()
        month = self._month.chosen() if kind in _OF_MONTH else ""
        if kind in _OF_MONTH and not month:
            self.form.filled("imports_month")
            return
        self._look.setEnabled(False)
        path = str(Path(self.form.text("imports_path").strip('"')).expanduser())
        self._ticket = self.context.room.ask(
            PreviewImport(kind, path, month), self._show_preview, self._refused, self._show_progress
        )

    # What came back

    def _show_preview(self, preview: ImportPreview) -> None:
        self._progress.hide()
        self._look.setEnabled(True)
        self._preview = preview
        self.preview.show_preview(preview)
        self._show_step()
        self.preview.form.begin()

    def _refused(self, problem: Problem) -> None:
        self._progress.hide()
        self._look.setEnabled(True)
        self._take.setEnabled(True)
        if self._preview is not None and not problem.code.startswith("reception.preview_"):
            self.preview.form.show_problem(problem)
            return
        self._preview = None
        self._show_step()
        self.form.show_problem(problem)

    def _show_progress(self, progress: Progress) -> None:
        self._progress.show_progress(tr("imports.working"), progress.done, progress.total)

    def _cancel(self) -> None:
        self.context.room.cancel(self._ticket)
        self._progress.hide()
        self._look.setEnabled(True)
        self._take.setEnabled(True)

    def _show_step(self) -> None:
        chosen = self._preview is not None
        self._back.setVisible(not chosen)
        self._look.setVisible(not chosen)
        self._again.setVisible(chosen)
        self._take.setVisible(chosen)
        self._choice.setVisible(not chosen)
        self._stack.setCurrentIndex(1 if chosen else 0)
        if self._preview is not None:
            count = self._preview.accepted + self._preview.doubtful
            self._take.say(tr("imports.take", count=count))
            self._take.forbid("" if count else tr("imports.nothing"))

    def _begin_again(self) -> None:
        self._preview = None
        self.form.clear_problems()
        self._show_step()
        self._path.setFocus()

    def _commit(self) -> None:
        source = self.preview.source()
        if self._preview is None or not source:
            return
        self._take.setEnabled(False)
        message = CommitImport(self._preview.ticket, source)
        self._ticket = self.context.room.ask(message, self._taken, self._refused, self._show_progress)

    def _taken(self, done: Done) -> None:
        self._progress.hide()
        assert self._preview is not None
        doubtful = self._preview.doubtful
        count = self._preview.accepted + doubtful
        self._preview = None
        self._path.clear()
        self.preview.form.reset()
        self._show_step()
        self._take.setEnabled(True)
        self.context.say(tr("imports.taken", count=count, doubtful=doubtful, ledger=done.ledger))
        self.context.go("reception", only="doubtful" if doubtful else "all")
