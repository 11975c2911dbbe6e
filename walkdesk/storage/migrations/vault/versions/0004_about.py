"""What a sheet is about, beside the version of its wording."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this version. There is no way down: an older program refuses a newer file.

    Rows of before keep a courier's request where the wording stands: the trail tells it so.
    """
    with op.batch_alter_table("release_sheets", recreate="always") as table:
        table.add_column(
            sa.Column("about", sa.String(), server_default=sa.text("''"), nullable=False), insert_after="wording"
        )
