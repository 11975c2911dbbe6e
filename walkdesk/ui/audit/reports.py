"""取扱状況報告書 (clause 14) and 監査資料 (clauses 15 to 17) for a contract and a period: looked at, printed, saved."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from walkdesk.domain.problem import Problem
from walkdesk.messages.audit import AuditBoard, AuditPack, LookAtAudit, MakeAuditPack, MakeStatusReport
from walkdesk.messages.common import FreeFile, FreePaper
from walkdesk.messages.door import ContractCard
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.look.parts import ComboBox, DateField, OutlineButton, PageHead, page_column, scrolling
from walkdesk.ui.look.parts.preview import PdfPreview
from walkdesk.ui.out.exits import choose_folder, write_file
from walkdesk.ui.out.panel import PaperPanel
from walkdesk.ui.shell.page import Page, PageContext
from walkdesk.ui.sideform import SideForm
from walkdesk.ui.words import fiscal_year, programme_word

_WIDTH = 360
_KINDS = ("status", "pack")


class ReportForm(SideForm):
    """What is made, of which contract, and for which days."""

    def __init__(self) -> None:
        super().__init__(
            "audit_reports",
            tr("audit.reports.form"),
            tr("audit.reports.make"),
            tr("audit.reports.text"),
            icon="document",
            back=False,
            codes={"audit.period": "audit_end"},
        )
        self.kind = self.add(
            tr("audit.reports.kind"),
            ComboBox("audit_kind", [(kind, tr(f"audit.reports.{kind}")) for kind in _KINDS]),
            hint=tr("audit.reports.kind_hint"),
        )
        self.which = self.add(tr("audit.reports.which"), ComboBox("audit_contract"))
        self.start = self.add(tr("audit.reports.start"), DateField("audit_start"))
        self.end = self.add(tr("audit.reports.end"), DateField("audit_end"), hint=tr("audit.reports.days_hint"))

    def show_year(self, card: ContractCard, today: date) -> None:
        """The contract's fiscal year, up to today."""
        first = date(card.year, 4, 1)
        self.start.show_date(first)
        self.end.show_date(max(first, min(date(card.year + 1, 3, 31), today)))

    def message(self) -> MakeStatusReport | MakeAuditPack | None:
        """What is asked for; ``None`` after a problem was shown. An empty day is the year's own."""
        self.form.clear_problems()
        days = []
        for field in (self.start, self.end):
            try:
                days.append(field.day())
            except Problem as problem:
                self.show_at(field, sentence(problem))
                return None
        kind = MakeStatusReport if self.kind.chosen() == "status" else MakeAuditPack
        return kind(self.which.chosen(), *days)


class ReportPaper(PaperPanel):
    """The paper that was made. With its workbook both are saved at once, side by side."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        preview = PdfPreview("audit_reports_preview", tr("audit.reports.empty"))
        super().__init__(context, "audit_reports_paper", preview, parent)
        self._workbook: FreeFile | None = None
        self.save = OutlineButton(tr("audit.reports.save"), "audit_reports_keep", key="Ctrl+S", icon="download")
        self.print = OutlineButton(tr("audit.reports.print"), "audit_reports_print", key="Ctrl+P", icon="printer")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._note)
        column.addWidget(self.preview, 1)
        self._connect(self.print, self.save)
        self._offer()

    def show_made(self, made: FreePaper | AuditPack) -> None:
        """What the room made."""
        pack = made if isinstance(made, AuditPack) else None
        paper = pack.paper if pack is not None else made
        assert isinstance(paper, FreePaper)
        self._workbook = None if pack is None else pack.workbook
        self._keep(paper, tr("papers.original"))
        self._offer()
        self.save.say(tr("audit.reports.save" if pack is None else "audit.reports.save_both"))
        said = "audit.reports.made" if pack is None else "audit.reports.made_pack"
        self._context.say(tr(said, title=paper.title, pages=paper.pages))

    def say(self, words: str) -> None:
        """A sentence above the paper; empty takes it away."""
        self._note.say(words)

    def problem(self) -> str:
        """What stands above the paper."""
        return self._note.text()

    def _save(self) -> None:
        paper, workbook = self._paper, self._workbook
        if paper is None or workbook is None:
            super()._save()
            return
        folder = choose_folder(self, tr("audit.reports.folder"))
        if folder is None:
            return
        try:
            for one in (paper, workbook):
                write_file(folder / one.file_name, one)
        except Problem as problem:
            self._refused(problem)
        else:
            self._context.say(tr("audit.reports.saved", folder=folder.name))


class AuditReportsPage(Page):
    """The page. Place: ``contract`` is the id of the contract that is chosen, ``kind`` is ``status`` or ``pack``."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._cards: dict[str, ContractCard] = {}
        self._today: date | None = None
        self._wanted = ""
        self.form, self.paper = ReportForm(), ReportPaper(context)
        buttons = (self.paper.save, self.paper.print)
        self._head = PageHead(tr("audit.reports.title"), tr("audit.facts"), buttons=buttons)
        column = page_column(self)
        column.addWidget(self._head)
        row = QHBoxLayout()
        row.setSpacing(16)
        form = scrolling(self.form, "audit_reports_scroll")
        form.setFixedWidth(_WIDTH)
        row.addWidget(form)
        row.addWidget(self.paper, 1)
        column.addLayout(row, 1)
        self.form.submitted.connect(self._make)
        self.form.which.activated.connect(lambda _index: self._show_year())

    def enter(self, **place: Any) -> None:
        self._wanted = str(place.get("contract") or self.form.which.chosen())
        if place.get("kind") in _KINDS:
            self.form.kind.choose(str(place["kind"]))
        self.context.room.ask(LookAtAudit(), self._show_board)
        self.form.begin()

    def place(self) -> dict[str, Any]:
        chosen = {"kind": self.form.kind.chosen()}
        return {**chosen, "contract": self.form.which.chosen()} if self.form.which.chosen() else chosen

    def _show_board(self, board: AuditBoard) -> None:
        self._cards, self._today = {card.contract: card for card in board.contracts}, board.today
        self.form.which.offer((card.contract, _title(card)) for card in board.contracts)
        self.form.save.setEnabled(bool(board.contracts))
        self.paper.say("" if board.contracts else tr("audit.reports.no_contract"))
        if self._wanted in self._cards:
            self.form.which.choose(self._wanted)
        self._show_year()

    def _show_year(self) -> None:
        card = self._cards.get(self.form.which.chosen())
        if card is not None and self._today is not None:
            self.form.show_year(card, self._today)

    def _make(self) -> None:
        self.paper.say("")
        message = self.form.message()
        if message is not None:
            self.context.room.ask(message, self._made, self.form.form.show_problem)

    def _made(self, made: FreePaper | AuditPack) -> None:
        self.paper.show_made(made)
        self.paper.save.setFocus(Qt.FocusReason.OtherFocusReason)


def _title(card: ContractCard) -> str:
    return f"{card.number}　{programme_word(card)}　{fiscal_year(card.year)}"
