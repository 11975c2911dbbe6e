"""A new request: the form with what can be asked for now, and the request itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from walkdesk.domain.problem import Problem
from walkdesk.messages.common import Done
from walkdesk.messages.releases import LookAtRequest, PlanRelease, RequestChoices
from walkdesk.ui.language import tr
from walkdesk.ui.releases.request import RequestForm
from walkdesk.ui.shell.page import PageContext


class Requesting(QObject):
    """Asks for a release."""

    form_wanted = Signal(object)
    """The form, filled with the choices."""
    requested = Signal(str)
    """The number of the release that was asked for."""

    def __init__(self, context: PageContext, refused: Callable[[Problem], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.form = RequestForm()
        self._context, self._refused = context, refused
        self.form.submitted.connect(self._submit)
        self.form.plan_wanted.connect(self._plan)

    def begin(self, kind: str = "") -> None:
        """Asks what can be asked for; ``kind`` is chosen first."""

        def show(choices: RequestChoices) -> None:
            self.form.show_choices(choices, kind)
            self.form_wanted.emit(self.form)

        self._context.room.ask(LookAtRequest(), show, self._refused)

    def _plan(self, question: PlanRelease) -> None:
        self._context.room.ask(question, self.form.show_plan, self.form.show_refusal)

    def _submit(self) -> None:
        message = self.form.message()
        if message is not None:
            self._context.room.ask(message, self._done, self.form.form.show_problem)

    def _done(self, done: Done) -> None:
        self._context.say(tr("releases.requested", ledger=done.ledger, **done.facts))
        self.requested.emit(str(done.facts["release"]))
