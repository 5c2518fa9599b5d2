"""Commands in micro-batches: one statement and one commit for many."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import NOTHING, step_down

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0022_batches.sql"


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Take it back; nothing of the books goes with it."""
    step_down(revision, NOTHING, "0022_batches_down.sql")
