"""文書: the letters and the report, side by side under two tabs."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QStackedWidget

from walkdesk.ui.language import tr
from walkdesk.ui.look.parts.buttons import OutlineButton, PrimaryButton
from walkdesk.ui.look.parts.sheet import PageHead, page_column
from walkdesk.ui.look.parts.tabs import TabRow
from walkdesk.ui.papers.letters import LettersPart
from walkdesk.ui.papers.report import ReportPart
from walkdesk.ui.shell.page import Page, PageContext

_AREAS = frozenset({"reception", "releases", "cards", "prizes", "contracts"})


class PapersPage(Page):
    """The desk."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._primary = PrimaryButton(tr("papers.request"), "papers_primary", key="F4")
        self._register = OutlineButton(tr("papers.register"), "papers_register", key="F6", icon="case-lock")
        self._head = PageHead(tr("papers.title"), buttons=(self._register, self._primary))
        self.tabs = TabRow(
            "papers_tabs", (("letters", tr("papers.tab.letters"), None), ("report", tr("papers.tab.report"), None))
        )
        self.letters = LettersPart(context, self._show_primary)
        self.report = ReportPart(context)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.letters)
        self._stack.addWidget(self.report)
        column = page_column(self)
        column.addWidget(self._head)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)
        self.tabs.chosen.connect(self._choose)
        self._primary.clicked.connect(self._do)
        self._register.clicked.connect(lambda: self.context.go("releases"))

    def enter(self, **place: Any) -> None:
        """``tab`` is ``letters`` or ``report``."""
        tab = str(place.get("tab") or self.tabs.current())
        if tab == self.tabs.current():
            self._choose(tab)
        else:
            self.tabs.choose(tab)

    def place(self) -> dict[str, Any]:
        """The tab."""
        return {"tab": self.tabs.current()}

    def changed(self, changes: Any) -> None:
        """Counts again when people, cards or releases changed."""
        if changes.areas & _AREAS and self.is_here():
            self._load()

    def _choose(self, tab: str) -> None:
        part = self.letters if tab == "letters" else self.report
        self._stack.setCurrentWidget(part)
        self._show_primary()
        self._load()
        part.begin()

    def _load(self) -> None:
        if self.tabs.current() == "letters":
            self.letters.load()
        else:
            self.report.load()

    def _show_primary(self) -> None:
        if self.tabs.current() == "report":
            self._primary.say(tr("papers.make_report"))
            may = self.context.role == "manager"
            self._primary.setEnabled(may)
            self._head.show_facts(tr("papers.report_facts" if may else "papers.report_manager"))
            return
        ready = self.letters.ready()
        self._primary.say(tr("papers.request_count", count=ready) if ready else tr("papers.request"))
        self._primary.setEnabled(bool(ready))
        self._head.show_facts(tr("papers.letters_facts"))

    def _do(self) -> None:
        if self.tabs.current() == "letters":
            self.letters.request()
        else:
            self.report.make()
