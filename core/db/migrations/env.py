"""Alembic's entry: runs the migrations on the connection it is given, in the caller's transaction."""

from alembic import context

from core.db.rows import Row

context.configure(connection=context.config.attributes["connection"], target_metadata=Row.metadata)
context.run_migrations()
