"""Alembic's entry. The connection comes from assistant.storage.migrate, inside its transaction."""

from __future__ import annotations

from alembic import context

from assistant.storage.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
