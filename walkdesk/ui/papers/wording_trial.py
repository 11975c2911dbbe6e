"""A wording while it is typed: first its page, then everyone who would get it. What is overtaken is dropped."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from walkdesk.domain.problem import Problem
from walkdesk.messages.common import Progress
from walkdesk.messages.wordings import CheckWording, PreviewWording, WordingPreview
from walkdesk.ui.language import sentence
from walkdesk.ui.papers.wording_editor import WordingEditor
from walkdesk.ui.papers.wording_page import WordingPage
from walkdesk.ui.shell.page import Room

PAUSE_MS = 300
"""From the last key to the page."""
CHECK_MS = 900
"""From the page to the trial on everyone."""


class Trial(QObject):
    """Asks the room for the page and for the trial, and shows them; ``shown`` tells that the page came."""

    shown = Signal(object)

    def __init__(self, room: Room, editor: WordingEditor, page: WordingPage) -> None:
        super().__init__(page)
        self._room, self._editor, self._page = room, editor, page
        self._turn = self._trial = self._page_ticket = self._check_ticket = 0
        self._trying = False
        self._pause = self._timer(PAUSE_MS, self.ask)
        self._later = self._timer(CHECK_MS, self.check)

    def pending(self) -> bool:
        """Whether something will be asked soon."""
        return self._pause.isActive() or self._later.isActive()

    def begin(self) -> None:
        """The text is another one: what was found out is of the one before."""
        self.stop()
        self._page.forget_check()
        self.ask_soon()

    def ask_soon(self) -> None:
        """Asks for the page once nobody types."""
        self._pause.start()

    def stop(self) -> None:
        """Nothing that a person asks for waits until everyone was tried."""
        self._later.stop()
        if self._trying:
            self._trying = False
            self._trial += 1
            self._room.cancel(self._check_ticket)
            self._page.forget_check()

    def ask(self) -> None:
        """Asks for the page now; an older question for it is taken back."""
        opened = self._editor.opened()
        if opened is None:
            return
        self._pause.stop()
        self.stop()
        self._room.cancel(self._page_ticket)
        self._turn += 1
        version, number = self._editor.version.text(), self._page.number()
        message = PreviewWording(opened.paper, opened.variant, version, self._editor.parts(), number)
        self._page_ticket = self._room.ask(message, partial(self._show, self._turn), partial(self._refuse, self._turn))

    def check(self) -> None:
        """Tries what stands there on everyone."""
        opened = self._editor.opened()
        if opened is None:
            return
        self._trial += 1
        self._trying = True
        self._check_ticket = self._room.ask(
            CheckWording(opened.paper, opened.variant, self._editor.parts()),
            partial(self._ended, self._trial, self._page.show_check),
            partial(self._ended, self._trial, self._page.refuse_check),
            partial(self._moved_on, self._trial),
        )

    def _show(self, turn: int, shown: WordingPreview) -> None:
        if turn != self._turn:
            return
        self._page.show_page(shown)
        opened = self._editor.opened()
        tried = self._editor.reading() or shown.faults or self._page.checked()
        if opened is not None and opened.personal and not tried:
            self._later.start()
        self.shown.emit(shown)

    def _refuse(self, turn: int, problem: Problem) -> None:
        if turn == self._turn and problem.code != "shell.cancelled":
            self._page.say(sentence(problem))

    def _ended(self, trial: int, tell: Callable[[Any], None], answer: Any) -> None:
        if trial == self._trial:
            self._trying = False
            tell(answer)

    def _moved_on(self, trial: int, step: Progress) -> None:
        if trial == self._trial:
            self._page.show_progress(step.done)

    def _timer(self, milliseconds: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(slot)
        return timer
