"""The vault (保管庫): the encrypted database of one contract, its trail, and how it agrees with its seal."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine, func, insert, select
from sqlalchemy.engine import Connection

from walkdesk.domain.participants import PermittedItem
from walkdesk.domain.problem import Problem
from walkdesk.storage.engine import disk_problems, open_engine
from walkdesk.storage.guard import guard_triggers
from walkdesk.storage.keys import derive
from walkdesk.storage.schema import upgrade
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
    """Where a vault stands: its commits and the end of its trail. A seal holds the same three."""

    counter: int
    head: TrailHead


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
    trail_key: bytes = field(repr=False)
    context: TrailContext = field(default_factory=TrailContext)

    @classmethod
    def create(
        cls, path: Path, contract: str, key: bytes, items: Iterable[PermittedItem], basis: str, at: str
    ) -> Vault:
        """A new vault with its permitted items. The folder must be there; an existing file is never touched."""
        if path.exists():
            raise Problem("storage.exists", name=path.name)
        with disk_problems(path.name):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
        vault = cls._over(path, contract, key)
        vault.context.who, vault.context.at, vault.context.why = "-", at, "prepare"
        try:
            with vault.engine.begin() as connection:
                upgrade(connection, "vault", vault_triggers())
                connection.execute(insert(VaultState).values(id=1, contract=contract, counter=1))
                for permitted in sorted(items, key=lambda item: item.value):
                    connection.execute(insert(Permitted).values(item=permitted.value, basis=basis))
        except BaseException:
            vault.close()
            raise
        return vault

    @classmethod
    def open(cls, path: Path, contract: str, key: bytes) -> Vault:
        """Opens an existing vault and brings its schema up; a wrong or damaged file is a ``Problem``."""
        if not path.exists():
            raise Problem("storage.vault_missing")
        vault = cls._over(path, contract, key)
        try:
            with vault.engine.begin() as connection:
                upgrade(connection, "vault", vault_triggers())
                held = connection.execute(select(VaultState.contract)).scalar_one_or_none()
                if held != contract:
                    raise Problem("storage.vault_replaced")
        except BaseException:
            vault.close()
            raise
        return vault

    @classmethod
    def _over(cls, path: Path, contract: str, key: bytes) -> Vault:
        trail_key, context = derive(key, b"walkdesk trail 1"), TrailContext()
        engine = open_engine(path, key, trail_functions(trail_key, context))
        return cls(contract, path, engine, trail_key, context)

    def point(self, connection: Connection) -> VaultPoint:
        """Where the vault stands now."""
        counter = connection.execute(select(VaultState.counter)).scalar_one()
        return VaultPoint(counter, trail_head(connection))

    def step(self, connection: Connection) -> int:
        """Counts one commit and returns its number."""
        counted = connection.exec_driver_sql("UPDATE vault_state SET counter = counter + 1 RETURNING counter")
        return int(counted.scalar_one())

    def check(self, seal: VaultPoint) -> VaultPoint:
        """Verifies the trail and holds the vault against its seal.

        It may be ahead by one commit whose trail extends the seal (the power failed between the two); behind,
        or beside it, is an alarm: an old or a foreign file was put in its place.
        """
        with self.engine.connect() as connection:
            self._check_pages(connection)
            head = verify_trail(connection, self.trail_key, seal.head)
            now = self.point(connection)
        ahead = now.counter - seal.counter
        if ahead < 0:
            raise Problem("storage.vault_old")
        grown = head.sequence > seal.head.sequence
        if ahead > 1 or grown != (ahead == 1):
            raise Problem("storage.vault_replaced")
        return now

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
        """Ends the connection; the write-ahead log is folded into the file."""
        self.engine.dispose()

    def _check_pages(self, connection: Connection) -> None:
        faults = connection.exec_driver_sql("PRAGMA cipher_integrity_check").scalars().all()
        if faults:
            raise Problem("storage.database_damaged", name=self.path.name)
