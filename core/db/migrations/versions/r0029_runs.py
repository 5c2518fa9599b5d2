"""Runs of the agents, what their model calls cost, and the steps they took."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import Lost, step_down

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0029_runs.sql"
_LOST = Lost(
    tables=(
        "runs",
        "model_calls",
        "spans",
    ),
)


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Take it back, with what older books have no place for."""
    step_down(revision, _LOST, "0029_runs_down.sql")
