"""The trail's own key, which outlives a rekeying, and drafts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from walkdesk.storage import columns

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this version. There is no way down: an older program refuses a newer file."""
    with op.batch_alter_table("vault_state", recreate="always") as table:
        table.add_column(sa.Column("trail_key", sa.LargeBinary(), nullable=True))
    op.create_table(
        "drafts",
        sa.Column("staff_number", sa.String(), nullable=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("place", columns.Json(), nullable=False),
        sa.Column("fields", columns.Json(), nullable=False),
        sa.Column("at", columns.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("staff_number", "desk", name=op.f("pk_drafts")),
    )
