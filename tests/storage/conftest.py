"""Small real vaults, copied from one that was made once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from walkdesk.domain.participants import PERMITTED_ITEMS, Origin, Programme
from walkdesk.storage.vault import Vault
from walkdesk.storage.vault_tables import ParticipantRecord

KEY = bytes(range(32))
CONTRACT = "health_points-2018-abc123"
AT = "2018-07-02T09:00:00+09:00"


def person(number: str = "D0001", **changes: Any) -> ParticipantRecord:
    """An invented participant."""
    values = {
        "number": number,
        "name": "試験 花子",
        "folded": "試験花子",
        "postcode": "1600001",
        "address": "東京都新宿区片町1番1号",
        "age": 61,
        "sex": "female",
        "phone": None,
        "mail": None,
        "channel": "card",
        "identity_origin": Origin.PROVIDED.value,
        "doubts": [],
        "registered_on": date(2018, 7, 2),
        "purpose_shown_on": None,
        "source": "list",
    }
    return ParticipantRecord(**{**values, **changes})


def acting(vault: Vault, who: str = "S-0142", why: str = "RegisterPerson") -> Vault:
    """The vault with somebody at the desk."""
    vault.context.who, vault.context.at, vault.context.why = who, AT, why
    return vault


def add_people(vault: Vault, first: int, count: int) -> None:
    """Registers people in one commit that is counted, as the unit of work does."""
    acting(vault)
    with Session(vault.engine) as session:
        session.add_all(person(f"D{number:04d}") for number in range(first, first + count))
        session.flush()
        vault.step(session.connection())
        session.commit()


def trail(connection: Connection) -> list[Any]:
    """The whole trail with its values."""
    return list(
        connection.exec_driver_sql(
            'SELECT t.seq, t.who, t.why, t.tbl, t."row", t.op, v.before, v.after'
            " FROM trail t JOIN trail_values v ON v.seq = t.seq ORDER BY t.seq"
        )
    )


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("vault") / "vault.db"
    items = set().union(*PERMITTED_ITEMS[Programme.HEALTH_POINTS].values())
    vault = Vault.create(path, CONTRACT, KEY, items, "審議会報告", AT)
    add_people(vault, 1, 40)
    vault.close()
    return path


@pytest.fixture
def vault_file(_made: Path, tmp_path: Path) -> Path:
    """A closed vault with forty people."""
    return Path(shutil.copy(_made, tmp_path / "vault.db"))


@pytest.fixture
def vault(vault_file: Path) -> Iterator[Vault]:
    """The same, open, with a handler at the desk."""
    vault = acting(Vault.open(vault_file, CONTRACT, KEY))
    yield vault
    vault.close()
