"""Agents open the case of a change that was asked for."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import NOTHING, step_down

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0041_cases_of_changes.sql"


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Take it back; nothing of the books goes with it."""
    step_down(revision, NOTHING, "0041_cases_of_changes_down.sql")
