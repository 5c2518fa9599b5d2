"""The days plans add to the word of suppliers."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import Lost, step_down

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0037_buffers.sql"
_LOST = Lost(
    tables=("supplier_buffers",),
)


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Take it back, with what older books have no place for."""
    step_down(revision, _LOST, "0037_buffers_down.sql")
