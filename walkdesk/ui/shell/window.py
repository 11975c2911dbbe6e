"""The window: set-up, sign-in, and the desks behind the lock.

How it is wired (``walkdesk/app.py``)::

    window = MainWindow(DESKS, clock=clock, practice=False, version="0.1.0")
    window.signed_in_requested.connect(...)   # staff number, password -> ask the room, then window.open(...)
    window.locked.connect(...)                # SignOut(reason), then link.close(): ends the room and its keys
    window.show_sign_in()
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Literal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from walkdesk.domain.problem import Problem
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.look.logo import window_icon
from walkdesk.ui.look.parts.notes import PracticeRibbon, StatusLine
from walkdesk.ui.look.tokens import Tone
from walkdesk.ui.setup.page import SetupPage
from walkdesk.ui.shell.desks import Desk
from walkdesk.ui.shell.drafts import Drafts
from walkdesk.ui.shell.idle import IdleWatch
from walkdesk.ui.shell.link import RoomLink
from walkdesk.ui.shell.page import PageContext, Person, Standing
from walkdesk.ui.shell.search import SearchResult
from walkdesk.ui.shell.signing import Sign, nobody_signs
from walkdesk.ui.shell.work import WorkArea
from walkdesk.ui.signin.page import SignInPage

IDLE_MINUTES = 5
Reason = Literal["lock", "idle", "sleep", "desktop", "gone"]
_WHY: dict[Reason, str] = {
    "lock": "shell.status.locked",
    "idle": "shell.status.locked_idle",
    "sleep": "shell.status.locked_sleep",
    "desktop": "shell.status.locked_desktop",
    "gone": "shell.problem.room_gone",
}


class MainWindow(QMainWindow):
    """The one window. What it asks for comes out as signals; what it is told comes in as methods."""

    signed_in_requested = Signal(str, str)
    """Staff number and password, as typed."""
    password_begun = Signal()
    """The first letter of a password was typed: a good moment to start the room."""
    recovery_requested = Signal(str, str, str)
    """Staff number, code of the recovery sheet and new password, as typed."""
    setup_requested = Signal(object)
    """The ``SetupValues`` of the first start."""
    locked = Signal(str, str)
    """The pages are gone; the room should end. Staff number, and why: a ``Reason``."""
    search_requested = Signal(str)
    """A text to search for; answer with ``show_results``."""
    help_requested = Signal(str)
    """The manual is wanted, for this desk (empty at the door)."""

    def __init__(
        self,
        desks: Sequence[Desk] = (),
        *,
        clock: Callable[[], datetime],
        practice: bool = False,
        version: str = "",
        idle_minutes: int = IDLE_MINUTES,
    ) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowTitle(tr("shell.name"))
        self.setWindowIcon(window_icon())
        self.setMinimumSize(QSize(1024, 700))
        self.resize(1280, 800)
        self._desks, self._clock, self._practice, self._version = tuple(desks), clock, practice, version
        self._last: tuple[str, str, dict[str, Any]] = ("", "", {})
        self._minutes = idle_minutes
        self._hint = ""
        self._link: RoomLink | None = None
        self._sign: Sign = nobody_signs
        self.work: WorkArea | None = None
        self.signin: SignInPage | None = None
        self.setup: SetupPage | None = None
        self.status = StatusLine()
        self._ribbon = PracticeRibbon()
        self._ribbon.setVisible(practice)
        self._body = QStackedWidget()
        self._lay_out()
        self.drafts = Drafts(self, self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.idle = IdleWatch(app, idle_minutes, clock, self)
        self.idle.idle.connect(self.lock)
        self.idle.minutes_left.connect(self._count_down)

    def _lay_out(self) -> None:
        centre = QWidget()
        centre.setObjectName("page")
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._ribbon)
        column.addWidget(self._body, 1)
        column.addWidget(self.status)
        self.setCentralWidget(centre)

    def use_desks(self, desks: Sequence[Desk]) -> None:
        """The desks that open from the next sign-in on."""
        self._desks = tuple(desks)

    def use_signing(self, sign: Sign) -> None:
        """How another person signs at this window."""
        self._sign = sign

    def show_practice(self, practice: bool) -> None:
        """The ribbon of a practice office, once it is known to be one."""
        self._practice = practice
        self._ribbon.setVisible(practice)

    # At the door

    def show_setup(self) -> None:
        """Shows the guide for the first start."""
        self._empty()
        self.setup = SetupPage()
        self.setup.setup_requested.connect(self.setup_requested)
        self._show_at_door(self.setup)
        self.status.say("")
        self.setup.begin()

    def show_sign_in(self, staff_number: str = "", last: str = "") -> None:
        """Shows the sign-in page; ``last`` is the time of the last sign-in in words (8月8日 17:46)."""
        self._empty()
        self.signin = SignInPage(staff_number)
        self.signin.signed_in_requested.connect(self.signed_in_requested)
        self.signin.recovery_requested.connect(self.recovery_requested)
        self.signin.password_begun.connect(self.password_begun)
        self._show_at_door(self.signin)
        self.status.say(tr("shell.status.closed"), "ink2", "lock", self._last_words(last))
        self.signin.begin()

    @staticmethod
    def _last_words(last: str) -> str:
        return tr("shell.status.last_signed_in", when=last) if last else ""

    def _show_at_door(self, page: QWidget) -> None:
        self._body.addWidget(page)
        self._body.setCurrentWidget(page)
        QShortcut(QKeySequence("F1"), page).activated.connect(self._help)
        words = tr("shell.version", version=self._version) if self._version else ""
        self.status.hint(words, tr("shell.manual_key"))

    # Signed in

    def open(
        self,
        link: RoomLink,
        person: Person,
        standing: Standing | None = None,
        idle_minutes: int | None = None,
    ) -> None:
        """Opens the desks for a person; whoever locked the window returns to the same desk and place.

        ``idle_minutes`` is what the office wants; without it the number given to the window holds.
        """
        self._empty()
        self._link = link
        link.changed.connect(self.changed)
        link.refused.connect(self.refuse)
        link.ended.connect(self._room_gone)
        self.work = WorkArea(self._desks, person, self._context)
        # Queued: the key that locks must be through before its button is gone.
        self.work.lock_requested.connect(self.lock, Qt.ConnectionType.QueuedConnection)
        self.work.help_requested.connect(self._help)
        self.work.top.search.search_requested.connect(self.search_requested)
        if standing is not None:
            self.work.show_standing(standing)
        self._body.addWidget(self.work)
        self._body.setCurrentWidget(self.work)
        self.status.say("")
        self.idle.start(idle_minutes)
        self.drafts.begin(self.work, link, self._return())

    def _context(self, work: WorkArea) -> PageContext:
        assert self._link is not None
        return PageContext(
            room=self._link,
            person=work.person,
            practice=self._practice,
            say=self.say,
            refuse=self.refuse,
            hint=self.hint,
            go=work.go,
            badge=work.rail.show_badge,
            standing=work.show_standing,
            sign=self._sign,
        )

    def _return(self) -> bool:
        """Where the person locked the window, else the first desk; whether it was the former."""
        assert self.work is not None
        number, desk, place = self._last
        desks = self.work.desks()
        if number == self.work.person.number and desk in desks:
            self.work.go(desk, **place)
            return True
        if desks:
            self.work.go(desks[0])
        return False

    def lock(self, reason: Reason = "lock") -> None:
        """Blanks the window, shows the sign-in page, and tells that the room should end."""
        if self.work is None:
            return
        number = self.work.person.number
        self.drafts.flush()
        self._last = (number, *self.work.here())
        self.idle.stop()
        if self._link is not None:
            self._link.forget()
        self.show_sign_in(number)
        tone: Tone = "danger" if reason == "gone" else "ink2"
        self.status.say(tr(_WHY[reason]), tone, "lock", self._time())
        self.locked.emit(number, reason)

    def _room_gone(self) -> None:
        self.lock("gone")

    def go(self, desk: str, **place: Any) -> None:
        """Goes to a desk of the person who is signed in."""
        if self.work is not None:
            self.work.go(desk, **place)

    def changed(self, changes: Any) -> None:
        """Tells the pages that something changed."""
        if self.work is not None:
            self.work.tell(changes)

    def show_results(self, text: str, results: Sequence[SearchResult], note: str = "") -> None:
        """Shows what was found for a text."""
        if self.work is not None:
            self.work.top.search.show_results(text, results, note)

    # The status line

    def say(self, text: str, tone: Tone = "ok", icon: str = "check") -> None:
        """What was saved, with the time of day; it stays until something replaces it."""
        self.status.say(text, tone, icon, self._time())

    def refuse(self, problem: Problem) -> None:
        """A problem's sentence, in the danger colour."""
        self.say(sentence(problem), "danger", "alert")

    def hint(self, text: str) -> None:
        """The quiet words at the right; empty brings back how long the vault stays open."""
        self._hint = text
        self.status.hint(text or tr("shell.status.open", minutes=self._minutes))

    def _count_down(self, minutes: int) -> None:
        self._minutes = minutes
        if not self._hint and self.work is not None:
            self.hint("")

    def _time(self) -> str:
        now = self._clock()
        return f"{now.hour}:{now.minute:02}:{now.second:02}"

    def _help(self) -> None:
        self.help_requested.emit(self.work.here()[0] if self.work is not None else "")

    def _empty(self) -> None:
        """Destroys what is shown: nothing of a person's work stays in the window."""
        self.drafts.end()
        if self._link is not None:
            self._link.changed.disconnect(self.changed)
            self._link.refused.disconnect(self.refuse)
            self._link.ended.disconnect(self._room_gone)
        self._link, self.work, self.signin, self.setup = None, None, None, None
        self._hint = ""
        while (page := self._body.widget(0)) is not None:
            self._body.removeWidget(page)
            page.hide()
            page.deleteLater()
