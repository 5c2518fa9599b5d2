"""Configurable products, and the items that orders make of them."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import Lost, step_down

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0039_configuring.sql"
_LOST = Lost(
    tables=(
        "configurable_products",
        "item_variants",
    ),
    rows={
        "items born of a configuration (they become plain items)": """FROM master_data_changes c
            JOIN master_data_origins o ON o.id = c.origin_id
            WHERE o.kind = 'configuration' AND c.table_name = 'items'""",
    },
)


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Take it back, with what older books have no place for."""
    step_down(revision, _LOST, "0039_configuring_down.sql")
