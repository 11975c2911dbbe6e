"""The vault (保管庫): the encrypted database of one contract, its trail, and how it agrees with its seal."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, func, insert, select, update
from sqlalchemy.engine import Connection

from walkdesk.domain.participants import PermittedItem
from walkdesk.domain.problem import Problem
from walkdesk.storage.engine import bare, disk_problems, open_engine
from walkdesk.storage.guard import guard_triggers
from walkdesk.storage.keys import KEY_BYTES, derive
from walkdesk.storage.pages import PageDigest, Pages
from walkdesk.storage.records import verify_records
from walkdesk.storage.schema import is_current, upgrade
from walkdesk.storage.trail import (
    TrailContext,
    TrailHead,
    keeping_triggers,
    trail_functions,
    trail_head,
    trail_triggers,
    verify_trail,
)
from walkdesk.storage.vault_tables import Permitted, VaultBase, VaultState


@dataclass(frozen=True, slots=True)
class VaultPoint:
    """Where a vault stands: its commits, the end of its trail and the digest of its pages. A seal holds the same."""

    counter: int
    head: TrailHead
    pages: PageDigest | None = None
    """``None`` in a seal that leaves the pages to be checked record by record."""


def vault_triggers() -> dict[str, str]:
    """All triggers of a vault, by name."""
    metadata = VaultBase.metadata
    return {**trail_triggers(metadata), **guard_triggers(metadata), **keeping_triggers()}


@dataclass(slots=True)
class Vault:
    """An open vault. The key lives in this process only as long as the process does."""

    contract: str
    path: Path
    engine: Engine
    context: TrailContext
    pages: Pages | None = None

    @classmethod
    def create(
        cls, path: Path, contract: str, key: bytes, items: Iterable[PermittedItem], basis: str, at: str
    ) -> Vault:
        """A new vault with its permitted items. The folder must be there; an existing file is never touched."""
        if path.exists():
            raise Problem("storage.exists", name=path.name)
        with disk_problems(path.name):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
        context = TrailContext("-", at, "prepare", os.urandom(KEY_BYTES))
        vault = cls(contract, path, open_engine(path, key, trail_functions(context)), context)
        try:
            with vault.engine.begin() as connection:
                upgrade(connection, "vault", vault_triggers())
                connection.execute(insert(VaultState).values(id=1, contract=contract, counter=1, trail_key=context.key))
                for permitted in sorted(items, key=lambda item: item.value):
                    connection.execute(insert(Permitted).values(item=permitted.value, basis=basis))
            vault.pages = Pages(path)
        except BaseException:
            vault.close()
            raise
        return vault

    @classmethod
    def look(cls, path: Path, contract: str, key: bytes) -> Vault:
        """Opens a vault to look only: whatever is found, nothing of it is changed."""
        return cls._open(path, contract, key, look=True)

    @classmethod
    def open(cls, path: Path, contract: str, key: bytes) -> Vault:
        """Opens an existing vault and brings its schema up; a wrong or damaged file is a ``Problem``.

        Whoever opens a vault that is not ``current`` seals it without pages before and with them after.
        """
        return cls._open(path, contract, key, look=False)

    @classmethod
    def _open(cls, path: Path, contract: str, key: bytes, *, look: bool) -> Vault:
        if not path.exists():
            raise Problem("storage.vault_missing")
        context = TrailContext()
        vault = cls(contract, path, open_engine(path, key, trail_functions(context), look=look), context)
        try:
            with vault.engine.begin() as connection:
                if not look:
                    upgrade(connection, "vault", vault_triggers())
                context.key = _trail_key(connection, contract) or derive(key, b"walkdesk trail 1")
                if not look:
                    keeps_none = VaultState.trail_key.is_(None)
                    connection.execute(update(VaultState).where(keeps_none).values(trail_key=context.key))
            vault.pages = Pages(path)
        except BaseException:
            vault.close()
            raise
        return vault

    @property
    def trail_key(self) -> bytes:
        """The key of the trail's chain: it lies in the vault, dies with it, and outlives a rekeying."""
        return self.context.key

    def current(self) -> bool:
        """Whether the schema is this program's; ``Problem`` where it is that of a newer one."""
        with self.engine.connect() as connection:
            return is_current(connection, "vault")

    def point(self, connection: Connection) -> VaultPoint:
        """Where the vault stands now. Outside a transaction that changes it: the pages are those committed."""
        counter = connection.execute(select(VaultState.counter)).scalar_one()
        return VaultPoint(counter, trail_head(connection), self.digest())

    def digest(self) -> PageDigest:
        """The digest of the pages as they are committed now."""
        if self.pages is None:
            self.pages = Pages(self.path)
        self.pages.follow()
        return self.pages.digest()

    def step(self, connection: Connection) -> int:
        """Counts one commit and returns its number."""
        return int(bare(connection, "UPDATE vault_state SET counter = counter + 1 RETURNING counter")[0][0])

    def check(self, seal: VaultPoint) -> VaultPoint:
        """Holds the vault against its seal, and returns where it stands.

        Every page is as it was sealed; or the vault is ahead by one commit whose trail extends the seal (the power
        failed between the two), or sealed without pages: then every page, link and record is checked. Behind, or
        beside the seal, is an alarm: an old page, an old file or a foreign one was put in its place.
        """
        with self.engine.connect() as connection:
            now = self.point(connection)
            if seal.pages is None or now != seal:
                self._check_whole(connection, seal, now)
        return now

    def check_whole(self, seal: VaultPoint) -> VaultPoint:
        """As ``check``, and every page, link and record even where the digest of all pages is that of the seal."""
        with self.engine.connect() as connection:
            now = self.point(connection)
            self._check_whole(connection, seal, now)
        return now

    def _check_whole(self, connection: Connection, seal: VaultPoint, now: VaultPoint) -> None:
        """Says as exactly as it can what is wrong: damage, a broken trail, an old vault, an old record or page."""
        self._check_pages(connection, now)
        head = verify_trail(connection, self.trail_key, seal.head)
        ahead = now.counter - seal.counter
        if ahead < 0:
            raise Problem("storage.vault_old")
        grown = head.sequence > seal.head.sequence
        if ahead > 1 or grown != (ahead == 1):
            raise Problem("storage.vault_replaced")
        verify_records(connection, VaultBase.metadata)
        if ahead == 0 and seal.pages is not None and now.pages != seal.pages:
            raise Problem("storage.page_old")

    def rekey(self, key: bytes) -> None:
        """Writes every page anew under another key, in one transaction, and closes the vault.

        Whoever calls it sealed the vault without pages before. The log, which may hold pages under the old key, is
        folded and cut; where the power fails, one of the two keys opens the vault and nothing is lost.
        """
        with self.engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            assert raw is not None
            cursor = raw.cursor()
            try:
                cursor.execute(f"PRAGMA rekey = \"x'{key.hex()}'\"")
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                cursor.close()
        self.close()

    def counts(self) -> dict[str, int]:
        """How many records of each origin, table by table, without naming any: ``provided``, ``collected`` ..."""
        counts: dict[str, int] = {}
        with self.engine.connect() as connection:
            for table in VaultBase.metadata.sorted_tables:
                origin = table.info.get("origin")
                if origin is None:
                    continue
                if isinstance(origin, str):
                    column = table.columns[origin]
                    rows = connection.execute(select(column, func.count()).group_by(column)).all()
                else:
                    amount = connection.execute(select(func.count()).select_from(table)).scalar_one()
                    rows = [(origin.value, amount)]  # type: ignore[list-item]
                for name, amount in rows:
                    counts[str(name)] = counts.get(str(name), 0) + int(amount)
        return counts

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for one reading outside a unit of work."""
        with self.engine.connect() as connection:
            yield connection

    def close(self) -> None:
        """Ends the connection; the write-ahead log is folded into the file, unless it was opened to look only."""
        if self.pages is not None:
            self.pages.close()
            self.pages = None
        self.engine.dispose()

    def _check_pages(self, connection: Connection, now: VaultPoint) -> None:
        """Every page is of this key and of one piece, none is missing, and the indexes say what the tables say."""
        faults = list(connection.exec_driver_sql("PRAGMA cipher_integrity_check").scalars())
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        if faults or now.pages is None or now.pages.pages != pages:
            raise Problem("storage.database_damaged", name=self.path.name)
        said = list(connection.exec_driver_sql("PRAGMA integrity_check").scalars())
        if said != ["ok"]:
            raise Problem("storage.database_damaged", name=self.path.name)


def _trail_key(connection: Connection, contract: str) -> bytes | None:
    """The trail's key where the vault has one; ``Problem`` where the vault is another contract's."""
    columns = {row[1] for row in connection.exec_driver_sql("PRAGMA table_info(vault_state)")}
    own = "trail_key" if "trail_key" in columns else "NULL"
    row = connection.exec_driver_sql(f"SELECT contract, {own} FROM vault_state").one_or_none()
    if row is None or row[0] != contract or not isinstance(row[1], bytes | None):
        raise Problem("storage.vault_replaced")
    return row[1]
