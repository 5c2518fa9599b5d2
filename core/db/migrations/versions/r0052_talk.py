"""What people say about a case, and the views of lists they keep."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import Lost, step_down

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

_FUNCTIONS = Path(__file__).parents[2] / "functions"
_LOST = Lost(tables=("case_comments", "saved_views"))


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute((_FUNCTIONS / "0052_talk.sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """Run those that take them back."""
    step_down(revision, _LOST, "0052_talk_down.sql")
