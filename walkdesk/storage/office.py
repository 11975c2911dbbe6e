"""The office on disk: its folder, its lock, and the office book with the ledger in it."""

from __future__ import annotations

import json
import os
import secrets
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Engine, insert, select
from sqlalchemy.orm import Session

from walkdesk.domain.problem import Problem
from walkdesk.ledger.chain import append
from walkdesk.ledger.entry import Entry
from walkdesk.ledger.seals import Seal, sign_seal
from walkdesk.storage.engine import bare, disk_problems, open_engine
from walkdesk.storage.office_tables import LedgerRecord, OfficeKey, SealRecord, Setting
from walkdesk.storage.pages import PageDigest
from walkdesk.storage.schema import upgrade
from walkdesk.storage.trail import TrailHead
from walkdesk.storage.vault import VaultPoint
from walkdesk.storage.wiping import sync_folder

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_PUT_SEAL = """INSERT INTO seals (contract, counter, trail_sequence, trail_head, at, signature, pages, root)
VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (contract) DO UPDATE SET counter = excluded.counter,
trail_sequence = excluded.trail_sequence, trail_head = excluded.trail_head, at = excluded.at,
signature = excluded.signature, pages = excluded.pages, root = excluded.root"""

_HOLD_SEAL = "UPDATE seals SET counter = counter WHERE contract = ?"

FORMAT = 1
"""The version of the folder's layout, in ``office.json``."""
_LONGEST_CARD = 4096


@dataclass(frozen=True, slots=True)
class OfficeFolder:
    """Where each file of an office lies."""

    path: Path

    @property
    def card(self) -> Path:
        """``office.json``: format version, nothing secret."""
        return self.path / "office.json"

    @property
    def accounts(self) -> Path:
        return self.path / "accounts.db"

    @property
    def slots(self) -> Path:
        return self.path / "office-slots.bin"

    @property
    def door_log(self) -> Path:
        return self.path / "door.log"

    @property
    def book(self) -> Path:
        return self.path / "office.db"

    @property
    def lock(self) -> Path:
        return self.path / "office.lock"

    def contract(self, contract: str) -> Path:
        """The folder of one contract."""
        return self.path / "contracts" / contract

    def vault(self, contract: str) -> Path:
        return self.contract(contract) / "vault.db"

    def vault_slots(self, contract: str) -> Path:
        return self.contract(contract) / "slots.bin"

    @property
    def begun(self) -> Path:
        """Lies here while the office is being set up: what lies beside it then is nobody's yet."""
        return self.path / "set-up.begun"

    def exists(self) -> bool:
        """Whether an office was set up here. One whose card is gone is still one: it is damaged, not new."""
        return self.card.exists() or (self.book.exists() and not self.begun.exists())

    def read_card(self) -> Mapping[str, Any]:
        """The office's card; damage or a newer format is a ``Problem``."""
        try:
            with self.card.open("rb") as file:
                card = json.loads(file.read(_LONGEST_CARD))
        except (OSError, ValueError, RecursionError):
            raise Problem("storage.office_damaged") from None
        version = card.get("format") if isinstance(card, dict) else None
        if type(version) is int and version > FORMAT:
            raise Problem("storage.newer")
        whole = version == FORMAT and type(card["format"]) is int
        if not whole or type(card.get("office")) is not str or type(card.get("practice")) is not bool:
            raise Problem("storage.office_damaged")
        return dict(card)

    def write_card(self, office: str, practice: bool) -> None:
        """Written last at set-up: an office without it does not exist."""
        data = json.dumps({"format": FORMAT, "office": office, "practice": practice}).encode()
        fresh = self.card.with_suffix(".new")
        with disk_problems(self.card.name):
            with fresh.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self.card)
            sync_folder(self.path)
            self.begun.unlink(missing_ok=True)


class OfficeLock:
    """One running program per office folder."""

    def __init__(self, folder: OfficeFolder) -> None:
        with disk_problems(folder.lock.name):
            folder.path.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._file: IO[bytes] = folder.lock.open("a+b")
        try:
            if sys.platform == "win32":
                msvcrt.locking(self._file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.close()
            raise Problem("storage.office_in_use") from None

    def release(self) -> None:
        """Lets another program in."""
        self._file.close()


class OfficeBook:
    """事務所台帳: what outlives a contract, and the ledger, each change in one transaction with its entry."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self.engine = engine
        with Session(engine) as session:
            record = session.get(OfficeKey, "ed25519")
            office = session.get(Setting, "office_id")
            if record is None or office is None:
                raise Problem("storage.database_damaged", name=path.name)
            self.key = Ed25519PrivateKey.from_private_bytes(record.private)
            self.office_id = office.value

    @classmethod
    def create(cls, path: Path, key: bytes) -> OfficeBook:
        """A new book with a new signing key."""
        with disk_problems(path.name):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
        engine = open_engine(path, key)
        signing = Ed25519PrivateKey.generate()
        try:
            with engine.begin() as connection:
                upgrade(connection, "office", {})
                connection.execute(
                    insert(OfficeKey).values(
                        name="ed25519",
                        private=signing.private_bytes_raw(),
                        public=signing.public_key().public_bytes_raw(),
                    )
                )
                connection.execute(insert(Setting).values(key="office_id", value=secrets.token_hex(8)))
            return cls(path, engine)
        except BaseException:
            engine.dispose()
            raise

    @classmethod
    def open(cls, path: Path, key: bytes) -> OfficeBook:
        """Opens a book and brings its schema up; a wrong or damaged file is a ``Problem``."""
        if not path.exists():
            raise Problem("storage.office_damaged")
        engine = open_engine(path, key)
        try:
            with engine.begin() as connection:
                # A damaged page would be met in the middle of some work, where no evidence of it could be written.
                if connection.exec_driver_sql("PRAGMA cipher_integrity_check").scalars().first() is not None:
                    raise Problem("storage.database_damaged", name=path.name)
                upgrade(connection, "office", {})
            return cls(path, engine)
        except BaseException:
            engine.dispose()
            raise

    def close(self) -> None:
        """Ends the connection."""
        self.engine.dispose()

    def last_entry(self, session: Session) -> Entry | None:
        """The newest entry of the ledger."""
        record = session.scalars(select(LedgerRecord).order_by(LedgerRecord.sequence.desc()).limit(1)).first()
        return None if record is None else entry_of(record)

    def entries(self, session: Session, after: int = 0) -> Iterator[Entry]:
        """The ledger in its order."""
        query = select(LedgerRecord).where(LedgerRecord.sequence > after).order_by(LedgerRecord.sequence)
        for record in session.scalars(query.execution_options(yield_per=1000)):
            yield entry_of(record)

    def record(
        self,
        session: Session,
        at: datetime,
        account: str,
        event: str,
        contract: str | None,
        facts: Mapping[str, Any],
    ) -> Entry:
        """Appends one signed entry in the caller's transaction."""
        entry = append(
            self.last_entry(session),
            self.key,
            at=at,
            account=account,
            event=event,
            contract=contract,
            facts=facts,
        )
        session.add(
            LedgerRecord(
                sequence=entry.sequence,
                at=entry.at,
                account=entry.account,
                event=entry.event,
                contract=entry.contract,
                facts=dict(entry.facts),
                previous=entry.previous,
                signature=entry.signature,
            )
        )
        session.flush()
        return entry

    def hold_seal(self, session: Session, contract: str) -> None:
        """Writes in the place of a seal what stands there: where the book could not take one, it says so here."""
        bare(session.connection(), _HOLD_SEAL, (contract,))

    def seal(self, session: Session, contract: str, point: VaultPoint, at: datetime) -> Seal:
        """Signs where a vault stands, in the caller's transaction.

        A point without pages says that the vault is about to be made anew under the same trail (a migration, a
        rekeying): the next opening then checks it record by record.
        """
        pages = point.pages
        seal = sign_seal(
            self.key,
            contract=contract,
            counter=point.counter,
            trail_sequence=point.head.sequence,
            trail_head=point.head.mac,
            at=at.replace(microsecond=0),
            pages=None if pages is None else pages.pages,
            root=None if pages is None else pages.root,
        )
        # Bare SQL: this stands in the path of every saved day.
        at_text = seal.at.isoformat(timespec="seconds")
        values = (seal.counter, seal.trail_sequence, seal.trail_head, at_text, seal.signature, seal.pages, seal.root)
        bare(session.connection(), _PUT_SEAL, (contract, *values))
        return seal

    def sealed_point(self, session: Session, contract: str) -> VaultPoint:
        """Where a vault must stand, by its newest seal; a seal that the office did not sign is a ``Problem``."""
        record = session.get(SealRecord, contract, populate_existing=True)
        if record is None:
            raise Problem("storage.seal_missing")
        seal = Seal(
            record.contract,
            record.counter,
            record.trail_sequence,
            record.trail_head,
            record.at,
            record.signature,
            record.pages,
            record.root,
        )
        if not seal.signed_by(self.key.public_key()):
            raise Problem("storage.seal_damaged")
        pages = None if seal.pages is None or seal.root is None else PageDigest(seal.pages, seal.root)
        return VaultPoint(seal.counter, TrailHead(seal.trail_sequence, seal.trail_head), pages)

    def setting(self, session: Session, key: str, default: str = "") -> str:
        """One setting."""
        record = session.get(Setting, key)
        return default if record is None else record.value

    def set(self, session: Session, key: str, value: str) -> None:
        """Changes one setting."""
        session.merge(Setting(key=key, value=value))


def entry_of(record: LedgerRecord) -> Entry:
    """The ledger's entry as it was signed."""
    return Entry(
        record.sequence,
        record.at,
        record.account,
        record.event,
        record.contract,
        record.facts,
        record.previous,
        record.signature,
    )
