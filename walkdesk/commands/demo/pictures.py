"""Pictures of the window during the practice year: the real window and its pages, over the room that runs now.

Nothing is shown on a screen: Qt draws offscreen.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from datetime import time as time_of_day
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from walkdesk import __version__
from walkdesk.commands.demo.office import PRINTER, PracticeOffice
from walkdesk.commands.demo.picture import picture
from walkdesk.commands.demo.stage import START
from walkdesk.domain.dates import JST
from walkdesk.domain.problem import Problem
from walkdesk.ui import language
from walkdesk.ui.desks import DESKS
from walkdesk.ui.look.theme import Scheme, Theme, apply
from walkdesk.ui.out.exits import Printing
from walkdesk.ui.shell.link import RoomLink
from walkdesk.ui.shell.page import Person
from walkdesk.ui.shell.program import standing_on_desk
from walkdesk.ui.shell.window import MainWindow
from walkdesk.ui.signin.page import TokenState

TURN = 5
"""Milliseconds of the event loop between two looks at whether everything is there."""
QUIET_TURNS = 3
PATIENCE = 20.0
"""Seconds after which a page that is still waiting is pictured as it is, and counted as a trouble."""
_TIME = time_of_day(14, 20)


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture looks: the colours, the scale, and what its name ends with."""

    ending: str = ""
    scheme: Scheme = Scheme.LIGHT
    scale: float = 1.0


LIGHT = Look()
MORE = (Look("-dark", Scheme.DARK), Look("-200", scale=2.0))
"""What some screens are pictured in as well."""


class WindowCamera:
    """A ``Camera``. What went wrong in the window while it was pictured is in ``troubles``."""

    def __init__(self, office: PracticeOffice, language_of_window: str) -> None:
        """Raises ``Problem`` when the fonts are not there."""
        if QApplication.instance() is None:
            os.environ["QT_QPA_PLATFORM"] = "offscreen"
        instance = QApplication.instance()
        self._app = instance if isinstance(instance, QApplication) else QApplication(["walkdesk"])
        language.use(language_of_window)
        self._theme: Theme = apply(self._app, Scheme.LIGHT)
        self._office = office
        self._link: RoomLink | None = None
        self._busy = False
        self.troubles: list[str] = []
        Printing.shown = (PRINTER,)
        self.window = MainWindow(DESKS, clock=self._now, practice=True, version=__version__)

    def take(
        self,
        name: str,
        desk: str,
        place: Mapping[str, Any] | None = None,
        fill: Mapping[str, str] | None = None,
        press: tuple[str, ...] = (),
        more: bool = False,
    ) -> None:
        """``Camera.take``."""
        with self._watched(name):
            self._enter()
            self.window.go(desk, **(place or {}))
            self._settle(name)
            for key, text in (fill or {}).items():
                self._find(QLineEdit, key).setText(text)
            for key in press:
                self._find(QAbstractButton, key).click()
                self._settle(name)
            for look in (LIGHT, *(MORE if more else ())):
                self._save(name, look)
            self._leave()

    def take_door(self, name: str, token: str = "", fill: Mapping[str, str] | None = None) -> None:
        """``Camera.take_door``."""
        with self._watched(name):
            if token:
                self.window.show_sign_in()
                assert self.window.signin is not None
                self.window.signin.show_token(TokenState("present", token))
            else:
                self.window.show_setup()
            for key, text in (fill or {}).items():
                self._find(QLineEdit, key).setText(text)
            self._settle(name)
            self._save(name, LIGHT)

    def close(self) -> None:
        """Ends the window."""
        Printing.shown = ()
        self.window.close()
        self.window.deleteLater()
        self._app.processEvents()

    def _now(self) -> datetime:
        return datetime.combine(self._office.day or START, _TIME, JST)

    def _enter(self) -> None:
        """Opens the desks for whoever is at the desk now."""
        signed_in = self._office.signed_in
        if signed_in is None:
            raise Problem("door.not_signed_in")
        self._link = RoomLink(self._office.client, self.window)
        self._busy = False
        self._link.busy.connect(self._hear)
        self._link.refused.connect(lambda problem: self.troubles.append(problem.code))
        person = Person(signed_in.staff_number, signed_in.name, signed_in.post, signed_in.role.value)
        self.window.open(self._link, person, standing_on_desk(signed_in))

    def _leave(self) -> None:
        """The window forgets what it showed; the room stays the office's."""
        if self._link is not None:
            self._link.forget()
        self.window.show_sign_in()
        self._link = None

    @contextmanager
    def _watched(self, name: str) -> Iterator[None]:
        """A fault of a page costs its picture, not the year; its kind is noted, and nothing that it says."""
        before = sys.excepthook

        def note(kind: type[BaseException], fault: BaseException, _trace: object) -> None:
            self.troubles.append(f"{name}: {fault.code if isinstance(fault, Problem) else kind.__name__}")

        sys.excepthook = note
        try:
            yield
        except (Problem, LookupError, OSError) as fault:
            note(type(fault), fault, None)
        finally:
            sys.excepthook = before

    def _hear(self, busy: bool) -> None:
        self._busy = busy

    def _settle(self, name: str) -> None:
        """Lets the window work until its pages have asked for everything and shown it."""
        quiet, end = 0, time.monotonic() + PATIENCE
        while quiet < QUIET_TURNS:
            loop = QEventLoop()
            QTimer.singleShot(TURN, loop.quit)
            loop.exec()
            quiet = 0 if self._busy else quiet + 1
            if time.monotonic() > end:
                self.troubles.append(f"{name}: waiting")
                return

    def _find(self, kind: type[Any], key: str) -> Any:
        found = self.window.findChild(kind, key)
        if found is None:
            raise LookupError(key)
        return found

    def _save(self, name: str, look: Look) -> None:
        if self._theme.scheme is not look.scheme:
            self._theme.choose(look.scheme)
        picture(self.window, self._office.folder.screens / f"{name}{look.ending}.png", look.scale)
