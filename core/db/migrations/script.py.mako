"""${message}."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from core.db.migrations.stepping import Lost, step_down

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None

_LOST = Lost(tables=())


def upgrade() -> None:
    """Apply."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Take it back, with what older books have no place for."""
    step_down(revision, _LOST, "${up_revision}_NAME_down.sql")
