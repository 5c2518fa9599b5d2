"""Agents may read the tasks of people, to tell of them; they neither ask nor answer any."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import NOTHING, step_down

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0032_tasks_for_agents.sql"


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Take it back; nothing of the books goes with it."""
    step_down(revision, NOTHING, "0032_tasks_for_agents_down.sql")
