"""What became of a release: posted, destroyed, back, received, or taken back before it left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from walkdesk.domain.releases import RULES, Need, ReleaseState, outcomes_of
from walkdesk.messages.common import Done
from walkdesk.messages.releases import ReleaseRow
from walkdesk.ui.language import tr
from walkdesk.ui.releases.details import ReleaseDetails
from walkdesk.ui.releases.forms import CloseForm
from walkdesk.ui.shell.page import PageContext


class Closing(QObject):
    """Closes the release that ``current`` names."""

    form_wanted = Signal(object)
    closed = Signal(str)
    """The number of the release that is closed now."""

    def __init__(
        self,
        context: PageContext,
        details: ReleaseDetails,
        current: Callable[[], ReleaseRow | None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.form = CloseForm()
        self._context, self._current = context, current
        details.close_it.clicked.connect(self._begin)
        self.form.submitted.connect(self._submit)

    def _begin(self) -> None:
        row = self._current()
        if row is not None:
            receipt = row.state is ReleaseState.RELEASED and Need.RECEIPT in RULES[row.kind].needs
            self.form.show_release(row.release, outcomes_of(row.kind, row.state), receipt)
            self.form_wanted.emit(self.form)

    def _submit(self) -> None:
        message = self.form.message()
        if message is not None:
            self._context.room.ask(message, self._done, self.form.form.show_problem)

    def _done(self, done: Done) -> None:
        release = str(done.facts["release"])
        self._context.say(tr("releases.closed", release=release))
        self.closed.emit(release)
