"""Everything that is seen while someone is signed in. It is thrown away whole when the window locks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from walkdesk.ui.shell.desks import Desk
from walkdesk.ui.shell.page import Page, PageContext, Person, Standing
from walkdesk.ui.shell.rail import Rail
from walkdesk.ui.shell.search import SearchResult
from walkdesk.ui.shell.topbar import TopBar

ACCOUNT = "account"
"""The desk that opens from the own name in the top bar."""


class WorkArea(QWidget):
    """Top bar, rail and the pages of one person. A page is made when it is first visited."""

    lock_requested = Signal()
    help_requested = Signal()
    moved = Signal(str, object)
    """The desk that is now seen, and the place on it that was asked for (empty: none)."""

    def __init__(
        self,
        desks: Sequence[Desk],
        person: Person,
        make_context: Callable[[WorkArea], PageContext],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("work")
        self.person = person
        mine = [desk for desk in desks if person.role in desk.roles]
        self._desks = {desk.key: desk for desk in mine if person.trained or desk.untrained}
        self._pages: dict[str, Page] = {}
        self._old_pages: list[Page] = []
        self._here = ""
        self.top = TopBar(person, ACCOUNT in self._desks)
        self.rail = Rail(desk for desk in self._desks.values() if desk.in_rail)
        self._stack = QStackedWidget()
        self._lay_out()
        self.context = make_context(self)
        self.top.lock_requested.connect(self.lock_requested)
        self.top.account_requested.connect(lambda: self.go(ACCOUNT))
        self.top.search.setEnabled(person.trained)
        self.top.search.chosen.connect(self._open_result)
        self.rail.chosen.connect(lambda key: self.go(key))
        for desk in self._desks.values():
            if desk.shortcut:
                QShortcut(QKeySequence(desk.shortcut), self).activated.connect(lambda key=desk.key: self.go(key))
        self.rail.help_requested.connect(self.help_requested)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self._stack, 1)
        column.addLayout(row, 1)

    def desks(self) -> tuple[str, ...]:
        """The keys of the desks that this person sees, in order."""
        return tuple(self._desks)

    def here(self) -> tuple[str, dict[str, Any]]:
        """The desk that is seen and the place on it."""
        page = self._pages.get(self._here)
        return self._here, page.place() if page is not None else {}

    def page(self) -> Page | None:
        """The page that is seen."""
        return self._pages.get(self._here)

    def page_of(self, desk: str) -> Page | None:
        """The page of a desk that was visited."""
        return self._pages.get(desk)

    def let_others_go(self) -> None:
        """Drops every page but the one that is seen: they are made and loaded anew when they are next visited.

        They are destroyed by ``forget_old_pages``, when no question of theirs is open any more.
        """
        for desk in [desk for desk in self._pages if desk != self._here]:
            page = self._pages.pop(desk)
            self._stack.removeWidget(page)
            self._old_pages.append(page)

    def forget_old_pages(self) -> None:
        """Destroys the pages that were dropped."""
        while self._old_pages:
            self._old_pages.pop().deleteLater()

    def go(self, desk: str, **place: Any) -> None:
        """Goes to a desk. One that this person does not see is a fault of the program: ``KeyError``."""
        entry = self._desks[desk]
        page = self._pages.get(desk)
        if page is None:
            page = entry.page(self.context)
            self._pages[desk] = page
            self._stack.addWidget(page)
        self._here = desk
        self._stack.setCurrentWidget(page)
        self.rail.show_current(desk)
        self.context.hint("")
        page.enter(**place)
        self.moved.emit(desk, place)

    def tell(self, changes: Any) -> None:
        """Tells every page that something changed."""
        for page in tuple(self._pages.values()):
            page.changed(changes)

    def show_standing(self, standing: Standing) -> None:
        """Another contract, or its new state, into the top bar."""
        self.top.show_standing(standing)

    def _open_result(self, result: SearchResult) -> None:
        if result.desk in self._desks:
            self.go(result.desk, **result.place)
