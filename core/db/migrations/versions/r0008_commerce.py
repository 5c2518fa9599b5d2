"""Price lists, contracts, discounts, holds and credit."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import Lost, step_down

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0008_commerce.sql"
_LOST = Lost(
    tables=(
        "price_lists",
        "price_list_lines",
        "discounts",
        "price_overrides",
        "line_prices",
        "holds",
    ),
)


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Take it back, with what older books have no place for."""
    step_down(revision, _LOST, "0008_commerce_down.sql")
