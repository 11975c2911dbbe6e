"""Wordings of papers, printers, and on what a release was printed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from walkdesk.storage import columns

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this version. There is no way down: an older program refuses a newer file."""
    # Added in place: a table that is made anew gets its defaults in another spelling.
    op.add_column("releases", sa.Column("printer", sa.String(), server_default=sa.text("''"), nullable=False))
    op.add_column("releases", sa.Column("layout", sa.String(), server_default=sa.text("''"), nullable=False))
    op.add_column("releases", sa.Column("start", sa.Integer(), server_default=sa.text("1"), nullable=False))
    op.create_table(
        "wordings",
        sa.Column("contract", sa.String(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("variant", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("parts", columns.Json(), nullable=False),
        sa.Column("saved_by", sa.String(), nullable=False),
        sa.Column("saved_at", columns.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("contract", "paper", "variant", "number", name=op.f("pk_wordings")),
    )
    op.create_table(
        "printers",
        sa.Column("printer", sa.String(), nullable=False),
        sa.Column("x", sa.Double(), nullable=False),
        sa.Column("y", sa.Double(), nullable=False),
        sa.Column("grey", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("printer", name=op.f("pk_printers")),
    )
