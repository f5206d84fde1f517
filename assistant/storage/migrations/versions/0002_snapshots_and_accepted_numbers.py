"""Snapshots: the facts that each text was written on. Numbers that a person keeps though no fact supports them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Texts from before have no snapshot: nothing is said about them until they are written or saved again. Columns are
    # added in place, for a rebuilt table would lose its triggers.
    op.add_column("versions", sa.Column("snapshot", sa.JSON(), nullable=True))
    op.add_column("sections", sa.Column("affirmed_revision", sa.Integer(), nullable=True))
    op.add_column("sections", sa.Column("affirmed", sa.JSON(), nullable=True))
    op.add_column("sections", sa.Column("affirmed_at", sa.DateTime(), nullable=True))
    op.create_table(
        "accepted_numbers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.String(32), nullable=False),
        sa.Column("section_key", sa.String(100), nullable=False),
        sa.Column("part", sa.String(20), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("rule", sa.String(100), nullable=False),
        sa.Column("expected", sa.Text(), nullable=False),
        sa.Column("accepted_by", sa.String(100), nullable=False),
        sa.Column("accepted", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name="fk_accepted_numbers_report_id_reports", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_accepted_numbers"),
    )
    op.create_index("ix_accepted_numbers_report_id", "accepted_numbers", ["report_id"])


def downgrade() -> None:
    op.drop_table("accepted_numbers")
    for column in ("affirmed_at", "affirmed", "affirmed_revision"):
        op.drop_column("sections", column)
    op.drop_column("versions", "snapshot")
