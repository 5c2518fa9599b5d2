"""What API keys are used for: counts, and the conversations they go on with."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import Lost, step_down

revision = "0046"
down_revision = "0042"
branch_labels = None
depends_on = None

_FUNCTIONS = Path(__file__).parents[2] / "functions"
_LOST = Lost(forgotten=("key_use", "key_threads"))


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute((_FUNCTIONS / "0046_machines.sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """Run those that take them back. Counts of the day and names of threads are no records: they go."""
    step_down(revision, _LOST, "0046_machines_down.sql")
