"""Letters, how they were read, and the draft orders they became."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import Lost, step_down

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0030_intake.sql"
_LOST = Lost(
    tables=(
        "letters",
        "letter_readings",
        "order_drafts",
        "draft_versions",
        "draft_letters",
    ),
    rows={
        "signals of letters that repeat another (they become documents)": "FROM signals WHERE kind = 'duplicate'",
    },
)


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Take it back, with what older books have no place for."""
    step_down(revision, _LOST, "0030_intake_down.sql")
