"""Page roots in the seals, every public key of an account, recovery sheets, rekeying, oath and law of a person."""

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
    with op.batch_alter_table("seals", recreate="always") as table:
        table.add_column(sa.Column("pages", sa.Integer(), nullable=True))
        table.add_column(sa.Column("root", sa.LargeBinary(), nullable=True))
    with op.batch_alter_table("people", recreate="always") as table:
        table.add_column(sa.Column("sworn_after_end", sa.Boolean(), server_default=sa.text("0"), nullable=False))
        table.add_column(sa.Column("law_told_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("left_on", sa.Date(), nullable=True))
    with op.batch_alter_table("contracts", recreate="always") as table:
        table.add_column(sa.Column("share_kind", sa.String(), server_default=sa.text("'none'"), nullable=False))
        table.add_column(sa.Column("generation", sa.Integer(), server_default=sa.text("1"), nullable=False))
        table.add_column(sa.Column("rekey_due", sa.String(), server_default=sa.text("''"), nullable=False))
        table.add_column(sa.Column("rekey_plan", sa.String(), server_default=sa.text("''"), nullable=False))
    op.execute("UPDATE contracts SET share_kind = 'token' WHERE token_id <> ''")
    op.create_table(
        "account_keys",
        sa.Column("staff_number", sa.String(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("opening_public", sa.LargeBinary(), nullable=False),
        sa.Column("signing_public", sa.LargeBinary(), nullable=False),
        sa.Column("granted_by", sa.String(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("valid_from", columns.Moment(), nullable=False),
        sa.Column("valid_until", columns.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("staff_number", "generation", name=op.f("pk_account_keys")),
    )
    op.create_table(
        "recovery_sheets",
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", columns.Moment(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("kept_at", sa.String(), nullable=False),
        sa.Column("tested_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=False),
        sa.Column("disposal", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "generation", name=op.f("pk_recovery_sheets")),
    )
