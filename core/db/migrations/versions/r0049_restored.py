"""Books that come from a backup begin halted."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import NOTHING, step_down

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

_FUNCTIONS = Path(__file__).parents[2] / "functions"


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute((_FUNCTIONS / "0049_restored.sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """Run those that take them back."""
    step_down(revision, NOTHING, "0049_restored_down.sql")
