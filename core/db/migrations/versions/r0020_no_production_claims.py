"""Reservations for work orders are gone: components are issued, never reserved."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import NOTHING, step_down

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0020_no_production_claims.sql"


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Take it back; nothing of the books goes with it."""
    step_down(revision, NOTHING, "0020_no_production_claims_down.sql")
