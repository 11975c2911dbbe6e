"""The first schema of the office."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from walkdesk.storage import columns

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this version. There is no way down: an older program refuses a newer file."""
    op.create_table(
        "certificates",
        sa.Column("contract", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("issued_at", columns.Moment(), nullable=False),
        sa.Column("json", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("pdf_sha256", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("contract", name=op.f("pk_certificates")),
    )
    op.create_table(
        "contracts",
        sa.Column("contract", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("programme", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.Column("ward", sa.String(), nullable=False),
        sa.Column("ward_department", sa.String(), nullable=False),
        sa.Column("token_id", sa.String(), nullable=False),
        sa.Column("token_name", sa.String(), nullable=False),
        sa.Column("token_fate", sa.String(), nullable=False),
        sa.Column("token_witness", sa.String(), nullable=False),
        sa.Column("point_rule", columns.Json(), nullable=False),
        sa.Column("items_confirmed_on", sa.Date(), nullable=True),
        sa.Column("designation_reported_on", sa.Date(), nullable=True),
        sa.Column("designation_reference", sa.String(), nullable=False),
        sa.Column("report_reference", sa.String(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("erasing_on", sa.Date(), nullable=True),
        sa.Column("erased_on", sa.Date(), nullable=True),
        sa.Column("acknowledged_on", sa.Date(), nullable=True),
        sa.Column("prepared_on", sa.Date(), nullable=False),
        sa.Column("final_counts", columns.Json(), nullable=False),
        sa.PrimaryKeyConstraint("contract", name=op.f("pk_contracts")),
        sa.UniqueConstraint("number", name=op.f("uq_contracts_number")),
    )
    op.create_table(
        "designations",
        sa.Column("contract", sa.String(), nullable=False),
        sa.Column("staff_number", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("contract", "staff_number", name=op.f("pk_designations")),
    )
    op.create_table(
        "erasure_approvals",
        sa.Column("contract", sa.String(), nullable=False),
        sa.Column("staff_number", sa.String(), nullable=False),
        sa.Column("at", columns.Moment(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("contract", "staff_number", name=op.f("pk_erasure_approvals")),
    )
    op.create_table(
        "ledger",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("at", columns.Moment(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("contract", sa.String(), nullable=True),
        sa.Column("facts", columns.Json(), nullable=False),
        sa.Column("previous", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_ledger")),
    )
    op.create_table(
        "office_keys",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("private", sa.LargeBinary(), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_office_keys")),
    )
    op.create_table(
        "people",
        sa.Column("staff_number", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("may_approve", sa.Boolean(), nullable=False),
        sa.Column("sworn_on", sa.Date(), nullable=True),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("last_sign_in", columns.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("staff_number", name=op.f("pk_people")),
    )
    op.create_table(
        "releases",
        sa.Column("release", sa.String(), nullable=False),
        sa.Column("contract", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("sheets", sa.Integer(), nullable=False),
        sa.Column("columns", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("manifest", sa.LargeBinary(), nullable=False),
        sa.Column("requested_by", sa.String(), nullable=False),
        sa.Column("requested_at", columns.Moment(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", columns.Moment(), nullable=True),
        sa.Column("decision_signature", sa.LargeBinary(), nullable=True),
        sa.Column("decision_reason", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("taken_by", sa.String(), nullable=False),
        sa.Column("released_at", columns.Moment(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("release", name=op.f("pk_releases")),
    )
    op.create_index(op.f("ix_releases_contract"), "releases", ["contract"], unique=False)
    op.create_table(
        "returns",
        sa.Column("contract", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("medium", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("disposition", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("contract", "origin", "medium", name=op.f("pk_returns")),
    )
    op.create_table(
        "seals",
        sa.Column("contract", sa.String(), nullable=False),
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.Column("trail_sequence", sa.Integer(), nullable=False),
        sa.Column("trail_head", sa.LargeBinary(), nullable=False),
        sa.Column("at", columns.Moment(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("contract", name=op.f("pk_seals")),
    )
    op.create_table(
        "settings",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_settings")),
    )
    op.create_table(
        "trainings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_number", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("law", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trainings")),
    )
    op.create_index(op.f("ix_trainings_staff_number"), "trainings", ["staff_number"], unique=False)
