"""The accounts file: salts, costs, wrapped private keys and public keys. It opens nothing without a password.

Its head (a digest over every account) is kept in the office book, so that an old file put back is noticed.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Engine, Integer, LargeBinary, MetaData, Row, Table, Text, inspect, select
from sqlalchemy.exc import DatabaseError

from walkdesk.domain.problem import Problem
from walkdesk.storage.engine import disk_problems, open_engine
from walkdesk.storage.keys import AccountKeys, KeyCost, account_key

_METADATA = MetaData()
_ACCOUNTS = Table(
    "accounts",
    _METADATA,
    Column("staff_number", Text, primary_key=True),
    Column("salt", LargeBinary, nullable=False),
    Column("memory_kib", Integer, nullable=False),
    Column("passes", Integer, nullable=False),
    Column("lanes", Integer, nullable=False),
    Column("wrapped", LargeBinary, nullable=False),
    Column("opening_public", LargeBinary, nullable=False),
    Column("signing_public", LargeBinary, nullable=False),
    Column("granted_by", Text, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)

_DOOR = Table("door", _METADATA, Column("id", Integer, primary_key=True), Column("said", Text, nullable=False))
"""The second account of what stands at the door; no part of the head. Offices before it have no such table."""

_SIZES = (16, 92, 32, 32, 64)
"""Salt, wrapped keys (12 of nonce, 64 of keys, 16 of tag), both public keys, signature: in bytes."""
_COSTS = ((8, 4 * 1024 * 1024), (1, 64), (1, 64))
"""Memory in KiB, passes and lanes that this program ever writes: a damaged number must not take the PC's memory."""


@dataclass(frozen=True, slots=True)
class Account:
    """One account as it lies in the file."""

    staff_number: str
    salt: bytes
    cost: KeyCost
    wrapped: bytes
    opening_public: bytes
    signing_public: bytes
    granted_by: str
    signature: bytes
    """The granting manager's, over the public keys: HPKE proves no sender."""

    def unlock(self, password: str) -> AccountKeys:
        """The account's private keys, or ``Problem("door.wrong_password")``. Takes as long as Argon2id takes."""
        return AccountKeys.unwrap(account_key(password, self.salt, self.cost), self.wrapped, self.staff_number)

    def with_password(self, keys: AccountKeys, password: str, cost: KeyCost) -> Account:
        """The same account behind another password, with a fresh salt. Keys, granter and signature stay."""
        salt = os.urandom(16)
        wrapped = keys.wrap(account_key(password, salt, cost), self.staff_number)
        return replace(self, salt=salt, cost=cost, wrapped=wrapped)

    def signed_bytes(self) -> bytes:
        """What the granting manager signs."""
        return account_statement(self.staff_number, self.opening_public, self.signing_public)


def account_statement(staff_number: str, opening_public: bytes, signing_public: bytes) -> bytes:
    """The statement that these public keys are this person's."""
    return b"walkdesk account 1|" + staff_number.encode() + b"|" + opening_public + signing_public


def new_account(
    staff_number: str, password: str, cost: KeyCost, granter: tuple[str, AccountKeys] | None = None
) -> tuple[Account, AccountKeys]:
    """An account with fresh keys, signed by ``granter``; the first manager signs for himself."""
    keys = AccountKeys.fresh()
    granted_by, granting = granter if granter is not None else (staff_number, keys)
    salt = os.urandom(16)
    account = Account(
        staff_number,
        salt,
        cost,
        keys.wrap(account_key(password, salt, cost), staff_number),
        keys.opening_public(),
        keys.signing_public(),
        granted_by,
        granting.signing.sign(account_statement(staff_number, keys.opening_public(), keys.signing_public())),
    )
    return account, keys


class AccountsFile:
    """``accounts.db``: a plain database, because what it holds is already sealed."""

    def __init__(self, path: Path, *, look: bool = False) -> None:
        self._path = path
        self._engine: Engine = open_engine(path, None, look=look)

    @classmethod
    def look(cls, path: Path) -> AccountsFile:
        """Opens the file to read only: another program has the office."""
        if not path.exists():
            raise Problem("storage.office_damaged")
        return cls(path, look=True)

    @classmethod
    def create(cls, path: Path) -> AccountsFile:
        """A new, empty file."""
        with disk_problems(path.name):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
        file = cls(path)
        with file._engine.begin() as connection:
            _METADATA.create_all(connection)
        return file

    def find(self, staff_number: str) -> Account | None:
        """The account of a staff number, if there is one."""
        return next((account for account in self.all() if account.staff_number == staff_number), None)

    def all(self) -> tuple[Account, ...]:
        """Every account, by staff number."""
        with self._engine.connect() as connection:
            try:
                rows = connection.execute(select(_ACCOUNTS).order_by(_ACCOUNTS.c.staff_number)).all()
            except DatabaseError:  # a table or a column is gone
                raise Problem("storage.database_damaged", name=self._path.name) from None
        return tuple(self._account(row) for row in rows)

    def put(self, account: Account) -> None:
        """Adds or replaces an account."""
        with self._engine.begin() as connection:
            connection.execute(_ACCOUNTS.delete().where(_ACCOUNTS.c.staff_number == account.staff_number))
            connection.execute(_ACCOUNTS.insert().values(**_columns(account)))

    def remove(self, staff_number: str) -> None:
        """Takes an account away; its bytes are overwritten in the file."""
        with self._engine.begin() as connection:
            connection.execute(_ACCOUNTS.delete().where(_ACCOUNTS.c.staff_number == staff_number))

    def head(self) -> str:
        """A digest over everything of every account: what the office book remembers."""
        return head_of(self.all())

    def door_said(self) -> str | None:
        """What ``keep_door`` kept last; ``None`` where nothing ever was."""
        with self._engine.connect() as connection:
            if not inspect(connection).has_table(_DOOR.name):
                return None
            try:
                said = connection.execute(select(_DOOR.c.said).where(_DOOR.c.id == 1)).scalar()
            except DatabaseError:  # a column is gone
                raise Problem("storage.database_damaged", name=self._path.name) from None
        return said if isinstance(said, str) else ""

    def keep_door(self, said: str) -> None:
        """Keeps what stands at the door a second time, beside the door log."""
        with self._engine.begin() as connection:
            _DOOR.create(connection, checkfirst=True)
            connection.execute(_DOOR.delete())
            connection.execute(_DOOR.insert().values(id=1, said=said))

    def close(self) -> None:
        """Ends the connection."""
        self._engine.dispose()

    def _account(self, row: Row[Any]) -> Account:
        """An account out of a row; a value of another kind or size than is ever written is damage."""
        raw = (row.salt, row.wrapped, row.opening_public, row.signing_public, row.signature)
        sizes = tuple(len(part) if isinstance(part, bytes) else -1 for part in raw)
        cost = (row.memory_kib, row.passes, row.lanes)
        whole = (
            sizes == _SIZES
            and all(isinstance(name, str) for name in (row.staff_number, row.granted_by))
            and all(
                isinstance(value, int) and least <= value <= most
                for value, (least, most) in zip(cost, _COSTS, strict=True)
            )
        )
        if not whole:
            raise Problem("storage.database_damaged", name=self._path.name)
        return Account(
            row.staff_number,
            row.salt,
            KeyCost(*cost),
            row.wrapped,
            row.opening_public,
            row.signing_public,
            row.granted_by,
            row.signature,
        )


def head_of(accounts: Iterable[Account]) -> str:
    """The digest of a list of accounts, in the order of their staff numbers."""
    digest = hashlib.sha256()
    for account in sorted(accounts, key=lambda one: one.staff_number):
        for value in _columns(account).values():
            part = value if isinstance(value, bytes) else str(value).encode("utf-8")
            digest.update(len(part).to_bytes(4, "big") + part)
    return digest.hexdigest()


def _columns(account: Account) -> dict[str, bytes | str | int]:
    return {
        "staff_number": account.staff_number,
        "salt": account.salt,
        "memory_kib": account.cost.memory_kib,
        "passes": account.cost.passes,
        "lanes": account.cost.lanes,
        "wrapped": account.wrapped,
        "opening_public": account.opening_public,
        "signing_public": account.signing_public,
        "granted_by": account.granted_by,
        "signature": account.signature,
    }
