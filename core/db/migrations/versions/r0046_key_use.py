"""What API keys are used for, counted by the minute and the day."""

from pathlib import Path

from alembic import op

revision = "0046"
down_revision = "0042"
branch_labels = None
depends_on = None

_FUNCTIONS = Path(__file__).parents[2] / "functions"


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute((_FUNCTIONS / "0046_key_use.sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """Run those that take them back. Counts of the running day are no records: they are dropped with the table."""
    op.execute((_FUNCTIONS / "0046_key_use_down.sql").read_text(encoding="utf-8"))
