"""Records and orders are found by when something happened."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import Lost, step_down

revision = "0048"
down_revision = "0043"
branch_labels = None
depends_on = None

_FUNCTIONS = Path(__file__).parents[2] / "functions"


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute((_FUNCTIONS / "0048_listing.sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """Run those that take them back."""
    step_down(revision, Lost(), "0048_listing_down.sql")
