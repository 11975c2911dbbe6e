"""The second person's answer: approved in the own session or at the requester's desk, or not, with the reason."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from walkdesk.domain.problem import Problem
from walkdesk.messages.common import Done
from walkdesk.messages.releases import ApproveRelease, ReleaseRow
from walkdesk.ui.language import tr
from walkdesk.ui.releases.countersign import CountersignForm, Countersigning
from walkdesk.ui.releases.details import ReleaseDetails
from walkdesk.ui.releases.forms import RefuseForm
from walkdesk.ui.shell.page import PageContext


class Deciding(QObject):
    """Approves or refuses the release that ``current`` names; ``decided`` when the register changed by it."""

    decided = Signal()
    form_wanted = Signal(object)

    def __init__(
        self,
        context: PageContext,
        details: ReleaseDetails,
        current: Callable[[], ReleaseRow | None],
        refused: Callable[[Problem], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.refuse_form, self.countersign_form = RefuseForm(), CountersignForm()
        self._context, self._details, self._current, self._refused = context, details, current, refused
        self._countersigning = Countersigning(context, self.countersign_form, self._approved)
        details.approve.clicked.connect(self._approve)
        details.countersign.clicked.connect(self._begin_countersigning)
        details.refuse.clicked.connect(self._begin_refusal)
        self.refuse_form.submitted.connect(self._refuse)

    def _approve(self) -> None:
        row = self._current()
        if row is not None:
            self._details.say("")
            self._context.room.ask(ApproveRelease(row.release), self._approved, self._refused)

    def _approved(self, done: Done) -> None:
        self._context.say(tr("releases.approved", ledger=done.ledger, **done.facts))
        self.decided.emit()

    def _begin_countersigning(self) -> None:
        row, form = self._current(), self.countersign_form
        if row is not None:
            self._details.say("")
            self._countersigning.begin(row.release, row.sheets, lambda: self.form_wanted.emit(form), self._refused)

    def _begin_refusal(self) -> None:
        row = self._current()
        if row is not None:
            self.refuse_form.show_release(row.release)
            self.form_wanted.emit(self.refuse_form)

    def _refuse(self) -> None:
        message = self.refuse_form.message()
        if message is not None:
            self._context.room.ask(message, self._refusal_kept, self.refuse_form.form.show_problem)

    def _refusal_kept(self, done: Done) -> None:
        self._context.say(tr("releases.refused_now", **done.facts))
        self.decided.emit()
