"""What lies on the close-out desk, and which of it is seen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from walkdesk.domain.contract import Requirement
from walkdesk.ui.closeout.approvals import ApprovalsSheet
from walkdesk.ui.closeout.certificate import CertificateView
from walkdesk.ui.closeout.danger import ErasePanel, LossPanel
from walkdesk.ui.closeout.forms import DeliverForm, TokenForm
from walkdesk.ui.closeout.paper import ListView
from walkdesk.ui.closeout.returns import ReturnForm, ReturnsSheet
from walkdesk.ui.closeout.tasks import DoneSheet, NeedsSheet
from walkdesk.ui.language import tr
from walkdesk.ui.look.parts.buttons import OutlineButton, PrimaryButton
from walkdesk.ui.look.parts.lifeline import LifeLine
from walkdesk.ui.look.parts.sheet import PageHead, Sheet, page_column
from walkdesk.ui.shell.page import Page, PageContext
from walkdesk.ui.sideform import SideForm

_RIGHT_WIDTH, _RIGHT_NARROW, _WIDE = 366, 320, 1100
_WITH_LIFE = 620


class CloseOutDesk(Page):
    """Head, life line, a view at the left and a sheet or form at the right. ``CloseOutPage`` does the work."""

    turned = Signal()
    """Something else is seen at the left or right."""

    def __init__(self, context: PageContext, settle: Callable[[Requirement], None]) -> None:
        super().__init__(context)
        self._returns_button = OutlineButton(tr("closeout.returns_button"), "closeout_returns_button", key="F6")
        self._certificate_button = OutlineButton(
            tr("closeout.certificate_button"), "closeout_certificate_button", key="F9", icon="medal"
        )
        self._next = PrimaryButton(tr("contracts.next"), "closeout_next", key="Enter")
        self._head = PageHead(
            tr("closeout.title"), buttons=(self._returns_button, self._certificate_button, self._next)
        )
        self._life = LifeLine("closeout_life")
        self.needs = NeedsSheet(settle)
        self.done = DoneSheet()
        self.returns = ReturnsSheet()
        self.list_view = ListView(context)
        self.certificate = CertificateView(context)
        self.approvals, self.danger, self.erase = ApprovalsSheet(), LossPanel(), ErasePanel()
        self.deliver_form, self.return_form, self.token_form = DeliverForm(), ReturnForm(), TokenForm()
        self._left, self._right = QStackedWidget(), QStackedWidget()
        self._lay_out()
        self._right.currentChanged.connect(lambda _index: self.turned.emit())

    def _lay_out(self) -> None:
        column = page_column(self)
        column.addWidget(self._head)
        life = Sheet("closeout_life_sheet")
        life.body.setContentsMargins(20, 10, 20, 2)
        life.body.addWidget(self._life)
        self._life_sheet = life
        column.addWidget(life)
        tasks = QWidget()
        sheets = QVBoxLayout(tasks)
        sheets.setContentsMargins(0, 0, 0, 0)
        sheets.setSpacing(12)
        sheets.addWidget(self.needs)
        sheets.addWidget(self.done, 1)
        self._tasks = tasks
        for view in (tasks, self.returns, self.list_view, self.certificate):
            self._left.addWidget(view)
        overview = QWidget()
        right = QVBoxLayout(overview)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(12)
        right.addWidget(self.approvals)
        right.addWidget(self.danger, 1)
        self._overview = overview
        for widget in (overview, self.deliver_form, self.return_form, self.token_form, self.erase):
            self._right.addWidget(widget)
        self._right.setFixedWidth(_RIGHT_WIDTH)
        self._left.setMinimumWidth(440)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self._left, 1)
        row.addWidget(self._right)
        column.addLayout(row, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._right.setFixedWidth(_RIGHT_WIDTH if event.size().width() >= _WIDE else _RIGHT_NARROW)
        self._fit_life()
        super().resizeEvent(event)

    def _fit_life(self) -> None:
        """The life line gives way to a paper, and to what is left in a small window."""
        self._life_sheet.setVisible(not self._right.isHidden() and self.height() >= _WITH_LIFE)

    def _show_tasks(self) -> None:
        self._show_with_side(self._tasks)
        self._show_overview()

    def _show_with_side(self, view: QWidget) -> None:
        """A view that shares the page with the right column."""
        self._right.show()
        self._fit_life()
        self._left.setCurrentWidget(view)
        self.turned.emit()

    def _show_overview(self) -> None:
        self._right.setCurrentWidget(self._overview)
        self._next.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_form(self, form: SideForm) -> None:
        self._right.setCurrentWidget(form)
        form.begin()

    def _show_wide(self, view: QWidget, first: QWidget) -> None:
        """A paper: it takes the room of the life line and of the right column."""
        self._right.hide()
        self._fit_life()
        self._left.setCurrentWidget(view)
        self.turned.emit()
        first.setFocus(Qt.FocusReason.OtherFocusReason)
