"""What a customer asks to have changed; what a work order is built with instead."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import Lost, step_down

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0019_changes_and_substitutes.sql"
_LOST = Lost(
    tables=("work_order_substitutes",),
    columns={
        "signals.asked": "NULL",
    },
)


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Take it back, with what older books have no place for."""
    step_down(revision, _LOST, "0019_changes_and_substitutes_down.sql")
