"""Returns and what became of them; landed cost kept per line."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import Lost, step_down

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0014_returns_and_costs.sql"
_LOST = Lost(
    tables=(
        "returns",
        "refunds",
        "return_counts",
        "return_lines",
        "dispositions",
        "retrieved_components",
        "landed_costs",
    ),
)


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Take it back, with what older books have no place for."""
    step_down(revision, _LOST, "0014_returns_and_costs_down.sql")
