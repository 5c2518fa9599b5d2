"""What changed in the tables that planning reads, noted for those who follow."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import Lost, step_down

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0024_book_changes.sql"
_LOST = Lost(
    forgotten=("book_changes",),
)


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Take it back, with what older books have no place for."""
    step_down(revision, _LOST, "0024_book_changes_down.sql")
