"""What happened to outlines, step by step; a section that was taken out of its report keeps its texts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

#: Append-only, as the steps of texts are.
GUARDS = (
    """
    CREATE TRIGGER outline_steps_no_update BEFORE UPDATE ON outline_steps
    BEGIN SELECT RAISE(ABORT, 'outline steps are append-only'); END
    """,
    """
    CREATE TRIGGER outline_steps_no_delete BEFORE DELETE ON outline_steps
    WHEN EXISTS (SELECT 1 FROM reports WHERE id = OLD.report_id)
    BEGIN SELECT RAISE(ABORT, 'outline steps are append-only'); END
    """,
)


def upgrade() -> None:
    # Added in place, for a rebuilt table would lose its triggers.
    op.add_column("sections", sa.Column("removed_at", sa.DateTime(), nullable=True))
    op.create_table(
        "outline_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.String(32), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("text_step", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("detail", sa.String(200), nullable=False),
        sa.Column("target", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.String(100), nullable=False),
        sa.Column("made", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outline_steps"),
        sa.UniqueConstraint("report_id", "step", name="uq_outline_steps_report_id_step"),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name="fk_outline_steps_report_id_reports", ondelete="CASCADE"
        ),
    )
    if op.get_bind().dialect.name == "sqlite":
        for guard in GUARDS:
            op.execute(guard)


def downgrade() -> None:
    op.drop_table("outline_steps")
    op.drop_column("sections", "removed_at")
