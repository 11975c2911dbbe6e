"""合言葉 of a sealed page: shown once, printed on its slip, and gone."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from walkdesk.domain.problem import Problem
from walkdesk.messages.releases import Released
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.look.parts.buttons import OutlineButton, PrimaryButton
from walkdesk.ui.look.parts.fields import Note
from walkdesk.ui.look.parts.sheet import Sheet, SheetHead
from walkdesk.ui.look.parts.text import Label, Paragraph
from walkdesk.ui.look.tokens import BODY, SECTION
from walkdesk.ui.out.exits import Printing
from walkdesk.ui.shell.page import PageContext


class PassphrasePanel(Sheet):
    """The one time that the passphrase is seen. ``done`` when it is noted."""

    done = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__("releases_passphrase", spacing=12, parent=parent)
        self._context = context
        self._released: Released | None = None
        self._printing = Printing(self)
        self._head = SheetHead(tr("releases.passphrase.title"))
        self._words = Label("", SECTION, "ink", name="releases_passphrase_words")
        self.print = PrimaryButton(tr("releases.passphrase.print"), "releases_passphrase_print", icon="printer")
        self.close_it = OutlineButton(tr("releases.passphrase.done"), "releases_passphrase_done", key="F4")
        self._note = Note("releases_passphrase_problem")
        self.body.addWidget(self._head)
        self.body.addWidget(Paragraph(tr("releases.passphrase.text"), BODY))
        self.body.addWidget(self._words)
        self.body.addWidget(self.print)
        self.body.addWidget(self.close_it)
        self.body.addWidget(self._note)
        self.body.addStretch(1)
        self.print.clicked.connect(lambda: self._printing.find(self._print))
        self.close_it.clicked.connect(self.done)

    def show_released(self, released: Released) -> None:
        """The passphrase of a page that was just written."""
        self._released = released
        self._note.say("")
        self._head.show_facts(released.release)
        self._words.setText(released.passphrase)
        self.print.setVisible(released.slip is not None)
        self.close_it.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever looks elsewhere does not find it again."""
        self._released = None
        self._words.setText("")
        super().hideEvent(event)

    def _refused(self, problem: Problem) -> None:
        self._note.say(sentence(problem))

    def _print(self, names: tuple[str, ...]) -> None:
        slip = None if self._released is None else self._released.slip
        if slip is None:
            return
        if not names:
            self._refused(Problem("printing.no_printer"))
            return
        done = tr("releases.passphrase.printed")
        self._printing.send(slip, lambda: self._context.say(done), self._refused)
