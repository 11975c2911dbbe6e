"""消去証明書: the paper, the checks, and the ward's confirmation (clause 12)."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from walkdesk.domain.contract import ContractState
from walkdesk.domain.problem import Problem
from walkdesk.messages.audit import AcknowledgeErasure, AuditBoard, CertificateChecks, CheckCertificate, LookAtAudit
from walkdesk.messages.closeout import CertificateFiles, MakeCertificate, TakeCertificate
from walkdesk.messages.common import Done, FreePaper
from walkdesk.messages.door import ContractCard
from walkdesk.ui.audit.checks import CheckList, ShownCheck, in_words
from walkdesk.ui.closeout.certificate import write_certificate
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.lists import comma
from walkdesk.ui.look.parts.buttons import OutlineButton, PrimaryButton, SmallButton
from walkdesk.ui.look.parts.edits import ComboBox, LineEdit
from walkdesk.ui.look.parts.fields import Note
from walkdesk.ui.look.parts.notes import Callout, EmptyState
from walkdesk.ui.look.parts.preview import PdfPreview
from walkdesk.ui.look.parts.sheet import PageHead, Sheet, page_column, scrolling
from walkdesk.ui.look.parts.text import Label, Paragraph, detail
from walkdesk.ui.look.tokens import FIGURE, LABEL
from walkdesk.ui.out.exits import choose_folder
from walkdesk.ui.shell.page import Page, PageContext
from walkdesk.ui.sideform import SideForm
from walkdesk.ui.words import fiscal_year, programme_word

_PAPER, _PAPER_NARROW, _WIDE = 430, 340, 1100


class _OwnEnter(LineEdit):
    """A line whose Enter is its own, not the page's main button."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter:
                event.accept()
                return True
        return super().event(event)


class AcknowledgeForm(SideForm):
    """The officer who confirms: post, name, what was looked at."""

    def __init__(self) -> None:
        super().__init__(
            "audit_acknowledge",
            tr("audit.acknowledge.title"),
            tr("audit.acknowledge.save"),
            tr("audit.acknowledge.text"),
            icon="stamp",
            codes={"audit.officer": "audit_post", "audit.remark": "audit_remark"},
        )
        self.post = self.add(tr("audit.acknowledge.post"), LineEdit("audit_post", max_length=60))
        self.name = self.add(tr("audit.acknowledge.name"), LineEdit("audit_name", max_length=60))
        self.remark = self.add(
            tr("audit.acknowledge.remark"), LineEdit("audit_remark", tr("audit.acknowledge.example"), max_length=120)
        )

    def message(self, contract: str) -> AcknowledgeErasure | None:
        """What is confirmed; ``None`` after a problem was shown."""
        self.form.clear_problems()
        if not self.form.filled("audit_post", "audit_name"):
            return None
        values = (self.post.text().strip(), self.name.text().strip(), self.remark.text().strip())
        return AcknowledgeErasure(contract, *values)


class CertificatePage(Page):
    """The page. Place: ``contract`` is the id of the contract whose certificate is looked at."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._board: AuditBoard | None = None
        self._card: ContractCard | None = None
        self._contract = ""
        self._paper: FreePaper | None = None
        self._checks: CertificateChecks | None = None
        self._save = OutlineButton(tr("audit.save_certificate"), "audit_save", key="Ctrl+S", icon="download")
        self._primary = PrimaryButton(tr("audit.acknowledge_button"), "audit_acknowledge_button", key="Enter")
        self._head = PageHead(tr("audit.certificate"), buttons=(self._save, self._primary))
        self.which = ComboBox("audit_which")
        self.which.setAccessibleName(tr("audit.which"))
        self.preview = PdfPreview("audit_preview", tr("audit.no_certificates"))
        self.callout = Callout("clock", tr("audit.checking"), kind="warn", name="audit_outcome")
        self._again = SmallButton(tr("audit.again"), "audit_again", key="F5")
        self.list = CheckList("audit_checks")
        self.checkpoint = _OwnEnter("audit_checkpoint", tr("audit.checkpoint_example"), number=True, max_length=60)
        self._compare = SmallButton(tr("audit.compare"), "audit_compare")
        self._note = Note("audit_problem")
        self._grade = Label("", FIGURE, "ink", name="audit_grade")
        self._grade_words = Paragraph("", LABEL, "ink", name="audit_grade_words")
        self._outside = Paragraph("", LABEL, "ink", name="audit_outside")
        self.form = AcknowledgeForm()
        self._right, self._whole = QStackedWidget(), QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = page_column(self)
        column.addWidget(self._head)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(18)
        self._left = QWidget()
        paper = QVBoxLayout(self._left)
        paper.setContentsMargins(0, 0, 0, 0)
        paper.setSpacing(8)
        paper.addWidget(self.which)
        paper.addWidget(self.preview, 1)
        row.addWidget(self._left)
        checks = QWidget()
        beside = QVBoxLayout(checks)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(12)
        self.callout.row.addWidget(self._again)
        beside.addWidget(self.callout)
        beside.addWidget(self._note)
        beside.addWidget(self._lay_out_checks(), 1)
        beside.addLayout(self._lay_out_foot())
        self._right.addWidget(checks)
        self._right.addWidget(self.form)
        row.addWidget(self._right, 1)
        self._whole.addWidget(whole)
        self._whole.addWidget(EmptyState("medal", tr("audit.no_certificates"), name="audit_none"))
        column.addWidget(self._whole, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._left.setFixedWidth(_PAPER if event.size().width() >= _WIDE else _PAPER_NARROW)
        super().resizeEvent(event)

    def _lay_out_checks(self) -> QWidget:
        sheet = Sheet("audit_checks_sheet", spacing=6)
        sheet.body.setContentsMargins(20, 6, 20, 12)
        inside = QWidget()
        inside.setObjectName("scrolled")
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.list)
        lines.addStretch(1)
        sheet.body.addWidget(scrolling(inside, "audit_checks_scroll"), 1)
        line = QHBoxLayout()
        line.setSpacing(10)
        label = detail(tr("audit.checkpoint"))
        label.setBuddy(self.checkpoint)
        self.checkpoint.setAccessibleName(tr("audit.checkpoint"))
        line.addWidget(label)
        line.addWidget(self.checkpoint, 1)
        line.addWidget(self._compare)
        sheet.body.addLayout(line)
        return sheet

    def _lay_out_foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(12)
        grade = Sheet("audit_grade_sheet", spacing=2)
        grade.body.setContentsMargins(18, 10, 18, 10)
        grade.body.addWidget(detail(tr("audit.grade")))
        line = QHBoxLayout()
        line.setSpacing(14)
        line.addWidget(self._grade, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._grade_words, 1)
        grade.body.addLayout(line)
        grade.body.addStretch(1)
        outside = Sheet("audit_outside_sheet", spacing=2)
        outside.body.setContentsMargins(18, 10, 18, 10)
        outside.body.addWidget(detail(tr("audit.outside")))
        outside.body.addWidget(self._outside)
        outside.body.addStretch(1)
        foot.addWidget(grade, 1)
        foot.addWidget(outside, 1)
        return foot

    def _connect(self) -> None:
        self._primary.clicked.connect(self._begin)
        self._save.clicked.connect(self._save_files)
        self._again.clicked.connect(self._check)
        self._compare.clicked.connect(self._check)
        self.checkpoint.returnPressed.connect(self._check)
        self.which.activated.connect(lambda _index: self._choose(self.which.chosen()))
        self.form.submitted.connect(self._acknowledge)
        self.form.cancelled.connect(self._show_checks)

    # What is there

    def enter(self, **place: Any) -> None:
        self._contract = str(place.get("contract") or self._contract)
        self.context.room.ask(LookAtAudit(), self._show_board)

    def place(self) -> dict[str, Any]:
        return {"contract": self._contract} if self._contract else {}

    def changed(self, changes: Any) -> None:
        if changes.areas & {"audit", "closeout", "contracts"} and self.is_here():
            self.context.room.ask(LookAtAudit(), self._show_board)

    def _show_board(self, board: AuditBoard) -> None:
        self._board = board
        cards = [card for card in board.contracts if card.contract in board.certificates]
        self._whole.setCurrentIndex(0 if cards else 1)
        self._save.setVisible(bool(cards))
        self._primary.setVisible(bool(cards))
        self.which.setVisible(len(cards) > 1)
        if not cards:
            self._head.show_facts("")
            return
        self.which.offer((card.contract, _title(card)) for card in cards)
        known = [card.contract for card in cards]
        self._choose(self._contract if self._contract in known else known[0])

    def _choose(self, contract: str) -> None:
        assert self._board is not None
        self._contract = contract
        self.which.choose(contract)
        self._card = next(card for card in self._board.contracts if card.contract == contract)
        self._head.show_facts(_title(self._card))
        self._show_checks()
        self.context.room.ask(MakeCertificate(contract), self._show_paper, self._refused)
        self._check()

    def _show_paper(self, paper: FreePaper) -> None:
        self._paper = paper
        self.preview.show_paper(paper.pdf, paper.title, tr("closeout.original"))

    def problem(self) -> str:
        """What the page says besides its lists: a problem, or the outcome of a check."""
        return self._note.text()

    def _refused(self, problem: Problem) -> None:
        self._note.say(sentence(problem))

    # Checks

    def _check(self) -> None:
        self._note.say("")
        question = CheckCertificate(self._contract, self.checkpoint.text().strip())
        self.context.room.ask(question, self._show_outcome, self._refused)

    def _show_outcome(self, checks: CertificateChecks) -> None:
        self._checks = checks
        lines = [in_words(line) for line in checks.checks]
        done = self._card is not None and self._card.state is ContractState.ACKNOWLEDGED
        confirmed = tr("audit.check.ward.text" if done else "audit.check.ward.text_open")
        lines.append(ShownCheck(tr("audit.check.ward.title"), confirmed, True if done else None))
        self.list.show_lines(lines)
        wrong = sum(line.holds is False for line in lines)
        held = sum(line.holds is True for line in lines)
        if wrong:
            self.callout.show_message(
                "alert", tr("audit.outcome_wrong", count=wrong), tr("audit.outcome_wrong_detail"), "danger"
            )
        else:
            waiting = len(lines) - held
            words = tr("audit.outcome_open", count=waiting) if waiting else tr("audit.outcome_detail")
            result = tr("audit.result", result=tr(f"ledger.certificate.result.{checks.result}"))
            words = f"{result}　{words}"
            self.callout.show_message("check-circle", tr("audit.outcome", count=held), words)
        self._grade.setText(checks.grade)
        self._grade_words.say(tr(f"ledger.certificate.grade_reason.{checks.grade}"))
        outside = [tr(f"ledger.certificate.not_covered.{code}") for code in checks.not_covered]
        shown = comma().join(outside[:3])
        more = tr("audit.outside_more", count=len(outside) - 3) if len(outside) > 3 else ""
        self._outside.say(f"{shown}{more}")
        self._outside.setToolTip("\n".join(outside))
        self._show_primary()
        self.context.say(tr("audit.checked", number=checks.number))

    def _show_primary(self) -> None:
        erased = self._card is not None and self._card.state is ContractState.ERASED
        at_form = self._right.currentWidget() is self.form
        self._primary.setVisible(erased and not at_form and self.context.role == "auditor")

    def _show_checks(self) -> None:
        self._right.setCurrentIndex(0)
        self._show_primary()
        self._again.setFocus(Qt.FocusReason.OtherFocusReason)

    # The ward confirms

    def _begin(self) -> None:
        person = self.context.person
        self.form.post.setText(person.post)
        self.form.name.setText(person.name)
        self._right.setCurrentWidget(self.form)
        self._show_primary()
        self.form.begin()

    def _acknowledge(self) -> None:
        message = self.form.message(self._contract)
        if message is not None:
            self.context.room.ask(message, self._acknowledged, self.form.form.show_problem)

    def _acknowledged(self, done: Done) -> None:
        def then(board: AuditBoard) -> None:
            self._show_board(board)
            self.context.say(tr("audit.acknowledged", number=done.facts["number"], ledger=done.ledger))

        self.context.room.ask(LookAtAudit(), then)

    # The files

    def _save_files(self) -> None:
        paper = self._paper
        folder = choose_folder(self, tr("closeout.save_title")) if paper is not None else None
        if paper is None or folder is None:
            return

        def write(files: CertificateFiles) -> None:
            try:
                written = write_certificate(folder, paper, files)
            except Problem as problem:
                self._refused(problem)
            else:
                self.context.say(tr("closeout.saved", number=files.number, count=len(written), folder=folder.name))

        self.context.room.ask(TakeCertificate(self._contract), write, self._refused)


def _title(card: ContractCard) -> str:
    return f"{card.number}　{programme_word(card)}　{fiscal_year(card.year)}"


