"""The tables of one contract's vault (保管庫): participants and everything about them.

A column with ``info={"item": ...}`` holds a permitted item (clauses 3 to 5) and is guarded by a trigger; a table with
``info={"origin": ...}`` says whose its records are, for the counts of return and erasure. Trail, guard and counts read
this description, so that a new table is covered without being named anywhere.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, MetaData, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from walkdesk.domain.participants import Origin, PermittedItem
from walkdesk.storage.columns import Json, Moment


class VaultBase(DeclarativeBase):
    """Everything here dies with the vault."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Moment, bytes: LargeBinary, dict[str, Any]: Json, list[Any]: Json}


def item(permitted: PermittedItem, **more: Any) -> Any:
    """A column that holds a permitted item."""
    return mapped_column(info={"item": permitted.value}, **more)


class VaultState(VaultBase):
    """One row: which contract, and how many commits there were."""

    __tablename__ = "vault_state"
    __table_args__ = {"info": {"trail": False}}
    id: Mapped[int] = mapped_column(primary_key=True)
    contract: Mapped[str]
    counter: Mapped[int]
    trail_key: Mapped[bytes | None]
    """The key of the trail's chain: it dies with the vault and stays the same when the vault is rekeyed."""


class Permitted(VaultBase):
    """The permitted items of this contract (情報項目), as data: the guard refuses every other."""

    __tablename__ = "permitted_items"
    item: Mapped[str] = mapped_column(primary_key=True)
    basis: Mapped[str]
    """The council paper, or the number and date of the ward's consent."""


class ParticipantRecord(VaultBase):
    """参加者."""

    __tablename__ = "participants"
    __table_args__ = (
        Index("ix_participants_folded", "folded"),
        {"info": {"origin": "identity_origin", "person": True}},
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    """受付番号 or 利用者ID."""
    name: Mapped[str] = item(PermittedItem.NAME)
    folded: Mapped[str] = item(PermittedItem.NAME)
    """The name folded for search."""
    postcode: Mapped[str] = item(PermittedItem.ADDRESS)
    address: Mapped[str] = item(PermittedItem.ADDRESS)
    age: Mapped[int | None] = item(PermittedItem.AGE)
    sex: Mapped[str | None] = item(PermittedItem.SEX)
    phone: Mapped[str | None] = item(PermittedItem.PHONE)
    mail: Mapped[str | None] = item(PermittedItem.EMAIL)
    channel: Mapped[str]
    identity_origin: Mapped[str]
    doubts: Mapped[list[Any]]
    """Codes of what must be looked at (要確認) before a letter goes out."""
    registered_on: Mapped[date]
    purpose_shown_on: Mapped[date | None]
    source: Mapped[str]


class StepMonth(VaultBase):
    """歩数記録 of one person, month and keying: 31 packed days in one row, as a card is one sheet."""

    __tablename__ = "step_months"
    __table_args__ = {"info": {"origin": "origin"}, "sqlite_with_rowid": False}
    month: Mapped[int] = mapped_column(primary_key=True)
    """year * 100 + month."""
    participant_id: Mapped[int] = mapped_column(ForeignKey("participants.id"), primary_key=True)
    keying: Mapped[int] = mapped_column(primary_key=True)
    """1 the first, 2 the blind second keying (照合)."""
    days: Mapped[bytes] = item(PermittedItem.STEPS)
    total: Mapped[int] = item(PermittedItem.STEPS)
    counted_days: Mapped[int] = item(PermittedItem.STEPS)
    origin: Mapped[str]
    batch: Mapped[int | None] = mapped_column(BigInteger)


class PointsCardRecord(VaultBase):
    """台紙: the sheet of one person for one month, from its receipt to its end."""

    __tablename__ = "points_cards"
    __table_args__ = {"info": {"origin": Origin.COLLECTED, "paper": True}}
    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[int]
    participant_id: Mapped[int] = mapped_column(ForeignKey("participants.id"), index=True)
    received_on: Mapped[date]
    state: Mapped[str]
    written_total: Mapped[int | None] = item(PermittedItem.STEPS)
    finished_at: Mapped[datetime | None]
    keyed_by: Mapped[str]


class PointMonth(VaultBase):
    """Points of one person and month, under one version of the rule."""

    __tablename__ = "point_months"
    __table_args__ = {"info": {"origin": Origin.PRODUCED}}
    month: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participants.id"), primary_key=True)
    points: Mapped[int]
    rule: Mapped[str]


class PrizeRecord(VaultBase):
    """景品."""

    __tablename__ = "prizes"
    prize: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    points: Mapped[int]
    stock: Mapped[int]


class PrizeRequestRecord(VaultBase):
    """景品申込 and its 発送."""

    __tablename__ = "prize_requests"
    __table_args__ = {"info": {"origin": Origin.COLLECTED}}
    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participants.id"), index=True)
    prize: Mapped[str] = mapped_column(ForeignKey("prizes.prize"))
    points: Mapped[int]
    requested_on: Mapped[date]
    state: Mapped[str]
    shipped_on: Mapped[date | None]
    carrier: Mapped[str]
    slip: Mapped[str]


class ReleaseSheet(VaultBase):
    """One sheet of a release: which serial went to whom. The office book knows only how many."""

    __tablename__ = "release_sheets"
    __table_args__ = {"info": {"origin": Origin.PRODUCED}}
    serial: Mapped[str] = mapped_column(primary_key=True)
    release: Mapped[str] = mapped_column(index=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participants.id"), index=True)
    paper: Mapped[str]
    wording: Mapped[str]
    """The version of its wording, as it stands at its foot."""
    about: Mapped[str] = mapped_column(server_default=text("''"))
    """What it is about, where one person may get several: the month (``2018-07``), the request (``request:12``)."""
    released_on: Mapped[date | None]

    @property
    def month(self) -> str:
        """The month that it is about (``2018-07``); "" where it is about a request or nothing."""
        return "" if ":" in self.about else self.about


class ImportBatch(VaultBase):
    """One file that was taken in: its hash and its counts."""

    __tablename__ = "import_batches"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    file_name: Mapped[str]
    sha256: Mapped[str]
    source: Mapped[str]
    taken_at: Mapped[datetime]
    accepted: Mapped[int]
    refused: Mapped[int]


class Draft(VaultBase):
    """What somebody had typed and not yet saved: it comes back after the lock. The trail knows only that it changed."""

    __tablename__ = "drafts"
    __table_args__ = {"info": {"trail": "event"}}
    staff_number: Mapped[str] = mapped_column(primary_key=True)
    desk: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[dict[str, Any]]
    """Where on the desk it was typed."""
    fields: Mapped[dict[str, Any]]
    """The typed texts by the names of their fields."""
    at: Mapped[datetime]


class TrailRow(VaultBase):
    """One change: who, when, why, which row, a commitment to the values, and the link to the change before."""

    __tablename__ = "trail"
    __table_args__ = (Index("ix_trail_row", "tbl", "row"), {"info": {"trail": False}})
    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str]
    who: Mapped[str]
    why: Mapped[str]
    tbl: Mapped[str]
    row: Mapped[str]
    op: Mapped[str]
    commitment: Mapped[bytes]
    mac: Mapped[bytes]


class TrailValues(VaultBase):
    """The values of a change and the key of their commitment; an individual erasure blanks these, not the chain."""

    __tablename__ = "trail_values"
    __table_args__ = {"info": {"trail": False}}
    seq: Mapped[int] = mapped_column(primary_key=True)
    before: Mapped[str | None]
    after: Mapped[str | None]
    reason: Mapped[str | None]
    """What a person gave as the reason; it may name somebody, so it goes with the values."""
    commitment_key: Mapped[bytes | None]
