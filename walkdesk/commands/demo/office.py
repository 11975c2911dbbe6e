"""The practice office from outside: its people, who of them is at the desk, and the room that does the work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from walkdesk.commands.demo.folder import DemoFolder
from walkdesk.domain.people import Role
from walkdesk.messages.door import SetPracticeDate, SignedIn, SignIn, SignOut
from walkdesk.messages.keys import TellToken
from walkdesk.room.client import Client

PASSWORD = "あるいて健康-毎日のんびり"
"""Of everybody in the practice office: it guards invented people only."""

PRINTER = "事務所のプリンター"


@dataclass(frozen=True, slots=True)
class StaffMember:
    """One of the office's people, or the ward's auditor."""

    number: str
    name: str
    post: str
    role: Role
    may_approve: bool


MANAGER = StaffMember("S-0001", "大谷 久恵", "取扱責任者", Role.MANAGER, True)
DEPUTY = StaffMember("S-0002", "榎本 義彦", "副責任者", Role.MANAGER, True)
HANDLER = StaffMember("S-0101", "佐久間 亮", "取扱者", Role.HANDLER, False)
APPROVER = StaffMember("S-0102", "相沢 香", "取扱者", Role.HANDLER, True)
AUDITOR = StaffMember("W-0001", "三宅 玲子", "健康部健康づくり課", Role.AUDITOR, False)
STAFF = (MANAGER, DEPUTY, HANDLER, APPROVER)
EVERYBODY = (*STAFF, AUDITOR)


class PracticeOffice:
    """The office at its folder. As in the real one a room begins with a sign-in and ends with the sign-out."""

    def __init__(self, folder: DemoFolder) -> None:
        self.folder = folder
        self.signed_in: SignedIn | None = None
        self.day: date | None = None
        self._client: Client | None = None
        self._next: Client | None = None

    @property
    def client(self) -> Client:
        """The room that runs now, or the next one, in which nobody is yet."""
        if self._client is None:
            self.make_ready()
            self._client, self._next = self._next, None
        assert self._client is not None
        return self._client

    def make_ready(self) -> None:
        """Starts the next room, while others work: it takes a second until it can be asked anything."""
        if self._next is None:
            self._next = self._new_room()

    def _new_room(self) -> Client:
        return Client(self.folder.office, [self.folder.usb])

    def ask(self, message: object) -> Any:
        """Asks the room and waits; a ``Problem`` that came back is raised."""
        answer = self.client.call(message)
        if isinstance(answer, SignedIn):
            self.signed_in, self.day = answer, answer.now.date()
        return answer

    def ask_all(self, messages: Iterable[object]) -> list[Any]:
        """Asks one after another without waiting in between: the answers in their order, a ``Problem`` in its place.

        The room still does one after the other; only the way there and back is not waited for each time.
        """
        told: list[Future[Any]] = []
        for message in messages:
            future: Future[Any] = Future()
            told.append(future)
            self.client.ask(message, future.set_result)
        return [future.result() for future in told]

    @contextmanager
    def at_desk(
        self, member: StaffMember, on: date | None = None, *, first: Iterable[object] = (), goes_on: bool = True
    ) -> Iterator[None]:
        """``member`` signs in, works, and signs out; ``on`` moves the practice date first.

        ``first`` is asked on the new day before anything else; ``goes_on``: somebody comes in afterwards.
        """
        self.ask(SignIn(member.number, PASSWORD))
        if goes_on:
            self.make_ready()
        if on is not None:
            self.move_to(on, first)
        try:
            yield
        except BaseException:
            self.abandon()
            raise
        self.leave()

    def move_to(self, day: date, first: Iterable[object] = ()) -> None:
        """Moves the practice date; ``first`` is asked on the new day before the token comes out of the safe."""
        if self.day is not None and day <= self.day:
            return
        with self._token_in_safe():
            self.ask(SetPracticeDate(day))
            for message in first:
                self.ask(message)

    @contextmanager
    def _token_in_safe(self) -> Iterator[None]:
        """The night between two days: the contract's token lies in the safe, and it is told that it went and came."""
        tokens = list(self.folder.usb.glob("walkdesk-token-*.json"))
        at_night = self.signed_in is not None and self.signed_in.entered is not None and bool(tokens)
        if not at_night:
            yield
            return
        safe = [token.rename(self.folder.path / token.name) for token in tokens]
        self.ask(TellToken("back"))
        yield
        for token in safe:
            token.rename(self.folder.usb / token.name)
        self.ask(TellToken("out"))

    def leave(self) -> None:
        """Signs out, which seals the vault to the ledger, and ends the room: the office is free for the next one."""
        self.ask(SignOut())
        before, self._client, self.signed_in = self._client, None, None
        if before is not None:
            before.close()

    def abandon(self) -> None:
        """Ends the rooms as they are."""
        clients, self._client, self._next, self.signed_in = (self._client, self._next), None, None, None
        for client in clients:
            if client is not None:
                client.close()
