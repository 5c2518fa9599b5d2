"""A person can be erased: the values that tell who it was are replaced, the audit log stays as it is."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import NOTHING, step_down

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

_FUNCTIONS = Path(__file__).parents[2] / "functions"


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute((_FUNCTIONS / "0051_erasure.sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """Run those that take them back."""
    step_down(revision, NOTHING, "0051_erasure_down.sql")
