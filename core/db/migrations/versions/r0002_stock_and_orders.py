"""Stock, sales orders and supply."""

import sqlalchemy as sa
from alembic import op

from core.db.migrations.stepping import Lost, tell_losses

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_LOST = Lost(
    tables=(
        "stock_balances",
        "stock_moves",
        "reservations",
        "sales_orders",
        "sales_order_lines",
        "promise_records",
        "purchase_orders",
        "purchase_order_lines",
        "work_orders",
        "transfer_orders",
    )
)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "stock_balances",
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("location_id", sa.BigInteger(), nullable=False),
        sa.Column("on_hand", sa.BigInteger(), nullable=False),
        sa.Column("reserved", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "reserved >= 0 AND reserved <= on_hand", name=op.f("ck_stock_balances_reserved_within_on_hand")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_stock_balances_item_id")),
        sa.ForeignKeyConstraint(["location_id"], ["locations.id"], name=op.f("fk_stock_balances_location_id")),
        sa.PrimaryKeyConstraint("item_id", "location_id", name=op.f("pk_stock_balances")),
    )
    op.create_table(
        "stock_moves",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("origin_id", sa.BigInteger(), nullable=False),
        sa.Column("destination_id", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("origin_id <> destination_id", name=op.f("ck_stock_moves_goes_somewhere")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_stock_moves_quantity_positive")),
        sa.ForeignKeyConstraint(["destination_id"], ["locations.id"], name=op.f("fk_stock_moves_destination_id")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_stock_moves_item_id")),
        sa.ForeignKeyConstraint(["origin_id"], ["locations.id"], name=op.f("fk_stock_moves_origin_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_moves")),
    )
    op.create_table(
        "reservations",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("location_id", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('open', 'released', 'consumed')", name=op.f("ck_reservations_state_known")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_reservations_quantity_positive")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_reservations_item_id")),
        sa.ForeignKeyConstraint(["location_id"], ["locations.id"], name=op.f("fk_reservations_location_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservations")),
        sa.UniqueConstraint("reference", name=op.f("uq_reservations_reference")),
    )
    op.create_index(
        "ix_reservations_open",
        "reservations",
        ["item_id", "location_id"],
        unique=False,
        postgresql_where="state = 'open'",
    )
    op.create_table(
        "sales_orders",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("customer_po", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("order_date", sa.Date(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("ship_from_id", sa.BigInteger(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("entry_sequence", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_sales_orders_customer_id")),
        sa.ForeignKeyConstraint(["ship_from_id"], ["locations.id"], name=op.f("fk_sales_orders_ship_from_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_orders")),
        sa.UniqueConstraint("number", name=op.f("uq_sales_orders_number")),
    )
    op.create_table(
        "sales_order_lines",
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("ordered", sa.BigInteger(), nullable=False),
        sa.Column("shipped", sa.BigInteger(), nullable=False),
        sa.Column("cancelled", sa.BigInteger(), nullable=False),
        sa.Column("unit_price", sa.Numeric(precision=19, scale=4), nullable=False),
        sa.Column("requested", sa.Date(), nullable=False),
        sa.Column("first_promised", sa.Date(), nullable=True),
        sa.Column("promised", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "ordered > 0 AND shipped >= 0 AND cancelled >= 0", name=op.f("ck_sales_order_lines_quantities_positive")
        ),
        sa.CheckConstraint("shipped + cancelled <= ordered", name=op.f("ck_sales_order_lines_not_more_than_ordered")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_sales_order_lines_item_id")),
        sa.ForeignKeyConstraint(["order_id"], ["sales_orders.id"], name=op.f("fk_sales_order_lines_order_id")),
        sa.PrimaryKeyConstraint("order_id", "line", name=op.f("pk_sales_order_lines")),
    )
    op.create_table(
        "promise_records",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("old", sa.Date(), nullable=True),
        sa.Column("new", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposal_id", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["sales_orders.id"], name=op.f("fk_promise_records_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_records")),
    )
    op.create_index(op.f("ix_promise_records_order_id_line"), "promise_records", ["order_id", "line"], unique=False)
    op.create_table(
        "purchase_orders",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("supplier_id", sa.BigInteger(), nullable=False),
        sa.Column("order_date", sa.Date(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("proposal_id", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'received', 'cancelled')", name=op.f("ck_purchase_orders_state_known")),
        sa.ForeignKeyConstraint(["supplier_id"], ["suppliers.id"], name=op.f("fk_purchase_orders_supplier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase_orders")),
        sa.UniqueConstraint("number", name=op.f("uq_purchase_orders_number")),
    )
    op.create_table(
        "purchase_order_lines",
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("location_id", sa.BigInteger(), nullable=False),
        sa.Column("ordered", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("unit_price", sa.Numeric(precision=19, scale=4), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "ordered > 0 AND received >= 0 AND received <= ordered",
            name=op.f("ck_purchase_order_lines_quantities_possible"),
        ),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_purchase_order_lines_item_id")),
        sa.ForeignKeyConstraint(["location_id"], ["locations.id"], name=op.f("fk_purchase_order_lines_location_id")),
        sa.ForeignKeyConstraint(["order_id"], ["purchase_orders.id"], name=op.f("fk_purchase_order_lines_order_id")),
        sa.PrimaryKeyConstraint("order_id", "line", name=op.f("pk_purchase_order_lines")),
    )
    op.create_table(
        "work_orders",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("location_id", sa.BigInteger(), nullable=False),
        sa.Column("ordered", sa.BigInteger(), nullable=False),
        sa.Column("completed", sa.BigInteger(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("components_issued", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'received', 'cancelled')", name=op.f("ck_work_orders_state_known")),
        sa.CheckConstraint(
            "ordered > 0 AND completed >= 0 AND completed <= ordered", name=op.f("ck_work_orders_quantities_possible")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_work_orders_item_id")),
        sa.ForeignKeyConstraint(["location_id"], ["locations.id"], name=op.f("fk_work_orders_location_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_orders")),
        sa.UniqueConstraint("number", name=op.f("uq_work_orders_number")),
    )
    op.create_table(
        "transfer_orders",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("origin_id", sa.BigInteger(), nullable=False),
        sa.Column("destination_id", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("ship_on", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("shipped", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("proposal_id", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'received', 'cancelled')", name=op.f("ck_transfer_orders_state_known")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_transfer_orders_quantity_positive")),
        sa.ForeignKeyConstraint(["destination_id"], ["locations.id"], name=op.f("fk_transfer_orders_destination_id")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_transfer_orders_item_id")),
        sa.ForeignKeyConstraint(["origin_id"], ["locations.id"], name=op.f("fk_transfer_orders_origin_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_orders")),
        sa.UniqueConstraint("number", name=op.f("uq_transfer_orders_number")),
    )


def downgrade() -> None:
    """Drop the tables, the last first."""
    tell_losses(revision, _LOST)
    for table in reversed(_LOST.tables):
        op.drop_table(table)
