"""Ledgers that a person matched to facts once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ledger_mappings",
        sa.Column("report_type", sa.String(100), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("updated", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("report_type", "fingerprint", name="pk_ledger_mappings"),
    )


def downgrade() -> None:
    op.drop_table("ledger_mappings")
