"""Registers, and what a release of each kind has to say."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from walkdesk.storage import columns

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this version. There is no way down: an older program refuses a newer file."""
    with op.batch_alter_table("releases", recreate="always") as table:
        table.add_column(sa.Column("recipient", sa.String(), server_default=sa.text("''"), nullable=False))
        table.add_column(sa.Column("basis", sa.String(), server_default=sa.text("''"), nullable=False))
        table.add_column(sa.Column("carrier", sa.String(), server_default=sa.text("''"), nullable=False))
        table.add_column(sa.Column("bag_checked", sa.Boolean(), server_default=sa.text("0"), nullable=False))
        table.add_column(sa.Column("due_at", columns.Moment(), nullable=True))
        table.add_column(sa.Column("digest", sa.LargeBinary(), nullable=True))
    op.create_table(
        "register_entries",
        sa.Column("entry", sa.String(), nullable=False),
        sa.Column("register", sa.String(), nullable=False),
        sa.Column("contract", sa.String(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("fields", columns.Json(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", columns.Moment(), nullable=False),
        sa.Column("closed_by", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.PrimaryKeyConstraint("entry", name=op.f("pk_register_entries")),
    )
    op.create_index("ix_register_entries_contract", "register_entries", ["contract"], unique=False)
    op.create_index("ix_register_entries_register", "register_entries", ["register"], unique=False)
