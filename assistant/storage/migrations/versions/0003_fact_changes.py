"""What happened to facts, step by step: for undo and redo, and for who filled what in and when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

#: Append-only, as versions are; a delete is let through only as part of a cascade: then the report is already gone.
GUARDS = (
    """
    CREATE TRIGGER fact_changes_no_update BEFORE UPDATE ON fact_changes
    BEGIN SELECT RAISE(ABORT, 'fact changes are append-only'); END
    """,
    """
    CREATE TRIGGER fact_changes_no_delete BEFORE DELETE ON fact_changes
    WHEN EXISTS (SELECT 1 FROM reports WHERE id = OLD.report_id)
    BEGIN SELECT RAISE(ABORT, 'fact changes are append-only'); END
    """,
)


def upgrade() -> None:
    op.create_table(
        "fact_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.String(32), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(200), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.Column("origin", sa.String(20), nullable=False),
        sa.Column("detail", sa.String(200), nullable=False),
        sa.Column("target", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.String(100), nullable=False),
        sa.Column("made", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name="fk_fact_changes_report_id_reports", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_fact_changes"),
    )
    op.create_index("ix_fact_changes_report_id_step", "fact_changes", ["report_id", "step"])
    op.create_index("ix_fact_changes_report_id_label", "fact_changes", ["report_id", "label"])
    if op.get_bind().dialect.name == "sqlite":
        for guard in GUARDS:
            op.execute(guard)


def downgrade() -> None:
    op.drop_table("fact_changes")
