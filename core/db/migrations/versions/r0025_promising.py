"""Quotes of promises, many in one statement, on books that are found unchanged."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import NOTHING, step_down

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0025_promising.sql"


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Take it back; nothing of the books goes with it."""
    step_down(revision, NOTHING, "0025_promising_down.sql")
