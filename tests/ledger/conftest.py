"""A ledger of one whole contract, written event by event, for every test that needs evidence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from walkdesk.ledger.certificate import Certificate
from walkdesk.ledger.chain import append
from walkdesk.ledger.entry import Entry
from walkdesk.ledger.issuing import build_certificate

OFFICE = "office-1"
CONTRACT = "h30-points"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
START = datetime(2019, 4, 1, 9, 0, 0, tzinfo=timezone(timedelta(hours=9)))
DIGEST = "ab" * 32

YEAR: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("office_set_up", "-", {"office": OFFICE, "version": "0.1.0"}),
    ("person_registered", "M-1", {"person": "P-1", "name": "管理 一郎", "post": "取扱責任者"}),
    ("account_granted", "M-1", {"person": "P-1", "staff": "M-1", "role": "manager"}),
    (
        "contract_prepared",
        "M-1",
        {
            "number": "30新健康第123号",
            "name": "健康ポイント事業業務委託",
            "programme": "health_points",
            "year": 2018,
            "start": "2018-04-01",
            "end": "2019-03-31",
            "ward": "新宿区",
            "contractor": "架空事業者",
        },
    ),
    ("contract_opened", "M-1", {"vault": "v-1"}),
    ("released", "H-1", {"release": "R-1", "kind": "roster", "count": 20, "must_return": True}),
    ("release_closed", "H-1", {"release": "R-1", "disposition": "shredded"}),
    (
        "return_recorded",
        "M-1",
        {"origin": "given", "medium": "paper", "disposition": "returned", "count": 500},
    ),
    ("contract_returned", "M-1", {"day": "2019-04-01"}),
    ("erasure_approved", "M-1", {"role": "manager"}),
    ("erasure_approved", "M-2", {"role": "manager"}),
    (
        "erasure_intent",
        "M-1",
        {
            "vault": "v-1",
            "vault_digest": DIGEST,
            "vault_size": 4096,
            "counts": {"given.participants": 500, "collected.months": 6000},
            "device": "PC-A 100",
            "storage": "SSD 256GB",
            "disk_encrypted": True,
            "place": "事務所",
            "version": "0.1.0",
            "copies": [{"kind": "export", "disposal": "shredded"}],
        },
    ),
    (
        "keys_destroyed",
        "M-1",
        {
            "share": "token",
            "share_disposal": "overwritten",
            "slots": 3,
            "slots_readable": 0,
            "unlock_refused": True,
            "keys": [{"kind": "recovery_sheet", "disposal": "shredded"}],
        },
    ),
    ("files_removed", "M-1", {"files": 4, "bytes": 8192, "files_left": 0}),
    (
        "erasure_verified",
        "M-1",
        {"hunt": "performed", "watchwords": 8, "unread": 0, "hits": 0, "verifier": "M-2", "places": []},
    ),
)

Write = Callable[..., list[Entry]]


def write_year(
    changes: dict[str, dict[str, Any]] | None = None,
    without: tuple[str, ...] = (),
    order: Callable[[list[Any]], list[Any]] = list,
    key: Ed25519PrivateKey = KEY,
) -> list[Entry]:
    """The year's entries; ``changes`` updates the facts of an event, ``without`` leaves events out."""
    entries: list[Entry] = []
    rows = order([row for row in YEAR if row[0] not in without])
    for minutes, (event, account, facts) in enumerate(rows):
        entries.append(
            append(
                entries[-1] if entries else None,
                key,
                at=START + timedelta(minutes=minutes),
                account=account,
                event=event,
                contract=None
                if event in ("office_set_up", "person_registered", "account_granted")
                else CONTRACT,
                facts={**facts, **(changes or {}).get(event, {})},
            )
        )
    return entries


def issue(entries: list[Entry], number: str = "消-1") -> Certificate:
    """The certificate of the year, issued on the next day."""
    return build_certificate(
        entries,
        CONTRACT,
        office=OFFICE,
        public_key=KEY.public_key(),
        number=number,
        issued_at=START + timedelta(days=1),
    )


@pytest.fixture(scope="session")
def key() -> Ed25519PrivateKey:
    return KEY


@pytest.fixture(scope="session")
def year() -> list[Entry]:
    return write_year()


@pytest.fixture(scope="session")
def write() -> Write:
    return write_year


@pytest.fixture(scope="session")
def certify() -> Callable[..., Certificate]:
    return issue
