"""Acknowledgements, advance ship notices, receipts, operations, issues, planned orders."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import Lost, step_down

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0011_supply.sql"
_LOST = Lost(
    tables=(
        "acknowledgements",
        "acknowledgement_lines",
        "purchase_price_changes",
        "shipping_notices",
        "shipping_notice_lines",
        "receipts",
        "transfer_receipts",
        "planned_orders",
        "work_order_operations",
        "work_order_components",
        "work_order_progress",
        "work_order_issues",
        "work_order_completions",
        "work_order_costs",
        "work_center_loads",
        "capacity_bookings",
    ),
    columns={
        "purchase_orders.stage": "CASE state WHEN 'open' THEN 'confirmed' ELSE state END",
        "purchase_orders.version": "1",
        "purchase_orders.sent_at": "NULL",
        "purchase_order_lines.requested": "NULL",
        "purchase_order_lines.confirmed": "NULL",
        "purchase_order_lines.sales_order_id": "NULL",
        "purchase_order_lines.sales_line": "NULL",
        "work_orders.stage": "CASE state WHEN 'received' THEN 'closed' ELSE state END",
        "work_orders.version": "1",
        "work_orders.scrapped": "0",
        "work_orders.released_at": "NULL",
        "transfer_orders.stage": "CASE WHEN state = 'open' AND shipped THEN 'shipped' ELSE state END",
        "transfer_orders.version": "1",
        "transfer_orders.received": "0",
        "transfer_orders.lost": "0",
    },
    rows={
        "draft purchase orders (they become cancelled)": "FROM purchase_orders WHERE state = 'draft'",
        "draft work orders (they become cancelled)": "FROM work_orders WHERE state = 'draft'",
        "draft transfer orders (they become cancelled)": "FROM transfer_orders WHERE state = 'draft'",
        "lines of purchase orders with more received than ordered (cut)": (
            "FROM purchase_order_lines WHERE received > ordered"
        ),
    },
)


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Take it back, with what older books have no place for."""
    step_down(revision, _LOST, "0011_supply_down.sql")
