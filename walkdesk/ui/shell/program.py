"""The running program: it starts and ends the room, and carries what the window wants to it and back."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, Signal

from walkdesk.domain.contract import ContractState
from walkdesk.domain.dates import fiscal_year_name, short_date
from walkdesk.domain.people import Role
from walkdesk.domain.problem import Problem
from walkdesk.messages.common import Changes
from walkdesk.messages.door import LookAtOffice, OfficeFront, SetUpOffice, SignedIn, SignIn, SignOut
from walkdesk.messages.reception import ParticipantRow, SearchHits, SearchParticipants
from walkdesk.room.client import Client
from walkdesk.ui.language import sentence, tr
from walkdesk.ui.look.parts.chips import ChipKind
from walkdesk.ui.setup.values import SetupValues
from walkdesk.ui.shell.link import AsksRoom, RoomLink
from walkdesk.ui.shell.page import Person, Standing
from walkdesk.ui.shell.search import SearchResult
from walkdesk.ui.shell.window import MainWindow
from walkdesk.ui.signin.page import TokenState

_CHIPS: dict[ContractState, tuple[str, ChipKind]] = {
    ContractState.PREPARING: ("pencil", "warn"),
    ContractState.OPEN: ("circle", "accent"),
    ContractState.REPORTED: ("check-circle", "accent"),
    ContractState.RETURNED: ("check-circle", "accent"),
    ContractState.ERASING: ("alert", "danger"),
    ContractState.ERASED: ("check-circle", "accent"),
    ContractState.ACKNOWLEDGED: ("check-circle", "ok"),
}


class StartRoom(Protocol):
    """Starts a room and tells what it says without being asked."""

    def __call__(self, on_changes: Callable[[Changes], None], on_end: Callable[[], None]) -> AsksRoom: ...


def room_starter(office: Path, tokens: Sequence[Path] = ()) -> StartRoom:
    """Rooms over one office, each as a process of its own."""

    def start(on_changes: Callable[[Changes], None], on_end: Callable[[], None]) -> AsksRoom:
        return Client(office, tokens, on_changes, on_end)

    return start


def standing_of(signed_in: SignedIn) -> Standing | None:
    """The contract on the desk as the top bar shows it; ``None`` where none is open."""
    card = next((one for one in signed_in.contracts if one.contract == signed_in.entered), None)
    if card is None:
        return None
    icon, kind = _CHIPS[card.state]
    return Standing(
        tr(f"reception.programme.{card.programme.value}"),
        fiscal_year_name(card.year),
        tr(f"contracts.state.{card.state.value}"),
        icon,
        kind,
    )


class Program(QObject):
    """One window and its room. A room ends with each lock: that is what takes the keys out of memory."""

    opened = Signal(object)
    """``SignedIn``: the desks are shown."""
    room_ended = Signal()

    def __init__(self, window: MainWindow, start_room: StartRoom, office_exists: bool) -> None:
        super().__init__(window)
        self._window = window
        self._start_room = start_room
        self._office_exists = office_exists
        self._client: AsksRoom | None = None
        self._link: RoomLink | None = None
        self._wanted: tuple[object, Callable[[Problem], None]] | None = None
        self._ending = False
        self._last_seen = ""
        window.signed_in_requested.connect(self._sign_in)
        window.setup_requested.connect(self._set_up)
        window.search_requested.connect(self._search)
        window.locked.connect(self._lock)
        self.room_ended.connect(self._begin_again, Qt.ConnectionType.QueuedConnection)

    def begin(self) -> None:
        """Shows the door and starts the room behind it, so that it is there when the password is."""
        if self._office_exists:
            self._window.show_sign_in()
        else:
            self._window.show_setup()
        self._open_room()

    def close(self) -> None:
        """The window closes: the vault is sealed and the room ends, and we wait for it."""
        client, self._client = self._client, None
        if client is not None and not self._ending:
            _end(client, "sign_out")

    @property
    def link(self) -> RoomLink | None:
        """The link to the room that runs now."""
        return self._link

    def _open_room(self) -> None:
        link = RoomLinkHolder(self._start_room, self)
        self._client, self._link = link.client, link.link
        self._link.ask(LookAtOffice(), self._show_front, self._refused_at_door)

    def _show_front(self, front: OfficeFront) -> None:
        page = self._window.signin
        if page is not None and front.exists and front.tokens:
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
        if self._link is None or self._ending:
            self._wanted = (message, otherwise)
        else:
            self._link.ask(message, self._let_in, otherwise)

    def _let_in(self, answer: SignedIn) -> None:
        assert self._link is not None
        self._office_exists = True
        self._last_seen = f"{short_date(answer.now.date())} {answer.now.hour}:{answer.now.minute:02}"
        role = answer.role.value if isinstance(answer.role, Role) else str(answer.role)
        person = Person(answer.staff_number, answer.name, answer.post, role)
        self._window.open(self._link, person, standing_of(answer))
        if answer.waiting is not None:
            names = "・".join(card.number for card in answer.contracts[:1])
            self._window.refuse(Problem(answer.waiting, name=names))
        elif answer.entered is not None:
            self._window.say(tr("shell.status.agrees"))
        self.opened.emit(answer)

    def _search(self, text: str) -> None:
        if self._link is None:
            return

        def show(hits: SearchHits) -> None:
            note = tr("shell.search.more", count=hits.total) if hits.total > len(hits.hits) else ""
            self._window.show_results(text, [_result(row, text) for row in hits.hits], note)

        self._link.ask(SearchParticipants(text), show, lambda problem: self._window.show_results(text, [], sentence(problem)))

    def _lock(self, _number: str) -> None:
        client, self._client, self._link, self._ending = self._client, None, None, True
        if client is None:
            self.room_ended.emit()
            return

        def end() -> None:
            _end(client, "lock")
            self.room_ended.emit()

        # Ending waits for the child process: on a thread of its own, the window stays alive.
        threading.Thread(target=end, name="end of room", daemon=True).start()

    def _begin_again(self) -> None:
        self._ending = False
        self._open_room()


class RoomLinkHolder:
    """A room with its link: what the room says by itself reaches the window's thread through the link."""

    def __init__(self, start: StartRoom, parent: QObject) -> None:
        link: RoomLink | None = None

        def on_changes(changes: Changes) -> None:
            if link is not None:
                link.tell(changes)

        self.client = start(on_changes, lambda: None)
        link = self.link = RoomLink(self.client, parent)


def _end(client: AsksRoom, reason: str) -> None:
    """Signs out, which seals the vault to the ledger, and ends the process."""
    answered = threading.Event()
    client.ask(SignOut(reason), lambda _: answered.set())
    answered.wait(5)
    client.close()


def _result(row: ParticipantRow, text: str) -> SearchResult:
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


