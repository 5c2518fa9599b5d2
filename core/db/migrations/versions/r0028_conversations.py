"""Conversations with the chat."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import Lost, step_down

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0028_conversations.sql"
_LOST = Lost(
    tables=(
        "conversations",
        "conversation_turns",
        "chat_preferences",
    ),
)


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Take it back, with what older books have no place for."""
    step_down(revision, _LOST, "0028_conversations_down.sql")
