"""What answers said as they came, for whoever follows a conversation."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import Lost, step_down

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

_FUNCTIONS = Path(__file__).parents[2] / "functions"
_LOST = Lost(forgotten=("chat_events",))


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute((_FUNCTIONS / "0047_chat_events.sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """Run those that take them back."""
    step_down(revision, _LOST, "0047_chat_events_down.sql")
