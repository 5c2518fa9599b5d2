"""The life of orders and lines: states, schedules, timeline, versions, amendments, recurring orders."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import Lost, step_down

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0007_order_life.sql"
_LOST = Lost(
    tables=(
        "schedule_lines",
        "order_timeline",
        "order_versions",
        "amendments",
        "recurring_orders",
    ),
    columns={
        "sales_orders.state": """CASE
            WHEN EXISTS (SELECT FROM sales_order_lines x WHERE x.order_id = sales_orders.id
                         AND x.shipped + x.cancelled < x.ordered) THEN 'confirmed'
            WHEN EXISTS (SELECT FROM sales_order_lines x WHERE x.order_id = sales_orders.id
                         AND x.cancelled < x.ordered) THEN 'shipped'
            ELSE 'cancelled' END""",
        "sales_orders.version": "1",
        "sales_orders.kind": "'order'",
        "sales_orders.po_key": "po_key_of(customer_po)",
        "sales_orders.address": "NULL",
        "sales_orders.ship_complete": "false",
        "sales_orders.allow_partial": "true",
        "sales_orders.allow_substitution": "false",
        "sales_orders.minimum_value": "0",
        "sales_orders.payment_terms": "''",
        "sales_orders.payment_state": "'open'",
        "sales_orders.quote_expires_on": "NULL",
        "sales_orders.source": "NULL",
        "sales_order_lines.state": """CASE
            WHEN cancelled = ordered THEN 'cancelled' WHEN shipped + cancelled = ordered THEN 'shipped'
            ELSE 'confirmed' END""",
        "sales_order_lines.held_from": "NULL",
        "sales_order_lines.latest_acceptable": "NULL",
        "sales_order_lines.cancel_after": "NULL",
        "sales_order_lines.line_set": "NULL",
        "sales_order_lines.set_rule": "NULL",
        "sales_order_lines.minimum_shipment": "1",
        "sales_order_lines.strategy": "'improve'",
        "sales_order_lines.node_id": "NULL",
        "sales_order_lines.delivered": "0",
        "sales_order_lines.invoiced": "0",
        "sales_order_lines.returned": "0",
    },
    forgotten=("order_transitions",),
)


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Take it back, with what older books have no place for."""
    step_down(revision, _LOST, "0007_order_life_down.sql")
