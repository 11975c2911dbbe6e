"""The page that a wording makes, beside its editor: for nobody or for one person, and whose page would stop."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from walkdesk.domain.problem import Problem
from walkdesk.messages.releases import StoppedRow
from walkdesk.messages.wordings import WordingCheck, WordingPreview
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.look.parts.edits import LineEdit
from walkdesk.ui.look.parts.fields import Note
from walkdesk.ui.look.parts.preview import PdfPreview
from walkdesk.ui.look.parts.table import Column, FactsTable, Row
from walkdesk.ui.look.parts.text import Label, Paragraph
from walkdesk.ui.look.tokens import BODY_BOLD, DETAIL

_ROWS = 3


class WordingPage(QWidget):
    """``person_changed`` tells that another person's page is wanted."""

    person_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[StoppedRow, ...] = ()
        self.person = LineEdit("wordings_person", tr("wordings.sample_example"), number=True, max_length=20, kept=False)
        self.person.setAccessibleName(tr("wordings.sample_label"))
        self.person.setToolTip(tr("wordings.sample_hint"))
        self._label = Label(tr("wordings.sample_label"), BODY_BOLD)
        self._stopped = Note("wordings_stopped")
        self._check = Note("wordings_check")
        columns = (Column(tr("papers.stopped.number"), 96, "strong"), Column(tr("papers.stopped.name"), 0))
        self.table = FactsTable(columns, "wordings_table", tr("papers.stopped.title"), side=8, row_height=32)
        self._why = Paragraph("", DETAIL, "ink", name="wordings_why")
        self.preview = PdfPreview("wordings_preview", tr("wordings.preview_empty"))
        self._lay_out()
        self.person.textEdited.connect(lambda _text: self.person_changed.emit())
        self.table.current_changed.connect(self._show_why)
        self.table.opened.connect(self._show_person)
        self.forget_check()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._label)
        row.addWidget(self.person, 1)
        column.addLayout(row)
        for widget in (self._stopped, self._check, self.table, self._why):
            column.addWidget(widget)
        column.addWidget(self.preview, 1)

    def offer_people(self, personal: bool) -> None:
        """Whether this paper goes to persons."""
        self._label.setVisible(personal)
        self.person.setVisible(personal)
        if not personal:
            self.person.clear()

    def number(self) -> str:
        """Whose page is wanted; "" for nobody's."""
        return self.person.text().strip()

    def show_page(self, shown: WordingPreview) -> None:
        """Another page, at the place that was seen; where there is none, why, above the one before."""
        if shown.stopped is not None:
            self.say(sentence(shown.stopped.problem()))
        elif shown.page is not None:
            self._stopped.say("")
            place = self.preview.page() - 1
            self.preview.show_paper(shown.page.pdf, shown.page.title)
            self.preview.go_to(place)

    def say(self, text: str) -> None:
        """Why the page is not the one of what is typed."""
        behind = tr("wordings.preview_behind") if self.preview.pages() else ""
        self._stopped.say(f"{text}{behind}")

    def problem(self) -> str:
        """What stands above the page."""
        return self._stopped.text()

    def show_check(self, check: WordingCheck) -> None:
        """What came of trying everyone."""
        self._rows = check.rows
        if not check.people:
            self._check.say(tr("wordings.check_nobody"), "ink2", "info")
        elif not check.stopped:
            self._check.say(tr("wordings.check_fine", people=check.people), "ok", "check")
        else:
            more = check.stopped - len(check.rows)
            text = tr("wordings.check_stopped", people=check.people, stopped=check.stopped)
            self._check.say(text + (tr("wordings.check_more", count=more) if more else ""), "warn", "warning")
        self.table.setVisible(bool(check.rows))
        self.table.show_rows(Row(row.number, (row.number, row.name)) for row in check.rows)
        self.table.fit_height(_ROWS)
        if check.rows:
            self.table.select(check.rows[0].number)

    def show_progress(self, done: int) -> None:
        """How many were tried."""
        self._check.say(tr("wordings.checking", done=done), "ink2", "info")

    def forget_check(self) -> None:
        """The text is another one: nobody was tried with it yet."""
        self._rows = ()
        self._check.say("")
        self.table.show_rows(())
        self.table.hide()
        self._why.hide()

    def refuse_check(self, problem: Problem) -> None:
        """Nobody could be tried; a text that is typed on is no reason to say anything."""
        self._check.say("" if problem.code == "shell.cancelled" else sentence(problem))

    def checked(self) -> str:
        """What was said of everyone."""
        return self._check.text()

    def _show_why(self, number: object) -> None:
        found = next((row for row in self._rows if row.number == number), None)
        self._why.say("" if found is None else sentence(found.reason.problem()))
        self._why.setVisible(found is not None)

    def _show_person(self, number: object) -> None:
        self.person.setText(str(number))
        self.person_changed.emit()
