"""The running program: it starts and ends the room, and carries what the window wants to it and back."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from walkdesk.domain.people import Role
from walkdesk.domain.problem import Problem
from walkdesk.messages.account import LookAtSession
from walkdesk.messages.audit import AuditBoard, LookAtAudit
from walkdesk.messages.common import Changes, Done
from walkdesk.messages.door import (
    ContractCard,
    LookAtOffice,
    OfficeFront,
    SetUpOffice,
    SignedIn,
    SignIn,
    SignOut,
    waiting_problem,
)
from walkdesk.messages.keys import RecoverManager
from walkdesk.messages.people import TRAINING
from walkdesk.messages.reception import ParticipantRow, SearchHits, SearchParticipants
from walkdesk.room.client import Client
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.manual.window import ManualWindow
from walkdesk.ui.setup.values import SetupValues
from walkdesk.ui.shell.clipboard import ClipboardGuard
from walkdesk.ui.shell.link import AsksRoom, RoomLink
from walkdesk.ui.shell.page import Person, Standing
from walkdesk.ui.shell.search import SearchResult
from walkdesk.ui.shell.signing import SigningRooms
from walkdesk.ui.shell.standing import standing_of
from walkdesk.ui.shell.window import MainWindow, Reason
from walkdesk.ui.signin.page import TokenState
from walkdesk.ui.words import fiscal_year, programme_word, state_word

_BEFORE_SLEEP = 4.0
"""Seconds that the room may take to end before the PC sleeps; logind waits for 5."""


class StartRoom(Protocol):
    """Starts a room and tells what it says without being asked."""

    def __call__(self, on_changes: Callable[[Changes], None], on_end: Callable[[], None]) -> AsksRoom: ...


def room_starter(office: Path, tokens: Sequence[Path] = ()) -> StartRoom:
    """Rooms over one office, each as a process of its own."""

    def start(on_changes: Callable[[Changes], None], on_end: Callable[[], None]) -> AsksRoom:
        return Client(office, tokens, on_changes, on_end)

    return start


def standing_on_desk(signed_in: SignedIn) -> Standing | None:
    """The contract on the desk as the top bar shows it; ``None`` where none is open."""
    card = next((one for one in signed_in.contracts if one.contract == signed_in.entered), None)
    return None if card is None else standing_of(card)


class Program(QObject):
    """One window and its room. A room ends with each lock: that is what takes the keys out of memory."""

    opened = Signal(object)
    """``SignedIn``: the desks are shown."""
    room_ended = Signal()
    token_out = Signal(str)
    """A token should go back to the safe now."""

    def __init__(
        self,
        window: MainWindow,
        start_room: StartRoom,
        office_exists: bool,
        start_signing: Callable[[], AsksRoom] | None = None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._start_room = start_room
        self._office_exists = office_exists
        self._client: AsksRoom | None = None
        self._link: RoomLink | None = None
        self._wanted: tuple[object, Callable[[Problem], None]] | None = None
        self._coming_in = False
        self._end_thread: threading.Thread | None = None
        self._closed = False
        self._clipboard = ClipboardGuard(QGuiApplication.clipboard(), self)
        if start_signing is not None:
            signing = SigningRooms(start_signing, self)
            window.use_signing(signing.sign)
            window.locked.connect(lambda _number, _reason: signing.forget())
        window.signed_in_requested.connect(self._sign_in)
        window.recovery_requested.connect(self._recover)
        window.setup_requested.connect(self._set_up)
        window.search_requested.connect(self._search)
        window.locked.connect(self._lock)
        window.locked.connect(self._clipboard.clear)
        self._manual = ManualWindow(window)
        window.help_requested.connect(self._manual.open_at)
        self.token_out.connect(self._remind, Qt.ConnectionType.QueuedConnection)
        self.room_ended.connect(self._begin_again, Qt.ConnectionType.QueuedConnection)

    def begin(self) -> None:
        """Shows the door and starts the room behind it, so that it is there when the password is."""
        self.show_door()
        self.open_room()

    def show_door(self) -> None:
        """The sign-in page, or the guide where no office was set up."""
        if self._office_exists:
            self._window.show_sign_in()
        else:
            self._window.show_setup()

    def close(self) -> None:
        """The window closes: the vault is sealed and the room ends, and we wait for it."""
        if not self._closed:
            self._clipboard.end()
        self._closed = True
        client, self._client = self._client, None
        if client is not None:
            _end(client, "sign_out")
        if self._end_thread is not None:
            self._end_thread.join()

    def leave(self, reason: Reason) -> None:
        """The desktop locks or the PC goes to sleep, also while a password is being checked.

        Before a sleep it returns when the room has ended, or after 4 seconds: what sleeps holds no key.
        """
        if self._window.work is not None:
            self._window.lock(reason)
        elif self._window.signin is not None and (self._coming_in or self._wanted is not None):
            self._window.show_sign_in(self._window.signin.number.text())
            self._wanted = None
            if self._link is not None:
                self._link.forget()
                self._lock("", reason)
        if reason == "sleep" and self._end_thread is not None:
            self._window.repaint()  # what the screen shows first after the sleep
            self._end_thread.join(_BEFORE_SLEEP)

    @property
    def link(self) -> RoomLink | None:
        """The link to the room that runs now."""
        return self._link

    @property
    def room(self) -> AsksRoom | None:
        """The room that runs now."""
        return self._client

    def open_room(self) -> None:
        """Starts a room; whoever has typed a password in the meantime is let in then."""
        hears = _Hears()
        self._client = self._start_room(hears.changes, hears.end)
        link = hears.link = self._link = RoomLink(self._client, self)
        link.ended.connect(lambda: self._room_gone(link))
        link.ask(LookAtOffice(), self._show_front, self._refused_at_door)

    def _show_front(self, front: OfficeFront) -> None:
        page = self._window.signin
        self._window.show_practice(front.practice)
        if page is not None and front.tokens:
            page.show_token(TokenState("present", "・".join(front.tokens)))
        if self._wanted is not None:
            message, otherwise = self._wanted
            self._wanted = None
            self._ask_in(message, otherwise)

    def _refused_at_door(self, problem: Problem) -> None:
        self._wanted = None
        if self._window.signin is not None:
            self._window.signin.show_problem(problem)
        self._window.refuse(problem)

    def _sign_in(self, number: str, password: str) -> None:
        def otherwise(problem: Problem) -> None:
            if self._window.signin is not None:
                self._window.signin.show_problem(problem)

        self._ask_in(SignIn(number, password), otherwise)

    def _recover(self, number: str, code: str, password: str) -> None:
        def otherwise(problem: Problem) -> None:
            if self._window.signin is not None:
                self._window.signin.recover.show_problem(problem)

        self._ask_in(RecoverManager(number, code, password), otherwise)

    def _set_up(self, values: SetupValues) -> None:
        def otherwise(problem: Problem) -> None:
            if self._window.setup is not None:
                self._window.setup.show_problem(problem)

        message = SetUpOffice(
            office=values.office_name,
            address=values.office_address,
            phone=values.office_phone,
            certification=values.certification_kind,
            certification_number=values.certification_number,
            certification_expiry=values.certification_expires,
            staff_number=values.manager_number,
            name=values.manager_name,
            post=values.manager_post,
            password=values.password,
            attested_by=values.attested_by,
        )
        self._ask_in(message, otherwise)

    def _ask_in(self, message: object, otherwise: Callable[[Problem], None]) -> None:
        """Asks to be let in, or waits until the room before has ended and a new one is there."""
        if self._link is None:
            self._wanted = (message, otherwise)
            return

        def refused(problem: Problem) -> None:
            self._coming_in = False
            otherwise(problem)

        self._coming_in = True
        self._link.ask(message, self._let_in, refused)

    def _let_in(self, answer: SignedIn) -> None:
        assert self._link is not None
        self._coming_in = False
        self._office_exists = True
        role = answer.role.value if isinstance(answer.role, Role) else str(answer.role)
        person = Person(answer.staff_number, answer.name, answer.post, role, answer.trained)
        self._window.show_practice(answer.practice)
        self._window.open(self._link, person, standing_on_desk(answer), answer.idle_minutes)
        if not answer.trained:
            self._link.changed.connect(self._look_again)
        elif answer.waiting is not None:
            self._window.refuse(waiting_problem(answer.waiting, answer.waiting_name))
        elif answer.entered is not None:
            self._window.say(tr("shell.status.agrees"))
        self.opened.emit(answer)

    def _look_again(self, changes: Changes) -> None:
        """Somebody's training was recorded: if it was that of who is here, the desks open."""
        work = self._window.work
        if self._link is None or work is None or work.person.trained or TRAINING not in changes.areas:
            return

        def told(answer: SignedIn) -> None:
            if answer.trained:
                self._let_in(answer)
                self._window.say(tr("shell.status.trained"))

        self._link.ask(LookAtSession(), told)

    def _search(self, text: str) -> None:
        work = self._window.work
        if self._link is None or work is None:
            return

        def refused(problem: Problem) -> None:
            self._window.show_results(text, [], sentence(problem))

        def people(hits: SearchHits) -> None:
            note = tr("shell.search.more", count=hits.total) if hits.total > len(hits.hits) else ""
            self._window.show_results(text, [_person(row, text) for row in hits.hits], note)

        def contracts(board: AuditBoard) -> None:
            found = [card for card in board.contracts if text.casefold() in card.number.casefold()]
            self._window.show_results(text, [_contract(card) for card in found])

        # An auditor never looks for people.
        if work.person.role == Role.AUDITOR:
            self._link.ask(LookAtAudit(), contracts, refused)
        else:
            self._link.ask(SearchParticipants(text), people, refused)

    def _room_gone(self, link: RoomLink) -> None:
        """The room ended by itself: the window locks, and a new room is started."""
        if link is not self._link:
            return
        if self._window.work is not None:
            self._window.lock("gone")
        else:
            self._lock("", "gone")

    def _lock(self, _number: str, reason: str) -> None:
        client, self._client, self._link = self._client, None, None
        self._coming_in = False
        if client is None:
            self.room_ended.emit()
            return

        def end() -> None:
            if reason == "gone":
                client.close()
            else:
                token = _end(client, reason)
                if token:
                    self.token_out.emit(token)
            self.room_ended.emit()

        # Ending waits for the child process: on a thread of its own, the window stays alive.
        self._end_thread = threading.Thread(target=end, name="end of room", daemon=True)
        self._end_thread.start()

    def _remind(self, token: str) -> None:
        if self._window.signin is not None:
            self._window.signin.remind(token)

    def _begin_again(self) -> None:
        if not self._closed:
            self.open_room()


class _Hears:
    """What a room says by itself, carried to its link; the room is there before the link is."""

    def __init__(self) -> None:
        self.link: RoomLink | None = None

    def changes(self, changes: Changes) -> None:
        """Something changed."""
        if self.link is not None:
            self.link.tell(changes)

    def end(self) -> None:
        """The room has ended."""
        if self.link is not None:
            self.link.gone()


def _end(client: AsksRoom, reason: str) -> str:
    """Signs out, which seals the vault to the ledger, and ends the process.

    In the evening the answer is the name of a token that should go back to the safe.
    """
    answered = threading.Event()
    token = ""

    def take(answer: object) -> None:
        nonlocal token
        if isinstance(answer, Done):
            token = str(answer.facts.get("token", ""))
        answered.set()

    client.ask(SignOut(reason), take)
    answered.wait(5)
    client.close()
    return token


def _person(row: ParticipantRow, text: str) -> SearchResult:
    channel = tr(f"reception.channel.{row.channel.value}")
    tail = tr("shell.search.phone", tail=row.phone_tail) if row.phone_tail else ""
    return SearchResult(
        title=row.name,
        desk="reception",
        place={"number": row.number},
        number=row.number,
        detail=tr("shell.search.detail", town=row.town, age=row.age),
        right=f"{channel}　{tail}".strip(),
        match=text if text in row.name else row.name.split(" ")[0],
    )


def _contract(card: ContractCard) -> SearchResult:
    return SearchResult(
        title=f"{programme_word(card)}　{fiscal_year(card.year)}",
        desk="certificate",
        place={"contract": card.contract},
        number=card.number,
        detail=state_word(card.state),
        match="",
    )
