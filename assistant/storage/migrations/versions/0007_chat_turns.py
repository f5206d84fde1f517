"""The conversation of each report with the assistant."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chat_turns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("made", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_chat_turns"),
        sa.UniqueConstraint("report_id", "number", name="uq_chat_turns_report_id_number"),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name="fk_chat_turns_report_id_reports", ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    op.drop_table("chat_turns")
