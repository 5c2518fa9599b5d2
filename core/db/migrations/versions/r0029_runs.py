"""Runs of the agents, what their model calls cost, and the steps they took."""

from pathlib import Path

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0029_runs.sql"


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Forward only: an older program is restored together with its backup."""
    raise NotImplementedError("revision 0029 is not taken back; restore the backup made before it")
