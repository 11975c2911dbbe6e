"""The bar at the top: the contract and its state, the search, who is here, and the lock."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from walkdesk.ui.language import tr
from walkdesk.ui.look import paint
from walkdesk.ui.look.logo import Logo
from walkdesk.ui.look.parts.buttons import SmallButton
from walkdesk.ui.look.parts.chips import Chip
from walkdesk.ui.look.parts.text import Run, Runs
from walkdesk.ui.look.tokens import BODY, PAGE_RIGHT, SECTION, TOP_BAR
from walkdesk.ui.shell.page import Person, Standing
from walkdesk.ui.shell.search import SearchBox
from walkdesk.ui.shell.who import WhoButton


class TopBar(QFrame):
    """The bar. ``lock_requested`` when the person locks; the search box is ``search``.

    ``account``: the name is a button, and ``account_requested`` when it is pressed.
    """

    lock_requested = Signal()
    account_requested = Signal()

    def __init__(self, person: Person, account: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("top_bar")
        self.setFixedHeight(TOP_BAR)
        row = QHBoxLayout(self)
        row.setContentsMargins(26, 0, PAGE_RIGHT, 1)
        row.setSpacing(0)
        row.addWidget(Logo(32))
        row.addSpacing(14)
        self._contract = Runs(name="contract")
        row.addWidget(self._contract)
        row.addSpacing(10)
        self._state = Chip("circle", "", "accent", name="contract_state")
        row.addWidget(self._state)
        row.addStretch(1)
        auditor = person.role == "auditor"
        self.search = SearchBox(tr(f"shell.search.placeholder{'_auditor' if auditor else ''}"))
        self.search.setMinimumWidth(220)
        self.search.setMaximumWidth(372)
        row.addWidget(self.search, 20)
        row.addSpacing(12)
        self.who = WhoButton(person, account)
        self.who.clicked.connect(lambda: self.account_requested.emit())
        row.addWidget(self.who)
        row.addSpacing(10)
        self.lock = SmallButton(tr("shell.lock"), name="lock", key="F12", icon="lock")
        self.lock.setMinimumWidth(150)
        self.lock.clicked.connect(lambda: self.lock_requested.emit())
        row.addWidget(self.lock)
        self._state.hide()

    def show_standing(self, standing: Standing) -> None:
        """Another contract, or its new state."""
        runs = [Run(standing.title, SECTION, "ink")]
        if standing.year:
            runs.append(Run(standing.year, BODY, "ink2"))
        self._contract.show_runs(runs)
        self._state.show_state(standing.icon, standing.state, standing.kind)
        self._state.setVisible(bool(standing.state))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), paint.color("surface"))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), paint.color("line"))
        painter.end()
