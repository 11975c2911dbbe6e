"""Drafts: what is typed and not yet saved goes to the room, and comes back after the lock, in the same place.

300 ms after the last key, and before every lock, the visible page's typed texts are sent with the page's ``place``;
without a change nothing is sent. After the next sign-in of the same person the desk of the lock opens at that place
and the texts are put back, unsaved, with the cursor where it was. The window keeps nothing: at the lock this object
forgets what it held, and what the room holds lies in the vault. Where no vault is open (set-up, door, people and
contracts before there is one) nothing is kept, and the person is told when beginning to type.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from walkdesk.domain.problem import Problem
from walkdesk.messages.drafts import Drafts as Found
from walkdesk.messages.drafts import SaveDraft, TakeDrafts
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.look.parts import CheckBox, ComboBox
from walkdesk.ui.shell.link import RoomLink
from walkdesk.ui.shell.page import Page, Say
from walkdesk.ui.shell.work import WorkArea
from walkdesk.ui.unsaved import (
    UnfinishedValue,
    cursor_of,
    is_kept,
    note_settled,
    put_back,
    put_cursor,
    unsaved_fields,
)

QUIET_MS = 300
"""After the last key."""
_ROLES = frozenset({"handler", "manager"})
_OTHER_VAULT = frozenset({"door", "contracts", "reception"})
"""Areas whose change may mean that another vault lies on the desk, or that a person's erasure took drafts along."""


class Tell(Protocol):
    """What drafts may say in the window."""

    @property
    def say(self) -> Say:
        """Into the status line."""
        ...

    @property
    def hint(self) -> Callable[[str], None]:
        """The quiet words beside it."""
        ...


@dataclass(slots=True)
class _Return:
    """A draft on its way back: ``there`` once the page was told to go to its place."""

    desk: str
    draft: SaveDraft
    there: bool


class Drafts(QObject):
    """Sends and brings back the drafts of the person who is signed in."""

    def __init__(self, window: QObject, tell: Tell) -> None:
        super().__init__(window)
        self._tell = tell
        self._work: WorkArea | None = None
        self._link: RoomLink | None = None
        self._kept: dict[str, SaveDraft] = {}
        self._shown: set[str] = set()
        self._vault: bool | None = None
        self._contract = ""
        self._told = self._jump = False
        self._here, self._focus = "", ""
        self._returning: _Return | None = None
        self._quiet = _single_shot(self, QUIET_MS, self._send_here)
        self._soon = _single_shot(self, 0, self._go_on)

    # From sign-in to lock

    def begin(self, work: WorkArea, link: RoomLink, came_back: bool) -> None:
        """The desks are open. ``came_back`` says that the person returned to the desk of the lock; else the newest
        draft decides where to go.
        """
        self.end()
        self._work, self._link = work, link
        self._here, self._jump = work.here()[0], not came_back
        work.moved.connect(self._moved)
        link.busy.connect(self._answered)
        link.changed.connect(self._changed)
        QApplication.instance().focusChanged.connect(self._focused)  # type: ignore[union-attr]
        self._focused(None, QApplication.focusWidget())
        self._take()

    def flush(self) -> None:
        """Sends what is typed here now: the window is about to lock."""
        QGuiApplication.inputMethod().commit()
        self._quiet.stop()
        self._send(self._here, exact=True)

    def pending(self) -> bool:
        """Whether something waits to be looked at, sent, or put back."""
        return self._quiet.isActive() or self._soon.isActive() or self._returning is not None

    def end(self) -> None:
        """Forgets everything."""
        if self._work is not None and self._link is not None:
            self._work.moved.disconnect(self._moved)
            self._link.busy.disconnect(self._answered)
            self._link.changed.disconnect(self._changed)
            QApplication.instance().focusChanged.disconnect(self._focused)  # type: ignore[union-attr]
        self._quiet.stop()
        self._soon.stop()
        self._work = self._link = self._returning = None
        self._kept, self._shown = {}, set()
        self._vault, self._contract, self._told = None, "", False
        self._here = self._focus = ""

    # What is typed

    def _focused(self, _old: QWidget | None, new: QWidget | None) -> None:
        page = self._page(self._here)
        if page is None or new is None or not page.isAncestorOf(new):
            return
        self._focus = new.objectName()
        if is_kept(new) and isinstance(new, QLineEdit | QPlainTextEdit):
            note_settled(new)
            self._watch(new, new.textChanged, partial(self._text_changed, new))
        elif isinstance(new, UnfinishedValue):
            self._watch(new, new.typing, self._quiet.start)
        elif isinstance(new, ComboBox):
            self._watch(new, new.currentIndexChanged, self._key)
        elif isinstance(new, CheckBox):
            self._watch(new, new.toggled, self._key)
        self._look_soon()

    @staticmethod
    def _watch(widget: QWidget, signal: Any, slot: Callable[..., Any]) -> None:
        if not widget.property("drafts watch"):
            widget.setProperty("drafts watch", True)
            signal.connect(slot)

    def _text_changed(self, editor: QLineEdit | QPlainTextEdit, *_: object) -> None:
        note_settled(editor)
        self._quiet.start()

    def _key(self, *_: object) -> None:
        self._quiet.start()

    def _send_here(self) -> None:
        self._send(self._here)

    def _send(self, desk: str, exact: bool = False) -> None:
        """Sends a desk's draft if it changed. ``exact``: also where only cursor or field are others."""
        page = self._page(desk)
        if page is None or self._link is None or not page.keeps_drafts:
            return
        if self._returning is not None and self._returning.desk == desk:
            return
        draft = self._draft(desk, page)
        if not self._vault:
            self._tell_nowhere(draft)
            return
        kept = self._kept.get(desk)
        if draft.fields:
            if kept is not None and (draft == kept or (not exact and _same(draft, kept))):
                return
            self._kept[desk] = draft
            self._shown.add(desk)
        elif kept is not None and desk in self._shown:
            del self._kept[desk]
            self._shown.discard(desk)
            draft = SaveDraft(desk, {})
        else:
            return
        self._link.ask(draft, _nothing, self._refused)

    def _draft(self, desk: str, page: Page) -> SaveDraft:
        focus = page.findChild(QWidget, self._focus) if self._focus else None
        name = "" if focus is None else focus.objectName()
        return SaveDraft(desk, page.place(), unsaved_fields(page), name, cursor_of(focus))

    def _tell_nowhere(self, draft: SaveDraft) -> None:
        if draft.fields and self._vault is False and not self._told:
            self._told = True
            self._tell.hint(tr("drafts.nowhere"))

    def _refused(self, problem: Problem) -> None:
        if problem.code == "drafts.too_long":
            self._tell.say(sentence(problem), "danger", "alert")

    # What comes back

    def _take(self) -> None:
        """Asks which drafts there are; an auditor has none."""
        if self._work is not None and self._link is not None and self._work.person.role in _ROLES:
            self._link.ask(TakeDrafts(), self._found, self._no_vault)

    def _no_vault(self, _problem: Problem) -> None:
        self._vault = False
        self._kept, self._shown = {}, set()
        self._quiet.start()

    def _found(self, found: Found) -> None:
        work, page = self._work, self._page(self._here)
        if work is None or page is None:
            return
        first, other = not self._vault, self._contract not in ("", found.contract)
        self._vault, self._contract = True, found.contract
        kept = {one.desk: SaveDraft(one.desk, one.place, one.fields, one.focus, one.cursor) for one in found.drafts}
        if other:
            # What lies on other pages is of the contract before: it must not be typed into this one.
            work.let_others_go()
            self._shown = set()
        elif not first:
            self._kept = {desk: draft for desk, draft in self._kept.items() if desk in kept}
            return
        self._kept = kept
        if unsaved_fields(page):
            self._quiet.start()
            return
        newest = next((one.desk for one in found.drafts if one.desk in work.desks()), "")
        desk = newest if self._jump and newest else self._here
        self._jump = False
        if desk in kept:
            work.go(desk, **kept[desk].place)

    def _changed(self, changes: Any) -> None:
        # The sign-in is such a change itself: its question is still open then.
        if _OTHER_VAULT & changes.areas and self._vault is not None:
            self._take()

    def _moved(self, desk: str, place: dict[str, Any]) -> None:
        if desk != self._here:
            self._send(self._here, exact=True)
            self._here, self._focus = desk, ""
            self._focused(None, QApplication.focusWidget())
        draft = self._kept.get(desk)
        if draft is None or not self._vault:
            self._returning = None
        elif place and place != draft.place:
            # Somewhere else on purpose: the draft waits in the room until the person comes back to it.
            self._returning = None
            self._shown.discard(desk)
        else:
            self._returning = _Return(desk, draft, there=bool(place) or not draft.place)
            self._soon.start()

    def _answered(self, busy: bool) -> None:
        if not busy:
            self._soon.start()
            self._look_soon()

    def _look_soon(self) -> None:
        """A form may have been saved or left without another key: looked at once more, and no later for it."""
        if not self._quiet.isActive():
            self._quiet.start()

    def _go_on(self) -> None:
        """Every question is answered and shown: what is on its way back can be put in."""
        coming, link, work = self._returning, self._link, self._work
        if link is None or work is None or link.waiting():
            return
        work.forget_old_pages()
        if coming is None:
            return
        page = self._page(coming.desk)
        if page is None:
            return
        if unsaved_fields(page) == coming.draft.fields:
            self._returning = None
            self._shown.add(coming.desk)
        elif not coming.there:
            work.go(coming.desk, **coming.draft.place)
        else:
            self._put_back(page, coming)

    def _put_back(self, page: Page, coming: _Return) -> None:
        self._returning = None
        done = put_back(page, coming.draft.fields)
        if done.texts == 0:
            self._tell.say(tr("drafts.not_back"), "warn", "warning")
            return
        self._shown.add(coming.desk)
        if coming.draft.focus:
            put_cursor(page, coming.draft.focus, coming.draft.cursor)
        if unsaved_fields(page):
            self._tell.say(tr("drafts.back_changed" if done.changed else "drafts.back"), "warn", "undo")
        self._quiet.start()

    def _page(self, desk: str) -> Page | None:
        return None if self._work is None else self._work.page_of(desk)


def _same(draft: SaveDraft, kept: SaveDraft) -> bool:
    return (draft.place, draft.fields) == (kept.place, kept.fields)


def _nothing(_: object) -> None:
    """A draft that is kept is not spoken of."""


def _single_shot(parent: QObject, milliseconds: int, slot: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(slot)
    return timer
