"""A backorder run says by which rule it serves, and in which lots it shares."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import Lost, step_down

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0018_run_rules.sql"
_LOST = Lost(
    columns={
        "backorder_runs.rule": "'priority'",
        "backorder_runs.lot": "1",
    },
)


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Take it back, with what older books have no place for."""
    step_down(revision, _LOST, "0018_run_rules_down.sql")
