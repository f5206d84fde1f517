"""Two things that a text's record lacked: a waiting text that was refused, and why a text was cut off.

Steps of texts also tell of what waits beside a section's text, so that what was refused can come back. Versions tell
whether a service's filter cut them: asking the same service to go on meets the filter again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("text_steps", sa.Column("waiting_before", sa.Integer(), nullable=True))
    op.add_column("text_steps", sa.Column("waiting_after", sa.Integer(), nullable=True))
    op.add_column("versions", sa.Column("filtered", sa.Boolean(), nullable=True))


def downgrade() -> None:
    op.drop_column("versions", "filtered")
    for column in ("waiting_after", "waiting_before"):
        op.drop_column("text_steps", column)
