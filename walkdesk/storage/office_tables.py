"""The tables of the office book (事務所台帳): what outlives a contract. No participant's data, ever."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Double, LargeBinary, MetaData, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from walkdesk.storage.columns import Json, Moment


class OfficeBase(DeclarativeBase):
    """Kept after erasure and uninstalling."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Moment, bytes: LargeBinary, dict[str, Any]: Json, list[Any]: Json}


class Setting(OfficeBase):
    """One setting or fact of the office."""

    __tablename__ = "settings"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class OfficeKey(OfficeBase):
    """The office's signing key: Ed25519, for the ledger and for certificates."""

    __tablename__ = "office_keys"
    name: Mapped[str] = mapped_column(primary_key=True)
    private: Mapped[bytes]
    public: Mapped[bytes]


class LedgerRecord(OfficeBase):
    """One entry of the 証跡台帳."""

    __tablename__ = "ledger"
    sequence: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    account: Mapped[str]
    event: Mapped[str]
    contract: Mapped[str | None]
    facts: Mapped[dict[str, Any]]
    previous: Mapped[bytes]
    signature: Mapped[bytes]


class SealRecord(OfficeBase):
    """The newest seal of a contract's vault: after each of its commits."""

    __tablename__ = "seals"
    contract: Mapped[str] = mapped_column(primary_key=True)
    counter: Mapped[int]
    trail_sequence: Mapped[int]
    trail_head: Mapped[bytes]
    at: Mapped[datetime]
    signature: Mapped[bytes]
    pages: Mapped[int | None]
    root: Mapped[bytes | None]
    """The digest of every page; ``None`` where the whole must be checked at the next opening instead."""


class PersonRecord(OfficeBase):
    """業務従事者."""

    __tablename__ = "people"
    staff_number: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    post: Mapped[str]
    role: Mapped[str | None]
    may_approve: Mapped[bool]
    sworn_on: Mapped[date | None]
    reference: Mapped[str]
    active: Mapped[bool]
    last_sign_in: Mapped[datetime | None]
    sworn_after_end: Mapped[bool] = mapped_column(server_default=text("0"))
    """Whether the 誓約 also binds after the end of the work (clause 3)."""
    law_told_on: Mapped[date | None]
    """When the ordinance or law was made known to this person (条例・法の周知, clause 18)."""
    left_on: Mapped[date | None]


class AccountKeyRecord(OfficeBase):
    """Every public key that an account ever had: what it signed stays checkable after a new password or its end."""

    __tablename__ = "account_keys"
    staff_number: Mapped[str] = mapped_column(primary_key=True)
    generation: Mapped[int] = mapped_column(primary_key=True)
    opening_public: Mapped[bytes]
    signing_public: Mapped[bytes]
    granted_by: Mapped[str]
    signature: Mapped[bytes]
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime | None]


class RecoverySheetRecord(OfficeBase):
    """復旧用紙: one line of the register. The paper itself holds the key; here lies only its public half."""

    __tablename__ = "recovery_sheets"
    scope: Mapped[str] = mapped_column(primary_key=True)
    """``office`` or the contract's id, as in the slot file."""
    generation: Mapped[int] = mapped_column(primary_key=True)
    public: Mapped[bytes]
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    kept_at: Mapped[str]
    """Where the sealed envelope lies."""
    tested_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    closed_by: Mapped[str]
    disposal: Mapped[str]
    """How it ended: ``shredded``, ``used``, ``superseded``; empty while it is in force."""


class TrainingRecord(OfficeBase):
    """教育 of one person (clause 18)."""

    __tablename__ = "trainings"
    id: Mapped[int] = mapped_column(primary_key=True)
    staff_number: Mapped[str] = mapped_column(index=True)
    held_on: Mapped[date]
    fiscal_year: Mapped[int]
    content: Mapped[str]
    law: Mapped[str]


class ContractRecord(OfficeBase):
    """委託契約."""

    __tablename__ = "contracts"
    contract: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    programme: Mapped[str]
    year: Mapped[int]
    state: Mapped[str]
    start: Mapped[date]
    end: Mapped[date]
    ward: Mapped[str]
    ward_department: Mapped[str]
    token_id: Mapped[str]
    token_name: Mapped[str]
    token_fate: Mapped[str]
    token_witness: Mapped[str]
    point_rule: Mapped[dict[str, Any]]
    items_confirmed_on: Mapped[date | None]
    designation_reported_on: Mapped[date | None]
    designation_reference: Mapped[str]
    report_reference: Mapped[str]
    opened_on: Mapped[date | None]
    reported_on: Mapped[date | None]
    returned_on: Mapped[date | None]
    erasing_on: Mapped[date | None]
    erased_on: Mapped[date | None]
    acknowledged_on: Mapped[date | None]
    prepared_on: Mapped[date]
    final_counts: Mapped[dict[str, Any]]
    share_kind: Mapped[str] = mapped_column(server_default=text("'none'"))
    """What kind of 契約鍵 this contract has; ``token_id`` and ``token_name`` are that kind's own words for it."""
    generation: Mapped[int] = mapped_column(server_default=text("1"))
    """Of key, share and slots: one more with each rekeying."""
    rekey_due: Mapped[str] = mapped_column(server_default=text("''"))
    """Why new keys are due (``left`` after somebody left, ``sheet_used``), or empty."""
    rekey_plan: Mapped[str] = mapped_column(server_default=text("''"))
    """The rekeying under way, complete enough that the next opening finishes it; empty while none is."""


class Designation(OfficeBase):
    """A person designated for a contract (clause 13)."""

    __tablename__ = "designations"
    contract: Mapped[str] = mapped_column(primary_key=True)
    staff_number: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str]
    on: Mapped[date]


class ReleaseRecord(OfficeBase):
    """提供・持出し: one line of the register. ``manifest`` is a keyed hash: it names nobody."""

    __tablename__ = "releases"
    release: Mapped[str] = mapped_column(primary_key=True)
    contract: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    paper: Mapped[str]
    audience: Mapped[str]
    sheets: Mapped[int]
    columns: Mapped[str]
    purpose: Mapped[str]
    manifest: Mapped[bytes]
    requested_by: Mapped[str]
    requested_at: Mapped[datetime]
    state: Mapped[str]
    decided_by: Mapped[str]
    decided_at: Mapped[datetime | None]
    decision_signature: Mapped[bytes | None]
    decision_reason: Mapped[str]
    way: Mapped[str]
    taken_by: Mapped[str]
    released_at: Mapped[datetime | None]
    due: Mapped[date | None]
    outcome: Mapped[str | None]
    closed_on: Mapped[date | None]
    note: Mapped[str]
    recipient: Mapped[str] = mapped_column(server_default=text("''"))
    """Who gets it: the entry of the register of 提供先, or empty where every sheet goes to its own person."""
    basis: Mapped[str] = mapped_column(server_default=text("''"))
    """The entry of the ward's instruction or consent that this release stands on, where its kind needs one."""
    carrier: Mapped[str] = mapped_column(server_default=text("''"))
    """持出し: the staff number of who carries it."""
    bag_checked: Mapped[bool] = mapped_column(server_default=text("0"))
    """持出し: the lock-bag was looked at before it left."""
    due_at: Mapped[datetime | None]
    """持出し: the hour by which it is back."""
    digest: Mapped[bytes | None]
    """SHA-256 of the bytes that left."""
    printer: Mapped[str] = mapped_column(server_default=text("''"))
    """On which printer it was printed, so that a jammed sheet comes out at the same place again."""
    layout: Mapped[str] = mapped_column(server_default=text("''"))
    """Label or envelope format, or the window envelope for which it was laid out."""
    start: Mapped[int] = mapped_column(server_default=text("1"))
    """The first label that was still on the sheet."""


class WordingRecord(OfficeBase):
    """文面: one version of a paper's wording in a contract. Versions are added and never changed."""

    __tablename__ = "wordings"
    contract: Mapped[str] = mapped_column(primary_key=True)
    paper: Mapped[str] = mapped_column(primary_key=True)
    variant: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    """1, 2, 3 …; the newest is in use."""
    version: Mapped[str]
    """What it is called at the foot of the paper; of the same paper and variant each once."""
    parts: Mapped[list[Any]]
    """Pairs of key and text, in reading order."""
    saved_by: Mapped[str]
    saved_at: Mapped[datetime]


class PrinterRecord(OfficeBase):
    """A printer of this PC: how far it must be corrected, in mm, and whether it prints grey only."""

    __tablename__ = "printers"
    printer: Mapped[str] = mapped_column(primary_key=True)
    x: Mapped[float] = mapped_column(Double)
    y: Mapped[float] = mapped_column(Double)
    grey: Mapped[bool]


class RegisterEntry(OfficeBase):
    """One line of a register (台帳・簿); ``domain.registers`` says what each register holds."""

    __tablename__ = "register_entries"
    entry: Mapped[str] = mapped_column(primary_key=True)
    """Its number, such as ``I-0003``: numbers run through the whole office, register by register."""
    register: Mapped[str] = mapped_column(index=True)
    contract: Mapped[str] = mapped_column(index=True)
    """The contract that it is about, or empty where it is about the whole office."""
    opened_on: Mapped[date]
    due: Mapped[date | None]
    closed_on: Mapped[date | None]
    fields: Mapped[dict[str, Any]]
    """What was entered, by the names of the register's fields. Never a participant's data."""
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]
    closed_by: Mapped[str] = mapped_column(server_default=text("''"))


class ReturnRecord(OfficeBase):
    """What became of one class on one medium (clause 11)."""

    __tablename__ = "returns"
    contract: Mapped[str] = mapped_column(primary_key=True)
    origin: Mapped[str] = mapped_column(primary_key=True)
    medium: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    disposition: Mapped[str]
    basis: Mapped[str]
    receipt: Mapped[str]
    recorded_on: Mapped[date]
    recorded_by: Mapped[str]


class ErasureApproval(OfficeBase):
    """One signature under an erasure."""

    __tablename__ = "erasure_approvals"
    contract: Mapped[str] = mapped_column(primary_key=True)
    staff_number: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    signature: Mapped[bytes]


class CertificateRecord(OfficeBase):
    """消去証明書: the signed truth."""

    __tablename__ = "certificates"
    contract: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str]
    issued_at: Mapped[datetime]
    json: Mapped[bytes]
    signature: Mapped[bytes]
    pdf_sha256: Mapped[str]
