"""What happened to texts, step by step; named milestones; who wrote a version, and which one it repeats."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

#: Append-only, as versions are; a delete is let through only as part of a cascade: then the section is already gone.
GUARDS = (
    """
    CREATE TRIGGER text_steps_no_update BEFORE UPDATE ON text_steps
    BEGIN SELECT RAISE(ABORT, 'text steps are append-only'); END
    """,
    """
    CREATE TRIGGER text_steps_no_delete BEFORE DELETE ON text_steps
    WHEN EXISTS (SELECT 1 FROM sections WHERE id = OLD.section_id)
    AND EXISTS (SELECT 1 FROM reports WHERE id = OLD.report_id)
    BEGIN SELECT RAISE(ABORT, 'text steps are append-only'); END
    """,
)


def upgrade() -> None:
    # Added in place, for a rebuilt table would lose its triggers. Steps from before are not known: 撤销 begins today.
    op.add_column("versions", sa.Column("made_by", sa.String(100), nullable=True))
    op.add_column("versions", sa.Column("source", sa.Integer(), nullable=True))
    op.create_table(
        "text_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.String(32), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("before", sa.Integer(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("detail", sa.String(200), nullable=False),
        sa.Column("target", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.String(100), nullable=False),
        sa.Column("made", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name="fk_text_steps_report_id_reports", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["sections.id"], name="fk_text_steps_section_id_sections", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_text_steps"),
    )
    op.create_index("ix_text_steps_report_id_step", "text_steps", ["report_id", "step"])
    op.create_index("ix_text_steps_section_id", "text_steps", ["section_id"])
    op.create_table(
        "milestones",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("made_by", sa.String(100), nullable=False),
        sa.Column("made", sa.DateTime(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name="fk_milestones_report_id_reports", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_milestones"),
    )
    op.create_index("ix_milestones_report_id", "milestones", ["report_id"])
    if op.get_bind().dialect.name == "sqlite":
        for guard in GUARDS:
            op.execute(guard)


def downgrade() -> None:
    op.drop_table("milestones")
    op.drop_table("text_steps")
    for column in ("source", "made_by"):
        op.drop_column("versions", column)
