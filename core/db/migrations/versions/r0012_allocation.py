"""Quotas, their consumption, and backorder runs."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import Lost, step_down

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0012_allocation.sql"
_LOST = Lost(
    tables=(
        "quotas",
        "backorder_runs",
        "line_locks",
        "quota_uses",
    ),
)


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Take it back, with what older books have no place for."""
    step_down(revision, _LOST, "0012_allocation_down.sql")
