"""What a batch of reservations or orders costs beyond its rows."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import NOTHING, step_down

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0026_quicker_batches.sql"


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Take it back; nothing of the books goes with it."""
    step_down(revision, NOTHING, "0026_quicker_batches_down.sql", "0026_quicker_placing_down.sql")
