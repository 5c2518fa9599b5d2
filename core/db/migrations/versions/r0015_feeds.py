"""Later packs reconciled by business key; effects awaiting the ERP."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import Lost, step_down

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0015_feeds.sql"
_LOST = Lost(
    tables=(
        "feeds",
        "feed_conflicts",
        "awaited_effects",
    ),
    columns={
        "items.closed": "NULL",
        "locations.closed": "NULL",
        "bom_components.closed": "NULL",
        "lanes.closed": "NULL",
        "customers.closed": "NULL",
        "suppliers.closed": "NULL",
        "supplier_items.closed": "NULL",
        "calendars.closed": "NULL",
        "carriers.closed": "NULL",
        "tariff_rules.closed": "NULL",
        "customer_addresses.closed": "NULL",
        "customer_items.closed": "NULL",
        "item_alternates.closed": "NULL",
        "price_breaks.closed": "NULL",
        "unit_conversions.closed": "NULL",
        "freight_rates.closed": "NULL",
        "work_centers.closed": "NULL",
        "downtimes.closed": "NULL",
        "operation_alternates.closed": "NULL",
        "operations.closed": "NULL",
    },
)


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Take it back, with what older books have no place for."""
    step_down(revision, _LOST, "0015_feeds_down.sql")
