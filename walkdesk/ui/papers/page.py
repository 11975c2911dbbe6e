"""文書: letters, reports and the papers for the ward, side by side under tabs."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtWidgets import QStackedWidget, QWidget

from walkdesk.ui.language import tr
from walkdesk.ui.look.parts.buttons import OutlineButton, PrimaryButton
from walkdesk.ui.look.parts.sheet import PageHead, page_column
from walkdesk.ui.look.parts.tabs import TabRow
from walkdesk.ui.papers.letters import LettersPart
from walkdesk.ui.papers.part import MakePart, PaperPart, PlacedPart
from walkdesk.ui.papers.printing import PrintingPart
from walkdesk.ui.papers.report import ReportPart
from walkdesk.ui.papers.ward import WardPart
from walkdesk.ui.papers.wording import WordingPart
from walkdesk.ui.shell.page import Page, PageContext

_AREAS = frozenset({"reception", "releases", "cards", "prizes", "contracts", "papers", "printing"})

PARTS: tuple[tuple[str, MakePart], ...] = (
    ("letters", LettersPart),
    ("wording", WordingPart),
    ("report", ReportPart),
    ("ward", WardPart),
    ("printing", PrintingPart),
)
"""The tabs in their order; the tab's word is ``papers.tab.<key>``."""


class PapersPage(Page):
    """The desk. Place: ``tab`` is the key of a part; what else there is, the part knows."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._primary = PrimaryButton(tr("papers.request"), "papers_primary", key="F4")
        self._register = OutlineButton(tr("papers.register"), "papers_register", key="F6", icon="case-lock")
        self._head = PageHead(tr("papers.title"), buttons=(self._register, self._primary))
        self.tabs = TabRow("papers_tabs", ((key, tr(f"papers.tab.{key}"), None) for key, _make in PARTS))
        self.parts: dict[str, PaperPart] = {}
        self._stack = QStackedWidget()
        for key, make in PARTS:
            part = make(context, self._show_primary)
            self.parts[key] = part
            self._stack.addWidget(cast(QWidget, part))
        column = page_column(self)
        column.addWidget(self._head)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)
        for part in self.parts.values():
            if isinstance(part, PlacedPart):
                part.shelf.setParent(self)
        self.tabs.chosen.connect(self._choose)
        self._primary.clicked.connect(lambda: self.part().act())
        self._register.clicked.connect(lambda: self.context.go("releases"))

    def enter(self, **place: Any) -> None:
        """``tab`` is the key of a part."""
        tab = str(place.get("tab") or self.tabs.current())
        part = self.parts.get(tab)
        if isinstance(part, PlacedPart):
            part.go(place)
        if tab == self.tabs.current():
            self._choose(tab)
        else:
            self.tabs.choose(tab)

    def place(self) -> dict[str, Any]:
        """The tab, and where the person is in it."""
        part = self.part()
        return {"tab": self.tabs.current(), **(part.place() if isinstance(part, PlacedPart) else {})}

    def changed(self, changes: Any) -> None:
        """Counts again when people, cards or releases changed."""
        if changes.areas & _AREAS and self.is_here():
            self.part().load()

    def part(self) -> PaperPart:
        """What stands under the current tab."""
        return self.parts[self.tabs.current()]

    def _choose(self, tab: str) -> None:
        part = self.parts[tab]
        self._stack.setCurrentWidget(cast(QWidget, part))
        self._show_primary()
        part.load()
        part.begin()

    def _show_primary(self) -> None:
        """The head of the current part; a part may call this while the page is still being built."""
        part = self.parts.get(self.tabs.current())
        if part is None:
            return
        head = part.primary()
        self._primary.say(head.words)
        self._primary.setEnabled(head.enabled)
        self._primary.setVisible(head.shown)
        self._head.show_facts(head.facts)
