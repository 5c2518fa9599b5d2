"""Alembic's entry: runs the migrations on the connection it is given, in the caller's transaction.

`seen` among the attributes is told of each step (a test looks at the schema after each).
"""

from alembic import context

from core.db.rows import Row

attributes = context.config.attributes
context.configure(
    connection=attributes["connection"], target_metadata=Row.metadata, on_version_apply=attributes.get("seen", ())
)
context.run_migrations()
