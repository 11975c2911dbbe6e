"""本人宛の文書: who gets one now, who has one, whose stops and why; one sheet to look at; the request."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from walkdesk.domain.problem import Problem
from walkdesk.messages.common import Done, ScreenPaper
from walkdesk.messages.papers import LetterPlan, LookAtPapers, PaperChoices, PlanLetters, PreviewLetter
from walkdesk.messages.releases import ContentChoice, RequestLetters
from walkdesk.ui.forms import Form
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.look.parts.buttons import QuietButton
from walkdesk.ui.look.parts.edits import ComboBox, LineEdit
from walkdesk.ui.look.parts.fields import Note
from walkdesk.ui.look.parts.notes import EmptyState
from walkdesk.ui.look.parts.preview import PdfPreview
from walkdesk.ui.look.parts.sheet import Sheet, SheetHead
from walkdesk.ui.look.parts.sums import SumPart, SumStrip
from walkdesk.ui.look.parts.table import Column, FactsTable, Row
from walkdesk.ui.look.parts.text import Paragraph
from walkdesk.ui.look.tokens import DETAIL
from walkdesk.ui.papers.part import Primary
from walkdesk.ui.shell.page import PageContext
from walkdesk.ui.words import audience_words

_CODES = {
    "releases.purpose": "papers_purpose",
    "releases.names": "papers_purpose",
    "papers.not_in_audience": "papers_one",
    "papers.not_for_one": "papers_one",
    "reception.unknown_number": "papers_one",
}


class LettersPart(QWidget):
    """Papers to participants: which, to whom, what for."""

    def __init__(self, context: PageContext, requested: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("papers_letters")
        self._context = context
        self._requested = requested
        self._plan: LetterPlan | None = None
        self._choices: tuple[ContentChoice, ...] = ()
        self._usual = ""
        self._planned_for = ""
        """The one person's number with which was asked last; "" for everybody."""
        self.form = Form("papers_form", _CODES)
        self.paper = ComboBox("papers_paper")
        self.audience = ComboBox("papers_audience")
        self.one = LineEdit("papers_one", tr("papers.one_example"), max_length=20)
        self.purpose = LineEdit("papers_purpose", tr("papers.purpose_example"), max_length=80)
        self._sum = SumStrip("papers_sum", tr("papers.letters_unit"))
        columns = (
            Column(tr("papers.stopped.number"), 96, "strong"),
            Column(tr("papers.stopped.name"), 128),
            Column(tr("papers.stopped.reason"), 0, "detail"),
        )
        self.stopped = FactsTable(columns, "papers_stopped", tr("papers.stopped.title"), row_height=36)
        self._to_person = QuietButton(tr("papers.to_person"), "papers_to_person", cap="Enter", icon="arrow-right")
        self.preview = PdfPreview("papers_preview", tr("papers.sample"))
        self._sample = Note("papers_sample_problem")
        self._lay_out()
        self.paper.activated.connect(lambda _index: self._choose_paper())
        self.audience.activated.connect(lambda _index: self._ask_plan())
        self.one.editingFinished.connect(self._one_changed)
        self.stopped.opened.connect(self._go_to_person)
        self._to_person.clicked.connect(lambda: self._go_to_person(self.stopped.current()))
        self.stopped.current_changed.connect(self._show_why)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        left = QVBoxLayout()
        left.setSpacing(12)
        who = Sheet("papers_who", spacing=10)
        self.form.row(
            self.form.field(tr("papers.paper"), self.paper),
            self.form.field(tr("papers.audience.label"), self.audience),
            spans=(6, 6),
        )
        self.form.row(
            self.form.field(tr("papers.one"), self.one),
            self.form.field(tr("papers.purpose"), self.purpose),
            spans=(4, 8),
        )
        self.form.finish()
        who.body.addWidget(self.form)
        who.body.addWidget(self._sum)
        left.addWidget(who)
        left.addWidget(self._lay_out_stopped(), 1)
        row.addLayout(left, 1)
        beside = QVBoxLayout()
        beside.setSpacing(4)
        beside.addWidget(self._sample)
        beside.addWidget(self.preview, 1)
        ground = QWidget()
        ground.setLayout(beside)
        beside.setContentsMargins(0, 0, 0, 0)
        ground.setFixedWidth(410)
        row.addWidget(ground)

    def _lay_out_stopped(self) -> QWidget:
        sheet = Sheet("papers_stopped_sheet", tight=True, spacing=0)
        head = QWidget()
        line = QVBoxLayout(head)
        line.setContentsMargins(19, 8, 10, 2)
        self._stopped_head = SheetHead(tr("papers.stopped.title"), right=(self._to_person,), facts_tone="warn")
        line.addWidget(self._stopped_head)
        sheet.body.addWidget(head)
        self._none = EmptyState("check-circle", tr("papers.stopped.none"), name="papers_none_stopped")
        self._lists = QStackedWidget()
        self._lists.addWidget(self.stopped)
        self._lists.addWidget(self._none)
        # Two rows of the table are enough in a small window.
        self._lists.setMinimumHeight(72)
        sheet.body.addWidget(self._lists, 1)
        self._why = Paragraph("", DETAIL, "ink", name="papers_why")
        self._why.setContentsMargins(20, 6, 20, 6)
        sheet.body.addWidget(self._why)
        return sheet

    def _show_why(self, number: object) -> None:
        """The whole sentence of the row under the keyboard: the table has room for its beginning only."""
        self._to_person.setEnabled(number is not None)
        letters = () if self._plan is None else self._plan.stopped
        found = next((letter for letter in letters if letter.number == number), None)
        self._why.say("" if found is None else sentence(found.reason.problem()))
        self._why.setVisible(found is not None)

    def begin(self) -> None:
        """Puts the keyboard where a person starts."""
        self.paper.setFocus(Qt.FocusReason.OtherFocusReason)

    def load(self) -> None:
        """Asks what can be sent, and who would get it now."""
        self._context.room.ask(LookAtPapers(), self._offer, self._refused)

    def _offer(self, choices: PaperChoices) -> None:
        """Offers the papers; what was chosen stays chosen."""
        if self._choices != choices.papers:
            self._choices, chosen = choices.papers, self.paper.chosen()
            self.paper.offer((one.key, tr(f"releases.paper.{one.key}")) for one in choices.papers)
            self.paper.choose(chosen)
            self._offer_audiences()
        self._spell_purpose()
        self._ask_plan()

    def _choose_paper(self) -> None:
        self._offer_audiences()
        self._spell_purpose()
        self._ask_plan()

    def _offer_audiences(self) -> None:
        chosen = self.audience.chosen()
        audiences = next((one.audiences for one in self._choices if one.key == self.paper.chosen()), ())
        self.audience.offer((key, audience_words(key)) for key in audiences)
        self.audience.choose(chosen)

    def _spell_purpose(self) -> None:
        """The usual purpose of the paper, where nothing else was typed."""
        usual = tr("papers.purpose_usual", paper=self.paper.currentText())
        if self.purpose.text() in ("", self._usual):
            self.purpose.respell(usual)
        self._usual = usual

    def _one_changed(self) -> None:
        if self.one.text().strip() != self._planned_for:
            self._ask_plan()

    def _ask_plan(self) -> None:
        self.form.clear_problems()
        self._planned_for = self.one.text().strip()
        if not self.audience.chosen():
            self._show(LetterPlan(self.paper.chosen(), "", 0, 0, (), ""))
            return
        question = PlanLetters(self.audience.chosen(), self.paper.chosen(), self._planned_for)
        self._context.room.ask(question, self._show, self._refused)

    def ready(self) -> int:
        """How many letters would go."""
        return 0 if self._plan is None else self._plan.ready

    def primary(self) -> Primary:
        """The request with its count."""
        ready = self.ready()
        words = tr("papers.request_count", count=ready) if ready else tr("papers.request")
        return Primary(words, bool(ready), tr("papers.letters_facts"))

    def act(self) -> None:
        """Asks the second person to let them go."""
        self.form.clear_problems()
        if not self.form.filled("papers_purpose"):
            return
        if self.one.text().strip() != self._planned_for:
            self._ask_plan()  # What is asked for is what was counted and shown.
            return
        purpose = self.form.text("papers_purpose")
        message = RequestLetters(self.audience.chosen(), purpose, self.paper.chosen(), self._planned_for)
        self._context.room.ask(message, self._asked, self.form.show_problem)

    def _refused(self, problem: Problem) -> None:
        self._show(LetterPlan(self.paper.chosen(), self.audience.chosen(), 0, 0, (), ""))
        self.form.show_problem(problem)

    def _show(self, plan: LetterPlan) -> None:
        if (plan.paper, plan.audience) != (self.paper.chosen(), self.audience.chosen()):
            return  # Another paper was chosen while this answer was on its way.
        self._plan = plan
        people = plan.ready + plan.already_sent + len(plan.stopped)
        self._sum.show_sum(
            SumPart(tr("papers.sum.people"), people, icon="people"),
            (
                SumPart(tr("papers.sum.ready"), plan.ready, icon="document", fill="accent"),
                SumPart(tr("papers.sum.sent"), plan.already_sent, icon="check", icon_tone="ok", fill="bar"),
                SumPart(tr("papers.sum.stopped"), len(plan.stopped), icon="warning", icon_tone="warn", fill="warnmark"),
            ),
        )
        self.stopped.show_rows(
            Row(letter.number, (letter.number, letter.name, sentence(letter.reason.problem())))
            for letter in plan.stopped
        )
        count = len(plan.stopped)
        self._stopped_head.show_facts(tr("papers.stopped.count", count=count) if count else "")
        self._lists.setCurrentWidget(self.stopped if count else self._none)
        question = PreviewLetter(plan.first, plan.paper, plan.audience)
        self._context.room.ask(question, self._show_letter, self._no_letter)
        self._requested()

    def _show_letter(self, paper: ScreenPaper) -> None:
        nobody = self._plan is None or not self._plan.first
        self._sample.say(tr("papers.no_first") if nobody else "", "ink2", "info")
        self.preview.show_paper(paper.pdf, paper.title, tr("papers.sample"))

    def _no_letter(self, problem: Problem) -> None:
        self.preview.clear()
        self._sample.say(sentence(problem))

    def _asked(self, done: Done) -> None:
        self.purpose.clear()
        self.one.clear()
        words = {"count": done.facts["count"], "release": done.facts["release"], "ledger": done.ledger}
        self._context.say(tr("papers.requested", **words))
        self._context.go("releases", release=str(done.facts["release"]))

    def _go_to_person(self, number: object) -> None:
        if number is not None:
            self._context.go("reception", number=str(number))
