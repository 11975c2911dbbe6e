"""The first schema of the vault."""

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
        "import_batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("taken_at", columns.Moment(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batches")),
    )
    op.create_table(
        "participants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("postcode", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("age", sa.Integer(), nullable=True),
        sa.Column("sex", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("mail", sa.String(), nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("identity_origin", sa.String(), nullable=False),
        sa.Column("doubts", columns.Json(), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("purpose_shown_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participants")),
        sa.UniqueConstraint("number", name=op.f("uq_participants_number")),
    )
    op.create_index("ix_participants_folded", "participants", ["folded"], unique=False)
    op.create_table(
        "permitted_items",
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("item", name=op.f("pk_permitted_items")),
    )
    op.create_table(
        "prizes",
        sa.Column("prize", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("stock", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("prize", name=op.f("pk_prizes")),
    )
    op.create_table(
        "trail",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("tbl", sa.String(), nullable=False),
        sa.Column("row", sa.String(), nullable=False),
        sa.Column("op", sa.String(), nullable=False),
        sa.Column("commitment", sa.LargeBinary(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_trail")),
    )
    op.create_index("ix_trail_row", "trail", ["tbl", "row"], unique=False)
    op.create_table(
        "trail_values",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=True),
        sa.Column("commitment_key", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_trail_values")),
    )
    op.create_table(
        "vault_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract", sa.String(), nullable=False),
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vault_state")),
    )
    op.create_table(
        "point_months",
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=op.f("fk_point_months_participant_id")
        ),
        sa.PrimaryKeyConstraint("month", "participant_id", name=op.f("pk_point_months")),
    )
    op.create_table(
        "points_cards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("written_total", sa.Integer(), nullable=True),
        sa.Column("finished_at", columns.Moment(), nullable=True),
        sa.Column("keyed_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=op.f("fk_points_cards_participant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_cards")),
    )
    op.create_index(op.f("ix_points_cards_participant_id"), "points_cards", ["participant_id"], unique=False)
    op.create_table(
        "prize_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("prize", sa.String(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("shipped_on", sa.Date(), nullable=True),
        sa.Column("carrier", sa.String(), nullable=False),
        sa.Column("slip", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=op.f("fk_prize_requests_participant_id")
        ),
        sa.ForeignKeyConstraint(["prize"], ["prizes.prize"], name=op.f("fk_prize_requests_prize")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prize_requests")),
    )
    op.create_index(
        op.f("ix_prize_requests_participant_id"), "prize_requests", ["participant_id"], unique=False
    )
    op.create_table(
        "release_sheets",
        sa.Column("serial", sa.String(), nullable=False),
        sa.Column("release", sa.String(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=op.f("fk_release_sheets_participant_id")
        ),
        sa.PrimaryKeyConstraint("serial", name=op.f("pk_release_sheets")),
    )
    op.create_index(
        op.f("ix_release_sheets_participant_id"), "release_sheets", ["participant_id"], unique=False
    )
    op.create_index(op.f("ix_release_sheets_release"), "release_sheets", ["release"], unique=False)
    op.create_table(
        "step_months",
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("keying", sa.Integer(), nullable=False),
        sa.Column("days", sa.LargeBinary(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("counted_days", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("batch", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=op.f("fk_step_months_participant_id")
        ),
        sa.PrimaryKeyConstraint("month", "participant_id", "keying", name=op.f("pk_step_months")),
        sqlite_with_rowid=False,
    )
