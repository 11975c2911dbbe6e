"""Reasons beside the values, so that an individual erasure takes them too."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this version. There is no way down: an older program refuses a newer file.

    Changes that were written before keep their reason in ``why``, where their link covers it.
    """
    with op.batch_alter_table("trail_values", recreate="always") as table:
        table.add_column(sa.Column("reason", sa.String(), nullable=True), insert_after="after")
