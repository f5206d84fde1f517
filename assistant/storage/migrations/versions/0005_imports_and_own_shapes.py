"""What was found in a person's own files and waits to be decided, and shapes of a person's own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "imports",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("report_id", sa.String(32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_imports"),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="fk_imports_report_id_reports", ondelete="CASCADE"),
    )
    op.create_index("ix_imports_report_id", "imports", ["report_id"])
    op.create_table(
        "own_shapes",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("report_type", sa.String(100), nullable=False),
        sa.Column("shape", sa.Text(), nullable=False),
        sa.Column("made_by", sa.String(100), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_own_shapes"),
    )
    op.create_index("ix_own_shapes_report_type", "own_shapes", ["report_type"])


def downgrade() -> None:
    op.drop_table("own_shapes")
    op.drop_table("imports")
