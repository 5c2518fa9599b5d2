"""Master data of several sites and channels, and commands carried out once."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import Lost, step_down

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0006_master_data.sql"
_LOST = Lost(
    tables=(
        "calendars",
        "carriers",
        "commands",
        "tariff_rules",
        "customer_addresses",
        "customer_items",
        "item_alternates",
        "price_breaks",
        "unit_conversions",
        "freight_rates",
        "work_centers",
        "downtimes",
        "operation_alternates",
        "operations",
    ),
    columns={
        "items.lot_control": "'none'",
        "items.shelf_life_days": "NULL",
        "items.minimum_lot": "1",
        "items.lot_multiple": "1",
        "items.maximum_lot": "NULL",
        "items.safety_days": "0",
        "items.planning_fence_days": "0",
        "items.demand_fence_days": "0",
        "items.made_to_order": "false",
        "items.phantom": "false",
        "items.weight": "0",
        "items.tariff_code": "''",
        "items.origin": "''",
        "locations.kind": "'warehouse'",
        "locations.calendar": "NULL",
        "locations.cut_off": "'16:00'",
        "locations.lines_a_day": "NULL",
        "locations.region": "''",
        "locations.country": "''",
        "locations.node_priority": "1",
        "locations.pick_up": "false",
        "locations.takes_returns": "false",
        "locations.shipment_cost": "0",
        "locations.line_cost": "0",
        "locations.handling_cost": "0",
        "bom_components.revision": "''",
        "bom_components.valid_from": "NULL",
        "bom_components.valid_to": "NULL",
        "bom_components.operation": "NULL",
        "customers.region": "''",
        "customers.country": "''",
        "customers.allow_partial": "true",
        "customers.allow_substitution": "false",
        "customers.shelf_life_days": "0",
        "customers.otif_target": "95",
        "customers.credit_limit": "NULL",
        "customers.payment_days": "30",
        "suppliers.country": "''",
        "suppliers.reliability": "100",
        "suppliers.acknowledges_within_hours": "48",
        "suppliers.drop_ships": "false",
        "supplier_items.safety_days": "0",
        "supplier_items.weekly_capacity": "NULL",
        "supplier_items.valid_from": "NULL",
        "supplier_items.valid_to": "NULL",
    },
)


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Take it back, with what older books have no place for."""
    step_down(revision, _LOST, "0006_master_data_down.sql")
