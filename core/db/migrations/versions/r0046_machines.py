"""What API keys are used for: counts, and the conversations they go on with."""

from pathlib import Path

from alembic import op

revision = "0046"
down_revision = "0042"
branch_labels = None
depends_on = None

_FUNCTIONS = Path(__file__).parents[2] / "functions"


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute((_FUNCTIONS / "0046_machines.sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """Run those that take them back. Counts of the day and names of threads are no records: they go."""
    op.execute((_FUNCTIONS / "0046_machines_down.sql").read_text(encoding="utf-8"))
