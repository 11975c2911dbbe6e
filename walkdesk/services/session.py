"""A session: who is in, which office and which contract are open; and the unit of work of one action."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from threading import Event
from typing import Any

from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session as OrmSession

from walkdesk.domain.contract import ContractState, accepts_input
from walkdesk.domain.participants import Programme
from walkdesk.domain.people import Role, may_work
from walkdesk.domain.problem import Problem
from walkdesk.ledger.standing import Row
from walkdesk.ledger.witness import note_of
from walkdesk.messages.common import Progress
from walkdesk.messages.reception import ImportPreview
from walkdesk.services.clock import Clock, PcClock, uptime
from walkdesk.services.lockout import Lockout
from walkdesk.storage.accounts import AccountsFile
from walkdesk.storage.engine import bare
from walkdesk.storage.keys import AccountKeys, KeyCost
from walkdesk.storage.office import OfficeBook, OfficeFolder
from walkdesk.storage.office_tables import ContractRecord
from walkdesk.storage.shares import ContractShare
from walkdesk.storage.tokens import removable_roots
from walkdesk.storage.trail import trail_head
from walkdesk.storage.vault import Vault, VaultPoint


@dataclass(slots=True)
class Premises:
    """Where the program runs: the office's folder, its clock, where tokens are looked for, what a password costs."""

    folder: OfficeFolder
    clock: Clock = field(default_factory=PcClock)
    token_roots: Sequence[Path] | None = None
    """``None``: the PC's removable media."""
    cost: KeyCost | None = None
    """``None``: raised at set-up to about half a second."""
    uptime: Callable[[], int] = uptime
    """How many seconds the PC has run: what a turned clock does not change."""

    def tokens(self) -> tuple[Path, ...]:
        """The folders in which a token may lie now."""
        return tuple(self.token_roots) if self.token_roots is not None else removable_roots()


@dataclass(frozen=True, slots=True)
class Member:
    """Who signed in."""

    staff_number: str
    name: str
    post: str
    role: Role
    may_approve: bool
    trained_years: frozenset[int] = frozenset()
    """The fiscal years of which a training is recorded."""


@dataclass(frozen=True, slots=True)
class ContractTerms:
    """What nearly every action asks of the contract on the desk: read without more, between two keystrokes."""

    contract: str
    number: str
    programme: str
    state: str
    start: date
    end: date


_TERMS = 'SELECT contract, number, programme, state, start, "end" FROM contracts WHERE contract = ?'


@dataclass(slots=True)
class Session:
    """From the door to the lock. ``member`` is ``None`` while nobody is in."""

    premises: Premises
    member: Member | None = None
    keys: AccountKeys | None = None
    accounts: AccountsFile | None = None
    book: OfficeBook | None = None
    vault: Vault | None = None
    vault_key: bytes | None = field(default=None, repr=False)
    share: bytes | None = field(default=None, repr=False)
    keeper: ContractShare | None = None
    """Where the share of the open contract lies, and where the ledger's checkpoint is laid beside it."""
    waiting: str | None = None
    """Why the contract's vault did not open (a token that is not here), and below the token's name."""
    waiting_name: str = ""
    unsealed: VaultPoint | None = None
    """A commit of the vault whose seal could not be written (the disk was full): sealed before anything else."""
    vault_agrees: bool = True
    strangers: dict[str, Row] = field(default_factory=dict, repr=False)
    """Refused numbers that nobody has: they are locked as others are, but never written down."""
    tokens_read: set[str] = field(default_factory=set)
    """The contracts whose token was in a reader in this session: told once."""
    approver_tries: dict[str, Lockout] = field(default_factory=dict, repr=False)
    """The tries of approvers who are about to sign in a room of their own, by staff number."""
    imports: dict[str, tuple[ImportPreview, Any]] = field(default_factory=dict)
    undo: dict[tuple[str, str], tuple[int, Any]] = field(default_factory=dict)
    """Per card the last saved day and what stood there before, for one step back."""

    @property
    def now(self) -> datetime:
        """The time, from the injected clock."""
        return self.premises.clock.now()

    @property
    def trained(self) -> bool:
        """Whether who is in may work today: this fiscal year's training is recorded, or none is needed (auditors).

        Asked anew with each action, so that 1 April brings the gate back to somebody who is in.
        """
        member = self.member
        return member is not None and may_work(member.role, member.trained_years, self.now.date())

    @property
    def contract(self) -> str | None:
        """The contract on the desk."""
        return None if self.vault is None else self.vault.contract

    def close(self) -> None:
        """Closes databases; keys go with the process."""
        if self.vault is not None:
            self.vault.close()
        if self.book is not None:
            self.book.close()
        if self.accounts is not None:
            self.accounts.close()
        self.member = self.keys = self.accounts = self.book = self.vault = self.vault_key = self.share = None
        self.keeper = None
        self.waiting = self.unsealed = None
        self.tokens_read.clear()
        self.approver_tries.clear()
        self.imports.clear()
        self.undo.clear()


class Work:
    """One action's unit of work: both databases, the evidence, the time.

    The vault commits first, with its trail; then the office book commits what it holds, its ledger entries and the
    vault's new seal, in one transaction. What leaves the room leaves after both.
    """

    def __init__(self, session: Session, action: str, progress: Callable[[Progress], None], cancelled: Event) -> None:
        if session.book is None or session.member is None:
            raise Problem("door.not_signed_in")
        self.session = session
        self.member = session.member
        self.book = session.book
        self.now = session.now
        self.action = action
        self.ledger = 0
        self._progress = progress
        self._cancelled = cancelled
        self._office = OrmSession(self.book.engine)
        self._contract: ContractRecord | None = None
        self._vault: OrmSession | None = None
        self._vault_start = 0
        self._sealed = False
        self._seal_what_is_open()
        if session.vault is not None:
            session.vault.context.who = self.member.staff_number
            session.vault.context.at = self.now.isoformat(timespec="seconds")
            session.vault.context.why = action
            session.vault.context.reason = None

    @property
    def today(self) -> date:
        """The day of this action."""
        return self.now.date()

    @property
    def office(self) -> OrmSession:
        """The office book."""
        return self._office

    @property
    def vault(self) -> OrmSession:
        """The vault of the contract on the desk; ``Problem`` where none is open."""
        if self._vault is None:
            if self.session.vault is None:
                raise Problem("door.no_vault")
            self._vault = OrmSession(self.session.vault.engine)
            self._vault_start = trail_head(self._vault.connection()).sequence
        return self._vault

    @property
    def vault_connection(self) -> Connection:
        """The vault's connection inside this transaction, for bulk work."""
        return self.vault.connection()

    @property
    def contract(self) -> ContractRecord:
        """The contract on the desk."""
        on_desk = self.session.contract
        # Held here: the book's session keeps only weak references, and would read it again for every look.
        if self._contract is None or self._contract.contract != on_desk:
            self._contract = self.office.get(ContractRecord, on_desk) if on_desk else None
        if self._contract is None:
            raise Problem("door.no_vault")
        return self._contract

    @property
    def terms(self) -> ContractTerms:
        """The contract on the desk, as it stood at the last flush."""
        on_desk = self.session.contract
        rows = bare(self.office.connection(), _TERMS, (on_desk,)) if on_desk else []
        if not rows:
            raise Problem("door.no_vault")
        contract, number, programme, state, start, end = rows[0]
        return ContractTerms(contract, number, programme, state, date.fromisoformat(start), date.fromisoformat(end))

    def because(self, reason: str, paper: str = "") -> None:
        """The reason that the trail keeps for the changes of this action.

        A reason may name somebody: an individual erasure takes it with the values. The number of a ``paper`` stays.
        """
        if self.session.vault is not None:
            self.session.vault.context.why = f"{self.action}: {paper}" if paper else self.action
            self.session.vault.context.reason = reason or None

    def require_input(self) -> ContractTerms:
        """The contract, if personal data may be entered today: open, and between its dates (design chapter 8)."""
        terms = self.terms
        if not accepts_input(ContractState(terms.state), terms.start, terms.end, self.today):
            raise Problem("contracts.no_input", start=terms.start, end=terms.end)
        return terms

    def record(self, event: str, contract: str | None = None, **facts: Any) -> int:
        """Writes one ledger entry into this action's transaction and returns its number. Empty facts are left out."""
        kept = {key: value for key, value in facts.items() if value is not None and value != ""}
        entry = self.book.record(
            self.office, self.now, self.member.staff_number, event, contract or self.session.contract, kept
        )
        self.ledger = entry.sequence
        return entry.sequence

    def progress(self, done: int, total: int, stage: str = "") -> None:
        """Says how far it is, and stops here if the person cancelled: nothing is kept then."""
        if self._cancelled.is_set():
            raise Problem("shell.cancelled")
        self._progress(Progress(done, total, stage))

    def settle(self) -> None:
        """Puts what was done so far on disk and goes on: for work whose every step must survive a crash."""
        self._commit()

    def finish(self) -> None:
        """Commits everything."""
        self._commit()
        if self._sealed:
            self._tell_token()
        self._office.close()
        if self._vault is not None:
            self._vault.close()

    def abandon(self) -> None:
        """Takes everything back since the last commit."""
        try:
            if self._vault is not None:
                self._vault.rollback()
                self._vault.close()
        finally:
            self._office.rollback()
            self._office.close()

    def seal_to_ledger(self) -> None:
        """Appends the vault's seal to the chain: at lock, sign-out and with every report."""
        if self.session.vault is None or self.session.contract is None:
            return
        self._sealed = True
        point = self.book.sealed_point(self.office, self.session.contract)
        self.record(
            "seal",
            counter=point.counter,
            trail_sequence=point.head.sequence,
            trail_head=point.head.mac.hex(),
            counts=self.session.vault.counts() if self._vault is None else None,
        )

    def _commit(self) -> None:
        vault = self.session.vault
        if self._vault is not None and vault is not None:
            self._vault.flush()
            connection = self._vault.connection()
            head = trail_head(connection)
            if head.sequence > self._vault_start:
                counter = vault.step(connection)
                # Whatever the office book refuses, it refuses here, before the vault keeps anything.
                self.book.hold_seal(self._office, vault.contract)
                self._office.flush()
                self._vault.commit()
                # Only now is it known what the pages became. The seal stays owed until the book has it too.
                point = self.session.unsealed = VaultPoint(counter, head, vault.digest())
                self.book.seal(self._office, vault.contract, point, self.now)
                self._vault_start = head.sequence
            else:
                self._vault.rollback()
        self._office.commit()
        self.session.unsealed = None

    def _tell_token(self) -> None:
        """Lays the checkpoint beside the contract's share. The ledger is on disk by now, so it reaches further."""
        last = self.book.last_entry(self._office)
        if self.session.keeper is not None and last is not None:
            self.session.keeper.keep(note_of(self.book.key, self.book.office_id, last))

    def _seal_what_is_open(self) -> None:
        """A vault may be one commit ahead of its seal and no more: the seal that failed comes before the next."""
        point, vault = self.session.unsealed, self.session.vault
        if point is None or vault is None:
            return
        with OrmSession(self.book.engine) as office:
            self.book.seal(office, vault.contract, point, self.now)
            office.commit()
        self.session.unsealed = None


def no_progress(_: Progress) -> None:
    """Nobody watches."""


@contextmanager
def working(
    session: Session,
    action: str,
    progress: Callable[[Progress], None] = no_progress,
    cancelled: Event | None = None,
) -> Iterator[Work]:
    """A unit of work that is finished at the end, or abandoned where anything goes wrong."""
    work = Work(session, action, progress, cancelled or Event())
    try:
        yield work
        work.finish()
    except BaseException:
        work.abandon()
        raise


def programme_of(contract: ContractRecord | ContractTerms) -> Programme:
    """The contract's programme."""
    return Programme(contract.programme)
